"""A .ods (OpenDocument 1.2 and later), as LibreOffice, WPS and others write it → a :class:`Book`.

Here a cell carries the very text that it shows, beside its value, so no format has to be understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .. import raw
from ..problems import Problem
from . import SourceError, remarks
from .limits import Lines, Room, rectangle
from .parts import Container, local, parse
from .shown import general

# Where text or tables stand that are not what the cell shows: comments, pictures, what was deleted, other files.
_ASIDE = frozenset(
    ["annotation", "shapes", "tracked-changes", "forms", "dde-links", "cell-range-source", "ruby-text", "scenario"]
)
_HIDDEN = ("collapse", "filter")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_LEAST = 0.36  # millimetres, a point: what is less high or wide is as good as hidden
_SIZE = re.compile(r"([\d.]+)(cm|mm|in|pt|pc|px)")
_MILLIMETRES = {"cm": 10, "mm": 1, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_TIME = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+(?:\.\d*)?)S")


@dataclass
class _Tab:
    """One tab as it is read. Cells as (row, column), 0-based."""

    title: str
    hidden: bool
    lines: Lines = field(default_factory=lambda: Lines({}, {}))
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: set[tuple[int, int]] = field(default_factory=set)
    uncached: list[tuple[int, int]] = field(default_factory=list)
    veiled: list[tuple[int, int]] = field(default_factory=list)
    row: int = 0  # the next one
    column: int = 0  # the next one, of columns or of cells


def read(box: Container, name: str, place: str, room: Room) -> raw.Book:
    """All tabs. Raises :class:`SourceError`, or one of :data:`parts.BROKEN`."""
    with box.open("mimetype") as stream:
        if b"spreadsheet" not in stream.read(200):
            raise SourceError("book-unknown")
    manifest = "META-INF/manifest.xml"
    if manifest in box and any(e.tag == "encryption-data" for e in box.tree(manifest).iter()):
        raise SourceError("book-password")
    content = _Content(room)
    with box.open("content.xml") as stream:
        parse(stream, content.start, content.end, content.data)
    found = _whole_book(box, place, content.pivot)
    grids = []
    for tab in content.tabs:
        grid = _grid(tab, place, room)
        grids.append(grid)
        found += [remarks.whole("book-hidden-sheet", place, tab.title)] if tab.hidden else []
        found += remarks.hidden_rows(grid.hidden_rows, place, tab.title)
        found += remarks.hidden_columns(grid.hidden_columns, place, tab.title)
        found += remarks.each("book-formula", tab.uncached, place, tab.title)
        found += remarks.cells("book-hidden-cells", tab.veiled, place, tab.title)
        found += remarks.cells("book-comments", tab.comments, place, tab.title)
    return raw.Book(name, tuple(grids), tuple(found))


def _whole_book(box: Container, place: str, pivot: bool) -> list[Problem]:
    macros = any(n.startswith(("basic/", "scripts/")) for n in box.names)
    seen = {"book-macros": macros, "book-pivot": pivot}
    return [remarks.whole(code, place) for code, there in seen.items() if there]


def _grid(tab: _Tab, place: str, room: Room) -> raw.Grid:
    rows, values = rectangle(tab.lines, room, tab.title)
    height, width = len(rows), len(rows[0]) if rows else 0
    columns = frozenset(c for a, b in tab.hidden_columns for c in range(a, min(b + 1, width)))
    merged = tuple(
        (t, x, min(b, height - 1), min(r, width - 1)) for t, x, b, r in tab.merged if t < height and x < width
    )
    hidden_rows = frozenset(r for r in tab.hidden_rows if r < height)
    return raw.Grid(tab.title, rows, place, values, hidden_rows, columns, merged, tab.hidden)


class _Content:
    """The handlers for ``content.xml``."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.tabs: list[_Tab] = []
        self.pivot = False
        self._unseen: set[tuple[str, str]] = set()  # styles of tabs, rows, columns that are not displayed
        self._style = ("", "")  # its family, its name
        self._aside = 0  # how deep inside what is passed over
        self._tab: _Tab | None = None
        self._row: dict[str, str] = {}
        self._cell: dict[str, str] | None = None
        self._shown: list[str] = []
        self._raw: list[Any] = []
        self._text: list[str] = []
        self._paragraphs = 0
        self._covered = 0
        self._inside = False  # a paragraph
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "style": self._enter_style,
            "table-properties": self._enter_properties,
            "table-row-properties": self._enter_properties,
            "table-column-properties": self._enter_properties,
            "table": self._enter_table,
            "table-column": self._enter_column,
            "table-row": self._enter_row,
            "table-cell": self._enter_cell,
            "covered-table-cell": self._enter_covered,
            "p": self._enter_paragraph,
            "s": lambda at: self._white(" " * min(int(at.get("c", 1)), self.room.limits.cell)),
            "tab": lambda _at: self._white("\t"),
            "line-break": lambda _at: self._white("\n"),
            "data-pilot-table": lambda _at: setattr(self, "pivot", True),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table": self._leave_table,
            "table-row": self._leave_row,
            "table-cell": self._leave_cell,
            "covered-table-cell": self._leave_covered,
            "p": self._leave_paragraph,
        }

    def start(self, tag: str, at: dict[str, str]) -> None:
        name = local(tag)
        if self._aside or name in _ASIDE or tag.startswith(("draw:", "dr3d:")):
            self._aside += 1
            if name == "annotation" and self._aside == 1 and self._tab and self._cell is not None:
                self._tab.comments.add((self._tab.row, self._tab.column))
        elif (handler := self._starts.get(name)) is not None:
            handler(at if name == "table-cell" else {local(k): v for k, v in at.items()})

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif (handler := self._ends.get(local(tag))) is not None:
            handler()

    def data(self, text: str) -> None:
        if self._inside and not self._aside:
            self._text.append(re.sub(r"[ \t\r\n]+", " ", text) if "\n" in text or "  " in text else text)

    # --- tabs, rows and columns

    def _enter_style(self, at: dict[str, str]) -> None:
        self._style = at.get("family", ""), at.get("name", "")

    def _enter_properties(self, at: dict[str, str]) -> None:
        size = _SIZE.fullmatch(at.get("row-height", "") or at.get("column-width", ""))
        if at.get("display") == "false" or (size and float(size[1]) * _MILLIMETRES[size[2]] < _LEAST):
            self._unseen.add(self._style)

    def _is_unseen(self, family: str, at: dict[str, str]) -> bool:
        return at.get("visibility") in _HIDDEN or (family, at.get("style-name", "")) in self._unseen

    def _enter_table(self, at: dict[str, str]) -> None:
        if self._tab is not None:
            raise ValueError("a table within a table")
        self._tab = _Tab(at.get("name", ""), self._is_unseen("table", at))

    def _leave_table(self) -> None:
        self.tabs.append(self._in_tab())
        self._tab = None

    def _in_tab(self) -> _Tab:
        if self._tab is None:
            raise ValueError("a row outside a table")
        return self._tab

    def _enter_column(self, at: dict[str, str]) -> None:
        tab, count = self._in_tab(), _times(at, "number-columns-repeated", _MOST_COLUMNS)
        if self._is_unseen("table-column", at):
            tab.hidden_columns.append((tab.column, tab.column + count - 1))
        tab.column += count

    def _enter_row(self, at: dict[str, str]) -> None:
        self._row = at
        self._in_tab().column = 0

    def _leave_row(self) -> None:
        """A row that stands for several is put down several times; a blank one takes no room."""
        tab, count = self._in_tab(), _times(self._row, "number-rows-repeated", _MOST_ROWS)
        if any(self._shown) or any(r is not None for r in self._raw):
            self.room.cells(count * len(self._shown), sheet=tab.title, cell="")
            for r in range(tab.row, tab.row + count):
                tab.lines.shown[r] = self._shown
                assert tab.lines.raw is not None
                tab.lines.raw[r] = self._raw
            if self._is_unseen("table-row", self._row):
                tab.hidden_rows.update(range(tab.row, tab.row + count))
        tab.row += count
        self._shown, self._raw = [], []

    # --- cells

    def _enter_cell(self, at: dict[str, str]) -> None:
        self._cell = at
        self._text, self._paragraphs = [], 0

    def _enter_covered(self, at: dict[str, str]) -> None:
        """Under a merged cell: whatever stands there is not shown."""
        self._covered = _times(at, "number-columns-repeated", _MOST_COLUMNS)

    def _leave_covered(self) -> None:
        self._cell, self._text = None, []
        self._in_tab().column += self._covered

    def _leave_cell(self) -> None:
        at, tab = {local(k): v for k, v in (self._cell or {}).items()}, self._in_tab()
        kinds = [v for k, v in (self._cell or {}).items() if local(k) == "value-type"]
        self._cell = None
        count = _times(at, "number-columns-repeated", _MOST_COLUMNS)
        text = "".join(self._text)
        if len(text) > self.room.limits.cell:
            raise SourceError("book-too-big")
        if text or kinds:
            shown, value = _valued(at, kinds, text, self._paragraphs > 0)
            self._put(shown, value, count)
            if self._paragraphs and not text and _lies_beneath(at):
                tab.veiled.append((tab.row, tab.column))
        elif "formula" in at:
            tab.uncached.append((tab.row, tab.column))
            self._put("", raw.Error(""), count)
        self._span(at)
        tab.column += count
        if tab.column > _MOST_COLUMNS:
            raise ValueError("a column that no spreadsheet has")

    def _put(self, shown: str, value: Any, count: int) -> None:
        gap = self._in_tab().column - len(self._shown)
        self._shown += [""] * gap + [shown] * count
        self._raw += [None] * gap + [value] * count

    def _span(self, at: dict[str, str]) -> None:
        down = _times(at, "number-rows-spanned", _MOST_ROWS)
        right = _times(at, "number-columns-spanned", _MOST_COLUMNS)
        if down > 1 or right > 1:
            tab = self._in_tab()
            tab.merged.append((tab.row, tab.column, tab.row + down - 1, tab.column + right - 1))
            if len(tab.merged) > self.room.limits.merges:
                raise SourceError("book-too-big")

    def _enter_paragraph(self, _at: dict[str, str]) -> None:
        if self._cell is not None:
            self._inside = True
            if self._paragraphs:
                self._text.append("\n")
            self._paragraphs += 1

    def _leave_paragraph(self) -> None:
        self._inside = False

    def _white(self, text: str) -> None:
        if self._inside:
            self._text.append(text)


