"""Whistles: what is in time, what is late, and three rates that come out as counting by hand does."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.whistles import STAGES, Rate, Ticket, by_class, by_department, running, summary, ticket, tickets
from generator.procedures import Procedures, load
from generator.sheets.whistles import CLASSES, Whistle
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

PROCEDURES = load(ROOT / "records" / "procedures")[0]
BLOWN = datetime(2026, 6, 1, 10)
BARE: dict[str, Any] = {"title": "路灯不亮", "urgency": "一般", "department": "供电单位", "blown_at": BLOWN}


def whistle(id: str = "W-1", **more: Any) -> Whistle:
    return row(Whistle, id, **{**BARE, **more})


def hours(n: float) -> datetime:
    return BLOWN + timedelta(hours=n)


def on(day: int, **more: Any) -> Ticket:
    return ticket(whistle(**more), PROCEDURES, date(2026, 6, day))


# --- how far it has come --------------------------------------------------------------------------------------------


def test_the_stages_one_after_another_and_their_minutes() -> None:
    t = on(
        9, accepted_at=hours(0.5), arrived_at=hours(3), solved_at=hours(30), called_back_at=hours(48), reached="接通"
    )
    assert [(s.name, s.minutes) for s in t.stages] == list(zip(STAGES, (0, 30, 180, 1800, 2880), strict=True))
    assert (t.state, t.open) == ("answered", False)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, "waiting"),
        ({"accepted_at": hours(1)}, "accepted"),
        ({"arrived_at": hours(1)}, "arrived"),
        ({"accepted_at": hours(1), "arrived_at": hours(2)}, "arrived"),
        ({"solved_at": hours(2)}, "solved"),
        ({"solved_at": hours(2), "called_back_at": hours(3), "reached": "未接通"}, "unreached"),
        ({"solved_at": hours(2), "called_back_at": hours(3), "reached": "接通", "solved": "解决"}, "answered"),
        ({"solved_at": hours(2), "called_back_at": hours(3), "reached": "接通", "solved": "未解决"}, "unsolved"),
        ({"called_back_at": hours(3), "reached": "接通", "solved": "未解决"}, "unsolved"),
    ],
)
def test_the_state_is_that_of_the_last_stage_or_what_residents_say(more: dict[str, Any], state: str) -> None:
    assert on(9, **more).state == state


def test_what_comes_later_is_not_known_yet() -> None:
    more = {"solved_at": hours(30), "called_back_at": hours(60), "reached": "接通", "solved": "解决", "content": "满意"}
    assert on(1, **more).state == "waiting"
    assert on(2, **more).state == "solved"
    assert (on(2, **more).says_solved, on(2, **more).content, on(2, **more).reached) == (None, None, None)
    assert on(3, **more).says_solved == "解决"
    assert tickets(records([whistle()]), PROCEDURES, COMMUNITY, date(2026, 5, 31)) == ()


def test_the_minute_before_midnight_is_known_on_its_day_and_midnight_is_not() -> None:
    midnight = datetime(2026, 6, 2)
    assert on(1, accepted_at=midnight - timedelta(minutes=1)).state == "accepted"
    assert on(1, accepted_at=midnight).state == "waiting"


# --- limits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("urgency", "contact", "solve"), [("紧急", 2, 2), ("水电气暖", 24, 24), ("一般", 24, 168), ("复杂", 24, 360)]
)
def test_the_limit_is_the_class_s(urgency: str, contact: int, solve: int) -> None:
    t = on(1, urgency=urgency)
    assert (t.contact_due, t.due) == (hours(contact), hours(solve))


def test_the_ticket_s_own_limit_goes_before_and_leaves_the_time_to_get_in_touch() -> None:
    t = on(1, limit=12)
    assert (t.contact_due, t.due) == (hours(24), hours(12))


def test_without_limits_only_the_ticket_s_own_counts() -> None:
    bare = ticket(whistle(), Procedures(), date(2026, 6, 30))
    assert (bare.due, bare.contact_due, bare.late, bare.contact_is_due) == (None, None, False, False)
    assert ticket(whistle(limit=3), Procedures(), date(2026, 6, 30)).due == hours(3)


@pytest.mark.parametrize(("minutes", "late"), [(-1, 0), (0, 0), (1, 1), (61, 61)])
def test_solved_in_the_minute_of_the_limit_is_in_time(minutes: int, late: int) -> None:
    t = on(30, solved_at=hours(168) + timedelta(minutes=minutes))
    assert (t.minutes_late, t.late) == (late, late > 0)


def test_open_it_is_overdue_from_the_day_after_its_limit() -> None:
    """On the day itself the build cannot know whether the hour has come; the page says that it is due today."""
    assert [(on(d).days_overdue, on(d).due_today) for d in (7, 8, 9, 18)] == [
        (0, False),
        (0, True),
        (1, False),
        (10, False),
    ]


def test_solved_it_is_late_for_good_and_not_overdue() -> None:
    t = on(30, solved_at=hours(170))
    assert (t.minutes_late, t.days_overdue, t.due_today) == (120, 0, False)


def test_the_first_sign_of_the_department_is_its_answer() -> None:
    assert on(9, arrived_at=hours(5)).contacted_at == hours(5)
    assert on(9, accepted_at=hours(4), arrived_at=hours(5)).contacted_at == hours(4)
    assert on(9, solved_at=hours(6)).contacted_at == hours(6)
    assert on(9).contacted_at is None


@pytest.mark.parametrize(("minutes", "in_time"), [(0, True), (1, False)])
def test_signed_for_in_the_minute_of_the_limit_is_in_time(minutes: int, in_time: bool) -> None:
    assert on(9, accepted_at=hours(24) + timedelta(minutes=minutes)).contacted_in_time is in_time


def test_a_whistle_counts_as_due_when_its_time_was_over_before_the_day() -> None:
    assert [on(d).contact_is_due for d in (1, 2, 3)] == [False, False, True]
    assert ticket(whistle(blown_at=datetime(2026, 6, 1)), PROCEDURES, date(2026, 6, 2)).contact_is_due  # at midnight


# --- rates ----------------------------------------------------------------------------------------------------------


def test_calls_back_that_did_not_get_through_or_were_not_answered_count_for_nothing() -> None:
    done = {"solved_at": hours(2), "called_back_at": hours(3)}
    some = [
        on(9, **done, reached="接通", solved="解决", content="满意"),
        on(9, **done, reached="接通", solved="解决", content="基本满意"),
        on(9, **done, reached="接通", solved="未解决", content="不满意"),
        on(9, **done, reached="接通", solved="解决"),
        on(9, **done, reached="接通"),
        on(9, **done, reached="未接通"),
        on(9, solved_at=hours(2)),
    ]
    s = summary(some)
    assert (s.solved, s.content, s.unreached) == (Rate(3, 4), Rate(2, 3), 1)


def test_nine_are_too_few_for_a_percentage() -> None:
    assert not Rate(9, 9).printed
    assert Rate(7, 10).printed
    assert (Rate(7, 10).exact, Rate(0, 0).exact) == (Fraction(7, 10), None)


def test_what_is_due_first_comes_first_and_what_has_no_limit_last() -> None:
    some = [
        on(2, id="a", urgency="复杂"),
        on(2, id="b", urgency="紧急"),
        on(2, id="c"),
        on(2, id="d", solved_at=hours(1)),
    ]
    bare = ticket(whistle("e"), Procedures(), date(2026, 6, 2))
    assert [t.id for t in running([bare, *some])] == ["b", "c", "a", "e"]


TIMES = st.none() | st.integers(0, 40 * 24 * 60).map(lambda m: BLOWN + timedelta(minutes=m))
ROWS = st.fixed_dictionaries(
    {
        "urgency": st.sampled_from(CLASSES),
        "department": st.sampled_from(["供电单位", "供水单位", "区综合执法部门"]),
        "limit": st.none() | st.integers(1, 500),
        "blown_at": st.integers(-20 * 24 * 60, 0).map(lambda m: BLOWN + timedelta(minutes=m)),
        "accepted_at": TIMES,
        "arrived_at": TIMES,
        "solved_at": TIMES,
        "called_back_at": TIMES,
        "reached": st.sampled_from(["接通", "未接通"]),
        "solved": st.none() | st.sampled_from(["解决", "未解决"]),
        "content": st.none() | st.sampled_from(["满意", "基本满意", "不满意"]),
    }
)
HOURS = {"紧急": (2, 2), "水电气暖": (24, 24), "一般": (24, 168), "复杂": (24, 360)}


def _by_hand(rows: list[dict[str, Any]], today: date) -> tuple[int, ...]:
    """The same counts, hour by hour, from the words of the rule alone."""
    begin = datetime(today.year, today.month, today.day)
    open_ = overdue = late = due = quick = yes = answered = glad = felt = 0
    for r in rows:
        known = {k: v if v and v < begin + timedelta(days=1) else None for k, v in r.items() if k.endswith("_at")}
        contact, solve = HOURS[r["urgency"]]
        end = r["blown_at"] + timedelta(hours=r["limit"] or solve)
        open_ += not known["solved_at"]
        is_overdue = not known["solved_at"] and end.date() < today
        overdue += is_overdue
        late += is_overdue or bool(known["solved_at"] and known["solved_at"] > end)
        until = r["blown_at"] + timedelta(hours=contact)
        signs = [known[k] for k in ("accepted_at", "arrived_at", "solved_at") if known[k]]
        due += until <= begin
        quick += until <= begin and bool(signs) and signs[0] <= until
        if known["called_back_at"] and r["reached"] == "接通":
            answered += r["solved"] is not None
            yes += r["solved"] == "解决"
            felt += r["content"] is not None
            glad += r["content"] in ("满意", "基本满意")
    return open_, overdue, late, quick, due, yes, answered, glad, felt


@given(st.lists(ROWS, max_size=12), st.integers(0, 45))
def test_the_counts_are_those_of_counting_by_hand(rows: list[dict[str, Any]], days: int) -> None:
    today = BLOWN.date() + timedelta(days)
    made = [row(Whistle, f"W-{n}", title="路灯", **r) for n, r in enumerate(rows)]
    found = tickets(records(made), PROCEDURES, COMMUNITY, today)
    s = summary(found)
    counted = (
        s.open,
        s.overdue,
        s.late,
        s.response.n,
        s.response.of,
        s.solved.n,
        s.solved.of,
        s.content.n,
        s.content.of,
    )
    assert counted == _by_hand(rows, today)
    for groups in (by_department(found), by_class(found)):
        assert sum(g.blown for g in groups) == s.blown == len(rows)
        assert sum(g.late for g in groups) == s.late
        assert sum(g.response.of for g in groups) == s.response.of
    assert [t.whistle.blown_at for t in found] == sorted((r["blown_at"] for r in rows), reverse=True)
