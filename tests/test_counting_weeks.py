"""A private sheet counted by week: weeks that are over, each by itself, and a total only where it says nothing new."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import counting, privacy
from generator.facts import private_counts
from generator.privacy import CountTable
from generator.sheets import discover

SHEET = discover()["redemptions"]
TODAY = date(2026, 6, 17)  # a Wednesday


def count(days: list[date], today: date = TODAY, before: CountTable | None = None) -> CountTable:
    """Each row is another holder's."""
    rows = [{"on": day, "card": f"K-{n}"} for n, day in enumerate(days)]
    return counting.count(SHEET, "nanhua", rows, {}, today, before)


def days(numbers: list[int], today: date = TODAY) -> list[date]:
    """So many days in each of the last twelve weeks that are over, the oldest first."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=12 - n) for n, times in enumerate(numbers) for _ in range(times)]


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 6, 14), "2026-W12", "2026-W23"),  # Sunday: this week is not over
        (date(2026, 6, 15), "2026-W13", "2026-W24"),
        (date(2026, 1, 5), "2025-W42", "2026-W01"),  # 1 January lies in the first week of 2026
        (date(2027, 1, 4), "2026-W42", "2026-W53"),  # a year of 53 weeks
    ],
)
def test_the_last_twelve_weeks_that_are_over(today: date, first: str, last: str) -> None:
    found = counting.weeks(today)
    assert (found[0], found[-1], len(set(found))) == (first, last, 12)


def test_a_row_counts_in_its_own_week_and_not_before_that_is_over() -> None:
    some = [date(2026, 6, 8)] * 3 + [date(2026, 6, 14)] * 3 + [date(2026, 6, 15)] * 9 + [date(2026, 6, 7)] * 9
    table = count(some)
    assert table.cells["2026-W24",].shown == "6"
    assert table.cells["2026-W23",].shown == "9"
    assert ("2026-W25",) not in table.cells


def test_a_total_is_there_only_where_every_week_is() -> None:
    assert count(days([5] * 12)).cells["合计",].shown == "60"
    assert count(days([5] * 11 + [4])).cells["合计",].shown == "不列"
    assert count([]).cells["合计",].shown == "不列"


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_each_week_is_by_itself_and_the_file_is_read_back(numbers: list[int]) -> None:
    """No number under the limit stands anywhere, and what a reader may work out of the file is nothing that is hidden."""
    table = count(days(numbers))
    shown = [table.cells[label,].shown for label in table.labels[0]]
    assert shown == [str(n) if n >= 5 else "少于5" for n in numbers]
    again, problems = counting.read(counting.write(table), SHEET, "nanhua", "x.csv")
    assert problems == []
    assert again == table


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=13, max_size=13))
def test_two_tables_of_two_weeks_tell_no_hidden_number(numbers: list[int]) -> None:
    """Whatever the hidden ones are, both tables are the same: so nobody can tell them apart by both."""
    other = [n if n >= 5 else (n + 2) % 5 for n in numbers]
    later = TODAY + timedelta(days=7)
    for some in (numbers, other):
        assert all((a >= 5) == (b >= 5) for a, b in zip(some, numbers, strict=True))
    seen = []
    for some in (numbers, other):
        first = count(days(some[:12]))
        second = count([*days(some[:12]), *days([0] * 11 + [some[12]], later)], later, first)
        seen.append((counting.write(first), counting.write(second)))
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("label", "good"), [("2026-W24", True), ("2026-W00", False), ("2026-W54", False), ("2026-06", False), ("合计", True)]
)
def test_a_week_is_written_so(label: str, good: bool) -> None:
    raw = counting.write(count(days([5] * 12))).replace(b"2026-W24", label.encode())
    codes = {p.code for p in counting.read(raw, SHEET, "nanhua", "x.csv")[1]}
    assert ("count-label" not in codes) is good


def test_months_are_no_weeks() -> None:
    visits = discover()["visits"]
    made = counting.count(visits, "nanhua", [], {"grids": ("g1",)}, TODAY)
    assert "2026-05" in made.labels[1]


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("2026-W24", "2026年6月8日至14日"),
        ("2026-W27", "2026年6月29日至7月5日"),
        ("2026-W01", "2025年12月29日至2026年1月4日"),
        ("2026-05", "2026年5月"),
    ],
)
def test_a_week_in_words(label: str, says: str) -> None:
    assert private_counts.period(label) == says


def test_only_the_gate_makes_counts() -> None:
    with pytest.raises(TypeError):
        privacy.Count()
