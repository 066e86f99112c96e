"""微心愿小白板: what waits comes first, days are counted from the writing, and nobody's name is on the board."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.given import Given
from generator.facts.wishes import Wishes, wishes
from generator.mechanisms.wishes import wishes_sound
from generator.sheets.matters import Matter
from generator.sheets.wishes import Wish
from tests.mechanisms.drawing import RULES, TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row


def wish(id: str, on: date, answered: date | None = None, **more: object) -> Wish:
    said = {"answer": "修好了。", "answered_on": answered, "result": "办到了"} if answered else {}
    return row(Wish, id, on=on, text=f"{id}的长椅松了。", **{**said, **more})


def found(*rows: Wish, today: date = TODAY) -> Wishes:
    there = wishes(seen(rows, today), COMMUNITY)
    assert there is not None
    return there


def test_without_wishes_there_is_no_board() -> None:
    assert wishes(seen([]), COMMUNITY) is None
    assert wishes(seen([wish("A", TODAY + timedelta(days=1))]), COMMUNITY) is None


def test_those_that_wait_longest_come_first_and_an_answer_of_tomorrow_is_none() -> None:
    shown = found(
        wish("A", TODAY),
        wish("B", date(2026, 6, 8)),
        wish("C", date(2026, 6, 10), TODAY + timedelta(days=1)),
        wish("D", date(2026, 6, 9), answer="看到了。"),
        wish("E", date(2026, 6, 9), TODAY),
    )
    assert [(h.wish.id, h.days) for h in shown.waiting] == [("B", 9), ("D", 8), ("C", 7), ("A", 0)]
    assert [(h.wish.id, h.days) for h in shown.answered] == [("E", 8)]
    assert (shown.lately.n, shown.lately.of) == (1, 5)


def test_the_rate_is_of_a_year_and_its_first_day_belongs_to_it() -> None:
    first = TODAY - timedelta(days=364)
    shown = found(wish("A", first, first), wish("B", first - timedelta(days=1), first), wish("C", TODAY))
    assert shown.since == first
    assert (shown.lately.n, shown.lately.of) == (1, 2)
    assert shown.days == (0,)


@given(st.lists(st.integers(0, 364), min_size=1, max_size=12))
def test_half_of_them_took_no_longer_than_the_middle(days: list[int]) -> None:
    shown = found(*(wish(f"w{n}", TODAY - timedelta(days=d), TODAY) for n, d in enumerate(days)))
    assert shown.median is not None
    assert shown.median in days
    assert 2 * sum(d <= shown.median for d in days) >= len(days)
    assert shown.longest == max(days)


@pytest.mark.parametrize(
    ("answered", "weeks"),
    [
        (date(2026, 6, 15), [date(2026, 6, 15)]),
        (date(2026, 6, 14), [date(2026, 6, 8)]),
        (date(2026, 6, 8), [date(2026, 6, 8)]),
        (date(2026, 6, 7), []),
    ],
)
def test_a_week_runs_from_monday_to_sunday(answered: date, weeks: list[date]) -> None:
    assert [w.first for w in found(wish("A", date(2026, 6, 1), answered)).weeks] == weeks


def test_a_wish_that_became_a_matter_leads_to_it() -> None:
    matter = row(
        Matter,
        "M1",
        title="长椅松了",
        category="设施维修",
        size="小事",
        raised_on=date(2026, 6, 9),
        channel="微心愿小白板",
        body="松了。",
        procedure="liubu",
        owner="U",
    )
    whole = seen([wish("A", date(2026, 6, 8), date(2026, 6, 10), result="成了议题", matter="M1"), matter])
    shown = wishes(whole, COMMUNITY)
    assert shown is not None
    assert [h.case.id for h in shown.matters if h.case] == ["M1"]
    assert "立成了议题：长椅松了（办理中）" in page(whole, "wishes")


def test_the_page_says_who_waits_before_what_was_done() -> None:
    text = words(demo_page("fuqiang", "wishes"))
    assert text.index("还没有答复的（3条）") < text.index("答复得怎么样") < text.index("已经答复的")
    assert "等了9天" in text
    assert "答复了30/33条（90.9%）" in text
    assert "一般要5天，最久的11天" in text
    assert "办不到2条" in text


def test_every_matter_from_the_board_is_a_wish_on_it() -> None:
    whole = demo().whole
    of_board = {m.id for m in whole.records.by("fuqiang", Matter, "channel", "微心愿小白板")}
    assert {w.matter for w in whole.records.rows("fuqiang", Wish) if w.matter} == of_board


def test_nobody_is_named_on_the_page() -> None:
    text = demo_page("fuqiang", "wishes").split('id="waiting"', 1)[1]
    names = [p.name for p in demo().whole.records.tables["fuqiang"]["people"].values()]
    assert [n for n in names if n in text] == []
    assert not {c.name for c in Wish.sheet.columns} & {"person", "name", "phone"}


def test_a_paper_has_the_week_s_replies_and_the_newest_what_still_waits() -> None:
    newest, before = sorted(papers("wishes"), key=lambda n: n.date, reverse=True)
    assert (newest.date, before.date) == (date(2026, 6, 16), date(2026, 6, 10))
    assert "沙子有股味道" in paper(newest)
    assert "还没有答复的" in paper(newest)
    assert "9天，东胜小区物业服务中心在办" in paper(newest)
    assert "还没有答复的" not in paper(before)
    assert newest.hang is not None
    assert newest.hang.until == date(2026, 6, 23)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3号楼的王建国大爷腿脚不好，想要扶手。", "王****"),
        ("张阿姨想学跳舞。", "张**"),
        ("小屋的马师傅走了，谁来修？", "马**"),
        ("楼里的一位大爷想要扶手。", ""),
        ("教跳舞的老师还来不来？", ""),
        ("杨树毛子飞，老人咳嗽。", ""),
    ],
)
def test_a_wish_in_which_somebody_is_called_by_name_is_not_published(text: str, shown: str) -> None:
    asked = Given(records([row(Wish, "A", on=TODAY, text=text)]), RULES, TODAY, (COMMUNITY,))
    told = [(p.found, p.withholds) for _, p in wishes_sound(asked) if p.code == "wish-name"]
    assert told == ([(shown, True)] if shown else [])
