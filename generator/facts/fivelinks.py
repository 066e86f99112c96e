"""五社联动: what each of the five brought, thing by thing, and in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..sheets.links import SIDES, Link
from .cases import Case
from .fact import Fact
from .whole import Whole


@dataclass(frozen=True)
class Total(Fact):
    """What some rows come to. ``things``: different things done; ``people``: each time counted; ``amount``: yuan."""

    things: int
    people: int
    hours: int
    amount: Decimal

    @property
    def any(self) -> bool:
        return self.things > 0


@dataclass(frozen=True)
class Side(Fact):
    """One of the five in a year. ``who``: who it was, each once, in order."""

    name: str
    total: Total
    who: tuple[str, ...]


@dataclass(frozen=True)
class Thing(Fact):
    """One thing that was done together on a day, with what each brought."""

    on: date
    what: str
    links: tuple[Link, ...]
    case: Case | None

    @property
    def sides(self) -> int:
        """How many of the five had a hand in it."""
        return len({link.side for link in self.links})


@dataclass(frozen=True)
class Year(Fact):
    """A year: the five in their order, those that brought nothing too, all of them together, and the things done."""

    year: int
    sides: tuple[Side, ...]
    total: Total
    things: tuple[Thing, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(s.name for s in self.sides if not s.total.any)


@dataclass(frozen=True)
class Fivelinks(Fact):
    """Year by year, the latest first."""

    today: date
    years: tuple[Year, ...]
    last: date


def total(links: Iterable[Link]) -> Total:
    """What some rows come to."""
    some = list(links)
    return Total(
        len({(r.on, r.what) for r in some}),
        sum(r.people or 0 for r in some),
        sum(r.hours or 0 for r in some),
        sum((r.amount or Decimal(0) for r in some), Decimal(0)),
    )


def fivelinks(whole: Whole, community: str) -> Fivelinks | None:
    """What the five have done together by the day; None where nothing is on record."""
    rows = sorted((r for r in whole.records.rows(community, Link) if r.on <= whole.today), key=lambda r: (r.on, r.id))
    if not rows:
        return None
    years = sorted({r.on.year for r in rows}, reverse=True)
    found = tuple(_year(whole, y, [r for r in rows if r.on.year == y]) for y in years)
    return Fivelinks(whole.today, found, rows[-1].on)


def _year(whole: Whole, year: int, rows: list[Link]) -> Year:
    sides = tuple(_side(name, [r for r in rows if r.side == name]) for name in SIDES)
    together: dict[tuple[date, str], list[Link]] = {}
    for row in rows:
        together.setdefault((row.on, row.what), []).append(row)
    order = {name: n for n, name in enumerate(SIDES)}
    things = [
        Thing(on, what, tuple(sorted(some, key=lambda r: (order[r.side], r.id))), _case(whole, some))
        for (on, what), some in together.items()
    ]
    return Year(year, sides, total(rows), tuple(things[::-1]))


def _case(whole: Whole, rows: list[Link]) -> Case | None:
    found = (whole.cases.get(r.community, r.matter) for r in rows)
    return next((c for c in found if c is not None), None)


def _side(name: str, rows: list[Link]) -> Side:
    return Side(name, total(rows), tuple(dict.fromkeys(r.who for r in rows)))
