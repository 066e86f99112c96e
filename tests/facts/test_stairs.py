"""Buildings and stairs as volunteers write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.stairs import house, houses, said, stairs

NUMBERS = st.lists(st.integers(1, 199), min_size=1, max_size=12, unique=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3号楼2单元", [("3", "2")]),
        ("三栋二单元", [("3", "2")]),
        ("3#2单元", [("3", "2")]),
        ("3号2单元", [("3", "2")]),
        ("16号楼1、2单元", [("16", "1"), ("16", "2")]),
        ("2号楼一、二单元", [("2", "1"), ("2", "2")]),
        ("1号楼1单元，2单元", [("1", "1"), ("1", "2")]),
        ("1号楼1单元、2号楼2单元", [("1", "1"), ("2", "2")]),
        ("1号楼1单元—3单元", [("1", "1"), ("1", "2"), ("1", "3")]),
        ("5幢东单元", [("5", "东")]),
        ("1、2号楼", [("1", ""), ("2", "")]),
        ("1号楼和2号楼", [("1", ""), ("2", "")]),
        ("1号楼至3号楼", [("1", ""), ("2", ""), ("3", "")]),
        ("九至十一号楼", [("9", ""), ("10", ""), ("11", "")]),
        ("嘉木花园 1－3 号楼党小组", [("1", ""), ("2", ""), ("3", "")]),
        ("8—9号楼、临街门店", [("8", ""), ("9", "")]),
        ("A座、b2栋", [("A", ""), ("B2", "")]),
        ("A1—A3栋", [("A1", ""), ("A2", ""), ("A3", "")]),
        ("03号楼", [("3", "")]),
        ("8号院1号楼", [("1", "")]),
    ],
)
def test_what_a_text_names(text: str, found: list[tuple[str, str]]) -> None:
    assert list(stairs(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "军民里小区全部",
        "第三网格",
        "富强社区各网格",
        "临街门店",
        "2单元",
        "9—3号楼",
        "1—999号楼",
        "A1—B3栋",
        "2026年",
    ],
)
def test_what_names_no_building(text: str) -> None:
    assert stairs(text) == ()


def test_a_building_is_the_same_however_it_is_written() -> None:
    assert {house(name) for name in ("3号楼", "三号楼", "3栋", "03幢", "3 号楼", "３号楼", "3#")} == {"3"}
    assert house("柳荫巷临街门店") == "柳荫巷临街门店"
    assert house("1、2号楼") not in ("1", "2")


@given(NUMBERS)
def test_what_is_said_in_few_words_means_the_same(numbers: list[int]) -> None:
    names = [f"{n}号楼" for n in numbers]
    assert houses(said(names)) == tuple(str(n) for n in sorted(numbers))


@given(NUMBERS, st.integers(1, 12))
def test_every_stair_of_every_building_is_read(numbers: list[int], units: int) -> None:
    text = "、".join(f"{n}号楼{u}单元" for n in numbers for u in range(1, units + 1))
    assert set(stairs(text)) == {(str(n), str(u)) for n in numbers for u in range(1, units + 1)}


@given(st.text(alphabet="0123456789一二三十、，—-至号楼栋单元座东A#院 ", max_size=40))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    for number, unit in stairs(text):
        assert re.fullmatch(r"[A-Z]?\d*", number)
        assert number
        assert len(unit) <= 4
    assert len(stairs(text)) < 10_000


def test_runs_are_written_short_and_what_has_no_number_comes_last() -> None:
    assert said(["8号楼", "临街门店", "9号楼", "10号楼", "2号楼", "3号楼"]) == "2、3、8—10号楼、临街门店"
    assert said(["临街门店"]) == "临街门店"
    assert said([]) == ""
