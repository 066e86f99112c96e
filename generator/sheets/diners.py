from __future__ import annotations

from decimal import Decimal

from ..columns import choice, count, key, long, money, public, ref, text
from ..sheet import PublicRow, sheet

DELIVERY = ("送到家", "可以订送", "到食堂吃")


@sheet("diners", title="用餐优先")
class Diner(PublicRow):
    """Whom the canteen serves first and on what terms: a kind of people, never anybody by name."""

    id: str = key("编号", example="YC-1")
    number: int = public(count, "先后", required=True, example="1", help="最先照顾的写 1")
    who: str = public(text, "谁", required=True, example="特困、低保家庭里行动不便的老人")
    terms: str = public(long, "怎么照顾", required=True, example="套餐 12 元,送到家,不收送餐费")
    price: Decimal = public(money, "套餐价", example="12.00", help="一份套餐多少钱;没有单独的价就空着")
    delivery: str = public(choice(*DELIVERY), "送餐", required=True, example="送到家")
    apply: str = public(long, "怎么报名", example="打社区电话,网格员上门登记")
    resolution: str = public(ref("resolutions"), "决议", example="JY06", help="价钱是居民议定的,写决议的编号")
    order: str = public(text, "怎么订", example="打 0951-5550123,前一天 17:00 以前")
