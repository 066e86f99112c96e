"""一室八中心: the rooms that residents may use, their signs, and the rules on how they are used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.facilities import Rooms, in_force, rooms
from ..mechanism import Board, Mechanism, declare
from ..sheets.facilities import Facility
from ..sheets.mechanisms import Local
from ..sheets.room_rules import RoomRule

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

TITLE = "活动场所"
NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
SAID = re.compile(f"([{''.join(NUMERALS)}])室([{''.join(NUMERALS)}])中心")


def gather(whole: Whole, c: Community) -> Rooms | None:
    records = whole.records
    return rooms(records.rows(c.id, Facility), records.rows(c.id, RoomRule), whole.today)


def boards(shown: Rooms, whole: Whole, c: Community) -> Iterator[Board]:
    """A sign for each room, and one sheet with all rules."""
    for room in shown.rooms:
        row = room.row
        keeper = whole.person(c.id, row.keeper)
        context = {
            "room": room,
            "unit": whole.unit(c.id, row.unit),
            "keeper": "" if "*" in keeper else keeper,  # a sign has no room for somebody who is not to be named
        }
        on = row.since or shown.changed or whole.today
        yield Board("doorsign", row.id, title("doorsign", room=row.name), on, context=context, place=row.place)
    if shown.general or any(r.rules for r in shown.rooms):
        on = shown.changed or whole.today
        context = {"shown": shown}
        yield Board("roomrules", "zhidu", title("roomrules", community=c.name), on, context=context, place=c.place)


def rooms_sound(given: Given) -> Found:
    """Each sign has its own number, days on which a room is shut run forward, and as many rooms as the name says."""
    for community in given.communities:
        rows = given.records.rows(community, Facility)
        numbers: dict[int, str] = {}
        for row in rows:
            if row.number is not None and row.number in numbers:
                yield say(row, "number", "room-number-twice", holds=False, other=numbers[row.number])
            elif row.number is not None:
                numbers[row.number] = row.name
            if row.closed_from is None and (row.closed_to or row.closed_why):
                yield say(row, "closed_from", "room-closed-from-when", holds=False)
            elif row.closed_from and row.closed_to and row.closed_to < row.closed_from:
                yield say(row, "closed_to", "room-closed-backwards", holds=False, begins=row.closed_from.isoformat())
        for said in given.records.by(community, Local, "mechanism", TITLE):
            yield from _counted(given, said, rows)


def _counted(given: Given, said: Local, rows: tuple[Facility, ...]) -> Found:
    """A name like 一室八中心 says how many there are; while a row waits, nothing can be said."""
    if (m := SAID.search(said.name or "")) and not given.records.waits(said.community, "facilities"):
        there = tuple(sum(r.kind == kind for r in rows) for kind in ("室", "中心"))
        if there != (NUMERALS[m[1]], NUMERALS[m[2]]):
            yield say(said, "name", "room-count", holds=False, rooms=there[0], centres=there[1])


def room_rules_sound(given: Given) -> Found:
    """A rule ends after it began, and no two of one number hold at the same time for the same room."""
    for community in given.communities:
        known: dict[tuple[str | None, int], list[RoomRule]] = {}
        for row in given.records.rows(community, RoomRule):
            if row.until is not None and row.until < row.since:
                yield say(row, "until", "room-rule-backwards", since=row.since.isoformat())
                continue
            same = known.setdefault((row.facility, row.number), [])
            if other := next((o for o in same if in_force(o, row.since) or in_force(row, o.since)), None):
                yield say(row, "number", "room-rule-twice", holds=False, other=other.id)
            same.append(row)


declare(
    Mechanism(
        id="facilities",
        title=TITLE,
        theme="办事和服务",
        about="居民可以用的活动场所：在哪里、做什么、几点开门、找谁，还有用场所要守的规矩。",
        article="打造学习教育活动中心、志愿服务中心等，按照“一室八中心”悬挂标识牌，健全社区活动场所管理制度",
        sheets=("facilities", "room_rules"),
        gather=gather,
        papers=("doorsign", "roomrules"),
        boards=boards,
        checks=(rooms_sound, room_rules_sound),
    )
)
