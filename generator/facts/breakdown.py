"""How long matters take, by kind: the one place where rows are grouped and a median is taken, so pandas does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .accountability import days_to_solve
from .cases import Case, Fact


@dataclass(frozen=True)
class Kind(Fact):
    """One category of matters: ``median`` is of calendar days from raised to solved, None when none is solved.

    It is the value at the nearest rank, as the account has it (``accountability.nearest_rank``): half took no more.
    """

    name: str
    raised: int
    solved: int
    median: int | None


def by_category(cases: Iterable[Case]) -> tuple[Kind, ...]:
    """The categories of some matters, the most frequent first, then in order of name."""
    import pandas as pd

    rows = [(c.matter.category, days_to_solve(c)) for c in cases]
    if not rows:
        return ()
    frame = pd.DataFrame(rows, columns=["category", "days"]).astype({"days": "float64"})
    grouped = frame.groupby("category")["days"]
    median = grouped.quantile(0.5, interpolation="lower")
    table = pd.DataFrame({"raised": grouped.size(), "solved": grouped.count(), "median": median})
    table = table.reset_index().sort_values(["raised", "category"], ascending=[False, True], kind="stable")
    return tuple(
        Kind(str(name), int(raised), int(solved), None if pd.isna(median) else int(median))
        for name, raised, solved, median in table.itertuples(index=False)
    )
