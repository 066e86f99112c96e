"""What must hold between rows. Each check yields problems with the row they stand in; pure, all in one go.

A row with a withholding problem is taken out, and so is what refers to it: a page never shows half of something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from .columns import Column
from .facts.cases import vote_day
from .facts.counts import counted
from .facts.decisions import AreaMissing, adds_up, area_adds_up, decide, tally_of
from .facts.status import ENDS
from .problems import Problem
from .procedures import Procedure, Procedures
from .records import Held, Records, Withheld
from .sheet import PublicRow, Sheet
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

TAKEN = ("assets", "data", "guide", "privacy", "procedures", "publicity", "search", "site", "bugushell")
Found = Iterator[tuple[PublicRow, Problem]]


@dataclass(frozen=True)
class Given:
    """What a check may look at."""

    records: Records
    procedures: Procedures
    today: date
    communities: tuple[str, ...]

    @cached_property
    def absent(self) -> tuple[Withheld | Held, ...]:
        """The rows that are not shown: those withheld here, and those that ``sync`` held without a last good version."""
        return (*self.records.withheld, *(h for h in self.records.held if not h.kept))

    @cached_property
    def _untold(self) -> frozenset[tuple[str, str, str]]:
        """(community, sheet, column) for which a withheld row does not say what it refers to."""
        sheets = discover()
        needed = {s.id: [c.name for c in s.published if c.required and c.kind.target] for s in sheets.values()}
        return frozenset((w.community, w.sheet, n) for w in self.absent for n in needed[w.sheet] if n not in w.refers)

    def may_lack(self, community: str, sheet: str, column: str, id: str) -> bool:
        """Whether a withheld row of a sheet is about that id, or may be."""
        told = self.records.withheld_of(community, sheet, column, id)
        return bool(told) or (community, sheet, column) in self._untold


def _say(row: PublicRow, name: str, code: str, *, holds: bool = True, **params: Any) -> tuple[PublicRow, Problem]:
    value = getattr(row, name)
    return row, Problem(code, row.cell(name), "" if value is None else str(value), params, withholds=holds)


def addresses_free(given: Given) -> Found:
    """A community's id is the first part of its addresses, so it may not be that of another page."""
    for community in given.records.communities:
        if community.id.lower() in TAKEN:
            yield _say(community, "id", "community-address")


def references(given: Given) -> Found:
    """Every id given in a reference column exists; an id whose row is withheld is no fault of this row.

    Where rows are withheld whose ids cannot be made out, it may be one of these, and nothing is said.
    A row that was removed may still be named where it need not be shown: minutes stay as they were said.
    """
    sheets = discover()
    held = {(w.community, w.sheet, w.id) for w in given.absent}
    removed = {(r.community, r.sheet, r.id) for r in given.records.removed}
    for community in given.communities:
        for sheet in sheets.values():
            for column in (c for c in sheet.published if c.kind.target and not c.kind.target.startswith("#")):
                target = sheets[column.kind.target]
                known = given.records.tables.get(community, {}).get(target.id, {})
                for row in given.records.rows(community, sheet.row):
                    id = getattr(row, column.name)
                    if not id or id in known or held & {(community, target.id, i) for i in (id, "")}:
                        continue
                    if needed(column, sheet) or (community, target.id, id) not in removed:
                        yield _say(row, column.name, "ref-unknown", target=target.title)


# References that may be left out but, once given, are needed: a vote is not shown without what was voted on, nor a
# resolution without the vote it came of. The minutes of a meeting stand by themselves.
NEEDED = {("votes", "matter"), ("resolutions", "matter"), ("resolutions", "vote")}


def needed(column: Column, sheet: Sheet) -> bool:
    """Whether a row is not shown without the row that it names in this column."""
    return column.required or (sheet.id, column.name) in NEEDED


def needs(row: PublicRow) -> tuple[tuple[str, str], ...]:
    """The columns in which a row names others without which it is not shown, each with their sheet."""
    of: Any = type(row)
    return _needs(of)


@cache
def _needs(of: Any) -> tuple[tuple[str, str], ...]:
    named = ((c, c.kind.target) for c in of.sheet.references)
    return tuple((c.name, target) for c, target in named if not target.startswith("#") and needed(c, of.sheet))


def _waits(row: PublicRow, tables: Mapping[str, Mapping[str, PublicRow]]) -> bool:
    for name, target in needs(row):
        id = getattr(row, name)
        if id and id not in tables.get(target, {}):
            return True
    return False


def orphans(records: Records) -> list[PublicRow]:
    """Rows that need a row which is withheld: they wait with it."""
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
            if on is None and not (vote.meeting or vote.matter):
                yield _say(vote, "meeting", "vote-without-day")
            if on and given.procedures.rule(vote.rule, on) is None:
                yield _say(vote, "rule", "rule-unknown", on=str(on), what="表决规则", example="yishi")


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
            yield _say(row, "extended_to", "extension-without-date")
        elif row.result == "完成" and _files(row, walk.procedure) and not walk.matter.file_number:
            yield _say(row, "step", "filed-without-number")
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
        return _say(row, "step", "step-unknown", procedure=procedure.title, steps=steps)
    if row.on < raised:
        return _say(row, "on", "step-before-raised", on=str(row.on), raised=str(raised))
    if walk.before and row.on < walk.before:
        return _say(row, "on", "step-backwards", on=str(row.on), before=str(walk.before))
    if row.result == "重新办理":
        return None
    if walk.ended:
        return _say(row, "step", "step-after-end", before=walk.ended)
    here = procedure.step(walk.at)
    leads = walk.finished and here is not None and row.step in here.next
    if walk.whole and walk.at and row.step != walk.at and not leads:
        return _say(row, "step", "step-out-of-order", before=walk.at if not walk.finished else _before(procedure, row))
    return None


