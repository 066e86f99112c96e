"""How many matters, how many solved, how many in time: figures that are printed with their n and N."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..sheets.communities import Community
from .accountability import group
from .cases import Case, Fact


@dataclass(frozen=True)
class Tally(Fact):
    """Matters of one community: ``on_time`` of ``due`` as the account has them (``accountability.Group.on_time``)."""

    community: Community
    raised: int
    solved: int
    open: int
    overdue: int
    on_time: int
    due: int


def tally(community: Community, cases: Iterable[Case]) -> Tally:
    """The counts of a community's matters on the day the cases were gathered for."""
    found = list(cases)
    all_of_them = group(community.id, found)
    on_time = all_of_them.on_time
    return Tally(
        community,
        all_of_them.raised,
        all_of_them.solved,
        sum(c.standing.open for c in found),
        all_of_them.overdue,
        on_time.n,
        on_time.of,
    )


def states(cases: Iterable[Case], order: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many matters are in each state that any is in, in the catalogue's order."""
    counts = Counter(c.standing.state for c in cases)
    return tuple((s, counts[s]) for s in order if counts[s])
