"""Votes: everybody counted once, the result that the rule gives, and one vote that stands where it was taken again."""

from __future__ import annotations

import re
from dataclasses import replace

from ..facts.ballots import later_votes, vote_day
from ..facts.decisions import ABSENT, AreaMissing, Tally, adds_up, area_adds_up, decide, silence, tally_of
from ..procedures import Rule
from ..sheets.elections import Election
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.resolutions import Resolution
from ..sheets.votes import Vote
from .given import Found, Given, comes_back, say


def procedures_known(given: Given) -> Found:
    """A matter's procedure and the rule of a vote or an election were in force on their day."""
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            if given.procedures.procedure(matter.procedure, matter.raised_on) is None:
                yield say(matter, "procedure", "rule-unknown", on=str(matter.raised_on), what="程序", example="liubu")
        for vote in given.records.rows(community, Vote):
            on = vote_day(given.records, given.procedures, vote)
            if on and given.procedures.rule(vote.rule, on) is None:
                yield say(vote, "rule", "rule-unknown", on=str(on), what="表决规则", example="yishi")
        for election in given.records.rows(community, Election):
            if given.procedures.rule(election.rule, election.on) is None:
                yield say(election, "rule", "rule-unknown", on=str(election.on), what="选举规则", example="tuixuan")


AREAS = ("area_total", "area_present", "area_for", "area_against", "area_abstained")
# The heads and the area of those present and of each choice: nobody is without area, and no area without somebody.
PAIRS = (
    ("present", "area_present"),
    ("in_favour", "area_for"),
    ("against", "area_against"),
    ("abstained", "area_abstained"),
    ("invalid", "area_invalid"),
)


def votes_add_up(given: Given) -> Found:
    """Everybody present is counted once, and the announced result is what the rule gives (民法典 §278 &c.)."""
    for community in given.communities:
        for vote in given.records.rows(community, Vote):
            on = vote_day(given.records, given.procedures, vote)
            rule = given.procedures.rule(vote.rule, on) if on else None
            meeting = given.records.get(community, Meeting, vote.meeting)
            tally = tally_of(vote)
            faults = [*_heads(vote, tally, rule), *_areas(vote, tally), *_proxies(vote, tally, rule)]
            if rule and not faults:
                faults = [*_result(vote, tally, rule), *_attended(vote, tally, rule, meeting)]
            yield from faults[:1]


def _proxies(vote: Vote, tally: Tally, rule: Rule | None) -> Found:
    limit = rule.proxies if rule else None
    if fault := proxy_fault(tally.proxies, tally.present, limit):
        title, came = rule.title if rule else "", tally.present - tally.proxies
        yield say(vote, "proxies", fault, rule=title, limit=limit, came=came)


def proxy_fault(proxies: int, present: int, limit: int | None) -> str:
    """The code of what is wrong with so many ballots cast for others by a rule that allows one person ``limit`` of them."""
    if limit == 0 and proxies:
        return "proxies-none"
    if limit is not None and proxies > limit * (present - proxies):
        return "proxies-limit"
    return ""


def _attended(vote: Vote, tally: Tally, rule: Rule, meeting: Meeting | None) -> Found:
    """Those who voted at a meeting came to it, themselves or by proxy, and were called to it; owners vote in writing too."""
    if meeting is None or rule.counted_by == "area_and_heads":
        return
    if tally.present - tally.proxies > meeting.present:
        yield say(vote, "present", "vote-over-meeting", meeting=meeting.id, present=meeting.present)
    elif tally.eligible != meeting.called:
        decides = decide(tally, rule).passed != decide(replace(tally, eligible=meeting.called), rule).passed
        code = "vote-called-decides" if decides else "vote-called"
        yield say(vote, "called", code, holds=decides, meeting=meeting.id, called=meeting.called)


def _heads(vote: Vote, tally: Tally, rule: Rule | None) -> Found:
    """Where the rule has silence for absence, ballots that did not come back are among those who are not present."""
    silent = silence(rule)
    off = adds_up(tally, silent)
    absent = tally.eligible - tally.present
    if absent < 0:
        yield say(vote, "present", "vote-too-many", present=tally.present, called=tally.eligible)
    elif off:
        code = "vote-sum-silent" if silent == ABSENT else "vote-sum"
        yield say(vote, "present", code, present=tally.present, sum=tally.present - off)
    elif silent == ABSENT and tally.unreturned > absent:
        yield say(vote, "unreturned", "vote-unreturned", called=tally.eligible, present=tally.present, absent=absent)
    elif tally.proxies > tally.present:
        yield say(vote, "proxies", "vote-proxies", present=tally.present)


