"""小红花卡, as far as everybody may know it: what earns points, where they are taken, how many services and exchanges there were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..privacy import Count, count_words, mask
from ..records import Records
from ..sheets.honours import Honour
from ..sheets.merchants import Merchant
from ..sheets.offers import Offer
from ..sheets.people import Person
from ..sheets.points import Earning
from . import private_counts
from .fact import Fact
from .private_counts import Sums
from .whole import Whole

STAMPS, REDEMPTIONS, PROSPECTS = "stamps", "redemptions", "prospects"


@dataclass(frozen=True)
class Partner(Fact):
    """A merchant with what can be had there on the day; ``coming``: what can be had later."""

    merchant: Merchant
    offers: tuple[Offer, ...]
    coming: tuple[Offer, ...] = ()

    def ends(self, offer: Offer, by: date) -> date | None:
        """The last day on which it can be had, where that is not after ``by``: its own or that of the agreement."""
        last = min((day for day in (offer.until, self.merchant.until) if day), default=None)
        return last if last and last <= by else None


@dataclass(frozen=True)
class Praise(Fact):
    """A commendation, and how the one commended is called: masked without consent."""

    row: Honour
    who: str


@dataclass(frozen=True)
class Year(Fact):
    """The commendations of a year. ``people``: of how many."""

    year: int
    praised: tuple[Praise, ...]

    @property
    def people(self) -> int:
        return len({p.row.person for p in self.praised})

    @property
    def on(self) -> date:
        """The last day on which somebody was commended for it."""
        return max(p.row.on for p in self.praised)


@dataclass(frozen=True)
class Flower(Fact):
    """All of it. ``partners``: with an agreement that runs; ``coming``, ``past``: whose agreement begins later, or has ended.

    ``stamps``, ``redemptions``, ``prospects``: suppressed counts, None where none are published.
    """

    earnings: tuple[Earning, ...]
    partners: tuple[Partner, ...]
    coming: tuple[Merchant, ...]
    past: tuple[Merchant, ...]
    years: tuple[Year, ...]
    stamps: Sums | None
    redemptions: Sums | None
    prospects: Sums | None

    @property
    def offers(self) -> int:
        """How many things can be had on the day."""
        return sum(len(p.offers) for p in self.partners)

    @property
    def giving(self) -> int:
        """How many merchants have something on the day."""
        return sum(bool(p.offers) for p in self.partners)

    @property
    def least(self) -> int | None:
        """The fewest points for which something can be had."""
        return min((o.points for p in self.partners for o in p.offers), default=None)


def runs(row: Merchant | Offer | Earning, day: date) -> bool:
    """Whether an agreement, an offer or a rule is in force on a day."""
    return (row.since is None or row.since <= day) and (row.until is None or day <= row.until)


def begins_later(row: Merchant | Offer | Earning, day: date) -> bool:
    return row.since is not None and row.since > day


def flower(whole: Whole, community: str) -> Flower | None:
    """The little red flower card of a community; None where no merchant and no rule is on record."""
    records, today = whole.records, whole.today
    merchants = list(records.rows(community, Merchant))
    earnings = tuple(e for e in records.rows(community, Earning) if runs(e, today))
    if not merchants and not earnings:
        return None
    sums = {s.sheet: s for s in private_counts.of_community(whole, community)}
    made = Flower(
        tuple(sorted(earnings, key=lambda e: (-e.points, e.id))),
        tuple(partner(records, m, today) for m in merchants if runs(m, today)),
        tuple(m for m in merchants if begins_later(m, today)),
        tuple(m for m in merchants if m.until and m.until < today),
        years(whole, community),
        *(sums.get(s) for s in (STAMPS, REDEMPTIONS, PROSPECTS)),
    )
    return made


def partner(records: Records, merchant: Merchant, day: date) -> Partner:
    """A merchant with the offers of a day, the fewest points first."""
    own = sorted(records.by(merchant.community, Offer, "merchant", merchant.id), key=lambda o: (o.points, o.id))
    return Partner(
        merchant, tuple(o for o in own if runs(o, day)), tuple(o for o in own if begins_later(o, day))
    )


def years(whole: Whole, community: str) -> tuple[Year, ...]:
    """The commendations up to today, the latest year first."""
    found: dict[int, list[Praise]] = {}
    for row in whole.records.rows(community, Honour):
        if row.on <= whole.today:
            found.setdefault(row.year, []).append(Praise(row, called(whole, row)))
    return tuple(Year(year, tuple(found[year])) for year in sorted(found, reverse=True))


def called(whole: Whole, row: Honour) -> str:
    """How the one commended is called: by name with her own consent alone, for an office is no reason (个人信息保护法 §25)."""
    label, person = whole.person(row.community, row.person), whole.records.get(row.community, Person, row.person)
    return label if person and person.basis == "本人同意" else mask(person.name) if person else label


def printed(records: Records, community: str, sheet: str, *labels: str) -> Count | None:
    """What is printed in a cell of a community's counts; None without such a cell. An empty label is the total."""
    at = tuple(label or count_words()["total"] for label in labels)
    tables = (t for t in records.counts if (t.community, t.sheet) == (community, sheet))
    return next((t.cells.get(at) for t in tables), None)

