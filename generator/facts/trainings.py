"""Trainings: what is to come, what was learned, and how many of those called came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..sheets.trainings import Training
from ..sheets.units import Unit
from .fact import Fact
from .teams import span

if TYPE_CHECKING:
    from .whole import Whole

OUTSIDE = "社会组织"


@dataclass(frozen=True)
class Lesson(Fact):
    """One training with the name of who gives it; ``outside``: whether that is a social organisation, a third party."""

    row: Training
    giver: str
    outside: bool

    @property
    def on(self) -> date:
        return self.row.on


@dataclass(frozen=True)
class Year(Fact):
    """The trainings of a year that are over, newest first; cancelled ones are not among them."""

    year: int
    lessons: tuple[Lesson, ...]

    @property
    def counted(self) -> tuple[Lesson, ...]:
        """Those of which both are known, how many were called and how many came."""
        return tuple(x for x in self.lessons if x.row.called is not None and x.row.came is not None)

    @property
    def called(self) -> int:
        return sum(x.row.called or 0 for x in self.counted)

    @property
    def came(self) -> int:
        return sum(x.row.came or 0 for x in self.counted)

    @property
    def outside(self) -> int:
        return sum(x.outside for x in self.lessons)


@dataclass(frozen=True)
class Trainings(Fact):
    """``coming``: today's and later ones, the next first; ``years``: the newest first; ``cancelled``: past days' alone."""

    coming: tuple[Lesson, ...]
    years: tuple[Year, ...]
    cancelled: tuple[Lesson, ...]


def _lesson(whole: Whole, community: str, row: Training) -> Lesson:
    unit = whole.records.get(community, Unit, row.giver)
    return Lesson(row, (unit.name if unit else row.other) or "", unit is not None and unit.kind == OUTSIDE)


def trainings(whole: Whole, community: str) -> Trainings | None:
    """The trainings of a community on the day of ``whole``; None where it has none."""
    rows = sorted(whole.records.rows(community, Training), key=lambda r: (r.on, span(r.time) or (0, 0), r.id))
    if not rows:
        return None
    lessons = [_lesson(whole, community, r) for r in rows]
    past = [x for x in reversed(lessons) if x.on < whole.today]
    held = [x for x in past if not x.row.cancelled]
    years = sorted({x.on.year for x in held}, reverse=True)
    return Trainings(
        tuple(x for x in lessons if x.on >= whole.today),
        tuple(Year(y, tuple(x for x in held if x.on.year == y)) for y in years),
        tuple(x for x in past if x.row.cancelled),
    )
