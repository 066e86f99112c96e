"""找我的网格员: every building finds its people, nobody is lost, and who may not be named can still be reached."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, notices, templating
from generator.facts.houses import LEADER, STEWARD, Block, Finder, House, finder, numbered
from generator.facts.stairs import house, houses
from generator.facts.whole import Whole, whole
from generator.mechanisms import discover
from generator.pages.book import Book
from generator.pages.mechanisms import mechanism_pages
from generator.problems import Place
from generator.procedures import load
from generator.records import Held, Records, Withheld
from generator.sheet import PublicRow
from generator.sheets.buildings import Building
from generator.sheets.communities import Community
from generator.sheets.compounds import Compound
from generator.sheets.duties import Duty
from generator.sheets.grids import Grid
from generator.sheets.people import Person
from generator.typeset import text_of
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

TODAY, LONG = date(2026, 6, 17), date(2024, 3, 1)
PROCEDURES = load(ROOT / "records" / "procedures")[0]
PHONE, DUTY_PHONE = "0951-5550151", "0951-5550150"
PLACES: list[PublicRow] = [
    row(
        Community, COMMUNITY, name="西园社区", street="街道", party="党委", about="一句话。", phone=DUTY_PHONE,
        hours="每天 9:00—17:00", objections_to="监委会", objections_phone="0951-5550159", objections_hours="每天",
        signer="西园社区居民委员会",
    ),
    row(Compound, "c1", 2, name="西园小区", belongs="本社区", buildings=4),
    row(Compound, "c2", 3, name="东园", belongs="本社区", buildings=2),
    row(Compound, "c3", 4, name="隔壁", belongs="服务圈"),
    row(Grid, "g1", 2, name="第一网格", level="网格", compound="c1", scope="西园小区"),
    row(Grid, "g1-1", 3, name="第一微网格", level="微网格", parent="g1", compound="c1", scope="1、2号楼", households=48),
    row(Grid, "g1-2", 4, name="第二微网格", level="微网格", parent="g1", compound="c1", scope="3号楼"),
    row(Building, "l1", 2, compound="c1", name="1号楼", grid="g1-1", units=2),
    row(Building, "l2", 3, compound="c1", name="二栋", grid="g1-1"),
    row(Building, "l3", 4, compound="c1", name="3号楼", grid="g1-2", units=1),
    row(Building, "l4", 5, compound="c1", name="临街门店"),
]  # fmt: skip
PEOPLE: list[PublicRow] = [
    row(Person, "p1", 2, name="马兰英", basis="职务公开", work_phone=PHONE),
    row(Person, "p2", 3, name="罗长河", basis="本人同意"),
    row(Person, "p3", 4, name="赵春生", basis="不公开", building="1号楼"),
    row(Person, "p4", 5, name="丁文秀", basis="本人同意"),
]


def duty(n: int, person: str, what: str, **more: Any) -> Duty:
    return row(Duty, f"d{n}", n + 1, person=person, duty=what, **{"since": LONG, **more})


FULL = [
    duty(1, "p1", "专职网格员", grid="g1"),
    duty(2, "p2", LEADER, grid="g1-1", serves="1、2号楼"),
    duty(3, "p3", STEWARD, grid="g1-1", serves="1号楼2单元"),
    duty(4, "p4", STEWARD, grid="g1-1", serves="2号楼"),
]


def all_of(*duties: PublicRow) -> Whole:
    return whole(records([*PLACES, *PEOPLE, *duties]), PROCEDURES, TODAY)


def found(*duties: PublicRow) -> Finder:
    it = finder(all_of(*duties), COMMUNITY)
    assert it
    return it


def at(it: Finder, id: str) -> tuple[House, Block]:
    return next((h, b) for a in it.areas for h, b in a.pairs if h.building.id == id)


def names(posts: tuple[Any, ...]) -> list[str]:
    return [p.label for p in posts]


def page(*duties: PublicRow) -> str:
    it = all_of(*duties)
    book = Book(it, templating.environment(ROOT / "templates"))
    made = {p.url: p.body for p in mechanism_pages(book, it.records.communities[0])}
    return made[f"{COMMUNITY}/finder/"]


def card(body: str, id: str) -> str:
    """What the page says of one building."""
    article = re.search(rf'<article[^>]* id="{id}".*?</article>', body, re.S)
    assert article
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", article[0])))


# --- who is found where ---------------------------------------------------------------------------------------------


def test_a_community_that_keeps_no_buildings_has_no_such_page() -> None:
    rows = [r for r in PLACES if not isinstance(r, Building)]
    assert finder(whole(records([*rows, *PEOPLE, *FULL]), PROCEDURES, TODAY), COMMUNITY) is None


def test_a_building_finds_its_stairs_its_leaders_and_its_grid() -> None:
    it = found(*FULL)
    first, block = at(it, "l1")
    assert [(d.name, names(d.stewards)) for d in first.doors] == [("1", []), ("2", ["赵*生"])]
    assert (names(block.leaders), names(block.full_time)) == (["罗长河"], ["马兰英"])
    second, same = at(it, "l2")
    assert same is block
    assert (names(second.stewards), second.doors) == (["丁文秀"], ())
    assert at(it, "l3")[1].leaders == ()
    assert names(at(it, "l3")[1].full_time) == ["马兰英"]


def test_only_compounds_of_the_community_are_offered_and_buildings_by_their_number() -> None:
    it = found(*FULL)
    assert [a.compound.id for a in it.areas] == ["c1", "c2"]
    assert [h.building.name for h, _ in it.areas[0].pairs] == ["1号楼", "二栋", "3号楼", "临街门店"]
    assert [a.missing for a in it.areas] == [1, 2]


def test_what_is_counted_is_counted_by_stair_and_by_micro_grid() -> None:
    it = found(*FULL)
    assert (it.houses, it.doors, it.led) == (4, (1, 3), (1, 2))


def test_stairs_are_only_counted_where_it_is_known_how_many_there_are() -> None:
    """Else those that have somebody are all that is known, and 3 of 3 would say that none is without."""
    rows = [r for r in PLACES if not isinstance(r, Building)]
    bare = [row(Building, "l1", 2, compound="c1", name="1号楼", grid="g1-1")]
    it = finder(whole(records([*rows, *bare, *PEOPLE, *FULL]), PROCEDURES, TODAY), COMMUNITY)
    assert it
    assert it.doors == (0, 0)
    assert names(at(it, "l1")[0].doors[0].stewards) == ["赵*生"], "whoever is there is shown all the same"


def test_who_is_out_of_office_or_not_yet_in_it_is_not_shown() -> None:
    gone = duty(2, "p2", LEADER, grid="g1-1", until=date(2026, 6, 16))
    later = duty(5, "p4", LEADER, grid="g1-1", since=date(2026, 6, 18))
    assert at(found(gone, later), "l1")[1].leaders == ()
    last = duty(2, "p2", LEADER, grid="g1-1", until=TODAY)
    assert names(at(found(last), "l1")[1].leaders) == ["罗长河"]


def test_the_last_change_is_a_beginning_or_the_day_after_an_end() -> None:
    def changed(*more: Duty) -> date | None:
        return at(found(*more), "l1")[1].changed

    assert changed() is None
    assert changed(*FULL) == LONG
    assert changed(*FULL, duty(5, "p4", LEADER, grid="g1-1", since=date(2024, 4, 1), until=date(2026, 6, 15))) == date(
        2026, 6, 16
    )
    assert changed(*FULL, duty(5, "p4", LEADER, grid="g1-1", since=date(2026, 7, 1))) == LONG
    assert changed(*FULL, duty(5, "p4", LEADER, grid="g1-2", since=date(2026, 5, 1))) == LONG
    assert changed(*FULL, duty(5, "p4", "人民调解员", since=date(2026, 5, 1))) == date(2026, 5, 1)


def test_who_takes_the_lead_stands_at_the_building_or_at_the_compound() -> None:
    one = duty(6, "p4", "楼组带头人", compound="c1", serves="3号楼")
    it = found(*FULL, one)
    assert [h.building.id for h, _ in it.areas[0].pairs if h.heads] == ["l3"]
    assert it.areas[0].heads == ()
    it = found(*FULL, duty(6, "p4", "楼组带头人", compound="c1"))
    assert names(it.areas[0].heads) == ["丁文秀"]
    assert not any(h.heads for h, _ in it.areas[0].pairs)


def test_a_leader_is_their_micro_grid_s_even_where_the_text_names_other_buildings() -> None:
    assert names(at(found(duty(2, "p2", LEADER, grid="g1-1", serves="12号楼")), "l1")[1].leaders) == ["罗长河"]


def test_a_text_that_names_two_compounds_is_not_taken_for_either() -> None:
    it = found(duty(3, "p4", STEWARD, compound="c1", serves="西园1号楼1单元、东园1号楼1单元"))
    assert names(it.areas[0].unplaced) == ["丁文秀"]
    assert not any(h.told for h, _ in it.areas[0].pairs if h.building.id == "l2")
    assert all(not d.stewards for h, _ in it.areas[0].pairs for d in h.doors)


def test_a_steward_whose_stair_cannot_be_made_out_is_shown_all_the_same() -> None:
    lost = duty(4, "p4", STEWARD, compound="c1", serves="9号楼1单元")
    it = found(*FULL[:3], lost)
    assert names(it.areas[0].unplaced) == ["丁文秀"]
    assert "还没有写清楚是哪个单元的：丁文秀（9号楼1单元）" in re.sub(r"<[^>]+>", "", page(*FULL[:3], lost))


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 5)), min_size=1, max_size=20, unique=True))
def test_no_steward_is_lost_and_none_is_shown_at_another_stair(stairs: list[tuple[int, int]]) -> None:
    rows = [row(Building, f"b{n}", n + 1, compound="c1", name=f"{n}号楼", grid="g1-1", units=4) for n in range(1, 6)]
    kept = [r for r in PLACES if not isinstance(r, Building)]
    duties = [
        row(Duty, f"d{n}", n + 2, person="p4", duty=STEWARD, grid="g1-1", serves=f"{h}号楼{u}单元", since=LONG)
        for n, (h, u) in enumerate(stairs)
    ]
    it = finder(whole(records([*kept, *PEOPLE, *rows, *duties]), PROCEDURES, TODAY), COMMUNITY)
    assert it
    shown = {
        p.duty.id: (h.building.name, d.name) for a in it.areas for h, _ in a.pairs for d in h.doors for p in d.stewards
    }
    lost = {p.duty.id for p in it.areas[0].unplaced}
    for d, (h, u) in zip(duties, stairs, strict=True):
        assert (d.id in lost) is (h == 6)
        assert h == 6 or shown[d.id] == (f"{h}号楼", str(u))


# --- what is said of them --------------------------------------------------------------------------------------------


def test_the_page_says_whom_to_call_first_and_what_to_do_when_nobody_answers() -> None:
    told = card(page(*FULL), "l1")
    assert re.search(rf"有事先找专职网格员： 马兰英 {PHONE}", told)
    assert "1单元 暂时没有" in told
    assert "2单元 赵*生" in told
    assert "微网格长 罗长河" in told
    assert re.search(rf"找不到人 社区值班电话 {DUTY_PHONE} （每天 9:00—17:00）", told)
    assert "人员最近一次变动： 2024年3月1日" in told


def test_a_name_without_consent_never_reaches_the_page_and_the_way_to_them_does() -> None:
    body = page(*FULL)
    assert "赵春生" not in body
    assert "本人没有同意公开全名" in body
    assert f'href="tel:{PHONE}"' in body


def test_a_building_that_nobody_serves_says_so_and_gives_the_duty_phone() -> None:
    told = card(page(*FULL), "l4")
    assert "这栋楼现在没有人负责 （还没有划进网格）" in told
    assert DUTY_PHONE in told
    ended = duty(1, "p1", "专职网格员", grid="g1", until=date(2026, 6, 1))
    told = card(page(ended), "l3")
    assert "这栋楼现在没有人负责 ，有事请打社区值班电话" in told
    assert DUTY_PHONE in told
    assert PHONE not in told


def _awaiting(refers: dict[str, str], *duties: PublicRow) -> Whole:
    """The community with one duty whose row is being looked into."""
    it = records([*PLACES, *PEOPLE, *duties])
    lost = Withheld(COMMUNITY, "duties", "d9", Place("records/xiyuan/duties.csv", row=9), refers)
    return whole(Records(it.district, it.tables, (lost,)), PROCEDURES, TODAY)


def _page_of(it: Whole) -> str:
    book = Book(it, templating.environment(ROOT / "templates"))
    made = {p.url: p.body for p in mechanism_pages(book, it.records.communities[0])}
    return made[f"{COMMUNITY}/finder/"]


@pytest.mark.parametrize(
    ("refers", "waits"),
    [({"grid": "g1-2"}, True), ({"grid": "g1"}, True), ({"compound": "c1"}, True), ({}, True), ({"grid": "g9"}, False),
     ({"grid": "g1-1"}, True), ({"compound": "c2"}, False), ({"unit": "u9"}, True)],
)  # fmt: skip
def test_nobody_is_said_to_be_missing_while_their_row_is_looked_into(refers: dict[str, str], waits: bool) -> None:
    it = _awaiting(refers)
    told = card(_page_of(it), "l3")
    assert ("正在核对" in told) is waits
    assert ("没有人负责" in told) is not waits
    assert ("暂时没有" in told) is not waits
    env = templating.environment(ROOT / "templates")
    paper = next(n for n in notices.notices(it, "https://b.example/") if n.name == "gridcard-c1-g1-2")
    said = text_of(notices.fragment(paper, env))
    assert ("暂缺" in said) is not waits


def test_without_a_full_time_member_the_duty_phone_comes_first() -> None:
    told = card(page(*FULL[1:]), "l1")
    assert "这栋楼现在没有专职网格员，有事请打社区值班电话" in told
    assert told.index(DUTY_PHONE) < told.index("罗长河")


def test_buildings_that_are_not_on_the_list_are_told_of() -> None:
    said = re.sub(r"<[^>]+>", "", page(*FULL))
    assert "这个小区有 4 栋楼，还有 1 栋没有登记在这里" in said
    assert "这个小区的楼栋还没有登记" in said


def test_every_building_is_reached_by_a_plain_link() -> None:
    body = page(*FULL)
    links = set(re.findall(r'href="#([^"]+)"', body))
    assert {"l1", "l2", "l3", "l4"} <= links
    assert links <= set(re.findall(r'\bid="([^"]+)"', body)) | {"content"}
    assert re.search(r"<form[^>]* hidden", body)


def test_a_card_for_the_door_has_the_people_of_its_buildings_and_no_others() -> None:
    it = all_of(*FULL, duty(5, "p4", LEADER, grid="g1-2"))
    made = {n.name: n for n in notices.notices(it, "https://b.example/") if n.kind == "gridcard"}
    assert set(made) == {"gridcard-c1-g1-1", "gridcard-c1-g1-2"}
    paper = text_of(notices.fragment(made["gridcard-c1-g1-1"], templating.environment(ROOT / "templates")))
    assert made["gridcard-c1-g1-1"].title == "西园小区1、2号楼：你家的网格员"
    assert f"有事先找专职网格员马兰英，电话{PHONE}" in paper
    assert "微网格长（第一微网格，48户）：罗长河。" in paper
    assert "1号楼1单元　暂缺" in paper
    assert "1号楼2单元　赵*生" in paper
    assert "二栋全楼　丁文秀" in paper
    assert "3号楼" not in paper
    assert "2024年3月1日" in paper


# --- the demonstration -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo_whole(demo: Path) -> Whole:
    return build.check(demo, date(2030, 1, 1))[0]


def test_nanhua_finds_all_its_174_stewards_and_56_leaders(demo_whole: Whole) -> None:
    it = finder(demo_whole, "nanhua")
    assert it
    stewards = [
        (p.person.id, h.building.id, d.name) for b in it.blocks for h in b.houses for d in h.doors for p in d.stewards
    ]
    assert len({person for person, _, _ in stewards}) == len(stewards) == 174
    assert len({(building, unit) for _, building, unit in stewards}) == 174
    assert len({p.person.id for b in it.blocks for p in b.leaders}) == 56
    assert (it.houses, it.doors, it.led) == (46, (174, 174), (30, 30))
    assert not any(a.missing or a.unplaced for a in it.areas)
    assert all(b.full_time and b.full_time[0].person.work_phone for b in it.blocks)


@pytest.mark.parametrize("community", ["bayi", "nanhua", "fuqiang"])
def test_everywhere_the_buildings_are_those_that_the_grids_say(demo_whole: Whole, community: str) -> None:
    it = finder(demo_whole, community)
    assert it
    assert sum(a.compound.buildings for a in it.areas) == sum(
        h.building.name.endswith("号楼") for b in it.blocks for h in b.houses
    )
    for block in it.blocks:
        assert block.grid
        assert block.named
        if block.micro:
            named = houses(block.grid.scope)
            assert set(named) == {house(h.building.name) for h in block.houses if numbered(h.building)}


def test_the_declaration_names_its_checks_and_its_paper() -> None:
    mechanism = discover()["finder"]
    assert mechanism.papers == ("gridcard",)
    assert {c.__name__ for c in mechanism.checks} == {"houses_sound", "stewards_placed"}


def test_a_row_that_is_looked_into_is_marked(demo_whole: Whole) -> None:
    duty_of = next(d for d in demo_whole.records.rows("nanhua", Duty) if d.duty == STEWARD)
    held = Held("nanhua", "duties", duty_of.id, date(2026, 6, 10), kept=True)
    seen = replace(demo_whole, records=replace(demo_whole.records, held=(held,)))
    book = Book(seen, templating.environment(ROOT / "templates"))
    c = next(c for c in seen.records.communities if c.id == "nanhua")
    body = next(p.body for p in mechanism_pages(book, c) if p.url == "nanhua/finder/")
    assert body.count("新内容正在核对，这是") == 1
