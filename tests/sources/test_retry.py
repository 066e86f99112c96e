"""Trying again, with an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.retry import Patience, retry_after


@pytest.mark.parametrize(
    ("asked", "at", "seconds"),
    [
        ("7", "", 7.0),
        (" 7 ", "", 7.0),
        ("Wed, 21 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 30.0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:30 GMT", 0.0),
        ("Wed, 21 Oct 2026 07:28:30 GMT", "", 0.0),
        ("-5", "Wed, 21 Oct 2026 07:28:30 GMT", 0.0),
        ("soon", "now", 0.0),
        ("１２", "", 0.0),
        ("", "", 0.0),
        ("9" * 400, "", 999999999.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(asked: str, at: str, seconds: float) -> None:
    assert retry_after({"Retry-After": asked, "Date": at}) == seconds


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True), st.floats(0, 1e6))
def test_a_pause_is_bounded_and_never_less_than_asked(pauses: int, dice: float, after: float) -> None:
    patience = Patience(dice=lambda: dice, clock=lambda: 0.0)
    pause = patience.start().pause(pauses, after)
    assert after <= pause <= after + patience.most
    assert pause > 0
