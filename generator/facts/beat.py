"""The four professions of every grid: who they are, whom a grid shares with the whole community, what is vacant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..records import Records
from ..sheets.compounds import Compound
from ..sheets.duties import Duty
from ..sheets.grids import Grid
from .fact import Fact
from .roster import Post

# Duties that every grid is to have; one that nobody holds is said to be vacant.
GRID_POSTS = ("专职网格员", "片区民警", "卫生网格员", "人民调解员")


@dataclass(frozen=True)
class Slot(Fact):
    """One profession in one grid. ``shared``: whoever holds it does so for the whole community.

    ``since``: the day from which it has been vacant, where the sheet tells. ``unsure``: a row that is being looked into may
    fill it.
    """

    duty: str
    posts: tuple[Post, ...]
    shared: bool = False
    since: date | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Beat(Fact):
    """A grid with its four professions. ``place``: the compound that it lies in, empty where it is several."""

    grid: Grid
    place: str
    slots: tuple[Slot, ...]

    @property
    def gaps(self) -> tuple[Slot, ...]:
        return tuple(s for s in self.slots if not s.posts)


@dataclass(frozen=True)
class Filled(Fact):
    """One profession over all grids: in how many somebody holds it, of how many, and how many people they are."""

    duty: str
    n: int
    of: int
    people: int


def beats(records: Records, community: str, posts: tuple[Post, ...], today: date) -> tuple[Beat, ...]:
    """The grids in the sheet's order. ``posts``: the duties held on ``today`` (``roster.posts``)."""
    found = []
    for grid in records.by(community, Grid, "level", "网格"):
        inside = {grid.id, *(g.id for g in records.by(community, Grid, "parent", grid.id))}
        place = records.get(community, Compound, grid.compound)
        slots = tuple(_slot(records, duty, grid, inside, posts, today) for duty in GRID_POSTS)
        found.append(Beat(grid, place.name if place else "", slots))
    return tuple(found)


def _slot(records: Records, duty: str, grid: Grid, inside: set[str], posts: tuple[Post, ...], today: date) -> Slot:
    held = tuple(p for p in posts if p.duty.duty == duty)
    own = tuple(p for p in held if p.grid and p.grid.id in inside)
    if own:
        return Slot(duty, own)
    if shared := tuple(p for p in held if p.grid is None and p.compound is None):
        return Slot(duty, shared, shared=True)
    duties = records.by(grid.community, Duty, "duty", duty)
    ended = [d.until for d in duties if d.grid in inside and d.until and d.until < today]
    unsure = any(records.withheld_of(grid.community, "duties", "grid", id) for id in inside)
    return Slot(duty, (), since=max(ended) + timedelta(days=1) if ended else None, unsure=unsure)


def filled(found: tuple[Beat, ...]) -> tuple[Filled, ...]:
    """For each profession, in how many of the grids somebody holds it."""
    table = []
    for n, duty in enumerate(GRID_POSTS):
        slots = [b.slots[n] for b in found]
        people = {p.person.id for s in slots for p in s.posts}
        table.append(Filled(duty, sum(bool(s.posts) for s in slots), len(slots), len(people)))
    return tuple(table)
