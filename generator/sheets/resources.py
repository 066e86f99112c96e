from __future__ import annotations

from ..columns import choice, count, key, long, public, ref, text
from ..sheet import PublicRow, sheet

KINDS = ("场地", "车位", "人力", "专业服务", "设备物资", "资金", "其他")


@sheet("resources", title="共治资源清单")
class Resource(PublicRow):
    """What a partner has put at the community's disposal under an agreement (一书三单)."""

    id: str = key("编号", example="ZY-01")
    agreement: str = public(ref("agreements"), "协议", required=True, example="XY-2026-01")
    title: str = public(text, "资源", required=True, example="单位院内夜间车位")
    kind: str = public(choice(*KINDS), "类别", required=True, example="车位")
    number: int = public(count, "数量", example="60", help="数不出来的空着")
    measure: str = public(text, "单位", example="个")
    hours: str = public(text, "可用时间", example="每晚18:30—次日7:30")
    about: str = public(long, "说明", example="先登记车牌,后进场")
