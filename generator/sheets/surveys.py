from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, ref, text, yes_no
from ..sheet import PublicRow, sheet

WAYS = ("纸质问卷", "入户询问", "网上问卷", "纸质和网上")


@sheet("surveys", title="征求意见")
class Survey(PublicRow):
    """One asking of residents for their opinion (问需于民): the forms given out, those that came back, those that count.

    What was chosen stands in the sheet ``tallies``.
    """

    id: str = key("编号", example="ZQ-2026-01")
    title: str = public(text, "名称", required=True, example="2026年春季问需于民")
    why: str = public(long, "为什么问", required=True)
    compound: str = public(ref("compounds"), "小区", example="dongsheng")
    matter: str = public(ref("matters"), "议题", example="DS-2026-014", help="为哪件议题问的,写编号;没有就空着")
    way: str = public(choice(*WAYS), "怎么问", required=True, example="纸质问卷")
    begins: date = public(day, "开始日期", required=True, example="2026-03-02")
    ends: date = public(day, "截止日期", required=True, example="2026-03-15")
    where: str = public(text, "交到哪里", example="红色共享自治小屋门口的箱子")
    printed: int = public(count, "发出份数", example="486", unit="份")
    returned: int = public(count, "收回份数", example="402", help="还没有收完的空着", unit="份")
    valid: int = public(count, "有效份数", example="396", help="收回来的里面,填得清楚、能算数的", unit="份")
    published_on: date = public(day, "公布日期", example="2026-03-20")
    sensitive: bool = public(
        yes_no, "涉及个人难处", example="否", help="问到病情、困难补助、家庭矛盾的填“是”:不到 10 人的就不写是几"
    )
    became: str = public(long, "结果用在哪里")
