from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet

TRADES = ("机关", "学校", "医院", "企业", "金融", "社会组织", "其他")


@sheet("agreements", title="共驻共建协议书")
class Agreement(PublicRow):
    """An agreement between the community and an organisation that has its seat there (一书三单, the 一书)."""

    id: str = key("编号", example="XY-2026-01")
    partner: str = public(text, "签约单位", required=True, example="甲单位党支部", help="写单位或党组织的名字,不写人名")
    trade: str = public(choice(*TRADES), "行业", example="机关")
    unit: str = public(ref("units"), "社区一方", required=True, example="u-dangwei")
    meeting: str = public(ref("meetings"), "联席会议", example="M-2026-03", help="在哪次党建联席会议上签的;不在会上签的空着")
    signed_on: date = public(day, "签订日期", required=True, example="2026-01-21")
    until: date = public(day, "到期日期", example="2028-01-20", help="协议上没有写期限的空着")
    ended_on: date = public(day, "提前结束日期", example="2026-05-31", help="没有提前结束的空着")
    about: str = public(long, "约定", example="夜间开放车位60个,不收停车费", help="双方各做什么,给居民看的几句话")
