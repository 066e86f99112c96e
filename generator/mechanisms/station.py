"""市民驿站 and its 15分钟便民服务圈: what is open when, and how many minutes it is on foot from each compound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.copies import no_copies
from ..checks.given import Found, Given, say
from ..facts.lists import waiting
from ..facts.station import MINUTES, Station, published, station
from ..mechanism import Board, Mechanism, declare
from ..sheets.circle import Walk
from ..sheets.compounds import Compound
from ..sheets.station import Function

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

LONGEST = 120  # minutes; whoever walks longer has typed metres
SLOW, FAST = 25, 110  # metres a minute on foot


def functions_sound(given: Given) -> Found:
    """Each function is open at some time, at its own or at that of its room, and was looked at on a day that has come."""
    for community in given.communities:
        for row in given.records.rows(community, Function):
            if row.checked_on and row.checked_on > given.newest:
                yield say(row, "checked_on", "station-ahead", holds=False, today=given.newest.isoformat())
            if row.hours is None and row.facility is None:
                yield say(row, "hours", "station-hours")


def circle_sound(given: Given) -> Found:
    """Each compound is walked from once, in minutes that somebody may take; one beyond the circle's own is told of."""
    for community in given.communities:
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Walk):
            if not 1 <= row.minutes <= LONGEST:
                yield say(row, "minutes", "circle-minutes", longest=LONGEST)
            elif row.compound in seen:
                yield say(row, "compound", "circle-twice", other=seen[row.compound])
            else:
                yield from _odd(given, row)
            seen.setdefault(row.compound, row.id)


def _odd(given: Given, row: Walk) -> Found:
    if row.minutes > MINUTES:
        yield say(row, "minutes", "circle-far", holds=False, circle=MINUTES)
    if row.metres is not None and not SLOW * row.minutes <= row.metres <= FAST * row.minutes:
        yield say(row, "metres", "circle-speed", holds=False, minutes=row.minutes)
    if row.walked_on and row.walked_on > given.newest:
        yield say(row, "walked_on", "circle-ahead", holds=False, today=given.newest.isoformat())


def circle_whole(given: Given) -> Found:
    """Every compound is walked from, and as many as the community has published; what waits may be what is missing."""
    for community in (c for c in given.communities if not given.records.waits(c, "circle", "compounds")):
        walked = {w.compound for w in given.records.rows(community, Walk)}
        if not walked:
            continue
        for compound in given.records.rows(community, Compound):
            if compound.id not in walked:
                yield say(compound, "name", "circle-unwalked", holds=False)
        figure = published(given.records, community, "个", given.today)
        if figure and figure.value != len(walked):
            yield say(figure, "value", "circle-count", holds=False, counted=len(walked))


def _shown(whole: Whole, c: Community) -> Station | None:
    return station(whole.records, c.id, whole.today)


def _boards(shown: Station, whole: Whole, c: Community) -> Iterator[Board]:
    context = {"station": shown, "withheld": waiting(whole, c.id, ("station", "facilities"))}
    if shown.groups:
        day = shown.checked_on or whole.today
        yield Board("station", "hours", title("station", community=c.name), day, context=context)
    if shown.ways:
        day = shown.walked_on or whole.today
        withheld = waiting(whole, c.id, ("circle", "compounds"))
        named = title("circle", community=c.name)
        yield Board("circle", "walks", named, day, context={**context, "withheld": withheld})


declare(
    Mechanism(
        id="station",
        title="市民驿站和15分钟便民服务圈",
        theme="办事和服务",
        about="家门口的一处地方，办事、看病、吃饭、活动都在里面：几点开门、在几楼、从你家走过来要几分钟。",
        article="集党群活动、医卫康养、文化娱乐、就餐配餐、事务办理等功能于一体的市民驿站；辐射周边13个小区约2.7万户，“15分钟便民服务圈”",
        sheets=("station", "facilities", "circle"),
        gather=_shown,
        papers=("station", "circle"),
        boards=_boards,
        checks=(functions_sound, circle_sound, circle_whole, no_copies),
    )
)
