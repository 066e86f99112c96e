"""Whole names that may not be shown, looked for in every text that may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .. import privacy
from ..columns import MASKED, PUBLIC, Column
from ..sheet import PublicRow, Sheet
from ..understand import FullRow, Understood

_APART = re.compile(r"[、,，;；/|\n]|[和与及]")
_BLANK = re.compile(r"[\s·•・.．*]+")
_HAN = "\u3400-\u9fff"
# Where two characters are a name for sure: 答复王芳, 王芳同志.
_CUED = re.compile(
    rf"(?:答复|回复|回访|走访|看望|居民|业主|住户|户主|邻居|联系)(?=([{_HAN}]{{2}}))"
    rf"|(?=([{_HAN}]{{2}})(?:同志|女士|先生|师傅|阿姨|大爷|大妈|大叔|老师|老人|家里|家中|家的|一家|反映|提出|来电|来信))"
)
Key = tuple[str, str]


class Names:
    """Whole names that may not be shown: of masked columns without a basis, and of private columns, of rows that are
    withheld too.

    Who is named by virtue of office, or of consent in 《人员》, is no secret elsewhere; consent to one matter counts for that
    matter and what is about it. What a row itself does not release is a secret in that row and in those that refer to it.
    """

    def __init__(self, understood: Understood) -> None:
        self._open: set[str] = set()
        self.masked: set[str] = set()
        self._secret: dict[Key, set[str]] = {}
        self._released: dict[Key, set[str]] = {}
        masked = set[str]()
        self.places = frozenset(_places(understood))
        for table in understood.tables.values():
            for row in table.rows:
                masked |= self._row(row)
            for lost in table.lost:
                masked |= {name for text in lost.people for name in spelt(text)}
        self.hide(masked)

    def _row(self, row: FullRow) -> set[str]:
        """Notes what a row says of its names; those that it keeps to itself."""
        key, kept = (row.sheet.id, str(row.values["id"])), set[str]()
        for names, basis in people(row):
            if basis is True:
                self._released.setdefault(key, set()).update(names)
            elif basis in privacy.OPEN:
                self._open |= names
            else:
                kept |= names
        if kept:
            self._secret[key] = kept
        return kept

    def hide(self, names: Iterable[str]) -> None:
        """Names that are not released any more."""
        self.masked |= {n for n in names if len(n) > 1} - self._open
        self._short = frozenset(n for n in self.masked if len(n) == 2)
        self._starts: dict[str, list[str]] = {}
        for name in self.masked:
            if len(name) > 2:
                self._starts.setdefault(name[:3], []).append(name)
        self._like_a_start: re.Pattern[str] | None = None
        if self._starts:  # at every place of a text, three characters that names have in these places
            some = zip(*self._starts, strict=True)
            first, second, third = ("".join(map(re.escape, sorted(set(each)))) for each in some)
            self._like_a_start = re.compile(f"(?=([{first}][{second}][{third}]))")

    def within(self, text: str, own: Iterable[str] = (), released: Iterable[str] = ()) -> str:
        """The first such name in a text, or "". ``own``: names that this text may not have whoever else has them.

        Names of two characters (高兴, 安全) count where they are ``own``, and where a word beside them says that they are names.
        """
        plain = _BLANK.sub("", text)
        for name in own:
            if len(name) > 1 and name in plain:
                return name
        free = set(released)
        for found in self._like_a_start.finditer(plain) if self._like_a_start else ():
            for name in self._starts.get(found[1], ()):
                if name not in free and plain.startswith(name, found.start()):
                    return name
        for found in _CUED.finditer(plain) if self._short else ():
            name = found[1] or found[2]
            if name in self._short and name not in free:
                return name
        return ""

    def about(self, sheet: Sheet, id: str, values: Mapping[str, Any]) -> tuple[set[str], set[str]]:
        """The names that a row and those it refers to keep to themselves, and those that they release."""
        keys = [(sheet.id, id), *((c.kind.target, str(values[c.name])) for c in sheet.references if values.get(c.name))]
        own = {name for key in keys for name in self._secret.get(key, ())}
        released = {name for key in keys for name in self._released.get(key, ())}
        return own, released - own

    def named_by(self, row: PublicRow, own: Iterable[str]) -> bool:
        """Whether a row that stands published names one of them in a text."""
        secret, released = self.about(row.sheet, row.id, row.as_dict())
        secret |= {name for name in own if name in self.masked}
        said = (getattr(row, c.name) for c in texts(row.sheet))
        return any(isinstance(text, str) and self.within(text, secret, released) for text in said)


def _places(understood: Understood) -> Iterator[str]:
    """What places and bodies here are called, by the sheets that list them."""
    for sheet in ("compounds", "grids", "units", "communities"):
        table = understood.tables.get(sheet)
        for row in table.rows if table else ():
            called = row.values.get("name")
            if isinstance(called, str):
                yield called
                yield called.removesuffix("小区").removesuffix("社区")


def texts(sheet: Sheet) -> list[Column]:
    """The columns of public text, in which anybody may be named."""
    return [c for c in sheet.columns if c.privacy == PUBLIC and c.kind.name in ("text", "long")]


def spelt(text: str) -> set[str]:
    """The names in a name cell, however they are set apart: 李小明、赵小红; 李 大 明; 买买提·艾力. Without blanks and dots."""
    if not privacy.is_named(text) and len(privacy.mask(text)) == len(text) and "*" in text:
        return set()  # masked already
    found = {_BLANK.sub("", piece) for piece in (*_APART.split(text), text)}
    found |= {_BLANK.sub("", name) for name in privacy.whole_names(text)}
    return {name for name in found if 2 <= len(name) <= 12}


def people(row: FullRow) -> Iterator[tuple[set[str], Any]]:
    """The whole personal names in each name column of a row, and the basis on which they may be shown: True for 是, or
    the words of the basis; None for none.
    """
    for column in row.sheet.columns:
        if column.kind.name != "person":
            continue
        value = row.values.get(column.name)
        if not isinstance(value, str) or not value:
            continue
        if column.privacy == MASKED:
            basis = row.values.get(row.sheet.masked.get(column.name, ""))
            yield ({_BLANK.sub("", n) for n in privacy.whole_names(value)} if privacy.is_named(value) else set()), basis
        else:
            yield spelt(value), privacy.OPEN[1] if column.privacy == PUBLIC else None
