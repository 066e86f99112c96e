"""A vote with the day it was taken, the rule in force on that day, what the rule makes of it, and its re-votes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..procedures import Procedure, Procedures, Rule
from ..records import Records
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.steps import Step
from ..sheets.votes import Vote
from .decisions import Decision, decide, tally_of
from .fact import Fact

# What a row of a step of voting says when the vote was taken, and while it is being taken.
TAKEN, UNDER_WAY = ("完成", "未通过"), ("进行中",)


@dataclass(frozen=True, slots=True)
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

    @property
    def by_return(self) -> bool:
        """Whether ballots were sent back instead of cast at a meeting people came to; a written one may be either."""
        how = self.vote.how
        away = self.decision.silence_is_absence or (how == "书面" and not self.vote.meeting)
        return how in ("线上", "入户") or (how != "举手" and away)

    @property
    def missing(self) -> int:
        """How many gave no ballot: of those at the meeting, or of all who may vote where ballots were sent back."""
        if self.by_return and not self.decision.silence_is_absence:
            return self.decision.silent + self.decision.tally.eligible - self.decision.tally.present
        return self.decision.silent


def revote(records: Records, vote: Vote) -> Vote | None:
    """The vote taken again in place of this one, if it was; one on another matter is none, whatever it says."""
    for later in records.by(vote.community, Vote, "revote_of", vote.id):
        if later.matter == vote.matter:
            return later
    return None


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

    None where neither says it: no day is made up, and a vote without one is not judged (the checks ask for it). Of several
    steps of voting the vote of a chain of re-votes has the one of its place in the chain; any other vote has none.
    """
    if meeting := records.get(vote.community, Meeting, vote.meeting):
        return meeting.on
    days = voting_days(records, procedures, vote)
    if len(days) < 2:
        return days[0] if days else None
    later, earlier = later_votes(records, vote), earlier_votes(records, vote)
    return days[len(earlier)] if len(earlier) + 1 + len(later) == len(days) else None


def earlier_votes(records: Records, vote: Vote) -> tuple[Vote, ...]:
    """The vote that this one took the place of, the one before that and so on; a circle is walked once."""
    found: list[Vote] = []
    before = records.get(vote.community, Vote, vote.revote_of)
    while before and before.id != vote.id and before not in found:
        found.append(before)
        before = records.get(vote.community, Vote, before.revote_of)
    return tuple(found)


def voting_steps(procedure: Procedure, rule: str) -> frozenset[str]:
    """The names of the steps whose rules list a rule; if there is none, of the steps of voting."""
    ruled = frozenset(s.name for s in procedure.steps if rule in s.rules)
    return ruled or frozenset(s.name for s in procedure.steps if s.kind == "vote")


def voting_days(records: Records, procedures: Procedures, vote: Vote) -> list[date]:
    """The days on which its matter came out of a step at which the vote may have been taken, in order.

    While it came out of none yet, the days on which it stood at one. An extension or a taking up again is no vote.
    """
    matter = records.get(vote.community, Matter, vote.matter)
    procedure = procedures.procedure(matter.procedure, matter.raised_on) if matter else None
    if matter is None or procedure is None:
        return []
    names = voting_steps(procedure, vote.rule)
    rows = [r for r in records.by(vote.community, Step, "matter", matter.id) if r.step in names]
    for results in (TAKEN, UNDER_WAY):
        if days := sorted({r.on for r in rows if r.result in results}):
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
    earlier = records.get(vote.community, Vote, vote.revote_of) if vote.revote_of else None
    taken = [v for v in later_votes(records, vote) if (vote_day(records, procedures, v) or today) <= today]
    unseen = records.withheld_of(vote.community, "votes", "revote_of", (taken[-1] if taken else vote).id) > 0
    return Ballot(vote, on, rule, decide(tally_of(vote), rule), earlier, taken[-1] if taken else None, unseen)
