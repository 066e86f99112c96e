from __future__ import annotations

from datetime import date

from ..columns import count, day, key, public, text
from ..sheet import PublicRow, sheet


@sheet("points", title="积分办法")
class Earning(PublicRow):
    """What service earns how many points, once it is stamped."""

    id: str = key("编号", example="JF-01")
    name: str = public(text, "服务", required=True, example="夜间巡逻")
    points: int = public(count, "积分", required=True, example="5", help="做一次得多少分;分数改了另写一行,原来那一行写上停止日期")
    each: str = public(text, "怎样算一次", example="每人每次,不少于1小时")
    since: date = public(day, "开始日期", example="2026-01-01")
    until: date = public(day, "停止日期", example="2026-12-31", help="还在用就空着")
