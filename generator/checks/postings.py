"""Publicity: its first day, its length, its kind of days; and that it is as long as its procedure has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..calendar import DayKind
from ..facts.postings import postings
from ..facts.publicity import LONGEST
from ..facts.status import DONE, REOPENS
from ..procedures import Procedure, Publicity
from ..sheet import PublicRow
from ..sheets.corrections import Correction
from ..sheets.matters import Matter
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from .given import Found, Given, say

BIG, WORKING = "大事", DayKind.WORKING.value
COLUMNS = ("posted_on", "posted_days", "posted_kind")


def postings_whole(given: Given) -> Found:
    """A publicity has its first day, its length (1 to 366 days) and its kind of days, or none of them."""
    for community in given.communities:
        for row_type in (Step, Resolution):
            for row in given.records.rows(community, row_type):
                yield from faults_of(row)


def faults_of(row: PublicRow) -> Found:
    """What is wrong with the publicities of one row."""
    for prefix in ("", "result_") if isinstance(row, Resolution) else ("",):
        yield from _posting(row, [f"{prefix}{name}" for name in COLUMNS])


def _posting(row: PublicRow, names: list[str]) -> Found:
    missing = [n for n in names if getattr(row, n) is None]
    days = getattr(row, names[1])
    if missing and len(missing) < len(names):
        titles = "、".join(row.sheet.column(n).title for n in missing)
        yield say(row, missing[0], "posting-incomplete", missing=titles)
    elif days is not None and not 1 <= days <= LONGEST:
        yield say(row, names[1], "posting-days", longest=LONGEST)


def postings_as_due(given: Given) -> Found:
    """Nothing is posted before there is anything to post, for fewer days than its procedure has, or taken down too soon.

    All of it is told, and none of it withheld: it was as the row says, and residents may know.
    """
    for community in given.communities:
        by_matter: dict[str, list[Resolution]] = {}
        for resolution in given.records.rows(community, Resolution):
            yield from _early(resolution)
            by_matter.setdefault(resolution.matter or "", []).append(resolution)
        for matter in given.records.rows(community, Matter):
            way = given.procedures.procedure(matter.procedure, matter.raised_on)
            if way is not None:
                steps = given.records.by(community, Step, "matter", matter.id)
                corrections = given.records.by(community, Correction, "matter", matter.id)
                yield from _of_matter(matter, way, steps, by_matter.get(matter.id, ()), corrections)


def _early(row: Resolution) -> Found:
    """A resolution is posted when it was passed, a result when it was done, not before."""
    if row.posted_on and row.posted_on < row.passed_on:
        yield say(row, "posted_on", "posted-before-passed", holds=False, passed=str(row.passed_on))
    if row.result_posted_on and row.done_on is None:
        yield say(row, "result_posted_on", "posted-before-done", holds=False)
    elif row.result_posted_on and row.done_on and row.result_posted_on < row.done_on:
        yield say(row, "result_posted_on", "posted-before-done-on", holds=False, done=str(row.done_on))


def _of_matter(
    matter: Matter,
    way: Procedure,
    steps: Sequence[Step],
    resolutions: Sequence[Resolution],
    corrections: Sequence[Correction],
) -> Found:
    for number, row in enumerate(steps):
        if row.posted_on:
            yield from _length(matter, way, row, "", _due(way, row))
            yield from _slip(steps[:number], row)
        if row.result == DONE:
            yield from _too_soon(way, row, steps[: number + 1], resolutions, corrections)
    for resolution in resolutions:
        for prefix, what in (("", "resolution"), ("result_", "result")):
            if getattr(resolution, f"{prefix}posted_on"):
                yield from _length(matter, way, resolution, prefix, way.publicity_of(what))


def _due(way: Procedure, row: Step) -> Publicity | None:
    """The publicity of the row's step; where the procedure has one alone, that is the one for all that it posts."""
    every = [s.publicity for s in way.steps if s.publicity]
    return way.publicity_of("step", row.step) or (every[0] if len(every) == 1 else None)


def _length(matter: Matter, way: Procedure, row: PublicRow, prefix: str, due: Publicity | None) -> Found:
    """As many days as the procedure has, or more; down to its ``least`` for what is no 大事.

    So many working days are never fewer than so many calendar days.
    """
    days, kind = getattr(row, f"{prefix}posted_days"), getattr(row, f"{prefix}posted_kind")
    if due is None or not days or not kind:
        return
    need = due.days if matter.size == BIG else due.least or due.days
    if days >= need and kind in (due.kind, WORKING):
        return
    below = bool(due.least and (days < due.least or kind not in (due.kind, WORKING)))
    asked = {"title": way.title, "need": due.least if below else need, "need_kind": due.kind, "kind": kind}
    code = "posting-below-least" if below else "posting-not-as-due"
    yield say(row, f"{prefix}posted_days", code, holds=False, **asked)


def _slip(before: Sequence[Step], row: Step) -> Found:
    """A step that is under way is posted from its own day on; one that is done was posted since the matter came to it."""
    came = max((s.on for s in before if s.step != row.step), default=date.min) if row.result == DONE else row.on
    if row.posted_on < came:
        yield say(row, "posted_on", "posted-before-step", holds=False, came=str(came))


def _too_soon(
    way: Procedure,
    row: Step,
    steps: Sequence[Step],
    resolutions: Sequence[Resolution],
    corrections: Sequence[Correction],
) -> Found:
    """A step is not done while what it posted still hangs; a step of solving may be done on the day its outcome is posted.

    What hangs is what the facts say of the row's own day: the run begun by the last correction until then, not the first.
    """
    step = way.step(row.step)
    if step is None or step.publicity is None:
        return
    shown: list[Step | Resolution] = []
    for s in steps:
        shown = [] if s.result == REOPENS else [*shown, s] if s.step == row.step else shown
    passed = [r for r in resolutions if r.passed_on <= row.on]
    if step.kind == "publish" and way.publicity_of("resolution") is step.publicity:
        shown += passed
    if not any(r.posted_on for r in shown):
        return
    hanging = [
        p
        for p in postings(steps, passed, (), corrections, way, row.on)
        if p.what != "result" and p.row in shown and (p.posted_on < row.on or step.kind == "publish")
    ]
    last = max(hanging, key=lambda p: p.period.at_least_until, default=None)
    if last and row.on < (until := last.period.at_least_until):
        if last.interrupted:
            again = str(last.interrupted[-1].broken_on)
            yield say(row, "on", "publicity-again-not-over", holds=False, corrected=again, until=str(until))
        else:
            yield say(row, "on", "publicity-not-over", holds=False, until=str(until))
