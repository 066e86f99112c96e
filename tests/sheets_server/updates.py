"""``spreadsheets.batchUpdate``: all of its requests or none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import count
from typing import Any

from .a1 import Part
from .cells import from_extended
from .masks import mask, masked
from .refusals import Refused, unknown_name, violation
from .schemas import check
from .state import Book, Tab, grid_range

Request = dict[str, Any]
_NUMBERS = count(1086220710)  # ids that Google would draw by lot
_MORE = ("tabColorStyle", "tabColor", "rightToLeft")


def batch_update(book: Book, body: Request) -> dict[str, Any]:
    """Apply the requests to ``book``; gives ``BatchUpdateSpreadsheetResponse``."""
    requests = body.get("requests", [])
    if not requests:
        raise Refused(400, "Must specify at least one request.")
    before = deepcopy(book.tabs), book.title
    try:
        replies = [_apply(book, request, n) for n, request in enumerate(requests)]
    except Exception:
        book.tabs, book.title = before
        raise
    return {"spreadsheetId": book.key, "replies": replies}


def _apply(book: Book, request: Request, n: int) -> dict[str, Any]:
    kind, inner = next(iter(request.items()))
    if kind not in KINDS:
        raise unknown_name(kind, f"requests[{n}]")
    do, members = KINDS[kind]
    if strange := sorted(set(inner) - set(members.split())):
        raise unknown_name(strange[0], f"requests[{n}].{kind}")
    check(kind, inner, f"requests[{n}].{kind}")
    return do(book, inner, f"requests[{n}].{kind}") or {}


def _add_sheet(book: Book, r: Request, where: str) -> dict[str, Any]:
    given = r.get("properties", {})
    title = given.get("title", f"Sheet{len(book.tabs) + 1}")
    _free(book, title, where)
    id = given.get("sheetId", next(_NUMBERS))
    if any(t.id == id for t in book.tabs):
        raise Refused(400, f"Invalid {where}: Sheet with id {id} already exists. Please choose another id.")
    grid = dict(given.get("gridProperties", {}))
    size = (grid.pop("rowCount", 1000), grid.pop("columnCount", 26))
    more = {k: v for k, v in given.items() if k in _MORE}
    tab = Tab(title, id=id, size=size, grid=grid, hidden=given.get("hidden", False), more=more)
    index = given.get("index", len(book.tabs))
    book.tabs.insert(index, tab)
    return {"addSheet": {"properties": tab.properties(index)}}


def _free(book: Book, title: str, where: str) -> None:
    if any(t.title == title for t in book.tabs):
        message = f'A sheet with the name "{title}" already exists. Please enter another name.'
        raise Refused(400, f"Invalid {where}: {message}")


def _delete_sheet(book: Book, r: Request, where: str) -> None:
    book.tabs.remove(book.numbered(r["sheetId"], where))
    if not book.tabs:
        raise Refused(400, f"Invalid {where}: You can't remove all the sheets in a document.")


def _sheet_properties(book: Book, r: Request, where: str) -> None:
    given = r["properties"]
    tab = book.numbered(given.get("sheetId", 0), where)
    chosen = masked(given, _fields(r, where))
    if chosen.get("title", tab.title) != tab.title:
        _free(book, chosen["title"], where)
        tab.title = chosen["title"]
    tab.hidden = chosen.get("hidden", tab.hidden)
    if not any(not t.hidden for t in book.tabs):
        raise Refused(400, f"Invalid {where}: You can't hide all the sheets in a document.")
    if "index" in chosen:
        book.tabs.remove(tab)
        book.tabs.insert(chosen["index"], tab)
    grid = {**tab.grid, **chosen.get("gridProperties", {})}
    tab.size = (grid.pop("rowCount", tab.size[0]), grid.pop("columnCount", tab.size[1]))
    tab.grid = {k: v for k, v in grid.items() if v}
    tab.more |= {k: v for k, v in chosen.items() if k in _MORE}


def _book_properties(book: Book, r: Request, where: str) -> None:
    book.title = masked(r["properties"], _fields(r, where)).get("title", book.title)


def _update_cells(book: Book, r: Request, where: str) -> None:
    fields = _fields(r, where)
    if "range" in r:
        tab, (r0, c0, r1, c1) = _part(book, r["range"], where)
        for place in _places((r0, c0, r1, c1)):
            _write(tab, place, {}, fields)
    else:
        start = r["start"]
        tab, r0, c0 = (
            book.numbered(start.get("sheetId", 0), where),
            start.get("rowIndex", 0),
            start.get("columnIndex", 0),
        )
    for n, row in enumerate(r.get("rows", []), r0):
        for c, cell in enumerate(row.get("values", []), c0):
            if n >= tab.size[0] or c >= tab.size[1]:
                raise Refused(400, f"Invalid {where}: Attempting to write past the grid.")
            _write(tab, (n, c), cell, fields)


def _repeat_cell(book: Book, r: Request, where: str) -> None:
    tab, part = _part(book, r["range"], where)
    fields = _fields(r, where)
    for place in _places(part):
        _write(tab, place, r["cell"], fields)


def _write(tab: Tab, place: tuple[int, int], cell: Request, fields: dict[str, Any]) -> None:
    """The chosen fields of a cell as given; those not given are cleared."""
    every = "*" in fields
    if every or "note" in fields:
        tab.notes.pop(place, None)
        if cell.get("note"):
            tab.notes[place] = cell["note"]
    if every or "userEnteredValue" in fields:
        tab.put(*place, from_extended(cell.get("userEnteredValue", {})))
    for name in ("userEnteredFormat", "dataValidation"):
        if every or name in fields:
            extra = tab.extra.setdefault(place, {})
            extra.pop(name, None) if name not in cell else extra.update({name: cell[name]})
    if not tab.extra.get(place, True):
        del tab.extra[place]


def _validation(book: Book, r: Request, where: str) -> None:
    tab, part = _part(book, r["range"], where)
    cell = {"dataValidation": r["rule"]} if "rule" in r else {}
    for place in _places(part):
        _write(tab, place, cell, {"dataValidation": {}})


def _protect(book: Book, r: Request, where: str) -> dict[str, Any]:
    given = dict(r["protectedRange"])
    tab, part = _part(book, given["range"], where)
    number = given.get("protectedRangeId", next(_NUMBERS))
    bounded = set(given["range"]) - {"sheetId"}
    whole = {"sheetId": tab.id} if tab.id else {}
    made = {**given, "protectedRangeId": number, "range": grid_range(tab, *part) if bounded else whole}
    made = {k: v for k, v in made.items() if v is not None and v is not False}
    tab.protected.append({**made, "requestingUserCanEdit": True})
    return {"addProtectedRange": {"protectedRange": tab.protected[-1]}}


def _unprotect(book: Book, r: Request, where: str) -> None:
    for tab in book.tabs:
        for one in tab.protected:
            if one["protectedRangeId"] == r["protectedRangeId"]:
                tab.protected.remove(one)
                return
    raise Refused(400, f"Invalid {where}: No protected range with id: {r['protectedRangeId']}")


def _dimensions(book: Book, r: Request, where: str) -> None:
    tab, which, span = _span(book, r["range"], where)
    chosen = masked(r["properties"], _fields(r, where))
    hidden = tab.hidden_rows if which == "ROWS" else tab.hidden_columns
    for n in span:
        if "hiddenByUser" in chosen:
            (hidden.add if chosen["hiddenByUser"] else hidden.discard)(n)
        if "pixelSize" in chosen:
            tab.widths[which, n] = chosen["pixelSize"]


def _auto_resize(book: Book, r: Request, where: str) -> None:
    tab, which, span = _span(book, r["dimensions"], where)
    tab.widths |= {(which, n): 120 for n in span}


def _insert(book: Book, r: Request, where: str) -> None:
    tab, which, span = _span(book, r["range"], where)
    for _ in span:
        if which == "ROWS":
            tab.rows.insert(span.start, [])
        else:
            for row in tab.rows:
                row.insert(span.start, None)
    _grow(tab, which, len(span))
    hidden = tab.hidden_rows if which == "ROWS" else tab.hidden_columns
    moved = {n + len(span) if n >= span.start else n for n in hidden}
    hidden.clear()
    hidden.update(moved)


def _append(book: Book, r: Request, where: str) -> None:
    _grow(book.numbered(r["sheetId"], where), r["dimension"], r["length"])


def _grow(tab: Tab, which: str, by: int) -> None:
    rows, columns = tab.size
    tab.size = (rows + by, columns) if which == "ROWS" else (rows, columns + by)


def _merge(book: Book, r: Request, where: str) -> None:
    if r.get("mergeType") != "MERGE_ALL":
        raise Refused(501, "only MERGE_ALL is known here", status="UNIMPLEMENTED")
    tab, part = _part(book, r["range"], where)
    tab.merges.append(part)
    for place in list(_places(part))[1:]:
        if tab.at(*place) is not None:
            tab.put(*place, None)


def _unmerge(book: Book, r: Request, where: str) -> None:
    tab, (r0, c0, r1, c1) = _part(book, r["range"], where)
    tab.merges = [m for m in tab.merges if m[2] <= r0 or m[0] >= r1 or m[3] <= c0 or m[1] >= c1]


def _colour_rule(book: Book, r: Request, where: str) -> None:
    tab = book.numbered(r["rule"]["ranges"][0].get("sheetId", 0), where)
    tab.rules.insert(r.get("index", 0), r["rule"])


def _fields(r: Request, where: str) -> dict[str, Any]:
    if not r.get("fields"):
        raise violation(f"Invalid {where}: At least one field must be listed in 'fields'. (Use '*' for all fields.)")
    return mask(r["fields"])


def _part(book: Book, given: Request, where: str) -> tuple[Tab, Part]:
    tab = book.numbered(given.get("sheetId", 0), where)
    if strange := sorted(
        set(given) - {"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
    ):
        raise unknown_name(strange[0], where)
    r0, c0 = given.get("startRowIndex", 0), given.get("startColumnIndex", 0)
    r1, c1 = given.get("endRowIndex", tab.size[0]), given.get("endColumnIndex", tab.size[1])
    if r1 > tab.size[0] or c1 > tab.size[1] or r0 >= r1 or c0 >= c1:
        raise Refused(400, f"Invalid {where}: range is not within the grid.")
    return tab, (r0, c0, r1, c1)


def _span(book: Book, given: Request, where: str) -> tuple[Tab, str, range]:
    tab, which = book.numbered(given.get("sheetId", 0), where), given["dimension"]
    end = tab.size[0] if which == "ROWS" else tab.size[1]
    return tab, which, range(given.get("startIndex", 0), given.get("endIndex", end))


def _places(part: Part) -> Iterator[tuple[int, int]]:
    r0, c0, r1, c1 = part
    return ((r, c) for r in range(r0, r1) for c in range(c0, c1))


Do = Callable[[Book, Request, str], "dict[str, Any] | None"]
# What a request may have in it is from the discovery document.
KINDS: dict[str, tuple[Do, str]] = {
    "addConditionalFormatRule": (_colour_rule, "index rule"),
    "addProtectedRange": (_protect, "protectedRange"),
    "addSheet": (_add_sheet, "properties"),
    "appendDimension": (_append, "dimension length sheetId"),
    "autoResizeDimensions": (_auto_resize, "dataSourceSheetDimensions dimensions"),
    "deleteProtectedRange": (_unprotect, "protectedRangeId"),
    "deleteSheet": (_delete_sheet, "sheetId"),
    "insertDimension": (_insert, "inheritFromBefore range"),
    "mergeCells": (_merge, "mergeType range"),
    "repeatCell": (_repeat_cell, "cell fields range"),
    "setDataValidation": (_validation, "filteredRowsIncluded range rule"),
    "unmergeCells": (_unmerge, "range"),
    "updateCells": (_update_cells, "fields range rows start"),
    "updateDimensionProperties": (_dimensions, "dataSourceSheetRange fields properties range"),
    "updateSheetProperties": (_sheet_properties, "fields properties"),
    "updateSpreadsheetProperties": (_book_properties, "fields properties"),
}
