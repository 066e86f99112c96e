"""The rooms that residents may use, whether each is open, and the rules that hold on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.facilities import Facility
from ..sheets.room_rules import RoomRule
from .fact import Fact

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Room(Fact):
    """A room with the rules that are its own. ``closed``: it is shut on the day; ``closing``: it will be within a fortnight."""

    row: Facility
    rules: tuple[RoomRule, ...]
    closed: bool
    closing: bool
    opened: bool


@dataclass(frozen=True)
class Rooms(Fact):
    """``general``: the rules for every room. ``past``: rules that hold no longer, the latest to end first.

    ``changed``: the last day on which a rule came into force or ended.
    """

    rooms: tuple[Room, ...]
    general: tuple[RoomRule, ...]
    past: tuple[RoomRule, ...]
    coming: tuple[RoomRule, ...]
    changed: date | None

    @property
    def closed(self) -> tuple[Room, ...]:
        return tuple(r for r in self.rooms if r.closed or r.closing)

    def count(self, kind: str) -> int:
        """How many rooms of a kind there are."""
        return sum(r.row.kind == kind for r in self.rooms)


def in_force(rule: RoomRule, day: date) -> bool:
    """Whether a rule holds on a day; its last day is one of them."""
    return rule.since <= day and (rule.until is None or day <= rule.until)


def rooms(rows: Iterable[Facility], rules: Iterable[RoomRule], today: date) -> Rooms | None:
    """The rooms in the order of their numbers; None where there are none."""
    shown = sorted(rows, key=lambda r: (r.number is None, r.number or 0, r.place.row))
    if not shown:
        return None
    known = sorted(rules, key=lambda r: (r.number, r.place.row))
    held = [r for r in known if in_force(r, today)]
    days = [r.since for r in known if r.since <= today]
    days += [r.until + timedelta(days=1) for r in known if r.until and r.until < today]
    past = sorted((r for r in known if r.until and r.until < today), key=lambda r: (r.until, r.id), reverse=True)
    return Rooms(
        tuple(_room(row, held, today) for row in shown),
        tuple(r for r in held if r.facility is None),
        tuple(past),
        tuple(r for r in known if r.since > today),
        max(days, default=None),
    )


def shut(row: Facility, day: date) -> bool:
    """Whether a room is shut on a day."""
    over = row.closed_to is not None and row.closed_to < day
    return row.closed_from is not None and row.closed_from <= day and not over


def _room(row: Facility, held: Iterable[RoomRule], today: date) -> Room:
    closed = shut(row, today)
    closing = row.closed_from is not None and today < row.closed_from <= today + SOON
    own = tuple(r for r in held if r.facility == row.id)
    return Room(row, own, closed, closing, row.since is None or row.since <= today)
