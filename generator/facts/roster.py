"""Who holds which duty on a day, and how each person may be called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ..records import Records
from ..sheets.compounds import Compound
from ..sheets.duties import OFFICES, VOLUNTEERS, Duty
from ..sheets.grids import Grid
from ..sheets.people import Person
from ..sheets.units import Unit
from .cases import Fact
from .counts import in_office


@dataclass(frozen=True)
class Post(Fact):
    """One person in one duty: how they are called, where they serve, how they are reached."""

    duty: Duty
    person: Person
    label: str
    unit: Unit | None
    grid: Grid | None
    compound: Compound | None

    @property
    def where(self) -> str:
        """The place that the duty is for: what it serves, else grid, unit, compound."""
        parts = [self.grid.name if self.grid else "", self.duty.serves or ""]
        place = " ".join(p for p in parts if p)
        return place or (self.unit.name if self.unit else "") or (self.compound.name if self.compound else "")


def labels(records: Records, community: str) -> dict[str, str]:
    """Person id → name as shown; masked names that collide are told apart by building, never by more letters."""
    people = records.rows(community, Person)
    same = Counter(p.name for p in people)
    return {
        p.id: f"{p.name}({p.building})" if same[p.name] > 1 and p.building else p.name  # full names collide too
        for p in people
    }


def grid_compound(records: Records, community: str, grid: Grid | None) -> str | None:
    """The compound id of a grid, by itself or through the grid it lies in."""
    while grid is not None:
        if grid.compound:
            return grid.compound
        grid = records.get(community, Grid, grid.parent)
    return None


def posts(records: Records, community: str, today: date) -> tuple[Post, ...]:
    """All duties held on a day, in the order of the declared list of duties, then as the sheet has them."""
    order = {d: i for i, d in enumerate((*OFFICES, *VOLUNTEERS))}
    held = [d for d in records.rows(community, Duty) if in_office(d, today)]
    return tuple(sorted(_posts(records, community, held), key=lambda p: order[p.duty.duty]))


def former(records: Records, community: str, today: date) -> tuple[Post, ...]:
    """The duties whose term was over by that day, as the sheet has them."""
    ended = [d for d in records.rows(community, Duty) if d.until and d.since <= d.until < today]
    return tuple(_posts(records, community, ended))


def _posts(records: Records, community: str, duties: Iterable[Duty]) -> Iterator[Post]:
    names = labels(records, community)
    for duty in duties:
        person = records.get(community, Person, duty.person)
        if person is None:
            continue
        grid = records.get(community, Grid, duty.grid)
        unit = records.get(community, Unit, duty.unit)
        compound = duty.compound or grid_compound(records, community, grid) or (unit.compound if unit else None)
        place = records.get(community, Compound, compound)
        yield Post(duty, person, names[person.id], unit, grid, place)


def by_duty(found: tuple[Post, ...]) -> dict[str, tuple[Post, ...]]:
    """The posts under each duty that anyone holds."""
    groups: dict[str, list[Post]] = {}
    for post in found:
        groups.setdefault(post.duty.duty, []).append(post)
    return {k: tuple(v) for k, v in groups.items()}


def by_compound(records: Records, community: str, found: tuple[Post, ...]) -> dict[Compound, tuple[Post, ...]]:
    """The posts that serve each of the community's own compounds."""
    groups = {c: tuple(p for p in found if p.compound is c) for c in records.rows(community, Compound)}
    return {c: p for c, p in groups.items() if p}
