"""四个一: the day's feedback, the week's exchanges, the month's summary, the year's commendations, all from the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .. import counting
from ..privacy import Count, count_words
from ..sheets.grids import Grid
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.points import Earning
from ..sheets.prospects import KINDS
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from .board import FRESH
from .cases import Case, case_of
from .fact import Fact
from .flower import PROSPECTS, REDEMPTIONS, STAMPS, Flower, Year, flower, printed, years
from .whole import Whole

VISITS = "visits"


@dataclass(frozen=True)
class Told(Fact):
    """What residents were told of one matter on a day: its steps, and promises that were kept."""

    case: Case
    steps: tuple[Step, ...]
    done: tuple[Resolution, ...]


@dataclass(frozen=True)
class Day(Fact):
    """The feedback of one day; ``told`` in the order of the register."""

    on: date
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Part(Fact):
    """One printed count of a private sheet: what it counts, and 12, 少于5 or 不列."""

    label: str
    shown: str


@dataclass(frozen=True)
class Week(Fact):
    """This week, from Monday to Sunday; and the week before, with how many exchanges there were.

    ``exchanges``: as printed, "" where nothing is. ``flower``: what can be had, None where there is no card.
    """

    first: date
    last: date
    before: tuple[date, date]
    exchanges: str
    flower: Flower | None


@dataclass(frozen=True)
class Month(Fact):
    """The last month that is over, as things stood on its last day.

    ``raised``: matters raised in it, ``replied``: those of them that had an answer. ``solved``: matters solved in it,
    ``in_time``: those of them by their day. ``open``: those still being worked on, ``overdue``: those of them past
    their day. ``due``: resolutions to be carried out in it, ``kept``: those of them that were, by their day.
    ``visits``, ``stamps``: counts of private sheets by grid and by service, ``total_*``: their totals, "" where none is printed.
    """

    first: date
    last: date
    raised: tuple[Case, ...]
    replied: int
    solved: tuple[Case, ...]
    in_time: int
    open: int
    overdue: int
    due: int
    kept: int
    meetings: int
    visits: tuple[Part, ...]
    total_visits: str
    stamps: tuple[Part, ...]
    total_stamps: str


@dataclass(frozen=True)
class Four(Fact):
    """All four. ``days``: those of the last week with feedback, the latest first. ``prospects``: how many were given
    precedence so far, as what.
    """

    days: tuple[Day, ...]
    week: Week
    month: Month
    years: tuple[Year, ...]
    prospects: tuple[Part, ...]


def four(whole: Whole, community: str) -> Four:
    """The four of a community on the day."""
    card = flower(whole, community)
    return Four(
        days(whole, community),
        week(whole, community, card),
        month(whole, community),
        years(whole, community),
        _parts(whole, community, PROSPECTS, ((kind, kind) for kind in KINDS)),
    )


# --- a day --------------------------------------------------------------------------------------------------------------


def days(whole: Whole, community: str) -> tuple[Day, ...]:
    """The days since a week ago on which something was told, the latest first."""
    found = (Day(on, told_on(whole, community, on)) for on in (whole.today - timedelta(days=n) for n in range(FRESH.days + 1)))
    return tuple(d for d in found if d.told)


def told_on(whole: Whole, community: str, on: date) -> tuple[Told, ...]:
    """What was told on a day, matter by matter."""
    found = (
        Told(case, tuple(s for s in case.steps if s.on == on), tuple(r for r in case.resolutions if r.done_on == on))
        for case in whole.cases.of(community)
    )
    return tuple(t for t in found if t.steps or t.done)


# --- a week -------------------------------------------------------------------------------------------------------------


def week(whole: Whole, community: str, card: Flower | None) -> Week:
    """This week's offers and last week's exchanges."""
    monday = whole.today - timedelta(days=whole.today.weekday())
    before = monday - timedelta(days=7)
    count = printed(whole.records, community, REDEMPTIONS, counting.week_of(before))
    return Week(monday, monday + timedelta(days=6), (before, monday - timedelta(days=1)), _said(count), card)


# --- a month ------------------------------------------------------------------------------------------------------------


def month(whole: Whole, community: str) -> Month:
    """The last month that is over."""
    last = whole.today.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    cases = [c for m in whole.records.rows(community, Matter) if m.raised_on <= last if (c := _as_of(whole, m, last))]
    raised = tuple(c for c in cases if c.matter.raised_on >= first)
    solved = tuple(c for c in cases if c.standing.solved_on and first <= c.standing.solved_on <= last)
    working = [c for c in cases if c.standing.open]
    due = [r for r in whole.records.rows(community, Resolution) if first <= r.due_on <= last and r.passed_on <= last]
    label = f"{first:%Y-%m}"
    grids = [g for g in whole.records.rows(community, Grid) if g.level == "网格"]
    services = whole.records.rows(community, Earning)
    return Month(
        first,
        last,
        raised,
        sum(c.standing.replied_on is not None for c in raised),
        solved,
        sum(not c.standing.late for c in solved),
        len(working),
        sum(c.standing.overdue > 0 for c in working),
        len(due),
        sum(r.done_on is not None and r.done_on <= r.due_on for r in due),
        sum(first <= m.on <= last for m in whole.records.rows(community, Meeting)),
        _parts(whole, community, VISITS, ((g.id, g.name) for g in grids), label),
        _said(printed(whole.records, community, VISITS, "", label)),
        _parts(whole, community, STAMPS, ((s.id, s.name) for s in services), label),
        _said(printed(whole.records, community, STAMPS, "", label)),
    )


def _as_of(whole: Whole, matter: Matter, day: date) -> Case | None:
    return case_of(whole.records, whole.procedures, matter, day)


def _parts(
    whole: Whole, community: str, sheet: str, of: Iterable[tuple[str, str]], *label: str
) -> tuple[Part, ...]:
    found = ((name, printed(whole.records, community, sheet, id, *label)) for id, name in of)
    return tuple(Part(name, count.shown) for name, count in found if count is not None)


def _said(count: Count | None) -> str:
    """What is printed; "" for what is not listed, which says nothing to anybody."""
    return "" if count is None or count.shown == count_words()["unlisted"] else count.shown

