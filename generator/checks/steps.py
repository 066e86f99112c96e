"""The steps of a matter: known, in order, dated forward."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..facts.cases import Case, case_of
from ..facts.status import (
    DONE,
    ENDS,
    FILING,
    RAISES,
    REOPENS,
    SAYS,
    SOLVING,
    Standing,
    due_date,
    said_differs,
    standing,
)
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
    ``solved``: carried out or filed; ``handed``: the level it was last handed up to. Both until it is taken up again.
    """

    matter: Matter
    procedure: Procedure
    whole: bool
    at: str = ""
    finished: bool = False
    ended: str = ""
    solved: bool = False
    handed: str = ""
    before: date | None = None


def _walk(walk: _Walk, steps: tuple[Step, ...]) -> Found:
    """One problem a row at most; the rows after it are judged from there, so that one slip is told once."""
    walk.at = walk.procedure.steps[0].name
    for row in steps:
        fault = _step_fault(row, walk) or _end_fault(row, walk) or _day_fault(row, walk, steps) or _level_fault(row, walk)
        if fault:
            yield fault
        elif row.result == DONE and _kind(row, walk.procedure) == FILING and not walk.matter.file_number:
            yield say(row, "step", "filed-without-number")
        walk.before = row.on
        if walk.solved and row.step == walk.at and row.result not in (DONE, REOPENS):
            continue  # it stays solved, whatever is noted of it
        walk.at = row.step if walk.procedure.step(row.step) else ""
        walk.finished = row.result == DONE
        walk.ended = row.result if row.result in ENDS else ""
        if row.result == REOPENS:
            walk.solved, walk.handed = False, ""
        elif walk.finished and _kind(row, walk.procedure) in (SOLVING, FILING):
            walk.solved = True
        walk.handed = RAISES.get(row.result, walk.handed)


def _kind(row: Step, procedure: Procedure) -> str:
    step = procedure.step(row.step)
    return step.kind if step else ""


def _end_fault(row: Step, walk: _Walk) -> tuple[PublicRow, Problem] | None:
    """What is solved is not extended, handed up or rejected; what is open is not taken up again."""
    if row.result == REOPENS:
        open_ = walk.whole and not walk.ended and not walk.solved
        return say(row, "result", "reopened-while-open") if open_ else None
    if walk.solved and (row.result in ENDS or row.result in RAISES or row.result == "延期"):
        return say(row, "result", "step-after-solved")
    return None


def _day_fault(row: Step, walk: _Walk, steps: tuple[Step, ...]) -> tuple[PublicRow, Problem] | None:
    """An extension says until when: later than the day there was, and not before the day it was decided."""
    if row.extended_to is None:
        return say(row, "extended_to", "extension-without-date") if row.result == "延期" else None
    due = _due_before(walk, steps, row)
    if due and row.extended_to <= due:
        return say(row, "extended_to", "extension-not-later", due=str(due))
    if row.extended_to < row.on:
        return say(row, "extended_to", "extension-past", on=str(row.on))
    return None


def _level_fault(row: Step, walk: _Walk) -> tuple[PublicRow, Problem] | None:
    """Handing up goes up: what is with the street already cannot be handed up to the community."""
    to = RAISES.get(row.result)
    if to and walk.handed and LEVELS.index(to) < LEVELS.index(walk.handed):
        return say(row, "result", "escalation-downwards", handed=walk.handed)
    return None


def _step_fault(row: Step, walk: _Walk) -> tuple[PublicRow, Problem] | None:
    procedure, raised = walk.procedure, walk.matter.raised_on
    if procedure.step(row.step) is None:
        steps = "、".join(s.name for s in procedure.steps)
        return say(row, "step", "step-unknown", procedure=procedure.title, steps=steps)
    if row.on < raised:
        return say(row, "on", "step-before-raised", on=str(row.on), raised=str(raised))
    if walk.before and row.on < walk.before:
        return say(row, "on", "step-backwards", on=str(row.on), before=str(walk.before))
    if row.result == REOPENS:
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
                if said_differs(matter, case.standing):
                    yield _said(matter, case.standing, case.procedure)
                if case.standing.solved:
                    yield from _level(matter, case)


def _said(matter: Matter, now: Standing, procedure: Procedure) -> tuple[PublicRow, Problem]:
    """The typed status that differs, with what would make it true: a step done, a row of that result, a publicity."""
    stands = {"state": SAYS[now.state][0], "step": now.step}
    state = next(state for state, said in SAYS.items() if matter.said == said[0])
    kind = {"solved": SOLVING, "filed": FILING}.get(state)
    step = next((s.name for s in procedure.steps if s.kind == kind), "")
    if step and step not in now.done:
        return say(matter, "said", "status-differs-step", holds=False, missing=step, **stands)
    results = [r for r, its in ENDS.items() if its == state] or list(RAISES if state == "escalated" else ())
    if results and now.open:
        return say(matter, "said", "status-differs-result", holds=False, missing="、".join(results), **stands)
    if state == "posted" and now.open:
        return say(matter, "said", "status-differs-posting", holds=False, **stands)
    return say(matter, "said", "status-differs", holds=False, **stands)


def _level(matter: Matter, case: Case) -> Found:
    """The level is said, and is not below the one it was handed up to, unless the steps show that it came back."""
    handed = case.standing.escalated_to
    if not matter.level:
        yield say(matter, "level", "level-missing", holds=False, levels="、".join(LEVELS))
    elif handed and LEVELS.index(matter.level) < LEVELS.index(handed) and not _came_back(case.steps, case.procedure):
        yield say(matter, "level", "level-below", holds=False, handed=handed)


def _came_back(steps: tuple[Step, ...], procedure: Procedure) -> bool:
    """Whether somebody who had it before it was last handed up worked on it after that; filing alone is no work on it."""
    last = max(n for n, row in enumerate(steps) if row.result in RAISES)
    after = tuple(row for row in steps[last + 1 :] if _kind(row, procedure) != FILING)
    return bool(_bodies(steps[: last + 1]) & _bodies(after))


def _bodies(steps: tuple[Step, ...]) -> set[str]:
    """Those who did some steps, as the rows name them."""
    return {name for row in steps for name in re.split("[、,，;；]", row.by) if name}
