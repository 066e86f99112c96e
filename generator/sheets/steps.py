from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet

OUTCOMES = ("完成", "进行中", "未通过", "不予受理", "撤回", "上报社区", "上报街道", "上报部门", "延期", "重新办理")
DAY_KINDS = ("日历日", "工作日")


@sheet("steps", title="办理过程")
class Step(PublicRow):
    """One thing that happened to a matter, on a day."""

    id: str = key("编号", example="DS-2026-014-3")
    matter: str = public(ref("matters"), "议题", required=True, example="DS-2026-014")
    step: str = public(text, "步骤", required=True, example="拟方案", help="这件事所用程序里的步骤名")
    result: str = public(choice(*OUTCOMES), "结果", required=True, example="完成")
    on: date = public(day, "日期", required=True, example="2026-03-12")
    by: str = public(text, "经办", required=True, example="东胜小区党支部")
    note: str = public(long, "说明", required=True)
    evidence: str = public(text, "证据", example="现场照片3张、物业报价单")
    posted_on: date = public(day, "公示起", example="2026-03-13")
    posted_days: int = public(count, "公示天数", example="7")
    posted_kind: str = public(choice(*DAY_KINDS), "公示日别", example="日历日")
    extended_to: date = public(day, "延期至", example="2026-05-04")
