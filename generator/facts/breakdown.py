"""How long matters take, by kind: the one place where rows are grouped and a median is taken, so pandas does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .cases import Case, Fact


@dataclass(frozen=True)
class Kind(Fact):
    """One category of matters: ``median`` is of calendar days from raised to solved, None when none is solved."""

    name: str
    raised: int
    solved: int
    median: Fraction | None


def by_category(cases: Iterable[Case]) -> tuple[Kind, ...]:
    """The categories of some matters, the most frequent first, then in order of name."""
    import pandas as pd

    rows = [(c.matter.category, _days(c)) for c in cases]
    if not rows:
        return ()
    frame = pd.DataFrame(rows, columns=["category", "days"])
    grouped = frame.groupby("category")["days"]
    table = pd.DataFrame({"raised": grouped.size(), "solved": grouped.count(), "median": grouped.median()})
    table = table.reset_index().sort_values(["raised", "category"], ascending=[False, True], kind="stable")
    return tuple(
        Kind(str(name), int(raised), int(solved), None if pd.isna(median) else Fraction(float(median)))
        for name, raised, solved, median in table.itertuples(index=False)
    )


def _days(case: Case) -> float | None:
    solved = case.standing.solved_on
    return float((solved - case.matter.raised_on).days) if case.standing.solved and solved else None
