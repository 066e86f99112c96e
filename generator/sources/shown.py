"""What a number looks like in a cell: number formats of ECMA-376 part 1, §18.8.30 f., as a Chinese Excel shows them.

Not every corner: a format that is not understood shows the plain number, whose value stands beneath it in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .numerals import chinese, figures

Token = tuple[str, str]  # what it is, and its text

_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"|[\\!].|[年月日时分秒])|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]
    |(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<power>E[+-])
    |(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)
    |(?P<text>@)|(?P<other>.)""",
    re.I | re.X | re.S,
)
_EVERYDAY = re.compile(r"0(?:\.(0+))?(%)?(?:_ |;@)*")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_SHAPES = {"1E": "1", "1F": "2", "21": "1", "22": "2"}  # how LibreOffice writes [DBNum1] and [DBNum2]: [$-1E000804]
_SYSTEM = re.compile(r"\[\$-(F800|F400|x-sysdate|x-systime)\]", re.I)  # "as the computer has it"
_LAST = 2_958_465  # 9999-12-31
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# What has no format code of its own in the file: §18.8.30, with the Chinese ones for 14, 22, 27–36 and 50–58.
_YMD, _YM, _MD = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
_NOON, _NOON_S = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _YM, 28: _MD, 29: _MD, 30: "m-d-yy", 31: _YMD, 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _NOON,
    35: _NOON_S, 36: _YM,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YM, 51: _MD, 52: _YM, 53: _MD, 54: _MD, 55: _NOON, 56: _NOON_S, 57: _YM, 58: _MD,
}  # fmt: skip


@dataclass(frozen=True)
class _Section:
    """One of the up to four parts of a format: what it applies to, what it prints."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    numerals: str = ""  # "1": 一二三, "2": 壹贰叁
    chinese: bool = False  # names of months and days

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[Token]] = [[]]
    if system := _SYSTEM.match(code):
        code = _YMD if system[1].lower() in ("f800", "x-sysdate") else "h:mm:ss"
    for m in _TOKEN.finditer(code):
        kind, text = m.lastgroup or "other", m.group(m.lastgroup or 0)
        if kind == "other" and text == ";":
            parts.append([])
        else:
            parts[-1].append((kind, text))
    return tuple(_section(part) for part in parts[:4])


def shows_text(code: str) -> bool:
    """Whether a cell of this format shows the text in it: ``;;;`` and its like hide it, and so does ``0;0;0;"-"``."""
    sections = _sections(code)
    return len(sections) < 4 or sections[3].has("text", "general")


def _section(part: list[Token]) -> _Section:
    tokens: list[Token] = []
    condition, numerals, chinese = None, "", False
    for kind, text in part:
        if kind == "bracket":
            if _ELAPSED.fullmatch(text):
                tokens.append(("elapsed", text.lower()))
            elif text.startswith("$"):
                currency, _, locale = text[1:].partition("-")
                tokens.append(("literal", currency))
                chinese = chinese or locale.lower().endswith("804")
                numerals = _SHAPES.get(locale[:-6].upper() if len(locale) > 6 else "", numerals)
            elif m := _CONDITION.fullmatch(text):
                condition = m[1], Decimal(m[2])
            elif text.lower().startswith("dbnum"):
                numerals = text[5:]
        elif kind == "literal":
            tokens.append((kind, text[1:] if text[0] in "\\!" else text.strip('"')))
        elif kind != "fill":
            tokens.append((kind, " " if kind == "gap" else text.lower() if kind == "date" else text))
    return _Section(_with_minutes(tokens), condition, numerals, chinese)


def _with_minutes(tokens: list[Token]) -> tuple[Token, ...]:
    """``m`` after hours or before seconds stands for minutes: ``n`` from here on."""
    clock = [i for i, (kind, _) in enumerate(tokens) if kind in ("date", "elapsed")]
    units = [tokens[i][1][0] for i in clock]
    for at, i in enumerate(clock):
        kind, text = tokens[i]
        if kind == "date" and text[0] == "m" and ("h" in units[:at][-1:] or "s" in units[at + 1 :][:1]):
            tokens[i] = (kind, "n" * len(text))
    return tuple(tokens)


def show(value: int | float, code: str, date1904: bool = False) -> tuple[str, Any]:
    """A number under a format code → (what the cell shows, the value beneath: int, float, date or datetime)."""
    try:
        if (everyday := _everyday(code)) is not None:
            return _fixed(value, *everyday), value
        section, number = _choose(value, code)
        if section is None:
            return general(value), value
        if section.has("date", "elapsed"):
            return _dated(value, section, date1904)
        return _numeric(number, section).strip(), value
    except (ArithmeticError, ValueError):  # more figures than can be put into places
        return general(value), value


def _fixed(value: int | float, places: int, power: int) -> str:
    shown = f"{_rounded(Decimal(repr(value)).scaleb(power), places):f}" + "%" * (power == 2)
    return shown[1:] if shown[0] == "-" and not shown.strip("-0.%") else shown


@lru_cache(maxsize=4096)
def _everyday(code: str) -> tuple[int, int] | None:
    """``0``, ``0.00``, ``0.0%``: the places after the point and the power of ten. Nearly all numbers are shown so."""
    m = _EVERYDAY.fullmatch(code)
    return (len(m[1] or ""), 2 if m[2] else 0) if m else None


def _choose(value: int | float, code: str) -> tuple[_Section | None, Decimal]:
    """Which part applies, and the number that it prints: without its sign where the part is made for negative ones."""
    number = Decimal(repr(value))
    sections = _sections(code)
    if not number.is_finite() or not sections:
        return None, number
    if any(s.condition for s in sections):
        for s in sections:
            if s.condition is None or _meets(number, *s.condition):
                return s, number
        return None, number
    numeric = sections[:3]
    if number < 0 and len(numeric) > 1:
        return numeric[1], -number
    return (numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]), number


def _meets(number: Decimal, sign: str, bound: Decimal) -> bool:
    tests = {"<": number < bound, ">": number > bound, "=": number == bound}
    return (sign != "<>" and any(tests[c] for c in sign)) or (sign == "<>" and number != bound)


def general(value: int | float) -> str:
    """A number without a format: whole numbers in full, however long; others to the eleven characters of a cell."""
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    if value == int(value):
        return str(int(value))
    size = abs(value)
    if size < 1e-4:
        head, _, power = f"{value:.5E}".partition("E")
        return f"{head.rstrip('0').rstrip('.')}E{power}"
    places = max(0, 10 - len(str(int(size))))
    return _plain(_rounded(Decimal(repr(value)), min(places, 9)))


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numeric(number: Decimal, section: _Section) -> str:
    if section.has("general") or (section.has("text") and not section.has("digit")):
        plain = chinese(int(number), section.numerals) if section.numerals and number == int(number) else None
        said = plain or general(float(number) if number % 1 else int(number))
        return "".join(said if k in ("general", "text") else t for k, t in section.tokens)
    if section.has("slash") and section.has("digit"):
        return _fraction(number, section)
    if section.has("power"):
        return _scientific(number, section)
    return _digits(number, section.tokens)


def _digits(number: Decimal, tokens: tuple[Token, ...]) -> str:
    """Digits put into their places: ``#,##0.00``, ``0.0%``, ``000-0000-0000``, with whatever stands around them."""
    kinds = [k for k, _ in tokens]
    if "digit" not in kinds:
        return "".join(t for k, t in tokens)
    dot = kinds.index("point") if "point" in kinds else len(kinds)
    scale = _trailing_commas(kinds[:dot]) + _trailing_commas(kinds[dot:])
    places = kinds[dot:].count("digit")
    number = number.scaleb(2 * kinds.count("percent") - 3 * scale)
    number = _rounded(number, places)
    whole, _, rest = f"{abs(number):f}".partition(".")
    thousands = "comma" in kinds[kinds.index("digit") : max((i for i in range(dot) if kinds[i] == "digit"), default=0)]
    head = _whole(tokens[:dot], "" if whole == "0" else whole, thousands)
    return ("-" if number < 0 else "") + head + _rest(tokens[dot:], rest)


