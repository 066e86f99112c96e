"""日服务人次: the days as they were counted beside the figure that was published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from statistics import median_low
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_news
from ..facts.footfall import BESIDE, CARE, Footfall, footfall
from ..facts.lists import waiting
from ..mechanism import Board, Mechanism, declare
from ..sheets.footfall import Served

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

KNOWN = 10  # so many days tell what a place's days are like
TIMES, SMALL = 5, 50  # more than five times the middle is a slip of a digit, where it is not a small number anyway
PAPERS = 3  # months


def footfall_sound(given: Given) -> Found:
    """One row a day, with a number or a word why there is none, and no day that has not come."""
    for community in given.communities:
        rows = given.records.rows(community, Served)
        seen: dict[object, str] = {}
        for row in rows:
            if row.on in seen:
                yield say(row, "on", "footfall-twice", other=seen[row.on])
                continue
            seen[row.on] = row.id
            if row.on > given.newest:
                yield say(row, "on", "footfall-ahead", holds=False, today=given.newest.isoformat())
            if row.note is None and all(getattr(row, n) is None for n in (*CARE, *BESIDE)):
                yield say(row, "on", "footfall-empty")
        yield from _unlike(rows)


def _unlike(rows: Sequence[Served]) -> Found:
    """A number many times what the place has on its other days, and no word why."""
    for name in (*CARE, *BESIDE):
        filled = [(r, n) for r in rows if (n := getattr(r, name)) is not None]
        if len(filled) < KNOWN:
            continue
        usual = median_low([n for _, n in filled])
        for row, n in filled:
            if row.note is None and n > max(TIMES * usual, SMALL):
                yield say(row, name, "footfall-unlike", holds=False, usual=usual)


def _shown(whole: Whole, c: Community) -> Footfall | None:
    return footfall(whole.records, c.id, whole.today)


def _boards(shown: Footfall, whole: Whole, c: Community) -> Iterator[Board]:
    """A paper for each of the last months that are over; it hangs while it is news."""
    for month in [m for m in shown.months if m.over][:PAPERS]:
        told = month.last + timedelta(days=1)
        named = title("footfall", community=c.name, month=f"{month.first.year}年{month.first.month}月")
        context = {"month": month, "figure": shown.figure, "withheld": waiting(whole, c.id, ("footfall",))}
        yield Board("footfall", f"{month.first:%Y-%m}", named, told, while_news(told), context)


declare(
    Mechanism(
        id="footfall",
        title="日服务人次",
        theme="办事和服务",
        about="市民驿站每天有多少人次来，逐日写出来，和公布的数字摆在一起；还看得出星期几人少。",
        article="日服务居民350人次",
        sheets=("footfall", "figures"),
        gather=_shown,
        papers=("footfall",),
        boards=_boards,
        checks=(footfall_sound,),
    )
)
