"""市民驿站: hours that are said once, and the ways on foot, the nearest first."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.station import MINUTES, Station, station
from generator.sheet import PublicRow
from generator.sheets.circle import Walk
from generator.sheets.compounds import Compound
from generator.sheets.facilities import Facility
from generator.sheets.figures import Figure
from generator.sheets.station import Function
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row

COMPOUND = row(Compound, "C1", name="西园小区", belongs="本社区")
NEIGHBOUR = row(Compound, "C2", 3, name="巷口新村", belongs="服务圈")


def walk(id: str, compound: str, minutes: int, **more: object) -> Walk:
    return row(Walk, id, compound=compound, minutes=minutes, **more)


def found(*rows: PublicRow) -> Station:
    it = station(records(rows), COMMUNITY, TODAY)
    assert it is not None
    return it


def test_a_community_without_a_station_has_none() -> None:
    assert station(records([COMPOUND]), COMMUNITY, TODAY) is None


def test_the_hours_of_a_room_are_said_where_the_function_has_none_of_its_own() -> None:
    room = row(Facility, "F1", name="卫生站", kind="中心", where="一楼", does="量血压", hours="周一至周六 8:30—17:30")
    [(_, (of_room,))] = found(
        room, row(Function, "Z1", kind="医卫康养", name="卫生站", does="量血压", facility="F1")
    ).groups
    assert (of_room.hours, of_room.spot) == ("周一至周六 8:30—17:30", "一楼")
    own = row(Function, "Z1", kind="医卫康养", name="卫生站", does="量血压", facility="F1", hours="全天", spot="二楼")
    [(_, (of_itself,))] = found(room, own).groups
    assert (of_itself.hours, of_itself.spot) == ("全天", "二楼")


def test_a_room_that_is_shut_for_some_days_is_said_to_be_until_they_are_over() -> None:
    days = {"closed_from": date(2026, 6, 24), "closed_to": date(2026, 6, 26), "closed_why": "搬家"}
    room = row(Facility, "F1", name="活动室", kind="中心", where="一楼", does="下棋", hours="每天", **days)
    function = row(Function, "Z1", kind="文化娱乐", name="活动室", does="下棋", facility="F1")
    assert "2026年6月24日至2026年6月26日停开：搬家" in page(seen([room, function]), "station")
    assert "停开" not in page(seen([room, function], date(2026, 6, 27)), "station")


def test_a_room_that_is_shut_until_further_notice_is_said_to_be_on_every_later_day() -> None:
    shut = {"closed_from": date(2026, 6, 1), "closed_why": "检修"}
    room = row(Facility, "F1", name="活动室", kind="中心", where="一楼", does="下棋", hours="每天", **shut)
    function = row(Function, "Z1", kind="文化娱乐", name="活动室", does="下棋", facility="F1")
    assert "2026年6月1日起停开，恢复的日子另行通知：检修" in page(seen([room, function]), "station")


def test_a_room_that_is_still_to_open_is_said_to_be_on_page_and_paper() -> None:
    since = date(2026, 7, 1)
    room = row(Facility, "F1", name="活动室", kind="中心", where="一楼", does="下棋", hours="每天", since=since)
    function = row(Function, "Z1", kind="文化娱乐", name="活动室", does="下棋", facility="F1")
    assert "还没有开门，2026年7月1日启用" in page(seen([room, function]), "station")
    [hours] = papers("station", seen([room, function]))
    assert "每天（2026年7月1日启用）" in paper(hours)
    assert "启用" not in page(seen([room, function], since), "station")


def test_whom_to_call_is_said_of_what_has_no_phone_of_its_own() -> None:
    function = row(Function, "Z1", kind="文化娱乐", name="活动室", does="下棋", hours="每天")
    assert "0951-5550150（社区值班电话）" in page(seen([function]), "station")


def test_ways_stand_by_minutes_and_what_nobody_walked_is_said() -> None:
    it = found(
        COMPOUND,
        NEIGHBOUR,
        walk("W1", "C1", 12),
        row(Compound, "C3", 4, name="水塔", belongs="服务圈"),
        walk("W2", "C2", 4),
    )
    assert [w.compound.id for w in it.ways] == ["C2", "C1"]
    assert [c.id for c in it.unmeasured] == ["C3"]
    assert (it.near, it.all) == (2, 3)
    assert [w.own for w in it.ways] == [False, True]


def test_a_way_that_is_to_be_walked_is_not_known_yet() -> None:
    it = found(COMPOUND, NEIGHBOUR, walk("W1", "C1", 12, walked_on=date(2026, 6, 18)), walk("W2", "C2", 4))
    assert [w.compound.id for w in it.ways] == ["C2"]
    assert [c.id for c in it.unmeasured] == ["C1"]


@given(st.lists(st.integers(1, 120), max_size=20))
def test_every_compound_is_within_the_circle_or_said_to_be_beyond(minutes: list[int]) -> None:
    rows: list[PublicRow] = [row(Function, "Z1", kind="就餐配餐", name="食堂", does="饭", hours="每天")]
    for n, m in enumerate(minutes):
        rows += [row(Compound, f"C{n}", n + 2, name=f"小区{n}", belongs="服务圈"), walk(f"W{n}", f"C{n}", m)]
    it = found(*rows)
    assert [w.walk.minutes for w in it.ways] == sorted(minutes)
    assert it.near == sum(m <= MINUTES for m in minutes)
    assert all(w.far == (w.walk.minutes > 15) for w in it.ways)


def test_the_page_says_who_lives_beyond_fifteen_minutes() -> None:
    whole = seen([COMPOUND, NEIGHBOUR, walk("W1", "C1", 16), walk("W2", "C2", 15)])
    text = page(whole, "station")
    assert "能到的有1/2个" in text
    assert text.count("超过15分钟") == 1


# --- the demonstration ----------------------------------------------------------------------------------------------


def test_the_demo_has_the_five_functions_and_thirteen_compounds_of_the_article() -> None:
    it = station(demo().whole.records, "bayi", TODAY)
    assert it is not None
    assert [k for k, _ in it.groups] == ["事务办理", "医卫康养", "就餐配餐", "文化娱乐", "党群活动"]
    assert (it.near, it.all, len(it.ways)) == (13, 13, 13)
    assert it.compounds is not None
    assert it.compounds.value == 13
    assert it.households is not None
    assert (it.households.value, it.households.rough) == (27000, "约")
    assert all(s.hours for _, some in it.groups for s in some)


def test_the_demo_s_page_says_hours_before_ways() -> None:
    html = demo_page("bayi", "station")
    text = words(html)
    assert text.index("早餐7:00—8:30") < text.index("从你家走过来要几分钟") < text.index("银纺二院")
    assert "13/13" in text
    assert "约27000户" in text
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("kind", "says"), [("station", "社区卫生站"), ("circle", "银纺二院14分钟")])
def test_its_papers_hang_for_good(kind: str, says: str) -> None:
    [it] = papers(kind)
    assert says in paper(it)
    assert it.hang is None
    assert it.date <= TODAY


def test_a_figure_of_another_thing_is_not_that_of_the_circle() -> None:
    figures = [
        row(Figure, "F1", name="小区", value=10, unit="个", source="台账"),
        row(Figure, "F2", 3, name="服务圈覆盖小区", value=2, unit="个", source="台账"),
        row(Figure, "F3", 4, name="服务圈内居民", value=900, unit="户", source="台账", as_of=date(2026, 6, 18)),
    ]
    it = found(*figures, COMPOUND, walk("W1", "C1", 5))
    assert it.compounds is not None
    assert it.compounds.id == "F2"
    assert it.households is None, "its day has not come"
