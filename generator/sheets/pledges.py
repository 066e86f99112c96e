from __future__ import annotations

from datetime import date

from ..columns import count, day, key, public, ref
from ..sheet import PublicRow, sheet


@sheet("pledges", title="党员亮身份")
class Pledge(PublicRow):
    """How many working party members have come forward where they live, branch by branch: numbers, never names."""

    id: str = key("编号", example="LSF-2026-1")
    unit: str = public(ref("units"), "党支部", required=True, example="zb-sb")
    reported: int = public(
        count, "报到人数", required=True, example="38", help="组织关系在单位、人住在这里、来报过到的在职党员", unit="人"
    )
    shown: int = public(count, "亮身份人数", required=True, example="31", help="本人愿意在家门口亮身份的", unit="人")
    as_of: date = public(day, "截至", required=True, example="2026-03-31")
