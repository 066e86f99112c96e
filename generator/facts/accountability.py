"""件件有着落, as figures: what was answered, what was solved in time, how long it took, what is late and with whom.

Every rate is two whole numbers. Whether a matter was ever late is what ``standing`` says of it, and nobody else.
A reply is due when the day for it is over: on the day itself it may still come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..sheets.compounds import Compound
from ..sheets.matters import CLASSES, LEVELS, Matter
from .cases import Case
from .fact import Fact
from .lists import waiting
from .status import days_in_steps
from .whistles import Rate
from .whole import Whole

# What became of a matter; each is in exactly one of these.
OUTCOMES = ("in_time", "late", "running", "ended", "untimed")
# Ages of what is open, in calendar days since it was raised: from, to (None: no end).
AGES: tuple[tuple[int, int | None], ...] = ((0, 7), (8, 30), (31, 60), (61, 90), (91, None))
# 小事不出网格、大事不出社区: the levels at which each class is solved at home.
AT_HOME = {"小事": ("网格",), "大事": ("网格", "小区", "社区")}


@dataclass(frozen=True)
class Group(Fact):
    """Some matters with what became of them: numbers in the order of ``OUTCOMES``, which add up to ``raised``."""

    label: str
    raised: int
    solved: int
    overdue: int
    outcomes: tuple[int, ...]

    @property
    def on_time(self) -> Rate:
        """Solved and never late, of all that were solved or whose due day passed while they were open."""
        in_time, late = self.outcomes[:2]
        return Rate(in_time, in_time + late)


@dataclass(frozen=True)
class Days(Fact):
    """How many calendar days some things took, in whole days by the nearest rank; None of nothing.

    ``half``: at least half of them took no more. ``most``: at least nine in ten took no more.
    """

    label: str
    n: int
    half: int | None
    most: int | None


@dataclass(frozen=True)
class Way(Fact):
    """The days spent in each step of one procedure, in its order; ``matters``: how many go or went this way."""

    id: str
    title: str
    matters: int
    steps: tuple[Days, ...]


@dataclass(frozen=True)
class Age(Fact):
    """How many open matters were raised so many days ago, and how many of these are overdue."""

    least: int
    most: int | None
    n: int
    overdue: int


@dataclass(frozen=True)
class Replies(Fact):
    """``given``: answered, of all raised. ``in_time``: answered by the day for it, of those whose day is over.

    ``missing``: whose day is over and nobody has answered. ``timed``: whether any procedure sets a day at all.
    """

    given: Rate
    in_time: Rate
    missing: int
    timed: bool


@dataclass(frozen=True)
class Solved(Fact):
    """Where matters were solved: ``levels`` a count a level, of ``of`` that say it; ``unsaid``: solved, no level given.

    ``home``: by class, how many of these were solved where 小事不出网格、大事不出社区 wants it.
    """

    levels: tuple[tuple[str, int], ...]
    of: int
    unsaid: int
    home: tuple[tuple[str, Rate], ...]


@dataclass(frozen=True)
class Again(Fact):
    """How many matters were taken up again, were given a later day (``late``: after their day), were handed up where."""

    of: int
    reopened: int
    extended: int
    extended_late: int
    escalated: int
    to: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Overdue(Fact):
    """One matter past a day: whose it is, since when, how far it has come, at which level it stands ("" = at home)."""

    case: Case
    unit: str
    person: str
    due: date
    days: int
    step: str
    level: str


@dataclass(frozen=True)
class Promise(Fact):
    """What may be said on the day. ``waiting``: rows that are being looked into, so that nobody knows what they hide."""

    raised: int
    overdue: int
    unanswered: int
    answers_due: int
    waiting: int

    @property
    def kept(self) -> bool:
        """件件有着落: there are matters, nothing open is overdue, no reply is missing, and nothing is kept back."""
        return bool(self.raised) and not self.overdue and not self.unanswered and not self.waiting

    @property
    def answered(self) -> bool:
        """事事有回音: replies were due, every one of them was given, and nothing is kept back."""
        return bool(self.answers_due) and not self.unanswered and not self.waiting


@dataclass(frozen=True)
class Account(Fact):
    """All figures of some matters on a day. ``compounds`` are told apart by name: they are those of one community.

    ``silent``: what nobody has answered in its time, as ``Overdue`` of the day for an answer.
    """

    total: Group
    promise: Promise
    replies: Replies
    classes: tuple[Days, ...]
    ways: tuple[Way, ...]
    ages: tuple[Age, ...]
    compounds: tuple[Group, ...]
    months: tuple[Group, ...]
    years: tuple[Group, ...]
    again: Again
    levels: Solved
    overdue: tuple[Overdue, ...]
    silent: tuple[Overdue, ...]

    @property
    def open(self) -> int:
        """How many are not ended."""
        return sum(a.n for a in self.ages)


def nearest_rank(some: Sequence[int], part: int, of: int) -> int | None:
    """The least of the values that at least ``part``/``of`` of all do not exceed; None of nothing.

    The nearest-rank percentile: of n sorted values the one at place ⌈n·part/of⌉, so always one that occurred.
    """
    ordered = sorted(some)
    return ordered[-(-len(ordered) * part // of) - 1] if ordered else None


def days(label: str, some: Sequence[int]) -> Days:
    """Half and nine tenths of some numbers of days."""
    ordered = sorted(some)
    return Days(label, len(ordered), nearest_rank(ordered, 1, 2), nearest_rank(ordered, 9, 10))


def outcome(case: Case) -> str:
    """What became of a matter: solved ``in_time`` (never late), ``late`` once (solved since or not), ``running`` in its
    time, ``ended`` unsolved without having been late, or solved but ``untimed``, without a day it had to be solved by.
    """
    standing = case.standing
    if standing.was_late:
        return "late"
    if standing.solved:
        return "in_time" if standing.due else "untimed"
    return "running" if standing.open else "ended"


def group(label: str, some: Iterable[Case]) -> Group:
    """What became of some matters."""
    found = list(some)
    ends = [outcome(c) for c in found]
    solved = sum(c.standing.solved for c in found)
    overdue = sum(bool(c.standing.overdue) for c in found)
    return Group(label, len(found), solved, overdue, tuple(ends.count(o) for o in OUTCOMES))


def grouped(cases: Iterable[Case], key: Callable[[Case], str]) -> dict[str, list[Case]]:
    """The matters of each key, in the order in which keys turn up."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    return found


