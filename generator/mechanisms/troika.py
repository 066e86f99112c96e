"""三驾马车: committee, owners' committee and property firm of a compound, their joint meetings and what they promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.copies import no_copies
from ..checks.given import Found, Given, say
from ..facts.board import Hang, Term
from ..facts.rhythm import span
from ..facts.troika import MEETING, PARTIES, Team, teams
from ..mechanism import Board, Mechanism, declare
from ..sheets.meetings import Meeting
from ..sheets.promises import Promise
from ..sheets.troikas import Troika
from ..sheets.units import Unit

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

KINDS = {"committee": "居委会", "owners": "业委会", "firm": "物业公司"}
MONTHS = (1, 2, 3, 4, 6, 12)  # those that fit into a year


def _teams(whole: Whole, c: Community) -> tuple[Team, ...] | None:
    return teams(whole, c.id)


def _papers(shown: tuple[Team, ...], whole: Whole, c: Community) -> Iterator[Board]:
    """After each joint meeting, what was promised and what was kept; it hangs until the next is due."""
    for team in shown:
        if team.last is not None and team.words:
            until = span(team.last.on, team.troika.months)[1]
            yield Board(
                "promises",
                f"{team.compound.id}-{team.last.id}",
                title("promises", compound=team.compound.name),
                team.changed,
                Hang(team.last.on, max(until, team.last.on), Term.USE),
                {"team": team},
                place=team.troika.place,
            )


def troika_sound(given: Given) -> Found:
    """The three are what they are said to be, and a promise is of one of them, made before it is due."""
    for community in given.communities:
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Troika):
            yield from _three(given, row)
            if row.months not in MONTHS:
                yield say(row, "months", "troika-months", months="、".join(map(str, MONTHS)))
            if row.compound in seen:
                yield say(row, "compound", "troika-twice", other=seen[row.compound])
            seen.setdefault(row.compound, row.id)
        for promise in given.records.rows(community, Promise):
            yield from _promise(given, promise)


def _three(given: Given, row: Troika) -> Found:
    for name in PARTIES:
        unit = given.records.get(row.community, Unit, getattr(row, name))
        if unit is not None and unit.kind != KINDS[name]:
            yield say(row, name, "troika-party", called=unit.name, kind=unit.kind)
        elif name == "owners" and unit is not None and unit.compound and unit.compound != row.compound:
            yield say(row, name, "troika-elsewhere", called=unit.name)


def _promise(given: Given, promise: Promise) -> Found:
    troika = given.records.get(promise.community, Troika, promise.troika)
    if troika is not None and promise.unit not in {getattr(troika, name) for name in PARTIES}:
        yield say(promise, "unit", "promise-by-another")
    made = promise.made_on
    if promise.due_on < made:
        yield say(promise, "due_on", "promise-backwards", made=made.isoformat())
    elif promise.done_on is not None and promise.done_on < made:
        yield say(promise, "done_on", "promise-backwards", made=made.isoformat())
    elif promise.done_on is not None and promise.done_on > given.newest:
        yield say(promise, "done_on", "promise-ahead", holds=False, today=given.newest.isoformat())
    meeting = given.records.get(promise.community, Meeting, promise.meeting)
    if meeting is None or troika is None:
        return
    if meeting.kind != MEETING or meeting.compound != troika.compound:
        yield say(promise, "meeting", "promise-meeting", holds=False, title=meeting.title)
    elif meeting.on != made <= given.newest:  # a day that is still to come is told of as such
        yield say(promise, "made_on", "promise-day", holds=False, on=meeting.on.isoformat(), meeting=meeting.id)


declare(
    Mechanism(
        id="troika",
        title="三驾马车",
        theme="共建和志愿",
        about="居委会、业委会、物业公司三家按时碰头，答应居民的事写明哪天办成：办成几件，拖了几件，是谁的。",
        article="红色业委会和红色物业，推动社区居委会、业主委员会、物业公司“三驾马车”融入基层社会治理",
        sheets=("troikas", "promises", "meetings"),
        gather=_teams,
        papers=("promises",),
        boards=_papers,
        checks=(troika_sound, no_copies),
    )
)
