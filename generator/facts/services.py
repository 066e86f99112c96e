"""党员亮身份 and their service where they live: outings, people and hours added up, never who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..records import Records
from ..sheets.pledges import Pledge
from ..sheets.services import KINDS, Service
from .fact import Fact
from .rhythm import span
from .whistles import Rate

MONTHS = 12


@dataclass(frozen=True)
class Sum(Fact):
    """Outings added up. ``people``: how often somebody came (人次); ``minutes``: of all of them together."""

    label: str
    outings: int
    people: int
    minutes: int


@dataclass(frozen=True)
class Month(Fact):
    """One calendar month. ``first``, ``last``: its days; ``over``: whether it is; ``kinds``: those there were.

    ``shown``: of those who had reported by its end, how many had come forward, in ``branches`` branches with numbers then.
    """

    first: date
    last: date
    over: bool
    total: Sum
    kinds: tuple[Sum, ...]
    shown: Rate = Rate(0, 0)
    branches: int = 0


@dataclass(frozen=True)
class Branch(Fact):
    """The latest numbers of one branch: of those who reported, how many came forward."""

    pledge: Pledge
    rate: Rate


@dataclass(frozen=True)
class Services(Fact):
    """What a community has of it on a day. ``unwritten``: outings that are over and have no numbers yet."""

    branches: tuple[Branch, ...]
    shown: Rate
    months: tuple[Month, ...]
    total: Sum
    upcoming: tuple[Service, ...]
    lately: tuple[Service, ...]
    unwritten: int


def added(label: str, rows: Iterable[Service]) -> Sum:
    """Some outings added up; people who stayed for m minutes each give people × m minutes."""
    some = list(rows)
    people = sum(r.people or 0 for r in some)
    return Sum(label, len(some), people, sum((r.people or 0) * (r.minutes or 0) for r in some))


def services(records: Records, community: str, today: date) -> Services | None:
    """The service of a community's party members on ``today``; None where there is nothing on record."""
    rows = records.rows(community, Service)
    branches = _branches(records, community, today)
    if not rows and not branches:
        return None
    past = [r for r in rows if r.on <= today]
    done = sorted((r for r in past if r.people and r.minutes), key=lambda r: (r.on, r.id), reverse=True)
    months = tuple(_as_shown(records, community, m, today) for m in _months(done, today))
    shown = [r for m in months for r in done if m.first <= r.on <= m.last]
    return Services(
        branches,
        _together(branches),
        months,
        added("", shown),
        tuple(sorted((r for r in rows if r.on >= today and not r.people), key=lambda r: (r.on, r.time or "", r.id))),
        tuple(done[:10]),
        sum(r.on < today and not (r.people and r.minutes) for r in past),
    )


def _together(branches: Iterable[Branch]) -> Rate:
    rates = [b.rate for b in branches]
    return Rate(sum(r.n for r in rates), sum(r.of for r in rates))


def _as_shown(records: Records, community: str, month: Month, today: date) -> Month:
    """A month with the numbers of its own end: those of later days are no news of it."""
    branches = _branches(records, community, min(month.last, today))
    return replace(month, shown=_together(branches), branches=len(branches))


def _branches(records: Records, community: str, today: date) -> tuple[Branch, ...]:
    """Each branch with its latest numbers, in file order."""
    latest: dict[str, Pledge] = {}
    for row in records.rows(community, Pledge):
        if row.as_of <= today and (row.unit not in latest or latest[row.unit].as_of <= row.as_of):
            latest[row.unit] = row
    return tuple(Branch(row, Rate(row.shown, row.reported)) for row in latest.values())


def _months(done: list[Service], today: date) -> tuple[Month, ...]:
    """The last months, the latest first, from the first that has anything; one without any stands there as well."""
    found: list[Month] = []
    at = span(today, 1)
    first = min((r.on for r in done), default=today)
    while len(found) < MONTHS and at[1] >= first:
        rows = [r for r in done if at[0] <= r.on <= at[1]]
        kinds = [added(k, [r for r in rows if r.kind == k]) for k in KINDS]
        found.append(Month(*at, at[1] < today, added("", rows), tuple(k for k in kinds if k.outings)))
        at = span(at[0] - timedelta(days=1), 1)
    return tuple(found)
