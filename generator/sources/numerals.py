"""Numbers in Chinese characters, as the formats [DBNum1] and [DBNum2] show them."""

from __future__ import annotations

import re

_DIGITS = {"1": "〇一二三四五六七八九", "2": "零壹贰叁肆伍陆柒捌玖"}


def figures(digits: str, numerals: str) -> str:
    """Digits one by one: 2024 → 二〇二四."""
    return "".join(_DIGITS[numerals][int(d)] for d in digits) if numerals in _DIGITS else digits


def chinese(number: int, numerals: str = "1") -> str:
    """A whole number as it is read: 12 → 十二, 2010 → 二千〇一十; "2" writes 壹拾贰, other ``numerals`` digits."""
    if numerals not in _DIGITS or not 0 <= number < 10**16:
        return str(number)
    figures, units = _DIGITS[numerals], ("", "十", "百", "千") if numerals == "1" else ("", "拾", "佰", "仟")
    text = ""
    for index, digit in enumerate(reversed(str(number))):
        if index % 4 == 0:
            text = ("", "万", "亿", "兆")[index // 4] + text
        text = (figures[int(digit)] + units[index % 4] if digit != "0" else figures[0]) + text
    nought = figures[0]
    text = re.sub(f"{nought}+(?=[万亿兆]|$)", "", text) or nought
    text = re.sub(f"{nought}+", nought, re.sub("(?<=[亿兆])万|(?<=兆)亿", "", text))
    return text[1:] if numerals == "1" and text.startswith("一十") else text
