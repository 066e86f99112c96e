"""院落楼组带头人: building by building, and those that have nobody are said first."""

from __future__ import annotations

from datetime import date

from generator.facts.leaders import Yard, yards
from generator.sheets.buildings import Building
from generator.sheets.compounds import Compound
from generator.sheets.duties import Duty
from generator.sheets.mechanisms import Local
from generator.sheets.people import Person
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

COMPOUND = row(Compound, "C", name="西园小区", belongs="本社区")
SAID = row(Local, "JZ", mechanism="院落楼组带头人")
PERSON = row(Person, "P1", name="丁宛如", basis="本人同意")
HOUSES = [row(Building, f"L{n}", compound="C", name=f"{n}号楼") for n in (10, 2, 1)]


def leads(id: str, serves: str, **more: object) -> Duty:
    said = {"person": "P1", "duty": "楼组带头人", "compound": "C", "since": date(2024, 3, 1)}
    return row(Duty, id, serves=serves, **{**said, **more})


def yard(*rows: Duty) -> Yard:
    found = yards(
        seen([SAID, COMPOUND, PERSON, *HOUSES, row(Building, "LX", compound="C", name="临街门店"), *rows]), COMMUNITY
    )
    assert found is not None
    return found[0]


def test_without_leaders_there_is_nothing() -> None:
    assert yards(seen([SAID, COMPOUND, *HOUSES]), COMMUNITY) is None
    assert yards(seen([SAID, COMPOUND, PERSON, leads("D", "1号楼", until=date(2025, 1, 1))]), COMMUNITY) is None


def test_where_nobody_said_that_each_building_is_to_have_one_none_is_missing() -> None:
    assert yards(seen([COMPOUND, PERSON, *HOUSES, leads("D1", "1号楼")]), COMMUNITY) is None


def test_buildings_stand_by_number_and_one_leader_may_have_several() -> None:
    found = yard(leads("D1", "1、2号楼"))
    assert [(h.building.name, len(h.leaders)) for h in found.houses] == [("1号楼", 1), ("2号楼", 1), ("10号楼", 0)]
    assert [b.name for b in found.vacant] == ["10号楼"]
    assert (found.led.n, found.led.of, len(found.leaders)) == (2, 3, 1)


def test_a_leader_of_the_whole_yard_is_not_lost() -> None:
    found = yard(leads("D1", "全小区"))
    assert [p.duty.id for p in found.unplaced] == ["D1"]
    assert found.led.n == 0
    whole = seen([SAID, COMPOUND, PERSON, *HOUSES, leads("D1", "全小区")])
    assert "全小区的带头人：丁宛如（全小区）" in page(whole, "leaders")


def test_the_last_change_is_when_somebody_began_or_ended() -> None:
    found = yard(leads("D1", "1号楼"), leads("D2", "2号楼", until=date(2026, 1, 5)))
    assert found.changed == date(2026, 1, 5)
    assert yard(leads("D1", "1号楼", since=TODAY)).changed == TODAY


def test_the_page_and_the_paper_call_for_those_who_are_missing() -> None:
    text = words(demo_page("fuqiang", "leaders"))
    [sheet] = papers("leaders")
    for said in (text, paper(sheet)):
        assert "1号楼、6号楼、9号楼、10号楼。" in said
        assert "6/10" in said
        assert "罗小燕" in said
        assert "冯*军" in said
    assert text.index("还缺带头人的") < text.index("罗小燕")
