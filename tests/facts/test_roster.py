"""Who holds which duty, and how each person may be called."""

from __future__ import annotations

from datetime import date

from generator.facts.roster import Post, by_compound, by_duty, grid_compound, labels, posts
from generator.sheet import PublicRow
from generator.sheets.compounds import Compound
from generator.sheets.duties import Duty
from generator.sheets.grids import Grid
from generator.sheets.people import Person
from generator.sheets.units import Unit
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)
SINCE = date(2024, 3, 1)
PLACES = (
    row(Compound, "C1", name="西园小区", belongs="本社区"),
    row(Compound, "C2", name="巷口新村", belongs="本社区"),
    row(Unit, "U1", name="西园小区党支部", kind="小区党支部", compound="C2"),
    row(Grid, "G1", name="第一网格", level="网格", compound="C1"),
    row(Grid, "G1-M1", name="第一微网格", level="微网格", parent="G1"),
    row(Grid, "G2", name="第二网格", level="网格"),
)


def person(id: str, name: str, building: str | None = None, basis: str = "不公开") -> Person:
    return row(Person, id, name=name, basis=basis, building=building)


def found(*rows: PublicRow) -> tuple[Post, ...]:
    return posts(records([*PLACES, *rows]), COMMUNITY, TODAY)


def test_masked_names_that_collide_are_told_apart_by_building() -> None:
    people = [person("P1", "张小三", "3号楼"), person("P2", "张大三", "5号楼"), person("P3", "李小四", "3号楼")]
    assert labels(records(people), COMMUNITY) == {"P1": "张*三(3号楼)", "P2": "张*三(5号楼)", "P3": "李*四"}


def test_a_name_without_a_building_gets_none() -> None:
    people = [person("P1", "张小三"), person("P2", "张大三", "5号楼")]
    assert labels(records(people), COMMUNITY) == {"P1": "张*三", "P2": "张*三(5号楼)"}


def test_posts_are_those_held_today_in_the_order_of_the_list_of_duties() -> None:
    rows = (
        person("P1", "丁文秀", basis="职务公开"),
        row(Duty, "D1", person="P1", duty="单元管家", since=SINCE),
        row(Duty, "D2", person="P1", duty="社区党委书记", since=SINCE),
        row(Duty, "D3", person="P1", duty="居委会主任", since=SINCE, until=date(2026, 6, 16)),
        row(Duty, "D4", person="P1", duty="居委会主任", since=date(2026, 6, 18)),
        row(Duty, "D5", person="P9", duty="居委会主任", since=SINCE),
    )
    assert [p.duty.id for p in found(*rows)] == ["D2", "D1"]
    assert {p.label for p in found(*rows)} == {"丁文秀"}


def test_where_a_post_serves() -> None:
    rows = (
        person("P1", "张小三"),
        row(Duty, "D1", person="P1", duty="微网格长", grid="G1-M1", serves="1—3号楼", since=SINCE),
        row(Duty, "D2", person="P1", duty="微网格长", grid="G1-M1", since=SINCE),
        row(Duty, "D3", person="P1", duty="微网格长", unit="U1", since=SINCE),
        row(Duty, "D4", person="P1", duty="微网格长", compound="C1", since=SINCE),
        row(Duty, "D5", person="P1", duty="微网格长", since=SINCE),
    )
    assert [p.where for p in found(*rows)] == ["第一微网格 1—3号楼", "第一微网格", "西园小区党支部", "西园小区", ""]


def test_the_compound_of_a_post_is_its_own_its_grids_or_its_units() -> None:
    rows = (
        person("P1", "张小三"),
        row(Duty, "D1", person="P1", duty="微网格长", grid="G1-M1", since=SINCE),
        row(Duty, "D2", person="P1", duty="微网格长", unit="U1", since=SINCE),
        row(Duty, "D3", person="P1", duty="微网格长", compound="C2", grid="G1", since=SINCE),
        row(Duty, "D4", person="P1", duty="微网格长", grid="G2", since=SINCE),
    )
    held = found(*rows)
    assert [p.compound.id if p.compound else None for p in held] == ["C1", "C2", "C2", None]
    groups = by_compound(records(PLACES), COMMUNITY, held)
    assert {c.id: [p.duty.id for p in some] for c, some in groups.items()} == {"C1": ["D1"], "C2": ["D2", "D3"]}


def test_the_compound_of_a_grid_goes_up_the_chain() -> None:
    all_ = records(PLACES)
    grids = {g.id: g for g in all_.rows(COMMUNITY, Grid)}
    assert grid_compound(all_, COMMUNITY, grids["G1-M1"]) == "C1"
    assert grid_compound(all_, COMMUNITY, grids["G2"]) is None
    assert grid_compound(all_, COMMUNITY, None) is None


def test_groups_by_duty_lose_nobody() -> None:
    duties = ("单元管家", "微网格长", "单元管家")
    rows = [row(Duty, f"D{n}", person="P1", duty=d, since=SINCE) for n, d in enumerate(duties)]
    groups = by_duty(found(person("P1", "张小三"), *rows))
    assert {d: [p.duty.id for p in some] for d, some in groups.items()} == {
        "微网格长": ["D1"],
        "单元管家": ["D0", "D2"],
    }
