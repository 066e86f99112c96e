"""The headings of a community's front page: each once, and those that its mechanisms name are among them."""

from __future__ import annotations

from ..sheets.headings import Heading
from ..sheets.mechanisms import Local
from .given import Found, Given, say


def headings_known(given: Given) -> Found:
    """A mechanism under a heading that the community has not told of would stand apart from the others in silence."""
    for community in given.communities:
        rows = given.records.rows(community, Heading)
        seen: dict[str, str] = {}
        for row in rows:
            if row.name in seen:
                yield say(row, "name", "heading-twice", other=seen[row.name])
            seen.setdefault(row.name, row.id)
        if not rows or given.records.waits(community, "headings"):
            continue
        for local in given.records.rows(community, Local):
            if local.heading and local.heading not in seen:
                yield say(local, "heading", "heading-unknown", holds=False, known="、".join(seen))
