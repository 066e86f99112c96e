"""What every reader returns, and what every reader does first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any, Generic, TypeVar

from ..columns import Bad, clean
from ..raw import Error

T = TypeVar("T")

LONGEST = 120  # characters; no number, date or answer is longer


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What a cell says. ``remark``: the code of a message to the editor, or ""; ``params``: its particulars."""

    value: T
    remark: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


# Not NFKC: that reads 3² as 32, ½ as 1⁄2 and ① as 1.
_WIDE = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((*range(0x2000, 0x200B), 0x09, 0x0A, 0x0D, 0xA0, 0x202F, 0x205F, 0x3000), " ")
_SIGNS = {0xFFE5: "¥", 0x2212: "-", 0xFE63: "-", 0xFFE0: "¢", 0xFE56: "?", 0xFE6A: "%", 0x2044: "/", 0x2215: "/"}
_FOLD: dict[int, int | str] = {**_WIDE, **_SPACES, **_SIGNS}
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e\ud800-\udfff\ufffd]|锟斤拷|烫烫|[À-ÿ][\x80-¿]")
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|ERROR!)")
_DITTO = frozenset(("同上", "同前", "上同", "同左", "同下", "〃", "″", '"', "''", "“", "”", "↑", "ditto"))
_UNSURE = frozenset(
    (
        "不详",
        "未知",
        "不知道",
        "不清楚",
        "不明",
        "待定",
        "待补",
        "待核",
        "待核实",
        "待确认",
        "待查",
        "待补充",
        "待核对",
        "待落实",
        "不确定",
        "未定",
        "?",
        "??",
        "???",
        "待填",
    )
)


def words(text: str) -> frozenset[str]:
    """A set of words, set out with spaces."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """ASCII for what is typed full-width, one kind of space; every other character as it is."""
    return text if text.isascii() and text.isprintable() else text.translate(_FOLD)


def whole(text: str) -> None:
    """Raises ``Bad('text-garbled')`` for a cell damaged on its way, or one that shows its figures in reverse."""
    if not text.isprintable() or not text.isascii():
        found = _BROKEN.search(text)
        if found:
            raise Bad("text-garbled")


def error(text: str) -> None:
    """Raises ``Bad('cell-error')`` for an error a spreadsheet shows (``#REF!``)."""
    if text[:1] == "#" and _ERRORS.fullmatch(text):
        raise Bad("cell-error")


def ditto(text: str) -> None:
    """Raises ``Bad('ditto')`` for 同上 and its like: after sorting, the row above is another."""
    if text in _DITTO:
        raise Bad("ditto")


def opened(text: str, code: str) -> str:
    """A cell that should hold one value, folded, without a full stop at its end.

    Raises ``Bad``: garbled, an error cell, 同上, 不详, or (``code``) far too long.
    """
    whole(text)
    plain = fold(clean(text)).strip().rstrip(" 。,;")
    error(plain)
    ditto(plain)
    if plain in _UNSURE:
        raise Bad("unsure")
    if len(plain) > LONGEST:
        raise Bad(code)
    return plain


def shown_only(raw: Any) -> bool:
    """Whether the source knows nothing beneath the shown text."""
    return raw is None or (isinstance(raw, str) and not isinstance(raw, Error))


def beneath(raw: Any, code: str) -> Decimal:
    """The number beneath a cell, to the 15 digits that spreadsheets compute with.

    Raises ``Bad``: an error cell, a date where a number should be, or (``code``) no number at all.
    """
    if isinstance(raw, Error):
        raise Bad("cell-error")
    if isinstance(raw, date):
        raise Bad("number-is-date", on=f"{raw.month}月{raw.day}日")
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        raise Bad(code)
    number = Decimal(f"{raw:.15g}") if isinstance(raw, float) else Decimal(raw)
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15 or len(number.as_tuple().digits) > 25:
        raise Bad(code)
    return number


def tidy(text: str, raw: Any) -> str:
    """The shown text; where it is a float to its last digit (0.30000000000000004), to the 15 that count."""
    return plain_number(Decimal(f"{raw:.15g}")) if isinstance(raw, float) and text.strip() == repr(raw) else text


def rounds_to(number: Decimal, shown: Decimal) -> bool:
    """Whether a cell format may show ``number`` as ``shown``: rounded or cut, to any place."""
    ways = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
    places = [Decimal(10) ** k for k in range(-6, 9)]
    return number == shown or any((number / p).quantize(Decimal(1), way) * p == shown for p in places for way in ways)


def plain_number(number: Decimal) -> str:
    """A number without exponent and needless zeros: 12000, 0.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def category(character: str) -> str:
    """The Unicode category, with the rare Han characters that this Python's tables do not know yet as letters."""
    return "Lo" if 0x20000 <= ord(character) <= 0x323AF else unicodedata.category(character)
