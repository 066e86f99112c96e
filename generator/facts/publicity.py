"""Publicity (公示): from which day to which day something is shown, and how much of that is left.

When a period ends is decided by dates alone; nobody closes one by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from ..calendar import DayKind, YearNotCovered, add_days, last_day

LONGEST = 366  # days; more is a slip


class State(StrEnum):
    """Where a publicity stands on a day.

    ``UNKNOWN``: its end lies in a year whose holidays aren't known yet. ``OBJECTED``: its days are over, and an objection
    made in time has no answer; ``state``, which knows dates alone, never says so.
    """

    UPCOMING = "upcoming"
    RUNNING = "running"
    OVER = "over"
    OBJECTED = "objected"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Period:
    """A period of publicity: the day it was posted, how many days, and of which kind (``日历日`` | ``工作日``).

    Raises ``ValueError`` for fewer than one day or another kind.
    """

    start: date
    days: int
    kind: DayKind | str

    def __post_init__(self) -> None:
        DayKind(self.kind)
        if self.days < 1:
            raise ValueError(f"a publicity of {self.days} days")

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.start, self.days, self.kind))

    @cached_property
    def _end(self) -> date | YearNotCovered:
        try:
            return last_day(self.start, self.days, self.kind)
        except YearNotCovered as gap:
            return gap

    @property
    def end(self) -> date | None:
        """The last day, included; None when it can't be known yet (then ``not_covered`` says why)."""
        return self._end if isinstance(self._end, date) else None

    @property
    def not_covered(self) -> int | None:
        """The year whose holiday arrangement is missing, where the end depends on it."""
        return self._end.year if isinstance(self._end, YearNotCovered) else None

    @property
    def at_least_until(self) -> date:
        """A day on which the period surely still runs: holidays can only make it longer."""
        return self.end or add_days(self.start, self.days)


def state(period: Period, today: date) -> State:
    """Where the period stands on ``today``; on the day of posting and on the last day it runs."""
    if today < period.start:
        return State.UPCOMING
    if today <= period.at_least_until:
        return State.RUNNING
    return State.OVER if period.end else State.UNKNOWN


def days_left(period: Period, today: date) -> int | None:
    """Calendar days from ``today`` to the last day of a running period: 0 on the last day itself.

    None when it isn't running, or its end isn't known.
    """
    end = period.end
    return (end - today).days if end is not None and period.start <= today <= end else None


@dataclass(frozen=True, slots=True)
class Stand:
    """A period, and where it stands on a day."""

    period: Period
    state: State
    days_left: int | None


@lru_cache(maxsize=65536)
def stand(start: date, days: int, kind: str, today: date) -> Stand:
    """The period of these three on ``today``, one and the same for all who ask: many are posted alike.

    Raises as :class:`Period`.
    """
    given = Period(start, days, kind)
    return Stand(given, state(given, today), days_left(given, today))
