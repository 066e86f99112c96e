from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..columns import choice, count, day, key, money, public, ref, text
from ..sheet import PublicRow, sheet

SIDES = ("社区", "社会组织", "社会工作者", "社区志愿者", "社会慈善资源")


@sheet("links", title="五社联动")
class Link(PublicRow):
    """What one of the five sides brought to something that was done together: people, hours, money, things."""

    id: str = key("编号", example="LD-2026-011")
    on: date = public(day, "日期", required=True, example="2026-05-23")
    what: str = public(
        text, "一起做的事", required=True, example="独居老人家里换灯", help="同一件事几家都出了力,就一家一行,写得一样"
    )
    side: str = public(choice(*SIDES), "哪一社", required=True, example="社区志愿者")
    who: str = public(
        text, "谁", required=True, example="“六员”志愿服务队", help="写单位和队伍,不写人名;个人捐的写“爱心居民”"
    )
    unit: str = public(ref("units"), "组织", help="在《组织》里的才填")
    brought: str = public(text, "出了什么", required=True, example="换灯、走线")
    people: int = public(count, "人次", example="6", unit="人次")
    hours: int = public(count, "小时", example="18", help="每个人的加在一起", unit="小时")
    amount: Decimal = public(money, "钱物折合", example="1200.00", help="元;没有就空着")
    matter: str = public(ref("matters"), "议题", help="为哪件议题做的,没有就空着")
