"""Publicities as of a day: each with the corrections that started it again and the objections made to it.

A step and the resolutions that are posted on its day for as many days hang as one sheet of paper: what befalls one of
them befalls all. Nothing dated after the day is known yet, an answer neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from ..procedures import Procedure
from ..sheet import PublicRow
from ..sheets.corrections import Correction
from ..sheets.objections import Objection
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from .fact import Fact
from .publicity import LONGEST, Period, State, days_left, period, state
from .status import DONE, REOPENS, SOLVING

WHAT = {"方案公示": "step", "决议公示": "resolution", "落实结果公示": "result"}
SUBSTANTIAL, ALWAYS = "substantial", "always"

Remark = TypeVar("Remark", Objection, Correction)


@dataclass(frozen=True)
class Run(Fact):
    """A period that did not stand: on ``broken_on`` a correction was posted, and another period began."""

    period: Period
    broken_on: date
    correction: Correction

    @property
    def complete(self) -> bool:
        """Whether it had come to its end before the correction."""
        return self.period.end is not None and self.period.end < self.broken_on


@dataclass(frozen=True)
class Posting(Fact):
    """One publicity: what is shown (``step``, ``resolution`` or ``result``), by which row, and until when.

    ``kind``: what residents are told that it is, the same for all of a sheet: ``step`` (a plan), ``resolution``,
    ``result``, ``work`` (what was done, where no result hangs for it). Page and paper both ask this.

    ``period`` is the last run, ``interrupted`` the earlier ones in order. ``objections`` and ``corrections`` by day.
    ``sheet``: which of the matter's sheets of paper it hangs on; those with the same number share all that befalls it.
    """

    what: str
    community: str
    matter: str
    row: Any
    period: Period
    state: State
    days_left: int | None
    interrupted: tuple[Run, ...] = ()
    objections: tuple[Objection, ...] = ()
    corrections: tuple[Correction, ...] = ()
    answered: tuple[Objection, ...] = ()
    sheet: int = 0
    kind: str = ""

    @property
    def running(self) -> bool:
        return self.state is State.RUNNING

    @property
    def open(self) -> bool:
        """Whether it hangs: it runs, or whether it still does can't be known yet."""
        return self.state in (State.RUNNING, State.UNKNOWN)

    @property
    def first(self) -> date:
        """The first day that counts: the one after it was posted (民法典 §201)."""
        return self.period.start + timedelta(days=1)

    @property
    def posted_on(self) -> date:
        """The day it was posted at first, whatever became of that run."""
        return self.interrupted[0].period.start if self.interrupted else self.period.start

    @property
    def unanswered(self) -> int:
        """How many of its objections have no answer yet, in time or not."""
        return len(self.objections) - len(self.answered)

    @cached_property
    def late(self) -> tuple[Objection, ...]:
        """The objections made when no run of it covered the day."""
        return tuple(o for o in self.objections if not self.covers(o.on))

    def begun_by(self, correction: Correction) -> Period | None:
        """The period that a correction began, or None where it left the days as they were."""
        after = [*(r.period for r in self.interrupted), self.period][1:]
        return next((p for r, p in zip(self.interrupted, after, strict=True) if r.correction is correction), None)

    def covers(self, day: date) -> bool:
        """Whether a run of it covers the day, from the posting to the last day."""
        return _covered(self.period, self.interrupted, day)


def _covered(period: Period, broken: Iterable[Run], day: date) -> bool:
    """A run that was broken would have ended before the next one does. An end that isn't known yet shuts nobody out."""
    return any(p.start <= day <= (p.end or date.max) for p in (period, *(r.period for r in broken)))


def posting(what: str, matter: str, row: PublicRow, prefix: str, today: date, sheet: int = 0) -> Posting | None:
    """The publicity that a row's three columns (起, 天数, 日别) give by themselves, or None where they give none."""
    start = getattr(row, f"{prefix}posted_on")
    if start is None:  # as in most rows
        return None
    days, kind = getattr(row, f"{prefix}posted_days"), getattr(row, f"{prefix}posted_kind")
    if not (days and kind and 1 <= days <= LONGEST):
        return None
    run = period(start, days, kind)
    left = days_left(run, today)
    stands = State.RUNNING if left is not None else state(run, today)
    return Posting(what, row.community, matter, row, run, stands, left, sheet=sheet, kind=what)


