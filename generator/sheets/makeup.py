from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, text
from ..sheet import PublicRow, sheet


@sheet("makeup", title="两委构成")
class Makeup(PublicRow):
    """One figure on the two committees as a whole, as the community publishes it: how many of them all; never who."""

    id: str = key("编号", example="GC-01")
    group: str = public(choice("学历", "年龄", "性别", "其他"), "分组", required=True, example="年龄")
    claim: str = public(text, "项目", required=True, example="35岁以下", help="只写是哪一类,不写是谁")
    number: int = public(count, "人数", required=True, example="7")
    total: int = public(count, "班子总人数", required=True, example="9", help="两边都任职的只算一个人")
    as_of: date = public(day, "截至", required=True, example="2026-03-28", help="这个数是哪一天的")
    source: str = public(text, "依据", example="2026年两委换届结果报告")
    note: str = public(long, "说明")
