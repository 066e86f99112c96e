from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref
from ..sheet import PublicRow, sheet

BY = ("人大代表", "党员", "志愿者")
ADOPTED, PARTLY, REFUSED = "采纳", "部分采纳", "不采纳"


@sheet("suggestions", title="体验建议")
class Suggestion(PublicRow):
    """One suggestion that came of a day with the grid's workers, and what became of it."""

    id: str = key("编号", example="TY-2026-02-1")
    experience: str = public(ref("experiences"), "哪次体验", required=True, example="TY-2026-02")
    by: str = public(choice(*BY), "谁提的", required=True, example="志愿者", help="只写是哪一类人,不写名字")
    suggested: str = public(long, "建议", required=True)
    answer: str = public(choice(ADOPTED, PARTLY, REFUSED), "答复", example="采纳", help="还没有答复的空着")
    answered_on: date = public(day, "答复日期", example="2026-05-28")
    reason: str = public(long, "怎么答复的", help="采纳的写怎么办;没有采纳的写为什么")
    done_on: date = public(day, "办好日期", example="2026-06-10")
    unit: str = public(ref("units"), "谁来办", example="jwh")
    matter: str = public(ref("matters"), "议题", example="BY-2026-004", help="转成议题的,写议题编号")
