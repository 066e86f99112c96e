"""解决了的难题: the matters that were solved, by kind, each with how, as its outcome begins, and how many days it took."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..sheets.matters import CATEGORIES
from .breakdown import nearest_rank
from .cases import Case
from .fact import Fact
from .whole import Whole

_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*)?")
SHORT = 25  # characters: such a first sentence leads up to what was done, and the next says it


@dataclass(frozen=True)
class Solved(Fact):
    """One matter that was solved. ``how``: what its outcome begins with; ``days``: from raising to solving."""

    case: Case
    on: date
    how: str
    days: int


@dataclass(frozen=True)
class Kind(Fact):
    """The solved matters of one kind, the latest first, of how many raised."""

    name: str
    solved: tuple[Solved, ...]
    raised: int

    @property
    def median(self) -> int | None:
        """The days in the middle, of two the lower, as on the community's page."""
        return nearest_rank([s.days for s in self.solved], 1, 2)


@dataclass(frozen=True)
class AllSolved(Fact):
    """By kind, those with most solved first. ``open``: matters not ended yet; ``unsolved``: ended otherwise."""

    today: date
    kinds: tuple[Kind, ...]
    raised: int
    open: int
    unsolved: int

    @property
    def all(self) -> tuple[Solved, ...]:
        """The latest first."""
        every = [s for k in self.kinds for s in k.solved]
        return tuple(sorted(every, key=lambda s: (s.on, s.case.id), reverse=True))

    @property
    def median(self) -> int | None:
        return nearest_rank([s.days for s in self.all], 1, 2)

    @property
    def years(self) -> tuple[tuple[int, tuple[Solved, ...]], ...]:
        """By the year of solving, the latest first."""
        years = sorted({s.on.year for s in self.all}, reverse=True)
        return tuple((y, tuple(s for s in self.all if s.on.year == y)) for y in years)


def beginning(text: str | None) -> str:
    """The first sentence of a text with its stop, and the second with it where the first is short."""
    said = [s.strip() for s in _SENTENCE.findall(text or "") if s.strip()]
    return "".join(said[: 2 if said and len(said[0]) < SHORT else 1])


def solved(cases: Iterable[Case], today: date) -> AllSolved | None:
    """The solved among some matters; None where none was solved."""
    every = tuple(cases)
    found = [
        Solved(c, c.standing.solved_on, beginning(c.matter.outcome), (c.standing.solved_on - c.matter.raised_on).days)
        for c in every
        if c.standing.solved and c.standing.solved_on
    ]
    if not found:
        return None
    found.sort(key=lambda s: (s.on, s.case.id), reverse=True)
    order = {name: n for n, name in enumerate(CATEGORIES)}
    kinds = []
    for name in CATEGORIES:
        mine = tuple(s for s in found if s.case.matter.category == name)
        if mine:
            kinds.append(Kind(name, mine, sum(c.matter.category == name for c in every)))
    kinds.sort(key=lambda k: (-len(k.solved), order[k.name]))
    still = sum(c.standing.open for c in every)
    return AllSolved(today, tuple(kinds), len(every), still, len(every) - still - len(found))


def solved_of(whole: Whole, community: str) -> AllSolved | None:
    """The solved matters of a community."""
    return solved(whole.cases.of(community), whole.today)
