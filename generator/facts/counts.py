"""Counting rows: what a published figure is compared with, and the tallies that pages print as n/N."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..records import Records
from ..sheets.compounds import Compound
from ..sheets.duties import COMMITTEES, Duty
from ..sheets.grids import Grid
from ..sheets.units import Unit

Count = Callable[[Records, str, date], int]


def in_office(duty: Duty, today: date) -> bool:
    """Whether a duty is held on that day."""
    return duty.since <= today and (duty.until is None or today <= duty.until)


def holders(records: Records, community: str, duties: tuple[str, ...], today: date) -> set[str]:
    """The ids of the people who hold one of these duties on that day."""
    return {d.person for d in records.rows(community, Duty) if d.duty in duties and in_office(d, today)}


def _grids(level: str) -> Count:
    return lambda records, community, today: len(records.by(community, Grid, "level", level))


def _units(kind: str) -> Count:
    return lambda records, community, today: len(records.by(community, Unit, "kind", kind))


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
    "微网格长": _holders("微网格长"),
    "单元管家": _holders("单元管家"),
    "专职网格员": _holders("专职网格员"),
    "两委成员": _holders(*COMMITTEES),
}
