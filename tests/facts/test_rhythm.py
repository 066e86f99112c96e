"""Whether meetings were held in their rhythm: by calendar periods, from the day that can be judged on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.rhythm import Beat, beats, span
from generator.facts.whole import Whole, whole
from generator.procedures import load
from generator.records import Records, Withheld
from generator.sheets.communities import Community
from generator.sheets.meetings import Meeting
from tests.rows import COMMUNITY, records, row

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
TODAY = date(2027, 2, 10)


def held(*days: tuple[int, int, int], kind: str = "居民代表会议", called: int = 45, present: int = 30) -> list[Meeting]:
    """Meetings on these days, ``present`` of ``called`` there (30 of 45 is just two thirds)."""
    given = {"title": "会", "kind": kind, "called": called, "present": present}
    return [row(Meeting, f"{kind}{n}{day}", on=date(*day), **given) for n, day in enumerate(days)]


def seen(rows: Iterable[Meeting], today: date = TODAY, **more: object) -> Whole:
    found = records([row(Community, COMMUNITY, name="西园社区"), *rows])
    return whole(Records(found.district, found.tables, **more), RULES, today)  # type: ignore[arg-type]


def one(some: tuple[Beat, ...]) -> Beat:
    assert len(some) == 1
    return some[0]


def turns(of: Whole, kind: str = "居民代表会议") -> list[tuple[str, str]]:
    return [(str(t.first), t.state) for t in one(beats(of, kind)).turns]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_a_day_lies_in_one_period_and_periods_follow_each_other(day: date, months: int) -> None:
    first, last = span(day, months)
    assert first <= day <= last
    assert first.day == 1
    assert (last + timedelta(days=1)).day == 1
    assert span(last, months) == (first, last)
    assert span(last + timedelta(days=1), months)[0] == last + timedelta(days=1)
    if 12 % months == 0:
        assert (first.month - 1) % months == 0


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 6, 30), 6, (date(2026, 1, 1), date(2026, 6, 30))),
        (date(2026, 7, 1), 6, (date(2026, 7, 1), date(2026, 12, 31))),
        (date(2024, 2, 29), 1, (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2026, 12, 31), 12, (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_periods_are_those_of_the_calendar(day: date, months: int, expected: tuple[date, date]) -> None:
    assert span(day, months) == expected


def test_half_years_held_missing_and_still_open() -> None:
    assert turns(seen(held((2026, 3, 6)))) == [
        ("2027-01-01", "open"),
        ("2026-07-01", "missing"),
        ("2026-01-01", "held"),
    ]


def test_the_last_day_of_a_period_is_in_it() -> None:
    assert turns(seen(held((2026, 6, 30), (2026, 12, 31))))[1:] == [("2026-07-01", "held"), ("2026-01-01", "held")]


def test_a_meeting_that_too_few_came_to_does_not_count_and_is_told() -> None:
    found = one(beats(seen(held((2026, 3, 6), present=29)), "居民代表会议"))
    assert [t.state for t in found.turns] == ["open", "missing"]  # the first period began before the first record
    after = one(beats(seen([*held((2026, 1, 1)), *held((2026, 8, 3), present=29)]), "居民代表会议"))
    assert [(t.state, len(t.held), len(t.short)) for t in after.turns] == [
        ("open", 0, 0),
        ("missing", 0, 1),
        ("held", 1, 0),
    ]
    assert (after.kept, len(after.over)) == (1, 2)


def test_meetings_under_the_old_law_are_not_judged_by_the_new_rhythm() -> None:
    old = seen(held((2025, 3, 6)), date(2025, 12, 31))
    assert beats(old, "居民代表会议") == ()
    assert turns(seen(held((2025, 3, 6)), date(2026, 7, 1))) == [("2026-07-01", "open"), ("2026-01-01", "missing")]


def test_a_community_is_judged_from_its_first_record() -> None:
    other = held((2026, 9, 1), kind="议事协商会")
    assert turns(seen(other)) == [("2027-01-01", "open")]
    assert turns(seen([*other, *held((2026, 11, 2))])) == [("2027-01-01", "open"), ("2026-07-01", "held")]


def test_a_meeting_to_come_is_not_held() -> None:
    assert turns(seen(held((2026, 1, 5), (2027, 2, 11))))[0] == ("2027-01-01", "open")
    assert turns(seen(held((2026, 1, 5), (2027, 2, 10))))[0] == ("2027-01-01", "held")


def test_nothing_on_record_is_nothing_to_judge() -> None:
    assert turns(seen([])) == []


def test_a_custom_begins_with_the_first_time_it_is_on_record() -> None:
    days = held((2026, 11, 20), (2027, 1, 8), kind="民主议政日", present=1)
    assert turns(seen([*days, *held((2026, 1, 5))]), "民主议政日") == [
        ("2027-02-01", "open"),
        ("2027-01-01", "held"),
        ("2026-12-01", "missing"),
        ("2026-11-01", "held"),
    ]
    assert turns(seen(held((2026, 1, 5))), "民主议政日") == []


def test_rows_that_are_looked_into_are_told() -> None:
    """A row that waits may be the meeting that is missed."""
    held_back = (Withheld(COMMUNITY, "meetings", "M9", row(Meeting, "M9").place),)
    elsewhere = (Withheld("dongyuan", "meetings", "M9", row(Meeting, "M9").place),)
    assert one(beats(seen(held((2026, 1, 5)), withheld=held_back), "居民代表会议")).withheld == 1
    assert one(beats(seen(held((2026, 1, 5)), withheld=elsewhere), "居民代表会议")).withheld == 0


def test_all_rhythms_in_force_are_found() -> None:
    assert sorted(b.kind for b in beats(seen([]))) == ["居民代表会议", "民主议政日"]
