"""Who serves each building and stair: found by the building, as a resident asks, and not by the list of duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..records import Records
from ..sheets.buildings import Building
from ..sheets.compounds import Compound
from ..sheets.duties import Duty
from ..sheets.grids import Grid
from ..sheets.units import Unit
from .beat import Beat, Slot, beats
from .fact import Fact
from .roster import Post, grid_compound
from .stairs import Stair, house, houses, said, stairs
from .whole import Whole

STEWARD, LEADER, HEAD = "单元管家", "微网格长", "楼组带头人"
# Those who live in the building or next door; no private number of theirs is ever shown.
NEIGHBOURS = (STEWARD, LEADER, HEAD, "楼栋党小组组长")
FULL_TIME, PART_TIME = "专职网格员", "兼职网格员"
MICRO = "微网格"


@dataclass(frozen=True)
class Door(Fact):
    """One stair of a building and who looks after it."""

    name: str
    stewards: tuple[Post, ...]


@dataclass(frozen=True)
class House(Fact):
    """One building. ``doors``: its stairs; ``stewards``: who looks after all of it. ``heads``: those who take the lead in it."""

    building: Building
    doors: tuple[Door, ...]
    stewards: tuple[Post, ...]
    heads: tuple[Post, ...]

    @property
    def told(self) -> bool:
        """Whether there is anything to say of its stairs."""
        return bool(self.doors or self.stewards)

    @property
    def cared(self) -> int:
        """How many of its stairs somebody looks after."""
        return sum(bool(d.stewards or self.stewards) for d in self.doors)


@dataclass(frozen=True)
class Block(Fact):
    """Buildings that the same people serve: those of a micro-grid, or of a grid that has none; all that one card is about.

    ``grid``: the one that the buildings name, None where they name none. ``slots``: the four professions of the grid that
    it lies in. ``changed``: the last day on which somebody began or ended there, None where that is not known. ``waits``:
    whether a duty here may be in a row that is being looked into.
    """

    compound: Compound
    grid: Grid | None
    beat: Beat | None
    houses: tuple[House, ...]
    leaders: tuple[Post, ...]
    part_time: tuple[Post, ...]
    changed: date | None
    waits: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.beat.slots if self.beat else ()

    @property
    def full_time(self) -> tuple[Post, ...]:
        """Whom to ring first."""
        return next((s.posts for s in self.slots if s.duty == FULL_TIME), ())

    @property
    def place(self) -> str:
        """Its buildings with their compound: 南花园2、3号楼."""
        return self.compound.name + said(h.building.name for h in self.houses)

    @property
    def micro(self) -> bool:
        return self.grid is not None and self.grid.level == MICRO

    @property
    def stewards(self) -> tuple[Post, ...]:
        """Of all its buildings and their stairs."""
        of_doors = [p for h in self.houses for d in h.doors for p in d.stewards]
        return (*of_doors, *(p for h in self.houses for p in h.stewards))

    @property
    def named(self) -> int:
        """How many people there are to turn to, those of the whole community not counted."""
        own = [p for s in self.slots if not s.shared for p in s.posts]
        heads = [p for h in self.houses for p in h.heads]
        return len({p.person.id for p in (*own, *heads, *self.stewards, *self.leaders, *self.part_time)})


@dataclass(frozen=True)
class Area(Fact):
    """A compound with its buildings in the order of their numbers.

    ``heads``: who takes the lead in all of it. ``unplaced``: stewards of it whose building or stair cannot be made out.
    """

    compound: Compound
    blocks: tuple[Block, ...]
    heads: tuple[Post, ...]
    unplaced: tuple[Post, ...]

    @property
    def pairs(self) -> tuple[tuple[House, Block], ...]:
        """Each building with the block that it lies in."""
        found = [(h, b) for b in self.blocks for h in b.houses]
        return tuple(sorted(found, key=lambda pair: _order(pair[0].building)))

    @property
    def missing(self) -> int:
        """How many of its buildings the sheet does not have yet; what has no number (临街门店) is none of them."""
        known = sum(numbered(h.building) for h, _ in self.pairs)
        return max(0, (self.compound.buildings or 0) - known)


@dataclass(frozen=True)
class Finder(Fact):
    """Everything that can be found. ``led``: of how many micro-grids somebody is leader, of how many."""

    areas: tuple[Area, ...]
    led: tuple[int, int]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(b for a in self.areas for b in a.blocks)

    @property
    def houses(self) -> int:
        return sum(len(b.houses) for b in self.blocks)

    @property
    def doors(self) -> tuple[int, int]:
        """How many stairs somebody looks after, and how many there are, of the buildings that tell how many they have."""
        houses = [h for b in self.blocks for h in b.houses if h.building.units]
        return sum(h.cared for h in houses), sum(len(h.doors) for h in houses)


def numbered(building: Building) -> bool:
    """Whether it is a building with a number: 临街门店 is not."""
    return bool(houses(building.name))


def _order(building: Building) -> tuple[int, str]:
    digits = "".join(c for c in house(building.name) if c.isdigit())
    return int(digits) if digits and numbered(building) else 10**6, building.name


# --- what a duty reaches -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach(Fact):
    """What a duty is for: a grid, else a compound; ``places``: its buildings and stairs, where the sheet names some."""

    duty: Duty
    grid: str
    compound: str
    places: tuple[Stair, ...]

    def covers(self, building: Building, grids: Sequence[str]) -> bool:
        """Whether it is for that building. ``grids``: the ids of the grids that the building lies in."""
        if self.grid not in grids if self.grid else self.compound != building.compound:
            return False
        return not self.places or any(number == house(building.name) for number, _ in self.places)

    def units(self, building: Building) -> tuple[str, ...]:
        """The stairs of that building that it names."""
        return tuple(unit for number, unit in self.places if unit and number == house(building.name))


def reach(records: Records, duty: Duty) -> Reach:
    """What a duty is for. A text that names two compounds and more could mean the building of either, so it names none."""
    unit = records.get(duty.community, Unit, duty.unit)
    grid = records.get(duty.community, Grid, duty.grid)
    compound = duty.compound or grid_compound(records, duty.community, grid) or (unit.compound if unit else "")
    text = duty.serves or (unit.name if unit and unit.kind == "楼栋党小组" else "")
    compounds = [c.name.removesuffix("小区") for c in records.rows(duty.community, Compound)]
    clear = sum(name in text for name in compounds) < 2
    return Reach(duty, duty.grid or "", compound or "", stairs(text) if clear else ())


def within(records: Records, community: str, id: str | None) -> tuple[str, ...]:
    """The ids of a grid and of those that it lies in."""
    found: list[str] = []
    grid = records.get(community, Grid, id)
    while grid is not None and grid.id not in found:
        found.append(grid.id)
        grid = records.get(community, Grid, grid.parent)
    return tuple(found)


def waits(records: Records, community: str, grids: Sequence[str], compound: str) -> bool:
    """Whether a duty that is not shown for now may be for one of these grids, or for the compound: then none is vacant."""
    told = [w.refers for w in records.absent if (w.community, w.sheet) == (community, "duties")]
    return any(r["grid"] in grids if "grid" in r else _for(records, community, r) in ("", compound) for r in told)


def _for(records: Records, community: str, refers: Mapping[str, str]) -> str:
    """The compound that a row is for which names no grid: its own or its body's; empty where it may be for any."""
    unit = records.get(community, Unit, refers.get("unit"))
    return refers.get("compound") or (unit.compound if unit else None) or ""