def _before(procedure: Procedure, row: Step) -> str:
    """The step that leads to the row's, for the message."""
    return next((s.name for s in procedure.steps if row.step in s.next), procedure.steps[0].name)


LONGEST = 366


def postings_whole(given: Given) -> Found:
    """A publicity has its first day, its length (1 to 366 days) and its kind of days, or none of them."""
    for community in given.communities:
        for row_type, prefixes in ((Step, ("",)), (Resolution, ("", "result_"))):
            for row in given.records.rows(community, row_type):
                for prefix in prefixes:
                    yield from _posting(row, [f"{prefix}posted_{n}" for n in ("on", "days", "kind")])


def _posting(row: PublicRow, names: list[str]) -> Found:
    missing = [n for n in names if getattr(row, n) is None]
    days = getattr(row, names[1])
    if missing and len(missing) < len(names):
        titles = "、".join(row.sheet.column(n).title for n in missing)
        yield _say(row, missing[0], "posting-incomplete", missing=titles)
    elif days is not None and not 1 <= days <= LONGEST:
        yield _say(row, names[1], "posting-days", longest=LONGEST)


AREAS = ("area_total", "area_present", "area_for", "area_against", "area_abstained")


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
    elif tally.areas and tally.areas.present > tally.areas.total:
        yield _say(vote, "area_present", "vote-areas-over", present=tally.areas.present, total=tally.areas.total)
    elif tally.areas and area_adds_up(tally.areas):
        total = tally.areas.present - area_adds_up(tally.areas)
        yield _say(vote, "area_present", "vote-areas", present=tally.areas.present, sum=total)
    elif rule:
        try:
            computed = "通过" if decide(tally, rule).passed else "未通过"
        except AreaMissing:
            empty = [n for n in AREAS if getattr(vote, n) is None]
            titles = "、".join(vote.sheet.column(n).title for n in empty)
            yield _say(vote, empty[0], "vote-areas-missing", missing=titles)
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
            if meeting.notice_on and meeting.notice_on > meeting.on:
                yield _say(meeting, "notice_on", "meeting-notice-after", on=str(meeting.on))
            elif rule and rule.notice_days and meeting.notice_on:
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


# What a figure is counted from; "" stands for the duties that people hold.
COUNTED_FROM = {
    "小区": ("compounds",),
    "网格": ("grids",),
    "微网格": ("grids",),
    "小区党支部": ("units",),
    "楼栋党小组": ("units",),
    "居民小组": ("units",),
    "已解决议题": ("matters", "steps"),
}
DUTIES = ("people", "duties")


def totals_counted(given: Given) -> Found:
    """A published figure that can be counted is what the rows make; a rough one (余, 多) may be exceeded by them.

    While rows that it is counted from are withheld, nothing can be said.
    """
    held = {(w.community, w.sheet) for w in given.absent}
    for community in given.communities:
        for figure in given.records.rows(community, Figure):
            sources = COUNTED_FROM.get(figure.counted, DUTIES)
            if not figure.counted or held & {(community, s) for s in sources}:
                continue
            rows = counted(given.records, given.procedures, figure, given.today)
            if rows != figure.value and not (figure.rough in ("余", "多") and rows is not None and rows > figure.value):
                yield _say(figure, "value", "total-differs", counted=rows)


def names_have_a_basis(given: Given) -> Found:
    """Who is named by virtue of office holds one, or held one that the records still tell of (个人信息保护法 §13)."""
    for community in given.communities:
        for person in given.records.rows(community, Person):
            if person.basis == "职务公开":
                duties = given.records.by(community, Duty, "person", person.id)
                held = any(d.duty in OFFICES for d in duties)
                if not held and not given.may_lack(community, "duties", "person", person.id):
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
                if at is row and seen:
                    yield _say(row, "parent", "chain-circle")
        for grid in given.records.by(community, Grid, "level", "微网格"):
            if not grid.parent:
                yield _say(grid, "parent", "grid-without-parent")


CHECKS: tuple[Callable[[Given], Found], ...] = (
    addresses_free,
    references,
    procedures_known,
    steps_in_order,
    postings_whole,
    votes_add_up,
    meetings_sound,
    resolutions_sound,
    names_have_a_basis,
    chains_end,
)


def check(records: Records, procedures: Procedures, today: date) -> tuple[Records, list[Problem]]:
    """All checks over all communities → the records without what must wait, and every problem found.

    Figures are compared last, with the rows that are left: a row too wrong to be counted is gone by then.
    """
    communities = tuple(c for c in records.tables if c)
    found = [pair for run in CHECKS for pair in run(Given(records, procedures, today, communities))]
    kept = _waiting(records.without(row for row, problem in found if problem.withholds))
    differ = list(totals_counted(Given(kept, procedures, today, communities)))
    return kept.without(row for row, _ in differ), [problem for _, problem in found + differ]


def _waiting(kept: Records) -> Records:
    while waiting := orphans(kept):
        kept = kept.without(waiting)
    return kept
