"""The households of grids add up: those of the micro-grids to their grid's, those of the grids to their compound's."""

from __future__ import annotations

from ..facts.houses import MICRO
from ..sheets.compounds import Compound
from ..sheets.grids import Grid
from .given import Found, Given, say


def grids_add_up(given: Given) -> Found:
    """Said only where every part has its number and none is withheld: one that is missing is no slip of the others."""
    for community in given.communities:
        records = given.records
        loose = any(not g.parent for g in records.by(community, Grid, "level", MICRO))  # it may be a part of any
        for grid in () if loose else records.by(community, Grid, "level", "网格"):
            parts = tuple(g for g in records.by(community, Grid, "parent", grid.id) if g.level == MICRO)
            total = _sum(given, community, "parent", grid.id, parts)
            if _differ(total, grid.households):
                yield say(grid, "households", "grid-households", holds=False, grid=grid.name, counted=total)
        for compound in records.rows(community, Compound):
            parts = tuple(g for g in records.by(community, Grid, "compound", compound.id) if g.level != MICRO)
            total = _sum(given, community, "compound", compound.id, parts)
            if _differ(total, compound.households):
                told = {"compound": compound.name, "counted": total}
                yield say(compound, "households", "compound-households", holds=False, **told)


def _sum(given: Given, community: str, column: str, id: str, parts: tuple[Grid, ...]) -> int | None:
    counts = [g.households for g in parts]
    if not counts or None in counts or given.may_lack(community, "grids", column, id):
        return None
    return sum(n for n in counts if n is not None)


def _differ(total: int | None, said: int | None) -> bool:
    return total is not None and said is not None and total != said
