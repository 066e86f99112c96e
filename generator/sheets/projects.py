from __future__ import annotations

from datetime import date

from ..columns import day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("projects", title="服务项目清单")
class Project(PublicRow):
    """What is done about a need, with whose resource, by what day (一书三单): the match of the other two lists."""

    id: str = key("编号", example="XM-01")
    title: str = public(text, "项目", required=True, example="每周二、周四晚课桌")
    need: str = public(ref("needs"), "需求", required=True, example="XQ-01", help="这个项目满足需求清单上的哪一条")
    resource: str = public(ref("resources"), "资源", example="ZY-01", help="用资源清单上的哪一条;不用别人的资源就空着")
    unit: str = public(ref("units"), "承办组织", example="u-dangwei", help="谁来办;由提供资源的单位自己办就空着")
    listed_on: date = public(day, "列入日期", required=True, example="2026-01-21")
    due_on: date = public(day, "完成期限", required=True, example="2026-03-31")
    done_on: date = public(day, "办成日期", example="2026-03-10", help="没有办成就空着")
    done: str = public(long, "办理情况", example="每次来十五六个孩子,开了九周", help="还没有办成的,写办到哪一步")
