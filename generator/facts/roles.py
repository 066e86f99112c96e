"""岗位职责: what each role has to do, and how many have it today."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..sheets.roles import Role
from ..sheets.units import Unit
from .fact import Fact

if TYPE_CHECKING:
    from .whole import Whole

_MARKS = re.compile(r"[、,，;；\n]")


@dataclass(frozen=True)
class Charge(Fact):
    """One role on a day. ``people``: how many hold it, each counted once; ``bodies``: how many such bodies there are.

    Each None where the row does not say what to count by.
    """

    row: Role
    duties: tuple[str, ...]
    people: int | None
    bodies: int | None
    in_force: bool


@dataclass(frozen=True)
class Charges(Fact):
    """The roles in their order, those in force; ``coming``: laid down for a later day."""

    roles: tuple[Charge, ...]
    coming: tuple[Charge, ...]


def names(cell: str | None) -> tuple[str, ...]:
    """The duties that a cell names, in order."""
    return tuple(n for part in _MARKS.split(cell or "") if (n := part.strip()))


def holders(whole: Whole, community: str, duties: tuple[str, ...]) -> int:
    """How many people hold one of these duties today, each counted once."""
    return len({p.duty.person for p in whole.posts.get(community, ()) if p.duty.duty in duties})


def _bodies(whole: Whole, community: str, kind: str, today: date) -> int:
    units = whole.records.rows(community, Unit)
    return sum(u.kind == kind and not (u.founded and u.founded > today) for u in units)


def _charge(whole: Whole, community: str, row: Role) -> Charge:
    duties = names(row.held)
    return Charge(
        row,
        duties,
        holders(whole, community, duties) if duties else None,
        _bodies(whole, community, row.kind, whole.today) if row.kind else None,
        row.since <= whole.today,
    )


def roles(whole: Whole, community: str) -> Charges | None:
    """The roles of a community; None where none is laid down."""
    rows = sorted(whole.records.rows(community, Role), key=lambda r: (r.number is None, r.number or 0, r.id))
    if not rows:
        return None
    found = [_charge(whole, community, r) for r in rows]
    return Charges(tuple(c for c in found if c.in_force), tuple(c for c in found if not c.in_force))
