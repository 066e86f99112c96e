"""议事协商会: its members and seats, its meetings, and its rules as they were in each version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.clauses import Clause
from ..sheets.compounds import Compound
from ..sheets.meetings import Meeting
from ..sheets.resolutions import Resolution
from ..sheets.seats import Seat
from ..sheets.units import Unit
from .fact import Fact
from .lists import waiting
from .roster import Post
from .whole import Whole

KIND = "议事协商会"
DUTIES = ("议事协商会会长", "议事协商会副会长", "议事协商会成员")


@dataclass(frozen=True)
class Change(Fact):
    """What became of one clause in a version. ``old`` None: it is new; ``new`` None: it was taken out."""

    number: int
    old: Clause | None
    new: Clause | None
    meeting: Meeting | None
    resolution: Resolution | None


@dataclass(frozen=True)
class Version(Fact):
    """The rules as they were from one day to another. ``until`` None: they are in force, or will be.

    ``changes``: against the version before; of the first there are none.
    """

    number: int
    since: date
    until: date | None
    clauses: tuple[Clause, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Council(Fact):
    """A council on a day. ``held``: its meetings, the latest first; ``versions``: of its rules, the latest first.

    ``coming``: versions that take effect later. ``changed``: the last day on which a member began. ``halved``:
    a clause waits, so that no version is whole, and what seems to have been taken out may be there.
    """

    unit: Unit
    compound: Compound | None
    members: tuple[Post, ...]
    seats: tuple[Seat, ...]
    versions: tuple[Version, ...]
    coming: tuple[Version, ...]
    held: tuple[Meeting, ...]
    ahead: tuple[Meeting, ...]
    changed: date | None
    halved: bool

    @property
    def rules(self) -> Version | None:
        """The version in force."""
        return self.versions[0] if self.versions else None

    @property
    def of_duty(self) -> tuple[tuple[str, tuple[Post, ...]], ...]:
        """The members by what they are in it, the chair first."""
        some = ((d, tuple(p for p in self.members if p.duty.duty == d)) for d in DUTIES)
        return tuple((d, held) for d, held in some if held)

    @property
    def named(self) -> int:
        return sum("*" not in p.label for p in self.members)


def in_force(clause: Clause, day: date) -> bool:
    """Whether a clause holds on a day; its last day is one of them."""
    return clause.since <= day and (clause.until is None or day <= clause.until)


def starts(clauses: Iterable[Clause]) -> tuple[date, ...]:
    """The days on which the rules became others than they were, the first included, in order."""
    some = tuple(clauses)
    days = {c.since for c in some} | {c.until + timedelta(days=1) for c in some if c.until}
    return tuple(sorted(days))


def versions(clauses: Sequence[Clause], whole: Whole | None = None) -> tuple[Version, ...]:
    """Every version of some rules, the first first. A version of which no clause is left is one too: the rules are gone."""
    days = starts(clauses)
    found: list[Version] = []
    for n, (day, after) in enumerate(zip(days, [*days[1:], None][: len(days)], strict=True), 1):
        now = tuple(sorted((c for c in clauses if in_force(c, day)), key=lambda c: (c.number, c.id)))
        before = found[-1].clauses if found else None
        changes = tuple(_changes(before, now, whole)) if before is not None else ()
        found.append(Version(n, day, after - timedelta(days=1) if after else None, now, changes))
    return tuple(found)


def _changes(before: Sequence[Clause], now: Sequence[Clause], whole: Whole | None) -> Iterable[Change]:
    old, new = {c.number: c for c in before}, {c.number: c for c in now}
    for number in sorted(old.keys() | new.keys()):
        was, is_ = old.get(number), new.get(number)
        if was is not is_:
            by = is_ if is_ is not None else was
            meeting = resolution = None
            if whole is not None and is_ is not None and by is not None:
                meeting = whole.records.get(by.community, Meeting, by.meeting)
                resolution = whole.records.get(by.community, Resolution, by.resolution)
            yield Change(number, was, is_, meeting, resolution)


def councils(whole: Whole, community: str) -> tuple[Council, ...] | None:
    """The councils that say how they are made up or by what rules; None where none does (its members are with the people)."""
    found = tuple(c for u in whole.records.by(community, Unit, "kind", KIND) if (c := _council(whole, u)))
    return found or None


def _council(whole: Whole, unit: Unit) -> Council | None:
    records, today, c = whole.records, whole.today, unit.community
    members = tuple(p for p in whole.posts.get(c, ()) if p.unit is unit and p.duty.duty in DUTIES)
    seats = records.by(c, Seat, "unit", unit.id)
    every = versions(records.by(c, Clause, "unit", unit.id), whole)
    if not (seats or every):
        return None
    mine = [m for m in records.by(c, Meeting, "kind", KIND) if m.compound == unit.compound]
    held = sorted((m for m in mine if m.on <= today), key=lambda m: (m.on, m.id), reverse=True)
    return Council(
        unit,
        records.get(c, Compound, unit.compound),
        members,
        tuple(seats),
        tuple(v for v in reversed(every) if v.since <= today),
        tuple(v for v in every if v.since > today),
        tuple(held),
        tuple(sorted((m for m in mine if m.on > today), key=lambda m: (m.on, m.id))),
        max((p.duty.since for p in members), default=None),
        waiting(whole, c, ("clauses",)) > 0,
    )
