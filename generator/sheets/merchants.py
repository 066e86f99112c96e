from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, phone, public, text
from ..sheet import PublicRow, sheet

KINDS = ("餐饮店", "酒店", "美容美发", "超市便利店", "洗衣家政", "书店文具", "其他")


@sheet("merchants", title="商户")
class Merchant(PublicRow):
    """A merchant who has signed to take the points of the little red flower card, and from when to when."""

    id: str = key("编号", example="SH-01")
    name: str = public(text, "名称", required=True, example="老马面馆")
    kind: str = public(choice(*KINDS), "类别", required=True, example="餐饮店")
    place_name: str = public(text, "地址", example="康华园1号楼南侧门面房", help="店铺的地址,居民找得到就行")
    phone: str = public(phone, "电话", example="0951-5550123", help="店里的座机;不要写私人手机")
    since: date = public(day, "协议起", required=True, example="2026-01-01")
    until: date = public(day, "协议止", example="2026-12-31", help="协议没有写到期日就空着")
