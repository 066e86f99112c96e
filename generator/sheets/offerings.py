from __future__ import annotations

from datetime import date

from ..columns import day, key, phone, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("offerings", title="社会组织服务")
class Offering(PublicRow):
    """What an organisation or a team of volunteers does for residents: for whom, when, where, for how much."""

    id: str = key("编号", example="FW-01")
    unit: str = public(ref("units"), "组织", required=True, example="u-shegong")
    title: str = public(text, "服务", required=True, example="放学后托管")
    whom: str = public(text, "给谁", example="小学一至四年级的孩子")
    hours: str = public(text, "时间", required=True, example="周一至周五16:30—18:30")
    place_name: str = public(text, "地点", example="市民驿站二楼")
    fee: str = public(text, "收费", example="免费", help="写“免费”,或者写明多少钱")
    mobile: str = public(phone, "联系电话", example="0951-5550123", help="写工作电话;空着就打社区值班电话")
    since: date = public(day, "开始日期", required=True, example="2024-03-01")
    until: date = public(day, "停办日期", example="2026-02-28", help="还在办就空着")
