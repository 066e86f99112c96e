"""网格一张图: everything on it is legible at 360 px, leads somewhere, and is said in words too."""

from __future__ import annotations

import html
import itertools
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, notices, templating
from generator.facts.grid_map import (
    INNER,
    NAME,
    SIDE,
    SMALL,
    WIDE,
    Field,
    GridMap,
    Tile,
    grid_map,
    short,
    width,
    wrapped,
)
from generator.facts.whole import Whole, whole
from generator.pages.book import Book
from generator.pages.mechanisms import mechanism_pages
from generator.problems import Place
from generator.procedures import load
from generator.records import Records, Withheld
from generator.sheets.grids import Grid
from generator.typeset import text_of
from tests.conftest import ROOT
from tests.mechanisms.test_finder import FULL, PEOPLE, PHONE, PLACES
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)
PROCEDURES = load(ROOT / "records" / "procedures")[0]
COMMUNITIES = ["bayi", "nanhua", "fuqiang"]
SVG = re.compile(r"<svg.*?</svg>", re.S)


def drawn(*more: Any) -> GridMap:
    made = grid_map(whole(records([*PLACES, *PEOPLE, *FULL, *more]), PROCEDURES, TODAY), COMMUNITY)
    assert made
    return made


def body_of(it: Whole, community: str) -> str:
    book = Book(it, templating.environment(ROOT / "templates"))
    c = next(c for c in it.records.communities if c.id == community)
    return next(p.body for p in mechanism_pages(book, c) if p.url == f"{community}/map/")


@pytest.fixture(scope="module")
def demo_whole(demo: Path) -> Whole:
    return build.check(demo, date(2030, 1, 1))[0]


@pytest.fixture(scope="module")
def maps(demo_whole: Whole) -> dict[str, GridMap]:
    return {c: made for c in COMMUNITIES if (made := grid_map(demo_whole, c))}


# --- letters ---------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="12号楼、—网格临街A门店", max_size=60), st.integers(20, 300))
def test_a_text_is_broken_into_lines_and_nothing_is_left_out(text: str, room: int) -> None:
    lines = wrapped(text, SMALL, room)
    assert "".join(lines) == text
    assert all(width(line, SMALL) <= room or len(line) == 1 for line in lines)


def test_a_line_breaks_between_things_where_it_can() -> None:
    assert wrapped("8—14号楼、临街门店", SMALL, 6 * SMALL) == ("8—14号楼、", "临街门店")


@pytest.mark.parametrize(
    ("name", "around", "left"),
    [
        ("嘉木花园第1微网格", ("嘉木花园", "第一网格"), "第1微网格"),
        ("第一网格东片", ("塞北嘉苑", "第一网格"), "东片"),
        ("东胜第一微网格", ("东胜小区", "东胜网格"), "第一微网格"),
        ("锦和里东院第一微网格", ("锦和里小区", "锦和里东院网格"), "东院第一微网格"),
        ("军民里微网格", ("军民里小区", "第三网格"), "军民里微网格"),
        ("第一微网格", ("", ""), "第一微网格"),
        ("嘉木花园", ("嘉木花园",), "嘉木花园"),
    ],
)
def test_a_name_is_said_without_what_it_lies_in(name: str, around: tuple[str, ...], left: str) -> None:
    assert short(name, *around) == left


# --- the drawing -------------------------------------------------------------------------------------------------------


def boxes(field: Field) -> list[tuple[int, int, int, int]]:
    return [(t.x, t.y, t.width, t.high) for p in field.patches for t in p.tiles]


def sound(made: GridMap) -> None:
    for field in made.fields:
        assert field.wide == WIDE
        for p in field.patches:
            for t in p.tiles:
                assert t.x >= 0
                assert t.x + t.width <= (WIDE + INNER) // 2
                assert p.y < t.y
                assert t.y + t.high < p.y + p.high <= field.high
                assert all(t.y < line.y < t.y + t.high for line in t.lines)
                for line in t.lines:
                    assert width(line.text, NAME if line.name else SMALL) <= t.width - 2 * SIDE or len(line.text) == 1
        for a, b in itertools.combinations(boxes(field), 2):
            assert a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
        for p, q in itertools.pairwise(field.patches):
            assert p.y + p.high < q.y


@pytest.mark.parametrize("community", COMMUNITIES)
def test_nothing_in_the_demonstration_s_drawings_lies_over_another_or_runs_out(
    maps: dict[str, GridMap], community: str
) -> None:
    sound(maps[community])


@given(st.lists(st.text(alphabet="第一二12号楼、—微网格东片", min_size=1, max_size=30), max_size=9), st.booleans())
def test_nor_does_it_in_any_other(scopes: list[str], counted: bool) -> None:
    more = [
        row(Grid, f"m{n}", n + 9, name=scope[:12], level="微网格", parent="g1", compound="c1", scope=scope,
            households=n * 1000 if counted else None)
        for n, scope in enumerate(scopes)
    ]  # fmt: skip
    made = drawn(*more)
    sound(made)
    assert len(made.tiles) == len(scopes) + 2
    for tile in made.tiles:
        assert "".join(line.text for line in tile.lines).startswith(tile.label + tile.grid.scope)


def test_four_stand_two_and_two() -> None:
    more = [
        row(Grid, f"m{n}", n + 9, name=f"第{n}微网格", level="微网格", parent="g1", compound="c1", scope="1号楼")
        for n in (3, 4)
    ]
    tiles = drawn(*more).tiles
    assert len({t.x for t in tiles}) == len({t.y for t in tiles}) == 2


