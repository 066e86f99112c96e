from __future__ import annotations

from datetime import date

from ..columns import day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("promises", title="三方承诺")
class Promise(PublicRow):
    """What one of the three of a compound (《三驾马车》) promised at a joint meeting, by what day, and what became of it."""

    id: str = key("编号", example="CN-01")
    troika: str = public(ref("troikas"), "三驾马车", required=True, example="SJ-01")
    meeting: str = public(ref("meetings"), "会议", example="M-2026-03", help="在哪次三方联席会上说的;不在会上说的空着")
    unit: str = public(ref("units"), "承诺方", required=True, example="u-wuye")
    title: str = public(text, "承诺", required=True, example="16号楼北侧补三盏路灯")
    made_on: date = public(day, "承诺日期", required=True, example="2026-04-15")
    due_on: date = public(day, "完成期限", required=True, example="2026-05-15")
    done_on: date = public(day, "兑现日期", example="2026-05-10", help="还没有兑现就空着")
    done: str = public(long, "办理情况", example="三盏灯都亮了,换的是声控灯", help="还没有兑现的,写办到哪一步")
