"""A matter with everything that hangs on it, gathered once: the page, the notices and the figures all read this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from ..procedures import Procedure, Procedures, Rule
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
from .decisions import Decision, decide, tally_of
from .publicity import Period, State, days_left, state
from .status import Standing, standing

# The sheets whose rows hang on a matter, by their column for it.
HANGING = ("steps", "votes", "resolutions", "objections", "corrections", "elections", "whistles")


@dataclass(frozen=True)
class Fact:
    """Marker: made by ``facts`` from public rows, so templates may have it."""


@dataclass(frozen=True)
class Posting(Fact):
    """One publicity: what is shown (``step``, ``resolution`` or ``result``), by which row, and until when."""

    what: str
    community: str
    matter: str
    row: Any
    period: Period
    state: State
    days_left: int | None

    @property
    def running(self) -> bool:
        return self.state is State.RUNNING

    @property
    def first(self) -> date:
        """The first day that counts: the one after it was posted (民法典 §201)."""
        return self.period.start + timedelta(days=1)


@dataclass(frozen=True)
class Ballot(Fact):
    """A vote with the rule in force on its day and what the rule makes of the count."""

    vote: Vote
    on: date
    rule: Rule
    decision: Decision


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
    def running(self) -> tuple[Posting, ...]:
        """The publicities that run today; one that two rows show (step and resolution) counts once, as the later row's."""
        spans = {(p.period.start, p.period.end): p for p in self.postings if p.running}
        return tuple(spans.values())


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


def posting(what: str, matter: str, row: PublicRow, prefix: str, today: date) -> Posting | None:
    """The publicity that a row's three columns (起, 天数, 日别) give, or None."""
    start, days, kind = (getattr(row, prefix + n) for n in ("posted_on", "posted_days", "posted_kind"))
    if not (start and days and kind):
        return None
    period = Period(start, days, kind)
    return Posting(what, row.community, matter, row, period, state(period, today), days_left(period, today))


def _postings(steps: tuple[Step, ...], resolutions: tuple[Resolution, ...], today: date) -> Iterator[Posting]:
    for step in steps:
        if found := posting("step", step.matter, step, "", today):
            yield found
    for resolution in resolutions:
        for what, prefix in (("resolution", ""), ("result", "result_")):
            if found := posting(what, resolution.matter, resolution, prefix, today):
                yield found


def vote_day(records: Records, vote: Vote) -> date | None:
    """The day a vote was taken: its meeting's, or that of the step of its matter at which votes are taken."""
    if meeting := records.get(vote.community, Meeting, vote.meeting):
        return meeting.on
    steps = [
        s.on for s in records.by(vote.community, Step, "matter", vote.matter) if "表决" in s.step or "决议" in s.step
    ]
    if steps:
        return steps[-1]
    matter = records.get(vote.community, Matter, vote.matter)
    return matter.raised_on if matter else None


def ballot(records: Records, procedures: Procedures, vote: Vote) -> Ballot | None:
    """A vote judged by the rule in force on its day; None when none is known (the checks say so)."""
    on = vote_day(records, vote)
    rule = procedures.rule(vote.rule, on) if on else None
    return Ballot(vote, on, rule, decide(tally_of(vote), rule)) if on and rule else None


def _case(records: Records, procedures: Procedures, matter: Matter, today: date) -> Case | None:
    community = matter.community
    procedure = procedures.procedure(matter.procedure, matter.raised_on)
    if procedure is None:
        return None
    steps = tuple(s for s in records.by(community, Step, "matter", matter.id) if s.on <= today)
    resolutions = tuple(r for r in records.by(community, Resolution, "matter", matter.id) if r.passed_on <= today)
    postings = tuple(_postings(steps, resolutions, today))
    meetings = (
        (records.get(community, Meeting, i.meeting), i) for i in records.by(community, Item, "matter", matter.id)
    )
    ballots = (ballot(records, procedures, v) for v in records.by(community, Vote, "matter", matter.id))
    return Case(
        matter,
        steps,
        procedure,
        standing(matter, steps, procedure, today, posted=any(p.running for p in postings)),
        postings,
        tuple(b for b in ballots if b and b.on <= today),
        resolutions,
        tuple((m, i) for m, i in meetings if m and m.on <= today),
        sum(records.withheld_of(community, s, "matter", matter.id) for s in HANGING),
        tuple(o for o in records.by(community, Objection, "matter", matter.id) if o.on <= today),
        tuple(k for k in records.by(community, Correction, "matter", matter.id) if k.on <= today),
        tuple(e for e in records.by(community, Election, "matter", matter.id) if e.on <= today),
        tuple(w for w in records.by(community, Whistle, "matter", matter.id) if w.blown_at.date() <= today),
    )


def cases(records: Records, procedures: Procedures, today: date) -> Cases:
    """Every published matter raised by ``today``, with what was known of it by then."""
    found: dict[tuple[str, str], Case] = {}
    for community in records.communities:
        for matter in records.rows(community.id, Matter):
            if matter.raised_on <= today and (case := _case(records, procedures, matter, today)):
                found[community.id, matter.id] = case
    return Cases(today, found)
