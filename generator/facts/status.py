"""Where a matter stands on a day. Status is never typed: everyone who wants to know asks ``standing``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ..procedures import Procedure
from ..sheets.matters import Matter
from ..sheets.steps import Step

DONE, REOPENS = "完成", "重新办理"
ENDS = {"未通过": "rejected", "不予受理": "declined", "撤回": "withdrawn"}
RAISES = {"上报社区": "社区", "上报街道": "街道", "上报部门": "部门"}
SOLVING, FILING = "solve", "file"
# What a volunteer may rightly have typed as 状态 for each state: 办理中 is no contradiction while a publicity runs.
SAYS = {
    "working": ("办理中",),
    "posted": ("公示中", "办理中"),
    "escalated": ("已上报", "办理中"),
    "solved": ("已解决",),
    "filed": ("已备案", "已解决"),
    "rejected": ("未通过",),
    "declined": ("未受理",),
    "withdrawn": ("已撤回",),
}
UNSOLVED = frozenset(ENDS.values())  # the states of what has ended without being solved


@dataclass(frozen=True, slots=True)
class Escalation:
    """A matter handed up: to which level (社区, 街道, 部门), on what day, by whom."""

    level: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A later day that a matter was given, when it was decided and why. ``late``: decided after the due day had passed."""

    on: date
    until: date
    reason: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of a matter on a day.

    ``state``: working, posted (a publicity is running), escalated, solved, filed, rejected, declined, withdrawn.
    ``step``: the step being worked on (the last one, when ended); ``done``: names of the steps finished, in order.
    ``due``: the last day for solving it; ``overdue``: days past it while it is open, 0 if none. ``was_late``: whether it
    was overdue on any day so far, whatever was extended afterwards. ``escalations``: all of them; ``escalated_to``: the
    level it was last handed up to since it was last taken up, or "". ``level``: where it was solved, "" if that is not
    said. ``replied_on``: when residents were first told what becomes of it. ``closed``: ended, and nothing of its
    procedure is left to be done, filing included.
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
    reopened_on: tuple[date, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    escalated_to: str = ""
    extensions: tuple[Extension, ...] = ()
    was_late: bool = False
    level: str = ""
    replied_on: date | None = None
    closed: bool = False

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

    @property
    def reopened(self) -> int:
        """How many times it was taken up again."""
        return len(self.reopened_on)


def due_date(matter: Matter, procedure: Procedure | None) -> date | None:
    """The day a matter is to be solved by: as typed, or the days its class is given (a local setting)."""
    return matter.due_on or _allowed(matter, procedure, matter.raised_on)


def _allowed(matter: Matter, procedure: Procedure | None, start: date) -> date | None:
    """The last of the days that a matter's class is given, the starting day not counted (民法典 §201)."""
    size = procedure.size(matter.size) if procedure else None
    return start + timedelta(days=size.days) if size else None


def said_differs(matter: Matter, standing: Standing) -> bool:
    """Whether the status that a volunteer typed is not the one that the steps give.

    An open matter that was handed up may still be called so while a step below goes on.
    """
    handed = SAYS["escalated"] if standing.open and standing.escalated_to else ()
    return matter.said is not None and matter.said not in (*SAYS[standing.state], *handed)


def days_in_steps(matter: Matter, steps: Iterable[Step]) -> list[tuple[str, int]]:
    """The steps a matter has finished, each with the days since the one before was (since it was raised, or reopened).

    A step that was gone through again after the matter was reopened counts again.
    """
    found: list[tuple[str, int]] = []
    done: set[str] = set()
    since = matter.raised_on
    for row in steps:
        result, step = row.result, row.step
        if result == DONE and step not in done:
            found.append((step, (row.on - since).days))
            since = row.on
            done.add(step)
        elif result == REOPENS:
            since, done = row.on, set()
    return found


@dataclass(slots=True)
class _Walk:
    """The steps so far, folded one by one. ``names``: of the procedure's steps; by the first, ``raising``, one is raised."""

    matter: Matter
    procedure: Procedure | None
    step: str
    since: date
    due: date | None
    names: Sequence[str]
    raising: str
    done: list[str] = field(default_factory=list)
    state: str = "working"
    extended: bool = False
    late: bool = False
    solved_on: date | None = None
    ended_on: date | None = None
    replied_on: date | None = None
    reopened_on: tuple[date, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    escalated_to: str = ""
    extensions: tuple[Extension, ...] = ()

    def take(self, row: Step, kind: str) -> None:
        """Go on by one row; what has ended is opened by 重新办理 alone (the checks tell of any other row)."""
        self.step, self.since = row.step, row.on
        if row.result == REOPENS:
            self._reopen(row)
        elif row.extended_to and self.ended_on is None:
            self._extend(row)
        if row.result == DONE:
            self._finish(row, kind)
        elif self.ended_on is not None:
            return
        elif row.result in ENDS:
            self._passed(row.on)
            self.state, self.ended_on = ENDS[row.result], row.on
            self._reply(row)
        elif row.result in RAISES:
            self.state, self.escalated_to = "escalated", RAISES[row.result]
            self.escalations += (Escalation(self.escalated_to, row.on, row.by),)
            if row.step != self.raising:
                self._reply(row)

    def _reopen(self, row: Step) -> None:
        """What is taken up again has the days of its class anew, unless the row itself gives it a day.

        It goes on from the row's step: what was done before that step stays done, and nothing is handed up any more.
        What had not ended keeps its day: nobody gets new days by the word alone.
        """
        before = self.names[: self.names.index(row.step)] if row.step in self.names else ()
        self.done = [name for name in self.done if name in before]
        if self.ended_on is None:
            if row.extended_to:
                self._extend(row)
            return
        self.state, self.ended_on, self.solved_on, self.escalated_to = "working", None, None, ""
        self.due, self.extended = row.extended_to or _allowed(self.matter, self.procedure, row.on), False
        self.reopened_on += (row.on,)

    def _extend(self, row: Step) -> None:
        """A day given after the due day has passed does not unmake the lateness; one given after the end is none."""
        self._passed(row.on)
        late = bool(self.due and row.on > self.due)
        self.due, self.extended = row.extended_to, True
        self.extensions += (Extension(row.on, row.extended_to, row.note or "", late),)

    def _passed(self, day: date) -> None:
        """Note that the due day passed while the matter was open."""
        if self.ended_on is None and self.due and day > self.due:
            self.late = True

    def _reply(self, row: Step) -> None:
        """Residents are told; by a row of the step by which a matter is raised they are not, for it says nothing new."""
        self.replied_on = self.replied_on or row.on

    def _finish(self, row: Step, kind: str) -> None:
        """A step is done; with it, what it was handed up for. What is solved already was solved on the first day."""
        if row.step not in self.done:
            self.done.append(row.step)
        if row.step != self.raising:
            self._reply(row)
        if self.state in UNSOLVED:
            return
        if kind in (SOLVING, FILING):
            self._passed(row.on)
            self.solved_on = self.ended_on = self.ended_on or row.on
            self.state = "filed" if kind == FILING or self.state == "filed" else "solved"
        elif self.state == "escalated":
            self.state = "working"


def standing(
    matter: Matter, steps: Sequence[Step], procedure: Procedure | None, today: date, *, posted: bool = False
) -> Standing:
    """The state of a matter on ``today`` from its steps up to that day; ``posted``: a publicity of it is running.

    The one place where a state is made of steps: pages, notices, feeds and figures all ask it.
    """
    named: Mapping[str, Any] = procedure.named if procedure else {}
    names = tuple(named if procedure else dict.fromkeys(s.step for s in steps))
    first = names[0] if names else ""
    walk = _Walk(matter, procedure, first, matter.raised_on, due_date(matter, procedure), names, first)
    for row in steps:
        if row.on <= today:
            walk.take(row, named[row.step].kind if row.step in named else "")
    if procedure and walk.ended_on is None:
        walk.step = _now_at(walk, procedure)
    if posted and walk.state in ("working", "escalated"):
        walk.state = "posted"
    walk._passed(today)
    overdue = (today - walk.due).days if walk.due and walk.ended_on is None else 0
    return _stands(walk, max(overdue, 0))


def _stands(walk: _Walk, overdue: int) -> Standing:
    """What a walk has come to."""
    number = walk.names.index(walk.step) + 1 if walk.step in walk.names else len(walk.done)
    solved = walk.state in ("solved", "filed")
    return Standing(
        state=walk.state,
        step=walk.step,
        number=number,
        done=tuple(walk.done),
        since=walk.since,
        due=walk.due,
        extended=walk.extended,
        overdue=overdue,
        solved_on=walk.solved_on,
        ended_on=walk.ended_on,
        reopened_on=walk.reopened_on,
        escalations=walk.escalations,
        escalated_to=walk.escalated_to,
        extensions=walk.extensions,
        was_late=walk.late,
        level=(walk.matter.level or "") if solved else "",
        replied_on=walk.replied_on,
        closed=_closed(walk),
    )


def _closed(walk: _Walk) -> bool:
    """Whether nothing is left to be done: what is solved is still to be filed where the procedure has it so."""
    if walk.state != "solved":
        return walk.state == "filed" or walk.state in UNSOLVED
    return walk.procedure is None or all(s.kind != FILING for s in walk.procedure.steps)


def _now_at(walk: _Walk, procedure: Procedure) -> str:
    """The step being worked on: the one after the last finished, unless work on a later row is under way."""
    if not walk.step or walk.step not in walk.done:
        return walk.step
    step = procedure.step(walk.step)
    return step.next[0] if step and step.next else walk.step
