from __future__ import annotations

from datetime import date

from ..columns import count, counted, day, key, person, private, ref, text
from ..sheet import Counts, PublicRow, sheet


@sheet("stamps", title="服务打卡", counts=Counts(by=("service", "on"), unit="次", per="card"))
class Stamp(PublicRow):
    """A service done for the little red flower card. Without the community's stamp it earns nothing."""

    id: str = key("编号", example="DK-2026-0001", help="只在社区自己的表里用")
    card: str = private(ref("holders"), "卡号", example="HHK-001")
    on: date = counted(day, "日期", example="2026-03-05")
    service: str = counted(ref("points"), "服务", example="JF-01", help="写《积分办法》里的编号")
    points: int = private(count, "积分", example="5", help="空着就按《积分办法》的分数")
    stamped_by: str = private(person, "盖章人", help="社区盖章的人;没有盖章就空着,先不算分")
    stamp: str = private(text, "签章号", example="XHH-2026-0001", help="每个章一个号,一个号只算一次;没有盖章就空着")
