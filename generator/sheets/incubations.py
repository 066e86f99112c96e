from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet

OUTCOMES = ("出壳", "退出")


@sheet("incubations", title="社会组织孵化")
class Incubation(PublicRow):
    """The stay of an organisation at the community's platform for new ones (社会组织创新创业平台)."""

    id: str = key("编号", example="FH-01")
    unit: str = public(ref("units"), "组织", required=True, example="u-shegong")
    joined_on: date = public(day, "入驻日期", required=True, example="2024-03-01")
    room: str = public(text, "工位", example="驿站三楼共享办公室2号桌")
    helped: str = public(long, "帮了什么", example="帮着写章程、办登记,免费用会议室")
    left_on: date = public(day, "离开日期", example="2025-03-01", help="还在平台里就空着")
    outcome: str = public(choice(*OUTCOMES), "怎么离开的", example="出壳", help="“出壳”是能自己走路了;“退出”是不办了或者搬走了")