def _times(at: dict[str, str], name: str, most: int) -> int:
    count = int(at.get(name, 1))
    if not 0 < count <= most:
        raise ValueError("more than a spreadsheet has")
    return count


def _valued(at: dict[str, str], kinds: list[str], text: str, has_text: bool) -> tuple[str, Any]:
    """The text that a cell shows and the value beneath. ``kinds``: by ODF, and by LibreOffice, which adds "error"."""
    if "error" in kinds:
        return text, raw.Error(text)
    if has_text and not text:
        return "", None  # a format that shows nothing hides the value, from us too
    kind = kinds[0] if kinds else "string"
    value: Any
    if kind in ("float", "currency", "percentage"):
        number = float(at["value"])
        value = int(number) if number.is_integer() and abs(number) < 1e15 else number
        return text or general(value), value
    if kind == "date":
        value = _moment(at["date-value"])
        return text or str(value), value
    if kind == "boolean":
        value = at["boolean-value"] == "true"
        return text or str(value).upper(), value
    if kind == "time" and (m := _TIME.fullmatch(at["time-value"])):
        return text, (int(m[2]) * 3600 + int(m[3]) * 60 + float(m[4])) / 86400 * (-1 if m[1] else 1)
    text = text or at.get("string-value", "")
    return text, text or None


def _lies_beneath(at: dict[str, str]) -> bool:
    """Whether a cell that shows nothing has a value: an empty text is none, nor is a nought that is not shown."""
    said = (v for k, v in at.items() if k in ("value", "string-value", "date-value", "time-value", "boolean-value"))
    return any(v.strip("0.") for v in said)


def _moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text[:26]) if "T" in text else date.fromisoformat(text)
