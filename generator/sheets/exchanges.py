from __future__ import annotations

from datetime import date

from ..columns import day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("exchanges", title="资源置换")
class Exchange(PublicRow):
    """What a compound and somebody next door let each other have: both sides of it, and for how long."""

    id: str = key("编号", example="ZH-01")
    title: str = public(text, "换的是什么", required=True, example="旧收发室换成共享小屋")
    partner: str = public(text, "对方", required=True, example="东胜小区物业服务中心", help="写单位,不写人名")
    unit: str = public(ref("units"), "我们这边", required=True, example="u-zhibu-ds")
    gets: str = public(long, "我们得到什么", required=True)
    gives: str = public(long, "我们拿出什么", required=True)
    facility: str = public(ref("facilities"), "场所", example="cs-01", help="换来的是活动场所才填")
    matter: str = public(ref("matters"), "议题", help="从哪件议题来的,没有就空着")
    since: date = public(day, "开始日期", required=True, example="2021-01-15")
    until: date = public(day, "结束日期", help="还在换就空着")