def posted(steps: Iterable[Step], resolutions: Iterable[Resolution], today: date) -> tuple[Posting, ...]:
    """The publicities that the rows of a matter give by themselves: of its steps, its resolutions, their results."""
    given: list[tuple[str, str, PublicRow, str]] = [("step", s.matter, s, "") for s in steps if s.posted_on]
    for r in resolutions:
        given += [("resolution", r.matter or "", r, ""), ("result", r.matter or "", r, "result_")]
    found = (posting(*one, today, n) for n, one in enumerate(given))
    plain = tuple(p for p in found if p)
    return _joined(plain) if len(plain) > 1 else plain


def _with(one: Posting, **other: Any) -> Posting:
    """As ``dataclasses.replace``, without its ceremony: half of all publicities of a community come through here."""
    made = object.__new__(Posting)
    made.__dict__.update(one.__dict__, **other)
    return made


def _joined(plain: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Those of a step's days hang with it: its paper shows the resolutions, or a result's paper stands for its own.

    Several resolutions without a step, and several results, are as many papers.
    """
    if len({p.period for p in plain}) == len(plain):  # as of most matters: each on a sheet of its own
        return plain
    led = {p.period: p.sheet for p in reversed(plain) if p.what == "step"}
    results = Counter(p.period for p in plain if p.what == "result")

    def sheet(one: Posting) -> int:
        alone = one.what == "result" and results[one.period] > 1
        return one.sheet if alone else led.get(one.period, one.sheet)

    return tuple(p if (at := sheet(p)) == p.sheet else _with(p, sheet=at) for p in plain)


def _kinds(
    plain: tuple[Posting, ...], steps: Sequence[Step], resolutions: Sequence[Resolution], procedure: Procedure | None
) -> tuple[Posting, ...]:
    """Each with what its sheet is: a result's, else its step's, else a resolution's."""
    found: dict[int, str] = {}
    shows = {p.sheet for p in plain if p.what == "resolution"}
    for what in ("result", "step", "resolution"):
        for one in plain:
            if one.what == what and one.sheet not in found:
                step = what == "step"
                found[one.sheet] = _kind_of_step(one, one.sheet in shows, steps, resolutions, procedure) if step else what
    return tuple(p if p.kind == found[p.sheet] else _with(p, kind=found[p.sheet]) for p in plain)


def _kind_of_step(
    one: Posting, shows: bool, steps: Sequence[Step], resolutions: Sequence[Resolution], procedure: Procedure | None
) -> str:
    """A step of solving shows what was done only when it was done by the day of posting: before, what is to be done.

    ``shows``: whether a resolution hangs on the same sheet.
    """
    step = procedure.step(one.row.step) if procedure else None
    on, kind = one.period.start, step.kind if step else ""
    if kind == SOLVING and _worked(one.row, steps, resolutions, on):
        return "work"
    return "resolution" if shows or kind == "publish" or (kind == SOLVING and pending(resolutions, on)) else "step"


def _worked(row: Step, steps: Iterable[Step], resolutions: Iterable[Resolution], on: date) -> bool:
    """Whether the work was done by that day: by its row, or by every resolution until then since it was last taken up."""
    if row.result == DONE:
        return row.on <= on
    taken_up = max((s.on for s in steps if s.result == REOPENS and s.on <= on), default=date.min)
    days = [r.done_on for r in resolutions if r.passed_on <= on]
    return bool(days) and all(d is not None and taken_up <= d <= on for d in days)


def pending(resolutions: Iterable[Resolution], on: date) -> tuple[Resolution, ...]:
    """The resolutions that had been passed by that day and were not carried out yet."""
    return tuple(r for r in resolutions if r.passed_on <= on and not (r.done_on and r.done_on <= on))


@dataclass
class _Sheet:
    """A sheet of paper on the board: the rows it shows, the run it is in, what befell it so far."""

    shown: list[Posting]
    period: Period
    broken: list[Run] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)

    @property
    def begun(self) -> date:
        return self.shown[0].period.start

    def covers(self, day: date) -> bool:
        return _covered(self.period, self.broken, day)

    def correct(self, correction: Correction, restarts: bool) -> None:
        """A correction on the very day of posting leaves the period as it is: its days were to be counted from then."""
        self.corrections.append(correction)
        if restarts and correction.on > self.period.start:
            self.broken.append(Run(self.period, correction.on, correction))
            self.period = replace(self.period, start=correction.on)

    def postings(self, today: date) -> Iterator[Posting]:
        """What hangs on it as of ``today``."""
        answered = tuple(o for o in self.objections if answered_by(o, today))
        pending = any(self.covers(o.on) and o not in answered for o in self.objections)
        where = state(self.period, today)
        for one in self.shown:
            yield replace(
                one,
                period=self.period,
                state=State.OBJECTED if where is State.OVER and pending else where,
                days_left=days_left(self.period, today),
                interrupted=tuple(self.broken),
                objections=tuple(self.objections),
                corrections=tuple(self.corrections),
                answered=answered,
            )