def _trailing_commas(kinds: list[str]) -> int:
    """How often the number is divided by a thousand: the commas right after the last place."""
    after = "".join("0" if k == "digit" else "," if k == "comma" else "." for k in kinds).rpartition("0")[2]
    return len(after) - len(after.lstrip(",")) if "digit" in kinds else 0


def _whole(tokens: tuple[Token, ...], digits: str, thousands: bool) -> str:
    """The part before the point, from right to left; the leftmost place takes all that is left."""
    out: list[str] = []
    left = sum(k == "digit" for k, _ in tokens)
    done = 0

    def put(digit: str) -> None:
        nonlocal done
        if thousands and done and done % 3 == 0 and digit.isdigit():
            out.append(",")
        out.append(digit)
        done += 1

    for kind, text in reversed(tokens):
        if kind == "digit":
            left -= 1
            put(digits[-1] if digits else {"0": "0", "?": " ", "#": ""}[text])
            digits = digits[:-1]
            while left == 0 and digits:
                put(digits[-1])
                digits = digits[:-1]
        elif kind != "comma":
            out.append(text)
    return "".join(reversed(out))


def _rest(tokens: tuple[Token, ...], digits: str) -> str:
    """The point and what follows it; ``#`` shows no noughts at the end."""
    kept, places = len(digits), [t for k, t in tokens if k == "digit"]
    while kept and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    out, index = [], 0
    for kind, text in tokens:
        if kind == "digit":
            out.append(digits[index] if index < kept else "")
            index += 1
        elif kind != "comma":
            out.append(text)
    return "".join(out)


