"""One cell: what it shows, the value beneath, and both as the API gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

EPOCH = datetime(1899, 12, 30)
ERRORS = {
    "#ERROR!": "ERROR",
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "Loading...": "LOADING",
}


@dataclass(frozen=True)
class Cell:
    """A value with a number format: ``Cell(35, "35人")``. A plain value in a list stands for itself."""

    value: Any
    shown: str


class Formula(str):
    """A formula, which is kept and not worked out: such a cell shows nothing here."""

    __slots__ = ()


def shown(cell: Any) -> str:
    """FORMATTED_VALUE: always text."""
    if isinstance(cell, Formula):
        return ""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Cell):
        return cell.shown
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return cell.isoformat() if isinstance(cell, date) else f"{cell:.15g}"


def beneath(cell: Any) -> Any:
    """UNFORMATTED_VALUE with SERIAL_NUMBER: text, a number or a boolean."""
    value = cell.value if isinstance(cell, Cell) else cell
    if isinstance(value, Formula):
        return ""
    if isinstance(value, datetime):
        return _whole((value - EPOCH).total_seconds() / 86400)
    if isinstance(value, date):
        return (value - EPOCH.date()).days
    if isinstance(value, float):
        return _whole(value)
    return "" if value is None else value


def _whole(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def rendered(cell: Any, option: str, when: str) -> Any:
    """A cell as the values methods give it."""
    if option == "FORMATTED_VALUE":
        return shown(cell)
    value = cell.value if isinstance(cell, Cell) else cell
    return shown(cell) if when == "FORMATTED_STRING" and isinstance(value, date) else beneath(cell)


def extended(cell: Any) -> dict[str, Any]:
    """An ``ExtendedValue``."""
    if isinstance(cell, Formula):
        return {"formulaValue": str(cell)}
    value = beneath(cell)
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, (int, float)):
        return {"numberValue": value}
    return {"errorValue": {"type": ERRORS[value]}} if value in ERRORS else {"stringValue": value}


def from_extended(value: dict[str, Any]) -> Any:
    """A cell from an ``ExtendedValue``."""
    if "formulaValue" in value:
        return Formula(value["formulaValue"])
    return next((value[k] for k in ("stringValue", "numberValue", "boolValue") if k in value), None)


def typed(text: Any, option: str) -> Any:
    """What a cell holds after ``text`` was written with this ``valueInputOption``."""
    if option == "RAW" or not isinstance(text, str):
        return text
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text.removeprefix("'")
