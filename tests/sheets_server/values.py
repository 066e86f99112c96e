"""The methods of ``spreadsheets.values``."""

from __future__ import annotations

from typing import Any

from .a1 import Part, parsed, written
from .cells import rendered, typed
from .refusals import Refused, violation
from .state import Book, Tab

_OPTIONS = {
    "valueRenderOption": ("FORMATTED_VALUE", "UNFORMATTED_VALUE"),  # FORMULA: there are none here
    "dateTimeRenderOption": ("SERIAL_NUMBER", "FORMATTED_STRING"),
    "majorDimension": ("ROWS", "COLUMNS"),
}


def get(book: Book, text: str, query: dict[str, list[str]]) -> dict[str, Any]:
    """A ``ValueRange``: without trailing empty rows and cells; without ``values`` where there is nothing at all."""
    chosen = {}
    for name, options in _OPTIONS.items():
        chosen[name] = query.get(name, [options[0]])[0]
        if chosen[name] not in options:
            raise violation(f"Invalid value at '{name}', \"{chosen[name]}\"", name)
    tab, part = parsed(text, book)
    rows = _filled(tab, part, chosen["valueRenderOption"], chosen["dateTimeRenderOption"])
    if chosen["majorDimension"] == "COLUMNS":
        width = max(map(len, rows), default=0)
        rows = [_trimmed([row[c] if c < len(row) else "" for row in rows]) for c in range(width)]
    found: dict[str, Any] = {"range": written(tab, part), "majorDimension": chosen["majorDimension"]}
    return {**found, "values": rows} if rows else found


def _filled(tab: Tab, part: Part, option: str, when: str) -> list[list[Any]]:
    r0, c0, r1, c1 = part
    rows = [
        _trimmed([c if type(c) is str else rendered(c, option, when) for c in row[c0:c1]]) for row in tab.rows[r0:r1]
    ]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _trimmed(row: list[Any]) -> list[Any]:
    while row and row[-1] == "":
        row.pop()
    return row


def batch_get(book: Book, query: dict[str, list[str]]) -> dict[str, Any]:
    """``BatchGetValuesResponse``, in the order asked for."""
    return {"spreadsheetId": book.key, "valueRanges": [get(book, text, query) for text in query.get("ranges", [])]}


def update(book: Book, text: str, option: str, body: dict[str, Any]) -> dict[str, Any]:
    """``UpdateValuesResponse``. An empty text clears its cell, a null leaves it as it is."""
    if option not in ("RAW", "USER_ENTERED"):
        raise Refused(400, "'valueInputOption' is required but not specified")
    values = body.get("values", [])
    if not isinstance(values, list):
        kind = "type.googleapis.com/google.protobuf.ListValue"
        raise violation(f"Invalid value at 'data.values' ({kind}), \"{values}\"", "data.values")
    tab, (r0, c0, *_) = parsed(text, book)
    for r, row in enumerate(values, r0):
        for c, cell in enumerate(row, c0):
            if isinstance(cell, str) and cell.startswith("=") and option == "USER_ENTERED":
                raise Refused(501, "formulas are not known here", status="UNIMPLEMENTED")
            if cell is not None:
                tab.put(r, c, None if cell == "" else typed(cell, option))
    height, width = len(values), max(map(len, values), default=0)
    return {
        "spreadsheetId": book.key,
        "updatedRange": written(tab, (r0, c0, r0 + max(height, 1), c0 + max(width, 1))),
        "updatedRows": height,
        "updatedColumns": width,
        "updatedCells": sum(map(len, values)),
    }


def batch_update(book: Book, body: dict[str, Any]) -> dict[str, Any]:
    """``BatchUpdateValuesResponse``."""
    option, data = body.get("valueInputOption", ""), body.get("data", [])
    answers = [update(book, one["range"], option, one) for one in data]
    places = {(parsed(one["range"], book)[0].id, *parsed(one["range"], book)[1]) for one in data}
    columns = {(id, c) for id, _, c0, _, c1 in places for c in range(c0, c1)}
    return {
        "spreadsheetId": book.key,
        "totalUpdatedRows": sum(a["updatedRows"] for a in answers),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(a["updatedCells"] for a in answers),
        "totalUpdatedSheets": len({place[0] for place in places}),
        "responses": answers,
    }


def clear(book: Book, text: str) -> dict[str, Any]:
    """``ClearValuesResponse``."""
    tab, part = parsed(text, book)
    r0, c0, r1, c1 = part
    for row in tab.rows[r0:r1]:
        for c in range(c0, min(c1, len(row))):
            row[c] = None
    return {"spreadsheetId": book.key, "clearedRange": written(tab, part)}
