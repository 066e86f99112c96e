"""日服务人次: how many were served a day, by place, month and day of the week; the mean and the middle beside what was published.

A day is open when one of the four places of care was. The published figure is of these four alone (卫生站, 老年活动中心,
日间照料, 居家康养); the canteen and the desk are told beside it and never added in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median_low

from ..records import Records
from ..sheets.figures import Figure
from ..sheets.footfall import Served
from .charts import Chart, of_counts
from .fact import Fact

CARE = ("clinic", "elders", "daycare", "care")
BESIDE = ("canteen", "desk")
RECENT = 30  # open days
ENOUGH = 28  # open days, before the days of the week are compared
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@dataclass(frozen=True)
class Day(Fact):
    """One open day: its row, and how many the places of care served together."""

    row: Served
    total: int

    @property
    def on(self) -> date:
        return self.row.on


@dataclass(frozen=True)
class Spread(Fact):
    """Some open days together. ``middle``: of the totals in order the one in the middle, of an even number the lower."""

    days: int
    total: int
    middle: int
    least: int
    most: int

    @property
    def mean(self) -> Fraction:
        return Fraction(self.total, self.days)

    @property
    def mean_said(self) -> str:
        """The mean to one decimal, cut: 348.6."""
        return tenth(self.mean)


@dataclass(frozen=True)
class Place(Fact):
    """One place over some days: its title, whether it is one of the four, and its own open days."""

    title: str
    care: bool
    days: int
    total: int

    @property
    def mean_said(self) -> str:
        """People a day that it was open, to one decimal, cut."""
        return tenth(Fraction(self.total, self.days)) if self.days else "—"


@dataclass(frozen=True)
class Month(Fact):
    """One month: its first day and last, whether it is over, its days, and what each place made of it."""

    first: date
    last: date
    over: bool
    days: tuple[Day, ...]
    spread: Spread
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Footfall(Fact):
    """All that is known on a day. ``months``: the latest first; ``days``: within each, and here, the latest first.

    ``recent``: the last 30 open days. ``weekdays``: the days of the week with theirs, of all days. ``figure``: what was
    published, and ``reached``: on how many of the ``recent`` days as many came.
    """

    days: tuple[Day, ...]
    spread: Spread
    recent: Spread
    months: tuple[Month, ...]
    weekdays: tuple[tuple[str, Spread], ...]
    figure: Figure | None
    reached: int

    @property
    def weekly(self) -> bool:
        """Whether there are days enough to tell the days of the week apart."""
        return self.spread.days >= ENOUGH and self.quietest != self.busiest

    @property
    def chart(self) -> Chart:
        """The middle of each day of the week."""
        return of_counts((label, spread.middle) for label, spread in self.weekdays)

    @property
    def quietest(self) -> str:
        """The day of the week on which fewest come."""
        return min(self.weekdays, key=lambda pair: pair[1].middle)[0]

    @property
    def busiest(self) -> str:
        return max(self.weekdays, key=lambda pair: pair[1].middle)[0]


def tenth(value: Fraction) -> str:
    """A number not below nought to one decimal, cut: it never says more than there was."""
    tenths = value * 10 // 1
    return f"{tenths // 10}.{tenths % 10}"


def total(row: Served) -> int | None:
    """How many the four places served together; None on a day on which none of them was open."""
    found = [n for name in CARE if (n := getattr(row, name)) is not None]
    return sum(found) if found else None


def spread(days: Iterable[Day]) -> Spread:
    """What some days come to; there is at least one."""
    totals = [d.total for d in days]
    return Spread(len(totals), sum(totals), median_low(totals), min(totals), max(totals))


def places(days: Iterable[Day]) -> tuple[Place, ...]:
    """Each place over some open days, those of care first; a place that never opened is left out."""
    rows = [d.row for d in days]
    found = []
    for name in (*CARE, *BESIDE):
        filled = [n for r in rows if (n := getattr(r, name)) is not None]
        title = Served.sheet.column(name).title
        found.append(Place(title, name in CARE, len(filled), sum(filled)))
    return tuple(p for p in found if p.days)


def _months(days: tuple[Day, ...], today: date) -> Iterable[Month]:
    for first in sorted({d.on.replace(day=1) for d in days}, reverse=True):
        after = (first + timedelta(days=31)).replace(day=1)
        some = tuple(d for d in days if first <= d.on < after)
        yield Month(first, after - timedelta(days=1), after <= today, some, spread(some), places(some))


def published(records: Records, community: str, today: date) -> Figure | None:
    """The figure that a community published of 日服务, in 人次, if any."""
    found = (f for f in records.rows(community, Figure) if f.unit == "人次" and "日服务" in f.name)
    return next((f for f in found if not (f.as_of and f.as_of > today)), None)


def footfall(records: Records, community: str, today: date) -> Footfall | None:
    """What was counted up to ``today``; None where nothing was."""
    rows = (r for r in records.rows(community, Served) if r.on <= today)
    days = [Day(r, n) for r in rows if (n := total(r)) is not None]
    if not days:
        return None
    latest = tuple(sorted(days, key=lambda d: (d.on, d.row.id), reverse=True))
    figure, recent = published(records, community, today), latest[:RECENT]
    of_week = ((label, [d for d in days if d.on.weekday() == n]) for n, label in enumerate(WEEKDAYS))
    return Footfall(
        latest,
        spread(latest),
        spread(recent),
        tuple(_months(latest, today)),
        tuple((label, spread(some)) for label, some in of_week if some),
        figure,
        sum(d.total >= figure.value for d in recent) if figure else 0,
    )