def answered_by(objection: Objection, today: date) -> bool:
    """Whether the objection has been answered by that day."""
    return objection.answered_on is not None and objection.answered_on <= today


def postings(
    steps: Sequence[Step],
    resolutions: Sequence[Resolution],
    objections: Iterable[Objection],
    corrections: Iterable[Correction],
    procedure: Procedure | None,
    today: date,
) -> tuple[Posting, ...]:
    """Every publicity of one matter as it stands on ``today``: steps in order, then resolutions with their results.

    A correction starts the period again from its own day where the procedure has it so (``Publicity.restarts``; of a
    substantial change, where it says nothing); one that precedes the posting is nothing to it (the checks tell).
    """
    plain = posted(steps, resolutions, today)
    if not plain:  # as of most matters that are raised and not decided yet
        return ()
    plain = _kinds(plain, steps, resolutions, procedure)
    corrected, objected = _known(corrections, today), _known(objections, today)
    if not (corrected or objected):
        return plain
    sheets = _sheets(plain)
    for correction in corrected:
        if found := _meant(correction, sheets):
            sheet, one = found
            sheet.correct(correction, restarts(correction, one, procedure))
    for objection in objected:
        if found := _meant(objection, sheets):
            found[0].objections.append(objection)
    made = {(p.what, id(p.row)): p for sheet in sheets for p in sheet.postings(today)}
    return tuple(made[p.what, id(p.row)] for p in plain)


def restarts(correction: Correction, one: Posting, procedure: Procedure | None) -> bool:
    """Whether the correction starts the period of that publicity again, by the rule of its procedure."""
    step = one.row.step if one.what == "step" else None
    due = procedure.publicity_of(one.what, step) if procedure else None
    rule = due.restarts if due else SUBSTANTIAL
    return rule == ALWAYS or (rule == SUBSTANTIAL and bool(correction.substantial))


def _known(rows: Iterable[Remark], today: date) -> list[Remark]:
    return sorted((r for r in rows if r.on <= today), key=lambda r: (r.on, r.place.row))


def _sheets(plain: Iterable[Posting]) -> list[_Sheet]:
    found: dict[int, _Sheet] = {}
    for one in plain:
        found.setdefault(one.sheet, _Sheet([], one.period)).shown.append(one)
    return list(found.values())


def _meant(remark: Objection | Correction, sheets: Iterable[_Sheet]) -> tuple[_Sheet, Posting] | None:
    """The sheet and publicity that it is about: one whose run covers its day, or else the latest begun before it."""
    begun = [
        (sheet, one)
        for sheet in sheets
        if sheet.begun <= remark.on
        for one in sheet.shown
        if about(remark, one.what, one.row.id)
    ]
    return max(begun, key=lambda found: (found[0].covers(remark.on), found[0].period.start), default=None)


def about(remark: Objection | Correction, what: str, row_id: str) -> bool:
    """Whether an objection or a correction may be about a publicity of that kind and row."""
    if WHAT.get(remark.posting) != what:
        return False
    return what == "step" or not remark.resolution or remark.resolution == row_id
