"""Whole numbers of people, households, votes, days."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..columns import Bad
from . import figures
from .said import Said, beneath, opened, plain_number, rounds_to, shown_only, tidy, words

LIMIT = 10**15
_FAST = re.compile(r"\d{1,15}", re.ASCII)
# Each set says the same; 个 may stand for any.
_SAME = (
    {"人", "名", "位", "口", "人员"},
    {"户", "家"},
    {"天", "日"},
    {"辆", "台"},
    {"间", "处", "所"},
    {"栋", "幢", "座"},
)
_NEVER_GE = frozenset(("天", "日", "岁", "周岁", "人次", "户次", "次"))
_MEASURES = words(
    "人 名 位 口 户 家 个 件 份 条 项 次 场 期 人次 户次 天 日 辆 台 盏 套 间 处 所 栋 幢 座 把 张 只 棵 株 票 本 册 块 根 扇 届 篇 起 "
    "支 岁 周岁 盆 桌 户人家 户居民"
)
# 12名同志, 3个网格; not 3个月, 1个半.
_NOUN = re.compile(
    "([个名位])(?!.*[年月周日天半两几多余百千万亿一二三四五六七八九十])(?!.*(?:星期|小时|分钟|礼拜|季度|号楼))[一-鿿]{1,5}"
)
_WORD = re.compile("[一-鿿]{1,4}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{1,2}|#+", re.ASCII)


def _same_unit(typed: str, unit: str) -> bool:
    if "个" in (typed, unit) and typed in _MEASURES:
        return not {typed, unit} & _NEVER_GE
    return typed == unit or any({typed, unit} <= group for group in _SAME)


def _check_unit(typed: str, unit: str) -> None:
    """Raises ``Bad`` where 35户 stands in a column of 人, or a unit changes what the number is."""
    if len(typed) > 2 and typed[0] == "(" and typed[-1] == ")":
        typed = typed[1:-1]
    noun = _NOUN.fullmatch(typed)
    typed = typed if typed in _MEASURES or not noun else noun[1]
    if typed and unit and not _same_unit(typed, unit):
        raise Bad("count-unit", typed=typed, unit=unit)
    if typed and not unit and typed not in _MEASURES:
        raise Bad("count-unit-unknown", typed=typed) if _WORD.fullmatch(typed) else Bad("count-form")


@lru_cache(maxsize=65536)
def _count(text: str, unit: str, scale: int) -> tuple[Said[int], bool]:
    """The number, and whether it brought a 万 of its own."""
    plain = opened(text, "count-form")
    if figures.negative(plain):
        raise Bad("count-negative")
    figure = figures.read(figures.LEADING.sub("", plain, count=1) if figures.LEADING.match(plain) else plain)
    if figure is None:
        figures.refuse(plain)
        raise Bad("count-form")
    if figure.unit:
        figures.refuse(figure.unit)
        _check_unit(figure.unit, unit)
    value = figure.value if figure.scaled else figure.value * scale
    # 1.0 is what a spreadsheet writes for 1; 1.000 may be a thousand.
    if value != int(value) or (figure.places > 2 and not figure.scaled and scale == 1):
        raise Bad("count-fraction")
    if value >= LIMIT:
        raise Bad("count-form")
    number = int(value)
    if figure.about:
        rough = figures.rough(figure.about)
        return Said(number, "number-about", {"about": figure.about, "rough": rough, "value": number}), figure.scaled
    if figure.short:
        return Said(number, "number-short", {"value": number}), figure.scaled
    return Said(number), figure.scaled


def count(text: str, raw: Any = None, *, unit: str = "", scale: int = 1) -> Said[int]:
    """A whole number, not negative: 1,234, 十二, 35人, 1.2万, 约50 (with a remark; ``rough`` is 约, 多 or 余).

    ``unit``, ``scale``: what the column's header says (see :func:`header`); a 万 in the cell itself goes before it.
    ``raw``: the value beneath, which must agree with what is shown. Raises ``Bad``.
    """
    if raw is None and scale == 1 and _FAST.fullmatch(text):
        return Said(int(text))
    if shown_only(raw):
        return _count(text, unit, scale)[0]
    under = beneath(raw, "count-form")
    if _SCIENTIFIC.fullmatch(text.strip()):
        number = _exact(under * scale)
        return Said(number, "number-shown", {"value": number})
    said, own = _count(tidy(text, raw), unit, scale)
    if said.value in (under, under * scale):
        return said
    exact = under if own else under * scale
    if not 0 <= exact < LIMIT or exact != int(exact) or not rounds_to(exact, Decimal(said.value)):
        raise Bad("number-hidden", under=plain_number(exact))
    return Said(int(exact), "number-shown", {"value": int(exact)})


def _exact(number: Decimal) -> int:
    if number < 0:
        raise Bad("count-negative")
    if number != int(number):
        raise Bad("count-fraction")
    if number >= LIMIT:
        raise Bad("count-form")
    return int(number)
