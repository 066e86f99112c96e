"""Who is named has a basis for it, and nobody is their own superior."""

from __future__ import annotations

from typing import Any

from ..sheets.duties import OFFICES, Duty
from ..sheets.grids import Grid
from ..sheets.people import Person
from ..sheets.units import Unit
from .given import Found, Given, say


def names_have_a_basis(given: Given) -> Found:
    """Who is named by virtue of office holds one, or held one that the records still tell of (个人信息保护法 §13)."""
    for community in given.communities:
        for person in given.records.rows(community, Person):
            if person.basis == "职务公开":
                duties = given.records.by(community, Duty, "person", person.id)
                held = any(d.duty in OFFICES for d in duties)
                if not held and not given.may_lack(community, "duties", "person", person.id):
                    yield say(person, "basis", "basis-without-office")


def chains_end(given: Given) -> Found:
    """Nobody is their own superior, and a micro-grid lies in a grid."""
    for community in given.communities:
        for row_type in (Unit, Grid):
            for row in given.records.rows(community, row_type):
                seen: set[str] = set()
                at: Any = row
                while at is not None and at.parent and at.id not in seen:
                    seen.add(at.id)
                    at = given.records.get(community, row_type, at.parent)
                if at is row and seen:
                    yield say(row, "parent", "chain-circle")
        for grid in given.records.by(community, Grid, "level", "微网格"):
            if not grid.parent:
                yield say(grid, "parent", "grid-without-parent")
