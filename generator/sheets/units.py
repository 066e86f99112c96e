from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet

KINDS = (
    "社区党委",
    "社区党总支",
    "小区党支部",
    "楼栋党小组",
    "居委会",
    "居务监督委员会",
    "居民小组",
    "议事协商会",
    "业委会",
    "物业公司",
    "社会组织",
    "志愿服务队",
    "街道",
    "部门",
)


@sheet("units", title="组织")
class Unit(PublicRow):
    """A body of the chain: party committee, branch, group, residents' committee, council, owners' committee …"""

    id: str = key("编号", example="u-zhibu-ds")
    name: str = public(text, "名称", required=True, example="东胜小区党支部")
    kind: str = public(choice(*KINDS), "类别", required=True, example="小区党支部")
    parent: str = public(ref("units"), "上级", example="u-dangwei")
    compound: str = public(ref("compounds"), "小区", example="dongsheng")
    founded: date = public(day, "成立日期", example="2020-12-18")
    role: str = public(long, "职责")
