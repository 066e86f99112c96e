from __future__ import annotations

from ..columns import count, key, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("buildings", title="楼栋与单元")
class Building(PublicRow):
    """One building of a compound and the micro-grid that it lies in: what 一张图 and 找我的网格员 are made from."""

    id: str = key("编号", example="jiamu-03")
    compound: str = public(ref("compounds"), "小区", required=True, example="jiamu")
    name: str = public(text, "楼栋", required=True, example="3号楼", help="照楼上的牌子写;没有楼号的写大家叫得出的名字")
    grid: str = public(ref("grids"), "网格", example="g3-m2", help="写微网格的编号;没有分微网格的写网格的编号")
    units: int = public(count, "单元数", example="4", help="这栋楼有几个单元;不分单元就空着")