def reply_due(case: Case) -> date | None:
    """The last day for telling residents whether a matter is taken; None where the procedure sets none."""
    given = case.procedure.reply_days
    return None if given is None else case.matter.raised_on + timedelta(days=given)


def replies(cases: Sequence[Case], today: date) -> Replies:
    """How many matters were answered, and how many in their time."""
    timed = [(c.standing.replied_on, day) for c in cases if (day := reply_due(c))]
    due = [(replied, day) for replied, day in timed if day < today]
    return Replies(
        Rate(sum(c.standing.replied_on is not None for c in cases), len(cases)),
        Rate(sum(replied is not None and replied <= day for replied, day in due), len(due)),
        sum(replied is None for replied, _ in due),
        bool(timed),
    )


def days_to_solve(case: Case) -> int | None:
    """Calendar days from the day it was raised to the day it was solved, the last time if more than once."""
    solved = case.standing.solved_on
    return (solved - case.matter.raised_on).days if case.standing.solved and solved else None


def by_class(cases: Sequence[Case]) -> tuple[Days, ...]:
    """The days to a solution of 大事, 小事 and 急事."""
    took: dict[str, list[int]] = {size: [] for size in CLASSES}
    for case in cases:
        if (n := days_to_solve(case)) is not None:
            took.setdefault(case.matter.size, []).append(n)
    return tuple(days(size, some) for size, some in took.items())


def by_step(cases: Iterable[Case]) -> tuple[Way, ...]:
    """The days spent in each step by procedure, the procedure most used first."""
    ways = []
    for id, some in grouped(cases, lambda c: c.procedure.id).items():
        latest = max((c.procedure for c in some), key=lambda p: p.valid_from or date.min)
        took: dict[str, list[int]] = {s.name: [] for s in latest.steps}
        for case in some:
            for name, n in days_in_steps(case.matter, case.steps):
                took.setdefault(name, []).append(n)
        ways.append(Way(id, latest.title, len(some), tuple(days(name, n) for name, n in took.items())))
    return tuple(sorted(ways, key=lambda w: (-w.matters, w.id)))


def by_age(cases: Iterable[Case], today: date) -> tuple[Age, ...]:
    """The open matters by how long ago they were raised."""
    open_ = [((today - c.matter.raised_on).days, bool(c.standing.overdue)) for c in cases if c.standing.open]
    bands = [(a, b, [late for n, late in open_ if a <= n and (b is None or n <= b)]) for a, b in AGES]
    return tuple(Age(a, b, len(some), sum(some)) for a, b, some in bands)


