from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("trainings", title="培训")
class Training(PublicRow):
    """A training for volunteers and those who work in the grids: what about, who gave it, how many came."""

    id: str = key("编号", example="PX-2026-04")
    topic: str = public(text, "讲什么", required=True, example="上门先说什么、不问什么")
    on: date = public(day, "日期", required=True, example="2026-06-13")
    time: str = public(text, "时间", example="9:00—11:00")
    place_name: str = public(text, "地点", example="红色驿站")
    giver: str = public(ref("units"), "谁来讲", example="u-shegong", help="《组织》里登记过的")
    other: str = public(text, "别的单位", example="市急救培训基地", help="《组织》里没有的写在这里;不写人名")
    whom: str = public(text, "谁来听", required=True, example="微网格长、单元管家")
    told: date = public(day, "通知日期", example="2026-06-05", help="通知贴出去的那一天;填了才有通知可以打印")
    called: int = public(count, "应到", example="56")
    came: int = public(count, "实到", example="41", help="培训完了再填")
    learned: str = public(long, "学到什么", help="一行写一条,没来的人看了也能用")
    cancelled: str = public(text, "取消原因", example="改到下个月", help="不办了才填")
