"""What the parts of a request may have in them: names and enumerations of Google's discovery document, sheets v4."""

from __future__ import annotations

from typing import Any

from .refusals import unknown_name, violation


def _of(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), "")


# Schema → member → the schema of what it holds; "" for what is not looked into. "[]": a list of them.
_MEMBERS: dict[str, dict[str, str]] = {
    "SheetProperties": {
        "gridProperties": "GridProperties",
        "tabColor": "Color",
        "tabColorStyle": "ColorStyle",
        **_of("dataSourceSheetProperties hidden index rightToLeft sheetId sheetType title"),
    },
    "GridProperties": _of(
        "columnCount columnGroupControlAfter frozenColumnCount frozenRowCount hideGridlines rowCount rowGroupControlAfter"
    ),
    "RowData": {"values": "CellData[]"},
    "CellData": {
        "dataValidation": "DataValidationRule",
        "effectiveFormat": "CellFormat",
        "effectiveValue": "ExtendedValue",
        "userEnteredFormat": "CellFormat",
        "userEnteredValue": "ExtendedValue",
        **_of("chipRuns dataSourceFormula dataSourceTable formattedValue hyperlink note pivotTable textFormatRuns"),
    },
    "ExtendedValue": _of("boolValue errorValue formulaValue numberValue stringValue"),
    "CellFormat": {
        "backgroundColor": "Color",
        "backgroundColorStyle": "ColorStyle",
        "numberFormat": "NumberFormat",
        "textFormat": "TextFormat",
        "horizontalAlignment": "LEFT CENTER RIGHT",
        "verticalAlignment": "TOP MIDDLE BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL LEGACY_WRAP CLIP WRAP",
        **_of("borders hyperlinkDisplayType padding textDirection textRotation"),
    },
    "NumberFormat": {"pattern": "", "type": "TEXT NUMBER PERCENT CURRENCY DATE TIME DATE_TIME SCIENTIFIC"},
    "TextFormat": {
        "foregroundColor": "Color",
        "foregroundColorStyle": "ColorStyle",
        "link": "Link",
        **_of("bold fontFamily fontSize italic strikethrough underline"),
    },
    "Link": {"uri": ""},
    "Color": _of("alpha blue green red"),
    "ColorStyle": {"rgbColor": "Color", "themeColor": ""},
    "DataValidationRule": {"condition": "BooleanCondition", "inputMessage": "", "showCustomUi": "", "strict": ""},
    "BooleanCondition": {"type": "", "values": "ConditionValue[]"},
    "ConditionValue": {"relativeDate": "", "userEnteredValue": ""},
    "ProtectedRange": {
        "range": "GridRange",
        "unprotectedRanges": "GridRange[]",
        **_of("description editors namedRangeId protectedRangeId requestingUserCanEdit tableId warningOnly"),
    },
    "DimensionProperties": _of("dataSourceColumnReference developerMetadata hiddenByFilter hiddenByUser pixelSize"),
    "DimensionRange": _of("dimension endIndex sheetId startIndex"),
    "GridRange": _of("endColumnIndex endRowIndex sheetId startColumnIndex startRowIndex"),
    "GridCoordinate": _of("columnIndex rowIndex sheetId"),
}
# Members of the request schemas, by the request's kind.
REQUESTS: dict[str, dict[str, str]] = {
    "addProtectedRange": {"protectedRange": "ProtectedRange"},
    "addSheet": {"properties": "SheetProperties"},
    "autoResizeDimensions": {"dimensions": "DimensionRange"},
    "insertDimension": {"range": "DimensionRange"},
    "mergeCells": {"range": "GridRange"},
    "repeatCell": {"cell": "CellData", "range": "GridRange"},
    "setDataValidation": {"range": "GridRange", "rule": "DataValidationRule"},
    "unmergeCells": {"range": "GridRange"},
    "updateCells": {"range": "GridRange", "rows": "RowData[]", "start": "GridCoordinate"},
    "updateDimensionProperties": {"properties": "DimensionProperties", "range": "DimensionRange"},
    "updateSheetProperties": {"properties": "SheetProperties"},
}


def check(kind: str, inner: dict[str, Any], where: str) -> None:
    """Refuse a name or a word that the schemas do not have, at any depth of a request."""
    for name, schema in REQUESTS.get(kind, {}).items():
        if name in inner:
            _look(inner[name], schema, f"{where}.{name}")


def _look(value: Any, schema: str, where: str) -> None:
    if schema.endswith("[]"):
        for n, one in enumerate(value):
            _look(one, schema[:-2], f"{where}[{n}]")
    elif schema in _MEMBERS:
        for name, one in value.items():
            if name not in _MEMBERS[schema]:
                raise unknown_name(name, where)
            _look(one, _MEMBERS[schema][name], f"{where}.{name}")
    elif schema and value not in schema.split():
        raise violation(f"Invalid value at '{where}', \"{value}\"", where)
