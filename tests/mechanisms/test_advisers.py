"""法律顾问、警务助理: the days on which they sit follow from the rhythm, the terms, the holidays and what was changed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import build, calendar, notices, procedures, search
from generator.checks.given import Given
from generator.facts import advisers as facts
from generator.facts.advisers import Advisers, advisers, days, falls
from generator.mechanisms.advisers import advisers_sound
from generator.pages.mechanisms import mechanism_pages
from generator.records import Records
from generator.sheet import PublicRow
from generator.sheets.duties import Duty
from generator.sheets.people import Person
from generator.sheets.rescheduled import Rescheduled
from generator.sheets.sittings import EVERY, WEEKDAYS, Sitting
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)  # a Wednesday; Friday 19 June is a holiday
PEOPLE = (
    row(Person, "P1", name="丁文秀", basis="职务公开", work_phone="0951-5550152"),
    row(Person, "P2", name="罗长河", basis="职务公开"),
)


def duty(id: str = "D1", what: str = "法律顾问", person: str = "P1", **more: date) -> Duty:
    return row(Duty, id, person=person, duty=what, **{"since": date(2025, 1, 1), **more})


def sitting(id: str = "S1", every: str = "每周", weekday: str = "星期四", post: str = "D1", **more: date) -> Sitting:
    place = {"hours": "14:30—17:00", "place_name": "驿站"}
    return row(Sitting, id, post=post, every=every, weekday=weekday, **place, **{"since": date(2025, 1, 1), **more})


def change(on: date, to: date | None = None, id: str = "T1", **more: str) -> Rescheduled:
    return row(Rescheduled, id, sitting="S1", on=on, moved_to=to, **more)


def found(*rows: PublicRow, today: date = TODAY, of: Records | None = None) -> Advisers:
    both = advisers(of or records([*PEOPLE, *rows]), COMMUNITY, today)
    assert both is not None
    return both


def upcoming(*rows: PublicRow, today: date = TODAY) -> list[date]:
    return [v.on for v in found(*rows, today=today).present[0].next]


def test_a_community_that_never_had_any_has_no_such_page() -> None:
    assert advisers(records([*PEOPLE, duty(what="居委会主任")]), COMMUNITY, TODAY) is None


def test_the_next_visits_are_the_first_days_of_the_rhythm_from_today_on() -> None:
    four = [date(2026, 6, 18), date(2026, 6, 25), date(2026, 7, 2), date(2026, 7, 9)]
    assert upcoming(duty(), sitting()) == four
    assert upcoming(duty(), sitting(), today=date(2026, 6, 18)) == four
    assert found(duty(), sitting(), today=date(2026, 6, 18)).present[0].sits_today
    assert upcoming(duty(), sitting(), today=date(2026, 6, 19))[0] == date(2026, 6, 25)


@pytest.mark.parametrize(
    ("every", "weekday", "first"),
    [
        ("每月第一个", "星期三", date(2026, 7, 1)),
        ("每月第三个", "星期三", date(2026, 6, 17)),
        ("每月第四个", "星期日", date(2026, 6, 28)),
        ("每月最后一个", "星期二", date(2026, 6, 30)),
        ("每月第二个", "星期六", date(2026, 7, 11)),
    ],
)
def test_the_rhythm_within_the_month(every: str, weekday: str, first: date) -> None:
    assert upcoming(duty(), sitting(every=every, weekday=weekday))[0] == first


def test_nobody_is_announced_after_the_term_of_the_duty_or_of_the_sitting() -> None:
    assert upcoming(duty(until=date(2026, 6, 25)), sitting()) == [date(2026, 6, 18), date(2026, 6, 25)]
    assert upcoming(duty(), sitting(until=date(2026, 6, 20))) == [date(2026, 6, 18)]
    assert upcoming(duty(), sitting(since=date(2026, 6, 19)))[0] == date(2026, 6, 25)
    assert upcoming(duty(since=date(2026, 6, 1)), sitting(until=date(2026, 6, 1))) == []


def test_who_is_no_longer_in_office_is_not_present_and_the_post_is_vacant() -> None:
    both = found(duty(until=date(2026, 6, 16)), duty("D2", "警务助理", "P2"))
    assert [a.label for a in both.present] == ["罗长河"]
    assert both.vacant == ("法律顾问",)
    assert [(d.id, name) for d, name in both.past] == [("D1", "丁文秀")]
    assert found(duty(until=TODAY)).vacant == ("警务助理",)


def test_a_holiday_has_no_sitting_and_is_told() -> None:
    both = found(duty(), sitting(weekday="星期五"))
    assert next(v.on for v in both.present[0].next) == date(2026, 6, 26)
    june = both.months[0]
    assert [(g.on, g.change) for g, _ in june.missed] == [(date(2026, 6, 19), None)]
    assert date(2026, 6, 19) not in [v.on for v, _ in june.visits]


def test_two_of_one_day_stand_by_the_clock_and_not_by_the_letters() -> None:
    late, early = ("S1", "19:00—20:30"), ("S2", "9:00—11:30")
    rows = [
        row(
            Sitting,
            id,
            post="D1",
            every="每周",
            weekday="星期四",
            hours=hours,
            place_name="驿站",
            since=date(2025, 1, 1),
        )
        for id, hours in (late, early)
    ]
    both = found(duty(), *rows)
    assert [v.hours for v, _ in both.months[0].visits][:2] == ["9:00—11:30", "19:00—20:30"]
    assert [v.hours for v in both.present[0].next][:2] == ["9:00—11:30", "19:00—20:30"]


@pytest.mark.parametrize(
    ("hours", "minute"),
    [
        ("9:00—11:30", 540),
        ("14：30—17：30", 870),
        ("下午2:30—5:30", 870),
        ("晚上7点—8点半", 1140),
        ("下午14:30", 870),
        ("9点", 540),
        ("预约", 0),
    ],
)
def test_when_hours_begin(hours: str, minute: int) -> None:
    assert facts.begins(hours) == minute


def test_an_ordinary_weekend_is_nobody_s_holiday_but_one_in_a_break_is() -> None:
    months = found(duty(), sitting(weekday="星期六"), today=date(2026, 9, 20)).months
    assert date(2026, 9, 12) in [v.on for v, _ in months[0].visits]
    assert date(2026, 10, 3) in [g.on for g, _ in months[1].missed]


def test_a_visit_that_was_moved_stands_on_its_new_day_and_one_called_off_on_none() -> None:
    rows = (
        duty(),
        sitting(),
        change(date(2026, 6, 25), date(2026, 6, 26), hours="9:00—11:00", reason="出庭"),
        change(date(2026, 7, 2), id="T2"),
    )
    visits = found(*rows).present[0].next
    assert [v.on for v in visits] == [date(2026, 6, 18), date(2026, 6, 26), date(2026, 7, 9), date(2026, 7, 16)]
    assert (visits[1].moved_from, visits[1].hours) == (date(2026, 6, 25), "9:00—11:00")
    assert visits[0].hours == "14:30—17:00"
    june, july = found(*rows).months
    assert [g.on for g, _ in june.missed] == [date(2026, 6, 25)]
    assert [g.on for g, _ in july.missed] == [date(2026, 7, 2)]


def test_a_visit_that_was_moved_from_yesterday_to_tomorrow_is_the_next_one() -> None:
    assert upcoming(duty(), sitting(weekday="星期二"), change(date(2026, 6, 16), date(2026, 6, 18)))[0] == date(
        2026, 6, 18
    )


def test_the_last_visit_of_a_sitting_that_stopped_is_still_to_come_where_it_was_moved() -> None:
    """The hours changed on 12 June: the old sitting's last day was put off to next week."""
    old, new = sitting(until=date(2026, 6, 11)), sitting("S2", weekday="星期一", since=date(2026, 6, 29))
    moved = change(date(2026, 6, 11), date(2026, 6, 23))
    assert upcoming(duty(), old, new, moved)[:2] == [date(2026, 6, 23), date(2026, 6, 29)]
    [adviser] = found(duty(), old, new, moved).present
    assert [s.id for s in adviser.sittings] == ["S2"]  # its hours are no longer those


