"""The board on a day: which papers are newly to be hung, which go on hanging, which come down.

A paper hangs by the days of its publicity, which the law gives, or for a week while it is news, which is advice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from ..calendar import YearNotCovered, is_workday
from .fact import Fact
from .postings import Posting
from .publicity import Period

FRESH = timedelta(days=7)

# How long a paper that should have come down is still asked after.
FORGOTTEN = timedelta(days=14)


class Term(StrEnum):
    """Why a paper hangs until its day: it is the period's last, a week is advised, or it speaks of days up to that one."""

    PERIOD = "period"
    ADVISED = "advised"
    USE = "use"


@dataclass(frozen=True)
class Hang(Fact):
    """From which day to which a paper hangs, both included.

    ``until``: None while the last day of its period can't be known. ``instead``: the day on which the sheet was posted
    whose place this one takes, None where it is the first.
    """

    since: date
    until: date | None
    term: Term
    instead: date | None = None

    def on(self, day: date) -> bool:
        """Whether it hangs on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


def while_news(day: date) -> Hang:
    """A paper without a period, of something of that day."""
    return Hang(day, day + FRESH, Term.ADVISED)


def while_used(since: date, until: date) -> Hang:
    """A paper of what is to be had up to a day: a week's menu, an invitation."""
    return Hang(since, until, Term.USE)


def while_shown(posting: Posting) -> Hang:
    """The sheet of a publicity, in its last run."""
    instead = posting.interrupted[-1].period.start if posting.interrupted else None
    return Hang(posting.period.start, posting.period.end, Term.PERIOD, instead)


def while_either(day: date, posting: Posting | None, today: date) -> Hang:
    """A paper of something of ``day`` that hangs while it is news, and while its publicity runs once that has begun."""
    news = while_news(day)
    if posting is None or posting.period.start > today:
        return news
    shown = while_shown(posting)
    if shown.until is None or shown.until >= min(today, day + FRESH):
        return shown
    return replace(news, since=shown.since, instead=shown.instead)


def while_corrected(day: date, begun: Period | None, posting: Posting | None) -> Hang:
    """A correction's paper: while it is news and, where it began a period, until that ends or is itself broken off."""
    news = while_news(day)
    if begun is None or posting is None:
        return news
    broken = next((r.broken_on - timedelta(days=1) for r in posting.interrupted if r.period == begun), date.max)
    if begun.end is None and broken == date.max:
        return Hang(day, None, Term.PERIOD)
    last = min(begun.end or date.max, broken)
    return Hang(day, last, Term.PERIOD) if last >= day + FRESH else news


class Hung(Protocol):
    """A paper as far as the board asks after it."""

    @property
    def title(self) -> str: ...
    @property
    def hang(self) -> Hang | None: ...


Paper = TypeVar("Paper", bound=Hung)


@dataclass(frozen=True)
class Board(Fact, Generic[Paper]):
    """What is to be done at the board.

    ``after``: the last working day, when somebody was last there. ``new``: hung from a day since then; ``kept``: from an
    earlier one. ``over``: their last day has come and gone since then. ``forgotten``: it had gone before. ``replaced``: those
    of ``new`` whose earlier sheet comes off.
    """

    after: date
    new: tuple[Paper, ...] = ()
    kept: tuple[Paper, ...] = ()
    over: tuple[Paper, ...] = ()
    forgotten: tuple[Paper, ...] = ()

    @property
    def replaced(self) -> tuple[Paper, ...]:
        return tuple(p for p in self.new if p.hang and p.hang.instead)

    @property
    def down(self) -> int:
        """How many sheets are to be taken down today."""
        return len(self.over) + len(self.replaced)


def board(papers: Iterable[Paper], today: date) -> Board[Paper]:
    """The board of ``today``. A paper of the last working day is still new: it may have been written in the evening."""
    after = last_worked(today)
    new: list[Paper] = []
    kept: list[Paper] = []
    over: list[Paper] = []
    forgotten: list[Paper] = []
    for paper in sorted(papers, key=_soonest):
        hang = paper.hang
        if hang is None or hang.since > today:
            continue
        if hang.on(today):
            (new if hang.since >= after else kept).append(paper)
        elif hang.until and hang.until >= after:
            over.append(paper)
        elif hang.until and hang.until >= after - FORGOTTEN:
            forgotten.append(paper)
    return Board(after, tuple(new), tuple(kept), tuple(over), tuple(forgotten))


def _soonest(paper: Hung) -> tuple[date, str]:
    return (paper.hang and paper.hang.until) or date.max, paper.title


def last_worked(today: date) -> date:
    """The last working day before ``today``; in a year whose holidays aren't known, the last from Monday to Friday."""
    day = today - timedelta(days=1)
    while not _worked(day):
        day -= timedelta(days=1)
    return day


def _worked(day: date) -> bool:
    try:
        return is_workday(day)
    except YearNotCovered:
        return day.weekday() < 5
