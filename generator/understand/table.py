"""The rows of a tab, read: good ones as full rows, the others lost with their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import Any

from .. import privacy
from ..problems import Place, Problem
from ..records import refers
from ..sheet import Sheet
from . import kinds, labels, titles, variants
from .cells import MISSING, Cells
from .labels import Labels
from .lines import BANNER, EXAMPLE, ONLY_ID, RECORD, STRAY, Line
from .rows import FullRow, Lost, Table
from .tab import Tab

_NAMED = 8  # so many of the other rows of an id are named
_NO_ROW = (BANNER, EXAMPLE)

Known = Callable[[str], Labels]
Twins = Sequence[tuple[str, Place]]


def read(tab: Tab, table: Table, known: Known, sheets: Mapping[str, Sheet]) -> None:
    """Adds the rows of a tab to its sheet's. ``known``: what the rows of a sheet are called."""
    table.hides = table.hides or any(any(tab.grid.rows[n]) for n in tab.grid.hidden_rows if n < len(tab.grid.rows))
    if tab.broken:
        table.broken = True
        table.lost += [Lost(tab.place(line.index), tab.key(line)) for line in tab.lines if line.what not in _NO_ROW]
        return
    _Rows(tab, table, [_cells(tab, n, known, sheets) for n in range(len(tab.reading.columns))]).read()
    if tab.heading is not None:
        sure = (line for line in tab.lines if line.what == RECORD and line.index not in tab.torn)
        tab.problems += titles.scaled(tab.grid, tab.heading, tab.reading, sure)


def _cells(tab: Tab, number: int, known: Known, sheets: Mapping[str, Sheet]) -> Cells:
    column = tab.reading.columns[number]
    counted = tab.sheet.counts is not None or (column.key and tab.sheet.closed)
    target = column.kind.target
    if target.startswith("#"):
        return Cells(column, labels.apart, counted=counted)
    if target:
        secret = labels.is_secret(sheets.get(target))
        about = partial(known, target)
        return Cells(column, labels.reader(about), secret=secret, counted=counted, target=about)
    header, words = tab.reading.headers[number], variants.of(tab.sheet.id, column.title)
    read = kinds.reader(column, header, words, tab.grid.date1904, kinds.rough_column(tab.sheet))
    return Cells(column, read, counted=counted)


class _Rows:
    """One tab being read, every column with its own reader."""

    def __init__(self, tab: Tab, table: Table, cells: Sequence[Cells]) -> None:
        self.tab, self.table, self.cells = tab, table, cells
        self.good = [c.good for c in cells]
        self.names = [c.name for c in tab.reading.columns]
        self.at = dict(zip(self.names, tab.reading.places, strict=True))
        lacking = [c.name for c in tab.sheet.columns if c.name not in self.at]
        self.all, self.nothing = (*self.names, *lacking), (None,) * len(lacking)

    def read(self) -> None:
        """Every row that says something, told of or taken."""
        for line in self.tab.lines:
            if line.index in self.tab.torn:
                self._lose(line, {})  # its cells may stand under each other's titles: none is looked at, or shown
            elif line.what == RECORD:
                self._record(line)
            else:
                self._other(line)

    def _record(self, line: Line) -> None:
        bad = line.index in self.tab.blocked
        pairs = zip(line.cells, line.beneath, strict=True)
        keys = [text if raw is None or raw.__class__ is str else (text, raw.__class__, raw) for text, raw in pairs]
        values = [*map(dict.get, self.good, keys, repeat(MISSING))]  # half a million cells: those known in one go
        for number, value in enumerate(values):
            if value is MISSING:
                outcome = self.cells[number].read(keys[number], line.cells[number], line.beneath[number])
                values[number] = outcome.value
                if outcome.faults:
                    bad = self._tell(line, number, outcome.faults) or bad
        full = dict(zip(self.all, (*values, *self.nothing), strict=True))
        if bad:
            self._lose(line, full)
        else:
            self.table.rows.append(FullRow(self.tab.sheet, self.tab.place(line.index), full, self.at))

    def _tell(self, line: Line, number: int, faults: Sequence[Any]) -> bool:
        """Whether what is wrong with a cell keeps the row off the site."""
        if (line.index, self.tab.reading.places[number]) in self.tab.told:
            return False  # the source has said what is wrong, and the row is blocked for it
        place = self.tab.place(line.index, number)
        for fault in faults:
            self.tab.problems.append(Problem(fault.code, place, fault.found, fault.params, fault.withholds))
        return any(fault.withholds for fault in faults)

    def _other(self, line: Line) -> None:
        """No record: an id alone, one cell out of place, a banner across the tab, a row marked as an example."""
        place = self.tab.place(line.index)
        if line.what == ONLY_ID:
            self.tab.problems.append(Problem("row-only-id", place))
        elif line.what == EXAMPLE:
            marked = self.tab.place(line.index, self.tab.reading.key)
            self.tab.problems.append(Problem("row-example", marked, withholds=False))
        else:
            self.tab.problems.append(Problem("row-stray", place, withholds=line.what == STRAY))
        if line.what not in _NO_ROW:
            self._lose(line, {})

    def _lose(self, line: Line, values: Mapping[str, Any]) -> None:
        sheet = self.tab.sheet
        columns = zip(self.tab.reading.columns, line.cells, strict=False)
        people = tuple(text for column, text in columns if column.names_people and text.strip())
        self.table.lost.append(_lost(sheet, self.tab.place(line.index), self.tab.key(line), values, people))


