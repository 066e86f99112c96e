"""Numbers written in Chinese characters, small (一百二十三) and capital (壹佰贰拾叁)."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = "〇一二三四五六七八九"
CHARACTERS = "零〇○◯一二三四五六七八九十百千万亿两俩廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參陸弌弍弎"
_SMALL = str.maketrans(
    {
        **dict(
            zip(
                "零○◯壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參陸俩",
                "〇〇〇一二三四五六七八九十百千万亿两二三六两",
                strict=True,
            )
        ),
        **{"廿": "二十", "卅": "三十", "卌": "四十", "弌": "一", "弍": "二", "弎": "三"},
    }
)
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_SHORT = re.compile(r"(.*)([百千万亿])([一二三四五六七八九])")
_NEXT = {"百": "十", "千": "百", "万": "千", "亿": "千万"}


@dataclass(frozen=True, slots=True)
class Han:
    """A number read. ``short``: said the short way, 一百二 for 一百二十."""

    value: int
    short: bool = False


def _section(number: int) -> str:
    """1–9999 as it is written: 1050 → 一千〇五十."""
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("〇" if gap and out else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out


def spell(number: int) -> str:
    """0–9,999,999,999,999,999 in Chinese: 10500 → 一万〇五百."""
    if number == 0:
        return "〇"
    out = ""
    for group, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, group)
        if part:
            out += ("〇" if out and part < 1000 else "") + (spell(part) if part > 9999 else _section(part)) + name
    return out


def _sum(text: str) -> int | None:
    """The value of a spelling, good or bad; whether it was good is seen by spelling the value again."""
    total = section = digit = 0
    for c in text:
        if c in DIGITS:
            if digit:
                return None
            digit = DIGITS.index(c)
        elif c in _UNITS:
            section += digit * _UNITS[c]
            digit = 0
        elif c == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            total += (section + digit) * 10**4
            section = digit = 0
    return total + section + digit


def _strict(text: str) -> int | None:
    value = _sum(text)
    if value is None or value >= 10**16:
        return None
    # 二十万〇三千 and 二十万三千 are both good Chinese.
    loose = re.sub(r"(?<=[万亿])〇(?=.千)", "", text)
    return value if loose == spell(value) else None


def _even(text: str) -> str:
    """两百, 十二 and 一百十五 as 二百, 一十二 and 一百一十五."""
    text = re.sub(r"两(?=[百千万亿])", "二", text)
    return re.sub(r"(?<![一二三四五六七八九])十", "一十", text)


def read(text: str) -> Han | None:
    """A whole number in Chinese characters; None for what is no good spelling (一二三, 二十二十, 百二)."""
    text = text.translate(_SMALL)
    if len(text) == 1 and text in DIGITS + "两":
        return Han(2 if text == "两" else DIGITS.index(text))
    if not text or len(text) > 40:
        return None
    if all(c in DIGITS for c in text):
        # 二〇 and 一〇二 are figures set out; 一二 may be 一、二.
        good = "〇" in text and text[0] != "〇" and len(text) <= 15
        return Han(int("".join(str(DIGITS.index(c)) for c in text))) if good else None
    if any(c not in "〇一二三四五六七八九十百千万亿两" for c in text):
        return None
    text = _even(text)
    short = _SHORT.fullmatch(text)
    value = _strict(text + _NEXT[short[2]] if short else text)
    return None if value is None else Han(value, short=bool(short))


def digits(text: str) -> str | None:
    """Figures set out one by one, as years are: 二〇二四 → "2024"; None where there is anything else."""
    text = text.translate(_SMALL)
    return "".join(str(DIGITS.index(c)) for c in text) if text and all(c in DIGITS for c in text) else None
