"""六员: who does what for which building, named only where the person agreed to be named for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.compounds import Compound
from ..sheets.six import ROLES, Six
from .fact import Fact
from .stairs import houses
from .whole import Whole


@dataclass(frozen=True)
class Named(Fact):
    """Somebody who agreed to be named."""

    row: Six
    label: str


@dataclass(frozen=True)
class Role(Fact):
    """One of the six: those who may be named, and how many more there are."""

    name: str
    named: tuple[Named, ...]
    others: int

    @property
    def all(self) -> int:
        return len(self.named) + self.others


@dataclass(frozen=True)
class Serving(Fact):
    """The six of one compound. ``people``: how many there are, who is known counted once and who isn't once a row; ``named``:
    how many of them may be named. ``changed``: the last day on which anyone began or ended.
    """

    compound: Compound
    roles: tuple[Role, ...]
    people: int
    named: int
    changed: date


def held(row: Six, today: date) -> bool:
    """Whether it is done on that day."""
    return row.since <= today and (row.until is None or today <= row.until)


def name(whole: Whole, row: Six) -> str:
    """How a person is called who agreed to be named for this; "" for anybody else, whatever else is known of them."""
    label = whole.person(row.community, row.person) if row.agreed else ""
    return "" if "*" in label else label


def six(whole: Whole, community: str) -> tuple[Serving, ...] | None:
    """The six of each compound; None where nobody does any of it."""
    found = []
    for compound in whole.records.rows(community, Compound):
        rows = whole.records.by(community, Six, "compound", compound.id)
        mine = [r for r in rows if held(r, whole.today)]
        if mine:
            days = [r.since for r in mine]
            days += [r.until + timedelta(days=1) for r in rows if r.until and r.until < whole.today]
            people = {r.person or r.id for r in mine}
            named = {r.person for r in mine if name(whole, r)}
            roles = tuple(_role(whole, role, mine) for role in ROLES)
            found.append(Serving(compound, roles, len(people), len(named), max(days)))
    return tuple(found) or None


def _house(row: Six) -> tuple[int, str, str]:
    first = next(iter(houses(row.serves)), "")
    return len(first), first, str(row.id)


def _role(whole: Whole, role: str, rows: list[Six]) -> Role:
    mine = sorted((r for r in rows if r.role == role), key=_house)
    named = tuple(Named(r, label) for r in mine if (label := name(whole, r)))
    return Role(role, named, len(mine) - len(named))
