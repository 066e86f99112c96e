"""Counts of private sheets: from the volunteers' rows to ``records/<community>/<sheet>.csv``, and back from there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from . import privacy
from .columns import ID, Column
from .privacy import CountTable, count_words
from .problems import Place, Problem, letters
from .sheet import Sheet
from .suppression import Impossible, Mark

MONTHS, WEEKS = 12, 12
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])", re.ASCII)
_WEEK = re.compile(r"20\d\d-W(?:0[1-9]|[1-4]\d|5[0-3])", re.ASCII)


def months(today: date) -> tuple[str, ...]:
    """The last twelve months that are over, as ``2026-05``: a month is counted once nothing more happens in it."""
    last = today.year * 12 + today.month - 1
    return tuple(f"{m // 12}-{m % 12 + 1:02}" for m in range(last - MONTHS, last))


def weeks(today: date) -> tuple[str, ...]:
    """The last twelve weeks from Monday to Sunday that are over, as ``2026-W24`` (ISO 8601)."""
    monday = today - timedelta(days=today.weekday())
    return tuple(week_of(monday - timedelta(weeks=n)) for n in range(WEEKS, 0, -1))


def week_of(day: date) -> str:
    """The week that a day lies in, as a table of counts calls it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _by(sheet: Sheet) -> list[Column]:
    if sheet.counts is None:
        raise TypeError(f"{sheet.id} is not counted")
    return [sheet.column(name) for name in sheet.counts.by]


def _weekly(sheet: Sheet) -> bool:
    return sheet.counts is not None and sheet.counts.weeks


def _labels(column: Column, known: Mapping[str, Sequence[str]], today: date, weekly: bool) -> tuple[str, ...]:
    """All labels of a dimension, whatever the private rows have. Raises ``TypeError`` for a kind that has no such list."""
    kind = column.kind
    if kind.choices:
        return kind.choices
    if kind.name == "ref":
        return tuple(dict.fromkeys(known.get(kind.target, ())))
    if kind.name == "date":
        return weeks(today) if weekly else months(today)
    if kind.name == "yes_no":
        return count_words()["yes"], count_words()["no"]
    raise TypeError(f"{column.title}: a sheet can't be counted by a column of this kind")


def _label(value: Any, weekly: bool) -> str:
    if isinstance(value, bool):
        return count_words()["yes" if value else "no"]
    if isinstance(value, date):
        return week_of(value) if weekly else f"{value:%Y-%m}"
    return str(value)


def count(
    sheet: Sheet,
    community: str,
    rows: Sequence[Mapping[str, Any]],
    known: Mapping[str, Sequence[str]],
    today: date,
    before: CountTable | None = None,
) -> CountTable:
    """The counts of a private sheet's full rows (values by attribute name), suppressed.

    ``known``: the ids of each sheet that may be referred to, in order. ``before``: the table as it stands in ``records/``,
    so that the two together tell no more than each. A grid that it has and that is gone stays in it: without it the total
    of a month would be less by just its number. A row without a value in a dimension, or of a month or week that is not
    shown, is not counted.
    """
    by, weekly = _by(sheet), _weekly(sheet)
    labels = tuple(_labels(column, known, today, weekly) for column in by)
    if before and len(by) > 1 and any(column.kind.name == "date" for column in by):
        labels = tuple(
            own if column.kind.name == "date" else tuple(dict.fromkeys((*own, *stood)))
            for column, own, stood in zip(by, labels, before.labels, strict=True)
        )
    found = (tuple(_label(row.get(column.name), weekly) for column in by) for row in rows)
    places = [frozenset(of) for of in labels]
    counted = [(row, n) for n, row in enumerate(found) if all(x in of for x, of in zip(row, places, strict=True))]
    per = sheet.counts.per if sheet.counts else ""
    whose = [str(rows[n].get(per) or "").casefold() for _, n in counted] if per else None
    return privacy.suppressed(sheet, community, [row for row, _ in counted], labels, before, whose)


