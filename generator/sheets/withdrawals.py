from __future__ import annotations

from datetime import date

from ..columns import day, key, long, public, text
from ..sheet import PublicRow, sheet


@sheet("withdrawals", title="撤下登记", stays=True)
class Withdrawal(PublicRow):
    """Why a published row was taken down; the reason stands on the page that takes its place."""

    id: str = key("编号", example="CX-001")
    table: str = public(text, "表", required=True, example="议题台账", help="写表的名字")
    record: str = public(text, "撤下的编号", required=True, example="DS-2026-014")
    on: date = public(day, "日期", required=True, example="2026-03-05")
    reason: str = public(long, "原因", required=True, help="会登在网站上,不要写姓名、电话和门牌")
