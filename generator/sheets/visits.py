from __future__ import annotations

from datetime import date

from ..columns import counted, day, key, long, person, phone, private, ref, text, yes_no
from ..sheet import Counts, PublicRow, sheet


@sheet("visits", title="走访", counts=Counts(by=("grid", "on"), unit="次"))
class Visit(PublicRow):
    """A visit to a household, from the notebook of whoever went."""

    id: str = key("编号", example="ZF-2026-0001", help="只在社区自己的表里用")
    grid: str = counted(ref("grids"), "网格", example="g3", help="写网格的编号,不写微网格")
    on: date = counted(day, "日期", example="2026-03-05")
    visitor: str = private(person, "走访人")
    resident: str = private(person, "居民姓名")
    address: str = private(text, "住址")
    mobile: str = private(phone, "联系电话")
    heard: str = private(long, "走访内容")
    handling: str = private(long, "处理情况")
    again: bool = private(yes_no, "需要回访", example="否")
