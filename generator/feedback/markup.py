"""XML that is edited as text: what is not meant stays as it was written, to the letter.

For well-formed XML without a document type (``package`` sees to that). There every ``<`` outside of comments, CDATA and
instructions begins a tag, so tags can be found by pattern; these three are blanked out in the copy that is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ..sources.parts import local

_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.S)
_ATTRIBUTE = re.compile(r"\s([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Element(NamedTuple):
    """Where an element stands: its start tag, what is within, its end tag. ``inner == end`` for ``<a/>``."""

    name: str
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def local(self) -> str:
        return local(self.name)


class Markup:
    """A part to look through and to edit. Edits are gathered; :meth:`done` gives the text with all of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._seen = _HIDDEN.sub(lambda m: " " * len(m[0]), text) if "<!" in text or "<?" in text else text
        self._edits: list[tuple[int, int, str]] = []
        self.root = self._element(0) or Element("", 0, 0, 0, 0)
        self.prefix = self.root.name[: -len(self.root.local)] if self.root.local else ""

    # --- looking

    def _element(self, at: int, pattern: str = r"[^\s/<>]+") -> Element | None:
        m = _opening(pattern).search(self._seen, at)
        if m is None:
            return None
        name, inner = m[1], m.end()
        if self._seen[inner - 2] == "/":
            return Element(name, m.start(), inner, inner, inner)
        close, depth = None, 1
        for close in _either(name).finditer(self._seen, inner):
            depth += -1 if close[1] else not close[0].endswith("/>")
            if not depth:
                break
        if close is None or depth:
            raise ValueError("an element without an end")
        return Element(name, m.start(), inner, close.start(), close.end())

    def children(self, of: Element) -> Iterator[Element]:
        """The elements right below one."""
        at = of.inner
        while (found := self._element(at)) is not None and found.start < of.inner_end:
            yield found
            at = found.end

    def child(self, of: Element, name: str) -> Element | None:
        """The first element of this local name right below one."""
        return next((e for e in self.children(of) if e.local == name), None)

    def each(self, *names: str, within: Element | None = None) -> Iterator[Element]:
        """Elements of these local names, with the root's prefix, at any depth but not within one another."""
        pattern, of = "(?:" + "|".join(re.escape(self.prefix + n) for n in names) + r")(?=[\s/>])", within or self.root
        at = of.inner
        while (found := self._element(at, pattern)) is not None and found.start < of.inner_end:
            yield found
            at = found.end

    def openings(self, *names: str) -> Iterator[Element]:
        """Start tags of these local names wherever they stand; what they enclose is not looked at."""
        pattern = "(?:" + "|".join(re.escape(self.prefix + n) for n in names) + r")(?=[\s/>])"
        for m in _opening(pattern).finditer(self._seen):
            yield Element(m[1], m.start(), m.end(), m.end(), m.end())

    def attributes(self, of: Element) -> dict[str, str]:
        """The attributes of an element, names with their prefix."""
        tag = self.text[of.start : of.inner]
        return {m[1]: unescape(m[2] if m[2] is not None else m[3]) for m in _ATTRIBUTE.finditer(tag)}

    def inside(self, of: Element) -> str:
        """What stands between an element's tags, as it is written."""
        return self.text[of.inner : of.inner_end]

    def words(self, of: Element) -> str:
        """The same as text, for an element that holds nothing but text."""
        pieces = re.split(r"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>", self.inside(of), flags=re.S)
        return "".join((p or "") if n % 2 else unescape(p) for n, p in enumerate(pieces))

    def whole(self, of: Element) -> str:
        """An element with its tags, as it is written."""
        return self.text[of.start : of.end]

    # --- editing

    def replace(self, start: int, end: int, by: str) -> None:
        """Put ``by`` in place of ``text[start:end]``. Several at one place come in the order of the calls."""
        self._edits.append((start, end, by))

    def remove(self, what: Element) -> None:
        self.replace(what.start, what.end, "")

    def append(self, to: Element, what: str) -> None:
        """Put this last within an element; once for an element that is empty."""
        if to.inner < to.end:
            self.replace(to.inner_end, to.inner_end, what)
        else:
            bare = self.text[to.start : to.end].removesuffix("/>").rstrip()
            self.replace(to.start + len(bare), to.end, f">{what}</{to.name}>")

    def set(self, of: Element, name: str, value: str, after: str = "") -> None:
        """Give an attribute another value; a new one comes behind the attribute ``after``, or first."""
        tag = self.text[of.start : of.inner]
        place = len(of.name) + 1
        for m in _ATTRIBUTE.finditer(tag):
            if m[1] == name:
                group = 2 if m[2] is not None else 3
                self.replace(of.start + m.start(group), of.start + m.end(group), quoted(value))
                return
            if m[1] == after:
                place = m.end()
        self.replace(of.start + place, of.start + place, f' {name}="{quoted(value)}"')

    def unset(self, of: Element, name: str) -> None:
        """Take an attribute away, if it is there."""
        for m in _ATTRIBUTE.finditer(self.text[of.start : of.inner]):
            if m[1] == name:
                self.replace(of.start + m.start(), of.start + m.end(), "")

    def insert_in_order(self, of: Element, before_it: Iterable[str], what: str) -> None:
        """Put an element behind the last child whose local name is among ``before_it``, or else first."""
        names, place = frozenset(before_it), of.inner
        for each in self.children(of):
            if each.local in names:
                place = each.end
        if of.inner == of.end:
            self.append(of, what)
        else:
            self.replace(place, place, what)

    def done(self) -> str:
        """The text with all edits."""
        pieces, at = [], 0
        for start, end, by in sorted(self._edits, key=lambda e: e[:2]):
            if start < at:
                raise ValueError("two edits of the same place")
            pieces += [self.text[at:start], by]
            at = end
        return "".join([*pieces, self.text[at:]])


@lru_cache(maxsize=256)
def _opening(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"<({pattern})(?:\s+[^\s=<>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")


@lru_cache(maxsize=256)
def _either(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")


def unescape(text: str) -> str:
    """Text as XML writes it → text."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda m: chr(int(m[1], 16)) if m[1] else chr(int(m[2])) if m[2] else _ENTITIES[m[3]], text)


def escaped(text: str) -> str:
    """Text → as XML writes it; what no XML can hold is left out."""
    return _NO_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """The same for an attribute's value."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def shown(text: str) -> str:
    """Text of a cell or a comment, in which ``_x000D_`` would be read as a character's number."""
    return escaped(_ESCAPED.sub("_x005F_", text))
