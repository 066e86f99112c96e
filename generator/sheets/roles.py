from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, text
from ..sheet import PublicRow, sheet


@sheet("roles", title="岗位职责")
class Role(PublicRow):
    """What one role has to do, one duty a line, and where that is laid down."""

    id: str = key("编号", example="GW-03")
    name: str = public(text, "岗位", required=True, example="微网格长")
    number: int = public(count, "序号", example="3", help="从上一级到下一级排")
    under: str = public(text, "上一级", example="网格里的专职网格员")
    does: str = public(long, "职责", required=True, help="一行写一条")
    leaves: str = public(long, "不做什么", help="一行写一条:不归这个岗位的,居民别找错人")
    held: str = public(
        text, "对应职务", example="专职网格员、兼职网格员", help="照《任职》里“职务”一栏写,用“、”隔开;网页照它数人"
    )
    kind: str = public(text, "对应组织", example="小区党支部", help="岗位是一个组织才填,照《组织》里“类别”一栏写")
    source: str = public(text, "出处", required=True, example="南华社区网格管理办法第六条")
    since: date = public(day, "哪天起用", required=True, example="2021-06-01")
