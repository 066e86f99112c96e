"""A spreadsheet in memory. Tests build it from lists and may change it between two calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .cells import Formula, extended, shown
from .refusals import Refused


@dataclass
class Tab:
    """One sheet. ``rows``: plain lists of str, int, float, bool, date, datetime, None or Cell. Indexes are 0-based.

    ``extra``: all else that lies on cells (``dataValidation``, ``userEnteredFormat``), by place.
    """

    title: str
    rows: list[list[Any]] = field(default_factory=list)
    id: int = -1
    hidden: bool = False
    kind: str = "GRID"
    hidden_rows: set[int] = field(default_factory=set)
    filtered_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # half open: r0, c0, r1, c1
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    size: tuple[int, int] = (0, 0)
    grid: dict[str, Any] = field(default_factory=dict)  # frozenRowCount and such
    more: dict[str, Any] = field(default_factory=dict)  # tabColorStyle and such
    extra: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    protected: list[dict[str, Any]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    widths: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.size == (0, 0):
            self.size = (max(1000, len(self.rows)), max(26, *(len(r) for r in self.rows), 0))

    def at(self, r: int, c: int) -> Any:
        """A cell; None for an empty one."""
        return self.rows[r][c] if r < len(self.rows) and c < len(self.rows[r]) else None

    def put(self, r: int, c: int, value: Any) -> None:
        """Write a cell; the list grows as needed."""
        self.rows += [[] for _ in range(r + 1 - len(self.rows))]
        self.rows[r] += [None] * (c + 1 - len(self.rows[r]))
        self.rows[r][c] = value

    def properties(self, index: int) -> dict[str, Any]:
        """``SheetProperties``. What is false is left out; what is 0 is not."""
        found: dict[str, Any] = {"sheetId": self.id, "title": self.title, "index": index, "sheetType": self.kind}
        if self.kind == "GRID":
            found["gridProperties"] = {"rowCount": self.size[0], "columnCount": self.size[1], **self.grid}
        return {**found, **self.more, **({"hidden": True} if self.hidden else {})}

    def grid_data(self, r0: int, c0: int, r1: int, c1: int) -> dict[str, Any]:
        """``GridData`` of a part: rows up to the last with anything, metadata for all of them, a start of 0 left out."""
        rows = [self._row(r, c0, c1) for r in range(r0, min(r1, self._height()))]
        while rows and not rows[-1]:
            rows.pop()
        data: dict[str, Any] = {**({"startRow": r0} if r0 else {}), **({"startColumn": c0} if c0 else {})}
        if rows:
            data["rowData"] = rows
        data["rowMetadata"] = [self._dimension("ROWS", n) for n in range(r0, r1)]
        data["columnMetadata"] = [self._dimension("COLUMNS", n) for n in range(c0, c1)]
        return data

    def _height(self) -> int:
        return max(len(self.rows), *(r + 1 for r, _ in (*self.notes, *self.extra)), 0)

    def _row(self, r: int, c0: int, c1: int) -> dict[str, Any]:
        filled = [c for c, cell in enumerate(self.rows[r] if r < len(self.rows) else ()) if cell not in (None, "")]
        filled += [c for place in (self.notes, self.extra) for row, c in place if row == r]
        last = min(max(filled, default=-1) + 1, c1)
        return {"values": [self._cell(r, c) for c in range(c0, last)]} if last > c0 else {}

    def _cell(self, r: int, c: int) -> dict[str, Any]:
        value, found = self.at(r, c), dict(self.extra.get((r, c), {}))
        if value not in (None, ""):
            found["userEnteredValue"] = extended(value)
            if not isinstance(value, Formula):
                found |= {"effectiveValue": extended(value), "formattedValue": shown(value)}
        if (r, c) in self.notes:
            found["note"] = self.notes[r, c]
        return found

    def _dimension(self, which: str, n: int) -> dict[str, Any]:
        usual = 21 if which == "ROWS" else 100
        found: dict[str, Any] = {"pixelSize": self.widths.get((which, n), usual)}
        if n in (self.hidden_rows if which == "ROWS" else self.hidden_columns):
            found["hiddenByUser"] = True
        if which == "ROWS" and n in self.filtered_rows:
            found["hiddenByFilter"] = True
        return found


def grid_range(tab: Tab, r0: int, c0: int, r1: int, c1: int) -> dict[str, Any]:
    """``GridRange``; recorded answers leave the id out where it is 0, and never an index."""
    ends = {"startRowIndex": r0, "endRowIndex": r1, "startColumnIndex": c0, "endColumnIndex": c1}
    return {**({"sheetId": tab.id} if tab.id else {}), **ends}


@dataclass
class Book:
    """One spreadsheet. ``shared``: ``none``, ``link`` (anyone may read), ``reader`` or ``writer`` (the account may).

    ``office``: an Excel file that lies in Drive, which the API will not read.
    """

    key: str
    tabs: list[Tab]
    title: str = "社区台账"
    shared: str = "link"
    office: bool = False

    def __post_init__(self) -> None:
        for n, tab in enumerate(self.tabs):
            tab.id = n * 101 if tab.id < 0 else tab.id

    def tab(self, title: str) -> Tab:
        """A tab by its title."""
        return next(t for t in self.tabs if t.title == title)

    def numbered(self, id: int, where: str) -> Tab:
        """A tab by its id, for a request that is called ``where`` in an error."""
        found = next((t for t in self.tabs if t.id == id), None)
        if found is None:
            raise Refused(400, f"Invalid {where}: No grid with id: {id}")
        return found

    def resource(
        self, parts: Iterator[tuple[Tab, tuple[int, int, int, int]]] | None, with_data: bool
    ) -> dict[str, Any]:
        """``Spreadsheet``. ``parts``: the ranges asked for; sheets that none of them touches are left out."""
        asked = list(parts) if parts is not None else [(t, (0, 0, *t.size)) for t in self.tabs]
        sheets = [
            self._sheet(n, tab, [p for t, p in asked if t is tab] if with_data else [])
            for n, tab in enumerate(self.tabs)
            if any(t is tab for t, _ in asked)
        ]
        return {
            "spreadsheetId": self.key,
            "properties": {
                "title": self.title,
                "locale": "zh_CN",
                "autoRecalc": "ON_CHANGE",
                "timeZone": "Asia/Shanghai",
            },
            "sheets": sheets,
            "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{self.key}/edit",
        }

    def _sheet(self, index: int, tab: Tab, parts: list[tuple[int, int, int, int]]) -> dict[str, Any]:
        found: dict[str, Any] = {"properties": tab.properties(index)}
        if parts and tab.kind == "GRID":
            found["data"] = [tab.grid_data(*part) for part in parts]
        if tab.merges:
            found["merges"] = [grid_range(tab, *m) for m in tab.merges]
        if tab.rules:
            found["conditionalFormats"] = tab.rules
        if tab.protected:
            found["protectedRanges"] = tab.protected
        return found
