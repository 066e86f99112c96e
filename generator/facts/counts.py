"""Counting rows: what a published figure is compared with, and the tallies that pages print as n/N."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..procedures import Procedures
from ..records import Records
from ..sheets.compounds import Compound
from ..sheets.duties import COMMITTEES, Duty
from ..sheets.figures import Figure
from ..sheets.grids import Grid
from ..sheets.matters import Matter
from ..sheets.steps import Step
from ..sheets.units import Unit
from .status import standing

Count = Callable[[Records, str, date], int]


def in_office(duty: Duty, today: date) -> bool:
    """Whether a duty is held on that day."""
    return duty.since <= today and (duty.until is None or today <= duty.until)


def holders(records: Records, community: str, duties: tuple[str, ...], today: date) -> set[str]:
    """The ids of the people who hold one of these duties on that day."""
    return {d.person for d in records.rows(community, Duty) if d.duty in duties and in_office(d, today)}


def _grids(level: str) -> Count:
    return lambda records, community, today: len(records.by(community, Grid, "level", level))


def _units(*kinds: str) -> Count:
    return lambda records, community, today: sum(len(records.by(community, Unit, "kind", k)) for k in kinds)


def _holders(*duties: str) -> Count:
    return lambda records, community, today: len(holders(records, community, duties, today))


# What a figure's column 核对 names → how it is counted.
COUNTS: dict[str, Count] = {
    "小区": lambda records, community, today: len(records.by(community, Compound, "belongs", "本社区")),
    "网格": _grids("网格"),
    "微网格": _grids("微网格"),
    "小区党支部": _units("小区党支部"),
    "楼栋党小组": _units("楼栋党小组"),
    "居民小组": _units("居民小组"),
    "社会组织和志愿服务队": _units("社会组织", "志愿服务队"),
    "微网格长": _holders("微网格长"),
    "单元管家": _holders("单元管家"),
    "专职网格员": _holders("专职网格员"),
    "两委成员": _holders(*COMMITTEES),
}


def solved(records: Records, procedures: Procedures, community: str, day: date) -> int:
    """How many matters of a community were solved by that day."""
    found = 0
    for matter in records.rows(community, Matter):
        procedure = procedures.procedure(matter.procedure, matter.raised_on)
        if procedure and matter.raised_on <= day:
            steps = records.by(community, Step, "matter", matter.id)
            found += standing(matter, steps, procedure, day).solved
    return found


def counted(records: Records, procedures: Procedures, figure: Figure, today: date) -> int | None:
    """What the rows make of a figure; None if it isn't counted.

    Solved matters are counted as of the figure's own day (``截至``), for more are solved after it. Grids, bodies and
    people are those of today: the sheets need not keep what they were.
    """
    if not figure.counted:
        return None
    if figure.counted in COUNTS:
        return COUNTS[figure.counted](records, figure.community, today)
    return solved(records, procedures, figure.community, min(figure.as_of or today, today))
