from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..columns import choice, day, key, money, public, text
from ..sheet import PublicRow, sheet

KINDS = ("套餐", "荤菜", "素菜", "汤粥", "主食")


@sheet("dishes", title="食堂价目")
class Dish(PublicRow):
    """One dish of the canteen with its price, and what the same costs in the restaurants around."""

    id: str = key("编号", example="CM-01")
    name: str = public(text, "菜名", required=True, example="红烧牛肉")
    kind: str = public(choice(*KINDS), "类别", required=True, example="荤菜")
    price: Decimal = public(money, "食堂价", required=True, example="12.00")
    market: Decimal = public(money, "市价", example="20.00", help="附近餐馆同样一份卖多少;没有同样的就空着")
    portion: str = public(text, "一份多少", example="约 200 克")
    suits: str = public(text, "适合谁", example="软烂", help="比如软烂、少盐、清真窗口")
    compared_on: date = public(day, "比价日期", example="2026-06-05")
    compared_at: str = public(text, "和哪里比的", example="柳荫巷两家餐馆")
