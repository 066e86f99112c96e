from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref
from ..sheet import PublicRow, sheet


@sheet("room_rules", title="场所制度")
class RoomRule(PublicRow):
    """One rule on how rooms are used, for one of them or for all, from a day on."""

    id: str = key("编号", example="zd-01")
    facility: str = public(ref("facilities"), "场所", example="cs-02", help="每一间都要守的,空着")
    number: int = public(count, "第几条", required=True, example="1")
    text: str = public(long, "内容", required=True, example="用完关灯、关窗、关水,东西归位。")
    since: date = public(day, "施行日期", required=True, example="2024-03-01")
    until: date = public(day, "废止日期", example="2025-12-31", help="还在用就空着;改了就把旧的填上,另写一行新的")
