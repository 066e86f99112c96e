"""Whole names that may not be shown, looked for in every text that may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .. import privacy
from ..columns import MASKED, PUBLIC, Column
from ..sheet import PublicRow, Sheet
from ..understand import FullRow, Understood


class Names:
    """Whole names that may not be shown: of masked columns without a basis, and of private columns.

    Who is named somewhere by virtue of office or consent is no secret.
    """

    def __init__(self, understood: Understood) -> None:
        self._shown, masked = set[str](), set[str]()
        for table in understood.tables.values():
            for row in table.rows:
                for name, openly in people(row):
                    (self._shown if openly else masked).add(name)
        self.masked: set[str] = set()
        self.hide(masked)

    def hide(self, names: Iterable[str]) -> None:
        """Names that are not released any more."""
        self.masked |= set(names) - self._shown
        self._starts = frozenset(n[:3] for n in self.masked if len(n) > 2)
        self._like_a_start: re.Pattern[str] | None = None
        if self._starts:  # at every place of a text, three characters that names have in these places
            some = zip(*self._starts, strict=True)
            first, second, third = ("".join(map(re.escape, sorted(set(each)))) for each in some)
            self._like_a_start = re.compile(f"(?=([{first}][{second}][{third}]))")

    def within(self, text: str, own: Iterable[str]) -> str:
        """The first such name in a text, or "". Names of two characters (高兴, 安全) only where the row itself has them."""
        for name in own:
            if name in self.masked and name in text:
                return name
        for found in self._like_a_start.finditer(text) if self._like_a_start else ():
            if found[1] in self._starts:
                for name in self.masked:
                    if len(name) > 2 and text.startswith(name, found.start()):
                        return name
        return ""

    def named_by(self, row: PublicRow, own: Iterable[str]) -> bool:
        """Whether a row that stands published names one of them in a text."""
        own = tuple(own)
        said = (getattr(row, c.name) for c in texts(row.sheet))
        return any(isinstance(text, str) and self.within(text, own) for text in said)


def texts(sheet: Sheet) -> list[Column]:
    """The columns of public text, in which anybody may be named."""
    return [c for c in sheet.columns if c.privacy == PUBLIC and c.kind.name in ("text", "long")]


def people(row: FullRow) -> Iterator[tuple[str, bool]]:
    """Every whole personal name in a row's name columns, and whether it may be shown."""
    for column in row.sheet.columns:
        if column.kind.name != "person":
            continue
        value = row.values.get(column.name)
        if isinstance(value, str) and value:
            openly = column.privacy == PUBLIC
            if column.privacy == MASKED:
                openly = row.values.get(row.sheet.masked.get(column.name, "")) in privacy.OPEN
            for name in privacy.whole_names(value):
                yield name, openly
