"""小红花卡: what earns, what can be had where and when, who was commended; and of the cards nothing but counts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, notices, search
from generator.checks import Given
from generator.facts.flower import Flower, flower, runs
from generator.facts.whole import Whole, whole
from generator.mechanisms import discover
from generator.mechanisms.flower import honours_sound, points_sound
from generator.pages.book import Page
from generator.pages.mechanisms import mechanism_pages
from generator.procedures import Procedures
from generator.sheet import PublicRow
from generator.sheets.honours import Honour
from generator.sheets.merchants import Merchant
from generator.sheets.offers import Offer
from generator.sheets.people import Person
from generator.sheets.points import Earning
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)


def _page(gathered: build.Gathered) -> Page:
    """The community's page of it alone."""
    community = next(c for c in gathered.whole.records.communities if c.id == "nanhua")
    return next(p for p in mechanism_pages(gathered.book, community) if p.url == "nanhua/flower/")


def test_an_office_alone_is_no_consent_to_a_commendation() -> None:
    """An office releases the name for what the office does; to be praised in public is for the person to agree to."""
    people = [
        row(Person, "p1", 2, name="马兰花", basis="本人同意"),
        row(Person, "p2", 3, name="王大海", basis="职务公开"),
        row(Person, "p3", 4, name="李小河", basis="不公开"),
    ]
    given_ = [honour(f"H{n}", person=f"p{n}") for n in (1, 2, 3)]
    found = flower(seen(merchant(), *people, *given_), COMMUNITY)
    assert found
    assert [p.who for p in found.years[0].praised] == ["马兰花", "王*海", "李*河"]


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/"))


@pytest.fixture(scope="module")
def text(gathered: build.Gathered) -> str:
    page = _page(gathered)
    return search.text_of(page.body)


def merchant(id: str = "S1", **values: object) -> Merchant:
    return row(Merchant, id, **{"name": "面馆", "kind": "餐饮店", "since": date(2026, 1, 1), **values})


def offer(id: str = "D1", **values: object) -> Offer:
    return row(Offer, id, **{"merchant": "S1", "title": "面一碗", "points": 10, **values})


def honour(id: str, **values: object) -> Honour:
    usual = {"person": "p1", "year": 2025, "title": "年度优秀微网格长", "on": date(2026, 1, 16)}
    return row(Honour, id, **{**usual, **values})


def seen(*rows: PublicRow, today: date = TODAY) -> Whole:
    from generator.sheets.communities import Community

    return whole(records([row(Community, COMMUNITY), *rows]), Procedures(), today)


def told(*rows: PublicRow) -> list[tuple[str, str, bool]]:
    given_ = Given(records(rows), Procedures(), TODAY, (COMMUNITY,))
    found = [p for check in (points_sound, honours_sound) for _, p in check(given_)]
    return [(p.code, p.place.column, p.withholds) for p in found]


# --- facts


def test_only_what_can_be_had_on_the_day_is_offered() -> None:
    past = merchant("S2", since=date(2025, 1, 1), until=date(2026, 6, 16))
    coming = merchant("S3", since=date(2026, 6, 18))
    last_day = merchant("S4", until=TODAY)
    some = [offer("D1"), offer("D2", until=date(2026, 6, 16)), offer("D3", since=date(2026, 7, 1)), offer("D4", points=4)]
    found = flower(seen(merchant(), past, coming, last_day, *some, offer("D5", merchant="S2")), COMMUNITY)
    assert found is not None
    assert [(p.merchant.id, [o.id for o in p.offers], [o.id for o in p.coming]) for p in found.partners] == [
        ("S1", ["D4", "D1"], ["D3"]),
        ("S4", [], []),
    ]
    assert ([m.id for m in found.past], [m.id for m in found.coming]) == (["S2"], ["S3"])
    assert (found.offers, found.least) == (2, 4)


def test_a_community_without_a_card_has_no_page() -> None:
    assert flower(seen(), COMMUNITY) is None


@given(st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.dates()), st.dates())
def test_what_runs_has_begun_and_has_not_ended(since: date | None, until: date | None, day: date) -> None:
    assert runs(offer(since=since, until=until), day) == ((since or date.min) <= day <= (until or date.max))


def test_the_commended_are_named_by_consent_alone() -> None:
    people = [
        row(Person, "p1", name="沈玉琴", basis="本人同意"),
        row(Person, "p2", name="孙丽芳", basis="不公开"),
    ]
    found = flower(seen(merchant(), *people, honour("H1"), honour("H2", person="p2", on=date(2026, 2, 1))), COMMUNITY)
    assert found is not None
    (year,) = found.years
    assert [p.who for p in year.praised] == ["沈玉琴", "孙*芳"]
    assert (year.year, year.people, year.on) == (2025, 2, date(2026, 2, 1))


