"""Publicity: where a period stands on a day, and what is said when its end can't be known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.calendar import DayKind, is_workday
from generator.facts.publicity import Period, State, days_left, state

WEEK = Period(date(2026, 6, 12), 7, DayKind.CALENDAR)  # the 19th is 端午节, so it ends on Monday the 22nd


@pytest.mark.parametrize(
    ("today", "where", "left"),
    [
        (date(2026, 6, 11), State.UPCOMING, None),
        (date(2026, 6, 12), State.RUNNING, 10),
        (date(2026, 6, 17), State.RUNNING, 5),
        (date(2026, 6, 19), State.RUNNING, 3),
        (date(2026, 6, 22), State.RUNNING, 0),
        (date(2026, 6, 23), State.OVER, None),
    ],
)
def test_a_week_over_a_holiday(today: date, where: State, left: int | None) -> None:
    assert WEEK.end == date(2026, 6, 22)
    assert WEEK.not_covered is None
    assert state(WEEK, today) is where
    assert days_left(WEEK, today) == left


@given(
    st.dates(date(2021, 1, 1), date(2026, 9, 1)),
    st.integers(1, 40),
    st.sampled_from(DayKind),
    st.integers(-10, 90),
)
def test_a_period_runs_from_its_posting_to_its_end(start: date, days: int, kind: DayKind, offset: int) -> None:
    period, today = Period(start, days, kind), start + timedelta(days=offset)
    assert period.end is not None
    assert is_workday(period.end)
    assert (state(period, today) is State.RUNNING) == (start <= today <= period.end)
    assert (days_left(period, today) is None) == (state(period, today) is not State.RUNNING)
    assert days_left(period, period.end) == 0


# 2003 has no arrangement and never will, so the case doesn't pass away when the package learns of a new year.
@pytest.mark.parametrize("kind", list(DayKind))
def test_an_end_that_cannot_be_known_is_said(kind: DayKind) -> None:
    period = Period(date(2003, 6, 2), 7, kind)
    assert period.end is None
    assert period.not_covered == 2003
    assert state(period, date(2003, 6, 1)) is State.UPCOMING
    assert state(period, date(2003, 6, 9)) is State.RUNNING, "whatever the holidays, seven days haven't passed"
    assert state(period, date(2003, 6, 10)) is State.UNKNOWN
    assert days_left(period, date(2003, 6, 5)) is None


def test_kinds_may_be_given_as_the_sheet_has_them() -> None:
    assert Period(date(2026, 6, 12), 5, "工作日").end == date(2026, 6, 22)


@pytest.mark.parametrize(("days", "kind"), [(0, "日历日"), (3, "天")])
def test_no_such_period(days: int, kind: str) -> None:
    with pytest.raises(ValueError, match=r"days|not a valid DayKind"):
        Period(date(2026, 6, 12), days, kind)
