from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, ref, yes_no
from ..sheet import PublicRow, sheet
from .objections import POSTINGS


@sheet("corrections", title="更正")
class Correction(PublicRow):
    """One correction of something that was posted: what it said, what it says now, why, and what becomes of the period."""

    id: str = key("编号", example="GZ-2026-001")
    matter: str = public(ref("matters"), "议题", required=True, example="DS-2026-014")
    posting: str = public(choice(*POSTINGS), "更正哪次公示", required=True, example="方案公示")
    resolution: str = public(ref("resolutions"), "决议", example="R-2026-03-1", help="更正决议公示、落实结果公示才填")
    on: date = public(day, "更正日期", required=True, example="2026-03-17", help="更正公告张贴的那天")
    original: str = public(long, "原文", required=True)
    corrected: str = public(long, "更正为", required=True)
    reason: str = public(long, "更正原因", required=True)
    substantial: bool = public(yes_no, "实质更正", required=True, example="是", help="影响大家怎么判断的,写是;只是错别字,写否")
    objection: str = public(ref("objections"), "因哪条异议", example="YY-2026-003")
