"""社会组织: what the organisations and the teams of volunteers do for residents, and the platform for new ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.copies import no_copies
from ..checks.given import Found, Given, say
from ..facts.lists import waiting
from ..facts.societies import KINDS, Societies, societies
from ..mechanism import Board, Mechanism, declare
from ..sheets.incubations import Incubation
from ..sheets.offerings import Offering
from ..sheets.units import Unit

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _all(whole: Whole, c: Community) -> Societies | None:
    return societies(whole, c.id)


def _papers(shown: Societies, whole: Whole, c: Community) -> Iterator[Board]:
    """Who does what, when and where: it hangs for good, where there is anything to go to."""
    if any(s.offerings for s in shown.all):
        context = {"shown": shown, "withheld": waiting(whole, c.id, ("units", "offerings"))}
        yield Board("societies", "fuwu", title("societies", community=c.name), shown.changed, context=context)


def societies_sound(given: Given) -> Found:
    """Services and stays are those of organisations and teams, end after they began, and nobody stays twice at a time."""
    for community in given.communities:
        for offering in given.records.rows(community, Offering):
            yield from _kind(given, offering)
            if offering.until is not None and offering.until < offering.since:
                yield say(offering, "until", "offering-backwards", since=offering.since.isoformat())
        for stay in given.records.rows(community, Incubation):
            yield from _kind(given, stay)
            yield from _stay(given, stay)


def _kind(given: Given, row: Offering | Incubation) -> Found:
    unit = given.records.get(row.community, Unit, row.unit)
    if unit is not None and unit.kind not in KINDS:
        yield say(row, "unit", "society-kind", called=unit.name, kind=unit.kind)


def _stay(given: Given, stay: Incubation) -> Found:
    if stay.left_on is not None and stay.left_on < stay.joined_on:
        yield say(stay, "left_on", "stay-backwards", joined=stay.joined_on.isoformat())
    elif (stay.left_on is None) != (stay.outcome is None):
        missing = "outcome" if stay.outcome is None else "left_on"
        yield say(stay, missing, "stay-half", missing=stay.sheet.column(missing).title, holds=False)
    others = given.records.by(stay.community, Incubation, "unit", stay.unit)
    for other in others:
        if other.place.row < stay.place.row and _meet(stay, other):
            yield say(stay, "joined_on", "stay-twice", other=other.id)
            return


def _meet(one: Incubation, other: Incubation) -> bool:
    """Whether two stays have more than a day of change in common."""
    ends = [s.left_on or date.max for s in (one, other)]
    return max(one.joined_on, other.joined_on) < min(ends)


declare(
    Mechanism(
        id="societies",
        title="社会组织和志愿服务队",
        theme="共建和志愿",
        about="社区里有哪些社会组织、志愿服务队，各帮居民做什么、什么时候在哪里、收不收钱；新成立的在创新创业平台上得到什么帮助。",
        article="设置社会组织创新创业平台，辖区10余家社会组织、志愿服务队伍与社区携手共建共治；引进第三方社会组织",
        sheets=("units", "offerings", "incubations"),
        gather=_all,
        papers=("societies",),
        boards=_papers,
        checks=(societies_sound, no_copies),
    )
)
