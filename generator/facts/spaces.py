"""议事亭和共享小屋: who uses them when, how much they are used, which meetings were held there, what was exchanged for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.exchanges import Exchange
from ..sheets.facilities import Facility
from ..sheets.meetings import Meeting
from ..sheets.space_uses import KINDS, SpaceUse
from .cases import Case
from .facilities import SOON, shut
from .fact import Fact
from .whole import Whole

WEEK = timedelta(days=7)
_TIME = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class Booked(Fact):
    """One use, with the names of the room and of who uses it. ``shut``: the room is shut on that day."""

    use: SpaceUse
    room: str
    unit: str
    shut: bool


@dataclass(frozen=True)
class Kind(Fact):
    """How often a room was used for something this year, and how many people came, each time counted."""

    name: str
    uses: int
    people: int


@dataclass(frozen=True)
class Space(Fact):
    """One room or pavilion. ``kinds``: its uses of this year; ``meetings``: those held in it, the latest first.

    ``uncounted``: at how many of its uses nobody wrote how many came. ``closed``: it is shut on the day; ``closing``: it will
    be within a fortnight.
    """

    row: Facility
    kinds: tuple[Kind, ...]
    meetings: tuple[Meeting, ...]
    uncounted: int
    closed: bool
    closing: bool

    @property
    def uses(self) -> int:
        return sum(k.uses for k in self.kinds)

    @property
    def people(self) -> int:
        return sum(k.people for k in self.kinds)


@dataclass(frozen=True)
class Swap(Fact):
    """One exchange on a day."""

    row: Exchange
    ours: str
    case: Case | None
    over: bool


@dataclass(frozen=True)
class Spaces(Fact):
    """All of a community. ``week``: the uses of the week that the day lies in, from ``first`` to ``last``; ``coming``: of
    the week after; ``past``: of this year before it, the latest first.
    """

    today: date
    first: date
    last: date
    spaces: tuple[Space, ...]
    week: tuple[Booked, ...]
    coming: tuple[Booked, ...]
    past: tuple[Booked, ...]
    swaps: tuple[Swap, ...]

    @property
    def running(self) -> tuple[Swap, ...]:
        return tuple(s for s in self.swaps if not s.over)

    @property
    def ended(self) -> tuple[Swap, ...]:
        return tuple(s for s in self.swaps if s.over)


def minutes(text: str) -> tuple[int, int] | None:
    """19:00—20:30 as minutes of the day, from and to; None where it is no such span, or one that runs backwards."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found = _TIME.fullmatch(re.sub("[—–―‐‑~至到-]+", "-", plain))
    if not found:
        return None
    h1, m1, h2, m2 = map(int, found.groups())
    begins, ends = h1 * 60 + m1, h2 * 60 + m2
    return (begins, ends) if max(m1, m2) < 60 and begins < ends <= 24 * 60 else None


def _order(use: SpaceUse) -> tuple[date, int, str]:
    return use.on, (minutes(use.time) or (0, 0))[0], use.id


def spaces(whole: Whole, community: str) -> Spaces | None:
    """The shared rooms with their uses and exchanges; None where neither is on record."""
    records, today = whole.records, whole.today
    uses = sorted(records.rows(community, SpaceUse), key=_order)
    swaps = records.rows(community, Exchange)
    if not uses and not swaps:
        return None
    used = {u.facility for u in uses} | {s.facility for s in swaps}
    rooms = [f for f in records.rows(community, Facility) if f.id in used]
    of = {f.id: f for f in rooms}
    booked = [_booked(whole, u, of.get(u.facility)) for u in uses]
    first = today - timedelta(days=today.weekday())
    last = first + timedelta(days=6)
    known = [_swap(whole, s) for s in swaps if s.since <= today]
    return Spaces(
        today,
        first,
        last,
        tuple(_space(whole, f, uses) for f in sorted(rooms, key=lambda f: (f.number is None, f.number or 0, f.id))),
        tuple(b for b in booked if first <= b.use.on <= last),
        tuple(b for b in booked if last < b.use.on <= last + WEEK),
        tuple(b for b in booked[::-1] if b.use.on < first and b.use.on.year == today.year),
        tuple(sorted(known, key=lambda s: (s.over, -s.row.since.toordinal(), s.row.id))),
    )


def _booked(whole: Whole, use: SpaceUse, room: Facility | None) -> Booked:
    unit = whole.unit(use.community, use.unit)
    return Booked(use, room.name if room else "", unit, room is not None and shut(room, use.on))


def _space(whole: Whole, row: Facility, uses: Sequence[SpaceUse]) -> Space:
    mine = [u for u in uses if u.facility == row.id and u.on < whole.today and u.on.year == whole.today.year]
    held = [m for m in whole.records.rows(row.community, Meeting) if m.on <= whole.today and row.name in m.place_name]
    meetings = tuple(sorted(held, key=lambda m: (m.on, m.id), reverse=True))
    uncounted = sum(u.people is None for u in mine)
    begins, today = row.closed_from, whole.today
    closing = begins is not None and today < begins <= today + SOON
    return Space(row, kinds(mine), meetings, uncounted, shut(row, today), closing)


def kinds(uses: Iterable[SpaceUse]) -> tuple[Kind, ...]:
    """Some uses by kind, in the order of the sheet's list; a kind of which there is none is left out."""
    some = list(uses)
    found = (Kind(k, sum(u.kind == k for u in some), sum(u.people or 0 for u in some if u.kind == k)) for k in KINDS)
    return tuple(k for k in found if k.uses)


def _swap(whole: Whole, row: Exchange) -> Swap:
    over = row.until is not None and row.until < whole.today
    ours = whole.unit(row.community, row.unit)
    return Swap(row, ours, whole.cases.get(row.community, row.matter), over)
