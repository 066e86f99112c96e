"""Whom to go to where something is told in confidence (党叔说事, 大树下的悄悄话): the body that listens and who heads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..sheets.mechanisms import Local
from .fact import Fact
from .roster import Post
from .whole import Whole

if TYPE_CHECKING:
    from ..sheets.communities import Community

HEADS = ("书记", "主任", "会长", "队长")


@dataclass(frozen=True)
class Listening(Fact):
    """Of a sheet of counts: what the community says of it, and the heads of the body that is responsible."""

    local: Local | None
    leads: tuple[Post, ...]


def listening(whole: Whole, c: Community, sheet: str, title: str) -> Listening | None:
    """What a resident needs to go there; None where the community publishes no counts of the sheet.

    ``title``: the mechanism's, by which the community's own words for it are found.
    """
    if not any((t.community, t.sheet) == (c.id, sheet) for t in whole.records.counts):
        return None
    local = next((row for row in whole.records.rows(c.id, Local) if row.mechanism == title), None)
    unit = local.unit if local else None
    heads = (p for p in whole.posts.get(c.id, ()) if unit and p.unit and p.unit.id == unit)
    return Listening(local, tuple(p for p in heads if p.duty.duty.endswith(HEADS)))
