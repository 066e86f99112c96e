"""A vote with the day it was taken, the rule in force on that day, what the rule makes of it, and its re-votes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..procedures import Procedures, Rule
from ..records import Records
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.steps import Step
from ..sheets.votes import Vote
from .decisions import Decision, decide, tally_of
from .fact import Fact


@dataclass(frozen=True)
class Ballot(Fact):
    """A vote with the rule in force on its day and what the rule makes of the count.

    ``revote_of``: the earlier vote that this one took the place of; ``superseded_by``: the later one that took its, and
    ``unseen``: whether a row that says it did is withheld. The result of a chain of re-votes is that of its last.
    """

    vote: Vote
    on: date
    rule: Rule
    decision: Decision
    revote_of: Vote | None = None
    superseded_by: Vote | None = None
    unseen: bool = False

    @property
    def stands(self) -> bool:
        """Whether no later vote took its place."""
        return self.superseded_by is None and not self.unseen


def revote(records: Records, vote: Vote) -> Vote | None:
    """The vote taken again in place of this one, if it was; one on another matter is none, whatever it says."""
    later = records.by(vote.community, Vote, "revote_of", vote.id)
    return next((v for v in later if v.matter == vote.matter), None)


def later_votes(records: Records, vote: Vote) -> tuple[Vote, ...]:
    """The re-votes of a vote, of its re-vote and so on, in order; a circle is walked once."""
    found: list[Vote] = []
    later = revote(records, vote)
    while later and later.id != vote.id and later not in found:
        found.append(later)
        later = revote(records, later)
    return tuple(found)


def vote_day(records: Records, procedures: Procedures, vote: Vote) -> date | None:
    """The day a vote was taken: its meeting's, or that of the step of its matter at which it was taken.

    Without either, the day the matter was raised; None for a vote of no meeting and no matter that is known.
    """
    if meeting := records.get(vote.community, Meeting, vote.meeting):
        return meeting.on
    matter = records.get(vote.community, Matter, vote.matter)
    if matter is None:
        return None
    days = _days(records, procedures, matter, vote)
    if not days:
        return matter.raised_on
    later = len(later_votes(records, vote))
    return days[max(0, len(days) - 1 - later)]


def _days(records: Records, procedures: Procedures, matter: Matter, vote: Vote) -> list[date]:
    """The days on which the matter stood at a step whose rules list the vote's; if at none, at a step of voting."""
    procedure = procedures.procedure(matter.procedure, matter.raised_on)
    if procedure is None:
        return []
    rows = records.by(vote.community, Step, "matter", matter.id)
    ruled = {s.name for s in procedure.steps if vote.rule in s.rules}
    voting = {s.name for s in procedure.steps if s.kind == "vote"}
    for names in (ruled, voting):
        if days := sorted({r.on for r in rows if r.step in names}):
            return days
    return []


def ballot(records: Records, procedures: Procedures, vote: Vote, today: date) -> Ballot | None:
    """A vote judged by the rule in force on its day, with its re-votes as far as they were taken by ``today``.

    None when no rule is known (the checks say so).
    """
    on = vote_day(records, procedures, vote)
    rule = procedures.rule(vote.rule, on) if on else None
    if on is None or rule is None:
        return None
    earlier = records.get(vote.community, Vote, vote.revote_of)
    taken = [v for v in later_votes(records, vote) if (vote_day(records, procedures, v) or today) <= today]
    unseen = records.withheld_of(vote.community, "votes", "revote_of", (taken[-1] if taken else vote).id) > 0
    return Ballot(vote, on, rule, decide(tally_of(vote), rule), earlier, taken[-1] if taken else None, unseen)
