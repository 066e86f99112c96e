"""幸福食堂: what there is to eat today and this week, what it costs beside the market's price, and who comes first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..records import Records
from ..sheets.diners import Diner
from ..sheets.dishes import KINDS, Dish
from ..sheets.menus import Menu
from ..sheets.resolutions import Resolution
from .fact import Fact
from .station import Service, services

MEALS = {"breakfast": "早餐", "lunch": "午餐", "dinner": "晚餐"}
_MARKS = re.compile(r"[、,，;；\n]")


@dataclass(frozen=True)
class Serving(Fact):
    """A dish on the menu; ``dish``: its line in the list of prices, None where that has none."""

    name: str
    dish: Dish | None


@dataclass(frozen=True)
class Meal(Fact):
    """One meal of a day."""

    name: str
    servings: tuple[Serving, ...]


@dataclass(frozen=True)
class DayMenu(Fact):
    """What is served on a day: its row and its meals, those that there are."""

    row: Menu
    meals: tuple[Meal, ...]

    @property
    def on(self) -> date:
        return self.row.on


@dataclass(frozen=True)
class Week(Fact):
    """A week from Monday to Sunday with the days of it that a menu is written for."""

    first: date
    days: tuple[DayMenu, ...]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)


@dataclass(frozen=True)
class Price(Fact):
    """A dish with what it saves; ``saves`` is None where nothing like it was compared."""

    dish: Dish

    @property
    def saves(self) -> Decimal | None:
        return None if self.dish.market is None else self.dish.market - self.dish.price

    @property
    def below(self) -> bool | None:
        return None if self.saves is None else self.saves > 0


@dataclass(frozen=True)
class Canteen(Fact):
    """The canteen on a day.

    ``weeks``: last week, this week and next, by those names (``last``, ``this``, ``next``), those that a menu is written
    for. ``kinds``: the prices by kind of dish. ``diners``: who comes first. ``place``: where it is and when it is open.
    ``decided``: whether a resolution that a price refers to is shown; one to come is not among them.
    """

    today: date
    weeks: Mapping[str, Week]
    kinds: tuple[tuple[str, tuple[Price, ...]], ...]
    diners: tuple[Diner, ...]
    place: Service | None
    decided: Mapping[str, bool]

    def on(self, day: date) -> DayMenu | None:
        """The menu of a day of one of the weeks."""
        return next((d for w in self.weeks.values() for d in w.days if d.on == day), None)

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(days=1)

    @property
    def prices(self) -> tuple[Price, ...]:
        return tuple(p for _, some in self.kinds for p in some)

    @property
    def compared(self) -> int:
        return sum(p.below is not None for p in self.prices)

    @property
    def cheaper(self) -> int:
        return sum(p.below is True for p in self.prices)

    @property
    def compared_on(self) -> date | None:
        """The latest day of a comparison, up to today."""
        days = (p.dish.compared_on for p in self.prices)
        return max((d for d in days if d and d <= self.today), default=None)


def names(cell: str | None) -> tuple[str, ...]:
    """The dishes in a cell of the menu, in order."""
    return tuple(n for part in _MARKS.split(cell or "") if (n := part.strip()))


def monday(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - timedelta(days=day.weekday())


def priced(records: Records, community: str) -> dict[str, Dish]:
    """The list of prices by the dish's name, the first of a name."""
    found: dict[str, Dish] = {}
    for dish in records.rows(community, Dish):
        found.setdefault(dish.name, dish)
    return found


def _day(row: Menu, prices: Mapping[str, Dish]) -> DayMenu:
    meals = (
        Meal(title, tuple(Serving(n, prices.get(n)) for n in names(getattr(row, name))))
        for name, title in MEALS.items()
    )
    return DayMenu(row, tuple(m for m in meals if m.servings))


def _weeks(records: Records, community: str, today: date) -> dict[str, Week]:
    prices = priced(records, community)
    rows = sorted(records.rows(community, Menu), key=lambda r: (r.on, r.id))
    found = {}
    for name, shift in (("last", -7), ("this", 0), ("next", 7)):
        first = monday(today) + timedelta(days=shift)
        days = tuple(_day(r, prices) for r in rows if monday(r.on) == first)
        if days:
            found[name] = Week(first, days)
    return found


def canteen(records: Records, community: str, today: date) -> Canteen | None:
    """The canteen of a community; None where it has no menu and no list of prices."""
    dishes, menus = records.rows(community, Dish), records.rows(community, Menu)
    if not dishes and not menus:
        return None
    by_kind = ((k, tuple(Price(d) for d in dishes if d.kind == k)) for k in KINDS)
    return Canteen(
        today,
        _weeks(records, community, today),
        tuple((k, some) for k, some in by_kind if some),
        tuple(sorted(records.rows(community, Diner), key=lambda r: (r.number, r.id))),
        next((s for s in services(records, community, today) if s.row.kind == "就餐配餐"), None),
        _decided(records, community, today),
    )


def _decided(records: Records, community: str, today: date) -> dict[str, bool]:
    found = {}
    for id in (d.resolution for d in records.rows(community, Diner) if d.resolution):
        row = records.get(community, Resolution, id)
        if row is None or row.passed_on <= today:
            found[id] = row is not None
    return found
