from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, phone, public, ref, text
from ..procedures import MEETING_KINDS
from ..sheet import PublicRow, sheet


@sheet("calls", title="会议预告")
class Call(PublicRow):
    """A meeting that people are called to: what is hung up before, and which meeting came of it."""

    id: str = key("编号", example="YG-2026-07")
    title: str = public(text, "名称", required=True, example="7月民主议政日")
    kind: str = public(choice(*MEETING_KINDS), "类型", required=True, example="民主议政日")
    notice_on: date = public(day, "贴出日期", required=True, example="2026-07-01")
    on: date = public(day, "开会日期", required=True, example="2026-07-08")
    time: str = public(text, "时间", required=True, example="19:00—20:30")
    place_name: str = public(text, "地点", required=True, example="向荣苑居民活动场")
    compound: str = public(ref("compounds"), "小区", example="xr")
    invited: str = public(text, "请谁来", required=True, example="向荣苑居民、物业、消防救援机构宣传员")
    agenda: str = public(
        long, "说哪些事", required=True, help="一件事写一行;已经立了议题的,把编号写在后面,网站会连过去"
    )
    why: str = public(long, "为什么开")
    caller: str = public(ref("units"), "召集", example="jwh")
    phone: str = public(phone, "联系电话", example="0951-5550140", help="空着就写社区值班电话")
    meeting: str = public(ref("meetings"), "开成的会", example="H28", help="开完以后,填《会议》表里那次会的编号")
