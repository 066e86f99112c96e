from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, public, ref, text
from ..sheet import PublicRow, sheet

EVERY = ("每周", "每月第一个", "每月第二个", "每月第三个", "每月第四个", "每月最后一个")
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@sheet("sittings", title="顾问坐班")
class Sitting(PublicRow):
    """When a legal adviser or a police assistant sits in the community; who it is and for what term, 《任职》 says."""

    id: str = key("编号", example="ZB-01")
    post: str = public(ref("duties"), "任职", required=True, example="d-001", help="《任职》里法律顾问或警务助理那一行的编号")
    every: str = public(choice(*EVERY), "多久一次", required=True, example="每周")
    weekday: str = public(choice(*WEEKDAYS), "星期几", required=True, example="星期四")
    hours: str = public(text, "时间", required=True, example="14:30—17:30")
    place_name: str = public(text, "地点", required=True, example="市民驿站一楼法律服务室")
    firm: str = public(text, "所在单位", example="平川社区法律服务社")
    does: str = public(text, "可以问什么", example="合同、继承、物业纠纷")
    since: date = public(day, "开始日期", required=True, example="2026-01-05")
    until: date = public(day, "停止日期", example="2026-12-31", help="还这样坐班就空着;时间改了,旧的写停止日期,另起一行写新的")
