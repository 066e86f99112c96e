"""The arithmetic of a card: its balance, the first day on which nothing can save it, the lines of its statement."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generator.sync.accounts import Change, balance, below, running

DAYS = st.integers(1, 8).map(lambda n: date(2026, 6, n))
CHANGES = st.lists(
    st.builds(
        Change,
        st.one_of(st.none(), DAYS),
        st.integers(-12, 12),
        st.booleans(),
        st.integers(0, 12),
    ),
    max_size=12,
).map(lambda some: [c for c in some if not (c.sure and c.on is None)])


@given(CHANGES)
def test_below_is_the_first_day_whose_balance_cannot_be_saved(some: list[Change]) -> None:
    """Held against counting each day by itself."""
    found = None
    for n in range(1, 9):
        day = date(2026, 6, n)
        most = 0
        for c in some:
            if c.sure and c.on is not None and c.on <= day:
                most += c.points
            if not c.sure and c.most > 0 and (c.on is None or c.on <= day):
                most += c.most
        if most < 0:
            found = day
            break
    assert below(some) == found


@given(CHANGES)
def test_a_statement_ends_with_the_balance_and_leaves_no_line_out(some: list[Change]) -> None:
    lines = running(some)
    assert sum(c.points for c, _ in lines) == balance(some) == (lines[-1][1] if lines else 0)
    assert [c.on for c, _ in lines] == sorted(c.on for c in some if c.sure and c.on)
    for (one, _), (other, left) in pairwise(lines):
        assert one.on is not None
        assert other.on is not None
        assert one.on < other.on or (one.points >= 0 or other.points < 0), left


@given(CHANGES)
def test_only_what_is_given_can_bring_a_card_below(some: list[Change]) -> None:
    day = below(some)
    assert day is None or any(c.sure and c.points < 0 and c.on == day for c in some)