@pytest.mark.parametrize(
    ("to", "codes"),
    [
        (date(2026, 7, 3), []),
        (date(2026, 9, 25), ["rescheduled-far"]),
        (date(2062, 6, 26), ["rescheduled-far"]),
        (date(2026, 3, 24), ["rescheduled-far"]),
        (date(2026, 7, 11), ["rescheduled-over"]),
    ],
)
def test_a_visit_is_moved_to_a_day_near_by_and_within_the_term(to: date, codes: list[str]) -> None:
    rows = [*PEOPLE, duty(until=date(2026, 7, 10)), sitting(), change(date(2026, 6, 25), to)]
    given_ = Given(records(rows), procedures.Procedures({}, {}), TODAY, (COMMUNITY,))
    told = [(p.code, p.place.column, p.withholds) for _, p in advisers_sound(given_)]
    assert told == [(code, "改到", True) for code in codes]


def test_a_change_of_a_day_that_was_none_changes_nothing() -> None:
    assert upcoming(duty(), sitting(), change(date(2026, 6, 24), date(2026, 6, 26)))[:2] == [
        date(2026, 6, 18),
        date(2026, 6, 25),
    ]


def test_while_a_change_is_being_looked_into_no_day_is_given_for_certain() -> None:
    lost = change(date(2026, 6, 18))
    kept = records([*PEOPLE, duty(), sitting(), lost]).without([lost])
    both = found(of=kept)
    assert both.present[0].checking
    assert both.months[0].checking
    assert not found(duty(), sitting(), lost).present[0].checking


