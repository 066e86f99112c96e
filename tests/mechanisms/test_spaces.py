"""议事亭和共享小屋: who uses them when, how often, and both sides of what was exchanged for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.spaces import Spaces, kinds, minutes, spaces
from generator.sheets.exchanges import Exchange
from generator.sheets.facilities import Facility
from generator.sheets.meetings import Meeting
from generator.sheets.space_uses import KINDS, SpaceUse
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

ROOM = row(Facility, "R", name="共享小屋", kind="室", where="西门内", does="议事", hours="每天", closed_from=None)


def use(id: str, on: date, time: str = "14:30—16:00", **more: object) -> SpaceUse:
    return row(SpaceUse, id, facility="R", on=on, time=time, **{"kind": "学习", "title": f"课{id}", **more})


def swap(id: str, since: date, until: date | None = None) -> Exchange:
    return row(
        Exchange, id, title=f"换{id}", partner="物业", unit="U", gets="屋子。", gives="值守。", since=since, until=until
    )


def found(*rows: object) -> Spaces:
    there = spaces(seen([ROOM, *rows]), COMMUNITY)  # type: ignore[list-item]
    assert there is not None
    return there


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("14:30—16:00", (870, 960)),
        ("9:00-11:30", (540, 690)),
        ("１４：３０至１６：００", (870, 960)),
        ("14:30 ～ 16:00", (870, 960)),
        ("22:00—24:00", (1320, 1440)),
        ("16:00—14:30", None),
        ("14:30—14:30", None),
        ("14:60—15:00", None),
        ("23:00—24:30", None),
        ("下午", None),
        ("", None),
    ],
)
def test_a_time_is_from_when_to_when(text: str, span: tuple[int, int] | None) -> None:
    assert minutes(text) == span


def test_this_week_the_next_and_what_was() -> None:
    shown = found(
        use("A", date(2026, 6, 15)),
        use("B", date(2026, 6, 21)),
        use("C", date(2026, 6, 22)),
        use("D", date(2026, 6, 28)),
        use("E", date(2026, 6, 29)),
        use("F", date(2026, 6, 14)),
        use("G", date(2025, 12, 31)),
        use("H", date(2026, 6, 15), "9:00—10:00"),
    )
    assert [[b.use.id for b in some] for some in (shown.week, shown.coming, shown.past)] == [
        ["H", "A", "B"],
        ["C", "D"],
        ["F"],
    ]
    assert spaces(seen([ROOM]), COMMUNITY) is None, "a room alone stands with the rooms"


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.one_of(st.none(), st.integers(0, 90))), max_size=20))
def test_kinds_come_to_all_of_them(some: list[tuple[str, int | None]]) -> None:
    uses = [use(f"u{n}", TODAY, kind=k, people=p) for n, (k, p) in enumerate(some)]
    counted = kinds(uses)
    assert sum(k.uses for k in counted) == len(some)
    assert sum(k.people for k in counted) == sum(p or 0 for _, p in some)
    assert all(k.uses for k in counted)


def test_what_is_still_to_be_is_not_counted_as_used() -> None:
    there = {
        "kind": "议事协商会",
        "time": "19:00",
        "chair": "P",
        "recorder": "P",
        "about": "……",
        "called": 3,
        "present": 3,
    }
    shown = found(
        use("A", TODAY - timedelta(days=1), people=9),
        use("B", TODAY, people=5),
        row(Meeting, "M1", title="会", on=TODAY, place_name="西园共享小屋", **there),
        row(Meeting, "M2", title="会", on=TODAY, place_name="议事亭", **there),
    )
    [room] = shown.spaces
    assert (room.uses, room.people) == (1, 9)
    assert [m.id for m in room.meetings] == ["M1"]


def test_an_exchange_that_is_over_is_not_said_to_run() -> None:
    shown = found(swap("A", date(2021, 1, 1), TODAY - timedelta(days=1)), swap("B", date(2021, 1, 1), TODAY))
    assert ([s.row.id for s in shown.running], [s.row.id for s in shown.ended]) == (["B"], ["A"])
    text = page(seen([ROOM, swap("A", date(2021, 1, 1))]), "spaces")
    assert "物业出的屋子。" in text
    assert "出的值守。" in text


def test_the_page_has_the_week_and_both_sides() -> None:
    text = words(demo_page("fuqiang", "spaces"))
    assert text.index("这一周谁在用") < text.index("往后一周") < text.index("资源置换")
    assert "包粽子2026年6月18日（星期四）9:00—11:30红色共享自治小屋" in text
    assert "正在换的（3笔）" in text
    assert "已经结束的（1笔）" in text
    assert "东胜小区物业服务中心出的西门内闲置的旧收发室" in text
    assert "登记用了20回、308人次" in text


def test_the_papers() -> None:
    [week] = papers("spaceweek")
    [swaps] = papers("exchanges")
    assert "包粽子" in paper(week)
    assert "旧书换新书" not in paper(week), "that is next week"
    assert week.hang is not None
    assert (week.hang.since, week.hang.until) == (date(2026, 6, 15), date(2026, 6, 21))
    assert "旧收发室" in paper(swaps)
    assert "36个车位" not in paper(swaps), "that is over"


def test_a_room_that_is_shut_says_so_on_page_and_paper() -> None:
    closing = row(
        Facility,
        "R",
        name="共享小屋",
        kind="室",
        where="西门内",
        does="议事",
        hours="每天",
        closed_from=TODAY + timedelta(days=1),
        closed_to=TODAY + timedelta(days=3),
        closed_why="修屋顶",
    )
    whole = seen([closing, use("A", TODAY), use("B", TODAY + timedelta(days=2))])
    text, sheet = page(whole, "spaces"), paper(papers("spaceweek", whole)[0])
    assert text.count("这天停开") == sheet.count("这天停开") == 1
    assert "就要停开：2026年6月18日至2026年6月20日，修屋顶。" in text
    assert "开放时间：每天。2026年6月18日至2026年6月20日停开（修屋顶）。" in sheet
    open_again = seen([closing, use("A", TODAY)], TODAY + timedelta(days=4))
    assert "停开（" not in paper(papers("spaceweek", open_again)[0])


def test_uses_of_which_nobody_wrote_how_many_came_are_said_to_be_so() -> None:
    some = [use("A", date(2026, 6, 1), people=8), use("B", date(2026, 6, 2))]
    assert "2回、8人次（有1回没有记人数，没有算进人次）" in page(seen([ROOM, *some]), "spaces")
    assert "1回（有1回没有记人数）" in page(seen([ROOM, some[1]]), "spaces")
