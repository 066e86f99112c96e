"""The chain of organisation: levels counted from rows, bodies as a tree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.facts.chain import INSIDE, LEADERS, LEVELS, Node, levels, tree
from generator.facts.roster import posts
from generator.sheets.communities import Community
from generator.sheets.duties import OFFICES, VOLUNTEERS
from generator.sheets.units import KINDS, Unit
from tests.rows import COMMUNITY, base, records, row

TODAY = date(2026, 6, 17)


def shape(nodes: tuple[Node, ...]) -> dict[str, object]:
    return {n.unit.id: shape(n.under) for n in nodes}


def test_each_level_is_counted_in_bodies_or_people(demo: Path, tmp_path: Path) -> None:
    whole = base(demo, tmp_path / "records")
    found = levels(whole.records, whole.records.communities[0], TODAY)
    assert [(x.name, x.count, x.people) for x in found] == [
        ("社区党委", 1, False),
        ("小区党支部", 1, False),
        ("微网格长", 2, True),
    ]


@pytest.mark.parametrize("line", ["—", "-", "–", "→", "——"])
def test_the_levels_are_parted_as_people_part_them(line: str) -> None:
    community = row(Community, "xiyuan", chain=line.join([" 西园社区党委 ", "专兼职网格员", "看不懂的一级"]))
    rows = [row(Unit, "U1", kind="社区党委")]
    found = levels(records(rows), community, TODAY)
    assert [(x.name, x.count) for x in found] == [("西园社区党委", 1), ("专兼职网格员", 0)]


def test_no_chain_no_levels() -> None:
    assert levels(records([]), row(Community, "xiyuan"), TODAY) == ()


def test_the_tree_has_the_communitys_own_bodies_once_each(demo: Path, tmp_path: Path) -> None:
    whole = base(demo, tmp_path / "records")
    nodes = tree(whole.records, COMMUNITY, posts(whole.records, COMMUNITY, TODAY))
    assert shape(nodes) == {"XY-U1": {"XY-U2": {"XY-U4": {}}, "XY-U3": {}}}  # XY-U5, the property firm, is not of them
    assert nodes[0].leaders == ("丁文秀",)
    assert nodes[0].under[0].leaders == ("罗长河",)


def test_a_body_under_one_that_is_left_out_or_withheld_is_a_root() -> None:
    rows = [
        row(Unit, "U0", kind="街道"),
        row(Unit, "U1", kind="社区党委", parent="U0"),
        row(Unit, "U2", kind="小区党支部", parent="gone"),
    ]
    assert shape(tree(records(rows), COMMUNITY, ())) == {"U1": {}, "U2": {}}


def test_what_leads_and_what_is_inside_are_words_of_the_sheets() -> None:
    duties = {*OFFICES, *VOLUNTEERS}
    assert set(LEADERS) <= set(KINDS)
    assert set(INSIDE) <= set(KINDS)
    assert {d for some in (*LEADERS.values(), *LEVELS.values()) for d in some} <= duties
