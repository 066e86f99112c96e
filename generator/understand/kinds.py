"""How each kind of cell is read from what people type, to a value that ``records/`` can hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .. import typed
from ..columns import PRIVATE, Bad, Column, read_id, read_long, read_text
from ..raw import Error
from ..sheet import Sheet
from ..typed import Header, Said
from ..typed.figures import ROUGH
from ..typed.said import beneath, fold, plain_number, tidy
from .glance import is_legible, is_something

Read = Callable[[str, Any], Said[Any]]

_SHORTENED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,3}|#+", re.ASCII)  # a number too wide for its cell
_NEVER_COUNTED = frozenset(
    (
        "元",
        "平方米",
        "米",
        "亩",
        "公里",
        "千米",
        "公斤",
        "千克",
        "吨",
        "度",
        "%",
        "‰",
        "年",
        "月",
        "个月",
        "小时",
        "分钟",
    )
)
_UNITS = {"money": frozenset(("", "元")), "area": frozenset(("", "平方米"))}
_MARKS = "（），：；！？"
_DAYS = frozenset(("", "天", "日"))
_SCALED = ("count", "money", "area")
_ROUGH = frozenset((*ROUGH.values(), "约"))


def takes_unit(column: Column, unit: str) -> bool:
    """Whether numbers under a header with this unit are what the column counts: 赞成(%) is no number of votes."""
    name = column.kind.name
    if column.unit:
        return unit in ("", column.unit)
    if name == "count":
        return unit in _DAYS if column.title.endswith("天数") else unit not in _NEVER_COUNTED
    return unit in _UNITS.get(name, {unit})


def rough_column(sheet: Sheet) -> str:
    """The title of the column that says that the sheet's numbers are rough (约, 多, 余), or ""."""
    return next((c.title for c in sheet.columns if set(c.kind.choices) == _ROUGH), "")


def reader(column: Column, header: Header, variants: Mapping[str, str], date1904: bool, beside: str = "") -> Read:
    """The reader of a column's cells; references to other sheets have their own (:mod:`labels`). It raises ``Bad``.

    ``beside``: the :func:`rough_column` of the sheet.
    """
    if column.kind.name == "choice":
        choices = column.kind.choices
        return lambda text, raw: typed.choice(text, choices, variants)
    if column.kind.name == "count":
        unit, scale = header.unit or column.unit, header.scale
        return _exact(column, lambda text, raw: typed.count(text, raw, unit=unit, scale=scale), beside)
    if column.kind.name in ("money", "area"):
        number, scale = (typed.money if column.kind.name == "money" else typed.area), header.scale
        return _exact(column, lambda text, raw: number(text, raw, scale=scale), "")
    if column.kind.name == "date":
        return lambda text, raw: typed.date(text, raw, date1904)
    if column.kind.name == "moment":
        return lambda text, raw: typed.moment(text, raw, date1904)
    return _READERS[column.kind.name]


def _exact(column: Column, read: Read, beside: str) -> Read:
    """A reader of numbers that refuses rough ones, for they would be published as if somebody had counted."""

    def exact(text: str, raw: Any) -> Said[Any]:
        said = read(text, raw)
        if said.remark != "number-about" or column.privacy == PRIVATE:
            return said
        if beside:
            return Said(said.value, "number-about-beside", {**said.params, "beside": beside})
        raise Bad("number-rough-required" if column.required else "number-rough")

    return exact


def multiplied(column: Column, header: Header, text: str, raw: Any) -> int | Decimal | None:
    """What a cell is read as because its header has a scale; None where the scale does nothing to it."""
    if header.scale == 1 or column.kind.name not in _SCALED:
        return None
    try:
        value: int | Decimal = reader(column, header, {}, False)(text, raw).value
    except Bad:
        return None
    try:
        return None if reader(column, replace(header, scale=1), {}, False)(text, raw).value == value else value
    except Bad:
        return value  # 1.23456, which is no amount but of 万元


def says_nothing(column: Column) -> Callable[[str], bool]:
    """Whether a cell of the column says that there is nothing to say. It raises ``Bad`` (同上, damaged text)."""
    name = column.kind.name
    answer = name in ("yes_no", "text", "long") or any(typed.missing(word) for word in column.kind.choices)
    return lambda text: not is_something(text) and typed.missing(text, answer=answer)


def written(value: Any) -> str:
    """A value as ``records/`` has it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):  # areas have up to four decimals
        return f"{value:.2f}" if value == round(value, 2) else f"{value:.4f}".rstrip("0")
    return str(value)


def _ident(text: str, raw: Any) -> Said[str]:
    if isinstance(raw, date):  # 3-5 typed as an id
        raise Bad("number-is-date", on=f"{raw.month}月{raw.day}日")
    if isinstance(raw, bool):
        raise Bad("id-form")
    return Said(read_id(fold(typed.legible(text)).strip()))


def _shown(text: str, raw: Any) -> Said[str]:
    """The words of a cell; a number beneath them is told where the cell shows it cut short (6.4E+11)."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if _SHORTENED.fullmatch(text.strip()):
            number = beneath(raw, "number-long")
            if number != int(number):
                raise Bad("number-hidden", under=plain_number(number))
            return Said(plain_number(number), "number-shown", {"value": plain_number(number)})
        text = tidy(text, raw)
    return Said(text if is_legible(text) else typed.legible(text))


def _text(text: str, raw: Any) -> Said[str]:
    said = _shown(text, raw)
    return Said(read_text(said.value), said.remark, said.params)


def _long(text: str, raw: Any) -> Said[str]:
    said = _shown(text, raw)
    return Said(read_long(said.value), said.remark, said.params)


def _name(text: str, raw: Any) -> Said[str]:
    """A name, or whoever else is named; Chinese marks stay as they were typed: 投信居民（未署名）."""
    said = typed.name(text)
    if said.value == text:
        return said
    plain = typed.legible(text)
    if fold(plain) != said.value:
        return said
    return Said("".join(p if p in _MARKS else s for p, s in zip(plain, said.value, strict=True)))


_READERS: Mapping[str, Read] = {
    "id": _ident,
    "text": _text,
    "long": _long,
    "person": _name,
    "yes_no": typed.yes_no,
    "phone": typed.phone,
}


def broken(raw: Any) -> None:
    """Raises ``Bad('cell-error')`` for a cell that shows a spreadsheet's error."""
    if isinstance(raw, Error):
        raise Bad("cell-error")
