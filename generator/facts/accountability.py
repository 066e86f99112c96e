"""件件有着落, as figures: what was answered, what was solved in time, how long it took, what is late and with whom.

Every rate is two whole numbers. Whether a matter was ever late is what ``standing`` says of it, and nobody else.
A reply is due when the day for it is over: on the day itself it may still come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from ..sheets.compounds import Compound
from ..sheets.matters import LEVELS, Matter
from .breakdown import Days as Days
from .breakdown import Way, by_class, by_step
from .cases import Case
from .fact import Fact
from .lists import waiting
from .whistles import Rate
from .whole import Whole

# What became of a matter; each is in exactly one of these.
OUTCOMES = ("in_time", "late", "running", "ended", "untimed")
# Ages of what is open, in calendar days since it was raised: from, to (None: no end).
AGES: tuple[tuple[int, int | None], ...] = ((0, 7), (8, 30), (31, 60), (61, 90), (91, None))
# 小事不出网格、大事不出社区: the levels at which each class is solved at home.
AT_HOME = {"小事": ("网格",), "大事": ("网格", "小区", "社区")}

Key = TypeVar("Key")
# What a matter counts as: its outcome, whether it is solved, whether it is overdue.
Fate = tuple[str, bool, bool]
# How many matters of each key (a day, a compound) there are of each fate.
Fates = Mapping[tuple[Key, Fate], int]


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


def fate(case: Case) -> Fate:
    """What a matter counts as in every group that it is of."""
    return outcome(case), case.standing.solved, case.standing.overdue > 0


def group(label: str, some: Iterable[Case]) -> Group:
    """What became of some matters."""
    return _group(label, Counter(map(fate, some)))


def _group(label: str, fates: Mapping[Fate, int]) -> Group:
    """The matters of one label, told by how many there are of each fate."""
    ends: Counter[str] = Counter()
    for (end, _, _), n in fates.items():
        ends[end] += n
    solved = sum(n for (_, solved, _), n in fates.items() if solved)
    overdue = sum(n for (_, _, overdue), n in fates.items() if overdue)
    return Group(label, ends.total(), solved, overdue, tuple(ends[o] for o in OUTCOMES))


def groups(fates: Fates[Key], label: Callable[[Key], str]) -> dict[str, Group]:
    """The group of each label that a key has. Matters of one key are alike, so a label is asked for once a key."""
    found: dict[str, Counter[Fate]] = {}
    for (key, its), n in fates.items():
        found.setdefault(label(key), Counter())[its] += n
    return {name: _group(name, some) for name, some in found.items()}


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


def by_age(cases: Iterable[Case], today: date) -> tuple[Age, ...]:
    """The open matters by how long ago they were raised."""
    open_ = [((today - c.matter.raised_on).days, bool(c.standing.overdue)) for c in cases if c.standing.open]
    bands = [(a, b, [late for n, late in open_ if a <= n and (b is None or n <= b)]) for a, b in AGES]
    return tuple(Age(a, b, len(some), sum(some)) for a, b, some in bands)


def by_month(raised: Fates[date], today: date, months: int) -> tuple[Group, ...]:
    """The matters raised in each of the last months of the calendar, this one last; a month without any is there too."""
    found = groups(raised, lambda day: f"{day.year:04}-{day.month:02}")
    last = today.year * 12 + today.month - 1
    names = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(last - months + 1, last + 1)]
    return tuple(found.get(name) or group(name, ()) for name in names)


def by_year(raised: Fates[date]) -> tuple[Group, ...]:
    """The matters raised in each year that has any, the latest first."""
    found = groups(raised, lambda day: str(day.year))
    return tuple(found[year] for year in sorted(found, reverse=True))


def by_compound(about: Fates[Key], name: Callable[[Key], str]) -> tuple[Group, ...]:
    """The matters of each compound, the one with most first; those about none (an empty label) last."""
    return tuple(sorted(groups(about, name).values(), key=lambda g: (not g.label, -g.raised, g.label)))


def again(cases: Sequence[Case]) -> Again:
    """What was taken up again, extended, handed up; a matter counts once in each, and at every level it was handed to."""
    given = [c.standing.extensions for c in cases if c.standing.extensions]
    up = [{e.level for e in c.standing.escalations} for c in cases if c.standing.escalations]
    return Again(
        len(cases),
        sum(bool(c.standing.reopened_on) for c in cases),
        len(given),
        sum(any(e.late for e in some) for some in given),
        len(up),
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
    said, late = replies(cases, whole.today), overdue(whole, cases)
    kept_back = sum(unseen(whole, id) for id in ids)
    matters, fates = [c.matter for c in cases], [fate(c) for c in cases]
    total, raised = _group("", Counter(fates)), Counter(zip((m.raised_on for m in matters), fates, strict=True))
    about = Counter(zip(((m.community, m.compound) for m in matters), fates, strict=True))

    def compound(place: tuple[str, str | None]) -> str:
        found = whole.records.get(place[0], Compound, place[1])
        return found.name if found else ""

    return Account(
        total,
        Promise(total.raised, len(late), said.missing, said.in_time.of, kept_back),
        said,
        by_class(cases),
        by_step(cases),
        by_age(cases, whole.today),
        by_compound(about, compound),
        by_month(raised, whole.today, months),
        by_year(raised),
        again(cases),
        by_level(cases),
        late,
        silent(whole, cases),
    )
