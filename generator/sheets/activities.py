from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet

SIGNING = ("不用报名", "打社区值班电话报名", "到社区窗口报名", "名额已满")


@sheet("activities", title="队伍活动")
class Activity(PublicRow):
    """One activity of a team on one day: when, where, for whom; whether it was cancelled, and how many came."""

    id: str = key("编号", example="HD-2026-061")
    team: str = public(ref("teams"), "队伍", required=True, example="DW-01")
    title: str = public(text, "活动", required=True, example="亲子手工:纸盒做小鸟窝")
    on: date = public(day, "日期", required=True, example="2026-06-17")
    time: str = public(text, "时间", example="15:30—17:00")
    place_name: str = public(text, "地点", example="红色驿站")
    whom: str = public(text, "谁可以来", example="三岁到八岁的孩子和家长")
    signing: str = public(choice(*SIGNING), "报名", example="不用报名")
    bring: str = public(text, "带什么", example="一个空纸盒")
    lead: str = public(ref("people"), "带头人", example="p-001", help="空着就是队长")
    cancelled: str = public(text, "取消原因", example="下大雨", help="不办了才填;这一行留着,大家好知道")
    came: int = public(count, "来了多少人", example="18", help="办完以后填")
    note: str = public(long, "办得怎么样", help="办完以后写一两句;不写孩子的名字")
