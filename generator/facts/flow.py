"""Where every matter stands in its procedure: the open ones by step, the ended ones as counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..procedures import Procedure, Step
from .cases import Case
from .fact import Fact


@dataclass(frozen=True)
class Stand(Fact):
    """One step and the open matters that stand at it, the first due first."""

    step: Step
    cases: tuple[Case, ...]

    def of(self, community: str) -> tuple[Case, ...]:
        """Those of a community."""
        return tuple(c for c in self.cases if c.community == community)


@dataclass(frozen=True)
class Flow(Fact):
    """One version of a procedure. ``stands``: all its steps in order; ``ended``: (state, how many), most first."""

    procedure: Procedure
    stands: tuple[Stand, ...]
    ended: tuple[tuple[str, int], ...]

    @property
    def open(self) -> int:
        return sum(len(s.cases) for s in self.stands)

    @property
    def closed(self) -> int:
        """How many have ended, whichever way."""
        return sum(n for _, n in self.ended)

    @property
    def total(self) -> int:
        return self.open + self.closed


def flow(procedure: Procedure, cases: Iterable[Case]) -> Flow:
    """The matters of one version of a procedure, of all that are given. An open one stands where its standing says."""
    at: dict[str, list[Case]] = {s.name: [] for s in procedure.steps}
    ended: Counter[str] = Counter()
    for case in cases:
        if (case.procedure.id, case.procedure.valid_from) != (procedure.id, procedure.valid_from):
            continue
        if case.standing.open:
            at.get(case.standing.step, at[procedure.steps[0].name]).append(case)
        else:
            ended[case.standing.state] += 1
    stands = tuple(Stand(s, tuple(sorted(at[s.name], key=_due))) for s in procedure.steps)
    return Flow(procedure, stands, tuple(sorted(ended.items(), key=lambda pair: (-pair[1], pair[0]))))


def _due(case: Case) -> tuple[bool, str, str, str]:
    return case.standing.due is None, str(case.standing.due), case.community, case.id
