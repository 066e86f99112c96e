"""What was promised by a day: kept, late, overdue, and how many of those that have come due were kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.due import Due, kept

TODAY = date(2026, 6, 17)
DAYS = st.dates(date(2024, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("due_on", "done_on", "state", "late"),
    [
        (date(2026, 6, 18), None, "open", 0),
        (TODAY, None, "today", 0),
        (date(2026, 6, 16), None, "overdue", 1),
        (date(2026, 6, 1), date(2026, 6, 1), "kept", 0),
        (date(2026, 6, 1), date(2026, 6, 4), "late", 3),
        (date(2026, 6, 30), date(2026, 6, 18), "open", 0),  # done on a day that is still to come is not done
        (date(2026, 6, 1), date(2026, 6, 18), "overdue", 16),
    ],
)
def test_how_a_promise_stands(due_on: date, done_on: date | None, state: str, late: int) -> None:
    found = Due(due_on, done_on, TODAY)
    assert (found.state, found.late) == (state, late)


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=20), DAYS)
def test_what_counts_is_what_is_done_or_past_its_day_and_kept_is_a_part_of_it(
    some: list[tuple[date, date | None]], today: date
) -> None:
    found = [Due(due, done, today) for due, done in some]
    rate = kept(found)
    assert rate.n == sum(done is not None and done <= min(due, today) for due, done in some)
    assert rate.of - rate.n == sum(
        (done if done is not None and done <= today else today) > due for due, done in some
    )  # late, or late by now
    assert len(found) - rate.of == sum(d.state in ("open", "today") for d in found)


@given(DAYS, DAYS)
def test_an_open_promise_is_overdue_from_the_day_after(due: date, today: date) -> None:
    assert (Due(due, None, today).state == "overdue") == (today >= due + timedelta(days=1))
