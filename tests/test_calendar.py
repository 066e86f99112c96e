"""Days as the law counts them. The dates of holidays stand in the State Council's arrangements for 2025 and 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.calendar import DayKind, YearNotCovered, add_days, is_statutory_holiday, is_workday, last_day

COVERED = st.dates(date(2021, 1, 1), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 6, 17), True),  # a Wednesday
        (date(2026, 6, 20), False),  # a Saturday
        (date(2026, 6, 19), False),  # 端午节, a Friday
        (date(2026, 10, 1), False),
        (date(2026, 2, 14), True),  # a Saturday worked through for 春节
        (date(2025, 9, 28), True),  # a Sunday worked through for 国庆节
    ],
)
def test_workdays_follow_the_years_arrangement(day: date, works: bool) -> None:
    assert is_workday(day) is works
    assert is_statutory_holiday(day) is not works


@pytest.mark.parametrize(
    ("start", "days", "kind", "end"),
    [
        (date(2026, 6, 8), 7, DayKind.CALENDAR, date(2026, 6, 15)),
        (date(2026, 6, 12), 7, DayKind.CALENDAR, date(2026, 6, 22)),  # would end on 端午节: after the weekend
        (date(2026, 9, 24), 7, DayKind.CALENDAR, date(2026, 10, 8)),  # would end on 1 October: after the week
        (date(2026, 6, 13), 7, DayKind.CALENDAR, date(2026, 6, 22)),  # would end on a Saturday
        (date(2026, 2, 11), 3, DayKind.CALENDAR, date(2026, 2, 14)),  # a Saturday that is worked: no rolling
        (date(2026, 6, 12), 5, DayKind.WORKING, date(2026, 6, 22)),  # the 15th to 18th, then the 22nd
        (date(2026, 6, 15), 1, "工作日", date(2026, 6, 16)),
        (date(2026, 6, 20), 1, "工作日", date(2026, 6, 22)),
        (date(2026, 6, 8), 7, "日历日", date(2026, 6, 15)),
    ],
)
def test_last_day(start: date, days: int, kind: DayKind | str, end: date) -> None:
    assert last_day(start, days, kind) == end


@given(COVERED, st.integers(1, 60))
def test_a_calendar_period_rolls_forward_over_days_of_rest_only(start: date, days: int) -> None:
    end, nominal = last_day(start, days, DayKind.CALENDAR), start + timedelta(days=days)
    assert end >= nominal
    assert is_workday(end)
    assert not any(is_workday(nominal + timedelta(days=n)) for n in range((end - nominal).days))


@given(COVERED, st.integers(1, 40))
def test_a_period_of_working_days_has_that_many(start: date, days: int) -> None:
    end = last_day(start, days, DayKind.WORKING)
    after = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_workday(d) for d in after) == days
    assert is_workday(end)


@given(COVERED, st.integers(-400, 400))
def test_add_days_can_be_undone(start: date, days: int) -> None:
    assert add_days(add_days(start, days), -days) == start


@pytest.mark.parametrize("call", [is_workday, is_statutory_holiday])
def test_a_year_without_arrangement_is_said(call: object) -> None:
    with pytest.raises(YearNotCovered) as caught:
        call(date(2003, 6, 2))  # type: ignore[operator]
    assert caught.value.year == 2003


def test_a_period_that_runs_into_such_a_year_is_not_guessed() -> None:
    for kind in DayKind:
        with pytest.raises(YearNotCovered):
            last_day(date(2003, 6, 2), 7, kind)


@pytest.mark.parametrize(("days", "kind"), [(0, "日历日"), (-1, "工作日"), (7, "天")])
def test_no_such_period(days: int, kind: str) -> None:
    with pytest.raises(ValueError, match=r"days|not a valid DayKind"):
        last_day(date(2026, 6, 8), days, kind)
