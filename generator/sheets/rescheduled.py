from __future__ import annotations

from datetime import date

from ..columns import day, key, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("rescheduled", title="坐班调整")
class Rescheduled(PublicRow):
    """One sitting of an adviser that is called off, or put on another day."""

    id: str = key("编号", example="TB-01")
    sitting: str = public(ref("sittings"), "坐班", required=True, example="ZB-01")
    on: date = public(day, "原定日期", required=True, example="2026-06-18")
    moved_to: date = public(day, "改到", example="2026-06-19", help="这一次不来、也不补的空着")
    hours: str = public(text, "改后时间", example="9:00—11:30", help="和原来一样就空着")
    reason: str = public(text, "原因", example="律师当天要出庭")
