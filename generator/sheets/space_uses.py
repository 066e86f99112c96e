from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, public, ref, text
from ..sheet import PublicRow, sheet

KINDS = ("议事", "学习", "活动", "孩子", "老人", "调解", "其他")


@sheet("space_uses", title="场所使用登记")
class SpaceUse(PublicRow):
    """One use of a room or a pavilion that residents share: what for, when, by which body. The rooms are in 《活动场所》."""

    id: str = key("编号", example="SY-2026-06-03")
    facility: str = public(ref("facilities"), "场所", required=True, example="cs-01")
    on: date = public(day, "日期", required=True, example="2026-06-20")
    time: str = public(text, "时间", required=True, example="14:30—16:00")
    kind: str = public(choice(*KINDS), "用途", required=True, example="学习")
    title: str = public(text, "做什么", required=True, example="志愿者培训", help="不写人名;调解只写“调解”")
    unit: str = public(ref("units"), "谁来用", example="u-shegong")
    people: int = public(count, "来了多少人", example="14", help="还没有用的空着", unit="人")
