"""议事亭和红色共享自治小屋: what they are used for and when, and the exchanges by which they came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_used
from ..facts.spaces import Spaces, minutes, spaces
from ..mechanism import Board, Mechanism, declare
from ..sheets.exchanges import Exchange
from ..sheets.space_uses import SpaceUse

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _spaces(whole: Whole, c: Community) -> Spaces | None:
    return spaces(whole, c.id)


def _boards(shown: Spaces, whole: Whole, c: Community) -> Iterator[Board]:
    """The week's uses for the door, and what was exchanged with whom, which hangs for good."""
    context = {"shown": shown}
    if shown.week:
        first, last = shown.first, shown.last
        said = {"first": f"{first.month}月{first.day}日", "last": f"{last.month}月{last.day}日"}
        hang = while_used(first, last)
        yield Board("spaceweek", f"{first}", title("spaceweek", **said), first, hang, context, place=c.place)
    if shown.running:
        on = max(s.row.since for s in shown.running)
        yield Board("exchanges", "zhihuan", title("exchanges", community=c.name), on, context=context, place=c.place)


def uses_sound(given: Given) -> Found:
    """A use says from when to when, nobody came to what is still to be, and two are not in one room at one time."""
    for community in given.communities:
        taken: dict[tuple[str, object], list[tuple[int, int, SpaceUse]]] = {}
        for row in given.records.rows(community, SpaceUse):
            if row.people is not None and row.on > given.newest:
                yield say(
                    row, "people", "use-ahead", on=row.on.isoformat(), today=given.newest.isoformat(), holds=False
                )
            span = minutes(row.time)
            if span is None:
                yield say(row, "time", "use-time", holds=False)
                continue
            same = taken.setdefault((row.facility, row.on), [])
            if other := next((o for begins, ends, o in same if begins < span[1] and span[0] < ends), None):
                yield say(row, "time", "use-clash", other=other.id, taken=other.time, title=other.title, holds=False)
            same.append((*span, row))


def exchanges_sound(given: Given) -> Found:
    """An exchange ends after it began."""
    for community in given.communities:
        for row in given.records.rows(community, Exchange):
            if row.until is not None and row.until < row.since:
                yield say(row, "until", "exchange-backwards", since=row.since.isoformat())


declare(
    Mechanism(
        id="spaces",
        title="议事亭和共享小屋",
        theme="共建和志愿",
        about="大家合用的屋子和亭子：这一周、下一周谁在用、平时做什么用；地方是拿什么换来的，双方各出了什么。",
        article="东胜小区党支部通过资源置换，打造红色共享自治小屋，并在小区广场上打造了庭院议事亭",
        sheets=("facilities", "space_uses", "exchanges", "meetings"),
        gather=_spaces,
        papers=("spaceweek", "exchanges"),
        boards=_boards,
        checks=(uses_sound, exchanges_sound),
    )
)
