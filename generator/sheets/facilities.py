from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, ref, text
from ..columns import phone as telephone
from ..sheet import PublicRow, sheet


@sheet("facilities", title="活动场所")
class Facility(PublicRow):
    """One room that residents may use: where it is, what for, when it is open, whom to ask."""

    id: str = key("编号", example="cs-02")
    number: int = public(count, "牌号", example="2", help="门牌上的号,一间一个")
    name: str = public(text, "名称", required=True, example="志愿服务中心")
    kind: str = public(choice("室", "中心", "其他"), "类别", required=True, example="中心")
    where: str = public(text, "位置", required=True, example="市民驿站一楼东侧")
    does: str = public(long, "做什么用", required=True, help="一行写一件事,给居民看")
    hours: str = public(text, "开放时间", required=True, example="周一至周五 8:30—18:00")
    fee: str = public(text, "收费", example="免费")
    unit: str = public(ref("units"), "负责组织", example="u-zhibu-ds")
    keeper: str = public(ref("people"), "负责人", example="p-001")
    phone: str = public(telephone, "电话", example="0951-5550123", help="办公电话;不要写私人手机")
    since: date = public(day, "启用日期", example="2021-07-01")
    closed_from: date = public(day, "停开从", example="2026-07-01", help="临时关几天才填,平时空着")
    closed_to: date = public(day, "停开到", example="2026-07-05", help="关门的最后一天")
    closed_why: str = public(text, "停开原因", example="检修电路")
