"""Whom to go to where something is told in confidence (党叔说事, 大树下的悄悄话): the body that listens and who heads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..catalogue import title as title_of
from ..mechanism import Board
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


def on_the_door(kind: str, name: str, shown: Listening, whole: Whole, c: Community) -> Iterator[Board]:
    """The paper that says who listens and how they are reached; for good, where the community says that it has this.

    ``kind``: the paper's, and its title's in the catalogue. ``name``: the paper's own.
    """
    if row := shown.local:
        context = {"local": row, "leads": shown.leads, "unit": whole.unit(c.id, row.unit)}
        named = title_of(kind, name=row.name or row.mechanism)
        yield Board(kind, name, named, row.since or whole.today, context=context, place=row.place)


def listening(whole: Whole, c: Community, sheet: str, title: str) -> Listening | None:
    """What a resident needs to go there; None where the community publishes no counts of the sheet.

    ``title``: the mechanism's, by which the community's own words for it are found.
    """
    if not any((t.community, t.sheet) == (c.id, sheet) for t in whole.records.counts):
        return None
    local = next(iter(whole.records.by(c.id, Local, "mechanism", title)), None)
    unit = local.unit if local else None
    heads = (p for p in whole.posts.get(c.id, ()) if unit and p.unit and p.unit.id == unit)
    return Listening(local, tuple(p for p in heads if p.duty.duty.endswith(HEADS)))
