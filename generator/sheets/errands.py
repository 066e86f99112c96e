from __future__ import annotations

from datetime import date

from ..columns import counted, day, key, long, person, phone, private, ref, text
from ..sheet import Counts, PublicRow, sheet


@sheet("errands", title="帮扶代办", counts=Counts(by=("grid", "on"), unit="次"))
class Errand(PublicRow):
    """A neighbour helped, or an errand run for one: medicine fetched, a bill paid, company to the doctor (红色代办)."""

    id: str = key("编号", example="DB-2026-0001", help="只在社区自己的表里用")
    grid: str = counted(ref("grids"), "网格", example="g3", help="写网格的编号,不写微网格")
    on: date = counted(day, "日期", example="2026-03-05", help="办成的那一天")
    helper: str = private(person, "帮办人")
    resident: str = private(person, "居民姓名")
    address: str = private(text, "住址")
    mobile: str = private(phone, "联系电话")
    asked: str = private(long, "要办什么")
    done: str = private(long, "办得怎样")