def by_month(cases: Iterable[Case], today: date, months: int) -> tuple[Group, ...]:
    """The matters raised in each of the last months of the calendar, this one last; a month without any is there too."""
    found = grouped(cases, lambda c: f"{c.matter.raised_on:%Y-%m}")
    last = today.year * 12 + today.month - 1
    names = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(last - months + 1, last + 1)]
    return tuple(group(name, found.get(name, ())) for name in names)


def by_year(cases: Iterable[Case]) -> tuple[Group, ...]:
    """The matters raised in each year that has any, the latest first."""
    found = grouped(cases, lambda c: str(c.matter.raised_on.year))
    return tuple(group(year, found[year]) for year in sorted(found, reverse=True))


def by_compound(cases: Iterable[Case], name: Callable[[Case], str]) -> tuple[Group, ...]:
    """The matters of each compound, the one with most first; those about none (an empty label) last."""
    groups = [group(label, some) for label, some in grouped(cases, name).items()]
    return tuple(sorted(groups, key=lambda g: (not g.label, -g.raised, g.label)))


def again(cases: Sequence[Case]) -> Again:
    """What was taken up again, extended, handed up; a matter counts once in each, and at every level it was handed to."""
    up = [{e.level for e in c.standing.escalations} for c in cases]
    return Again(
        len(cases),
        sum(bool(c.standing.reopened) for c in cases),
        sum(bool(c.standing.extensions) for c in cases),
        sum(any(e.late for e in c.standing.extensions) for c in cases),
        sum(bool(levels) for levels in up),
        tuple((level, n) for level in LEVELS if (n := sum(level in levels for levels in up))),
    )


def by_level(cases: Iterable[Case]) -> Solved:
    """The level at which matters were solved, as they record it."""
    solved = [c for c in cases if c.standing.solved]
    said = [(c.matter.size, c.standing.level) for c in solved if c.standing.level]
    levels = [level for _, level in said]
    home = []
    for size, at_home in AT_HOME.items():
        of = [level for its, level in said if its == size]
        home.append((size, Rate(sum(level in at_home for level in of), len(of))))
    counts = tuple((level, levels.count(level)) for level in LEVELS)
    return Solved(counts, len(said), len(solved) - len(said), tuple(home))


def overdue(whole: Whole, cases: Iterable[Case]) -> tuple[Overdue, ...]:
    """What is open past its day, the longest first."""
    late = [(c, c.standing.due) for c in cases if c.standing.overdue]
    return _past(whole, [(c, due) for c, due in late if due])


def silent(whole: Whole, cases: Iterable[Case]) -> tuple[Overdue, ...]:
    """What nobody has answered though the day for it is over, the longest first."""
    waits = [(c, day) for c in cases if c.standing.replied_on is None and (day := reply_due(c))]
    return _past(whole, [(c, day) for c, day in waits if day < whole.today])


def _past(whole: Whole, cases: Iterable[tuple[Case, date]]) -> tuple[Overdue, ...]:
    found = [
        Overdue(
            c,
            whole.unit(c.community, c.matter.owner),
            whole.person(c.community, c.matter.owner_person),
            due,
            (whole.today - due).days,
            c.standing.step,
            c.standing.escalated_to,
        )
        for c, due in cases
    ]
    return tuple(sorted(found, key=lambda o: (-o.days, o.case.community, o.case.id)))


def unseen(whole: Whole, community: str) -> int:
    """Rows that might be a matter past its day: kept back until mended, or of a procedure that nobody knows."""
    raised = sum(m.raised_on <= whole.today for m in whole.records.rows(community, Matter))
    return waiting(whole, community, ("matters", "steps")) + raised - len(whole.cases.of(community))


def account(whole: Whole, communities: Iterable[str], months: int = 12) -> Account:
    """All figures of the matters of some communities on the day."""
    ids = list(communities)
    cases = [c for id in ids for c in whole.cases.of(id)]
    total, said, late = group("", cases), replies(cases, whole.today), overdue(whole, cases)
    kept_back = sum(unseen(whole, id) for id in ids)

    def compound(case: Case) -> str:
        found = whole.records.get(case.community, Compound, case.matter.compound)
        return found.name if found else ""

    return Account(
        total,
        Promise(total.raised, len(late), said.missing, said.in_time.of, kept_back),
        said,
        by_class(cases),
        by_step(cases),
        by_age(cases, whole.today),
        by_compound(cases, compound),
        by_month(cases, whole.today, months),
        by_year(cases),
        again(cases),
        by_level(cases),
        late,
        silent(whole, cases),
    )