# --- the whole -----------------------------------------------------------------------------------------------------


def finder(whole: Whole, community: str) -> Finder | None:
    """Who serves each building of the community's own compounds; None while it keeps no buildings."""
    records = whole.records
    if not records.rows(community, Building):
        return None
    duties = tuple(reach(records, d) for d in records.rows(community, Duty))
    posts = {p.duty.id: p for p in whole.posts[community]}
    held = {b.grid.id: b for b in beats(records, community, whole.posts[community], whole.today)}
    found = _Given(whole, community, duties, posts, held)
    own = records.by(community, Compound, "belongs", "本社区")
    micro = records.by(community, Grid, "level", MICRO)
    led = {p.grid.id for p in posts.values() if p.duty.duty == LEADER and p.grid}
    return Finder(tuple(_area(found, c) for c in own), (sum(g.id in led for g in micro), len(micro)))


@dataclass(frozen=True)
class _Given:
    whole: Whole
    community: str
    reaches: tuple[Reach, ...]
    posts: dict[str, Post]
    beats: dict[str, Beat]

    def held(self, duty: str) -> Iterator[tuple[Post, Reach]]:
        for r in self.reaches:
            if r.duty.duty == duty and r.duty.id in self.posts:
                yield self.posts[r.duty.id], r


def _area(given: _Given, compound: Compound) -> Area:
    records = given.whole.records
    grids: dict[str | None, list[Building]] = {}
    for building in records.by(given.community, Building, "compound", compound.id):
        known = records.get(given.community, Grid, building.grid)
        grids.setdefault(known.id if known else None, []).append(building)
    heads = tuple(p for p, r in given.held(HEAD) if not r.grid and not r.places and p.compound is compound)
    blocks = [_block(given, compound, id, some) for id, some in grids.items()]
    placed = {p.duty.id for b in blocks for p in b.stewards}
    unplaced = tuple(p for p, _ in given.held(STEWARD) if p.compound is compound and p.duty.id not in placed)
    return Area(compound, tuple(sorted(blocks, key=lambda b: _order(b.houses[0].building))), heads, unplaced)


