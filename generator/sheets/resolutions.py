from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..columns import choice, count, day, key, long, money, public, ref, text
from ..sheet import PublicRow, sheet
from .steps import DAY_KINDS


@sheet("resolutions", title="决议与落实")
class Resolution(PublicRow):
    """What was resolved, and what was done about it."""

    id: str = key("编号", example="R-2026-03-1")
    matter: str = public(ref("matters"), "议题", example="DS-2026-014")
    meeting: str = public(ref("meetings"), "会议", example="M-2026-03")
    vote: str = public(ref("votes"), "表决", example="V-2026-03-1")
    title: str = public(text, "标题", required=True, example="关于施划东胜小区消防通道标线的决议")
    promise: str = public(long, "决议内容", required=True)
    passed_on: date = public(day, "通过日期", required=True, example="2026-03-20")
    owner: str = public(ref("units"), "执行单位", required=True, example="u-wuye")
    due_on: date = public(day, "完成期限", required=True, example="2026-04-10")
    posted_on: date = public(day, "公示起", example="2026-03-21")
    posted_days: int = public(count, "公示天数", example="7")
    posted_kind: str = public(choice(*DAY_KINDS), "公示日别", example="日历日")
    done_on: date = public(day, "落实日期", example="2026-04-08")
    done: str = public(long, "落实情况")
    cost: Decimal = public(money, "花费", example="3860.00", help="元")
    funded_by: str = public(text, "资金来源", example="小区公共收益")
    satisfied: int = public(count, "满意", example="31")
    fairly: int = public(count, "基本满意", example="6")
    dissatisfied: int = public(count, "不满意", example="2")
    evidence: str = public(text, "落实证据", example="验收单、照片4张")
    result_posted_on: date = public(day, "结果公示起")
    result_posted_days: int = public(count, "结果公示天数")
    result_posted_kind: str = public(choice(*DAY_KINDS), "结果公示日别")
