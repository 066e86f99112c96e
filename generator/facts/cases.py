"""A matter with everything that hangs on it, gathered once: the page, the notices and the figures all read this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from ..procedures import Procedure, Procedures
from ..records import Records
from ..sheet import PublicRow
from ..sheets.corrections import Correction
from ..sheets.elections import Election
from ..sheets.items import Item
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.objections import Objection
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from ..sheets.votes import Vote
from ..sheets.whistles import Whistle
from .ballots import Ballot, ballot, vote_day
from .fact import Fact
from .postings import Posting, Run, posting, postings
from .status import Standing, said_differs, standing

__all__ = ["Ballot", "Case", "Cases", "Fact", "Posting", "Run", "ballot", "cases", "posting", "vote_day"]

# The sheets whose rows hang on a matter, by their column for it; a withheld row of one of them is said to be missing.
HANGING = ("steps", "votes", "resolutions", "objections", "corrections", "elections", "whistles")
# The day on which a row is known; None: another row than its own says it. ``_case`` takes them in this order.
KNOWN: Mapping[type[PublicRow], Callable[[Any], date] | None] = {
    Step: attrgetter("on"),
    Resolution: attrgetter("passed_on"),
    Objection: attrgetter("on"),
    Correction: attrgetter("on"),
    Election: attrgetter("on"),
    Whistle: lambda whistle: whistle.blown_at.date(),
    Vote: None,
    Item: None,
}
# The rows of each sheet by the matter that they hang on, as far as they are known on a day.
Hanging = Mapping[type[PublicRow], Mapping[str | None, Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Case(Fact):
    """One matter: its row, steps, procedure, standing on the day, publicities, votes, resolutions, meeting items."""

    matter: Matter
    steps: tuple[Step, ...]
    procedure: Procedure
    standing: Standing
    postings: tuple[Posting, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    items: tuple[tuple[Meeting, Item], ...] = ()
    withheld: int = 0
    objections: tuple[Objection, ...] = ()
    corrections: tuple[Correction, ...] = ()
    elections: tuple[Election, ...] = ()
    whistles: tuple[Whistle, ...] = ()

    @property
    def community(self) -> str:
        return self.matter.community

    @property
    def id(self) -> str:
        return self.matter.id

    @property
    def latest(self) -> date:
        """The day of the last thing that is known of it."""
        return self.standing.since

    @property
    def posted(self) -> tuple[Posting, ...]:
        """The publicities; one that two rows show (step and resolution) counts once, as the later row's."""
        return tuple({p.sheet: p for p in self.postings}.values())

    @property
    def running(self) -> tuple[Posting, ...]:
        """The publicities that run today, each once."""
        return tuple(p for p in self.posted if p.running)

    def posting_of(self, remark: Objection | Correction) -> Posting | None:
        """The publicity that an objection or a correction belongs to, or None where none had begun."""
        return next((p for p in self.posted if remark in (*p.objections, *p.corrections)), None)

    @property
    def said_differs(self) -> bool:
        """Whether the state that the sheet has typed is another than the steps give."""
        return said_differs(self.matter, self.standing)


@dataclass(frozen=True)
class Cases:
    """All cases, by community and id, in the order of the records."""

    today: date
    by_id: dict[tuple[str, str], Case] = field(default_factory=dict)

    @cached_property
    def _of(self) -> dict[str, tuple[Case, ...]]:
        found: dict[str, list[Case]] = {}
        for (community, _), case in self.by_id.items():
            found.setdefault(community, []).append(case)
        return {community: tuple(some) for community, some in found.items()}

    def of(self, community: str) -> tuple[Case, ...]:
        """The cases of a community."""
        return self._of.get(community, ())

    def get(self, community: str, id: str | None) -> Case | None:
        return self.by_id.get((community, id or ""))

    def all(self) -> tuple[Case, ...]:
        return tuple(self.by_id.values())


def case_of(records: Records, procedures: Procedures, matter: Matter, today: date) -> Case | None:
    """A matter as it was known by ``today``; None where no procedure is known for it (the checks say so)."""
    hanging = _known({row: records.by(matter.community, row, "matter", matter.id) for row in KNOWN}, today)
    return _case(records, procedures, matter, hanging, today)


def cases(records: Records, procedures: Procedures, today: date) -> Cases:
    """Every published matter raised by ``today``, with what was known of it by then."""
    found: dict[tuple[str, str], Case] = {}
    for community in records.communities:
        hanging = _known({row: records.rows(community.id, row) for row in KNOWN}, today)
        for matter in records.rows(community.id, Matter):
            if matter.raised_on <= today and (case := _case(records, procedures, matter, hanging, today)):
                found[community.id, matter.id] = case
    return Cases(today, found)


def _known(rows: Mapping[type[PublicRow], Iterable[Any]], today: date) -> Hanging:
    """The rows of each sheet by their matter, those left out that were not known yet."""
    found: dict[type[PublicRow], dict[str | None, list[Any]]] = {}
    for sheet, some in rows.items():
        day, by = KNOWN[sheet], found.setdefault(sheet, {})
        for row in some:
            if day is None or day(row) <= today:
                by.setdefault(row.matter, []).append(row)
    return found


def _case(records: Records, procedures: Procedures, matter: Matter, hanging: Hanging, today: date) -> Case | None:
    procedure = procedures.procedure(matter.procedure, matter.raised_on)
    if procedure is None:
        return None
    community, id = matter.community, matter.id
    steps, resolutions, objections, corrections, elections, whistles, votes, items = [
        tuple(by[id]) if id in by else () for by in hanging.values()
    ]
    shown = postings(steps, resolutions, objections, corrections, procedure, today)
    ballots = [b for v in votes if (b := ballot(records, procedures, v, today)) and b.on <= today]
    talks = [(m, i) for i in items if (m := records.get(community, Meeting, i.meeting)) and m.on <= today]
    waits = records.withheld or records.held
    return Case(
        matter,
        steps,
        procedure,
        standing(matter, steps, procedure, today, posted=any(p.running for p in shown)),
        shown,
        tuple(ballots),
        resolutions,
        tuple(talks),
        sum(records.withheld_of(community, s, "matter", id) for s in HANGING) if waits else 0,
        objections,
        corrections,
        elections,
        whistles,
    )
