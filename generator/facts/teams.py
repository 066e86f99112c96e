"""Teams of volunteers and circles of neighbours: who leads them, when they usually meet, and what they do this week."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..sheets.activities import Activity
from ..sheets.teams import Team
from .fact import Fact

if TYPE_CHECKING:
    from .whole import Whole

LEADS = "志愿服务队队长"
SHIFTS = (("last", -7), ("this", 0), ("next", 7))
_CLOCK = r"(\d{1,2})[:：](\d{2})"
_SPAN = re.compile(rf"\s*{_CLOCK}\s*[—–~～至到-]+\s*{_CLOCK}\s*", re.ASCII)


@dataclass(frozen=True)
class Event(Fact):
    """One activity of a team. ``leads``: how those who lead it are called."""

    row: Activity
    team: Team
    leads: tuple[str, ...]

    @property
    def on(self) -> date:
        return self.row.on

    @property
    def where(self) -> str:
        """Where it is: where it says, else where the team usually meets."""
        return self.row.place_name or self.team.place_name or ""

    @property
    def whom(self) -> str:
        return self.row.whom or self.team.whom or ""


@dataclass(frozen=True)
class Crew(Fact):
    """A team. ``leads``: those who lead it today; ``coming``: from today on; ``held``: what is over and was not cancelled."""

    row: Team
    leads: tuple[str, ...]
    coming: tuple[Event, ...]
    held: tuple[Event, ...]

    @property
    def next(self) -> Event | None:
        """The next activity that was not cancelled."""
        return next((e for e in self.coming if not e.row.cancelled), None)

    @property
    def counted(self) -> int:
        """Of how many of those held it is known how many came."""
        return sum(e.row.came is not None for e in self.held)

    @property
    def came(self) -> int:
        """How often somebody came, over those that were counted."""
        return sum(e.row.came or 0 for e in self.held)


@dataclass(frozen=True)
class Week(Fact):
    """A week from Monday to Sunday. ``silent``: the teams that usually meet, of which it has nothing written."""

    first: date
    events: tuple[Event, ...]
    silent: tuple[Team, ...]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def cancelled(self) -> int:
        return sum(e.row.cancelled is not None for e in self.events)


@dataclass(frozen=True)
class Teams(Fact):
    """The teams of a community on a day. ``weeks``: those called ``last``, ``this``, ``next``; ``later``: after these.

    ``year``: what was held in the year of ``today`` up to yesterday, newest first.
    """

    today: date
    crews: tuple[Crew, ...]
    weeks: Mapping[str, Week]
    later: tuple[Event, ...]
    year: tuple[Event, ...]

    @property
    def counted(self) -> tuple[Event, ...]:
        """Those of the year of which it is known how many came."""
        return tuple(e for e in self.year if e.row.came is not None)

    @property
    def came(self) -> int:
        return sum(e.row.came or 0 for e in self.counted)


def span(text: str | None) -> tuple[int, int] | None:
    """``15:30—17:00`` as minutes since midnight, the end as it is written; None for what is no such span."""
    found = _SPAN.fullmatch(text or "")
    if not found:
        return None
    a, b, c, d = (int(x) for x in found.groups())
    return (a * 60 + b, c * 60 + d) if max(a, c) <= 24 and max(b, d) < 60 else None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans have a minute in common; one that ends as the other begins has none."""
    return one[0] < other[1] and other[0] < one[1]


def monday(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - timedelta(days=day.weekday())


def _leaders(whole: Whole, community: str, team: Team) -> tuple[str, ...]:
    """Whoever holds the duty today; else who stands in the team's own row."""
    held = tuple(
        p.label
        for p in whole.posts.get(community, ())
        if team.unit and p.duty.duty == LEADS and p.duty.unit == team.unit
    )
    own = whole.person(community, team.leader)
    return held or ((own,) if own else ())


def _events(whole: Whole, community: str, leads: Mapping[str, tuple[str, ...]]) -> list[Event]:
    found = []
    for row in whole.records.rows(community, Activity):
        team = whole.records.get(community, Team, row.team)
        if team is not None:
            own = whole.person(community, row.lead)
            found.append(Event(row, team, (own,) if own else leads[team.id]))
    return sorted(found, key=lambda e: (e.on, span(e.row.time) or (0, 0), e.row.id))


def _week(first: date, events: list[Event], teams: list[Team]) -> Week:
    there = tuple(e for e in events if monday(e.on) == first)
    busy = {e.team.id for e in there}
    return Week(first, there, tuple(t for t in teams if t.usual and t.id not in busy))


def teams(whole: Whole, community: str) -> Teams | None:
    """The teams of a community on the day of ``whole``; None where it has none."""
    today = whole.today
    own = sorted(whole.records.rows(community, Team), key=lambda t: (t.number is None, t.number or 0, t.id))
    if not own:
        return None
    leads = {t.id: _leaders(whole, community, t) for t in own}
    events = _events(whole, community, leads)
    coming = [e for e in events if e.on >= today]
    held = [e for e in reversed(events) if e.on < today and not e.row.cancelled]
    after = monday(today) + timedelta(days=14)
    return Teams(
        today,
        tuple(
            Crew(
                t,
                leads[t.id],
                tuple(e for e in coming if e.team.id == t.id),
                tuple(e for e in held if e.team.id == t.id),
            )
            for t in own
        ),
        {name: _week(monday(today) + timedelta(days=shift), events, own) for name, shift in SHIFTS},
        tuple(e for e in events if e.on >= after),
        tuple(e for e in held if e.on.year == today.year),
    )
