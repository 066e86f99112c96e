"""Field masks: ``sheets(properties(title,hidden),data.rowData.values.note)``, with ``.`` or ``/`` between."""

from __future__ import annotations

import re
from typing import Any

from .refusals import violation

Mask = dict[str, "Mask"]

_CELL = {"userEnteredValue", "effectiveValue", "formattedValue", "note", "dataValidation", "userEnteredFormat"}
_DIMENSION: dict[str, Any] = {"hiddenByUser": {}, "hiddenByFilter": {}, "pixelSize": {}}
_GRID_RANGE: dict[str, Any] = {
    k: {} for k in ("sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
}
# The names that this server knows, from the discovery document; an empty one is not looked into further.
KNOWN: dict[str, Any] = {
    "spreadsheetId": {},
    "spreadsheetUrl": {},
    "properties": {"title": {}, "locale": {}, "autoRecalc": {}, "timeZone": {}, "defaultFormat": {}},
    "sheets": {
        "properties": {
            **{k: {} for k in ("sheetId", "title", "index", "sheetType", "hidden", "rightToLeft", "tabColorStyle")},
            "gridProperties": {k: {} for k in ("rowCount", "columnCount", "frozenRowCount", "frozenColumnCount")},
        },
        "data": {
            "startRow": {},
            "startColumn": {},
            "rowData": {"values": {k: {} for k in _CELL}},
            "rowMetadata": _DIMENSION,
            "columnMetadata": _DIMENSION,
        },
        "merges": _GRID_RANGE,
        "protectedRanges": {},
        "conditionalFormats": {},
    },
}


def mask(text: str) -> Mask:
    """The names of a mask as a tree; a leaf stands for all that is below it."""
    tokens = re.findall(r"[\w*]+|[(),./]", text)
    tree: Mask = {}
    stack = [tree]
    here = tree
    for token in tokens:
        if token == "(":
            stack.append(here)
        elif token == ")":
            stack.pop()
            here = stack[-1]
        elif token == ",":
            here = stack[-1]
        elif token not in "./":
            here = here.setdefault(token, {})
    return tree


def check(tree: Mask, known: dict[str, Any] = KNOWN, path: str = "") -> None:
    """Refuse a name that an answer cannot have: a mistyped mask must not pass for an empty sheet."""
    for name, below in tree.items():
        full = f"{path}.{name}" if path else name
        if name == "*":
            continue
        if name not in known:
            raise violation(f"Error expanding 'fields' parameter. Cannot find matching fields for path '{full}'.", full)
        if known[name]:
            check(below, known[name], full)


def masked(value: Any, tree: Mask) -> Any:
    """What the mask leaves of an answer. An entry of a list stays, though nothing of it may be left but ``{}``."""
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [masked(v, tree) for v in value]
    if not isinstance(value, dict):
        return value
    return {k: masked(v, tree[k]) for k, v in value.items() if k in tree}
