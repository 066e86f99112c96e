"""Whether meetings that are to be held in a rhythm were: community by community, period by period.

The rhythm is a rule's or a procedure's (居民代表会议: at least once in half a year, 城市居民委员会组织法 2025 §28).
What is not on record can only be called not on record, never not held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..procedures import Convened, Rhythm, Rule
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from .fact import Fact
from .whole import Whole


@dataclass(frozen=True)
class Turn(Fact):
    """One period of a rhythm, both days included. ``held``: its meetings that counted, ``short``: those too few came to.

    ``state``: ``held``, ``open`` (not yet, but the period still runs) or ``missing``.
    """

    first: date
    last: date
    held: tuple[Meeting, ...]
    short: tuple[Meeting, ...]
    state: str


@dataclass(frozen=True)
class Beat(Fact):
    """One community's meetings of a kind under one version. ``turns``: the latest first, from the first on record.

    ``withheld``: rows of the community's meetings that are not shown for now; any of them may fill a gap.
    """

    community: str
    kind: str
    version: Convened
    rhythm: Rhythm
    turns: tuple[Turn, ...]
    withheld: int

    @property
    def kept(self) -> int:
        """In how many periods that are over the rhythm was kept."""
        return sum(t.state == "held" for t in self.over)

    @property
    def over(self) -> tuple[Turn, ...]:
        """The periods of which nothing is still to come: over, or already filled."""
        return tuple(t for t in self.turns if t.state != "open")


def beats(whole: Whole, kind: str = "") -> tuple[Beat, ...]:
    """Every rhythm that is in force today, of one kind of meeting or of all, in each community that it is for."""
    known = whole.procedures
    versions: list[Convened] = [*known.rules, *known.procedures]
    return tuple(found for v in versions if v.holds(whole.today) for found in _beats(whole, v, kind))


def _beats(whole: Whole, version: Convened, kind: str) -> Iterator[Beat]:
    if version.rhythm is None:
        return
    for community in (c.id for c in whole.records.communities if version.community in ("", c.id)):
        withheld = sum((w.community, w.sheet) == (community, "meetings") for w in whole.records.absent)
        for name in version.meetings:
            if kind in ("", name):
                turns = tuple(_turns(whole, version, version.rhythm, community, name))
                yield Beat(community, name, version, version.rhythm, turns[::-1], withheld)


def _turns(whole: Whole, version: Convened, rhythm: Rhythm, community: str, kind: str) -> Iterator[Turn]:
    meetings = [m for m in whole.records.by(community, Meeting, "kind", kind) if m.on <= whole.today and version.holds(m.on)]
    start = _start(whole, version, community, meetings)
    if start is None:
        return
    at = span(start, rhythm.months)
    while at[0] <= whole.today:
        turn = _turn(whole, version, rhythm, at, meetings)
        if turn.state == "held" or at[0] >= start:
            yield turn
        at = span(at[1] + timedelta(days=1), rhythm.months)


def _start(whole: Whole, version: Convened, community: str, meetings: list[Meeting]) -> date | None:
    """The day the version took effect, or that of the community's first record if that is later.

    Where no day is named, the custom began with the first such meeting on record. None: there is nothing to judge.
    """
    if version.valid_from is None:
        return min((m.on for m in meetings), default=None)
    days = [m.on for m in whole.records.rows(community, Meeting)]
    days += [m.raised_on for m in whole.records.rows(community, Matter)]
    first = min((d for d in days if d <= whole.today), default=None)
    return max(first, version.valid_from) if first else None


def _turn(
    whole: Whole, version: Convened, rhythm: Rhythm, at: tuple[date, date], meetings: list[Meeting]
) -> Turn:
    """A meeting that too few came to was none, where the rhythm is that of a rule with a quorum."""
    mine = [m for m in meetings if at[0] <= m.on <= at[1]]
    held = tuple(m for m in mine if not isinstance(version, Rule) or version.quorum.met(m.present, m.called))
    short = tuple(m for m in mine if m not in held)
    state = "held" if len(held) >= rhythm.times else "open" if whole.today <= at[1] else "missing"
    return Turn(*at, held, short, state)


def span(day: date, months: int) -> tuple[date, date]:
    """The period of so many calendar months that a day lies in, counted from January where they fit into a year."""
    index = (day.year * 12 + day.month - 1) // months * months
    return _month(index), _month(index + months) - timedelta(days=1)


def _month(index: int) -> date:
    year, month = divmod(index, 12)
    return date(min(max(year, 1), 9999), month + 1, 1)
