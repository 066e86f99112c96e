from __future__ import annotations

from datetime import date

from ..columns import count, day, key, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("offers", title="兑换项目")
class Offer(PublicRow):
    """What a merchant gives for points."""

    id: str = key("编号", example="DH-01")
    merchant: str = public(ref("merchants"), "商户", required=True, example="SH-01")
    title: str = public(text, "项目", required=True, example="牛肉面一碗")
    points: int = public(count, "积分", required=True, example="20", help="换一次要多少分;分数改了另写一行,原来那一行写上停止日期")
    note: str = public(text, "说明", example="周一至周五中午,每卡每天一次")
    since: date = public(day, "开始日期", example="2026-01-01", help="和协议一起开始就空着")
    until: date = public(day, "停止日期", example="2026-06-30", help="一直可以换就空着")
