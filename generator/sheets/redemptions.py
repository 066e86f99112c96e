from __future__ import annotations

from datetime import date

from ..columns import count, counted, day, key, private, ref
from ..sheet import Counts, PublicRow, sheet


@sheet("redemptions", title="兑换登记", counts=Counts(by=("on",), unit="次", weeks=True, per="card"))
class Redemption(PublicRow):
    """Points of a little red flower card given for what a merchant offers."""

    id: str = key("编号", example="DHJ-2026-0001", help="只在社区自己的表里用")
    card: str = private(ref("holders"), "卡号", example="HHK-001")
    on: date = counted(day, "日期", example="2026-03-05")
    merchant: str = private(ref("merchants"), "商户", example="SH-01")
    offer: str = private(ref("offers"), "兑换项目", example="DH-01", help="写《兑换项目》里的编号")
    points: int = private(count, "积分", example="20", help="空着就按《兑换项目》的分数")
