"""Publicity: where a period stands on a day, and what is said when its end can't be known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.calendar import DayKind, is_workday
from generator.facts.publicity import Period, Stand, State, days_left, stand, state

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


# --- by the arrangements as they were published ---------------------------------------------------------------------

# 国务院办公厅关于2025年、2026年部分节假日安排的通知: first and last day of each holiday, and the weekend days that are worked.
HOLIDAYS = [
    ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"), ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"), ("2025-05-31", "2025-06-02"), ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]  # fmt: skip
WORKED = [
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
]  # fmt: skip


def works(day: date) -> bool:
    said = day.isoformat()
    if said in WORKED:
        return True
    return day.weekday() < 5 and not any(first <= said <= last for first, last in HOLIDAYS)


@pytest.mark.parametrize(
    ("posted", "days", "kind", "end"),
    [
        ("2025-01-24", 7, "日历日", "2025-02-05"),  # would end in 春节
        ("2025-01-24", 5, "工作日", "2025-02-07"),  # Sunday the 26th is worked, then eight days are not
        ("2025-02-05", 3, "工作日", "2025-02-08"),  # ends on a Saturday that is worked
        ("2025-02-05", 3, "日历日", "2025-02-08"),  # which no period has to roll over either
        ("2025-09-24", 7, "日历日", "2025-10-09"),  # 国庆 and 中秋 together
        ("2025-09-26", 5, "工作日", "2025-10-10"),
        ("2025-10-09", 2, "工作日", "2025-10-11"),
        ("2025-12-30", 3, "日历日", "2026-01-04"),  # over the turn of the year, to a Sunday that is worked
        ("2025-12-31", 1, "日历日", "2026-01-04"),
        ("2026-02-08", 7, "日历日", "2026-02-24"),  # would end on the first of nine days of 春节
        ("2026-02-11", 5, "工作日", "2026-02-25"),
        ("2026-02-21", 3, "日历日", "2026-02-24"),  # posted in the holiday: its days count, only the last may not be one
        ("2026-04-30", 3, "日历日", "2026-05-06"),
        ("2026-04-30", 5, "工作日", "2026-05-11"),
        ("2026-09-18", 1, "工作日", "2026-09-20"),
        ("2026-09-20", 15, "日历日", "2026-10-08"),
        ("2026-09-24", 7, "日历日", "2026-10-08"),
        ("2026-10-08", 2, "工作日", "2026-10-10"),
        ("2026-03-02", 15, "日历日", "2026-03-17"),  # no holiday in the way
        ("2026-03-06", 1, "日历日", "2026-03-09"),  # Saturday, so Monday
    ],
)
def test_real_days(posted: str, days: int, kind: str, end: str) -> None:
    period = Period(date.fromisoformat(posted), days, kind)
    last = date.fromisoformat(end)
    assert period.end == last
    assert (state(period, last), days_left(period, last)) == (State.RUNNING, 0)
    assert state(period, last + timedelta(days=1)) is State.OVER


def counted_by_hand(start: date, days: int, kind: DayKind) -> date:
    """Cross off day after day on the wall calendar: §201 leaves out the first, §203 never ends on a day of rest."""
    day, left = start, days
    while left:
        day += timedelta(days=1)
        if kind is DayKind.CALENDAR or works(day):
            left -= 1
    while not works(day):
        day += timedelta(days=1)
    return day


@given(
    st.dates(date(2025, 1, 1), date(2026, 9, 15)),
    st.integers(1, 40),
    st.sampled_from(DayKind),
    st.integers(-5, 90),
)
def test_as_crossed_off_on_a_wall_calendar(start: date, days: int, kind: DayKind, offset: int) -> None:
    period, today, end = Period(start, days, kind), start + timedelta(days=offset), counted_by_hand(start, days, kind)
    assert period.end == end
    expected = State.UPCOMING if today < start else State.RUNNING if today <= end else State.OVER
    assert state(period, today) is expected
    assert days_left(period, today) == (len(range(today.toordinal(), end.toordinal())) if start <= today <= end else None)


@given(st.dates(date(2025, 1, 1), date(2027, 3, 1)), st.integers(1, 40), st.sampled_from(DayKind), st.integers(-5, 90))
def test_what_many_share_is_what_each_would_come_to(start: date, days: int, kind: DayKind, offset: int) -> None:
    period, today = Period(start, days, kind), start + timedelta(days=offset)
    assert stand(start, days, kind, today) == Stand(period, state(period, today), days_left(period, today))


def test_every_period_of_two_years_by_both_ways() -> None:
    for offset in range(620):
        start = date(2025, 1, 1) + timedelta(days=offset)
        for days, kind in ((3, DayKind.CALENDAR), (7, DayKind.CALENDAR), (15, DayKind.CALENDAR), (5, DayKind.WORKING)):
            assert Period(start, days, kind).end == counted_by_hand(start, days, kind), (start, days, kind)
