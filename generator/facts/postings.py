"""Publicities as of a day: each with the corrections that started it again and the objections made to it.

A step and the resolutions that are posted on its day for as many days hang as one sheet of paper: what befalls one of
them befalls all. Nothing dated after the day is known yet, an answer neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from ..procedures import Procedure
from ..sheet import PublicRow
from ..sheets.corrections import Correction
from ..sheets.objections import Objection
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from .fact import Fact
from .publicity import LONGEST, Period, Stand, State, stand
from .status import DONE, REOPENS, SOLVING

WHAT = {"方案公示": "step", "决议公示": "resolution", "落实结果公示": "result"}
SUBSTANTIAL, ALWAYS = "substantial", "always"
# The three columns (起, 天数, 日别) of a row, by what they have its row begin before their names.
CELLS = {
    before: attrgetter(*(f"{before}posted_{name}" for name in ("on", "days", "kind"))) for before in ("", "result_")
}

Remark = TypeVar("Remark", Objection, Correction)


@dataclass(frozen=True, slots=True)
class Run(Fact):
    """A period that did not stand: on ``broken_on`` a correction was posted, and another period began."""

    period: Period
    broken_on: date
    correction: Correction

    @property
    def complete(self) -> bool:
        """Whether it had come to its end before the correction."""
        return self.period.end is not None and self.period.end < self.broken_on


@dataclass(frozen=True, slots=True)
class Befell(Fact):
    """What befell a publicity: the runs that did not stand, in order; its objections and corrections by day.

    ``answered``: those of the objections that have an answer.
    """

    interrupted: tuple[Run, ...] = ()
    objections: tuple[Objection, ...] = ()
    corrections: tuple[Correction, ...] = ()
    answered: tuple[Objection, ...] = ()


NOTHING = Befell()


@dataclass(frozen=True, slots=True)
class Posting(Fact):
    """One publicity: what is shown (``step``, ``resolution`` or ``result``), by which row, and until when.

    ``stand`` is the last run as of the day; what befell it, and all who share its sheet, is ``befell``.
    ``sheet``: which of the matter's sheets of paper it hangs on; those with the same number share all that befalls it.
    ``kind``: what residents are told that it is, the same for all of a sheet: ``step`` (a plan), ``resolution``,
    ``result``, ``work`` (what was done, where no result hangs for it). Page and paper both ask this.
    """

    what: str
    row: Any
    stand: Stand
    befell: Befell = NOTHING
    sheet: int = 0
    kind: str = ""

    @property
    def period(self) -> Period:
        """The last run; ``interrupted`` are the earlier ones."""
        return self.stand.period

    @property
    def state(self) -> State:
        return self.stand.state

    @property
    def days_left(self) -> int | None:
        return self.stand.days_left

    @property
    def interrupted(self) -> tuple[Run, ...]:
        return self.befell.interrupted

    @property
    def objections(self) -> tuple[Objection, ...]:
        return self.befell.objections

    @property
    def corrections(self) -> tuple[Correction, ...]:
        return self.befell.corrections

    @property
    def answered(self) -> tuple[Objection, ...]:
        return self.befell.answered

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

    @property
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


@dataclass(slots=True)
class _Given:
    """A publicity as its row gives it, before it is known on which sheet of paper it hangs."""

    what: str
    row: Any
    stand: Stand


def _stand(row: PublicRow, prefix: str, today: date) -> Stand | None:
    """What a row's three columns give, or None where they give no publicity."""
    start, days, kind = CELLS[prefix](row)
    return stand(start, days, kind, today) if start and days and kind and 1 <= days <= LONGEST else None


def posting(what: str, row: PublicRow, prefix: str, today: date) -> Posting | None:
    """The publicity that a row's three columns (起, 天数, 日别) give by themselves, or None where they give none."""
    given = _stand(row, prefix, today)
    return Posting(what, row, given, kind=what) if given else None


