from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet

KINDS = ("停车", "环境", "安全", "养老托幼", "文化活动", "法律", "就业", "其他")


@sheet("needs", title="治理需求清单")
class Need(PublicRow):
    """What a compound or a group of residents is in want of, put to the organisations of the neighbourhood (一书三单)."""

    id: str = key("编号", example="XQ-01")
    title: str = public(text, "需求", required=True, example="晚上有个学习的地方")
    kind: str = public(choice(*KINDS), "类别", required=True, example="文化活动")
    unit: str = public(ref("units"), "提出的组织", required=True, example="u-zhibu-ds", help="哪个小组、支部替居民提的")
    compound: str = public(ref("compounds"), "小区", example="dongsheng", help="全社区都要的空着")
    matter: str = public(ref("matters"), "议题", example="DS-2026-014", help="已经立了议题的才填")
    raised_on: date = public(day, "提出日期", required=True, example="2026-01-21")
    dropped_on: date = public(day, "不再需要的日期", example="2026-05-20", help="还需要就空着;为什么不要了写在“说明”里")
    about: str = public(long, "说明", example="放学后、晚饭后都行,能坐二十个孩子")
