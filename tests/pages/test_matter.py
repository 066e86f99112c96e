"""The page of a matter: what its steps have come to, whether it is filed, whether residents were answered in time."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

from generator import templating
from generator.facts.whole import whole
from generator.pages import Book
from generator.pages.record import matter
from generator.procedures import load
from generator.sheets.communities import Community
from generator.sheets.matters import Matter
from generator.sheets.steps import Step
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

PROCEDURES = load(ROOT / "records" / "procedures")[0]
RAISED = date(2026, 4, 13)
SIX = ("集议题", "定议题", "拟方案", "做表决", "促落实", "有备案")
FOUR = ("党组织提议", "两委商议", "党员大会审议", "居民代表会议决议", "决议公开", "实施结果公开")


def body(*rows: tuple[str, str], procedure: str = "liubu", after: int = 20, posted: int = 0, **more: Any) -> str:
    """The page of a matter some days after it was raised, with a step a day; the last is posted for so many days."""
    steps = []
    for n, (step, result) in enumerate(rows):
        on = RAISED + timedelta(n)
        shown = (
            {"posted_on": on, "posted_days": posted, "posted_kind": "日历日"} if posted and n + 1 == len(rows) else {}
        )
        steps.append(row(Step, f"S-{n}", n + 2, matter="M", step=step, result=result, on=on, by="x", **shown))
    usual = {"title": "添灯", "size": "小事", "category": "其他", "raised_on": RAISED, "channel": "居民来电"}
    one = row(Matter, "M", **{**usual, "procedure": procedure, **more})
    community = row(Community, COMMUNITY, name="西苑社区", phone="0951-5550100", objections_phone="0951-5550101")
    made = whole(records([community, one, *steps]), PROCEDURES, RAISED + timedelta(after))
    book = Book(made, templating.environment(ROOT / "templates"))
    (case,) = made.cases.of(COMMUNITY)
    drawn = matter(book, case, made.records.communities[0]).body
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", drawn)))


def done(*steps: str) -> list[tuple[str, str]]:
    return [(s, "完成") for s in steps]


def test_what_was_done_before_it_was_reopened_says_so() -> None:
    again = [("促落实", "重新办理"), *done("促落实", "有备案")]
    said = body(*done(*SIX), *again, file_number="一号")
    assert said.count("已完成（第一次办理时）") == 4
    assert "还没到" not in said
    twice = body(*done(*SIX), *again, *again, file_number="一号")
    assert twice.count("已完成（重新办理以前）") == 4
    skipped = body(*done(*SIX), ("拟方案", "重新办理"), *done("拟方案", "促落实", "有备案"))
    assert skipped.count("重新办理后没有再走") == 1


def test_after_the_end_no_step_is_still_to_come() -> None:
    said = body(*done("集议题"), ("定议题", "不予受理"))
    assert said.count("没有走到") == 4
    assert "还没到" not in said


def test_only_what_is_still_to_be_filed_is_told_as_not_filed() -> None:
    assert "已经办好，还没有归档。" in body(*done(*SIX[:5]))
    assert "已经办好，归档号一号。" in body(*done(*FOUR), procedure="siyi", file_number="一号")
    assert "已经办好。" in body(*done(*FOUR), procedure="siyi")
    assert "已经办好，材料已归档。" in body(*done(*SIX), file_number="一号")


def test_the_day_for_an_answer_is_told_with_when_it_came() -> None:
    told = "回音提出后7天内要有（到2026年4月20日），"
    assert told + "2026年4月14日已经回了谁" in body(*done(*SIX[:2]))
    assert told + "还没有谁" in body(*done("集议题"), after=7)
    assert told + "还没有，已经晚了1天" in body(*done("集议题"), after=8)


def test_days_that_ended_later_than_they_count_say_why() -> None:
    """The fifteenth day of 2026-04-16 is the first of May, the first of five days of rest."""
    said = body(*done(*SIX[:3]), ("做表决", "进行中"), posted=15)
    assert "2026年4月17日至2026年5月6日（15个日历日，遇放假顺延，2026年4月16日张贴）" in said
    assert "（4个日历日，2026年4月16日张贴）" in body(*done(*SIX[:3]), ("做表决", "进行中"), posted=4)
