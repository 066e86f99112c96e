from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, private, public, ref, text, yes_no
from ..columns import person as somebody
from ..sheet import PublicRow, sheet

ROLES = ("宣传员", "信息员", "服务员", "文明员", "安全员", "调解员")


@sheet("six", title="六员")
class Six(PublicRow):
    """One of the six things that party members and neighbours of a building do for it; who does it, where they agreed."""

    id: str = key("编号", example="LY-01")
    person: str = public(
        ref("people"), "人员", consent="同意公开", example="p-010", help="本人同意公开的才填《人员》的编号;没有同意的空着"
    )
    name: str = private(somebody, "没有同意公开的人", help="自己认得就行,只留在社区自己的表里")
    role: str = public(choice(*ROLES), "做什么员", required=True, example="信息员")
    agreed: bool = public(
        yes_no, "同意公开", required=True, example="是", help="本人同意把姓名写上公示栏才写“是”;写“否”的只算一个人数"
    )
    compound: str = public(ref("compounds"), "小区", required=True, example="c-dongsheng")
    serves: str = public(text, "服务范围", required=True, example="5—6号楼", help="只写到楼")
    since: date = public(day, "开始日期", required=True, example="2021-03-05")
    until: date = public(day, "停止日期", help="还在做就空着")
