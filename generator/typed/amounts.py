"""Amounts: yuan to the fen, square metres to the square centimetre. Decimal throughout, floats nowhere."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..columns import Bad
from . import figures, han
from .said import Said, beneath, opened, plain_number, rounds_to, shown_only, tidy

LIMIT = Decimal(10) ** 12
CENT = Decimal("0.01")  # a fen; and the decimals that any amount is written with at least
FINEST = {"money": CENT, "area": Decimal("0.0001")}
_FAST = {
    "money": re.compile(r"\d{1,12}(?:\.\d{1,2})?", re.ASCII),
    "area": re.compile(r"\d{1,12}(?:\.\d{1,4})?", re.ASCII),
}
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{1,2}|#+", re.ASCII)
_BEFORE = re.compile(r"(?:人民币|RMB|CNY|¥) ?:? ?", re.IGNORECASE)
_FOREIGN = re.compile(r"[$€£₩]|美元|美金|欧元|英镑|日元|港币|港元|澳门元|USD|HKD|EUR|JPY", re.IGNORECASE)
_YUAN = frozenset(("", "元", "圆", "块", "块钱", "元整", "元正", "圆整", "元人民币", "人民币", "RMB", "CNY"))
_JIAO = re.compile(
    r"(?P<yuan>\d{1,12}|\d{1,3}(?:,\d{3}){1,3})[元块](?:零|0)?(?:(?P<jiao>\d)[角毛])?(?:零|0)?(?:(?P<fen>\d)分)?整?",
    re.ASCII,
)
_CAPITAL = re.compile(
    rf"(?:(?P<yuan>[{han.CHARACTERS}]+)[元圆])?[零〇]?(?:(?P<jiao>[{han.CHARACTERS}])[角毛])?"
    rf"[零〇]?(?:(?P<fen>[{han.CHARACTERS}])分)?[整正]?"
)
_BOTH = re.compile(r"([^()]*)\( ?(?:大写:? ?)?([^()]*)\)")
_METRES = frozenset(("", "平方米", "平米", "平方", "平", "㎡"))


def _jiao(plain: str) -> Decimal | None:
    """3元5角2分, 叁仟捌佰陆拾元整; None for anything else."""
    m = _JIAO.fullmatch(plain)
    if m and (m["jiao"] or m["fen"]):
        return Decimal(m["yuan"].replace(",", "")) + Decimal(int(m["jiao"] or 0) * 10 + int(m["fen"] or 0)) / 100
    m = _CAPITAL.fullmatch(plain)
    if not m or not (m["yuan"] or m["jiao"] or m["fen"]):
        return None
    parts = [han.read(m[name]) if m[name] else han.Han(0) for name in ("yuan", "jiao", "fen")]
    if any(p is None or p.short or (i and p.value > 9) for i, p in enumerate(parts)):
        return None
    yuan, jiao, fen = (p.value for p in parts if p)
    return Decimal(yuan) + Decimal(jiao * 10 + fen) / 100


def _fits(value: Decimal, name: str) -> Decimal:
    if value >= LIMIT:
        raise Bad(f"{name}-form")
    if value != value.quantize(FINEST[name]):
        raise Bad(f"{name}-fen")
    return _plain(value, name)


def _plain(value: Decimal, name: str) -> Decimal:
    """An amount that is no finer than its kind allows, with two decimals, and only as many more as it needs."""
    short, exact = value.quantize(CENT), value.quantize(FINEST[name])
    return short if short == exact else exact.normalize()


def _figure(plain: str, name: str, units: frozenset[str], scale: int, sign: bool = False) -> tuple[Said[Decimal], bool]:
    figure = figures.read(plain)
    if figure is None or figure.unit not in units:
        figures.refuse(plain)
        raise Bad(f"{name}-form")
    own = figure.scaled or bool(figure.unit) or sign
    long = figure.places > 2 and plain.rstrip("0") != plain
    if name == "money" and long and not figure.scaled and (own or scale == 1):
        raise Bad(f"{name}-form")  # 3.860 may be 3860
    value = _fits(figure.value if own else figure.value * scale, name)
    if figure.about:
        params = {"about": figure.about, "rough": figures.rough(figure.about), "value": f"{value:f}"}
        return Said(value, "number-about", params), own
    if figure.short:
        return Said(value, "number-short", {"value": f"{value:f}"}), own
    if own and scale != 1 and not figure.scaled:
        return Said(value, f"{name}-unit", {"value": f"{value:f}"}), own
    return Said(value), own


@lru_cache(maxsize=65536)
def _money(text: str, scale: int) -> tuple[Said[Decimal], bool]:
    """The amount, and whether its unit stood in the cell itself."""
    plain = opened(text, "money-form")
    if _FOREIGN.search(plain):
        raise Bad("money-currency")
    both = _BOTH.fullmatch(plain)
    if both and both[1].strip() and both[2].strip():
        return _twice(both[1].strip(), both[2].strip(), scale)
    leading = figures.LEADING.match(plain)
    plain = plain[leading.end() :] if leading else plain
    before = _BEFORE.match(plain)
    plain = plain[before.end() :] if before else plain
    if figures.negative(plain):
        raise Bad("money-negative")
    jiao = _jiao(plain)
    if jiao is not None:
        return Said(_fits(jiao, "money")), True
    return _figure(plain, "money", _YUAN, scale, sign=bool(before))


def _twice(first: str, second: str, scale: int) -> tuple[Said[Decimal], bool]:
    """3860.00(叁仟捌佰陆拾元整): both must say the same."""
    if not re.search(r"[元圆角分]", second):
        raise Bad("money-form")
    one, own = _money(first, scale)
    other, _ = _money(second, 1)
    if one.value != other.value:
        raise Bad("money-two-values", one=f"{one.value:f}", other=f"{other.value:f}")
    return one, own


@lru_cache(maxsize=65536)
def _area(text: str, scale: int) -> tuple[Said[Decimal], bool]:
    plain = opened(text, "area-form")
    if figures.negative(plain):
        raise Bad("area-negative")
    plain = re.sub(r"m(?:\^?2|²)$", "㎡", plain, flags=re.IGNORECASE)
    return _figure(plain, "area", _METRES, scale)


def _agree(said: Said[Decimal], number: Decimal, name: str) -> Said[Decimal]:
    """What a cell says where another number lies beneath: the same one, rounded for showing."""
    if number < 0 or number >= LIMIT or not rounds_to(number, said.value):
        raise Bad("number-hidden", under=plain_number(number))
    if number == number.quantize(FINEST[name]):
        exact = _plain(number, name)
        return Said(exact, "number-shown", {"value": f"{exact:f}"})
    if abs(number - said.value) > CENT:  # shown coarser than two decimals, and nothing exact beneath
        raise Bad("number-hidden", under=plain_number(number))
    return Said(said.value, f"{name}-rounded", {"value": f"{said.value:f}", "under": plain_number(number)})


def _either(text: str, raw: Any, name: str, scale: int) -> Said[Decimal]:
    read = _money if name == "money" else _area
    if shown_only(raw):
        return read(text, scale)[0]
    under = beneath(raw, f"{name}-form")
    if _SCIENTIFIC.fullmatch(text.strip()):
        if under < 0:
            raise Bad(f"{name}-negative")
        value = _fits(under * scale, name)
        return Said(value, "number-shown", {"value": f"{value:f}"})
    said, own = read(tidy(text, raw), scale)
    return said if said.value in (under, under * scale) else _agree(said, under if own else under * scale, name)


def _amount(text: str, raw: Any, name: str, scale: int) -> Said[Decimal]:
    if raw is None and scale == 1 and _FAST[name].fullmatch(text):
        return Said(_plain(Decimal(text), name))
    return _either(text, raw, name, scale)


def money(text: str, raw: Any = None, *, scale: int = 1) -> Said[Decimal]:
    """An amount in yuan to the fen: 3,860.00, ￥3860, 1.2万元 → 12000.00, 叁仟捌佰陆拾元整. Not negative.

    ``scale``: 10000 under a header 花费(万元), see :func:`header`; a unit in the cell itself goes before it.
    ``raw``: the number beneath, which must agree with what is shown. Raises ``Bad``.
    """
    return _amount(text, raw, "money", scale)


def area(text: str, raw: Any = None, *, scale: int = 1) -> Said[Decimal]:
    """Square metres to the square centimetre: 51,234.56, 89.5623㎡, 1.2万平方米. As :func:`money` otherwise."""
    return _amount(text, raw, "area", scale)
