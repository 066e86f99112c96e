"""“布谷鸟”议事协商会: who sits in it, for whom, how often it met, and its rules in every version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.council import DUTIES, KIND, Council, councils, in_force
from ..facts.counts import in_office
from ..facts.lists import waiting
from ..mechanism import Board, Mechanism, declare
from ..sheets.clauses import Clause
from ..sheets.duties import Duty
from ..sheets.meetings import Meeting
from ..sheets.resolutions import Resolution
from ..sheets.seats import Seat
from ..sheets.units import Unit

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _councils(whole: Whole, c: Community) -> tuple[Council, ...] | None:
    return councils(whole, c.id)


def _boards(shown: tuple[Council, ...], whole: Whole, c: Community) -> Iterator[Board]:
    """Its members, and its rules as they are in force; both hang for good. Rules of which a clause waits are not printed."""
    halved = waiting(whole, c.id, ("clauses",))
    for council in shown:
        unit, given = council.unit, {"council": council}
        if council.members and council.changed:
            named = title("council", council=unit.name)
            yield Board("council", unit.id, named, council.changed, context=given, place=unit.place, signer=unit.name)
        if council.rules is not None and council.rules.clauses and not halved:
            named = title("councilrules", rules=rules_name(unit.name))
            context = {**given, "version": council.rules}
            yield Board(
                "councilrules", unit.id, named, council.rules.since, context=context, place=unit.place, signer=unit.name
            )


def rules_name(council: str) -> str:
    """What a council's rules are called: 民主议事协商会 has 民主议事协商规则."""
    return council.removesuffix("会") + "规则" if council.endswith("协商会") else f"{council}议事规则"


def seats_add_up(given: Given) -> Found:
    """Seats are a council's, and come to as many as sit in it; nothing is said while a duty or a seat waits."""
    for community in given.communities:
        for unit in given.records.by(community, Unit, "kind", KIND):
            seats = given.records.by(community, Seat, "unit", unit.id)
            waits = any(given.may_lack(community, s, "unit", unit.id) for s in ("seats", "duties"))
            duties = given.records.by(community, Duty, "unit", unit.id)
            people = {d.person for d in duties if d.duty in DUTIES and in_office(d, given.today)}
            if seats and people and not waits and sum(s.number for s in seats) != len(people):
                last, total = seats[-1], sum(s.number for s in seats)
                yield say(last, "number", "council-seats", total=total, people=len(people), holds=False)
        for seat in given.records.rows(community, Seat):
            yield from _council(given, seat)


def _council(given: Given, row: Seat | Clause) -> Found:
    unit = given.records.get(row.community, Unit, row.unit)
    if unit is not None and unit.kind != KIND:
        yield say(row, "unit", "council-kind", called=unit.name, kind=unit.kind)


def clauses_sound(given: Given) -> Found:
    """A clause ends after it began, is in force only once at a time, and not before the day on which it was decided."""
    for community in given.communities:
        known: dict[tuple[str, int], list[Clause]] = {}
        for row in given.records.rows(community, Clause):
            yield from _council(given, row)
            if row.until is not None and row.until < row.since:
                yield say(row, "until", "clause-backwards", since=row.since.isoformat())
                continue
            same = known.setdefault((row.unit, row.number), [])
            if other := next((o for o in same if in_force(o, row.since) or in_force(row, o.since)), None):
                yield say(row, "number", "clause-twice", other=other.id, since=row.since.isoformat())
            same.append(row)
            yield from _decided(given, row)
        for same in known.values():
            yield from _gaps(same)


def _gaps(same: list[Clause]) -> Found:
    """That a clause which is there again later was in force on no day between."""
    some = sorted(same, key=lambda c: c.since)
    for before, after in pairwise(some):
        if before.until is not None and after.since > before.until + timedelta(days=1):
            yield say(after, "since", "clause-gap", holds=False, other=before.id, until=before.until.isoformat())


def _decided(given: Given, row: Clause) -> Found:
    meeting = given.records.get(row.community, Meeting, row.meeting)
    resolution = given.records.get(row.community, Resolution, row.resolution)
    if resolution is not None and resolution.passed_on > row.since:
        on = resolution.passed_on.isoformat()
        yield say(row, "since", "clause-early", decided=resolution.id, on=on, holds=False)
    elif meeting is not None and meeting.on > row.since:
        yield say(row, "since", "clause-early", decided=meeting.id, on=meeting.on.isoformat(), holds=False)
    elif meeting is not None and resolution is not None and resolution.meeting not in (None, meeting.id):
        yield say(row, "resolution", "clause-elsewhere", meeting=meeting.id, other=resolution.meeting, holds=False)


declare(
    Mechanism(
        id="council",
        title="民主议事协商会",
        theme="议事和公开",
        about="小区里的事，谁坐下来商量、各代表哪一方、按什么规矩商量；规矩哪一条什么时候改的、原来怎么写，都留着。",
        article="成立东胜小区“布谷鸟”民主议事协商会，制定《东胜小区“布谷鸟”民主议事协商规则》",
        sheets=("units", "duties", "people", "seats", "clauses", "meetings", "resolutions"),
        gather=_councils,
        papers=("council", "councilrules"),
        boards=_boards,
        checks=(seats_add_up, clauses_sound),
    )
)
