"""Counting rows: who is in office on a day, and every figure that the sheet ``figures`` may ask for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.figures import COUNTED_FROM, DUTIES
from generator.facts.counts import COUNTS, holders, in_office
from generator.sheets import discover
from generator.sheets.compounds import Compound
from generator.sheets.duties import COMMITTEES, Duty
from generator.sheets.figures import COUNTABLE
from generator.sheets.grids import Grid
from generator.sheets.units import Unit
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def duty(id: str, person: str, name: str, since: date = date(2024, 1, 1), until: date | None = None) -> Duty:
    return row(Duty, id, person=person, duty=name, since=since, until=until)


@given(DAYS, st.none() | st.integers(0, 1000), DAYS)
def test_in_office_from_the_first_day_to_the_last(since: date, length: int | None, day: date) -> None:
    until = None if length is None else since + timedelta(length)
    held = in_office(duty("D", "P", "居委会主任", since, until), day)
    assert held == (since <= day and (until is None or day <= until))


def test_in_office_on_the_very_first_and_last_day() -> None:
    d = duty("D", "P", "居委会主任", date(2026, 3, 1), date(2026, 6, 17))
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 17), date(2026, 6, 18))
    assert [in_office(d, x) for x in days] == [False, True, True, False]


def test_people_are_counted_and_not_their_duties() -> None:
    rows = [
        duty("D1", "P1", "微网格长"),
        duty("D2", "P1", "微网格长"),
        duty("D3", "P2", "微网格长"),
        duty("D4", "P3", "微网格长", until=date(2025, 1, 1)),
        duty("D5", "P4", "单元管家"),
    ]
    assert holders(records(rows), COMMUNITY, ("微网格长",), TODAY) == {"P1", "P2"}
    assert holders(records(rows), COMMUNITY, ("微网格长", "单元管家"), TODAY) == {"P1", "P2", "P4"}
    assert holders(records(rows), "elsewhere", ("微网格长",), TODAY) == set()


def test_the_two_committees_are_party_and_residents() -> None:
    assert {d[:4] for d in COMMITTEES} == {"社区党委", "社区党总", "居委会主", "居委会副", "居委会委"}
    rows = [duty("D1", "P1", "社区党委书记"), duty("D2", "P1", "居委会主任"), duty("D3", "P2", "居务监督委员会主任")]
    assert COUNTS["两委成员"](records(rows), COMMUNITY, TODAY) == 1


@pytest.mark.parametrize("what", ["网格", "微网格"])
def test_grids_are_counted_by_level(what: str) -> None:
    rows = [row(Grid, "G1", level="网格"), row(Grid, "G2", level="微网格"), row(Grid, "G3", level=what)]
    assert COUNTS[what](records(rows), COMMUNITY, TODAY) == 2


@pytest.mark.parametrize("what", ["小区党支部", "楼栋党小组", "居民小组"])
def test_units_are_counted_by_kind(what: str) -> None:
    rows = [row(Unit, "U1", kind=what), row(Unit, "U2", kind="街道"), row(Unit, "U3", kind=what)]
    assert COUNTS[what](records(rows), COMMUNITY, TODAY) == 2


def test_only_the_communitys_own_compounds_are_counted() -> None:
    rows = [row(Compound, "C1", belongs="本社区"), row(Compound, "C2", belongs="服务圈")]
    assert COUNTS["小区"](records(rows), COMMUNITY, TODAY) == 1


def test_what_may_be_asked_for_can_be_counted() -> None:
    assert set(COUNTS) | {"已解决议题"} == set(COUNTABLE)


def test_what_figures_are_counted_from_is_known() -> None:
    """A figure is not compared while rows of these sheets are withheld."""
    sources = {s for names in (*COUNTED_FROM.values(), DUTIES) for s in names}
    assert sources <= set(discover())
    assert set(COUNTED_FROM) <= set(COUNTABLE)
    people = {name for name in COUNTABLE if name not in COUNTED_FROM}
    assert people == {"微网格长", "单元管家", "专职网格员", "两委成员"}