def _given(steps: Iterable[Step], resolutions: Iterable[Resolution], today: date) -> list[_Given]:
    """The publicities that the rows of a matter give by themselves: of its steps, its resolutions, their results."""
    rows: list[tuple[str, PublicRow, str]] = [("step", s, "") for s in steps if s.posted_on]
    for r in resolutions:
        rows += [("resolution", r, ""), ("result", r, "result_")]
    return [_Given(what, row, found) for what, row, prefix in rows if (found := _stand(row, prefix, today))]


def _numbers(given: Sequence[_Given]) -> Sequence[int]:
    """The sheet of each. Those of a step's days hang with it: its paper shows the resolutions, or a result's paper stands
    for its own. Several resolutions without a step, and several results, are as many papers.
    """
    led: dict[Period, int] = {}
    results: list[Period] = []
    for n, one in enumerate(given):
        if one.what == "step":
            led.setdefault(one.stand.period, n)
        elif one.what == "result":
            results.append(one.stand.period)
    if not led:
        return range(len(given))

    def sheet(one: _Given, n: int) -> int:
        alone = one.what == "result" and results.count(one.stand.period) > 1
        return n if alone else led.get(one.stand.period, n)

    return [sheet(one, n) for n, one in enumerate(given)]


def _kinds(
    given: Sequence[_Given],
    numbers: Sequence[int],
    steps: Sequence[Step],
    resolutions: Sequence[Resolution],
    procedure: Procedure | None,
) -> dict[int, str]:
    """What each sheet is: a result's, else its first step's, else a resolution's. Steps are given first."""
    shows = {at for one, at in zip(given, numbers, strict=True) if one.what == "resolution"}
    found: dict[int, str] = {}
    for one, at in zip(given, numbers, strict=True):
        if one.what == "result":
            found[at] = one.what
        elif at not in found:
            step = one.what == "step"
            found[at] = _kind_of_step(one, at in shows, steps, resolutions, procedure) if step else one.what
    return found


def _kind_of_step(
    one: _Given, shows: bool, steps: Sequence[Step], resolutions: Sequence[Resolution], procedure: Procedure | None
) -> str:
    """A step of solving shows what was done only when it was done by the day of posting: before, what is to be done.

    ``shows``: whether a resolution hangs on the same sheet.
    """
    step = procedure.step(one.row.step) if procedure else None
    on, kind = one.stand.period.start, step.kind if step else ""
    if kind == SOLVING and _worked(one.row, steps, resolutions, on):
        return "work"
    return "resolution" if shows or kind == "publish" or (kind == SOLVING and pending(resolutions, on)) else "step"


def _worked(row: Step, steps: Iterable[Step], resolutions: Iterable[Resolution], on: date) -> bool:
    """Whether the work was done by that day: by its row, or by every resolution until then since it was last taken up."""
    if row.result == DONE:
        return row.on <= on
    days = [r.done_on for r in resolutions if r.passed_on <= on]
    if not days or None in days:
        return False
    taken_up = max((s.on for s in steps if s.result == REOPENS and s.on <= on), default=date.min)
    return all(taken_up <= day <= on for day in days)


def pending(resolutions: Iterable[Resolution], on: date) -> tuple[Resolution, ...]:
    """The resolutions that had been passed by that day and were not carried out yet."""
    return tuple(r for r in resolutions if r.passed_on <= on and not (r.done_on and r.done_on <= on))


