"""微心愿: which wishes wait and for how long, which were answered and after how many days, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.mechanisms import Local
from ..sheets.wishes import RESULTS, Wish
from .breakdown import nearest_rank
from .cases import Case
from .fact import Fact
from .whistles import Rate
from .whole import Whole

YEAR = timedelta(days=365)
WEEK = timedelta(days=7)
WHISPERS = "大树下的悄悄话"


@dataclass(frozen=True)
class Heard(Fact):
    """A wish on a day. ``days``: until it was answered, or waited so far. ``case``: the matter that came of it."""

    wish: Wish
    answered: bool
    days: int
    unit: str
    case: Case | None


@dataclass(frozen=True)
class Week(Fact):
    """From Monday to Sunday: what was answered in it, in order."""

    first: date
    last: date
    answered: tuple[Heard, ...]


@dataclass(frozen=True)
class Wishes(Fact):
    """All wishes of a community. ``waiting``: the longest first; ``answered``: the latest first.

    ``lately``: of the wishes written in the last 365 days (from ``since`` on), how many are answered; ``results``: what
    became of those; ``days``: their days until the answer, in order. ``whispers``: whether there is a letter box as well.
    """

    today: date
    since: date
    waiting: tuple[Heard, ...]
    answered: tuple[Heard, ...]
    lately: Rate
    days: tuple[int, ...]
    results: tuple[tuple[str, int], ...]
    weeks: tuple[Week, ...]
    whispers: bool

    @property
    def median(self) -> int | None:
        """The days in the middle, of two the lower; None without an answer."""
        return nearest_rank(self.days, 1, 2)

    @property
    def untold(self) -> int:
        """How many of the answers of the last year do not say yet what came of it."""
        return self.lately.n - sum(n for _, n in self.results)

    @property
    def longest(self) -> int:
        return self.days[-1] if self.days else 0

    @property
    def matters(self) -> tuple[Heard, ...]:
        """Those that became matters, the latest first."""
        some = [h for h in (*self.waiting, *self.answered) if h.case is not None]
        return tuple(sorted(some, key=lambda h: (h.wish.on, h.wish.id), reverse=True))

    @property
    def years(self) -> tuple[tuple[int, tuple[Heard, ...]], ...]:
        """The answered by the year they were written in, the latest first."""
        years = sorted({h.wish.on.year for h in self.answered}, reverse=True)
        return tuple((y, tuple(h for h in self.answered if h.wish.on.year == y)) for y in years)


def wishes(whole: Whole, community: str) -> Wishes | None:
    """The wishes of a community on the day; None where none is on record."""
    today = whole.today
    found = [_heard(whole, w) for w in whole.records.rows(community, Wish) if w.on <= today]
    if not found:
        return None
    since = today - YEAR + timedelta(days=1)
    lately = [h for h in found if h.wish.on >= since]
    answered = [h for h in lately if h.answered]
    became = Counter(h.wish.result for h in answered)
    done = sorted((h for h in found if h.answered), key=lambda h: (h.wish.answered_on, h.wish.id), reverse=True)
    return Wishes(
        today,
        since,
        tuple(sorted((h for h in found if not h.answered), key=lambda h: (h.wish.on, h.wish.id))),
        tuple(done),
        Rate(len(answered), len(lately)),
        tuple(sorted(h.days for h in answered)),
        tuple((r, became[r]) for r in RESULTS if became[r]),
        tuple(_weeks(done, today)),
        bool(whole.records.by(community, Local, "mechanism", WHISPERS)),
    )


def _heard(whole: Whole, row: Wish) -> Heard:
    """An answer without its day, or of a day to come, is none yet."""
    answered = bool(row.answer and row.answered_on and row.answered_on <= whole.today)
    days = ((row.answered_on if answered and row.answered_on else whole.today) - row.on).days
    return Heard(row, answered, days, whole.unit(row.community, row.unit), whole.cases.get(row.community, row.matter))


def _weeks(answered: Sequence[Heard], today: date) -> Iterable[Week]:
    """This week and the one before, the latest first, so far as anything was answered in them."""
    monday = today - timedelta(days=today.weekday())
    for first in (monday, monday - WEEK):
        last = first + WEEK - timedelta(days=1)
        mine = [h for h in answered if h.wish.answered_on and first <= h.wish.answered_on <= last]
        if mine:
            yield Week(first, last, tuple(mine[::-1]))