def write(table: CountTable) -> bytes:
    """The table as CSV (UTF-8, LF): a line for each cell, then one for each total. The same table gives the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*table.titles, count_words()["number"]])
    writer.writerows([*labels, count.shown] for labels, count in table.cells.items())
    return out.getvalue().encode()


# --- reading --------------------------------------------------------------------------------------------------------


@dataclass
class _File:
    """One file of counts being read: its lines become marks, and all that is wrong a problem."""

    sheet: Sheet
    file: str
    problems: list[Problem] = field(default_factory=list)
    marks: dict[tuple[str, ...], int | Mark] = field(default_factory=dict)
    rows: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def titles(self) -> list[str]:
        return [*(c.title for c in _by(self.sheet)), count_words()["number"]]

    def tell(self, code: str, row: int = 0, column: int | None = None, found: str = "", **params: Any) -> None:
        cell = f"{letters(column)}{row}" if column is not None else ""
        title = self.titles[column] if column is not None else ""
        place = Place(self.file, self.sheet.title, row, cell, title)
        self.problems.append(Problem(code, place, privacy.hide(found), params))

    def lines(self, raw: bytes) -> list[list[str]]:
        """The lines of a file; none, and a problem, when it has none that are sure."""
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.tell("count-file", raw.count(b"\n", 0, error.start) + 1)
            return []
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error:
            self.tell("count-file")
            return []
        if not lines or lines[0] != self.titles:
            self.tell("count-header", 1, titles=",".join(self.titles))
            return []
        return lines

    def line(self, number: int, cells: list[str]) -> None:
        """Notes what one line says."""
        if len(cells) != len(self.titles):
            self.tell("row-ragged", number, has=len(cells), want=len(self.titles))
            return
        *labels, shown = cells
        for i, (column, label) in enumerate(zip(_by(self.sheet), labels, strict=True)):
            if label != count_words()["total"] and not _is_label(column, label, _weekly(self.sheet)):
                self.tell("count-label", number, i, label)
                return
        self._number(number, tuple(labels), shown)

    def _number(self, number: int, labels: tuple[str, ...], shown: str) -> None:
        counts, words = self.sheet.counts, count_words()
        least = counts.least if counts else 0
        mark = privacy.read_mark(shown, least)
        if labels in self.rows:
            self.tell("count-twice", number, other=self.rows[labels])
        elif mark is None:
            self.tell(
                "count-cell", number, len(labels), few=words["few"].format(least=least), unlisted=words["unlisted"]
            )
        elif isinstance(mark, int) and mark < least:
            self.tell("count-small", number, len(labels), few=words["few"].format(least=least))
        else:
            self.marks[labels] = mark
        self.rows.setdefault(labels, number)

    def table(self, community: str) -> CountTable | None:
        """The table, if it is whole and nothing hidden can be worked out from it."""
        total = count_words()["total"]
        labels = tuple(
            tuple(dict.fromkeys(row[i] for row in self.marks if row[i] != total)) for i in range(len(_by(self.sheet)))
        )
        try:
            return privacy.reprinted(self.sheet, community, labels, self.marks)
        except KeyError as missing:
            self.tell("count-missing", found=" ".join(missing.args[0]))
        except Impossible:
            self.tell("count-sum")
        except privacy.Derivable as derivable:
            for cell in derivable.cells:
                self.tell("count-derivable", self.rows[cell], len(cell))
        return None


def _is_label(column: Column, label: str, weekly: bool) -> bool:
    kind = column.kind
    if kind.choices:
        return label in kind.choices
    if kind.name == "yes_no":
        return label in (count_words()["yes"], count_words()["no"])
    return bool((ID if kind.name != "date" else _WEEK if weekly else _MONTH).fullmatch(label))


def read(raw: bytes, sheet: Sheet, community: str, file: str) -> tuple[CountTable | None, list[Problem]]:
    """A file of counts back into a table; None, and problems with their cells, when anything is wrong with it.

    A number under ``least`` and a table from which a hidden number can be worked out are refused, whoever wrote them.
    """
    reading = _File(sheet, file)
    for number, cells in _filled(reading.lines(raw)):
        reading.line(number, cells)
    table = None if reading.problems else reading.table(community)
    return table, reading.problems


def _filled(lines: list[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines[1:], 2):
        if any(c.strip() for c in cells):
            yield number, cells
