"""A procedure or rule that is one community's own is used by no other, and for no class of matters that it is not for."""

from __future__ import annotations

from ..facts.ballots import vote_day
from ..procedures import Version
from ..sheet import PublicRow
from ..sheets.communities import Community
from ..sheets.elections import Election
from ..sheets.matters import Matter
from ..sheets.votes import Vote
from .given import Found, Given, say


def rules_of_their_community(given: Given) -> Found:
    """Matters, votes and elections go by procedures and rules that their community may use, as these were on their day."""
    known = given.procedures
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            way = known.procedure(matter.procedure, matter.raised_on)
            yield from _own(given, matter, "procedure", way)
            if way and way.community in ("", community) and way.size(matter.size) is None:
                sizes = "、".join(s.name for s in way.sizes)
                yield say(matter, "size", "size-not-of-procedure", holds=False, title=way.title, sizes=sizes)
        for vote in given.records.rows(community, Vote):
            on = vote_day(given.records, known, vote)
            yield from _own(given, vote, "rule", known.rule(vote.rule, on) if on else None)
        for election in given.records.rows(community, Election):
            yield from _own(given, election, "rule", known.rule(election.rule, election.on))


def _own(given: Given, row: PublicRow, name: str, version: Version | None) -> Found:
    if version and version.community not in ("", row.community):
        owner = given.records.get("", Community, version.community)
        whose = owner.name if owner else version.community
        yield say(row, name, "rule-of-another", title=version.title, whose=whose)
