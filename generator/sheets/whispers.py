from __future__ import annotations

from datetime import date

from ..columns import counted, day, key, long, person, phone, private, text, yes_no
from ..sheet import Counts, PublicRow, sheet


@sheet("whispers", title="悄悄话", counts=Counts(by=("on", "answered"), unit="封"))
class Whisper(PublicRow):
    """A letter put into the box 大树下的悄悄话."""

    id: str = key("编号", example="QQH-2026-001", help="只在社区自己的表里用")
    on: date = counted(day, "开箱日期", example="2026-03-05")
    answered: bool = counted(yes_no, "已回复", example="是")
    writer: str = private(person, "投信人", help="没有署名就空着")
    mobile: str = private(phone, "联系电话")
    address: str = private(text, "住址")
    content: str = private(long, "内容")
    handling: str = private(long, "处理情况")
    opener: str = private(person, "开箱人")