def _scientific(number: Decimal, section: _Section) -> str:
    cut = next(i for i, (k, _) in enumerate(section.tokens) if k == "power")
    mantissa, exponent = section.tokens[:cut], section.tokens[cut + 1 :]
    power = number.adjusted() if number else 0
    places = sum(k == "digit" for k, _ in mantissa[[*(k for k, _ in mantissa), "point"].index("point") :])
    small = number.scaleb(-power)
    if abs(_rounded(small, places)) >= 10:
        small, power = small / 10, power + 1
    width = sum(k == "digit" for k, _ in exponent)
    sign = "-" if power < 0 else "+" if section.tokens[cut][1].endswith("+") else ""
    return f"{_digits(small, mantissa)}E{sign}{abs(power):0{width}d}"


def _fraction(number: Decimal, section: _Section) -> str:
    """``# ?/?`` and ``# ?/8``: the nearest fraction with so many figures below the line."""
    kinds = [k for k, _ in section.tokens]
    after = section.tokens[kinds.index("slash") + 1 :]
    fixed = "".join(t for _, t in after).strip()
    size, sign = abs(Fraction(number)), "-" if number < 0 else ""
    below = int(fixed) if fixed.isdigit() and int(fixed) else 0
    limit = 10 ** max(1, sum(k == "digit" for k, _ in after)) - 1
    if below:  # a given denominator stays as it is: 2/8
        over = round(size * below)
    else:
        near = size.limit_denominator(limit)
        over, below = near.numerator, near.denominator
    mixed = kinds.count("digit") > 1 and any(text == " " for _, text in section.tokens)
    whole, over = divmod(over, below) if mixed or below == 1 else (0, over)
    said = [str(whole)] if whole or not over else []
    return sign + " ".join([*said, f"{over}/{below}"] if over else said)


def moment(serial: int | float, date1904: bool = False) -> datetime | None:
    """The day and time of a serial number, to the second; None where spreadsheets know no such day (0, 1900-02-29)."""
    if not 0 <= serial < _LAST - (1462 if date1904 else 0) + 1:
        return None
    if date1904:
        base = datetime(1904, 1, 1)
    elif serial >= 61:
        base = datetime(1899, 12, 30)
    elif 1 <= serial < 60:
        base = datetime(1899, 12, 31)
    else:
        return None
    try:
        return base + timedelta(seconds=round(serial * 86400))
    except OverflowError:  # the last half second of the year 9999
        return None


def serial(when: date) -> float:
    """The serial number of a day or moment, in the 1900 system."""
    full = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)
    return (full - datetime(1899, 12, 30)) / timedelta(days=1)


def _dated(value: int | float, section: _Section, date1904: bool) -> tuple[str, Any]:
    when = moment(value, date1904)
    clock_only = not any(kind == "date" and text[0] in "ymdae" for kind, text in section.tokens)
    if when is None and clock_only and 0 <= value < _LAST:
        when = datetime(1899, 12, 31) + timedelta(seconds=round(value * 86400))
    if when is None:
        return general(value), value
    text = "".join(_pieces(when, value, section)).strip()
    if clock_only:
        return text, value
    return text, when.date() if when.hour == when.minute == when.second == 0 else when


def _pieces(when: datetime, value: float, section: _Section) -> Iterator[str]:
    after_point = False
    for kind, text in section.tokens:
        if kind == "date":
            yield _unit(text, when, section)
        elif kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
            yield f"{round(value * 86400) // unit:0{len(text)}d}"
        elif kind == "half":
            yield ("下午" if when.hour >= 12 else "上午") if text[0] == "上" else "PM" if when.hour >= 12 else "AM"
        elif kind == "digit" and after_point:
            yield "0"
        elif kind != "text":
            yield text
        after_point = kind == "point" or (after_point and kind == "digit")


def _unit(text: str, when: datetime, section: _Section) -> str:
    """One part of a date: ``yyyy``, ``m``, ``dd``, ``aaaa``, ``hh``, ``nn`` (minutes), ``ss``."""
    unit, width = text[0], len(text)
    if unit in "ye":
        year = str(when.year) if width > 2 or unit == "e" else f"{when.year % 100:02d}"
        return figures(year, section.numerals)
    if unit == "a":
        return ("星期" if width == 4 else "") + _WEEKDAYS[when.weekday()]
    if unit == "m" and width > 2:
        return f"{chinese(when.month)}月" if section.chinese else _MONTHS[when.month - 1][: _name(width)]
    if unit == "d" and width > 2:
        names = "星期" if width > 3 else "周"
        return names + _WEEKDAYS[when.weekday()] if section.chinese else _DAYS[when.weekday()][: _name(width)]
    hour = (when.hour % 12 or 12) if section.has("half") else when.hour
    number = {"m": when.month, "d": when.day, "h": hour, "n": when.minute, "s": when.second}[unit]
    return chinese(number, section.numerals) if section.numerals else f"{number:0{min(width, 2)}d}"


def _name(width: int) -> int | None:
    """How much of an English name is shown: ``mmm`` Mar, ``mmmm`` March, ``mmmmm`` M."""
    return {3: 3, 5: 1}.get(width)
