"""Google Sheets: a whole spreadsheet in three calls, and what Bugu writes back into it.

Never by ``get_all_records``, which makes 7 of 007. Why these three calls, and what happens when somebody edits between
them: docs/decisions/0006-google-in-three-calls.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from gspread.utils import absolute_range_name

from ..problems import Problem, letters
from ..raw import Book, Error, Grid
from . import SourceError, remarks
from .google_door import Client, ask, begin, connect, credentials, key_of, place_of
from .google_write import clear_notes, layout, set_notes, tabs
from .limits import LIMITS, Lines, Room, rectangle
from .retry import Patience, Trying

__all__ = [
    "Client",
    "clear_notes",
    "connect",
    "credentials",
    "key_of",
    "layout",
    "place_of",
    "read",
    "set_notes",
    "tabs",
]

_READINGS = 3  # how often a reading is begun again because somebody moved things meanwhile
_HIDDEN = "hiddenByUser,hiddenByFilter"
_MASK = (
    "properties.title,sheets(properties(title,hidden,sheetType,gridProperties(rowCount,columnCount)),merges,"
    f"data(startRow,startColumn,rowMetadata({_HIDDEN}),columnMetadata({_HIDDEN})))"
)
_SHOWN = {"valueRenderOption": "FORMATTED_VALUE"}
_RAW = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
_ASKED_AT_ONCE = 6000  # characters of tab names in one address; a server may refuse an address of more than 8 KB
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!", "Loading..."}
_NUMBERS, _LONG = (int, float), 10**15  # more figures than a spreadsheet keeps: an ID typed as a number
_DIGITS = re.compile(r"\d{1,4}", re.A)
_EPOCH = datetime(1899, 12, 30)  # day 0 of a serial number, as the discovery document has it


@dataclass(frozen=True)
class Tab:
    """What Google says of one tab before its cells are read. ``size``: rows and columns of its grid."""

    title: str
    size: tuple[int, int]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    filtered_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def corner(self) -> str:
        """The tab's whole range, as an answer names it: ``A1:Z1000``."""
        rows, columns = self.size
        last = f"{letters(columns - 1)}{rows}"
        return last if last == "A1" else f"A1:{last}"


def read(spreadsheet: str, *, client: Client, patience: Patience | None = None) -> Book:
    """The whole spreadsheet (an id, or the address in the browser), hidden tabs with their flag included.

    Raises :class:`SourceError` when it cannot be had within ``patience.budget`` seconds.
    """
    key = key_of(spreadsheet)
    trying = begin(client, patience or Patience())
    for reading in range(_READINGS):
        if reading:
            trying.patience.sleep(min(trying.pause(reading), trying.left()))
        try:
            return _reading(client, key, trying)
        except SourceError as error:
            if error.code != "google-changing":
                raise
    raise SourceError("google-changing")


def _reading(client: Client, key: str, trying: Trying) -> Book:
    http = client.http_client
    params = {"fields": _MASK, "prettyPrint": "false"}
    name, found = understood(ask(trying, lambda: http.fetch_sheet_metadata(key, {**params})))
    shown = _values(client, key, found, trying, _SHOWN)
    raw = _values(client, key, found, trying, _RAW)
    room = Room(LIMITS)
    grids = [_grid(tab, place_of(key), s, r, room) for tab, s, r in zip(found, shown, raw, strict=True)]
    said = [r for tab, grid in zip(found, grids, strict=True) for r in _remarks(tab, grid)]
    return Book(name, tuple(grids), tuple(said))


def understood(answer: Any) -> tuple[str, list[Tab]]:
    """The spreadsheet's name and its tabs that have cells (charts on a tab of their own have none)."""
    sheets = answer.get("sheets") if isinstance(answer, dict) else None
    if not isinstance(sheets, list):
        raise SourceError("google-cut")
    found = [_tab(s) for s in sheets if s["properties"].get("sheetType", "GRID") == "GRID"]
    return str(answer.get("properties", {}).get("title", "")), found


def _tab(sheet: Mapping[str, Any]) -> Tab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    rows, columns, filtered = set[int](), set[int](), set[int]()
    for part in sheet.get("data", ()):
        first_row, first_column = part.get("startRow", 0), part.get("startColumn", 0)
        rows |= _where(part.get("rowMetadata", ()), "hiddenByUser", first_row)
        filtered |= _where(part.get("rowMetadata", ()), "hiddenByFilter", first_row)
        for flag in _HIDDEN.split(","):
            columns |= _where(part.get("columnMetadata", ()), flag, first_column)
    return Tab(
        title=properties["title"],
        size=(grid.get("rowCount", 0), grid.get("columnCount", 0)),
        hidden=properties.get("hidden", False),
        hidden_rows=frozenset(rows),
        filtered_rows=frozenset(filtered - rows),
        hidden_columns=frozenset(columns),
        merged=tuple(_merged(m, grid) for m in sheet.get("merges", ())),
    )


def _where(metadata: Iterable[Mapping[str, Any]], flag: str, first: int) -> set[int]:
    return {first + n for n, one in enumerate(metadata) if one.get(flag)}


def _merged(area: Mapping[str, int], grid: Mapping[str, int]) -> tuple[int, int, int, int]:
    """A ``GridRange``, each end of which is one past the last or left out, as (row, column, last row, last column)."""
    last_row, last_column = area.get("endRowIndex", grid["rowCount"]), area.get("endColumnIndex", grid["columnCount"])
    return area.get("startRowIndex", 0), area.get("startColumnIndex", 0), last_row - 1, last_column - 1


