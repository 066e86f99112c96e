from __future__ import annotations

from datetime import date

from ..columns import day, key, person, private, ref
from ..sheet import PublicRow, sheet


@sheet("holders", title="持卡人", stays=True)
class Holder(PublicRow):
    """Who has which little red flower card; nothing of it leaves."""

    id: str = key("卡号", example="HHK-001", help="印在卡上的号,只在社区自己的表里用")
    person: str = private(person, "姓名")
    grid: str = private(ref("grids"), "微网格", example="g3-m2")
    since: date = private(day, "发卡日期", example="2026-01-05")
