from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("experiences", title="网格体验")
class Experience(PublicRow):
    """A day on which deputies, volunteers and party members go along with a grid's workers: how many of each, never who."""

    id: str = key("编号", example="TY-2026-02")
    on: date = public(day, "日期", required=True, example="2026-05-21")
    grid: str = public(ref("grids"), "网格", required=True, example="g7")
    route: str = public(text, "走了哪里", required=True, example="和顺里、西巷、银纺二院")
    guide: str = public(ref("people"), "带队人", example="P24", help="社区里带着走的人,填《人员》的编号")
    delegates: int = public(count, "人大代表", example="2", help="只写几名,不写名字;还没有办的空着", unit="名")
    members: int = public(count, "党员", example="3", unit="名")
    volunteers: int = public(count, "志愿者", example="4", unit="名")
    did: str = public(long, "做了什么", help="还没有办的,写打算做什么")
