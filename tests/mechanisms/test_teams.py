"""服务队: who leads, what there is this week and next, how often people came; and the paper of a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.teams import Teams, monday, overlap, span, teams
from generator.sheets.activities import Activity
from generator.sheets.duties import Duty
from generator.sheets.people import Person
from generator.sheets.teams import Team
from generator.sheets.units import Unit
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

MONDAY = date(2026, 6, 15)


def team(id: str = "t1", at: int = 2, **more: object) -> Team:
    return row(Team, id, at, **{"name": f"队{id}", "kind": "志愿服务队", "does": "跑腿。", **more})


def activity(id: str, on: date, at: int = 2, **more: object) -> Activity:
    return row(Activity, id, at, **{"team": "t1", "title": f"活动{id}", "on": on, **more})


def found(*rows: object, today: date = TODAY) -> Teams:
    there = teams(seen(rows, today), COMMUNITY)  # type: ignore[arg-type]
    assert there is not None
    return there


def test_without_teams_there_is_nothing() -> None:
    assert teams(seen([]), COMMUNITY) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15:30—17:00", (930, 1020)),
        ("9:00-11:00", (540, 660)),
        ("9：00～11：30", (540, 690)),
        ("9:00至24:00", (540, 1440)),
        ("下午三点", None),
        ("9:00", None),
        ("9:00—25:00", None),
        ("9:00—10:75", None),
        ("", None),
        (None, None),
    ],
)
def test_hours_are_read_or_left_alone(text: str | None, minutes: tuple[int, int] | None) -> None:
    assert span(text) == minutes


SPANS = st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda s: s[0] < s[1])


@given(SPANS, SPANS)
def test_two_spans_overlap_when_a_minute_is_in_both(one: tuple[int, int], other: tuple[int, int]) -> None:
    both = set(range(*one)) & set(range(*other))
    assert overlap(one, other) == overlap(other, one) == bool(both)


@given(st.lists(st.tuples(st.integers(-30, 30), st.booleans(), st.none() | st.integers(0, 90)), max_size=12))
def test_nothing_is_counted_twice_or_before_it_was(of: list[tuple[int, bool, int | None]]) -> None:
    rows = [
        activity(f"a{n}", TODAY + timedelta(days=d), n + 2, cancelled="雨" if off else None, came=came)
        for n, (d, off, came) in enumerate(of)
    ]
    there = found(team(), *rows)
    weeks = [e.row.id for w in there.weeks.values() for e in w.events]
    assert len(weeks) == len(set(weeks))
    assert {e.row.id for e in there.later}.isdisjoint(weeks)
    assert all(MONDAY + timedelta(days=14) <= e.on for e in there.later)
    assert all(e.on < TODAY and not e.row.cancelled for e in there.year)
    assert there.came == sum(came or 0 for d, off, came in of if d < 0 and not off and came is not None)
    [crew] = there.crews
    assert len(crew.held) + len(crew.coming) + sum(d < 0 and off for d, off, _ in of) == len(of)
    assert crew.next is None or (crew.next.on >= TODAY and not crew.next.row.cancelled)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_week_begins_on_monday(day: date) -> None:
    first = monday(day)
    assert first.weekday() == 0
    assert timedelta(0) <= day - first < timedelta(days=7)


def test_sunday_is_this_week_and_monday_the_next() -> None:
    there = found(team(), activity("a", date(2026, 6, 21)), activity("b", date(2026, 6, 22), 3))
    assert [[e.row.id for e in there.weeks[w].events] for w in ("last", "this", "next")] == [[], ["a"], ["b"]]


def test_a_team_that_usually_meets_and_has_nothing_written_is_named() -> None:
    week = found(team(usual="每周三"), team("t2", 3), activity("a", MONDAY, team="t2")).weeks["this"]
    assert [t.id for t in week.silent] == ["t1"]
    assert not found(team(usual="每周三"), activity("a", MONDAY, cancelled="下雨")).weeks["this"].silent, (
        "it is said why"
    )


PEOPLE = (
    row(Person, "p1", name="马兰英", basis="本人同意"),
    row(Person, "p2", 3, name="赵明", basis="不公开"),
    row(Person, "p3", 4, name="丁文秀", basis="职务公开"),
)


def test_who_leads_is_who_holds_the_duty_today() -> None:
    unit = row(Unit, "u", name="服务队", kind="志愿服务队")
    duties = (
        row(Duty, "d1", person="p3", duty="志愿服务队队长", unit="u", since=date(2024, 1, 1), until=date(2025, 1, 1)),
        row(Duty, "d2", 3, person="p1", duty="志愿服务队队长", unit="u", since=date(2025, 1, 2)),
    )
    there = found(*PEOPLE, unit, *duties, team(unit="u", leader="p2"), activity("a", TODAY))
    assert there.crews[0].leads == ("马兰英",)
    assert there.crews[0].coming[0].leads == ("马兰英",)


def test_a_leader_who_did_not_agree_is_masked_everywhere() -> None:
    of = seen([*PEOPLE, team(leader="p2", usual="每周三"), activity("a", TODAY), activity("b", TODAY, 3, lead="p2")])
    text = page(of, "teams")
    assert "赵*" in text
    assert "赵明" not in text
    assert all("赵明" not in paper(n) for n in papers("programme", of))


def test_what_was_cancelled_is_said_on_page_and_paper_and_its_hours_are_not() -> None:
    row_ = activity("a", date(2026, 6, 19), title="夜巡", time="20:00—21:30", cancelled="端午节，改天")
    of = seen([team(), row_])
    text = page(of, "teams")
    assert "取消了2026年6月19日星期五" in text
    assert "端午节，改天" in text
    assert "20:00" not in text
    [n] = papers("programme", of)
    assert "取消：夜巡（端午节，改天）" in paper(n)
    assert "20:00" not in paper(n)


def test_where_and_for_whom_come_from_the_team_where_the_activity_says_nothing() -> None:
    of = seen(
        [
            team(place_name="红色驿站", whom="孩子和家长"),
            activity("a", TODAY),
            activity("b", TODAY, 3, place_name="院里"),
        ]
    )
    text = page(of, "teams").split("有哪些队伍")[0]
    assert text.count("地点：红色驿站") == 1
    assert text.count("地点：院里") == 1
    assert text.count("谁可以来：孩子和家长") == 2


def test_signing_up_is_by_the_duty_phone() -> None:
    text = page(seen([team(), activity("a", TODAY, signing="打社区值班电话报名")]), "teams")
    assert "要报名，打0951-5550150" in text


def test_a_paper_hangs_from_the_friday_before_until_sunday() -> None:
    of = seen([team(), *(activity(f"a{n}", MONDAY + timedelta(days=d), n) for n, d in enumerate((-7, 0, 7), 2))])
    hung = {n.name: (n.hang.since, n.hang.until) for n in papers("programme", of) if n.hang}
    assert hung["programme-2026-06-15"] == (date(2026, 6, 12), date(2026, 6, 21))
    assert set(hung) == {"programme-2026-06-08", "programme-2026-06-15", "programme-2026-06-22"}


# --- the demonstration ----------------------------------------------------------------------------------------------


def test_the_teams_of_the_article_are_there() -> None:
    text = words(demo_page("nanhua", "teams"))
    for name in ("宝妈经验分享会", "爱宠之家", "能量大叔", "萌宠选美大赛", "垃圾分类从孩子抓起"):
        assert name in text
    first = text.split("有哪些队伍")[0]
    assert first.index("2026年6月17日星期三（今天）") < first.index("2026年6月21日星期日") < first.index("下一周")


def test_the_paper_says_what_the_page_says() -> None:
    text = words(demo_page("nanhua", "teams"))
    some = [n for n in papers("programme") if n.community == "nanhua"]
    assert len(some) == 3
    for n in some:
        for e in n.context["week"].events:
            assert e.row.title in paper(n)
            assert words(e.row.title) in text
            assert e.row.cancelled or e.row.time in paper(n)