@dataclass
class _Sheet:
    """A sheet of paper on the board: the rows it shows, the run it is in, what befell it so far."""

    period: Period
    shown: list[_Given] = field(default_factory=list)
    broken: list[Run] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)

    @property
    def begun(self) -> date:
        return self.shown[0].stand.period.start

    def covers(self, day: date) -> bool:
        return _covered(self.period, self.broken, day)

    def correct(self, correction: Correction, restarts: bool) -> None:
        """A correction on the very day of posting leaves the period as it is: its days were to be counted from then."""
        self.corrections.append(correction)
        if restarts and correction.on > self.period.start:
            self.broken.append(Run(self.period, correction.on, correction))
            self.period = replace(self.period, start=correction.on)

    def stands(self, today: date) -> Stand:
        """Where it stands on ``today``: it is not over while an objection made in time has no answer."""
        where = stand(self.period.start, self.period.days, self.period.kind, today)
        pending = any(self.covers(o.on) and not answered_by(o, today) for o in self.objections)
        return replace(where, state=State.OBJECTED) if where.state is State.OVER and pending else where

    def befell(self, today: date) -> Befell:
        """What befell all that hangs on it, as of ``today``."""
        answered = tuple(o for o in self.objections if answered_by(o, today))
        return Befell(tuple(self.broken), tuple(self.objections), tuple(self.corrections), answered)


def answered_by(objection: Objection, today: date) -> bool:
    """Whether the objection has been answered by that day."""
    return objection.answered_on is not None and objection.answered_on <= today


def postings(
    steps: Sequence[Step],
    resolutions: Sequence[Resolution],
    objections: Sequence[Objection],
    corrections: Sequence[Correction],
    procedure: Procedure | None,
    today: date,
) -> tuple[Posting, ...]:
    """Every publicity of one matter as it stands on ``today``: steps in order, then resolutions with their results.

    A correction starts the period again from its own day where the procedure has it so (``Publicity.restarts``; of a
    substantial change, where it says nothing); one that precedes the posting is nothing to it (the checks tell).
    """
    given = _given(steps, resolutions, today)
    if not given:  # as of most matters that are raised and not decided yet
        return ()
    numbers = _numbers(given)
    kinds = _kinds(given, numbers, steps, resolutions, procedure)
    if not (objections or corrections):  # as of most
        return tuple(
            [Posting(g.what, g.row, g.stand, NOTHING, n, kinds[n]) for n, g in zip(numbers, given, strict=True)]
        )
    sheets = _sheets(given, numbers)
    _befall(list(sheets.values()), _known(objections, today), _known(corrections, today), procedure)
    stands = {at: (sheet.stands(today), sheet.befell(today)) for at, sheet in sheets.items()}
    return tuple([Posting(g.what, g.row, *stands[n], n, kinds[n]) for n, g in zip(numbers, given, strict=True)])


def _befall(
    sheets: Sequence[_Sheet],
    objections: Iterable[Objection],
    corrections: Iterable[Correction],
    procedure: Procedure | None,
) -> None:
    """Put each to the sheet that it is about: the corrections first, for they say which days an objection is in time."""
    for correction in corrections:
        if found := _meant(correction, sheets):
            sheet, one = found
            sheet.correct(correction, restarts(correction, one, procedure))
    for objection in objections:
        if found := _meant(objection, sheets):
            found[0].objections.append(objection)


def restarts(correction: Correction, one: Posting | _Given, procedure: Procedure | None) -> bool:
    """Whether the correction starts the period of that publicity again, by the rule of its procedure."""
    step = one.row.step if one.what == "step" else None
    due = procedure.publicity_of(one.what, step) if procedure else None
    rule = due.restarts if due else SUBSTANTIAL
    return rule == ALWAYS or (rule == SUBSTANTIAL and bool(correction.substantial))


def _known(rows: Iterable[Remark], today: date) -> list[Remark]:
    return sorted((r for r in rows if r.on <= today), key=lambda r: (r.on, r.place.row))


def _sheets(given: Sequence[_Given], numbers: Sequence[int]) -> dict[int, _Sheet]:
    found: dict[int, _Sheet] = {}
    for one, at in zip(given, numbers, strict=True):
        found.setdefault(at, _Sheet(one.stand.period)).shown.append(one)
    return found


def _meant(remark: Objection | Correction, sheets: Iterable[_Sheet]) -> tuple[_Sheet, _Given] | None:
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
