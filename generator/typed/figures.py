"""One number as people write it: 约1.2万余人 → the number, how it was said, and the unit beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..columns import Bad
from . import han

SCALES: Mapping[str, int] = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
# Which of the three words of 公布数字/概数 says the same as the word typed.
ROUGH = {"余": "余", "有余": "余", "出头": "余", "多": "多", "来": "约"}

LEADING = re.compile(r"(?:总共|共计|合计|总计|共有|共) ?")
_ABOUT = r"大约|大概|约莫|约有|约为|约|将近|接近|近|差不多|[~≈]"
_MORE = r"有余|余|多|来"
_NEAR = r"左右|上下|出头|有余|余|多"
# At most 25 digits, so that no product with a scale is rounded by Decimal's 28.
_DECIMAL = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,10})?"
_COMPOUND = r"\d{1,4}亿\d{1,4}万|\d{1,4}万(?:\d{4}|\d千)"
_FIGURE = re.compile(
    rf"(?P<about>{_ABOUT})? ?(?:(?P<compound>{_COMPOUND})(?!\d)|(?P<ascii>{_DECIMAL})|(?P<han>[{han.CHARACTERS}]+))"
    rf" ?(?P<more>{_MORE})? ?(?P<scale>[十百千万亿]{{0,2}})(?P<after>{_MORE})? ?(?P<unit>[^\d]*?) ?(?P<near>{_NEAR})?",
    re.ASCII,
)
_VAGUE = re.compile(
    r"几|数[十百千万]|若干|许多|很多|大量|众多|不少|好些|上[百千万]|成[百千]|个别|少数|多数"
    r"|[一二三四五六七八九两](?:[一二三四五六七八九])(?=[十百千万亿个名位户人家次件天])"
)
_BOUND = re.compile(
    r"以上|以下|以内|不到|不足|超过|超(?=[\d一二三四五六七八九十两])|至少|最多|不少于|不超过|不低于|起码|多于|少于|大于|小于|[<>≥≤]|\+$"
)
_NEGATIVE = re.compile(r"(?:-|负) ?[\d一二三四五六七八九十两]|\( ?[\d,]+(?:\.\d+)? ?\)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read. ``about``: the word that makes it rough; ``unit``: what stood beside it; ``scaled``: it brought a
    万 of its own; ``short``: said the short way (一百二); ``places``: decimal places typed."""

    value: Decimal
    about: str = ""
    unit: str = ""
    scaled: bool = False
    short: bool = False
    places: int = 0


def read(plain: str) -> Figure | None:
    """A folded cell as one number with what stands around it; None for anything else. Raises nothing."""
    m = _FIGURE.fullmatch(plain)
    if not m or (m["scale"] or "") not in SCALES:
        return None
    about = m["about"] or m["more"] or m["after"] or m["near"] or ""
    if sum(bool(m[part]) for part in ("about", "more", "after", "near")) > 2:
        return None
    short, places = False, 0
    if m["compound"]:
        value = _compound(m["compound"])
    elif m["ascii"]:
        value = Decimal(m["ascii"].replace(",", ""))
        places = len(m["ascii"].partition(".")[2])
    else:
        # 百余户 and 近百户 leave the 一 unsaid.
        bare = m["han"] in ("百", "千", "万") and bool(m["more"] or m["about"])
        spelt = han.read("一" + m["han"] if bare else m["han"])
        if spelt is None or (m["scale"] and not m["more"]):
            return None
        value, short = Decimal(spelt.value), spelt.short
    scaled = bool(m["scale"] or m["compound"] or (m["han"] or "")[-1:] in ("万", "亿"))
    return Figure(value * SCALES[m["scale"] or ""], about, m["unit"].strip(), scaled, short, places)


def _compound(text: str) -> Decimal:
    if "亿" in text:
        high, low = text[:-1].split("亿")
        return Decimal(int(high) * 10**8 + int(low) * 10**4)
    high, low = text.split("万")
    return Decimal(int(high) * 10**4 + (int(low[:-1]) * 1000 if low.endswith("千") else int(low)))


def refuse(plain: str) -> None:
    """Raises ``Bad`` for what is a quantity but no number: 几十, 50以上."""
    if _VAGUE.search(plain):
        raise Bad("number-vague")
    if _BOUND.search(plain):
        raise Bad("number-bound")


def negative(plain: str) -> bool:
    """Whether a folded cell is a number below zero, as people or accountants write it."""
    return bool(_NEGATIVE.match(plain))


def rough(about: str) -> str:
    """约, 多 or 余, for any word that makes a number rough."""
    return ROUGH.get(about, "约")
