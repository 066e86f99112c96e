from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref, yes_no
from ..sheet import PublicRow, sheet


@sheet("circle", title="便民服务圈")
class Walk(PublicRow):
    """The way on foot from one compound to the residents' station (15分钟便民服务圈)."""

    id: str = key("编号", example="FWQ-01")
    compound: str = public(ref("compounds"), "小区", required=True, example="dongsheng")
    minutes: int = public(
        count, "走几分钟", required=True, example="9", help="从小区大门到驿站门口,照老人平常走的步子", unit="分钟"
    )
    metres: int = public(count, "路程", example="620", help="单位是米;不知道就空着", unit="米")
    way: str = public(long, "怎么走", example="出东门向南,过一个红绿灯")
    level: bool = public(yes_no, "轮椅好走", example="是", help="一路没有台阶,轮椅、婴儿车推得过去,就写“是”")
    walked_on: date = public(day, "实测日期", example="2026-04-10")
