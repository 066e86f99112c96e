"""市民驿站 and the 15分钟便民服务圈: what is open when, and how far it is on foot from each compound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..records import Records
from ..sheets.circle import Walk
from ..sheets.compounds import Compound
from ..sheets.facilities import Facility
from ..sheets.figures import Figure
from ..sheets.station import KINDS, Function
from .fact import Fact

MINUTES = 15  # 15分钟便民服务圈


@dataclass(frozen=True)
class Service(Fact):
    """One function, with what the list of rooms (活动场所) says where its own row does not."""

    row: Function
    facility: Facility | None
    today: date

    @property
    def hours(self) -> str:
        return self.row.hours or (self.facility.hours if self.facility else "")

    @property
    def spot(self) -> str:
        return self.row.spot or (self.facility.where if self.facility else "")

    @property
    def fee(self) -> str:
        return self.row.fee or (self.facility.fee if self.facility else "") or ""

    @property
    def phone(self) -> str:
        return self.row.phone or (self.facility.phone if self.facility else "") or ""

    @property
    def unit(self) -> str:
        """The id of the body that runs it, or nothing."""
        return self.row.unit or (self.facility.unit if self.facility else "") or ""

    @property
    def shut(self) -> bool:
        """Whether its room is closed for some days that are not over yet, or until somebody says so."""
        f = self.facility
        return bool(f and f.closed_from and (f.closed_to is None or f.closed_to >= self.today))

    @property
    def waits(self) -> bool:
        """Whether its room has not been opened yet."""
        return bool(self.facility and self.facility.since and self.facility.since > self.today)


@dataclass(frozen=True)
class Way(Fact):
    """The way from one compound."""

    walk: Walk
    compound: Compound

    @property
    def far(self) -> bool:
        """Whether it takes longer than the circle is called after."""
        return self.walk.minutes > MINUTES

    @property
    def own(self) -> bool:
        """Whether the compound is the community's own, not a neighbour's."""
        return self.compound.belongs == "本社区"


@dataclass(frozen=True)
class Station(Fact):
    """The station of a community on a day.

    ``groups``: its functions by kind, in the order of the declared kinds. ``ways``: the nearest first. ``unmeasured``: the
    compounds whose way nobody has walked yet. ``compounds`` and ``households``: what the community published of the circle.
    """

    groups: tuple[tuple[str, tuple[Service, ...]], ...]
    ways: tuple[Way, ...]
    unmeasured: tuple[Compound, ...]
    compounds: Figure | None
    households: Figure | None

    @property
    def near(self) -> int:
        """How many compounds lie within the minutes that the circle is called after."""
        return sum(not w.far for w in self.ways)

    @property
    def all(self) -> int:
        """How many compounds the circle has, walked or not."""
        return len(self.ways) + len(self.unmeasured)

    @property
    def checked_on(self) -> date | None:
        """The latest day on which the hours were held against the signs on the doors."""
        found = [s for _, some in self.groups for s in some]
        return max((d for s in found if (d := s.row.checked_on) and d <= s.today), default=None)

    @property
    def walked_on(self) -> date | None:
        """The latest day on which a way was walked."""
        return max((w.walk.walked_on for w in self.ways if w.walk.walked_on), default=None)


def published(records: Records, community: str, unit: str, today: date) -> Figure | None:
    """The figure that a community published of its 服务圈 in that unit (个 compounds, 户 households), if any."""
    found = records.rows(community, Figure)
    return next((f for f in found if f.unit == unit and "服务圈" in f.name and not (f.as_of and f.as_of > today)), None)


def services(records: Records, community: str, today: date) -> tuple[Service, ...]:
    """The functions of a community's station, as the sheet has them."""
    rows = records.rows(community, Function)
    return tuple(Service(r, records.get(community, Facility, r.facility), today) for r in rows)


def station(records: Records, community: str, today: date) -> Station | None:
    """The station of a community; None where nothing is said of one."""
    functions, walks = records.rows(community, Function), records.rows(community, Walk)
    if not functions and not walks:
        return None
    known = services(records, community, today)
    groups = ((k, tuple(s for s in known if s.row.kind == k)) for k in KINDS)
    places = {c.id: c for c in records.rows(community, Compound)}
    ways = [
        Way(w, places[w.compound]) for w in walks if w.compound in places and not (w.walked_on and w.walked_on > today)
    ]
    walked = {w.compound.id for w in ways}
    return Station(
        tuple((k, some) for k, some in groups if some),
        tuple(sorted(ways, key=lambda w: (w.walk.minutes, w.walk.metres or 0, w.compound.name))),
        tuple(c for c in places.values() if c.id not in walked) if walks else (),
        published(records, community, "个", today),
        published(records, community, "户", today),
    )
