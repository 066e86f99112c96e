from __future__ import annotations

from ..columns import choice, count, key, public, ref, text, yes_no
from ..sheet import PublicRow, sheet


@sheet("tallies", title="征求意见计票")
class Tally(PublicRow):
    """How many chose one option of one question. A small number is never written here, nor one that would give it away."""

    id: str = key("编号", example="ZQ-2026-01-1-1")
    survey: str = public(ref("surveys"), "征求意见", required=True, example="ZQ-2026-01")
    number: int = public(count, "第几题", required=True, example="1")
    question: str = public(text, "题目", required=True, example="您家最想先办哪件事?")
    several: bool = public(yes_no, "可以多选", example="否")
    option: str = public(
        text, "选项", required=True, example="停车", help="一个选项一行;有人空着没填的,也写一行“没有填”"
    )
    chosen: int = public(
        count, "选的人数", example="97", help="不到5人的空着(涉及个人难处的,不到10人空着),在后一格里选"
    )
    instead: str = public(
        choice("少于5", "少于10", "不列"),
        "不写是几",
        help="人数空着的才选:不到5人选“少于5”;为了不让人减出来的选“不列”;问个人难处的,不到10人选“少于10”",
    )
