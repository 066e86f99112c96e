from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, ref, text
from ..procedures import MEETING_KINDS as KINDS
from ..sheet import PublicRow, sheet


@sheet("meetings", title="会议")
class Meeting(PublicRow):
    """One meeting: who was called, who came, and what it was about."""

    id: str = key("编号", example="M-2026-03")
    title: str = public(text, "名称", required=True, example="东胜小区第 12 次议事协商会")
    kind: str = public(choice(*KINDS), "类型", required=True, example="议事协商会")
    on: date = public(day, "日期", required=True, example="2026-03-20")
    time: str = public(text, "时间", required=True, example="19:00—20:40")
    place_name: str = public(text, "地点", required=True, example="红色共享自治小屋")
    compound: str = public(ref("compounds"), "小区", example="dongsheng")
    chair: str = public(ref("people"), "主持人", required=True, example="p-001")
    recorder: str = public(ref("people"), "记录人", required=True, example="p-002")
    called: int = public(count, "应到", required=True, example="15")
    present: int = public(count, "实到", required=True, example="13")
    guests: str = public(text, "列席", example="社区民警、物业项目经理")
    notice_on: date = public(day, "通知日期", example="2026-03-10")
    about: str = public(long, "概况", required=True)
