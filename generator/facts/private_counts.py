"""The counts of sheets that stay with the volunteers, as tables that residents read: names for ids, months in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..columns import Column
from ..privacy import CountTable, count_words
from ..records import Records
from ..sheets import discover
from .cases import Fact
from .whole import Whole


@dataclass(frozen=True)
class Sums(Fact):
    """One table: ``down`` and ``across`` are what it counts by, ``across`` empty where it is one thing alone.

    ``head`` has a label for each column of numbers, ``rows`` a label and what is printed in each cell after it.
    ``period``: the first and the last month, where it counts by month; the first and the last day, where by week
    (``weekly``). ``untotalled``: a total over them is left out, for two editions of it would give back what each hides.
    """

    sheet: str
    title: str
    unit: str
    least: int
    down: str
    across: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    period: tuple[str, str] | None = None
    untotalled: bool = False
    weekly: bool = False

    @property
    def few_word(self) -> str:
        """What is printed for a small count."""
        return count_words()["few"].format(least=self.least)

    @property
    def unlisted_word(self) -> str:
        """What is printed for a count from which a small one could be worked out."""
        return count_words()["unlisted"]

    @cached_property
    def printed(self) -> frozenset[str]:
        """Everything that stands in a cell."""
        return frozenset(cell for _, cells in self.rows for cell in cells)


def of_community(whole: Whole, community: str) -> tuple[Sums, ...]:
    """The tables of a community, in order of title."""
    found = [_sums(whole.records, table) for table in whole.records.counts if table.community == community]
    return tuple(sorted(found, key=lambda s: s.title))


def _sums(records: Records, table: CountTable) -> Sums:
    """The table with its longer dimension downwards, for a phone is narrow."""
    sheet, total = discover()[table.sheet], count_words()["total"]
    by = [sheet.column(name) for name in (sheet.counts.by if sheet.counts else ())]
    words = [_words(records, table.community, column, labels) for column, labels in zip(by, table.labels, strict=True)]
    sides = [_side(table, n, column) for n, column in enumerate(by)]
    down, *across = sorted(range(len(by)), key=lambda n: -len(table.labels[n]))
    columns = sides[across[0]] if across else (count_words()["number"],)

    def printed(x: str, y: str) -> str:
        return table.cells[tuple(x if n == down else y for n in range(len(by)))].shown

    weekly = sheet.counts is not None and sheet.counts.weeks
    periods = [x for n, column in enumerate(by) if _dated(column) for x in table.labels[n]]
    return Sums(
        table.sheet,
        sheet.title,
        table.unit,
        table.least,
        by[down].title,
        "".join(by[n].title for n in across),
        tuple(words[n][y] for n in across for y in columns) or columns,
        tuple((words[down][x], tuple(printed(x, y) for y in columns)) for x in sides[down]),
        (_first(periods[0]), _last(periods[-1])) if periods else None,
        any(total not in side for side in sides),
        weekly,
    )


def _side(table: CountTable, dimension: int, column: Column) -> tuple[str, ...]:
    """The labels of a dimension that are shown, with the total where any total over it is."""
    total = count_words()["total"]
    over = [count for labels, count in table.cells.items() if labels[dimension] == total]
    empty = _dated(column) and all(count.shown == count_words()["unlisted"] for count in over)
    return table.labels[dimension] if empty else (*table.labels[dimension], total)


def _dated(column: Column) -> bool:
    return column.kind.name == "date"


def _words(records: Records, community: str, column: Column, labels: tuple[str, ...]) -> dict[str, str]:
    """What residents read for each label: the name of the row of that id, a month or week in words, else the label itself."""
    rows = records.tables.get(community, {}).get(column.kind.target, {})
    total = count_words()["total"]
    named = {x: getattr(rows[x], "name", x) if x in rows else period(x) if _dated(column) else x for x in labels}
    return {**named, total: total}


def week(label: str) -> tuple[date, date] | None:
    """Monday and Sunday of a week as a table of counts calls it (``2026-W24``); None for a month."""
    year, _, number = label.partition("-W")
    if not number:
        return None
    return date.fromisocalendar(int(year), int(number), 1), date.fromisocalendar(int(year), int(number), 7)


def period(label: str) -> str:
    """A month or a week in words: 2026年5月; 2026年6月8日至14日; 2025年12月29日至2026年1月4日."""
    days = week(label)
    if days is None:
        year, _, month = label.partition("-")
        return f"{year}年{int(month)}月"
    first, last = days
    same = f"{last.month}月{last.day}日" if last.month != first.month else f"{last.day}日"
    return f"{_day(first)}至{_day(last) if last.year != first.year else same}"


def _first(label: str) -> str:
    days = week(label)
    return _day(days[0]) if days else period(label)


def _last(label: str) -> str:
    days = week(label)
    return _day(days[1]) if days else period(label)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
