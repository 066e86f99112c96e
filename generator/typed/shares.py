"""Shares of a whole, as exact fractions: 66.7%, 2/3, 三分之二, 六成."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ..columns import Bad
from . import figures, han
from .said import Said, beneath, opened, rounds_to, shown_only, tidy

_ABOUT = re.compile(r"(大约|大概|约为|约|将近|接近|近|[~≈]) ?(.*?)|(.*?) ?(左右|上下)")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,12})?) ?([%‰])", re.ASCII)
_RATIO = re.compile(r"(\d{1,9}) ?/ ?(\d{1,9})", re.ASCII)
_BARE = re.compile(r"\d{1,3}(?:\.\d{1,12})?", re.ASCII)
_SPOKEN = re.compile(
    rf"([{han.CHARACTERS}]+|\d{{1,9}}) ?分之 ?(?:([{han.CHARACTERS}]+)(?:点([{han.DIGITS}零]{{1,12}}))?|(\d{{1,9}}(?:\.\d{{1,9}})?))",
    re.ASCII,
)
_TENTHS = re.compile(r"([一二三四五六七八九十两]|\d|10)成([一二三四五六七八九]|\d)?", re.ASCII)
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5"}
_VAGUE = re.compile(r"半|多数|少数|大部分|全部|全体|一致|绝大|几成")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")


def _whole(text: str) -> int | None:
    if text.isascii():
        return int(text)
    spelt = han.read(text)
    return None if spelt is None or spelt.short else spelt.value


def _spoken(m: re.Match[str]) -> Fraction | None:
    base = {"百": 100, "千": 1000, "万": 10000}.get(m[1]) or _whole(m[1])
    if not base:
        return None
    if m[4]:
        return Fraction(m[4]) / base
    part = {"百": 100}.get(m[2]) or _whole(m[2])
    if part is None:
        return None
    places = han.digits(m[3]) if m[3] else ""
    return (part + (Fraction(int(places), 10 ** len(places)) if places else 0)) / Fraction(base)


def _exactly(plain: str) -> Fraction | None:
    plain = _VULGAR.get(plain, plain)
    if m := _PERCENT.fullmatch(plain):
        return Fraction(m[1]) / (100 if m[2] == "%" else 1000)
    if m := _RATIO.fullmatch(plain):
        return Fraction(int(m[1]), int(m[2])) if int(m[2]) else None
    if m := _SPOKEN.fullmatch(plain):
        return _spoken(m)
    if m := _TENTHS.fullmatch(plain):
        tenths, hundredths = _whole(m[1]), _whole(m[2]) if m[2] else 0
        return Fraction((tenths or 0) * 10 + (hundredths or 0), 100)
    return None


def _bare(plain: str, percent: bool) -> Said[Fraction] | None:
    """A number without %: sure under a header in %, and between 0 and 1 read with a remark; 66.7 or 1 could be either."""
    if not _BARE.fullmatch(plain):
        return None
    number = Fraction(plain)
    if percent:
        return Said(number / 100)
    if number == 0:
        return Said(number)
    if number < 1 and "." in plain:
        return Said(number, "share-decimal", {"value": f"{(Decimal(plain) * 100).normalize():f}%"})
    raise Bad("share-bare", found_as=f"{plain}%")


@lru_cache(maxsize=16384)
def _share(text: str, percent: bool) -> Said[Fraction]:
    plain = opened(text, "share-form")
    if _DAY.fullmatch(plain):
        raise Bad("number-is-date", on=plain)
    about = _ABOUT.fullmatch(plain)
    core = (about[2] or about[3] or "") if about else plain
    value = _exactly(core)
    said = Said(value) if value is not None else _bare(core, percent)
    if said is None:
        if _VAGUE.search(plain):
            raise Bad("share-vague")
        figures.refuse(plain)
        raise Bad("share-form")
    if said.value > 1:
        raise Bad("share-range")
    if about:
        return Said(
            said.value, "number-about", {"about": about[1] or about[4], "rough": "约", "value": str(said.value)}
        )
    return said


def share(text: str, raw: Any = None, *, percent: bool = False) -> Said[Fraction]:
    """A share of a whole, 0 to 1, exact: 66.7% → 667/1000, 2/3, 三分之二, 六成五. 0.667 is read with a remark.

    ``percent``: the header's unit is %, so that 66.7 is 66.7%. ``raw``: the number beneath; a date there is a 2/3
    that the spreadsheet took for 2月3日. Raises ``Bad``.
    """
    if shown_only(raw):
        return _share(text, percent)
    if isinstance(raw, date):
        raise Bad("number-is-date", on=f"{raw.month}月{raw.day}日")
    under = beneath(raw, "share-form")
    said = _share(tidy(text, raw), percent)
    number = under / 100 if percent and "%" not in text else under
    if Fraction(number) == said.value:
        return said
    shown = Decimal(said.value.numerator) / Decimal(said.value.denominator)
    if not 0 <= number <= 1 or not (rounds_to(number, shown) or abs(number - shown) < Decimal("1e-12")):
        raise Bad("number-hidden", under=f"{number:f}")
    # Beneath 66.7% lies 0.666666666666667, which is no exact fraction either: what residents see is what was shown.
    return (
        said if abs(number - shown) < Decimal("1e-12") else Said(said.value, "share-rounded", {"under": f"{number:f}"})
    )
