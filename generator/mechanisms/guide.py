"""我要办…: what residents come to have done, found by what they call it, a paper for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.guide import Guide, asked_of_us, guide
from ..mechanism import Board, Mechanism, declare
from ..sheets.guide import Errand

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

OLD = timedelta(days=366)


def guide_sound(given: Given) -> Found:
    """Each errand stands there once, was compared with the desk within a year, and asks of nobody what may not be asked."""
    for community in given.communities:
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Errand):
            if row.checked_on > given.newest:
                yield say(row, "checked_on", "guide-ahead", holds=False, today=given.newest.isoformat())
            elif row.checked_on < given.today - OLD:
                yield say(row, "checked_on", "guide-old", holds=False)
            if row.need in seen:
                yield say(row, "need", "guide-twice", holds=False, other=seen[row.need])
            seen.setdefault(row.need, row.id)
            if paper := asked_of_us(row.materials):
                yield say(row, "materials", "guide-not-ours", holds=False, paper=paper)


def _shown(whole: Whole, c: Community) -> Guide | None:
    return guide(whole.records, c.id, c.hours, c.phone, whole.today)


def _boards(shown: Guide, whole: Whole, c: Community) -> Iterator[Board]:
    for entry in shown.entries:
        named = title("guide", need=entry.row.need)
        yield Board("guide", entry.id, named, entry.row.checked_on, context={"entry": entry}, place=entry.row.place)


declare(
    Mechanism(
        id="guide",
        title="我要办……",
        theme="办事和服务",
        about="办一件事要带什么、到哪里、几点去、多久办好、收不收钱。照你平常的说法找，一样一样写清楚，少跑一趟。",
        article="“一站式”服务、“一门式”办理，打造居民家门口的“服务站”；政策讲解",
        sheets=("guide",),
        gather=_shown,
        papers=("guide",),
        boards=_boards,
        checks=(guide_sound,),
    )
)
