"""What must hold between rows. Each check yields problems with the row they stand in; pure, all in one go.

A row with a withholding problem is taken out, and so is what refers to it: a page never shows half of something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .facts.cases import cases, vote_day
from .facts.counts import COUNTS
from .facts.decisions import AreaMissing, adds_up, area_adds_up, decide, tally_of
from .facts.status import ENDS
from .problems import Problem
from .procedures import Procedure, Procedures
from .records import Records
from .sheet import PublicRow
from .sheets import discover
from .sheets.duties import OFFICES, Duty
from .sheets.figures import Figure
from .sheets.grids import Grid
from .sheets.matters import Matter
from .sheets.meetings import Meeting
from .sheets.people import Person
from .sheets.resolutions import Resolution
from .sheets.steps import Step
from .sheets.units import Unit
from .sheets.votes import Vote

Found = Iterator[tuple[PublicRow, Problem]]


@dataclass(frozen=True)
class Given:
    """What a check may look at."""

    records: Records
    procedures: Procedures
    today: date
    communities: tuple[str, ...]


def _say(row: PublicRow, name: str, code: str, *, holds: bool = True, **params: Any) -> tuple[PublicRow, Problem]:
    value = getattr(row, name)
    return row, Problem(code, row.cell(name), "" if value is None else str(value), params, withholds=holds)


def references(given: Given) -> Found:
    """Every id given in a reference column exists; an id whose row is withheld is no fault of this row."""
    sheets = discover()
    held = {(w.community, w.sheet, w.id) for w in given.records.withheld}
    for community in given.communities:
        for sheet in sheets.values():
            for column in (c for c in sheet.published if c.kind.target and not c.kind.target.startswith("#")):
                target = sheets[column.kind.target]
                known = given.records.tables.get(community, {}).get(target.id, {})
                for row in given.records.rows(community, sheet.row):
                    id = getattr(row, column.name)
                    if id and id not in known and (community, target.id, id) not in held:
                        yield _say(row, column.name, "ref-unknown", target=target.title)


def _waits(row: PublicRow, tables: Mapping[str, Mapping[str, PublicRow]]) -> bool:
    needed = (c for c in row.sheet.published if c.required and c.kind.target and not c.kind.target.startswith("#"))
    return any(getattr(row, c.name) not in tables.get(c.kind.target, {}) for c in needed)


def orphans(records: Records) -> list[PublicRow]:
    """Rows whose required reference leads to a withheld row: they wait with it."""
    return [
        r
        for tables in records.tables.values()
        for table in tables.values()
        for r in table.values()
        if _waits(r, tables)
    ]


def procedures_known(given: Given) -> Found:
    """A matter's procedure and a vote's rule were in force on their day."""
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            if given.procedures.procedure(matter.procedure, matter.raised_on) is None:
                yield _say(matter, "procedure", "rule-unknown", on=str(matter.raised_on), what="程序", example="liubu")
        for vote in given.records.rows(community, Vote):
            on = vote_day(given.records, vote)
            if on is None or given.procedures.rule(vote.rule, on) is None:
                yield _say(vote, "rule", "rule-unknown", on=str(on or "?"), what="表决规则", example="yishi")


def steps_in_order(given: Given) -> Found:
    """Steps belong to the matter's procedure, dates run forward, none is taken before the one that leads to it."""
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            procedure = given.procedures.procedure(matter.procedure, matter.raised_on)
            if procedure:
                yield from _walk(matter, procedure, given.records.by(community, Step, "matter", matter.id))


def _walk(matter: Matter, procedure: Procedure, steps: tuple[Step, ...]) -> Found:
    names = [s.name for s in procedure.steps]
    current, finished, ended, before = names[0], False, "", matter.raised_on
    for row in steps:
        fault = _step_fault(row, matter, procedure, (current, finished, ended, before))
        if fault:
            yield fault
            continue
        current, before = row.step, row.on
        finished = row.result == "完成"
        ended = row.result if row.result in ENDS else ""
        if row.result == "延期" and row.extended_to is None:
            yield _say(row, "extended_to", "extension-without-date")
        if finished and procedure.steps[names.index(row.step)].kind == "file" and not matter.file_number:
            yield _say(row, "step", "filed-without-number")


def _step_fault(
    row: Step, matter: Matter, procedure: Procedure, at: tuple[str, bool, str, date]
) -> tuple[PublicRow, Problem] | None:
    current, finished, ended, before = at
    here = procedure.step(current)
    if procedure.step(row.step) is None:
        steps = "、".join(s.name for s in procedure.steps)
        return _say(row, "step", "step-unknown", procedure=procedure.title, steps=steps)
    if row.on < matter.raised_on:
        return _say(row, "on", "step-before-raised", on=str(row.on), raised=str(matter.raised_on))
    if row.on < before:
        return _say(row, "on", "step-backwards", on=str(row.on), before=str(before))
    if row.result == "重新办理":
        return None
    if ended:
        return _say(row, "step", "step-after-end", before=ended)
    leads = finished and here is not None and row.step in here.next
    if row.step != current and not leads:
        return _say(row, "step", "step-out-of-order", before=current if not finished else _before(procedure, row.step))
    return None


def _before(procedure: Procedure, step: str) -> str:
    """The step that leads to ``step``, for the message."""
    return next((s.name for s in procedure.steps if step in s.next), procedure.steps[0].name)


