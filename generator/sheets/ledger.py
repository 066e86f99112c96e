from __future__ import annotations

from datetime import date

from ..columns import choice, counted, day, key, long, person, phone, private, ref, text
from ..sheet import Counts, PublicRow, sheet

# 南华社区's own four, as the article has them: urgent or hard needs; quarrels in the family or with neighbours;
# households on relief, in hardship, or of old people alone; all others.
COLOURS = ("红", "黄", "蓝", "橙")


@sheet("ledger", title="四色台账", counts=Counts(by=("grid", "colour"), unit="户", least=10))
class Household(PublicRow):
    """The four-coloured ledger: one household, and how much care it needs."""

    id: str = key("编号", example="TZ-0001", help="只在社区自己的表里用")
    grid: str = counted(ref("grids"), "网格", example="g3", help="写网格的编号,不写微网格")
    colour: str = counted(
        choice(*COLOURS), "颜色", example="橙", help="红:有重点难点需求;黄:家里或邻里有矛盾;蓝:低保户、困难户、孤寡老人;橙:一般家庭"
    )
    head: str = private(person, "户主姓名")
    address: str = private(text, "住址")
    mobile: str = private(phone, "联系电话")
    members: str = private(long, "家庭情况")
    needs: str = private(long, "需求和帮扶")
    keeper: str = private(person, "登记人")
    changed_on: date = private(day, "更新日期", example="2026-03-05")