def _lost(sheet: Sheet, place: Place, id: str, values: Mapping[str, Any], people: tuple[str, ...]) -> Lost:
    kept = values if sheet.stays and sheet.counts is None else {}
    return Lost(place, id, refers(sheet, values), privacy.released(sheet, values), people, kept)


def single(table: Table, tabs: Sequence[Tab]) -> None:
    """Rows that share an id are all lost, also across tabs: nobody can tell which is meant. Each is told of the others.

    So are rows whose ids differ in case alone: their pages would be one file on Windows and macOS.
    """
    places: dict[str, list[tuple[str, Place]]] = {}
    for id, place in [*((r.values["id"], r.place) for r in table.rows), *((x.id, x.place) for x in table.lost if x.id)]:
        places.setdefault(id.lower(), []).append((id, place))
    twins = {id: found for id, found in places.items() if len(found) > 1}
    if not twins:
        return
    by_name = {tab.name: tab for tab in tabs}
    order = {tab.name: n for n, tab in enumerate(tabs)}
    for some in twins.values():
        some.sort(key=lambda x: (order[x[1].file, x[1].sheet], x[1].row))
        found = [(id[:2] + "…" if table.sheet.stays else id, place) for id, place in some]
        twice = _twice if len({id for id, _ in some}) == 1 else _twice_but_for_case
        for id, place in found:
            tab = by_name[place.file, place.sheet]
            others = [x for x in found[: _NAMED + 1] if x[1] != place][:_NAMED]
            at = tab.place(place.row - 1, tab.reading.key)
            tab.problems.append(twice(at, id, others, "…" * (len(others) < len(found) - 1)))
    for row in (r for r in table.rows if r.values["id"].lower() in twins):
        id = "" if table.sheet.counts else row.values["id"]
        people = (row.values.get(c.name) for c in table.sheet.columns if c.names_people)
        table.lost.append(_lost(table.sheet, row.place, id, row.values, tuple(p for p in people if p)))
    table.lost.sort(key=lambda x: (order[x.place.file, x.place.sheet], x.place.row))
    table.rows[:] = [r for r in table.rows if r.values["id"].lower() not in twins]


def _twice(at: Place, id: str, others: Twins, more: str) -> Problem:
    if _in_one_tab(at, others):
        return Problem("id-twice", at, id, {"others": "、".join(str(p.row) for _, p in others) + more})
    return Problem("id-twice-tabs", at, id, {"others": "、".join(f"{_tab(p)}第 {p.row} 行" for _, p in others) + more})


def _twice_but_for_case(at: Place, id: str, others: Twins, more: str) -> Problem:
    here = _in_one_tab(at, others)
    named = (f"{'' if here else _tab(p)}第 {p.row} 行的“{other}”" for other, p in others)
    return Problem("id-twice-case", at, id, {"others": "、".join(named) + more})


def _in_one_tab(at: Place, others: Twins) -> bool:
    return all(p.sheet == at.sheet and p.file == at.file for _, p in others)


def _tab(place: Place) -> str:
    return f"《{privacy.hide(place.sheet)}》"


def index(tabs: Sequence[Tab], sheets: Mapping[str, Sheet]) -> Known:
    """What the rows of each sheet are called in these tabs; worked out when it is first asked for."""
    found: dict[str, Labels] = {}

    def known(target: str) -> Labels:
        if target not in found:
            of = [t for t in tabs if t.sheet.id == target]
            rows = [pair for tab in of for pair in _labelled(tab)]
            sheet = of[0].sheet if of else sheets.get(target)
            found[target] = labels.index(sheet, rows) if sheet else Labels(target)
        return found[target]

    return known


def _labelled(tab: Tab) -> Iterator[tuple[str, str]]:
    column = labels.label_column(tab.sheet)
    number = next((n for n, c in enumerate(tab.reading.columns) if column and c.name == column.name), None)
    if number is not None and tab.reading.key is not None:
        for line in tab.lines:
            yield line.cells[tab.reading.key], line.cells[number]
