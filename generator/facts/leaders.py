"""院落楼组带头人: who takes the lead in which building, and which buildings have nobody yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..sheets.buildings import Building
from ..sheets.compounds import Compound
from ..sheets.duties import Duty
from ..sheets.mechanisms import Local
from .fact import Fact
from .houses import HEAD, numbered
from .roster import Post
from .stairs import house, houses
from .whistles import Rate
from .whole import Whole

TITLE = "院落楼组带头人"


@dataclass(frozen=True)
class Led(Fact):
    """A building, and who takes the lead in it."""

    building: Building
    leaders: tuple[Post, ...]


@dataclass(frozen=True)
class Yard(Fact):
    """A compound with its buildings in order. ``unplaced``: leaders of it whose building cannot be made out.

    ``changed``: the last day on which somebody began or ended.
    """

    compound: Compound
    houses: tuple[Led, ...]
    unplaced: tuple[Post, ...]
    changed: date

    @property
    def led(self) -> Rate:
        """In how many buildings somebody takes the lead, of how many."""
        return Rate(sum(bool(h.leaders) for h in self.houses), len(self.houses))

    @property
    def vacant(self) -> tuple[Building, ...]:
        return tuple(h.building for h in self.houses if not h.leaders)

    @property
    def leaders(self) -> tuple[Post, ...]:
        """Each of them once."""
        every = (*(p for h in self.houses for p in h.leaders), *self.unplaced)
        return tuple({p.duty.id: p for p in every}.values())


def yards(whole: Whole, community: str) -> tuple[Yard, ...] | None:
    """The compounds in which anybody takes the lead; None where there is none, or where nobody said that every building is
    to have one: elsewhere a building without one lacks nothing.
    """
    if not whole.records.by(community, Local, "mechanism", TITLE):
        return None
    posts = [p for p in whole.posts.get(community, ()) if p.duty.duty == HEAD]
    found = []
    for compound in whole.records.rows(community, Compound):
        mine = [p for p in posts if p.compound is compound]
        if mine:
            rows = [b for b in whole.records.by(community, Building, "compound", compound.id) if numbered(b)]
            found.append(_yard(whole, compound, rows, mine))
    return tuple(found) or None


def _yard(whole: Whole, compound: Compound, rows: Sequence[Building], posts: list[Post]) -> Yard:
    rows = sorted(rows, key=lambda b: (len(house(b.name)), house(b.name)))
    led = tuple(Led(b, tuple(p for p in posts if house(b.name) in houses(p.duty.serves or ""))) for b in rows)
    placed = {p.duty.id for h in led for p in h.leaders}
    days = [p.duty.since for p in posts]
    for duty in whole.records.by(compound.community, Duty, "compound", compound.id):
        if duty.duty == HEAD and duty.until and duty.until < whole.today:
            days.append(duty.until)
    return Yard(compound, led, tuple(p for p in posts if p.duty.id not in placed), max(days))
