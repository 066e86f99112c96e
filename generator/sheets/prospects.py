from __future__ import annotations

from datetime import date

from ..columns import choice, counted, day, key, long, person, private
from ..sheet import Counts, PublicRow, sheet

KINDS = ("社区工作者储备力量", "入党培养对象")


# Whom the party means to take in says what somebody believes: 10 as for other sensitive tables (个人信息保护法 §28).
@sheet("prospects", title="优先培养", counts=Counts(by=("kind",), unit="人", least=10))
class Prospect(PublicRow):
    """A micro-grid leader given precedence after a commendation; only ever counted."""

    id: str = key("编号", example="YX-001", help="只在社区自己的表里用")
    kind: str = counted(choice(*KINDS), "方向", example="社区工作者储备力量")
    person: str = private(person, "姓名")
    on: date = private(day, "日期", example="2026-01-16")
    note: str = private(long, "情况")
