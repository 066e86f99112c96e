"""The comments of one worksheet: Bugu's come and go, a person's stay, also where both stand on one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..problems import message
from ..sources.parts import local
from ..sources.xlsx_values import unescaped
from .markup import Element, Markup, quoted, shown
from .package import DECLARATION
from .told import Cell, cell, reference, words

_THREADED = "tc="  # so begins the author of the stand-in that a conversation (threaded comment) leaves for old programs


@dataclass(frozen=True)
class Kept:
    """A comments part without Bugu's earlier comments (``gone``: their cells) and with the new ones.

    ``fresh``: cells whose comment is wholly Bugu's, and its text; ``joined``: those where Bugu's stands below a person's,
    and the text of both; ``silent``: those that got none because a conversation is going on there. ``left``: how many
    comments there are now.
    """

    text: str
    fresh: Mapping[Cell, str] = field(default_factory=dict)
    joined: Mapping[Cell, str] = field(default_factory=dict)
    gone: frozenset[Cell] = frozenset()
    silent: frozenset[Cell] = frozenset()
    left: int = 0


def empty(namespace: str) -> str:
    """A comments part without comments."""
    return (
        f'{DECLARATION}<comments xmlns="{quoted(namespace)}"><authors></authors><commentList></commentList></comments>'
    )


def signed(body: str) -> str:
    """A comment as it stands on a cell: the first line says that Bugu wrote it, the last line where that ends."""
    first, last = message("google-note")["say"], words()["note"]["last"]
    # A comment that somebody pasted into a cell is quoted in the next one: its first and last line must not count.
    body = body.strip().replace(f"{first}\n", f"{first} ").replace(last, last[1:-1])
    return f"{first}\n{body}\n{last}"


def _ours() -> re.Pattern[str]:
    first, last = re.escape(message("google-note")["say"]), re.escape(words()["note"]["last"])
    return re.compile(rf"(?:\A|(?:\r?\n){{1,2}}){first}\r?\n(?:(?!{first}\r?\n).)*?{last}", re.S)


def renewed(text: str, notes: Mapping[Cell, str], threaded: frozenset[Cell] = frozenset()) -> Kept:
    """The comments with these texts of Bugu's and no others. ``threaded``: cells with a conversation, left alone."""
    markup = Markup(text)
    authors, listed = _lists(markup)
    author = _Authors(markup, authors)
    joined: dict[Cell, str] = {}
    gone: set[Cell] = set()
    silent: set[Cell] = set()
    left = 0
    for comment in markup.children(listed):
        at = cell(markup.attributes(comment).get("ref", "").replace("$", ""))
        talk = at in threaded or author.name_of(comment).startswith(_THREADED)
        body = None if talk else markup.child(comment, "text")
        theirs = _theirs(markup, body) if body else None
        if theirs == "":
            markup.remove(comment)
            gone |= {at} if at else set()
            continue
        left += 1
        author.keep(comment)
        if at is None or at not in notes or at in joined:
            continue
        if body is None or theirs is None:
            silent.add(at)
            continue
        below = f"\n\n{signed(notes[at])}"
        joined[at] = theirs + below
        _add_run(markup, body, below)
    fresh = {at: signed(note) for at, note in notes.items() if at not in joined and at not in silent}
    _add(markup, listed, fresh, author.ours(bool(fresh)))
    return Kept(markup.done(), fresh, joined, frozenset(gone), frozenset(silent), left + len(fresh))


def _theirs(markup: Markup, body: Element) -> str:
    """Take Bugu's text out of a comment; gives what is left, or "" (and nothing taken out) where all of it is Bugu's."""
    before = "".join(unescaped(markup.words(t)) for t in _texts(markup, body))
    spans = [m.span() for m in _ours().finditer(before)]
    after = _ours().sub("", before)
    if spans and after:
        _take_out(markup, body, spans)
    return after if spans else before or " "  # one that was empty before is a person's


def _add(markup: Markup, listed: Element, fresh: Mapping[Cell, str], author: int) -> None:
    p = markup.prefix
    made = "".join(
        f'<{p}comment ref="{reference(at)}" authorId="{author}"><{p}text>{_run(p, note)}</{p}text></{p}comment>'
        for at, note in sorted(fresh.items())
    )
    if made:
        markup.append(listed, made)


def _lists(markup: Markup) -> tuple[Element, Element]:
    authors, listed = (markup.child(markup.root, n) for n in ("authors", "commentList"))
    if authors is None or listed is None:
        raise ValueError("not a part of comments")
    return authors, listed


class _Authors:
    """Who wrote: Bugu's name is there exactly while it has comments of its own, if it stands last."""

    def __init__(self, markup: Markup, authors: Element) -> None:
        self._markup, self._list = markup, authors
        self._ones = list(markup.children(authors))
        self._names = [unescaped(markup.words(e)) for e in self._ones]
        self._used: set[int] = set()

    def _of(self, comment: Element) -> int:
        said = self._markup.attributes(comment).get("authorId", "")
        return int(said) if said.isdigit() else -1

    def name_of(self, comment: Element) -> str:
        number = self._of(comment)
        return self._names[number] if 0 <= number < len(self._names) else ""

    def keep(self, comment: Element) -> None:
        """This comment stays, so its author must."""
        self._used.add(self._of(comment))

    def ours(self, needed: bool) -> int:
        """Bugu's number among the authors."""
        name = words()["note"]["author"]
        number = self._names.index(name) if name in self._names else len(self._names)
        if needed and number == len(self._names):
            p = self._markup.prefix
            self._markup.append(self._list, f"<{p}author>{shown(name)}</{p}author>")
        elif not needed and number == len(self._names) - 1 and number not in self._used:
            self._markup.remove(self._ones[number])
        return number


def _run(prefix: str, text: str) -> str:
    look = f'<{prefix}sz val="11"/><{prefix}color indexed="81"/><{prefix}rFont val="宋体"/><{prefix}charset val="134"/>'
    return f'<{prefix}r><{prefix}rPr>{look}</{prefix}rPr><{prefix}t xml:space="preserve">{shown(text)}</{prefix}t></{prefix}r>'


def _add_run(markup: Markup, body: Element, text: str) -> None:
    """Below what a person wrote. Text outside of a run comes before all runs, so a lone one may stay as it is."""
    place = body.inner_end
    for each in markup.children(body):
        if each.local in ("t", "r"):
            place = each.end
    if body.inner == body.end:
        markup.append(body, _run(markup.prefix, text))
    else:
        markup.replace(place, place, _run(markup.prefix, text))


def _texts(markup: Markup, body: Element) -> Iterator[Element]:
    """The texts of a comment in their order, readings above the line (phonetic) left out."""
    for each in markup.children(body):
        if each.local == "t":
            yield each
        elif each.local == "r":
            yield from (e for e in markup.children(each) if e.local == "t")


def _take_out(markup: Markup, body: Element, spans: list[tuple[int, int]]) -> None:
    """Take these stretches of a comment's text out, and runs of which nothing is left."""
    at = 0
    for each in markup.children(body):
        for piece in [each] if each.local == "t" else list(markup.children(each)) if each.local == "r" else []:
            if local(piece.name) != "t":
                continue
            text = unescaped(markup.words(piece))
            kept = "".join(c for n, c in enumerate(text, at) if not any(a <= n < b for a, b in spans))
            at += len(text)
            if kept == text:
                continue
            if not kept:
                markup.remove(each)
            else:
                markup.replace(piece.inner, piece.inner_end, shown(kept))
                if "xml:space" not in markup.attributes(piece):
                    markup.set(piece, "xml:space", "preserve")
