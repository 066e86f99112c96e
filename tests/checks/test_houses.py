"""Buildings, grids and those who serve them: slips are told, and nothing is said of what is only waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks.given import Found, Given
from generator.checks.grids import grids_add_up
from generator.checks.headings import headings_known
from generator.checks.houses import houses_sound, stewards_placed
from generator.facts.houses import LEADER, STEWARD
from generator.problems import Place
from generator.procedures import load
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.buildings import Building
from generator.sheets.compounds import Compound
from generator.sheets.duties import Duty
from generator.sheets.grids import Grid
from generator.sheets.headings import Heading
from generator.sheets.mechanisms import Local
from tests.rows import COMMUNITY, records, row

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
TODAY, LONG = date(2026, 6, 17), date(2024, 1, 1)


def compound(id: str = "c1", **more: Any) -> Compound:
    return row(Compound, id, int(id[1:]) + 1, **{"name": f"{id}园", "belongs": "本社区", "buildings": 2, **more})


def grid(id: str = "g1", at: int = 2, **more: Any) -> Grid:
    return row(Grid, id, at, **{"name": id, "level": "网格", "compound": "c1", "scope": "全部", **more})


def micro(n: int = 1, **more: Any) -> Grid:
    return grid(f"m{n}", n + 2, **{"level": "微网格", "parent": "g1", "scope": "1、2号楼", **more})


def building(n: int, grid: str | None = "m1", **more: Any) -> Building:
    return row(Building, f"b{n}", n + 1, **{"compound": "c1", "name": f"{n}号楼", "grid": grid, **more})


def duty(what: str, **more: Any) -> Duty:
    return row(Duty, "d1", 2, person="p1", duty=what, **{"since": LONG, **more})


WHOLE: list[PublicRow] = [compound(), grid(), micro(), building(1), building(2)]
LED = duty(LEADER, grid="m1")


def given(rows: list[PublicRow], *waiting: Withheld) -> Given:
    return Given(replace(records(rows), withheld=waiting), RULES, TODAY, (COMMUNITY,))


def codes(found: Found) -> list[tuple[str, str, bool]]:
    return sorted((r.id, p.code, p.withholds) for r, p in found)


def waits(sheet: str, **refers: str) -> Withheld:
    return Withheld(COMMUNITY, sheet, "x", Place(), refers)


def but(*rows: PublicRow) -> list[PublicRow]:
    """The faultless rows, some of them in another way."""
    other = {(r.sheet.id, r.id) for r in rows}
    return [*(r for r in WHOLE if (r.sheet.id, r.id) not in other), *rows]


def test_nothing_is_said_of_what_is_whole() -> None:
    it = given([*WHOLE, LED])
    assert [codes(check(it)) for check in (houses_sound, stewards_placed, grids_add_up)] == [[], [], []]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([building(3, name="二栋")], [("b3", "building-twice", True)]),
        ([building(2, compound="c1", name="2号楼", grid=None)], [("b2", "building-without-grid", False)]),
        ([compound(buildings=3)], [("c1", "buildings-incomplete", False)]),
        ([micro(2)], [("m2", "grid-without-building", False)]),
        ([micro(scope="1—3号楼")], [("m1", "grid-scope-differs", False)]),
        ([grid(scope="c1园1号楼")], [("g1", "grid-scope-differs", False)]),
        ([building(3, name="临街门店")], []),
        ([micro(scope="东边两栋")], []),
        ([compound(buildings=None)], []),
    ],
)
def test_a_slip_of_buildings_is_told(rows: list[PublicRow], expected: list[Any]) -> None:
    found = codes(houses_sound(given(but(*rows))))
    assert [f for f in found if f[0] in {r.id for r in rows}] == expected


def test_a_building_in_a_grid_of_another_compound_waits() -> None:
    rows = [*WHOLE, compound("c2", buildings=1), row(Building, "b9", 9, compound="c2", name="1号楼", grid="m1")]
    assert ("b9", "building-grid-elsewhere", True) in codes(houses_sound(given(rows)))
    shared = [*rows[:-1], grid("g9", 9, compound=None), row(Building, "b9", 9, compound="c2", name="1号楼", grid="g9")]
    assert codes(houses_sound(given(shared))) == []


def test_what_is_missing_may_be_waiting() -> None:
    rows = but(compound(buildings=3), micro(2), micro(scope="1—3号楼"))
    assert codes(houses_sound(given(rows, waits("buildings", compound="c1")))) == []
    assert codes(houses_sound(given(rows, waits("buildings")))) == []  # of which compound is not known
    assert codes(houses_sound(given(rows, waits("buildings", compound="c2")))) != []


@pytest.mark.parametrize(
    ("row_", "code"),
    [
        (duty(STEWARD, grid="m1", serves="2号楼"), ""),
        (duty(STEWARD, grid="m1", serves="2号楼5单元"), ""),  # how many stairs it has is not told
        (duty(STEWARD, grid="m1", serves="1号楼3单元"), "serves-elsewhere"),
        (duty(STEWARD, grid="m1", serves="1号楼东单元"), ""),
        (duty(STEWARD, grid="m1", serves="3号楼1单元"), "serves-elsewhere"),
        (duty(STEWARD, compound="c1", serves="3号楼1单元"), "serves-elsewhere"),
        (duty(STEWARD, grid="m1", serves="院子里"), "serves-unclear"),
        (duty(STEWARD, compound="c1"), "serves-unclear"),
        (duty(STEWARD, grid="m1"), ""),
        (duty(STEWARD, compound="c2", serves="9号楼"), ""),  # of that compound no buildings are kept
        (duty(STEWARD, grid="m1", serves="院子里", until=date(2026, 6, 16)), ""),
        (duty(LEADER, compound="c1"), "leader-without-grid"),
        (duty(LEADER, grid="m1", serves="1、3号楼"), "serves-elsewhere"),
    ],
)
def test_who_serves_is_found_by_a_building(row_: Duty, code: str) -> None:
    it = given([*but(building(1, units=2)), row_])
    assert [c for _, c, _ in codes(stewards_placed(it)) if c != "leader-lacking"] == [code] * bool(code)


def test_a_micro_grid_without_a_leader_is_told_unless_one_may_be_waiting() -> None:
    gone = duty(LEADER, grid="m1", until=date(2026, 6, 16))
    assert codes(stewards_placed(given([*WHOLE, gone]))) == [("m1", "leader-lacking", False)]
    assert codes(stewards_placed(given(WHOLE, waits("duties", person="p1", grid="m1")))) == []
    assert codes(stewards_placed(given(WHOLE, waits("duties", person="p1", grid="m2")))) != []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([grid(households=50), micro(1, households=30), micro(2, households=20)], []),
        ([grid(households=51), micro(1, households=30), micro(2, households=20)], ["grid-households"]),
        ([grid(households=51), micro(1, households=30), micro(2)], []),
        ([grid(), micro(1, households=30)], []),
        ([compound(households=50), grid(households=51)], ["compound-households"]),
        ([compound(households=51), grid(households=51, compound=None)], []),
        ([grid(households=51), micro(1, households=30), micro(2, households=21, parent=None)], []),
    ],
)
def test_households_add_up_where_all_are_known(rows: list[PublicRow], expected: list[str]) -> None:
    assert [c for _, c, _ in codes(grids_add_up(given(rows)))] == expected
    assert codes(grids_add_up(given(rows, waits("grids", parent="g1", compound="c1")))) == []


def test_headings_are_each_once_and_those_that_there_are() -> None:
    a, b, twice = (row(Heading, f"h{n}", n + 1, name=name) for n, name in ((1, "微堡垒"), (2, "微力量"), (3, "微堡垒")))
    local = row(Local, "j1", 2, mechanism="民主推选", heading="微保垒")
    assert codes(headings_known(given([a, b, local]))) == [("j1", "heading-unknown", False)]
    assert codes(headings_known(given([a, twice, row(Local, "j1", 2, mechanism="民主推选", heading="微堡垒")]))) == [
        ("h3", "heading-twice", True)
    ]
    assert codes(headings_known(given([local]))) == []  # a community may name headings and say no more of them
    assert codes(headings_known(given([a, local], waits("headings")))) == []
