from __future__ import annotations

from decimal import Decimal

from ..columns import area, choice, count, key, public, ref, rule, text
from ..sheet import PublicRow, sheet


@sheet("votes", title="表决")
class Vote(PublicRow):
    """One vote: the rule, everybody counted, and the result that was announced."""

    id: str = key("编号", example="V-2026-03-1")
    meeting: str = public(ref("meetings"), "会议", example="M-2026-03")
    matter: str = public(ref("matters"), "议题", example="DS-2026-014")
    motion: str = public(text, "表决事项", required=True, example="消防通道划线方案")
    rule: str = public(rule(), "规则", required=True, example="yishi")
    called: int = public(count, "应到", required=True, example="15")
    present: int = public(count, "实到", required=True, example="13")
    in_favour: int = public(count, "赞成", required=True, example="9")
    against: int = public(count, "反对", required=True, example="3")
    abstained: int = public(count, "弃权", required=True, example="1")
    invalid: int = public(count, "无效", example="0")
    unreturned: int = public(count, "未交", example="0")
    area_total: Decimal = public(area, "面积总数", example="51234.56", help="业主表决才填")
    area_present: Decimal = public(area, "参与面积")
    area_for: Decimal = public(area, "赞成面积")
    area_against: Decimal = public(area, "反对面积")
    area_abstained: Decimal = public(area, "弃权面积")
    announced: str = public(choice("通过", "未通过"), "公布结果", required=True, example="通过")
    how: str = public(choice("举手", "书面", "线上", "入户"), "表决方式", example="举手")
    area_invalid: Decimal = public(area, "无效面积", spare=True)
    proxies: int = public(count, "委托票", example="2", help="实到里有几票是委托别人投的", spare=True)
    revote_of: str = public(ref("votes"), "重新表决的是", help="重新表决才填,写原来那次表决的编号", spare=True)
