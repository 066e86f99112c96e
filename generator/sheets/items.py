from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("items", title="会议议程与纪要")
class Item(PublicRow):
    """One item of a meeting's agenda, with what was said for and against and what was settled."""

    id: str = key("编号", example="M-2026-03-1")
    meeting: str = public(ref("meetings"), "会议", required=True, example="M-2026-03")
    number: int = public(count, "序号", required=True, example="1")
    title: str = public(text, "事项", required=True, example="消防通道划线方案")
    matter: str = public(ref("matters"), "议题", example="DS-2026-014")
    discussion: str = public(long, "讨论", required=True)
    views_for: str = public(long, "赞成意见")
    views_against: str = public(long, "反对意见")
    conclusion: str = public(long, "结论", required=True)
    owner: str = public(text, "责任人", example="物业项目经理")
    due_on: date = public(day, "完成期限", example="2026-04-10")
