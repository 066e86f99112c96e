"""网格体验: who came along in numbers, what was suggested, and what became of each suggestion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..records import Records
from ..sheets.experiences import Experience
from ..sheets.grids import Grid
from ..sheets.suggestions import ADOPTED, PARTLY, Suggestion
from .fact import Fact
from .whistles import Rate

STATES = {ADOPTED: "adopted", PARTLY: "partly"}


@dataclass(frozen=True)
class Heard(Fact):
    """A suggestion on a day. ``state``: adopted, partly, refused, waiting. ``days``: until it was answered, or waited so far.

    ``done``: whether what was adopted has been done.
    """

    suggestion: Suggestion
    state: str
    days: int
    done: bool

    @property
    def taken(self) -> bool:
        return self.state in STATES.values()


@dataclass(frozen=True)
class Day(Fact):
    """One day with the grid's workers. ``heard``: its suggestions, in order; ``people``: how many came along.

    ``grid``: the grid's name, empty where its row is not shown.
    """

    experience: Experience
    heard: tuple[Heard, ...]
    people: int
    grid: str = ""

    @property
    def told_on(self) -> date | None:
        """The day of what was last answered or done, once there is any answer: what is told of it is no older."""
        days = [h.suggestion.answered_on for h in self.heard if h.state != "waiting"]
        days += [h.suggestion.done_on for h in self.heard if h.taken and h.done]
        return max((d for d in days if d), default=None)


@dataclass(frozen=True)
class Experiences(Fact):
    """All of a community: the latest first. ``ahead``: those to come. ``done``: of what was adopted, what has been done."""

    days: tuple[Day, ...]
    ahead: tuple[Experience, ...]
    people: int
    answered: Rate
    adopted: Rate
    done: Rate
    waiting: tuple[Heard, ...]


def people(row: Experience) -> int:
    """How many came along."""
    return sum(n or 0 for n in (row.delegates, row.members, row.volunteers))


def heard(row: Suggestion, since: date, today: date) -> Heard:
    """What became of a suggestion made on ``since``; an answer after ``today`` isn't known yet."""
    on = row.answered_on
    if row.answer is None or on is None or on > today:
        return Heard(row, "waiting", (today - since).days, False)
    done = row.done_on is not None and row.done_on <= today
    return Heard(row, STATES.get(row.answer, "refused"), (on - since).days, done)


def experiences(records: Records, community: str, today: date) -> Experiences | None:
    """The days and suggestions of a community on ``today``; None where none is on record."""
    rows = sorted(records.rows(community, Experience), key=lambda r: (r.on, r.id), reverse=True)
    if not rows:
        return None
    days = [_day(records, r, today) for r in rows if r.on <= today and people(r)]
    ahead = [r for r in rows[::-1] if r.on >= today and not people(r)]
    every = [h for d in days for h in d.heard]
    taken = [h for h in every if h.taken]
    answered = [h for h in every if h.state != "waiting"]
    return Experiences(
        tuple(days),
        tuple(ahead),
        sum(d.people for d in days),
        Rate(len(answered), len(every)),
        Rate(len(taken), len(answered)),
        Rate(sum(h.done for h in taken), len(taken)),
        tuple(sorted((h for h in every if h.state == "waiting"), key=lambda h: (-h.days, h.suggestion.id))),
    )


def _day(records: Records, row: Experience, today: date) -> Day:
    said = records.by(row.community, Suggestion, "experience", row.id)
    grid = records.get(row.community, Grid, row.grid)
    return Day(row, tuple(heard(s, row.on, today) for s in said), people(row), grid.name if grid else "")
