from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref
from ..sheet import PublicRow, sheet

RESULTS = ("办到了", "部分办到", "成了议题", "办不到")


@sheet("wishes", title="微心愿")
class Wish(PublicRow):
    """One wish from the little white board, as the branch edited it, with its reply: who wrote it is nowhere."""

    id: str = key("编号", example="XY-2026-014")
    on: date = public(day, "写上去的日期", required=True, example="2026-06-08")
    compound: str = public(ref("compounds"), "小区", example="c-dongsheng")
    text: str = public(
        long, "心愿", required=True, example="2号楼前的长椅松了。", help="改成一两句话;不写谁写的,不写门牌、电话、车牌"
    )
    unit: str = public(ref("units"), "谁来办", example="u-wuye")
    answer: str = public(long, "答复", example="长椅6月12日重新固定好了。", help="还没有答复就空着")
    answered_on: date = public(day, "答复日期", example="2026-06-12")
    result: str = public(choice(*RESULTS), "办得怎么样", example="办到了")
    matter: str = public(ref("matters"), "议题", help="立成了议题才填议题的编号")
