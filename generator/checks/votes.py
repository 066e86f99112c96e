"""Votes: everybody counted once, and the result that the rule gives."""

from __future__ import annotations

from ..facts.cases import vote_day
from ..facts.decisions import AreaMissing, adds_up, area_adds_up, decide, tally_of
from ..sheets.matters import Matter
from ..sheets.votes import Vote
from .given import Found, Given, say


def procedures_known(given: Given) -> Found:
    """A matter's procedure and a vote's rule were in force on their day."""
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            if given.procedures.procedure(matter.procedure, matter.raised_on) is None:
                yield say(matter, "procedure", "rule-unknown", on=str(matter.raised_on), what="程序", example="liubu")
        for vote in given.records.rows(community, Vote):
            on = vote_day(given.records, vote)
            if on is None and not (vote.meeting or vote.matter):
                yield say(vote, "meeting", "vote-without-day")
            if on and given.procedures.rule(vote.rule, on) is None:
                yield say(vote, "rule", "rule-unknown", on=str(on), what="表决规则", example="yishi")


AREAS = ("area_total", "area_present", "area_for", "area_against", "area_abstained")


def votes_add_up(given: Given) -> Found:
    """Everybody present is counted once, and the announced result is what the rule gives (民法典 §278 &c.)."""
    for community in given.communities:
        for vote in given.records.rows(community, Vote):
            yield from _vote(given, vote)


def _vote(given: Given, vote: Vote) -> Found:
    tally = tally_of(vote)
    on = vote_day(given.records, vote)
    rule = given.procedures.rule(vote.rule, on) if on else None
    if vote.present > vote.called:
        yield say(vote, "present", "vote-too-many", present=vote.present, called=vote.called)
    elif adds_up(tally):
        yield say(vote, "present", "vote-sum", present=vote.present, sum=vote.present - adds_up(tally))
    elif tally.areas and tally.areas.present > tally.areas.total:
        yield say(vote, "area_present", "vote-areas-over", present=tally.areas.present, total=tally.areas.total)
    elif tally.areas and area_adds_up(tally.areas):
        total = tally.areas.present - area_adds_up(tally.areas)
        yield say(vote, "area_present", "vote-areas", present=tally.areas.present, sum=total)
    elif rule:
        try:
            computed = "通过" if decide(tally, rule).passed else "未通过"
        except AreaMissing:
            empty = [n for n in AREAS if getattr(vote, n) is None]
            titles = "、".join(vote.sheet.column(n).title for n in empty)
            yield say(vote, empty[0], "vote-areas-missing", missing=titles)
            return
        if computed != vote.announced:
            yield say(vote, "announced", "vote-result", computed=computed)
