"""The communities of a district side by side: figures that mean the same in each, every one as n/N.

No order is made of them: what they say of a community is for its residents to judge, with the definition beside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..sheets.grids import Grid
from ..sheets.objections import Objection
from . import lists
from .accountability import group, replies
from .counts import in_office
from .fact import Fact
from .postings import answered_by
from .whistles import Rate, summary, tickets
from .whole import Whole

# Who leads a micro-grid (微网格长), by the name of the duty.
LEADER = "微网格长"


@dataclass(frozen=True)
class Line(Fact):
    """One figure: its key in the catalogue (``words.compared``) and its rate in each community, by id."""

    key: str
    rates: dict[str, Rate]


def solved(whole: Whole, community: str) -> Rate:
    """Solved, of all that were raised."""
    found = group("", whole.cases.of(community))
    return Rate(found.solved, found.raised)


def on_time(whole: Whole, community: str) -> Rate:
    """Solved and never late, of all that were solved or whose day passed while they were open."""
    return group("", whole.cases.of(community)).on_time


def answered(whole: Whole, community: str) -> Rate:
    """Answered, of all that were raised."""
    return replies(whole.cases.of(community), whole.today).given


def carried_out(whole: Whole, community: str) -> Rate:
    """Carried out by today, of all resolutions passed by today."""
    passed = lists.passed(whole, community)
    return Rate(sum(r.done_on is not None and r.done_on <= whole.today for r in passed), len(passed))


def objections(whole: Whole, community: str) -> Rate:
    """Answered by today, of all objections made by today."""
    made = [o for o in whole.records.rows(community, Objection) if o.on <= whole.today]
    return Rate(sum(answered_by(o, whole.today) for o in made), len(made))


def whistles(whole: Whole, community: str) -> Rate:
    """Departments that answered in time, of the whistles whose time for it is over."""
    return summary(tickets(whole.records, whole.procedures, community, whole.today)).response


def led(whole: Whole, community: str) -> Rate:
    """Micro-grids that somebody leads today, of all micro-grids."""
    micro = whole.records.by(community, Grid, "level", "微网格")
    with_leader = {
        p.duty.grid for p in whole.posts[community] if p.duty.duty == LEADER and in_office(p.duty, whole.today)
    }
    return Rate(sum(g.id in with_leader for g in micro), len(micro))


FIGURES: dict[str, Callable[[Whole, str], Rate]] = {
    "answered": answered,
    "solved": solved,
    "on_time": on_time,
    "carried_out": carried_out,
    "objections": objections,
    "whistles": whistles,
    "led": led,
}


def compared(whole: Whole) -> tuple[Line, ...]:
    """Each figure over all communities; one of which no community has anything is left out."""
    ids = [c.id for c in whole.records.communities]
    lines = (Line(key, {c: of(whole, c) for c in ids}) for key, of in FIGURES.items())
    return tuple(line for line in lines if any(r.of for r in line.rates.values()))
