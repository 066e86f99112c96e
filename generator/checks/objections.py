"""Objections and corrections: each is about a publicity that there is, in its time, and an answer is a whole one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..facts.cases import case_of
from ..facts.postings import Posting, about, postings
from ..sheets.corrections import Correction
from ..sheets.matters import Matter
from ..sheets.objections import Objection
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from .given import Found, Given, say
from .postings import faults_of

Remark = Objection | Correction
WITHDRAWN = "撤回"
OF_RESOLUTIONS = ("决议公示", "落实结果公示")


def objections_sound(given: Given) -> Found:
    """An objection names a publicity of its matter; its answer has a day, and what was answered. One problem a row."""
    for community in given.communities:
        for row in given.records.rows(community, Objection):
            yield from _first(_named(given, row), _answer(row, given.newest), _in_time(given, row))


def corrections_sound(given: Given) -> Found:
    """A correction names a publicity that had begun, and changes something. One problem a row."""
    for community in given.communities:
        for row in given.records.rows(community, Correction):
            yield from _first(_named(given, row), _change(given, row), _begun(given, row))


def objections_answered(given: Given) -> Found:
    """What was objected to a matter that is closed by now has an answer: nothing is left to wait for.

    It stays on the site as it is, without one. Where steps are withheld nothing can be said.
    """
    for community in given.communities:
        for row in given.records.rows(community, Objection):
            if row.answered_on is None and row.on <= given.today:
                yield from _left_open(given, row)


def _left_open(given: Given, row: Objection) -> Found:
    matter = given.records.get(row.community, Matter, row.matter)
    if matter is None or given.may_lack(row.community, "steps", "matter", matter.id):
        return
    case = case_of(given.records, given.procedures, matter, given.today)
    if case and case.standing.closed:
        yield say(row, "answered_on", "objection-unanswered", holds=False, matter=matter.id, day=str(case.standing.since))


def _first(*found: Found) -> Found:
    """The first problem of all: what follows from it would only be said twice."""
    for some in found:
        if one := next(some, None):
            yield one
            return


def _named(given: Given, row: Remark) -> Found:
    """The publicity that the row says it is about."""
    if row.on > given.newest:
        yield say(row, "on", "remark-ahead", today=given.newest.isoformat())
        return
    if row.posting in OF_RESOLUTIONS:
        passed = given.records.by(row.community, Resolution, "matter", row.matter)
        named = given.records.get(row.community, Resolution, row.resolution)
        if named and named.matter != row.matter:
            other = named.matter or "没有写议题"
            yield say(row, "resolution", "remark-resolution-other", other=other, matter=row.matter)
        elif not row.resolution and len(passed) > 1:
            yield say(row, "resolution", "remark-resolution", posting=row.posting, known="、".join(r.id for r in passed))
    if not (_shown(given, row) or _may_be_unseen(given, row)):
        yield say(row, "posting", "remark-of-none", of=(row.resolution if row.posting in OF_RESOLUTIONS else None) or row.matter)


def _answer(row: Objection, today: date) -> Found:
    if row.answered_on is None:
        for name in ("outcome", "answer"):
            if getattr(row, name):
                yield say(row, "answered_on", "answer-undated", column=row.sheet.column(name).title)
                return
    elif row.answered_on > today:
        yield say(row, "answered_on", "answer-ahead", today=today.isoformat())
    elif row.answered_on < row.on:
        yield say(row, "answered_on", "answer-before", on=row.on.isoformat())
    else:
        for name in ("outcome", "answer"):
            if not getattr(row, name) and not (name == "answer" and row.outcome == WITHDRAWN):
                yield say(row, name, "answer-missing", day=row.answered_on.isoformat(), column=row.sheet.column(name).title)
                return


def _in_time(given: Given, row: Objection) -> Found:
    """Made before or after, an objection is shown and answered all the same: most likely one of the days is a slip."""
    shown = _shown(given, row)
    if shown and not any(p.covers(row.on) for p in shown) and not _may_be_unseen(given, row):
        yield say(row, "on", "objection-outside", holds=False, posting=row.posting, spans="、".join(_spans(shown)))


def _change(given: Given, row: Correction) -> Found:
    cause = given.records.get(row.community, Objection, row.objection)
    if _plain(row.original) == _plain(row.corrected):
        yield say(row, "corrected", "correction-same")
    elif cause and cause.matter != row.matter:
        yield say(row, "objection", "correction-objection", other=cause.matter, matter=row.matter)
    elif cause and row.on < cause.on:
        yield say(row, "on", "correction-before-objection", objection=cause.id, raised=cause.on.isoformat())


def _begun(given: Given, row: Correction) -> Found:
    shown = _shown(given, row)
    if shown and all(row.on < p.posted_on for p in shown) and not _may_be_unseen(given, row):
        first = min(p.posted_on for p in shown)
        yield say(row, "on", "correction-early", posting=row.posting, first=first.isoformat())


def _plain(text: str) -> str:
    return "".join(text.split())


def _spans(shown: list[Posting]) -> Iterator[str]:
    for one in shown:
        periods = [r.period for r in one.interrupted] + [one.period]
        yield from (f"{p.start} 到 {p.end or '截止日未定'}" for p in periods)


def _shown(given: Given, row: Remark) -> list[Posting]:
    """The publicities that the row may be about, with all that befell them, whatever the day."""
    records, c = given.records, row.community
    matter = records.get(c, Matter, row.matter)
    procedure = given.procedures.procedure(matter.procedure, matter.raised_on) if matter else None
    steps = records.by(c, Step, "matter", row.matter)
    passed = records.by(c, Resolution, "matter", row.matter)
    corrections = records.by(c, Correction, "matter", row.matter)
    found = postings(steps, passed, (), corrections, procedure, given.newest)
    return [p for p in found if about(row, p.what, p.row.id)]


def _may_be_unseen(given: Given, row: Remark) -> bool:
    """Whether a row that would show it waits for something to be mended: then nothing is said of this one."""
    c, matter, records = row.community, row.matter, given.records
    if records.get(c, Matter, matter) is None or (row.resolution and not records.get(c, Resolution, row.resolution)):
        return True
    rows = (*records.by(c, Step, "matter", matter), *records.by(c, Resolution, "matter", matter))
    return any(given.may_lack(c, sheet, "matter", matter) for sheet in ("steps", "resolutions")) or any(
        next(faults_of(r), None) for r in rows
    )
