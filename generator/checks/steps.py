"""The steps of a matter: known, in order, dated forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..facts.cases import case_of
from ..facts.status import ENDS, SAYS, Standing, due_date, said_differs, standing
from ..problems import Problem
from ..procedures import Procedure
from ..sheet import PublicRow
from ..sheets.matters import LEVELS, Matter
from ..sheets.steps import Step
from .given import Found, Given, say


def steps_in_order(given: Given) -> Found:
    """Steps belong to the matter's procedure, dates run forward, none is taken before the one that leads to it."""
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            procedure = given.procedures.procedure(matter.procedure, matter.raised_on)
            if procedure:
                whole = not given.may_lack(community, "steps", "matter", matter.id)
                steps = given.records.by(community, Step, "matter", matter.id)
                yield from _walk(_Walk(matter, procedure, whole), steps)


@dataclass
class _Walk:
    """Where a matter stands between two of its rows.

    ``whole``: no row is missing, so the order can be judged; ``at`` is empty after a row that names no step.
    """

    matter: Matter
    procedure: Procedure
    whole: bool
    at: str = ""
    finished: bool = False
    ended: str = ""
    before: date | None = None


def _walk(walk: _Walk, steps: tuple[Step, ...]) -> Found:
    """One problem a row at most; the rows after it are judged from there, so that one slip is told once."""
    walk.at = walk.procedure.steps[0].name
    for row in steps:
        fault = _step_fault(row, walk)
        if fault:
            yield fault
        elif row.result == "延期" and row.extended_to is None:
            yield say(row, "extended_to", "extension-without-date")
        elif row.extended_to and (due := _due_before(walk, steps, row)) and row.extended_to <= due:
            yield say(row, "extended_to", "extension-not-later", due=str(due))
        elif row.result == "完成" and _files(row, walk.procedure) and not walk.matter.file_number:
            yield say(row, "step", "filed-without-number")
        walk.at = row.step if walk.procedure.step(row.step) else ""
        walk.finished = row.result == "完成"
        walk.ended = row.result if row.result in ENDS else ""
        walk.before = row.on


def _files(row: Step, procedure: Procedure) -> bool:
    step = procedure.step(row.step)
    return step is not None and step.kind == "file"


def _step_fault(row: Step, walk: _Walk) -> tuple[PublicRow, Problem] | None:
    procedure, raised = walk.procedure, walk.matter.raised_on
    if procedure.step(row.step) is None:
        steps = "、".join(s.name for s in procedure.steps)
        return say(row, "step", "step-unknown", procedure=procedure.title, steps=steps)
    if row.on < raised:
        return say(row, "on", "step-before-raised", on=str(row.on), raised=str(raised))
    if walk.before and row.on < walk.before:
        return say(row, "on", "step-backwards", on=str(row.on), before=str(walk.before))
    if row.result == "重新办理":
        return None
    if walk.ended:
        return say(row, "step", "step-after-end", before=walk.ended)
    here = procedure.step(walk.at)
    leads = walk.finished and here is not None and row.step in here.next
    if walk.whole and walk.at and row.step != walk.at and not leads:
        return say(row, "step", "step-out-of-order", before=walk.at if not walk.finished else _before(procedure, row))
    return None


def _before(procedure: Procedure, row: Step) -> str:
    """The step that leads to the row's, for the message."""
    return next((s.name for s in procedure.steps if row.step in s.next), procedure.steps[0].name)


def _due_before(walk: _Walk, steps: tuple[Step, ...], row: Step) -> date | None:
    """The day that the matter was to be solved by before a row of its steps gave it another; None where it had been solved."""
    before = steps[: steps.index(row)]
    now = standing(walk.matter, before, walk.procedure, row.on) if before else None
    if now is None:
        return due_date(walk.matter, walk.procedure)
    return now.due if now.open else None


def matters_agree(given: Given) -> Found:
    """What is typed of a matter agrees with its steps: its status, if any is typed, and the level at which it was solved.

    Where steps are withheld nothing can be said.
    """
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            if given.may_lack(community, "steps", "matter", matter.id):
                continue
            case = case_of(given.records, given.procedures, matter, given.today)
            if case is not None:
                yield from _agrees(matter, case.standing)


def _agrees(matter: Matter, now: Standing) -> Found:
    if said_differs(matter, now):
        yield say(matter, "said", "status-differs", holds=False, state=SAYS[now.state][0], step=now.step)
    handed = now.escalated_to
    if not now.solved:
        return
    if not matter.level:
        yield say(matter, "level", "level-missing", holds=False, levels="、".join(LEVELS))
    elif handed and LEVELS.index(matter.level) < LEVELS.index(handed):
        yield say(matter, "level", "level-below", holds=False, handed=handed)
