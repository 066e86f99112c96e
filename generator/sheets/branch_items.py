from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet

KINDS = ("主题党日", "党务公开", "组织生活", "为民服务")


@sheet("branch_items", title="党支部公开事项")
class BranchItem(PublicRow):
    """One thing that a party branch does or makes known in a month: never who gave what, nor who is in need."""

    id: str = key("编号", example="DZ-2026-06-1")
    unit: str = public(ref("units"), "党支部", required=True, example="u-zhibu-ds")
    kind: str = public(choice(*KINDS), "类别", required=True, example="主题党日")
    title: str = public(text, "事项", required=True, example="清扫2号楼地下室")
    on: date = public(day, "日期", required=True, example="2026-06-12")
    time: str = public(text, "时间", example="14:30—16:30")
    where: str = public(text, "地点", example="红色共享自治小屋")
    body: str = public(long, "内容", help="给居民看的几句话;不写发展对象、困难党员的名字")
    called: int = public(count, "应到", example="26", unit="人")
    came: int = public(count, "实到", example="22", help="还没有办的空着", unit="人")