def test_who_is_commended_later_is_not_said_yet() -> None:
    assert flower(seen(merchant(), honour("H1", on=date(2026, 6, 18))), COMMUNITY).years == ()  # type: ignore[union-attr]


# --- checks


def test_sound_rows_are_sound() -> None:
    assert told(merchant(until=date(2026, 12, 31)), offer(until=date(2026, 12, 31)), row(Earning, "J", name="巡逻", points=5)) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([merchant(until=date(2025, 12, 31))], [("agreement-ends", "协议止", True)]),
        ([merchant(), offer(points=0)], [("points-nought", "积分", True)]),
        ([row(Earning, "J", name="巡逻", points=0)], [("points-nought", "积分", True)]),
        ([merchant(), offer(since=date(2026, 5, 1), until=date(2026, 4, 1))], [("offer-ends", "停止日期", True)]),
        (
            [row(Earning, "J", name="巡逻", points=5, since=date(2026, 5, 1), until=date(2026, 4, 1))],
            [("earning-ends", "停止日期", True)],
        ),
        ([merchant(until=date(2026, 9, 30)), offer(until=date(2026, 10, 1))], [("offer-outside", "停止日期", False)]),
        ([honour("H", on=date(2026, 6, 18))], [("honour-ahead", "表彰日期", True)]),
        ([honour("H", year=2027)], [("honour-year", "年度", True)]),
        ([honour("H", year=25)], [("honour-year", "年度", True)]),
        ([honour("H"), honour("I")], [("honour-twice", "称号", True)]),
        ([honour("H"), honour("I", title="年度调解能手"), honour("J", year=2024)], []),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(rows: list[PublicRow], found: list[tuple[str, str, bool]]) -> None:
    assert told(*rows) == found


# --- the demonstration


def test_the_page_says_what_a_holder_wants_first(text: str, gathered: build.Gathered) -> None:
    shown = flower(gathered.whole, "nanhua")
    assert isinstance(shown, Flower)
    assert f"{len(shown.partners)} 家商户" in text
    for partner in shown.partners:
        assert partner.merchant.name in text
        for o in partner.offers:
            assert o.title in text
    assert text.index("到哪里换") < text.index("怎样攒分") < text.index("\n一共多少次") < text.index("\n表彰")
    assert "没有盖章的不算分" in text


def test_of_months_and_weeks_the_latest_stands_first_and_a_total_last(text: str) -> None:
    weeks = text[text.index("每一周的兑换") : text.index("\n表彰")]
    assert weeks.index("2026年6月8日至14日") < weeks.index("2026年6月1日至7日") < weeks.index("合计")
    months = text[text.index("每个月的服务打卡") : text.index("每一周的兑换")]
    assert months.index("2026年5月\n") < months.index("2026年4月\n") < months.index("2025年6月\n")


def test_precedence_is_only_ever_a_count_of_ten_or_more(gathered: build.Gathered, text: str) -> None:
    """The party's intake is the most sensitive of all: no number under 10, and no name near it."""
    (table,) = (t for t in gathered.whole.records.counts if t.sheet == "prospects")
    assert table.least == 10
    assert {c.shown for c in table.cells.values()} <= {"少于10", "不列"} | {str(n) for n in range(10, 57)}
    after = text[text.index("优先培养") :].split("自己的分怎么查")[0]
    assert not [who for who in gathered.whole.labels["nanhua"].values() if who in after]


def test_no_holder_no_card_number_and_no_balance_is_on_the_page(text: str) -> None:
    assert not re.search(r"卡号[:： ]*[A-Z]|还剩[:： ]*\d|余额[:： ]*\d", text)


def test_the_paper_says_what_the_page_says(gathered: build.Gathered, text: str) -> None:
    (paper,) = (n for n in gathered.notices if n.kind == "flower")
    said = search.text_of(notices.fragment(paper, gathered.env))
    assert paper.hang is None  # it hangs for good
    flat = re.sub(r"\s", "", text)
    for figure in re.findall(r"\d+分", said):
        assert figure in flat, figure
    for day in re.findall(r"\d{4}年\d+月\d+日", said):
        assert day in flat or day == "2026年3月1日", day


def test_it_keeps_private_sheets_apart_from_what_is_published() -> None:
    from generator.sheets import discover as sheets

    closed = {s for s in discover()["flower"].sheets if sheets()[s].stays}
    assert closed == {"holders", "stamps", "redemptions", "prospects"}
