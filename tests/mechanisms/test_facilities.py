"""一室八中心: what is open, which rules hold, and the signs on the doors."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from generator import build, notices, search
from generator.facts.facilities import Rooms, in_force, rooms
from generator.pages.mechanisms import mechanism_pages
from generator.sheets.facilities import Facility
from generator.sheets.room_rules import RoomRule
from tests.rows import row

TODAY = date(2026, 6, 17)


def facility(id: str = "cs-1", at: int = 2, **more: object) -> Facility:
    return row(
        Facility,
        id,
        at,
        **{"name": "志愿服务中心", "kind": "中心", "where": "一楼", "does": "报名", "hours": "每天", **more},
    )


def clause(id: str, since: date, until: date | None = None, facility: str | None = None, number: int = 1) -> RoomRule:
    return row(RoomRule, id, facility=facility, number=number, text="用完关灯。", since=since, until=until)


def found(some: list[Facility], rules: list[RoomRule] | None = None, today: date = TODAY) -> Rooms:
    there = rooms(some, rules or [], today)
    assert there is not None
    return there


def test_without_rooms_there_is_nothing() -> None:
    assert rooms([], [clause("a", TODAY)], TODAY) is None


def test_rooms_stand_in_the_order_of_their_signs() -> None:
    some = [facility("a", 2), facility("b", 3, number=10), facility("c", 4, number=2)]
    assert [r.row.id for r in found(some).rooms] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("begins", "ends", "closed", "closing"),
    [
        (TODAY, TODAY, True, False),
        (date(2026, 6, 1), None, True, False),
        (date(2026, 6, 1), date(2026, 6, 16), False, False),
        (date(2026, 6, 18), date(2026, 6, 20), False, True),
        (date(2026, 7, 1), None, False, True),
        (date(2026, 7, 2), None, False, False),
        (None, None, False, False),
    ],
)
def test_shut_on_its_first_and_last_day(begins: date | None, ends: date | None, closed: bool, closing: bool) -> None:
    [room] = found([facility(closed_from=begins, closed_to=ends)]).rooms
    assert (room.closed, room.closing) == (closed, closing)


def test_a_room_that_is_to_open_is_not_open() -> None:
    assert [r.opened for r in found([facility(since=date(2026, 6, 18))]).rooms] == [False]
    assert [r.opened for r in found([facility(since=TODAY)]).rooms] == [True]


@given(st.lists(st.tuples(st.integers(-40, 40), st.one_of(st.none(), st.integers(0, 40))), max_size=8))
def test_every_rule_is_in_force_past_or_to_come(terms: list[tuple[int, int | None]]) -> None:
    rules = [
        clause(f"r{n}", TODAY + timedelta(days=a), None if b is None else TODAY + timedelta(days=a + b), number=n)
        for n, (a, b) in enumerate(terms, 1)
    ]
    there = found([facility()], rules)
    kinds = [{r.id for r in some} for some in (there.general, there.past, there.coming)]
    assert set().union(*kinds) == {r.id for r in rules}
    assert sum(map(len, kinds)) == len(rules)
    assert all(in_force(r, TODAY) for r in there.general)
    assert there.changed is None or there.changed <= TODAY


def test_a_rule_of_a_room_is_not_everybody_s() -> None:
    there = found([facility("a"), facility("b", 3)], [clause("1", LONG), clause("2", LONG, facility="b")])
    assert [r.id for r in there.general] == ["1"]
    assert [[r.id for r in room.rules] for room in there.rooms] == [[], ["2"]]


LONG = date(2023, 3, 1)


# --- as residents see it --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(
        build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/")
    )


@pytest.fixture(scope="module")
def page(gathered: build.Gathered) -> str:
    bayi = next(c for c in gathered.whole.records.communities if c.id == "bayi")
    return next(p.body for p in mechanism_pages(gathered.book, bayi) if p.url == "bayi/facilities/")


def test_one_room_and_eight_centres(page: str, gathered: build.Gathered) -> None:
    assert "1 室 8 中心" in page
    assert "学习教育活动中心" in page
    assert "志愿服务中心" in page
    assert sum(n.kind == "doorsign" and n.community == "bayi" for n in gathered.notices) == 9


def test_a_rule_that_was_changed_is_kept_as_it_was(page: str) -> None:
    now, before = page.split("已经不用的旧规矩", 1)
    assert "提前1天" in now
    assert "提前3天" not in now
    assert "提前3天" in before


def test_what_will_be_shut_is_said_first(page: str) -> None:
    assert "就要停开" in page
    assert page.index('href="#cs-07"') < page.index('id="rooms"')
    assert "2026年6月24日" in page.split('id="cs-07"', 1)[1].split("</article>", 1)[0]


def test_a_sign_says_what_a_visitor_asks_and_fits_on_one_sheet(gathered: build.Gathered) -> None:
    press = build.Press(gathered)
    for sign in (n for n in gathered.notices if n.kind == "doorsign"):
        html = notices.fragment(sign, gathered.env)
        room = sign.context["room"].row
        words = search.text_of(html)
        assert f"<h1>{room.name}</h1>" in html
        for said in (room.where, room.hours, *room.does.split("\n"), room.phone or sign.context["community"].phone):
            assert said in words
        pdf = press.pdf(sign, html)
        assert pdf is not None
        sheets = PdfReader(io.BytesIO(pdf)).pages
        assert len(sheets) == 1, sign.name
        assert "— 1 —" not in sheets[0].extract_text(), "a sign has no page number"
        assert sign.hang is None, "it hangs for good"


def test_a_sign_with_very_much_to_say_is_set_smaller_and_stays_on_one_sheet(gathered: build.Gathered) -> None:
    sign = next(n for n in gathered.notices if n.name == "doorsign-cs-01")
    html = notices.fragment(sign, gathered.env)
    line = "<li>小区里的事，坐下来商量，谁都可以来听，也可以说。</li>"
    longer = html.replace("<ul>", "<ul>" + line * 8).replace("居民议事室", "居民议事协商和矛盾调解联合服务室")
    pdf = build.Press(gathered).pdf(sign, longer)
    assert pdf is not None
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_a_keeper_who_is_not_to_be_named_is_not_on_the_sign(gathered: build.Gathered) -> None:
    assert all("*" not in n.context["keeper"] for n in gathered.notices if n.kind == "doorsign")


def test_the_sheet_of_rules_has_those_in_force_alone(gathered: build.Gathered) -> None:
    paper = next(n for n in gathered.notices if n.kind == "roomrules")
    words = search.text_of(notices.fragment(paper, gathered.env))
    assert "提前1天" in words
    assert "提前3天" not in words
    assert "老年活动中心" in words, "a room's own rules stand under its name"
    assert paper.date == date(2026, 5, 6)
