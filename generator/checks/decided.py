"""What a vote decided binds its matter: the resolution that rests on it, the steps that follow it, the day it was taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..facts.ballots import ballot, later_votes, vote_day, voting_days, voting_steps
from ..facts.decisions import AreaMissing
from ..procedures import Procedure
from ..records import Records
from ..sheet import PublicRow
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from ..sheets.votes import Vote
from .given import Found, Given, say

PASSED, FAILED, DONE = "通过", "未通过", "完成"
LOST = "step-vote-lost"  # the problem of a step from which on a matter waits


def votes_dated(given: Given) -> Found:
    """Every vote has a day, by which it is judged; where a row is withheld that may say it, the vote waits for that row."""
    for community in given.communities:
        for vote in given.records.rows(community, Vote):
            matter = given.records.get(community, Matter, vote.matter)
            on = vote_day(given.records, given.procedures, vote)
            if on is not None:
                if matter and on < matter.raised_on:
                    name = "meeting" if vote.meeting else "matter"
                    yield say(vote, name, "vote-before-raised", on=str(on), raised=str(matter.raised_on))
            elif not vote.meeting and not vote.matter:
                yield say(vote, "meeting", "vote-without-day")
            elif (community, "meetings", vote.meeting) in {(r.community, r.sheet, r.id) for r in given.records.removed}:
                yield say(vote, "meeting", "vote-meeting-gone")
            elif matter and not vote.meeting and not _may_tell(given, vote):
                yield from _undated(given, vote, matter)


def _undated(given: Given, vote: Vote, matter: Matter) -> Found:
    procedure = given.procedures.procedure(matter.procedure, matter.raised_on)
    days = voting_days(given.records, given.procedures, vote)
    if procedure is None:
        return  # told at the matter
    if days:
        yield say(vote, "meeting", "vote-which-day", days="、".join(str(d) for d in days))
    else:
        steps = "、".join(s.name for s in procedure.steps if s.name in voting_steps(procedure, vote.rule))
        yield say(vote, "meeting", "vote-no-step" if steps else "vote-no-voting", steps=steps, title=procedure.title)


def _may_tell(given: Given, vote: Vote) -> bool:
    """Whether a row that is not shown may say when a vote was taken."""
    of, absent = vote.community, {(w.community, w.sheet, w.id) for w in given.records.absent}
    chain = given.may_lack(of, "votes", "revote_of", vote.id) or (of, "votes", vote.revote_of) in absent
    return chain or given.may_lack(of, "steps", "matter", vote.matter)


def resolutions_of_their_vote(given: Given) -> Found:
    """A resolution comes of a vote on its own matter, at its own meeting, not before it; without one, of no lost vote."""
    for community in given.communities:
        for row in given.records.rows(community, Resolution):
            vote = given.records.get(community, Vote, row.vote)
            if vote is not None:  # of a lost one it is told that it was lost
                yield from _rests(given, row, vote) if vote.announced != FAILED else ()
            elif not row.vote:
                yield from _voteless(given, row)


def _rests(given: Given, row: Resolution, vote: Vote) -> Found:
    on = vote_day(given.records, given.procedures, vote)
    if row.matter and vote.matter != row.matter:
        code = "resolution-vote-matter" if vote.matter else "resolution-vote-no-matter"
        yield say(row, "vote", code, other=vote.matter or "", matter=row.matter)
    elif row.meeting and vote.meeting != row.meeting:
        code = "resolution-vote-meeting" if vote.meeting else "resolution-vote-no-meeting"
        yield say(row, "vote", code, other=vote.meeting or "", meeting=row.meeting)
    elif on and row.passed_on < on and not row.meeting:  # with a meeting it is told of the meeting
        yield say(row, "passed_on", "resolution-before-vote", on=str(on), vote=vote.id)


def _voteless(given: Given, row: Resolution) -> Found:
    """Leaving 表决 empty does not make a resolution of a vote that was lost."""
    last = _last(given, [v for v in _of(given.records, row) if _day(given, v) <= row.passed_on])
    last = last or _last(given, _of(given.records, row))
    if last and all(_carried(given, v) is False for v in last):
        yield say(row, "vote", "resolution-of-lost", votes="、".join(v.id for v in last))


def _of(records: Records, row: Resolution) -> list[Vote]:
    """The votes that a resolution without one may rest on: those on its matter, or at its meeting; re-voted ones not."""
    name = "matter" if row.matter else "meeting"
    value = row.matter or row.meeting
    votes = records.by(row.community, Vote, name, value) if value else ()
    return [v for v in votes if not later_votes(records, v)]


def _day(given: Given, vote: Vote) -> date:
    return vote_day(given.records, given.procedures, vote) or date.max


def _last(given: Given, votes: Iterable[Vote]) -> list[Vote]:
    """Of some votes those of the last day; none while the day of one is not known."""
    dated = [(_day(given, v), v) for v in votes]
    last = max((day for day, _ in dated), default=date.max)
    return [v for day, v in dated if day == last] if last < date.max else []


def _carried(given: Given, vote: Vote) -> bool | None:
    """Whether a vote was carried by its own figures; None where it cannot be judged, or something else was announced."""
    try:
        found = ballot(given.records, given.procedures, vote, given.today)
    except AreaMissing:
        return None
    if found is None or found.unseen:
        return None
    passed = found.decision.passed
    return passed if vote.announced == (PASSED if passed else FAILED) else None


def steps_after_votes(given: Given) -> Found:
    """A step of voting is not 完成 by a vote that was lost.

    Where nothing at all was carried at it, the step waits, and with it (``behind``) the steps after: a matter that goes
    on without a vote is as wrong as one that stops. Where another motion was carried before, the volunteers are asked.
    """
    for community in given.communities:
        for id in dict.fromkeys(v.matter for v in given.records.rows(community, Vote) if v.matter):
            matter = given.records.get(community, Matter, id)
            procedure = given.procedures.procedure(matter.procedure, matter.raised_on) if matter else None
            if matter and procedure and not given.may_lack(community, "votes", "matter", id):
                yield from _stopped(given, matter, procedure)


def _stopped(given: Given, matter: Matter, procedure: Procedure) -> Found:
    rows = given.records.by(matter.community, Step, "matter", matter.id)
    votes = given.records.by(matter.community, Vote, "matter", matter.id)
    standing = [v for v in votes if not later_votes(given.records, v)]
    for step in (s for s in procedure.steps if s.kind == "vote"):
        here = [v for v in standing if v.rule in step.rules]
        here = here or [v for v in standing if step.name in voting_steps(procedure, v.rule)]
        last = _last(given, here)
        if not last or any(_carried(given, v) is not False for v in last):
            continue
        lost = all(_carried(given, v) is False for v in here)
        after = [r for r in rows if r.step == step.name and r.result == DONE and r.on >= _day(given, last[0])]
        for row in after[:1]:
            params = {"votes": "、".join(v.id for v in last), "on": str(_day(given, last[0]))}
            yield say(row, "result", LOST if lost else "step-vote-lost-last", holds=lost, **params)


def behind(records: Records, stops: Iterable[PublicRow]) -> list[Step]:
    """The steps of a matter after one at which its vote was lost: they wait with it."""
    found: list[Step] = []
    for stop in stops:
        if isinstance(stop, Step):
            steps = records.by(stop.community, Step, "matter", stop.matter)
            found += steps[steps.index(stop) + 1 :]
    return found


def undecided(given: Given, before: Records) -> list[PublicRow]:
    """What waits for a vote or its day; ``before``: the records as they were read, with what is withheld by now.

    A vote whose day cannot be made out, or whose step of voting waits; a resolution that names no vote while one waits
    that it may rest on.
    """
    found: list[PublicRow] = []
    for community in given.communities:
        found += (v for v in given.records.rows(community, Vote) if _waits(given, before, v))
        for row in given.records.rows(community, Resolution):
            column = "matter" if row.matter else "meeting"
            value = row.matter or row.meeting
            if not row.vote and value and given.records.withheld_of(community, "votes", column, value):
                found.append(row)
    return found


def _waits(given: Given, before: Records, vote: Vote) -> bool:
    if given.records.get(vote.community, Meeting, vote.meeting):
        return False
    if vote_day(given.records, given.procedures, vote) is None:
        return True
    if vote.meeting and not _listed(given, vote):
        return True  # whether its rule is one for that kind of meeting cannot be seen
    if before.withheld_of(vote.community, "steps", "matter", vote.matter):
        return True  # a row that could not be read may be of the step of voting
    return voting_days(before, given.procedures, vote) != voting_days(given.records, given.procedures, vote)


def _listed(given: Given, vote: Vote) -> bool:
    """Whether a step of its matter's procedure lists the rule of a vote."""
    matter = given.records.get(vote.community, Matter, vote.matter)
    procedure = given.procedures.procedure(matter.procedure, matter.raised_on) if matter else None
    return procedure is not None and any(vote.rule in s.rules for s in procedure.steps)
