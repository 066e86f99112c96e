"""网格体验: every suggestion is adopted, refused with its reason, or waiting, and that is counted."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.facts.experiences import Experiences, experiences
from generator.problems import Place
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.experiences import Experience
from generator.sheets.suggestions import Suggestion
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row

DAY = date(2026, 5, 20)
ANSWERS = ("采纳", "部分采纳", "不采纳", None)


def day(id: str = "e1", on: date = DAY, came: int | None = 3) -> Experience:
    return row(Experience, id, on=on, grid="g1", route="西园", delegates=came, did="看了。")


def said(
    n: int, answer: str | None = None, on: date | None = None, done: date | None = None, of: str = "e1"
) -> Suggestion:
    return row(Suggestion, f"{of}-{n}", n + 1, experience=of, by="党员", suggested="添灯。", answer=answer, answered_on=on,
               reason="好。", done_on=done)  # fmt: skip


def found(*rows: PublicRow, today: date = TODAY) -> Experiences:
    there = experiences(records(rows), COMMUNITY, today)
    assert there is not None
    return there


@given(st.lists(st.tuples(st.sampled_from(ANSWERS), st.integers(0, 60), st.booleans()), max_size=20))
def test_each_suggestion_is_counted_once(some: list[tuple[str | None, int, bool]]) -> None:
    rows = [
        said(n, answer, DAY + timedelta(days=wait) if answer else None, DAY + timedelta(days=wait) if done else None)
        for n, (answer, wait, done) in enumerate(some)
    ]
    there = found(day(), *rows)
    known = [(a, d) for a, wait, d in some if a and DAY + timedelta(days=wait) <= TODAY]
    assert (there.answered.n, there.answered.of) == (len(known), len(some))
    assert there.adopted.of == len(known)
    assert there.adopted.n == sum(a != "不采纳" for a, _ in known)
    assert (there.done.n, there.done.of) == (sum(a != "不采纳" and d for a, d in known), there.adopted.n)
    assert len(there.waiting) == len(some) - len(known)


def test_an_answer_of_a_later_day_is_not_known_yet() -> None:
    row_ = said(1, "采纳", TODAY + timedelta(days=1))
    assert found(day(), row_).waiting[0].days == (TODAY - DAY).days
    assert found(day(), row_, today=TODAY + timedelta(days=1)).days[0].heard[0].state == "adopted"


def test_what_was_adopted_is_done_only_when_its_day_has_come() -> None:
    there = found(day(), said(1, "采纳", DAY, TODAY + timedelta(days=1)))
    assert (there.done.n, there.done.of) == (0, 1)


def test_a_day_to_come_is_told_and_not_counted() -> None:
    there = found(day(), day("e2", TODAY + timedelta(days=8), None))
    assert [e.id for e in there.ahead] == ["e2"]
    assert len(there.days) == 1
    assert there.people == 3


def test_the_page_gives_every_refusal_its_reason() -> None:
    web = words(demo_page("bayi", "experience"))
    refused = [s for s in demo().whole.records.rows("bayi", Suggestion) if s.answer == "不采纳"]
    assert len(refused) >= 2
    assert all(words(s.reason) in web for s in refused)
    assert "答复了9/10（90.0%）" in web
    assert "银纺二院门口给送餐车画一个框" in web.partition("等着答复的")[2]


def test_no_deputy_and_no_volunteer_is_named() -> None:
    web = words(demo_page("bayi", "experience"))
    guides = {"P19", "P21", "P24", "P25"}
    others = [name for id, name in demo().whole.labels["bayi"].items() if id not in guides]
    assert [name for name in others if name in web] == []


def test_the_paper_is_no_older_than_what_it_says() -> None:
    """A suggestion that was done after the last answer: the sheet is hung anew, with the later day."""
    assert {n.subject_id: str(n.date) for n in papers("suggestions")}["TY-2025-01"] == "2025-11-12"
    for notice in papers("suggestions"):
        dates = re.findall(r"已于(\d+)年(\d+)月(\d+)日办好", paper(notice))
        assert all(date(*map(int, d)) <= notice.date for d in dates)


def test_the_paper_says_that_a_suggestion_waits() -> None:
    lost = Withheld(
        COMMUNITY, "suggestions", "s9", Place("records/xiyuan/suggestions.csv", row=9), {"experience": "e1"}
    )
    rows = [day(), said(1, "采纳", DAY, None)]
    (notice,) = papers("suggestions", seen(rows, withheld=(lost,)))
    assert "有1条建议的记录正在核对" in paper(notice)
    (notice,) = papers("suggestions", seen(rows))
    assert "正在核对" not in paper(notice)


def test_where_none_was_held_no_rate_is_made_of_nothing() -> None:
    web = page(seen([day("e2", TODAY + timedelta(days=8), None)]), "experience")
    assert "0/0" not in web
    assert "还没有登记办过的" in web


def test_the_paper_has_all_answers_of_its_day() -> None:
    some = {n.subject_id.removeprefix("suggestions-"): n for n in papers("suggestions")}
    assert set(some) == {"TY-2025-01", "TY-2026-01", "TY-2026-02"}
    told, web = paper(some["TY-2026-02"]), words(demo_page("bayi", "experience"))
    assert "还没有答复" in told
    for text in ("2026年6月2日", "卫生站周末只有一名护士", "2026年5月23日"):
        assert text in told
        assert text in web
