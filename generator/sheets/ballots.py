from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, person, private, ref, text, yes_no
from ..sheet import PublicRow, sheet


@sheet("ballots", title="表决票", stays=True)
class Ballot(PublicRow):
    """One ballot that was returned, to recount a vote by; nothing of it leaves."""

    id: str = key("编号", example="P-0001")
    vote: str = private(ref("votes"), "表决", example="V-2026-03-1")
    voter: str = private(
        text, "投票人", example="3幢2单元501", help="业主表决写房号;其他表决写姓名或名册上的号", names=True
    )
    choice: str = private(choice("同意", "反对", "弃权", "无效"), "选项", example="同意")
    on: date = private(day, "交票日期", example="2026-03-18")
    proxy: str = private(person, "受托人", help="委托别人投的才填")
    written: bool = private(yes_no, "有委托书", example="是")