def postings_whole(given: Given) -> Found:
    """A publicity has its first day, its length and its kind of days, or none of them."""
    for community in given.communities:
        for row_type, prefixes in ((Step, ("",)), (Resolution, ("", "result_"))):
            for row in given.records.rows(community, row_type):
                for prefix in prefixes:
                    parts = [getattr(row, f"{prefix}posted_{n}") for n in ("on", "days", "kind")]
                    if any(p is not None for p in parts) and not all(parts):
                        yield _say(row, f"{prefix}posted_on", "posting-incomplete")


def votes_add_up(given: Given) -> Found:
    """Everybody present is counted once, and the announced result is what the rule gives (民法典 §278 &c.)."""
    for community in given.communities:
        for vote in given.records.rows(community, Vote):
            yield from _vote(given, vote)


def _vote(given: Given, vote: Vote) -> Found:
    tally = tally_of(vote)
    on = vote_day(given.records, vote)
    rule = given.procedures.rule(vote.rule, on) if on else None
    if vote.present > vote.called:
        yield _say(vote, "present", "vote-too-many", present=vote.present, called=vote.called)
    elif adds_up(tally):
        yield _say(vote, "present", "vote-sum", present=vote.present, sum=vote.present - adds_up(tally))
    elif tally.areas and (area_adds_up(tally.areas) or tally.areas.present > tally.areas.total):
        total = tally.areas.present - area_adds_up(tally.areas)
        yield _say(vote, "area_present", "vote-areas", present=tally.areas.present, sum=total)
    elif rule:
        try:
            computed = "通过" if decide(tally, rule).passed else "未通过"
        except AreaMissing:
            yield _say(vote, "area_total", "vote-areas-missing")
            return
        if computed != vote.announced:
            yield _say(vote, "announced", "vote-result", computed=computed)


def meetings_sound(given: Given) -> Found:
    """Attendance is possible, and residents were told in time (居民委员会组织法 2025 §26: 10 days)."""
    rules = {"居民会议": "jumin"}
    for community in given.communities:
        for meeting in given.records.rows(community, Meeting):
            if meeting.present > meeting.called:
                yield _say(meeting, "present", "meeting-present", present=meeting.present, called=meeting.called)
            rule = given.procedures.rule(rules.get(meeting.kind, ""), meeting.on)
            if rule and rule.notice_days and meeting.notice_on:
                days = (meeting.on - meeting.notice_on).days
                if days < rule.notice_days:
                    params = {"kind": meeting.kind, "on": str(meeting.on), "notice": str(meeting.notice_on)}
                    yield _say(
                        meeting, "notice_on", "meeting-notice", holds=False, days=days, need=rule.notice_days, **params
                    )


def resolutions_sound(given: Given) -> Found:
    """A resolution comes of a vote that was carried, on the day of its meeting or after."""
    for community in given.communities:
        for row in given.records.rows(community, Resolution):
            meeting = given.records.get(community, Meeting, row.meeting)
            vote = given.records.get(community, Vote, row.vote)
            if meeting and row.passed_on < meeting.on:
                yield _say(row, "passed_on", "resolution-before-meeting", on=str(meeting.on))
            if vote and vote.announced == "未通过":
                yield _say(row, "vote", "resolution-vote-failed")


def totals_counted(given: Given) -> Found:
    """A published figure that can be counted is what the rows make; a rough one (余, 多) may be exceeded by them."""
    for community in given.communities:
        for figure in given.records.rows(community, Figure):
            if not figure.counted:
                continue
            counted = _counted(given, community, figure.counted)
            if counted != figure.value and not (figure.rough in ("余", "多") and counted > figure.value):
                yield _say(figure, "value", "total-differs", counted=counted)


def _counted(given: Given, community: str, what: str) -> int:
    if what in COUNTS:
        return COUNTS[what](given.records, community, given.today)
    return sum(c.standing.solved for c in cases(given.records, given.procedures, given.today).of(community))


def names_have_a_basis(given: Given) -> Found:
    """Who is named by virtue of office holds one, or held one that the records still tell of (个人信息保护法 §13)."""
    for community in given.communities:
        for person in given.records.rows(community, Person):
            if person.basis == "职务公开":
                duties = given.records.by(community, Duty, "person", person.id)
                if not any(d.duty in OFFICES for d in duties):
                    yield _say(person, "basis", "basis-without-office")


def chains_end(given: Given) -> Found:
    """Nobody is their own superior, and a micro-grid lies in a grid."""
    for community in given.communities:
        for row_type in (Unit, Grid):
            for row in given.records.rows(community, row_type):
                seen: set[str] = set()
                at: Any = row
                while at is not None and at.parent and at.id not in seen:
                    seen.add(at.id)
                    at = given.records.get(community, row_type, at.parent)
                if at is not None and at.id in seen:
                    yield _say(row, "parent", "chain-circle")
        for grid in given.records.by(community, Grid, "level", "微网格"):
            if not grid.parent:
                yield _say(grid, "parent", "grid-without-parent")


CHECKS: tuple[Callable[[Given], Found], ...] = (
    references,
    procedures_known,
    steps_in_order,
    postings_whole,
    votes_add_up,
    meetings_sound,
    resolutions_sound,
    totals_counted,
    names_have_a_basis,
    chains_end,
)


def check(records: Records, procedures: Procedures, today: date) -> tuple[Records, list[Problem]]:
    """All checks over all communities → the records without what must wait, and every problem found."""
    given = Given(records, procedures, today, tuple(c for c in records.tables if c))
    found = [pair for run in CHECKS for pair in run(given)]
    kept = records.without(row for row, problem in found if problem.withholds)
    while waiting := orphans(kept):
        kept = kept.without(waiting)
    return kept, [problem for _, problem in found]
