"""The arithmetic of the little red flower cards: exact, and of numbers and days alone.

Of what is in doubt the more is taken for the holder, so that a balance said to be below zero is so for sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Change:
    """Points that a card got (``points`` above 0) or gave (below 0) on a day.

    ``on``: None where the day is not known. ``sure``: whether it counts as it stands. ``most``: what it may add at most
    where it is not sure; 0 for what may take nothing.
    """

    on: date | None
    points: int
    sure: bool = True
    most: int = 0


def balance(changes: Iterable[Change]) -> int:
    """What is left on a card, by what counts."""
    return sum(c.points for c in changes if c.sure)


def running(changes: Iterable[Change]) -> list[tuple[Change, int]]:
    """What counts, in the order of days, what was got before what was given on each, with what was left after it."""
    found, left = [], 0
    for change in sorted((c for c in changes if c.sure and c.on), key=lambda c: (c.on or date.min, c.points < 0)):
        left += change.points
        found.append((change, left))
    return found


def below(changes: Iterable[Change]) -> date | None:
    """The first day at whose end a card had given more than it had, whatever of the doubtful is true; None without one."""
    some = list(changes)
    sure = [(c.on, c.points) for c in some if c.sure and c.on is not None]
    doubtful = [(c.on, c.most) for c in some if not c.sure and c.most > 0]
    for day in sorted({on for on, points in sure if points < 0}):
        has = sum(points for on, points in sure if on <= day)
        may = sum(most for on, most in doubtful if on is None or on <= day)
        if has + may < 0:
            return day
    return None
