from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref, text
from ..columns import phone as telephone
from ..sheet import PublicRow, sheet

KINDS = ("事务办理", "医卫康养", "就餐配餐", "文化娱乐", "党群活动")


@sheet("station", title="驿站功能")
class Function(PublicRow):
    """One thing that the residents' station (市民驿站) does; what the sheet 活动场所 says of its room is not said again here."""

    id: str = key("编号", example="YZ-01")
    kind: str = public(choice(*KINDS), "功能", required=True, example="就餐配餐")
    name: str = public(text, "名称", required=True, example="幸福食堂")
    does: str = public(long, "能做什么", required=True, example="早中晚三餐,也能打包带走")
    facility: str = public(
        ref("facilities"), "场所", example="cs-02", help="《活动场所》里有的,写它的编号,下面几格就照它的,可以空着"
    )
    spot: str = public(text, "在哪里", example="一楼东头", help="进了驿站的门怎么找")
    hours: str = public(text, "开放时间", example="每天 11:20—12:50", help="没有写场所的,必须填")
    closed: str = public(text, "哪天不开", example="春节三天")
    fee: str = public(text, "收费", example="不收钱")
    phone: str = public(telephone, "电话", example="0951-5550123")
    unit: str = public(ref("units"), "负责组织", example="so-food")
    checked_on: date = public(day, "核对日期", example="2026-06-01", help="最近一次照着门口的牌子核对时间的日子")
