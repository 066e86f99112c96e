from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, masked, person, phone, private, public, ref, yes_no
from ..sheet import PublicRow, sheet

POSTINGS = ("方案公示", "决议公示", "落实结果公示")
OUTCOMES = ("采纳", "部分采纳", "不采纳", "撤回")


@sheet("objections", title="异议登记")
class Objection(PublicRow):
    """One objection raised to something in publicity, and what it was answered."""

    id: str = key("编号", example="YY-2026-003")
    matter: str = public(ref("matters"), "议题", required=True, example="DS-2026-014")
    posting: str = public(choice(*POSTINGS), "对哪次公示", required=True, example="方案公示")
    resolution: str = public(ref("resolutions"), "决议", example="R-2026-03-1", help="对决议公示、落实结果公示提的才填")
    on: date = public(day, "提出日期", required=True, example="2026-03-16")
    channel: str = public(choice("电话", "信箱", "当面", "书面", "微信群", "其他"), "怎么提的", required=True, example="电话")
    raised_by: str = masked(person, "提出人", consent="公开同意", example="张*", help="不署名的空着;没有同意公开的,登出来是打码的")
    consent: bool = public(yes_no, "公开同意", example="否")
    phone: str = private(phone, "联系电话", help="只留在社区自己的表里,用来答复")
    said: str = public(long, "异议内容", required=True, help="只写意见本身,不写姓名、电话和门牌")
    answered_on: date = public(day, "答复日期", example="2026-03-18", help="还没答复就空着")
    answered_by: str = public(ref("units"), "答复单位", example="u-zhibu-ds")
    outcome: str = public(choice(*OUTCOMES), "处理结果", example="部分采纳")
    answer: str = public(long, "答复内容")
