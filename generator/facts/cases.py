"""A matter with everything that hangs on it, gathered once: the page, the notices and the figures all read this."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..procedures import Procedure, Procedures
from ..records import Records
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

# The sheets whose rows hang on a matter, by their column for it.
HANGING = ("steps", "votes", "resolutions", "objections", "corrections", "elections", "whistles")


@dataclass(frozen=True)
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
    community = matter.community
    procedure = procedures.procedure(matter.procedure, matter.raised_on)
    if procedure is None:
        return None
    steps = tuple(s for s in records.by(community, Step, "matter", matter.id) if s.on <= today)
    resolutions = tuple(r for r in records.by(community, Resolution, "matter", matter.id) if r.passed_on <= today)
    objections = tuple(o for o in records.by(community, Objection, "matter", matter.id) if o.on <= today)
    corrections = tuple(k for k in records.by(community, Correction, "matter", matter.id) if k.on <= today)
    shown = postings(steps, resolutions, objections, corrections, procedure, today)
    meetings = (
        (records.get(community, Meeting, i.meeting), i) for i in records.by(community, Item, "matter", matter.id)
    )
    waits = records.withheld or records.held
    ballots = (ballot(records, procedures, v, today) for v in records.by(community, Vote, "matter", matter.id))
    return Case(
        matter,
        steps,
        procedure,
        standing(matter, steps, procedure, today, posted=any(p.running for p in shown)),
        shown,
        tuple(b for b in ballots if b and b.on <= today),
        resolutions,
        tuple((m, i) for m, i in meetings if m and m.on <= today),
        sum(records.withheld_of(community, s, "matter", matter.id) for s in HANGING) if waits else 0,
        objections,
        corrections,
        tuple(e for e in records.by(community, Election, "matter", matter.id) if e.on <= today),
        tuple(w for w in records.by(community, Whistle, "matter", matter.id) if w.blown_at.date() <= today),
    )


def cases(records: Records, procedures: Procedures, today: date) -> Cases:
    """Every published matter raised by ``today``, with what was known of it by then."""
    found: dict[tuple[str, str], Case] = {}
    for community in records.communities:
        for matter in records.rows(community.id, Matter):
            if matter.raised_on <= today and (case := case_of(records, procedures, matter, today)):
                found[community.id, matter.id] = case
    return Cases(today, found)
