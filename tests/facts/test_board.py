"""The board on a day: what is newly hung, what goes on hanging, what comes down, whatever the holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import calendar
from generator.facts import board as the_board
from generator.facts.board import (
    FORGOTTEN,
    FRESH,
    Hang,
    Term,
    board,
    last_worked,
    while_corrected,
    while_either,
    while_news,
)
from generator.facts.postings import Befell, Posting, Run
from generator.facts.publicity import Period, Stand, days_left, state

WEDNESDAY = date(2026, 6, 17)
MONDAY = date(2026, 6, 15)
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Sheet:
    title: str
    hang: Hang | None


def hung(since: date, until: date | None, **more: Any) -> Sheet:
    return Sheet(f"{since}–{until}", Hang(since, until, Term.PERIOD, **more))


def posting(start: date, days: int, today: date, *broken: date) -> Posting:
    """A publicity that corrections on those days began again."""
    periods = [Period(d, days, "日历日") for d in (start, *broken)]
    runs = tuple(Run(p, on, SimpleNamespace()) for p, on in zip(periods, broken, strict=False))  # type: ignore[arg-type]
    last = periods[-1]
    stand = Stand(last, state(last, today), days_left(last, today))
    return Posting("step", SimpleNamespace(), stand, Befell(runs))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (WEDNESDAY, date(2026, 6, 16)),
        (MONDAY, date(2026, 6, 12)),
        (date(2026, 6, 14), date(2026, 6, 12)),
        (date(2026, 6, 22), date(2026, 6, 18)),  # 端午 is the Friday before
        (date(2026, 10, 8), date(2026, 9, 30)),
        (date(2026, 2, 24), date(2026, 2, 14)),  # a Saturday that is worked for 春节
    ],
)
def test_the_last_working_day_is_the_calendars(day: date, last: date) -> None:
    assert last_worked(day) == last


def test_where_the_holidays_are_not_known_monday_to_friday_are_worked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(day: date) -> bool:
        raise calendar.YearNotCovered(day.year)

    monkeypatch.setattr(the_board, "is_workday", unknown)
    assert last_worked(date(2031, 1, 6)) == date(2031, 1, 3)


def test_what_was_hung_since_the_last_working_day_is_new_and_what_ended_since_comes_down() -> None:
    friday = date(2026, 6, 12)
    new = [hung(d, date(2026, 6, 30)) for d in (friday, friday + ONE, MONDAY)]
    kept = [hung(friday - ONE, MONDAY), hung(date(2026, 6, 1), None)]
    over = [hung(date(2026, 6, 1), d) for d in (friday, friday + 2 * ONE)]
    forgotten = [hung(date(2026, 5, 1), friday - ONE), hung(date(2026, 5, 1), friday - FORGOTTEN)]
    none = [hung(MONDAY + ONE, date(2026, 6, 30)), hung(date(2026, 5, 1), friday - FORGOTTEN - ONE), Sheet("名册", None)]
    found = board([*none, *forgotten, *over, *kept, *new], MONDAY)
    assert (found.after, set(found.new), set(found.kept)) == (friday, set(new), set(kept))
    assert (set(found.over), set(found.forgotten)) == (set(over), set(forgotten))
    assert found.kept == tuple(kept)  # that which ends first comes first
    assert found.down == 2


def test_the_sheet_whose_place_a_new_one_takes_comes_down_too() -> None:
    again = hung(WEDNESDAY, date(2026, 6, 24), instead=date(2026, 6, 10))
    assert board([again], WEDNESDAY).replaced == (again,)
    assert board([again], WEDNESDAY).down == 1
    assert board([again], date(2026, 6, 22)).replaced == ()


@given(st.lists(st.tuples(st.integers(-60, 60), st.integers(0, 40)), max_size=8), st.integers(0, 250))
def test_each_sheet_is_told_of_once_and_whoever_comes_each_day_takes_each_down(
    spans: list[tuple[int, int]], ahead: int
) -> None:
    today = date(2026, 1, 5) + timedelta(ahead)
    starts = [(today + timedelta(since), days) for since, days in spans]
    sheets = [Sheet(str(n), Hang(d, d + timedelta(days), Term.PERIOD)) for n, (d, days) in enumerate(starts)]
    found = board(sheets, today)
    told = [*found.new, *found.kept, *found.over, *found.forgotten]
    assert len(told) == len(set(told))
    assert {s for s in sheets if s.hang and s.hang.on(today)} == {*found.new, *found.kept}
    for sheet in sheets:
        assert sheet.hang
        assert sheet.hang.until
        days = [sheet.hang.until + n * ONE for n in range(1, 12)]
        assert any(sheet in board([sheet], d).over for d in days if calendar.is_workday(d))


# --- how long each hangs -------------------------------------------------------------------------------------------


def test_what_is_only_news_hangs_for_the_advised_week() -> None:
    hang = while_news(WEDNESDAY)
    assert (hang.since, hang.until, hang.term) == (WEDNESDAY, WEDNESDAY + FRESH, Term.ADVISED)


def test_a_resolution_hangs_as_news_then_by_its_period_and_longer_where_that_is_short() -> None:
    passed, start = WEDNESDAY, WEDNESDAY + 2 * ONE
    before = while_either(passed, posting(start, 7, passed), passed)
    assert (before.since, before.term) == (passed, Term.ADVISED)
    running = while_either(passed, posting(start, 7, start), start)
    assert (running.since, running.until, running.term) == (start, date(2026, 6, 26), Term.PERIOD)
    short = posting(start, 1, start)
    assert while_either(passed, short, start).term is Term.PERIOD
    over = short.period.end
    assert over
    assert over < passed + FRESH
    after = while_either(passed, posting(start, 1, over + ONE), over + ONE)
    assert (after.since, after.until, after.term) == (start, passed + FRESH, Term.ADVISED)


def test_a_correction_hangs_while_the_period_it_began_runs_and_no_longer_than_that_stands() -> None:
    first = date(2026, 6, 1)
    on, second = date(2026, 6, 3), date(2026, 6, 15)
    begun = Period(on, 15, "日历日")
    assert while_corrected(on, None, None) == while_news(on)
    assert while_corrected(on, begun, posting(first, 15, on, on)) == Hang(on, date(2026, 6, 18), Term.PERIOD)
    overtaken = while_corrected(on, begun, posting(first, 15, second, on, second))
    assert overtaken == Hang(on, second - ONE, Term.PERIOD)
    brief = Period(on, 2, "日历日")
    assert while_corrected(on, brief, posting(first, 2, on, on)) == while_news(on)
