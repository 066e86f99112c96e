from __future__ import annotations

from ..columns import count, key, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("seats", title="议事会席位")
class Seat(PublicRow):
    """How many seats of a council are for which kind of member, and how they are filled: numbers, and nobody's name."""

    id: str = key("编号", example="XW-01")
    unit: str = public(ref("units"), "议事会", required=True, example="u-yishihui")
    kind: str = public(text, "哪一方", required=True, example="楼组带头人")
    number: int = public(count, "席位", required=True, example="3", unit="个")
    how: str = public(text, "怎么产生", example="楼组居民推选")