def _areas(vote: Vote, tally: Tally) -> Found:
    areas = tally.areas
    if areas and areas.present > areas.total:
        yield say(vote, "area_present", "vote-areas-over", present=areas.present, total=areas.total)
    elif areas and (off := area_adds_up(areas)):
        yield say(vote, "area_present", "vote-areas", present=areas.present, sum=areas.present - off)
    elif areas:
        for heads, area in PAIRS:
            if bool(getattr(vote, heads)) != bool(getattr(vote, area)):
                title, number = vote.sheet.column(heads).title, getattr(vote, heads) or 0
                yield say(vote, area, "vote-area-heads", area=getattr(vote, area) or 0, heads=title, number=number)
                return


def _result(vote: Vote, tally: Tally, rule: Rule) -> Found:
    try:
        computed = "通过" if decide(tally, rule).passed else "未通过"
    except AreaMissing:
        empty = [n for n in AREAS if getattr(vote, n) is None]
        titles = "、".join(vote.sheet.column(n).title for n in empty)
        yield say(vote, empty[0], "vote-areas-missing", missing=titles)
        return
    if computed != vote.announced:
        yield say(vote, "announced", "vote-result", computed=computed)


def revotes_sound(given: Given) -> Found:
    """A re-vote is on the same matter, not before the vote it takes the place of, and the only one that does."""
    for community in given.communities:
        yield from _twice(given.records.rows(community, Vote))
        for vote in given.records.rows(community, Vote):
            earlier = given.records.get(community, Vote, vote.revote_of)
            if earlier is not None:
                yield from _revote(given, vote, earlier)


def _revote(given: Given, vote: Vote, earlier: Vote) -> Found:
    on, before = (vote_day(given.records, given.procedures, v) for v in (vote, earlier))
    others = [v for v in given.records.by(vote.community, Vote, "revote_of", earlier.id) if v.id != vote.id]
    if comes_back(given, vote, "revote_of"):
        yield say(vote, "revote_of", "revote-circle")
    elif vote.matter != earlier.matter:
        yield say(vote, "revote_of", "revote-matter", matter=vote.matter or "", other=earlier.matter or "")
    elif on and before and on < before:
        yield say(vote, "revote_of", "revote-before", on=str(on), before=str(before))
    elif vote.rule != earlier.rule:
        yield say(vote, "rule", "revote-rule", earlier=earlier.id, rule=earlier.rule)
    elif others:
        yield say(vote, "revote_of", "revote-twice", others="、".join(v.id for v in others))


def _twice(votes: tuple[Vote, ...]) -> Found:
    """One motion has one result at a meeting, unless it says which vote it takes the place of."""
    same: dict[tuple[str, str, str], list[Vote]] = {}
    for vote in votes:
        key = (vote.meeting or "", vote.matter or "", re.sub(r"\W+", "", vote.motion or ""))
        same.setdefault(key, []).append(vote)
    for several in same.values():
        first = [v for v in several if not v.revote_of]
        for vote in first if len(first) > 1 else ():
            yield say(vote, "motion", "vote-twice", others="、".join(v.id for v in first if v is not vote))


def resolutions_of_the_last_vote(given: Given) -> Found:
    """A resolution rests on the vote that stands, not on one that was taken again, be the later one withheld or not."""
    unseen = {(w.community, w.refers.get("revote_of")): w.id for w in given.records.absent if w.sheet == "votes"}
    for community in given.communities:
        for row in given.records.rows(community, Resolution):
            vote = given.records.get(community, Vote, row.vote)
            if vote is None:
                continue
            chain = [vote.id, *(v.id for v in later_votes(given.records, vote))]
            if hidden := unseen.get((community, chain[-1])):
                chain.append(hidden)
            if len(chain) > 1:
                yield say(row, "vote", "resolution-superseded", last=chain[-1])
