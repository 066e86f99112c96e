"""The last look at a finished site: every text in it is searched for what must never be published.

A line that was clean once is not looked at again: the theme's own lines stand in every page, and a record's words
stand in its page and in the search's files. What can be found stands on one line once the tags are out, so this is
the same as reading everything.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from .privacy import scan

TEXT = (".html", ".json", ".xml", ".csv", ".txt", ".svg", ".js", ".css", ".ics")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".tif", ".tiff")
THEME = (
    "assets/javascripts/bundle",
    "assets/javascripts/workers/",
    "assets/javascripts/lunr/",
    "assets/stylesheets/main",
    "assets/stylesheets/palette",
)

_BREAK = re.compile(r"<[/ptdl][^>]*>|\\n")
_TAG = re.compile(r"<[^>]*>|\\u[0-9a-f]{4}")
_SPOKEN = (" content=", " aria-label=", " title=", " alt=", " label=", " value=")
_ATTRIBUTES = {name: re.compile(name + '"([^"]*)"') for name in _SPOKEN}
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")  # in a page's policy; by chance it may have vx and figures
_KEPT = 400_000
"""Lines that are remembered at most, some 40 MB of them."""


def leaks(folder: Path) -> list[tuple[str, str]]:
    """What must never be published, in every file of a finished site: (file, kind), in order of file.

    The text of a PDF is that of its print page, which is read here.
    """
    found: list[tuple[str, str]] = []
    look = _Look()
    for name in sorted(_files(folder)):
        ending = os.path.splitext(name)[1]
        if ending in TEXT and not name.startswith(THEME):
            found += [(name, what) for what in look((folder / name).read_bytes())]
        elif ending.lower() in PICTURES and b"Exif\0\0" in (folder / name).read_bytes():
            found.append((name, "picture"))
    return found


def _files(folder: Path) -> Iterator[str]:
    """Every file below a folder, by its path from there."""
    for path, _, names in os.walk(folder):
        below = Path(path).relative_to(folder).as_posix() + "/"
        yield from (name if below == "./" else below + name for name in names)


class _Look:
    """Searches one text after another, and remembers the lines that were clean."""

    def __init__(self) -> None:
        self._lines: set[bytes] = set()
        self._words: set[int] = set()

    def __call__(self, data: bytes) -> list[str]:
        """The kinds of things found in a text (UTF-8), its tags left out but for what they say aloud."""
        lines = set(data.split(b"\n")) - self._lines
        fresh = b"\n".join(lines)
        if fresh.count(b"<") != fresh.count(b">"):  # a tag over several lines, which are no longer together
            fresh = data
        text = fresh.decode("utf-8")
        words = {hash(line): line for line in _TAG.sub("", _BREAK.sub("\n", text)).split("\n")}
        new = words.keys() - self._words
        found = scan("\n".join([*(words[n] for n in new), *_said(text)]), apart=True)
        if not found:
            self._remember(lines, new)
        return sorted({f.what for f in found})

    def _remember(self, lines: set[bytes], words: set[int]) -> None:
        if len(self._lines) + len(lines) <= _KEPT // 4:
            self._lines |= lines
        if len(self._words) + len(words) <= _KEPT:
            self._words |= words


def _said(html: str) -> Iterator[str]:
    """What attributes say to a reader or a machine."""
    for name, value in _ATTRIBUTES.items():
        if name in html:
            said = value.findall(html)
            yield from (_HASH.sub("", s) if s.startswith("default-src ") else s for s in said)
