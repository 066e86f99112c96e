"""幸福食堂: the week's menu, its prices beside the market's, and who comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.copies import no_copies
from ..checks.given import Found, Given, say
from ..facts.board import while_used
from ..facts.canteen import MEALS, Canteen, canteen, names
from ..facts.lists import waiting
from ..mechanism import Board, Mechanism, declare
from ..sheets.dishes import Dish
from ..sheets.menus import Menu

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

FAR = timedelta(days=60)  # nobody plans meals so far ahead
OLD = timedelta(days=184)  # a comparison of half a year ago says nothing of today's market
DAYS = 7  # of a week
BEFORE = timedelta(days=3)  # a week's menu is hung on the Friday before


def menus_sound(given: Given) -> Found:
    """One row a day, with something to eat or a word why not, and every dish has its price."""
    for community in given.communities:
        waiting = given.records.waits(community, "dishes")
        prices = {d.name for d in given.records.rows(community, Dish)}
        seen: dict[date, str] = {}
        for row in given.records.rows(community, Menu):
            if row.on in seen:
                yield say(row, "on", "menu-twice", other=seen[row.on])
                continue
            seen[row.on] = row.id
            if row.note is None and not any(names(getattr(row, meal)) for meal in MEALS):
                yield say(row, "on", "menu-empty")
            if row.on > given.newest + FAR:
                yield say(row, "on", "menu-far-ahead", holds=False, days=(row.on - given.newest).days)
            for meal in MEALS if prices and not waiting else ():
                if lacking := [n for n in names(getattr(row, meal)) if n not in prices]:
                    yield say(row, meal, "menu-unpriced", holds=False, dishes="、".join(lacking))


def dishes_sound(given: Given) -> Found:
    """A dish has one price, which is below the market's, as that was not long ago."""
    for community in given.communities:
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Dish):
            if row.name in seen:
                yield say(row, "name", "dish-twice", other=seen[row.name])
                continue
            seen[row.name] = row.id
            if row.market is not None:
                yield from _compared(given, row)
        yield from _old(given, community)


def _compared(given: Given, row: Dish) -> Found:
    if row.market is not None and row.price >= row.market:
        yield say(row, "price", "dish-not-cheaper", holds=False, market=f"{row.market:.2f}")
    if row.compared_on is None:
        yield say(row, "compared_on", "dish-undated", holds=False)
    elif row.compared_on > given.newest:
        yield say(row, "compared_on", "dish-ahead", holds=False, today=given.newest.isoformat())


def _old(given: Given, community: str) -> Found:
    """The comparison that lies longest behind, once for all of them: one walk to the market mends them together."""
    rows = [r for r in given.records.rows(community, Dish) if r.market is not None and r.compared_on]
    old = [r for r in rows if r.compared_on < given.today - OLD]
    if old:
        yield say(min(old, key=lambda r: r.compared_on), "compared_on", "dish-old", holds=False, dishes=len(old))


def _shown(whole: Whole, c: Community) -> Canteen | None:
    return canteen(whole.records, c.id, whole.today)


def _boards(shown: Canteen, whole: Whole, c: Community) -> Iterator[Board]:
    """The menus of last week (to be taken down), this week and next; the list of prices, which hangs for good."""
    for week in shown.weeks.values():
        named = title("canteen", community=c.name, first=_said(week.first), last=_said(week.last, week.first))
        hang = while_used(week.first - BEFORE, week.last)
        lacking = waiting(whole, c.id, ("menus",)) if len(week.days) < DAYS else 0
        context = {"canteen": shown, "week": week, "withheld": lacking}
        yield Board("canteen", f"{week.first}", named, week.first, hang, context, place=week.days[0].row.place)
    if shown.prices:
        day, withheld = shown.compared_on or whole.today, waiting(whole, c.id, ("dishes", "diners"))
        context = {"canteen": shown, "withheld": withheld}
        yield Board("pricelist", "all", title("pricelist", community=c.name), day, context=context)


def _said(day: date, after: date | None = None) -> str:
    """A day for a title of one line: without the year, which stands beneath, and without a month that was just said."""
    return f"{day.day}日" if after and after.month == day.month else f"{day.month}月{day.day}日"


declare(
    Mechanism(
        id="canteen",
        title="幸福食堂",
        theme="办事和服务",
        about="今天吃什么、一份多少钱、比外面便宜多少，谁先照顾、谁能送到家，都写在这里。",
        article="开设社区幸福食堂：第三方市场化运营，优先兜底特殊困难老人助餐送餐服务，面向社会提供低于市场价格菜品",
        sheets=("menus", "dishes", "diners", "station"),
        gather=_shown,
        papers=("canteen", "pricelist"),
        boards=_boards,
        checks=(menus_sound, dishes_sound, no_copies),
    )
)
