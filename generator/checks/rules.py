"""A procedure or rule that is one community's own is used by no other."""

from __future__ import annotations

from ..procedures import Version
from ..sheet import PublicRow
from ..sheets.communities import Community
from ..sheets.elections import Election
from ..sheets.matters import Matter
from ..sheets.votes import Vote
from .given import Found, Given, say


def rules_of_their_community(given: Given) -> Found:
    """Matters, votes and elections go by procedures and rules that their community may use."""
    known = given.procedures
    ways: dict[str, Version] = {p.id: p for p in known.procedures if p.community}
    rules: dict[str, Version] = {r.id: r for r in known.rules if r.community}
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            yield from _own(given, matter, "procedure", ways)
        for vote in given.records.rows(community, Vote):
            yield from _own(given, vote, "rule", rules)
        for election in given.records.rows(community, Election):
            yield from _own(given, election, "rule", rules)


def _own(given: Given, row: PublicRow, name: str, versions: dict[str, Version]) -> Found:
    version = versions.get(getattr(row, name))
    if version and version.community != row.community:
        owner = given.records.get("", Community, version.community)
        whose = owner.name if owner else version.community
        yield say(row, name, "rule-of-another", title=version.title, whose=whose)
