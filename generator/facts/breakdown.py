"""How long matters take: until they are solved, by class and by category, and in each step of their procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..sheets.matters import CLASSES
from .cases import Case
from .fact import Fact
from .status import days_in_steps


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
class Kind(Fact):
    """One category of matters: ``median`` is of calendar days from raised to solved, None when none is solved.

    It is the ``half`` of the account's ``Days``: half took no more.
    """

    name: str
    raised: int
    solved: int
    median: int | None


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


def grouped(cases: Iterable[Case], key: Callable[[Case], str]) -> dict[str, list[Case]]:
    """The matters of each key, in the order in which keys turn up."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    return found


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


def by_category(cases: Iterable[Case]) -> tuple[Kind, ...]:
    """The categories of some matters, the most frequent first, then in order of name.

    With pandas, as those who check our figures from the downloaded tables will group them; its ``lower`` quantile is
    the nearest rank of ``days``, which a test holds against this.
    """
    import pandas as pd

    rows = [(c.matter.category, days_to_solve(c)) for c in cases]
    if not rows:
        return ()
    frame = pd.DataFrame(rows, columns=["category", "days"]).astype({"days": "float64"})
    took = frame.groupby("category")["days"]
    median = took.quantile(0.5, interpolation="lower")
    table = pd.DataFrame({"raised": took.size(), "solved": took.count(), "median": median}).reset_index()
    table = table.sort_values(["raised", "category"], ascending=[False, True], kind="stable")
    return tuple(
        Kind(str(name), int(raised), int(solved), None if pd.isna(median) else int(median))
        for name, raised, solved, median in table.itertuples(index=False)
    )
