from __future__ import annotations

from datetime import date

from ..columns import count, day, key, public, text
from ..sheet import PublicRow, sheet


@sheet("footfall", title="日服务人次")
class Served(PublicRow):
    """How often people were served at the residents' station on one day, by place: totals and nobody's name."""

    id: str = key("编号", example="RC-20260615")
    on: date = public(day, "日期", required=True, example="2026-06-15")
    clinic: int = public(count, "社区卫生站", example="96", help="来了几人次;这一处没有开门就空着", unit="人次")
    elders: int = public(count, "老年活动中心", example="148", help="没有开门就空着", unit="人次")
    daycare: int = public(count, "日间照料", example="24", help="没有开门就空着", unit="人次")
    care: int = public(count, "居家康养中心", example="82", help="没有开门就空着", unit="人次")
    canteen: int = public(count, "幸福食堂", example="310", help="堂食、打包、送餐一起算", unit="人次")
    desk: int = public(count, "办事窗口", example="41", help="没有开门就空着", unit="人次")
    note: str = public(text, "说明", example="卫生站下午停电,提前关门")
