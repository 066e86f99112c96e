"""Buildings, grids and those who serve them say the same: what a resident looks up by her building is never another's."""

from __future__ import annotations

from ..facts.counts import in_office
from ..facts.houses import LEADER, MICRO, STEWARD, numbered, reach, within
from ..facts.stairs import house, houses, said
from ..sheets.buildings import Building
from ..sheets.compounds import Compound
from ..sheets.duties import Duty
from ..sheets.grids import Grid
from .given import Found, Given, say


def houses_sound(given: Given) -> Found:
    """Each building of a compound has one row, in a grid of its own compound, and grids and compounds have just those."""
    for community in given.communities:
        if given.records.rows(community, Building):
            yield from _each_once(given, community)
            yield from _all_there(given, community)


def _each_once(given: Given, community: str) -> Found:
    records = given.records
    seen: dict[tuple[str, str], str] = {}
    for row in records.rows(community, Building):
        place = (row.compound, house(row.name))
        if place in seen:
            yield say(row, "name", "building-twice", other=seen[place])
        seen.setdefault(place, row.id)
        compound, grid = records.get(community, Compound, row.compound), records.get(community, Grid, row.grid)
        if not row.grid:
            yield say(row, "grid", "building-without-grid", holds=False, building=_called(compound, row))
        elif grid and compound and grid.compound not in (None, row.compound):
            other = records.get(community, Compound, grid.compound)
            told = {"building": row.name, "compound": compound.name, "other": other.name if other else grid.compound}
            yield say(row, "grid", "building-grid-elsewhere", holds=True, **told)


def _called(compound: Compound | None, row: Building) -> str:
    return (compound.name if compound else "") + row.name


def _all_there(given: Given, community: str) -> Found:
    """Nothing is said of a compound of which rows wait, or may: what is missing may be among these."""
    records = given.records
    for compound in records.rows(community, Compound):
        rows = records.by(community, Building, "compound", compound.id)
        if rows and not given.may_lack(community, "buildings", "compound", compound.id):
            counted = len({house(r.name) for r in rows if numbered(r)})
            if compound.buildings is not None and counted != compound.buildings:
                params = {"compound": compound.name, "counted": counted}
                yield say(compound, "buildings", "buildings-incomplete", holds=False, **params)
            yield from _grids_of(given, compound, rows)


def _grids_of(given: Given, compound: Compound, rows: tuple[Building, ...]) -> Found:
    for grid in given.records.by(compound.community, Grid, "compound", compound.id):
        own = [r for r in rows if grid.id in within(given.records, compound.community, r.grid)]
        if not own and grid.level == MICRO:
            yield say(grid, "name", "grid-without-building", holds=False, grid=grid.id)
        told = set(houses(grid.scope))
        if own and told and told != {house(r.name) for r in own if numbered(r)}:
            counted = said(r.name for r in own)
            yield say(grid, "scope", "grid-scope-differs", holds=False, grid=grid.name, counted=counted)


def stewards_placed(given: Given) -> Found:
    """Every steward and leader in office is found by a building, and every micro-grid with buildings has a leader."""
    for community in given.communities:
        if not given.records.rows(community, Building):
            continue
        for duty in given.records.rows(community, Duty):
            if duty.duty in (STEWARD, LEADER) and in_office(duty, given.today):
                yield from _placed(given, duty)
        yield from _led(given, community)


def _placed(given: Given, duty: Duty) -> Found:
    if duty.duty == LEADER and not duty.grid:
        yield say(duty, "grid", "leader-without-grid", holds=False)
        return
    meant = reach(given.records, duty)
    if duty.duty == STEWARD and not meant.places and (duty.serves or not duty.grid):
        yield say(duty, "serves", "serves-unclear", holds=False)
        return
    name, there = _there(given, duty.community, meant.grid, meant.compound)
    if there is None:
        return
    odd = [place for place in meant.places if not _known(place, there)]
    if odd:
        called = "、".join(f"{number}号楼" + (f"{unit}单元" if unit else "") for number, unit in odd)
        yield say(duty, "serves", "serves-elsewhere", holds=False, place=name, odd=called)


def _there(given: Given, community: str, grid: str, compound: str) -> tuple[str, list[Building] | None]:
    """The name of the grid, or else the compound, with its buildings; None where these are not known, or not all."""
    records = given.records
    rows = [
        r
        for r in records.rows(community, Building)
        if (grid in within(records, community, r.grid) if grid else r.compound == compound)
    ]
    where = records.get(community, Grid, grid) or records.get(community, Compound, compound)
    column, id = ("grid", grid) if grid else ("compound", compound)
    if where is None or not rows or given.may_lack(community, "buildings", column, id):
        return "", None
    return where.name, rows


def _known(place: tuple[str, str], rows: list[Building]) -> bool:
    """Whether a stair is one of some buildings; of a building whose stairs are not told any may be."""
    number, unit = place
    for row in rows:
        if house(row.name) == number:
            return not (unit.isdigit() and row.units) or 1 <= int(unit) <= row.units
    return False


def _led(given: Given, community: str) -> Found:
    records = given.records
    used = {r.grid for r in records.rows(community, Building)}
    led = {d.grid for d in records.by(community, Duty, "duty", LEADER) if in_office(d, given.today)}
    for grid in records.by(community, Grid, "level", MICRO):
        if grid.id in used - led and not given.may_lack(community, "duties", "grid", grid.id):
            yield say(grid, "name", "leader-lacking", holds=False, grid=grid.id)
