"""Organisations and teams of volunteers: what each does for residents, and who is at the platform for new ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.duties import Duty
from ..sheets.incubations import Incubation
from ..sheets.offerings import Offering
from ..sheets.units import Unit
from .counts import in_office
from .fact import Fact
from .whole import Whole

KINDS = ("社会组织", "志愿服务队")


@dataclass(frozen=True)
class Society(Fact):
    """One of them on a day: what it does now, and how its leader is called, if anybody is entered as that."""

    unit: Unit
    leader: str
    offerings: tuple[Offering, ...]


@dataclass(frozen=True)
class Stay(Fact):
    """A stay at the platform."""

    incubation: Incubation
    unit: Unit
    today: date

    @property
    def left(self) -> bool:
        return self.incubation.left_on is not None and self.incubation.left_on <= self.today

    @property
    def state(self) -> str:
        """staying, fledged, gone or left (nobody wrote how)."""
        if not self.left:
            return "staying"
        return {"出壳": "fledged", "退出": "gone"}.get(self.incubation.outcome or "", "left")


@dataclass(frozen=True)
class Societies(Fact):
    """All of a community: by kind, and the stays at the platform, those who are there first.

    ``changed``: since that day nobody has come, and no service has begun or ended.
    """

    today: date
    of_kind: tuple[tuple[str, tuple[Society, ...]], ...]
    stays: tuple[Stay, ...]
    changed: date

    @property
    def all(self) -> tuple[Society, ...]:
        return tuple(s for _, some in self.of_kind for s in some)

    @property
    def staying(self) -> tuple[Stay, ...]:
        return tuple(s for s in self.stays if not s.left)

    @property
    def fledged(self) -> tuple[Stay, ...]:
        return tuple(s for s in self.stays if s.state == "fledged")

    @property
    def past(self) -> tuple[Stay, ...]:
        return tuple(s for s in self.stays if s.left)


def societies(whole: Whole, community: str) -> Societies | None:
    """The organisations and teams of a community on the day; None where it has none."""
    records, today = whole.records, whole.today
    found = tuple(
        (kind, tuple(_society(whole, u) for u in records.by(community, Unit, "kind", kind) if _is_there(u, today)))
        for kind in KINDS
    )
    if not any(some for _, some in found):
        return None
    stays = []
    for row in records.rows(community, Incubation):
        unit = records.get(community, Unit, row.unit)
        if unit is not None and row.joined_on <= today:
            stays.append(Stay(row, unit, today))
    stays.sort(key=lambda s: (s.left, -s.incubation.joined_on.toordinal(), s.incubation.id))
    of_kind = tuple((k, some) for k, some in found if some)
    return Societies(today, of_kind, tuple(stays), _changed(whole, community, of_kind))


def _changed(whole: Whole, community: str, of_kind: tuple[tuple[str, tuple[Society, ...]], ...]) -> date:
    days: list[date | None] = [s.unit.founded for _, some in of_kind for s in some]
    for row in whole.records.rows(community, Offering):
        days += [row.since, row.until + timedelta(days=1) if row.until else None]
    return max((d for d in days if d and d <= whole.today), default=whole.today)


def _is_there(unit: Unit, today: date) -> bool:
    return unit.founded is None or unit.founded <= today


def _society(whole: Whole, unit: Unit) -> Society:
    today = whole.today
    offered = [
        o
        for o in whole.records.by(unit.community, Offering, "unit", unit.id)
        if o.since <= today and (o.until is None or today <= o.until)
    ]
    leaders = [
        whole.person(unit.community, d.person)
        for d in whole.records.by(unit.community, Duty, "unit", unit.id)
        if d.duty == "志愿服务队队长" and in_office(d, today)
    ]
    return Society(unit, "、".join(filter(None, leaders)), tuple(offered))
