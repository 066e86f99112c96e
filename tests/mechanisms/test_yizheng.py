"""民主议政日: the call before, the calendar of what was held, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from generator.facts.calls import Forum, forum, meeting_of
from generator.problems import Place
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.calls import Call
from generator.sheets.items import Item
from generator.sheets.matters import Matter
from generator.sheets.meetings import Meeting
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row

KIND = "民主议政日"


def meeting(id: str, on: date, kind: str = KIND, **more: object) -> Meeting:
    given = {
        "title": f"{on.month}月议政日",
        "time": "19:00",
        "place_name": "议事亭",
        "called": 30,
        "present": 25,
        "about": "说事。",
    }
    return row(Meeting, id, on=on, kind=kind, **{**given, **more})


def call(id: str, on: date, agenda: str = "路灯", kind: str = KIND, notice: date | None = None, **more: object) -> Call:
    given = {
        "title": f"{on.month}月议政日",
        "time": "19:00",
        "place_name": "议事亭",
        "invited": "居民",
        "agenda": agenda,
    }
    return row(Call, id, on=on, kind=kind, notice_on=notice or date(2026, 6, 1), **{**given, **more})


def found(*rows: PublicRow, today: date = TODAY) -> Forum:
    there = forum(seen(rows, today), COMMUNITY)
    assert there is not None
    return there


def matter() -> Matter:
    return row(Matter, "M-1", title="院里添路灯", size="小事", category="设施维修", raised_on=date(2026, 6, 1), procedure="liubu",
               channel="民主议政日", owner="u")  # fmt: skip


def test_without_one_held_and_without_a_call_there_is_no_page() -> None:
    assert forum(seen([meeting("m1", TODAY, "两委会议")]), COMMUNITY) is None


def test_a_call_to_another_meeting_is_not_lost_where_there_is_no_such_day() -> None:
    """What a volunteer writes into the sheet of calls is printed, whatever the meeting is."""
    there = seen([call("c1", date(2026, 7, 1), kind="居民代表会议", title="第三次代表会议")])
    (notice,) = papers("call", there)
    assert "第三次代表会议" in paper(notice)
    web = page(there, "yizheng")
    assert "第三次代表会议" in web
    assert "还没有登记过民主议政日" in web
    assert "还没有登记过民主议政日" not in page(seen([call("c1", date(2026, 7, 1))]), "yizheng")


@pytest.mark.parametrize(
    ("line", "text", "matter_id"),
    [
        ("添几盏路灯（M-1）", "添几盏路灯", "M-1"),
        ("添几盏路灯 (M-1)", "添几盏路灯", "M-1"),
        ("M-1：添几盏路灯", "添几盏路灯", "M-1"),
        ("M-1", "院里添路灯", "M-1"),
        ("添几盏路灯（M-10）", "添几盏路灯（M-10）", ""),
        ("上次的事", "上次的事", ""),
    ],
)
def test_a_line_of_the_agenda_finds_its_matter(line: str, text: str, matter_id: str) -> None:
    (topic,) = found(matter(), call("c1", date(2026, 7, 1), line)).ahead[0].topics
    assert (topic.text, topic.case.id if topic.case else "") == (text, matter_id)


def test_a_call_finds_its_meeting_by_kind_and_day_where_none_is_named() -> None:
    day = date(2026, 6, 10)
    same, other = meeting("m1", day), meeting("m2", day, "两委会议")
    assert meeting_of(records([same, other]), call("c", day)) is same
    assert meeting_of(records([other]), call("c", day)) is None
    assert meeting_of(records([same, meeting("m3", day)]), call("c", day)) is None, "of two it is not known which"
    assert meeting_of(records([same, other]), call("c", day, meeting="m2")) is other


def test_a_call_is_ahead_until_its_day_is_over_then_asleep_until_minutes_are_there() -> None:
    c = call("c", TODAY)
    assert [x.state for x in found(c).ahead] == ["ahead"]
    later = found(c, today=date(2026, 6, 18))
    assert [x.call.id for x in later.asleep] == ["c"]
    held = found(c, meeting("m", TODAY), today=date(2026, 6, 18))
    assert held.asleep == ()
    assert held.sittings[0].called is not None


def test_the_calendar_counts_months_that_are_over_and_says_what_is_called_for() -> None:
    there = found(meeting("m1", date(2026, 3, 3)), meeting("m2", date(2026, 5, 5)), call("c", date(2026, 6, 24)))
    assert [(m.turn.first.month, m.turn.state, len(m.ahead)) for m in there.months] == [
        (6, "open", 1), (5, "held", 0), (4, "missing", 0), (3, "held", 0),
    ]  # fmt: skip
    assert (there.kept, there.over) == (2, 3)


def test_the_page_says_that_a_month_may_hide_among_rows_that_are_looked_into() -> None:
    gone = Withheld(COMMUNITY, "meetings", "m9", Place())
    there = seen([meeting("m1", date(2026, 3, 3))], withheld=(gone,))
    assert "没有查到的那几次可能就在里面" in page(there, "yizheng")


def test_what_was_settled_stands_with_where_its_matter_is_now() -> None:
    item = row(Item, "i1", meeting="m1", number=1, title="路灯", matter="M-1", discussion="说了。", conclusion="先数一数。",
               owner="物业", due_on=date(2026, 6, 20))  # fmt: skip
    there = seen([matter(), meeting("m1", date(2026, 6, 10)), item])
    assert "说定：先数一数。（物业，2026年6月20日前）现在：办理中院里添路灯" in page(there, "yizheng")


def test_the_call_hangs_from_its_day_until_the_meeting_and_says_what_the_page_says() -> None:
    some = {(n.community, n.subject_id.removeprefix("call-")): n for n in papers("call")}
    notice = some["bayi", "YG-2026-07"]
    assert notice.due, "it is new on the board on the day of the demonstration"
    assert notice.hang is not None
    assert (notice.hang.since, notice.hang.until) == (date(2026, 6, 17), date(2026, 7, 8))
    told, web = paper(notice), words(demo_page("bayi", "yizheng"))
    for text in ("2026年7月8日（星期三）19:00—20:30", "柳荫小区旱柳下", "上次答应的：西巷路面哪天填", "0951-5550106"):
        assert text in told
        assert text in web
    assert "BY-2026-004" in told
    assert "特此通知" in told


def test_ten_of_the_community_s_days_are_on_record_and_the_months_without_one_say_so() -> None:
    web = words(demo_page("bayi", "yizheng"))
    assert "该开的11个月里，查到开了的有9/11" in web
    assert web.count("✗没有查到记录") == 2
