from __future__ import annotations

from ..columns import key, person, private, text
from ..sheet import PublicRow, sheet


@sheet("editors", title="填表分工", stays=True)
class Editor(PublicRow):
    """Who fills in which sheet, so that what is wrong with it is told to them."""

    id: str = key("编号", example="FG-01")
    table: str = private(text, "表", example="议题台账", help="写表的名字")
    name: str = private(person, "填表人")
    contact: str = private(text, "联系方式", help="只留在社区自己的表里")
