from __future__ import annotations

from datetime import datetime

from ..columns import choice, count, key, long, moment, public, ref, text
from ..sheet import PublicRow, sheet

CLASSES = ("紧急", "水电气暖", "一般", "复杂")


@sheet("whistles", title="吹哨报到")
class Whistle(PublicRow):
    """One call of a community on the departments (街道吹哨、部门报到), from the whistle to the call back."""

    id: str = key("编号", example="CS-2026-007")
    title: str = public(text, "事项", required=True, example="8号楼前路面塌陷")
    matter: str = public(ref("matters"), "议题", example="DS-2026-014")
    compound: str = public(ref("compounds"), "小区", example="dongsheng")
    urgency: str = public(choice(*CLASSES), "紧急程度", required=True, example="一般")
    limit: int = public(
        count, "办理时限", example="168", help="单位是小时,照吹哨单上写的填;空着就按紧急程度算", unit="小时"
    )
    blown_at: datetime = public(moment, "吹哨时间", required=True, example="2026-03-05 09:20")
    department: str = public(text, "报到部门", required=True, example="区综合执法局")
    accepted_at: datetime = public(moment, "签收时间", example="2026-03-05 09:45")
    arrived_at: datetime = public(moment, "到场时间", example="2026-03-05 10:30")
    solved_at: datetime = public(moment, "办结时间", example="2026-03-06 17:00")
    done: str = public(long, "办理情况")
    called_back_at: datetime = public(moment, "回访时间", example="2026-03-08 10:00")
    reached: str = public(choice("接通", "未接通"), "回访接通", example="接通")
    solved: str = public(choice("解决", "未解决"), "居民说", example="解决")
    content: str = public(choice("满意", "基本满意", "不满意"), "满意度", example="满意")
