from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, public, ref, text
from ..sheet import PublicRow, sheet

KINDS = ("文明劝导", "门前三包", "环境整治", "助老助残", "政策宣传", "其他")


@sheet("services", title="党员服务")
class Service(PublicRow):
    """One outing of party members who serve where they live: how many came and for how long, never who."""

    id: str = key("编号", example="FW-2026-001")
    on: date = public(day, "日期", required=True, example="2026-06-13")
    kind: str = public(choice(*KINDS), "做什么", required=True, example="文明劝导")
    place_name: str = public(text, "地点", required=True, example="柳荫巷口")
    time: str = public(text, "时间", example="7:30—8:30", help="还没有做的,写上时间,居民好来")
    unit: str = public(ref("units"), "哪支队伍", example="zy-civ")
    people: int = public(count, "来了几人", example="6", help="只写人数,不写名字;还没有做的空着")
    minutes: int = public(
        count, "每人多少分钟", example="60", help="一个小时写 60,一个半小时写 90;还没有做的空着", unit="分钟"
    )