def test_nanhua_has_the_figures_of_the_article(maps: dict[str, GridMap]) -> None:
    it = maps["nanhua"]
    assert (it.compounds, len(it.fields), len(it.patches), len(it.tiles)) == (6, 6, 8, 30)
    assert (it.leaders, it.stewards, it.households, it.led) == (56, 174, 3011, 30)


def test_a_grid_of_two_compounds_is_drawn_by_itself_under_both_names(maps: dict[str, GridMap]) -> None:
    assert "军民里小区、文杏小区" in [f.name for f in maps["bayi"].fields]
    assert sum(len(f.patches) for f in maps["bayi"].fields) == 8


def test_a_community_without_grids_has_no_map() -> None:
    rows = [r for r in PLACES if not isinstance(r, Grid)]
    assert grid_map(whole(records([*rows, *PEOPLE]), PROCEDURES, TODAY), COMMUNITY) is None


# --- the page and the paper --------------------------------------------------------------------------------------------


def vacant(tile: Tile) -> bool:
    return not tile.leaders


def test_a_micro_grid_without_a_leader_says_so_in_words_and_by_its_edge() -> None:
    it = whole(records([*PLACES, *PEOPLE, *FULL]), PROCEDURES, TODAY)
    made = drawn()
    assert [vacant(t) for t in made.tiles] == [False, True]
    body = body_of(it, COMMUNITY)
    assert body.count("gridmap__tile--vacant") == 1
    assert body.count(">网格长暂缺<") == 1
    assert "1/2 个微网格" in body
    assert "微网格长暂缺" in body


def test_a_micro_grid_whose_leader_s_row_is_looked_into_is_not_said_to_have_none() -> None:
    there = records([*PLACES, *PEOPLE])
    lost = Withheld(COMMUNITY, "duties", "d9", Place("records/xiyuan/duties.csv", row=9), {"grid": "g1-2"})
    it = whole(Records(there.district, there.tables, (lost,)), PROCEDURES, TODAY)
    body = body_of(it, COMMUNITY)
    assert body.count(">网格长暂缺<") == 1, "of the other one alone"
    assert body.count(">正在核对<") >= 2, "in its tile and in its table"
    paper = next(n for n in notices.notices(it, "https://b.example/") if n.kind == "gridmap")
    said = text_of(notices.fragment(paper, templating.environment(ROOT / "templates")))
    assert said.count("微网格长暂缺") == 1
    assert "有1行记录正在核对，没有写在上面，也没有算进去" in said


@pytest.mark.parametrize("community", COMMUNITIES)
def test_every_tile_leads_to_its_place_in_the_tables_and_is_said_aloud(
    demo_whole: Whole, maps: dict[str, GridMap], community: str
) -> None:
    body = body_of(demo_whole, community)
    pictures = SVG.findall(body)
    assert len(pictures) == len(maps[community].fields)
    rest = SVG.sub("", body)
    said: list[str] = []
    for picture in pictures:
        tree = ElementTree.fromstring(picture)
        assert tree.get("role") == "group"
        assert tree.find("title") is not None
        assert tree.find("desc") is not None
        ids = {e.get("id") for e in tree if e.tag in ("title", "desc")}
        assert {tree.get("aria-labelledby"), tree.get("aria-describedby")} == ids
        for a in tree.iter("a"):
            assert f'id="{a.get("href", "")[1:]}"' in rest
            said.append(a.get("aria-label", ""))
    assert len(said) == len(set(said)) == len(maps[community].patches) + len(maps[community].tiles)
    plain = html.unescape(re.sub(r"<[^>]+>", "", rest))
    for tile in maps[community].tiles:
        assert tile.grid.scope in plain
    assert "style=" not in body


def test_no_letter_is_smaller_than_the_text_around_it(root: Path) -> None:
    css = (root / "site" / "assets" / "stylesheets" / "bugu.css").read_text("utf-8")
    sizes = {m[1]: int(m[2]) for m in re.finditer(r"\.gridmap__(\w+) \{[^}]*font: (?:700 )?(\d+)px", css)}
    assert sizes == {"compound": 17, "name": NAME, "small": SMALL}
    assert min(sizes.values()) * 328 / WIDE >= 14  # 328 px are left for it on a phone of 360


def test_the_paper_has_every_tile(demo_whole: Whole, maps: dict[str, GridMap]) -> None:
    env = templating.environment(ROOT / "templates")
    papers = {n.community: n for n in notices.notices(demo_whole, "https://b.example/") if n.kind == "gridmap"}
    assert set(papers) == set(COMMUNITIES)
    for community, notice in papers.items():
        said = text_of(notices.fragment(notice, env))
        for patch in maps[community].patches:
            assert patch.grid.name in said
            assert all(p.label in said and (p.person.work_phone or "") in said for p in patch.full_time)
        for tile in maps[community].tiles:
            assert tile.label in said
            assert tile.grid.scope in said
            assert all(p.label in said for p in tile.leaders)


def test_who_to_call_stands_beneath_each_grid() -> None:
    it = whole(records([*PLACES, *PEOPLE, *FULL]), PROCEDURES, TODAY)
    assert f'href="tel:{PHONE}"' in body_of(it, COMMUNITY)
    without = whole(records([*PLACES, *PEOPLE, *FULL[1:]]), PROCEDURES, TODAY)
    assert "专职网格员：暂时没有，请打社区值班电话" in body_of(without, COMMUNITY)
