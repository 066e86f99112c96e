"""Where a matter stands on a day. Status is never typed: everyone who wants to know asks ``standing``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..procedures import Procedure
from ..sheets.matters import Matter
from ..sheets.steps import Step

ENDS = {"未通过": "rejected", "不予受理": "declined", "撤回": "withdrawn"}
SOLVING, FILING = "solve", "file"


@dataclass(frozen=True)
class Standing:
    """The state of a matter on a day.

    ``state``: working, posted (a publicity is running), escalated, solved, filed, rejected, declined, withdrawn.
    ``step``: the step being worked on (the last one, when ended); ``done``: names of the steps finished, in order.
    ``due``: the last day for solving it, None when ended otherwise; ``overdue``: days past it, 0 if none.
    """

    state: str
    step: str
    number: int
    done: tuple[str, ...]
    since: date
    due: date | None
    extended: bool = False
    overdue: int = 0
    solved_on: date | None = None
    ended_on: date | None = None
    reopened: int = 0

    @property
    def solved(self) -> bool:
        return self.state in ("solved", "filed")

    @property
    def open(self) -> bool:
        return self.ended_on is None

    @property
    def late(self) -> bool:
        """Solved, but after the day it was due."""
        return bool(self.solved_on and self.due and self.solved_on > self.due)


def due_date(matter: Matter, procedure: Procedure | None) -> date | None:
    """The day a matter is to be solved by: as typed, or the days its class is given (a local setting)."""
    if matter.due_on:
        return matter.due_on
    size = procedure.size(matter.size) if procedure else None
    return matter.raised_on + timedelta(days=size.days) if size else None


@dataclass
class _Walk:
    """The steps so far, folded one by one."""

    done: list[str]
    step: str
    since: date
    due: date | None
    state: str = "working"
    extended: bool = False
    solved_on: date | None = None
    ended_on: date | None = None
    reopened: int = 0

    def take(self, row: Step, kind: str) -> None:
        """Go on by one row; what has ended is opened by 重新办理 alone (the checks tell of any other row)."""
        self.step, self.since = row.step, row.on
        if row.extended_to:
            self.due, self.extended = row.extended_to, True
        if row.result == "重新办理":
            self.state, self.ended_on, self.solved_on = "working", None, None
            self.reopened += 1
            self.done = []
        elif row.result == "完成":
            self._finish(row, kind)
        elif self.ended_on is None and row.result in ENDS:
            self.state, self.ended_on = ENDS[row.result], row.on
        elif self.ended_on is None and row.result == "上报街道":
            self.state = "escalated"

    def _finish(self, row: Step, kind: str) -> None:
        if row.step not in self.done:
            self.done.append(row.step)
        if self.state in ENDS.values():
            return
        if kind == SOLVING:
            self.state, self.solved_on, self.ended_on = "solved", row.on, row.on
        elif kind == FILING:
            self.state = "filed"
            self.solved_on = self.solved_on or row.on
            self.ended_on = self.ended_on or row.on


def standing(
    matter: Matter, steps: Sequence[Step], procedure: Procedure | None, today: date, *, posted: bool = False
) -> Standing:
    """The state of a matter on ``today`` from its steps up to that day; ``posted``: a publicity of it is running."""
    past = [s for s in steps if s.on <= today]
    names = [s.name for s in procedure.steps] if procedure else list(dict.fromkeys(s.step for s in steps))
    kinds = {s.name: s.kind for s in procedure.steps} if procedure else {}
    walk = _Walk([], names[0] if names else "", matter.raised_on, due_date(matter, procedure))
    for row in past:
        walk.take(row, kinds.get(row.step, ""))
    if procedure and walk.ended_on is None:
        walk.step = _now_at(walk, procedure)
    if posted and walk.state in ("working", "escalated"):
        walk.state = "posted"
    overdue = (today - walk.due).days if walk.due and walk.ended_on is None else 0
    number = names.index(walk.step) + 1 if walk.step in names else len(walk.done)
    return Standing(
        walk.state, walk.step, number, tuple(walk.done), walk.since, walk.due, walk.extended,
        max(overdue, 0), walk.solved_on, walk.ended_on, walk.reopened,
    )  # fmt: skip


def _now_at(walk: _Walk, procedure: Procedure) -> str:
    """The step being worked on: the one after the last finished, unless work on a later row is under way."""
    if not walk.step or walk.step not in walk.done:
        return walk.step
    step = procedure.step(walk.step)
    return step.next[0] if step and step.next else walk.step
