from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, public, text
from ..sheet import PublicRow, sheet

COUNTABLE = (
    "小区",
    "网格",
    "微网格",
    "小区党支部",
    "楼栋党小组",
    "居民小组",
    "微网格长",
    "单元管家",
    "专职网格员",
    "两委成员",
    "社会组织和志愿服务队",
    "已解决议题",
)


@sheet("figures", title="公布数字")
class Figure(PublicRow):
    """A figure the community has published, with its source; where it can be counted from the records, it is."""

    id: str = key("编号", example="f-07")
    name: str = public(text, "名称", required=True, example="微网格长")
    value: int = public(count, "数值", required=True, example="56")
    unit: str = public(text, "单位", required=True, example="名")
    rough: str = public(choice("约", "多", "余"), "概数", example="约", help="约数才填;“约”写在数前,“多”“余”写在数后")
    counted: str = public(choice(*COUNTABLE), "核对", example="微网格长", help="填了就拿表里的行数来核对")
    as_of: date = public(day, "截至", example="2026-03-31")
    source: str = public(text, "来源", required=True, example="社区 2026 年一季度报表")
    note: str = public(text, "说明")