def test_in_a_year_whose_holidays_are_not_known_the_days_are_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(day: date) -> bool:
        if day.year > 2026:
            raise calendar.YearNotCovered(day.year)
        return day.weekday() < 5

    monkeypatch.setattr(facts, "is_workday", asked)
    both = found(duty(), sitting(), today=date(2026, 12, 28))
    assert [(v.on, v.sure) for v in both.present[0].next][:2] == [(date(2026, 12, 31), True), (date(2027, 1, 7), False)]
    assert [m.unsure for m in both.months] == [None, 2027]


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 1))


@given(st.sampled_from(EVERY), st.sampled_from(WEEKDAYS), st.integers(2025, 2026), st.integers(1, 12))
def test_a_monthly_rhythm_comes_to_one_day_of_each_month(every: str, weekday: str, year: int, month: int) -> None:
    one = sitting(every=every, weekday=weekday)
    length = monthrange(year, month)[1]
    hits = [d for n in range(1, length + 1) if falls(one, d := date(year, month, n))]
    assert all(WEEKDAYS[d.weekday()] == weekday for d in hits)
    assert len(hits) == 1 if every != "每周" else len(hits) in (4, 5)
    if every == "每月最后一个":
        assert hits[0] + timedelta(days=7) > date(year, month, length)


@given(
    today=DAYS,
    since=DAYS,
    until=st.none() | DAYS,
    term=st.none() | DAYS,
    weekday=st.sampled_from(WEEKDAYS),
    moves=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=4),
)
def test_every_visit_lies_in_both_terms_and_every_day_of_the_rhythm_is_a_visit_or_missed(
    today: date, since: date, until: date | None, term: date | None, weekday: str, moves: list[tuple[date, date | None]]
) -> None:
    assume(term is None or term >= date(2025, 1, 1))
    one, post = sitting(weekday=weekday, since=since, until=until), duty(until=term)
    changes = {on: change(on, to) for on, to in moves}
    last = today + timedelta(days=40)
    visits, missed = days(one, post, changes, today, last)
    begin, end = max(since, date(2025, 1, 1)), min(until or date.max, term or date.max)
    for v in visits:
        assert today <= v.on <= last
        asked = v.moved_from or v.on
        assert begin <= asked <= end
        assert WEEKDAYS[asked.weekday()] == weekday
    own = {v.on for v in visits if v.moved_from is None}
    away = {g.on for g in missed}
    rhythm = {today + timedelta(days=n) for n in range(41)}
    assert own | away == {d for d in rhythm if begin <= d <= end and falls(one, d)}
    assert not own & away


