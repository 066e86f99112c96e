"""What was promised by a day: whether it was kept in time, and how many of what has come due were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .fact import Fact
from .whistles import Rate


@dataclass(frozen=True)
class Due(Fact):
    """One promise as it stands on ``today``. A day it was done on that is still to come has not come."""

    due_on: date
    done_on: date | None
    today: date

    @property
    def done(self) -> bool:
        return self.done_on is not None and self.done_on <= self.today

    @property
    def late(self) -> int:
        """By how many days it was late, or is by now; the due day itself is in time."""
        end = self.done_on if self.done and self.done_on else self.today
        return max((end - self.due_on).days, 0)

    @property
    def state(self) -> str:
        """open, today, overdue, kept or late."""
        if self.done:
            return "late" if self.late else "kept"
        if self.late:
            return "overdue"
        return "today" if self.due_on == self.today else "open"

    @property
    def counts(self) -> bool:
        """Whether it is among those that can be judged: done, or its day is over."""
        return self.done or self.late > 0


def kept(some: Iterable[Due]) -> Rate:
    """Those done in time, of those done or past their day."""
    judged = [d for d in some if d.counts]
    return Rate(sum(d.state == "kept" for d in judged), len(judged))
