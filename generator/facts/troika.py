"""三驾马车: whether the three of a compound met as often as they said they would, and kept what they promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.compounds import Compound
from ..sheets.meetings import Meeting
from ..sheets.promises import Promise
from ..sheets.troikas import Troika
from ..sheets.units import Unit
from .due import Due, kept
from .fact import Fact
from .rhythm import span
from .whistles import Rate
from .whole import Whole

MEETING = "三方联席会"
PARTIES = ("committee", "owners", "firm")  # the columns of 三驾马车
LEADERS = {"committee": "居委会主任", "owners": "业委会主任", "firm": "物业项目经理"}


@dataclass(frozen=True)
class Word(Fact):
    """A promise and how it stands."""

    promise: Promise
    unit: Unit
    meeting: Meeting | None
    due: Due


@dataclass(frozen=True)
class Party(Fact):
    """One of the three: the body, who leads it, and how many of its promises that have come due it kept in time."""

    column: str
    unit: Unit
    leaders: tuple[tuple[str, str, str], ...]
    kept: Rate
    overdue: int


@dataclass(frozen=True)
class Turn(Fact):
    """A period of the rhythm, both days included. ``state``: held, open or missing (not on record)."""

    first: date
    last: date
    held: tuple[Meeting, ...]
    state: str


@dataclass(frozen=True)
class Team(Fact):
    """The three of one compound on a day. ``turns`` and ``words``: the latest first."""

    troika: Troika
    compound: Compound
    today: date
    parties: tuple[Party, ...]
    turns: tuple[Turn, ...]
    words: tuple[Word, ...]

    @property
    def open(self) -> tuple[Word, ...]:
        """What is still to be kept, the first due first."""
        found = [w for w in self.words if not w.due.done]
        return tuple(sorted(found, key=lambda w: (w.promise.due_on, w.promise.id)))

    @property
    def done(self) -> tuple[Word, ...]:
        """What was kept, late or not, the latest first."""
        found = [w for w in self.words if w.due.done]
        return tuple(sorted(found, key=lambda w: (w.promise.done_on, w.promise.id), reverse=True))

    @property
    def overdue(self) -> int:
        return sum(w.due.state == "overdue" for w in self.words)

    @property
    def kept(self) -> Rate:
        return kept(w.due for w in self.words)

    @property
    def met(self) -> Rate:
        """The periods with a meeting, of those that are over or have one already."""
        judged = [t for t in self.turns if t.state != "open"]
        return Rate(sum(t.state == "held" for t in judged), len(judged))

    @property
    def last(self) -> Meeting | None:
        """The latest meeting."""
        return next((m for t in self.turns for m in t.held), None)

    @property
    def recent(self) -> tuple[Word, ...]:
        """What was kept since the meeting before the last: what a paper after the last one tells of."""
        held = [m for t in self.turns for m in t.held]
        since = held[1].on if len(held) > 1 else date.min
        return tuple(w for w in self.done if w.promise.done_on and w.promise.done_on >= since)

    @property
    def changed(self) -> date:
        """The day of the last thing that there is to tell."""
        days = [d for w in self.words for d in (w.promise.made_on, w.promise.done_on) if d and d <= self.today]
        days += [w.promise.due_on + timedelta(days=1) for w in self.words if w.due.state == "overdue"]
        days += [m.on for t in self.turns for m in t.held]
        return max(days, default=self.troika.since)


def teams(whole: Whole, community: str) -> tuple[Team, ...] | None:
    """The 三驾马车 of a community that have begun by the day; None where there are none."""
    found = []
    for row in whole.records.rows(community, Troika):
        compound = whole.records.get(community, Compound, row.compound)
        if compound is not None and row.since <= whole.today:
            found.append(_team(whole, row, compound))
    return tuple(found) or None


def _team(whole: Whole, row: Troika, compound: Compound) -> Team:
    words = _words(whole, row)
    return Team(row, compound, whole.today, tuple(_parties(whole, row, words)), _turns(whole, row), words)


def _words(whole: Whole, row: Troika) -> tuple[Word, ...]:
    found = []
    for promise in whole.records.by(row.community, Promise, "troika", row.id):
        unit = whole.records.get(row.community, Unit, promise.unit)
        if unit is not None and promise.made_on <= whole.today:
            meeting = whole.records.get(row.community, Meeting, promise.meeting)
            found.append(Word(promise, unit, meeting, Due(promise.due_on, promise.done_on, whole.today)))
    return tuple(sorted(found, key=lambda w: (w.promise.made_on, w.promise.id), reverse=True))


def _parties(whole: Whole, row: Troika, words: tuple[Word, ...]) -> list[Party]:
    found = []
    for column in PARTIES:
        unit = whole.records.get(row.community, Unit, getattr(row, column))
        if unit is not None:
            posts = [p for p in whole.posts[row.community] if p.unit is unit and p.duty.duty == LEADERS[column]]
            leaders = tuple((p.duty.duty, p.label, p.person.work_phone or "") for p in posts)
            own = [w.due for w in words if w.unit is unit]
            found.append(Party(column, unit, leaders, kept(own), sum(d.state == "overdue" for d in own)))
    return found


def _turns(whole: Whole, row: Troika) -> tuple[Turn, ...]:
    """The periods since the beginning; the first may have begun before it, and is judged only when something was held."""
    meetings = [
        m
        for m in whole.records.by(row.community, Meeting, "kind", MEETING)
        if m.compound == row.compound and row.since <= m.on <= whole.today
    ]
    found = []
    at = span(row.since, row.months)
    while at[0] <= whole.today:
        held = tuple(sorted((m for m in meetings if at[0] <= m.on <= at[1]), key=lambda m: m.on, reverse=True))
        state = "held" if held else "open" if whole.today <= at[1] else "missing"
        if held or at[0] >= row.since:
            found.append(Turn(*at, held, state))
        at = span(at[1] + timedelta(days=1), row.months)
    return tuple(found[::-1])