# --- the demonstration ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    site = "https://b.example/"
    return build.gather(build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url=site))


def _page(gathered: build.Gathered, community: str) -> str:
    [c] = [c for c in gathered.whole.records.communities if c.id == community]
    body = next(p.body for p in mechanism_pages(gathered.book, c) if p.url == f"{community}/advisers/")
    return search.text_of(body)


def test_the_page_says_first_when_they_come_next(gathered: build.Gathered) -> None:
    bayi = _page(gathered, "bayi")
    assert "下一次：2026年6月18日（星期四）14:30—17:30" in bayi
    assert "原定 2026年6月25日，律师当天要出庭，改到这天" in bayi
    assert "2026年7月7日（星期二）：警务助理，区里统一培训，这一次不来" in bayi
    nanhua = _page(gathered, "nanhua")
    assert "就在今天：2026年6月17日（星期三）15:00—17:00" in nanhua
    assert "2026年6月19日（星期五）：警务助理，放假" in nanhua
    assert "坐班的时间还没有登记" in _page(gathered, "fuqiang")


def test_of_those_who_came_only_suppressed_counts_are_shown(gathered: build.Gathered) -> None:
    assert re.search("继承赡养\n24\n少于5\n不列", _page(gathered, "bayi"))
    assert "来问什么的多" not in _page(gathered, "nanhua")


def test_the_paper_of_a_month_has_its_days_and_hangs_for_the_month(gathered: build.Gathered) -> None:
    mine = [n for n in gathered.notices if n.kind == "advisers" and n.community == "bayi"]
    june, july = sorted(mine, key=lambda n: n.date)
    assert (june.due, july.due) == (True, False)
    assert june.hang is not None
    assert (june.hang.since, june.hang.until) == (date(2026, 6, 1), date(2026, 6, 30))
    text = search.text_of(notices.fragment(june, gathered.env))
    assert "6月18日 周四" in text
    assert "6月26日 周五" in text
    assert "（原定6月25日）" in text
    assert re.search(r"6月25日 周四\s+不坐班\s+法律顾问\s+改到6月26日", text)
    nine, seven = (re.search(rf"6月26日 周五\s+{hours}", text) for hours in ("9:00", "19:00"))
    assert nine is not None
    assert seven is not None
    assert nine.start() < seven.start()
    assert "7月2日" not in text


# --- what is told to the volunteers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ((duty(), sitting()), []),
        ((duty(until=TODAY), sitting()), []),
        ((duty(until=date(2026, 6, 16)), sitting()), ["adviser-term-over", "sitting-term-over"]),
        ((duty(until=date(2026, 6, 16)), sitting(until=date(2026, 6, 16))), ["adviser-term-over"]),
        ((duty(until=date(2026, 6, 16)), duty("D2", since=TODAY), sitting(until=date(2026, 6, 16))), []),
        ((duty(), sitting(), change(date(2026, 6, 25))), []),
        ((duty(), sitting(), change(date(2026, 6, 25), date(2026, 6, 25), hours="9:00")), []),
        ((duty(), sitting(), change(date(2024, 12, 26))), ["rescheduled-early"]),
        ((duty(what="居委会主任"), sitting()), ["sitting-post"]),
    ],
)
def test_a_term_that_is_over_is_a_problem(rows: tuple[PublicRow, ...], codes: list[str]) -> None:
    asked = Given(records([*PEOPLE, *rows]), procedures.Procedures(), TODAY, (COMMUNITY,))
    told = list(advisers_sound(asked))
    assert [p.code for _, p in told] == codes
    assert all(not p.withholds for _, p in told if p.code.endswith("term-over"))


def test_nobody_is_said_to_be_wanting_while_a_row_of_the_duties_waits() -> None:
    there, waits = duty(until=date(2026, 6, 16)), duty("D2", since=TODAY)
    kept = records([*PEOPLE, there, waits]).without([waits])
    assert not list(advisers_sound(Given(kept, procedures.Procedures(), TODAY, (COMMUNITY,))))
