from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, public, ref, text
from ..sheet import PublicRow, sheet

# Office-holders are named by virtue of office; everyone else by consent (个人信息保护法 §§13, 25).
OFFICES = (
    "社区党委书记",
    "社区党委副书记",
    "社区党委委员",
    "社区党总支书记",
    "社区党总支副书记",
    "社区党总支委员",
    "居委会主任",
    "居委会副主任",
    "居委会委员",
    "居务监督委员会主任",
    "居务监督委员会委员",
    "小区党支部书记",
    "小区党支部委员",
    "楼栋党小组组长",
    "居民小组长",
    "专职网格员",
    "兼职网格员",
    "片区民警",
    "卫生网格员",
    "人民调解员",
    "法律顾问",
    "警务助理",
    "议事协商会会长",
    "议事协商会副会长",
    "业委会主任",
    "物业项目经理",
)
VOLUNTEERS = ("微网格长", "单元管家", "楼组带头人", "议事协商会成员", "业委会委员", "居民代表", "志愿服务队队长")
COMMITTEES = OFFICES[:9]


@sheet("duties", title="任职")
class Duty(PublicRow):
    """One duty that a person holds, for a unit, a grid or a stair, from a day on."""

    id: str = key("编号", example="d-001")
    person: str = public(ref("people"), "人员", required=True, example="p-001")
    duty: str = public(choice(*OFFICES, *VOLUNTEERS), "职务", required=True, example="微网格长")
    unit: str = public(ref("units"), "组织", example="u-zhibu-ds")
    grid: str = public(ref("grids"), "网格", example="g3-m2")
    compound: str = public(ref("compounds"), "小区", example="dongsheng")
    serves: str = public(text, "服务范围", example="3号楼2单元")
    since: date = public(day, "任期起", required=True, example="2024-03-01")
    until: date = public(day, "任期止", example="2027-02-28", help="还在任就空着")