def _block(given: _Given, compound: Compound, id: str | None, buildings: Iterable[Building]) -> Block:
    records = given.whole.records
    grids = within(records, given.community, id)
    some = sorted(buildings, key=_order)

    def here(duty: str) -> tuple[Post, ...]:
        """Those of the grid, whichever of its buildings they name; those without a grid by the building."""
        return tuple(
            p for p, r in given.held(duty) if (r.grid in grids if r.grid else any(r.covers(b, grids) for b in some))
        )

    beat = next((given.beats[g] for g in grids if g in given.beats), None)
    return Block(
        compound,
        records.get(given.community, Grid, id),
        beat,
        tuple(_house(given, b, grids) for b in some),
        here(LEADER),
        here(PART_TIME),
        _changed(given, some, grids, beat),
        waits(records, given.community, grids, compound.id) or any(s.unsure for s in (beat.slots if beat else ())),
    )


def _house(given: _Given, building: Building, grids: Sequence[str]) -> House:
    near = [(p, r) for duty in NEIGHBOURS for p, r in given.held(duty) if r.covers(building, grids)]
    numbers = [str(n) for n in range(1, (building.units or 0) + 1)]
    clear = [(p, r) for p, r in near if p.duty.duty == STEWARD and (r.places or not p.duty.serves)]
    stewards = [(p, r.units(building)) for p, r in clear]
    named = dict.fromkeys((*numbers, *(u for _, units in stewards for u in units)))
    doors = tuple(Door(u, tuple(p for p, units in stewards if u in units)) for u in named)
    heads = tuple(p for p, r in near if p.duty.duty not in (STEWARD, LEADER) and (r.places or r.grid))
    return House(building, doors, tuple(p for p, units in stewards if not units), heads)


def _changed(given: _Given, some: Sequence[Building], grids: Sequence[str], beat: Beat | None) -> date | None:
    """The last day on which one of the duties here began, or had come to its end the day before."""
    today = given.whole.today
    shared = {p.duty.id for s in (beat.slots if beat else ()) for p in s.posts}
    asked = {*NEIGHBOURS, PART_TIME, *(s.duty for s in (beat.slots if beat else ()))}
    days = []
    for r in given.reaches:
        if r.duty.duty in asked and (r.duty.id in shared or any(r.covers(b, grids) for b in some)):
            ends = [r.duty.until + timedelta(days=1)] if r.duty.until else []
            days += [day for day in (r.duty.since, *ends) if day <= today]
    return max(days, default=None)
