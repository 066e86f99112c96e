from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref
from ..sheet import PublicRow, sheet


@sheet("clauses", title="议事规则")
class Clause(PublicRow):
    """One clause of a council's rules, from the day on which it took effect; what it said before stays in its own row."""

    id: str = key("编号", example="GZ-05-2")
    unit: str = public(ref("units"), "议事会", required=True, example="u-yishihui")
    number: int = public(count, "第几条", required=True, example="5")
    text: str = public(long, "内容", required=True, example="会议材料和通知一起,开会七天前送到成员手里。")
    since: date = public(day, "施行日期", required=True, example="2026-03-18")
    until: date = public(day, "废止日期", help="还管用就空着;改了就把旧的填上,另写一行新的")
    meeting: str = public(ref("meetings"), "哪次会定的", example="M-2026-01")
    resolution: str = public(ref("resolutions"), "哪个决议定的", example="R-2026-07")
    why: str = public(long, "为什么改", help="第一次定的空着")
