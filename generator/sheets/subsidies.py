from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..columns import choice, counted, day, key, long, money, person, phone, private, text
from ..sheet import Counts, PublicRow, sheet

KINDS = ("最低生活保障", "临时救助", "残疾人补贴", "高龄津贴", "助餐补贴", "取暖补贴", "医疗救助", "其他")


@sheet("subsidies", title="补贴", counts=Counts(by=("kind", "paid_on"), unit="人次", least=10))
class Subsidy(PublicRow):
    """One payment of relief or allowance to one resident."""

    id: str = key("编号", example="BT-2026-0001", help="只在社区自己的表里用")
    kind: str = counted(choice(*KINDS), "类别", example="高龄津贴")
    paid_on: date = counted(day, "发放日期", example="2026-03-05")
    resident: str = private(person, "姓名")
    id_number: str = private(text, "身份证号", help="发放要核对才填")
    account: str = private(text, "银行卡号", help="发放要用才填")
    address: str = private(text, "住址")
    mobile: str = private(phone, "联系电话")
    amount: Decimal = private(money, "金额", example="300.00")
    reason: str = private(long, "申请理由")
    handler: str = private(person, "经办人")
