from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("honours", title="表彰")
class Honour(PublicRow):
    """One person commended for a year's service; by name only where 《人员》 says that they agreed."""

    id: str = key("编号", example="BZ-2025-01")
    person: str = public(ref("people"), "人员", required=True, example="p-001")
    year: int = public(count, "年度", required=True, example="2025")
    title: str = public(text, "称号", required=True, example="年度优秀微网格长")
    reason: str = public(long, "事迹", help="两三句话;不要写到哪一家、哪一户的事")
    on: date = public(day, "表彰日期", required=True, example="2026-01-16")
    unit: str = public(ref("units"), "表彰单位", example="u-dangwei")