def _values(
    client: Client, key: str, wanted: Sequence[Tab], trying: Trying, how: Mapping[str, str]
) -> list[list[list[Any]]]:
    """The cells of all tabs. Raises ``google-changing`` when a tab's grid has not the size it had a moment ago: then a
    row or column came or went, and the flags of the hidden ones are on their neighbours.
    """
    found: list[list[list[Any]]] = []
    for some in batches(wanted):
        ranges = [absolute_range_name(tab.title) for tab in some]
        answer = ask(trying, lambda: client.http_client.values_batch_get(key, ranges, {**how, "prettyPrint": "false"}))  # noqa: B023
        values = answer.get("valueRanges") if isinstance(answer, dict) else None
        if not isinstance(values, list) or len(values) != len(some):
            raise SourceError("google-cut")
        for tab, one in zip(some, values, strict=True):
            if one["range"].rpartition("!")[2] != tab.corner:
                raise SourceError("google-changing")
            found.append(one.get("values", []))
    return found


def batches(wanted: Sequence[Tab]) -> Iterator[list[Tab]]:
    """Tabs that can be asked for together: all of them, unless their names are too long for one address."""
    some: list[Tab] = []
    length = 0
    for tab in wanted:
        more = len(quote(tab.title)) + 20
        if some and length + more > _ASKED_AT_ONCE:
            yield some
            some, length = [], 0
        some.append(tab)
        length += more
    if some:
        yield some


def _grid(tab: Tab, place: str, shown: list[list[Any]], raw: list[list[Any]], room: Room) -> Grid:
    texts = {n: list(map(str, row)) for n, row in enumerate(shown)}
    beneath = {n: under(row, raw[n] if n < len(raw) else []) for n, row in texts.items()}
    rows, raws = rectangle(Lines(texts, beneath), room, tab.title)
    height, width = len(rows), len(rows[0]) if rows else 0
    return Grid(
        title=tab.title,
        rows=rows,
        place=place,
        raw=raws,
        hidden_rows=frozenset(n for n in tab.hidden_rows | tab.filtered_rows if n < height),
        hidden_columns=frozenset(n for n in tab.hidden_columns if n < width),
        merged=tab.merged,
        hidden=tab.hidden,
    )


def under(shown: Sequence[str], raw: Sequence[Any]) -> list[Any]:
    """The values beneath a row's texts. Where a text beneath is not the text shown, somebody edited the row between the
    two calls, or a format dresses the text up; then what is shown is all that is known.
    """
    cells = [*raw[: len(shown)], *[""] * (len(shown) - len(raw))]
    if any(isinstance(value, str) and value != text for text, value in zip(shown, cells, strict=True)):
        return [text or None for text in shown]
    return [_value(text, value) for text, value in zip(shown, cells, strict=True)]


def _value(shown: str, value: Any) -> Any:
    if isinstance(value, str):
        return Error(shown) if shown in _ERRORS else shown or None
    if isinstance(value, bool) or shown.isdigit() or not isinstance(value, (int, float)):
        return value
    return moment(shown, value) or value


@lru_cache(maxsize=8192)  # the days of one year come again and again
def moment(shown: str, serial: float) -> date | datetime | None:
    """The day (and time) that ``serial`` stands for, if ``shown`` is how a cell writes it; None if it is a mere number.

    The API gives a date as a number and does not say that it is one. It is one if every number in the text is a
    different part of that moment (year, month, day, hour …), month and day among them: 3月5日 over 45356 is
    2024-03-05, and 45,356元 is money.
    """
    groups = [int(digits) for digits in _DIGITS.findall(shown)]
    if not 2 <= len(groups) <= 6 or not 1 <= serial < 2958466:
        return None
    when = _EPOCH + timedelta(seconds=round(serial * 86400))
    if when.day not in groups or when.month not in groups or (when.day == when.month and groups.count(when.day) < 2):
        return None
    groups.remove(when.day)
    groups.remove(when.month)
    spare = [{when.year, when.year % 100}, {when.hour, when.hour % 12 or 12}, {when.minute}, {when.second}]
    for group in groups:  # in the order in which they are written: 2024-03-05 14:30:00
        part = next((p for p in spare if group in p), None)
        if part is None:
            return None
        spare.remove(part)
    return when if when.time() != datetime.min.time() else when.date()


def _remarks(tab: Tab, grid: Grid) -> Iterator[Problem]:
    """What is hidden and has something in it: said, so that nobody wonders where it is."""
    name, title = grid.place, grid.title
    if tab.hidden:
        yield from [remarks.whole("book-hidden-sheet", name, title)] if grid.rows else []
        return
    filled = {n for n, row in enumerate(grid.rows) if any(cell.strip() for cell in row)}
    yield from remarks.hidden_rows(filled & tab.hidden_rows, name, title)
    yield from remarks.hidden_columns(
        (n for n in grid.hidden_columns if any(row[n].strip() for row in grid.rows)), name, title
    )
    long = [
        (r, c)
        for r, row in enumerate(grid.raw or ())
        for c, value in enumerate(row)
        if type(value) in _NUMBERS and abs(value) >= _LONG
    ]
    yield from remarks.cells("book-long-number", long, name, title)
    if filtered := len(filled & tab.filtered_rows):
        yield remarks.whole("google-filtered-rows", name, title, str(filtered))
