from __future__ import annotations

from ..columns import choice, count, key, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("grids", title="网格与微网格")
class Grid(PublicRow):
    """A grid, or a micro-grid within one."""

    id: str = key("编号", example="g3-m2")
    name: str = public(text, "名称", required=True, example="第三网格第二微网格")
    level: str = public(choice("网格", "微网格"), "级别", required=True, example="微网格")
    parent: str = public(ref("grids"), "上级网格", example="g3", help="微网格必填")
    compound: str = public(ref("compounds"), "小区", example="jiamu")
    scope: str = public(text, "范围", required=True, example="嘉木花园 1—4号楼")
    households: int = public(count, "户数", example="98")
