"""A paper that counts, or says what is wanting, says so while a row that belongs to it is not shown."""

from __future__ import annotations

from datetime import date

import pytest

from generator.records import Held, Withheld
from generator.sheet import PublicRow
from generator.sheets.circle import Walk
from generator.sheets.compounds import Compound
from generator.sheets.duties import Duty
from generator.sheets.facilities import Facility
from generator.sheets.grids import Grid
from generator.sheets.menus import Menu
from generator.sheets.offerings import Offering
from generator.sheets.people import Person
from generator.sheets.room_rules import RoomRule
from generator.sheets.sittings import Sitting
from generator.sheets.station import Function
from generator.sheets.units import Unit
from tests.mechanisms.drawing import paper, papers, seen
from tests.rows import COMMUNITY, row

SINCE = date(2024, 3, 1)
ROWS: tuple[PublicRow, ...] = (
    row(Compound, "C1", name="西园小区", belongs="本社区"),
    row(Walk, "W1", compound="C1", minutes=4),
    row(Grid, "G1", name="第一网格", level="网格", scope="西园小区", compound="C1"),
    row(Grid, "G1-1", 3, name="东片", level="微网格", parent="G1", scope="1号楼"),
    row(Person, "P1", name="丁文秀", basis="职务公开"),
    row(Unit, "U1", name="西园邻里志愿服务队", kind="志愿服务队"),
    row(Duty, "D1", person="P1", duty="专职网格员", grid="G1", since=SINCE),
    row(Facility, "F1", name="议事室", kind="室", where="一楼", does="商量事", hours="每天"),
    row(RoomRule, "R1", number=1, text="用完关灯。", since=SINCE),
    row(Function, "Z1", kind="医卫康养", name="卫生站", does="量血压", hours="每天"),
    row(Menu, "M1", on=date(2026, 6, 17), lunch="米饭"),
    row(Duty, "D2", 3, person="P1", duty="法律顾问", since=SINCE),
    row(Sitting, "S1", post="D2", every="每周", weekday="星期四", hours="14:30", place_name="一楼", since=SINCE),
    row(Offering, "O1", unit="U1", title="修锁", hours="周六", since=SINCE),
)
SAYS = "还有记录正在核对，没有写在上面，也没有算进去"


def said(kind: str, **more: object) -> str:
    return "".join(paper(n) for n in papers(kind, seen(ROWS, **more)))


@pytest.mark.parametrize(
    ("kind", "sheet"),
    [
        ("circle", "circle"),
        ("circle", "compounds"),
        ("roomrules", "room_rules"),
        ("societies", "offerings"),
        ("station", "facilities"),
        ("canteen", "menus"),
        ("advisers", "sittings"),
        ("advisers", "people"),
    ],
)
def test_a_paper_says_that_a_row_waits(kind: str, sheet: str) -> None:
    place = ROWS[0].place
    assert SAYS not in said(kind)
    assert SAYS in said(kind, withheld=(Withheld(COMMUNITY, sheet, "X", place),))
    assert SAYS in said(kind, held=(Held(COMMUNITY, sheet, "X", SINCE, kept=False),))
    assert SAYS not in said(kind, held=(Held(COMMUNITY, sheet, "X", SINCE, kept=True),)), "its last good version stands"
    assert SAYS not in said(kind, withheld=(Withheld("dongyuan", sheet, "X", place),)), "of another community"


def test_who_has_left_is_a_change_of_the_roster() -> None:
    """Nobody came after: that nothing has changed since the others began would be wrong."""
    assert "2024年3月1日以后没有变动" in said("roster")
    past = {"person": "P1", "since": SINCE, "until": date(2026, 5, 31)}
    for more in ({"duty": "片区民警", "grid": "G1"}, {"duty": "微网格长", "grid": "G1-1"}, {"duty": "人民调解员"}):
        left = row(Duty, "D9", 9, **past, **more)
        assert "2026年6月1日以后没有变动" in "".join(paper(n) for n in papers("roster", seen([*ROWS, left])))
    elsewhere = row(Duty, "D9", 9, **past, duty="楼组带头人", compound="C1")
    grid = [n for n in papers("roster", seen([*ROWS, elsewhere])) if n.subject_id == "G1"]
    assert "2024年3月1日以后没有变动" in paper(grid[0])


@pytest.mark.parametrize("sheet", ["duties", "people"])
def test_nobody_is_said_to_be_wanting_on_a_roster_while_a_row_waits(sheet: str) -> None:
    board = said("roster")
    assert "片区民警\n暂缺".replace("\n", "") in board
    waits = said("roster", withheld=(Withheld(COMMUNITY, sheet, "X", ROWS[0].place),))
    assert "暂缺" not in waits
    assert waits.replace(SAYS, "").count("正在核对") == 4  # three professions and the leader of the micro-grid
    assert SAYS in waits
