"""A sheet that stays with the volunteers, as a recount needs it: what can be trusted of it, and how to speak of it.

Of a row is said where it stands and what to do, never what is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .. import privacy
from ..problems import Place, Problem
from ..understand import FullRow, Table
from .gate import cell

_NAMED = 8  # so many other rows are named


def key(value: Any) -> str:
    """An id as it is compared: small and capital letters are the same."""
    return str(value or "").casefold()


class Kept:
    """``table``: the sheet as it was understood. ``needed``: the columns without which nothing can be counted, ``used``:
    all that are looked at. ``problems``: those told already; what was said of a cell is not said again.
    """

    def __init__(self, table: Table, needed: Sequence[str], used: Sequence[str], problems: Iterable[Problem]) -> None:
        self.table, self.used = table, used
        self._told = {_at(p.place) for p in problems if p.place.cell}
        self._needed = needed
        self.lacking = tuple(self._lacking())

    def _lacking(self) -> Iterator[tuple[Place, tuple[str, ...]]]:
        tabs = {(row.place.file, row.place.sheet): row for row in reversed(self.table.rows)}
        for (file, tab), row in tabs.items():
            titles = tuple(self.table.sheet.column(n).title for n in self._needed if n not in row.cells)
            if titles:
                yield Place(file, tab), titles

    @property
    def half_read(self) -> bool:
        """Whether there may be rows in it that nobody has read."""
        return self.table.broken or self.table.hides or bool(self.table.lost)

    def unread(self) -> Iterator[Problem]:
        """That nothing can be counted by this sheet, or not all; said once a tab."""
        title = self.table.sheet.title
        for place, titles in self.lacking:
            yield Problem("recount-column", place, "、".join(titles), {"sheet": title}, withholds=False)
        if self.half_read:
            some = [*(r.place for r in self.table.rows[:1]), *(x.place for x in self.table.lost[:1])]
            tab = self.table.tabs[0] if self.table.tabs else title
            yield Problem("recount-half", Place(some[0].file if some else "", tab), "", {"sheet": title}, withholds=False)

    def doubtful(self, row: FullRow) -> bool:
        """Whether a cell of it that counts could not be read."""
        return any(_at(cell(row, name)) in self._told for name in self.used)

    def say(self, code: str, row: FullRow, column: str, others: Sequence[FullRow] = ()) -> Iterator[Problem]:
        """A problem at a cell, unless it was told of already. ``others``: the rows that it is about as well."""
        place = cell(row, column)
        if _at(place) not in self._told:
            yield Problem(code, place, "", {"rows": _rows(place, others)} if others else {}, withholds=False)


def _at(place: Place) -> tuple[str, str, int, str]:
    return place.file, place.sheet, place.row, place.cell


def _rows(place: Place, others: Sequence[FullRow]) -> str:
    """The numbers of rows, each with its tab where that is another."""
    here = [other.place for other in others[:_NAMED]]
    named = ("" if p.sheet == place.sheet else f"《{privacy.hide(p.sheet)}》" for p in here)
    return "、".join(f"{tab}{p.row}" for tab, p in zip(named, here, strict=True)) + "…" * (len(others) > _NAMED)
