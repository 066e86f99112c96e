"""The theme draws a shell once; each record page is bound into it. What comes out is what the theme would have drawn.

``secure`` adds the Content-Security-Policy and ``mend`` what the theme's own markup lacks for readers who use a
screen reader or only a keyboard. Both work on whole pages, however they were drawn.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from html import escape

# Of the private use area, which no published cell has (reading.py): a title in the navigation is never taken for one.
TITLE, DESCRIPTION, BODY = "\ue000title\ue000", "\ue000description\ue000", "\ue000body\ue000"


def shell_url(folder: str) -> str:
    """The address that the shell of the pages in a folder (``nanhua/matters/``) is drawn at; no record has it.

    A shell a folder, for the theme writes each link as short as it can be from there.
    """
    return f"{folder}bugu_shell/"


@dataclass(frozen=True)
class Shell:
    """A drawn shell, cut at the places where pages differ."""

    url: str
    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, html: str, url: str) -> Shell:
        """Cut the page drawn at ``url``. Raises ``ValueError`` when the theme left out title, description or body."""
        marks = (TITLE, DESCRIPTION, BODY)
        address = re.escape(url) + '(?=[">])'  # as a link has it; text has neither of the two
        pieces = tuple(re.split("(" + "|".join([*marks, address]) + ")", html))
        missing = [m for m in marks if m not in pieces]
        if missing:
            raise ValueError(f"the theme's shell has no {', '.join(missing)}")
        return cls(url, pieces)

    def bind(self, url: str, title: str, description: str, body: str) -> str:
        """The page of a record; title and description are text, the body is drawn HTML."""
        values = {TITLE: escape(title), DESCRIPTION: escape(description), BODY: body}
        values[self.url] = url
        return "".join([values.get(piece, piece) if i % 2 else piece for i, piece in enumerate(self.pieces)])


_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"?application/json)[^>]*>(.*?)</script>", re.S)


def policy(html: str, *, live: bool = False) -> str:
    """The Content-Security-Policy of a page: this host only, and the inline scripts it has, by hash.

    ``live``: MkDocs' own preview adds a script of its own to each page as it is served, so hashes cannot be used there.
    """
    hashes = dict.fromkeys(_hash(script) for script in _INLINE_SCRIPT.findall(html))
    scripts = "'unsafe-inline'" if live else " ".join(hashes)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".strip(),
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def secure(html: str, *, live: bool = False) -> str:
    """A page with its policy as the first thing in its head. Raises ``ValueError`` for a page without a charset."""
    charset = re.search(r"<meta charset=\"?utf-8\"?>", html)
    if not charset:
        raise ValueError("a page without a charset has no place for its policy")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html, live=live)}">'
    referrer = '<meta name="referrer" content="no-referrer">'
    return html[: charset.end()] + meta + referrer + html[charset.end() :]


# What the theme's markup lacks: (pattern, replacement, whether every page has it).
_MENDS: tuple[tuple[str, str, bool], ...] = (
    (r'(<div class="md-search" data-md-component="search" role="dialog")', r'\1 aria-label="搜索"', True),
    (r'(<div class="md-dialog" data-md-component="dialog")', r'\1 role="status"', True),
    (r'(<div class="md-search-result__meta")>\s*[^<]+', r'\1 role="status">正在准备搜索', True),
    (r'(<input type="text" class="md-search__input"[^>]*) placeholder="[^"]*"', r'\1 placeholder="搜索，如：停车难"', True),
    # What only a mouse could open: the stylesheet puts these boxes where the eye sees the arrow, for the keyboard.
    (r'(<input class="md-toggle" data-md-toggle="drawer" type="checkbox")', r'\1 aria-label="目录"', True),
    (
        r'(<input class="md-nav__toggle md-toggle [^"]*" type="checkbox")([^>]*>(?:(?!<nav).)*?<span class="md-ellipsis">)'
        r"\s*([^<]*?)\s*</span>",
        r'\1 aria-label="\3的栏目"\2\3</span>',
        False,
    ),
    (r'(<label class="md-nav__link[^"]*" for="__nav_[^"]*" id="[^"]*") tabindex="0?"', r"\1", False),
    # A navigation cannot be expanded, its box can; and its name was the label's, which is only an arrow.
    (
        r'(<nav class="md-nav" data-md-level="\d+" aria-labelledby="__nav_\d+)_label" aria-expanded="(?:true|false)"',
        r'\1"',
        False,
    ),
    (r'(<img src="[^"]*") alt="logo"', r'\1 alt=""', False),
    (r'(class="md-skip">)\s*[^<]*', r"\1跳到正文", False),
    # Pages follow each other in no order worth a key: without these, p, n, comma and full stop lead nowhere.
    (r'<link rel="(?:prev|next)" href="[^"]*">', "", False),
)


def mend(html: str) -> str:
    """A page with what the theme's markup lacks. Raises ``ValueError`` when the theme no longer draws what is mended."""
    for pattern, replacement, always in _MENDS:
        html, times = re.subn(pattern, replacement, html, flags=re.S)
        if always and not times:
            raise ValueError(f"the theme's markup changed: nothing matches {pattern}")
    return html
