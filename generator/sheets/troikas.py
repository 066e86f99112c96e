from __future__ import annotations

from datetime import date

from ..columns import count, day, key, public, ref
from ..sheet import PublicRow, sheet


@sheet("troikas", title="三驾马车")
class Troika(PublicRow):
    """The residents' committee, the owners' committee and the property firm of a compound, who meet in a rhythm."""

    id: str = key("编号", example="SJ-01")
    compound: str = public(ref("compounds"), "小区", required=True, example="dongsheng")
    committee: str = public(ref("units"), "居委会", required=True, example="u-juwei")
    owners: str = public(ref("units"), "业委会", required=True, example="u-yeweihui")
    firm: str = public(ref("units"), "物业公司", required=True, example="u-wuye")
    months: int = public(count, "几个月碰一次头", required=True, example="3", help="约定一季度一次就写 3", unit="个月")
    since: date = public(day, "开始日期", required=True, example="2025-01-01")
