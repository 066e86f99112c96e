"""一书三单: terms of agreements, needs matched with resources by projects, and what waits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, notices, search
from generator.facts.alliance import Alliance, alliance, last_day
from generator.pages.book import Book
from generator.pages.mechanisms import mechanism_pages
from generator.records import Records
from generator.sheet import PublicRow
from generator.sheets.agreements import Agreement
from generator.sheets.meetings import Meeting
from generator.sheets.needs import Need
from generator.sheets.projects import Project
from generator.sheets.resources import Resource
from generator.sheets.units import Unit
from generator.templating import environment
from tests.mechanisms import drawing
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)
SIGNED = date(2026, 1, 21)
NEED = row(Need, "N1", title="打球的地方", kind="文化活动", unit="U2", raised_on=date(2026, 1, 1))


def agreement(id: str = "A1", **more: date) -> Agreement:
    return row(Agreement, id, partner="西园小学党支部", unit="U1", **{"signed_on": SIGNED, **more})


def resource(id: str = "R1", of: str = "A1") -> Resource:
    return row(Resource, id, agreement=of, title="操场", kind="场地")


def project(id: str = "J1", need: str = "N1", due: date = date(2026, 7, 1), **more: object) -> Project:
    return row(Project, id, title="开放操场", need=need, due_on=due, **{"listed_on": date(2026, 1, 21), **more})


def found(*rows: PublicRow, today: date = TODAY, of: Records | None = None) -> Alliance:
    lists = alliance(of or records(rows), COMMUNITY, today)
    assert lists is not None
    return lists


def states(lists: Alliance) -> dict[str, str]:
    return {w.need.id: w.state for w in lists.wants}


def test_a_community_with_neither_agreement_nor_need_has_none() -> None:
    assert alliance(records([]), COMMUNITY, TODAY) is None
    assert alliance(records([agreement(signed_on=TODAY + timedelta(days=1))]), COMMUNITY, TODAY) is None


def test_a_list_of_this_year_s_projects_is_another_one_from_new_year_s_day_on() -> None:
    rows = [agreement(), NEED, project(resource="R1", done_on=date(2026, 5, 1)), resource()]
    assert found(*rows, today=date(2026, 12, 31)).changed == date(2026, 5, 1)
    assert found(*rows, today=date(2027, 2, 1)).changed == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, "running"),
        ({"until": TODAY}, "running"),
        ({"until": date(2026, 6, 16)}, "over"),
        ({"until": date(2027, 6, 16), "ended_on": date(2026, 3, 31)}, "broken"),
        ({"until": date(2027, 6, 16), "ended_on": TODAY}, "running"),
        ({"until": date(2026, 5, 1), "ended_on": date(2026, 6, 1)}, "over"),
    ],
)
def test_an_agreement_runs_to_its_last_day_or_to_the_one_it_was_ended_on(more: dict[str, date], state: str) -> None:
    [bond] = found(agreement(**more)).bonds
    assert bond.state == state


def test_a_need_is_unmet_until_a_project_takes_it_up() -> None:
    assert states(found(NEED)) == {"N1": "unmet"}
    assert [w.waits for w in found(NEED).unmet] == [167]
    taken = found(NEED, agreement(), resource(), project(resource="R1"))
    assert states(taken) == {"N1": "working"}
    [want] = taken.wants
    assert want.until == 20
    [work] = want.works
    assert work.resource is not None
    assert work.agreement is not None
    assert (work.resource.id, work.agreement.partner) == ("R1", "西园小学党支部")
    assert [w.id for w in taken.means[0].works] == ["J1"]


@pytest.mark.parametrize(
    ("projects", "state"),
    [
        ([project(due=date(2026, 6, 16))], "late"),
        ([project(due=TODAY)], "working"),
        ([project(done_on=date(2026, 6, 1))], "met"),
        ([project(done_on=date(2026, 6, 18))], "working"),
        ([project(done_on=date(2026, 6, 1)), project("J2")], "working"),
        ([project(listed_on=date(2026, 6, 18))], "unmet"),
    ],
)
def test_a_need_stands_as_its_projects_do(projects: list[Project], state: str) -> None:
    assert states(found(NEED, *projects)) == {"N1": state}


def test_what_is_no_longer_needed_counts_for_nothing_from_its_day_on() -> None:
    gone = row(Need, "N2", title="仓库", kind="其他", unit="U2", raised_on=SIGNED, dropped_on=date(2026, 6, 1))
    lists = found(NEED, gone)
    assert [w.need.id for w in lists.dropped] == ["N2"]
    assert (lists.matched.n, lists.matched.of) == (0, 1)
    assert states(found(NEED, gone, today=date(2026, 5, 31))) == {"N1": "unmet", "N2": "unmet"}


def test_nothing_is_called_unmet_while_a_project_for_it_is_being_looked_into() -> None:
    other = row(Need, "N2", title="坡道", kind="养老托幼", unit="U2", raised_on=SIGNED)
    kept = records([NEED, other, project()]).without([project()])
    lists = found(of=kept)
    assert states(lists) == {"N1": "checking", "N2": "unmet"}
    assert (lists.matched.n, lists.matched.of) == (0, 1)
    untold = replace(kept, withheld=tuple(replace(w, refers={}) for w in kept.withheld))
    assert set(states(found(of=untold)).values()) == {"checking"}


def test_rows_that_are_numbered_from_one_in_each_list_have_places_of_their_own() -> None:
    """Whoever writes 1, 2, 3 in every sheet still has links that lead where they say."""
    rows = [row(Need, "1", title="打球", kind="文化活动", unit="U2", raised_on=SIGNED), agreement("1"), resource("1", "1")]
    whole = drawing.seen([*rows, project("1", "1", resource="1")])
    book = Book(whole, environment(drawing.ROOT / "templates"))
    html = next(p.body for p in mechanism_pages(book, whole.records.communities[0]) if "/alliance/" in p.url)
    places = re.findall(r' id="([^"]+)"', html)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(places)


def test_nobody_else_is_said_to_do_what_a_body_does_that_is_being_looked_into() -> None:
    """The resource is the school's, but it is not the school that does it."""
    rows = [NEED, row(Unit, "U2", name="第一党小组", kind="楼栋党小组"), agreement(), resource()]
    of_theirs = drawing.seen([*rows, project(resource="R1")])
    assert "谁来办：西园小学党支部" in drawing.page(of_theirs, "alliance")
    waits = drawing.seen([*rows, project(resource="R1", unit="U9")])
    assert "谁来办：正在核对" in drawing.page(waits, "alliance")
    assert "开放操场正在核对：" in drawing.paper(drawing.papers("alliance", waits)[0])


def test_only_meetings_of_its_kind_that_were_held_are_listed() -> None:
    common = {"title": "会", "time": "9:00", "place_name": "驿站", "called": 9, "present": 9}
    rows = [
        row(Meeting, "M1", kind="党建联席会议", on=date(2026, 4, 1), **common),
        row(Meeting, "M2", kind="党建联席会议", on=date(2026, 7, 1), **common),
        row(Meeting, "M3", kind="三方联席会", on=date(2026, 4, 1), **common),
        row(Meeting, "M4", kind="党建联席会议", on=date(2026, 5, 1), **common),
    ]
    assert [m.id for m in found(NEED, *rows).meetings] == ["M4", "M1"]


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(until=st.none() | DAYS, ended=st.none() | DAYS, today=DAYS)
def test_an_agreement_binds_on_no_day_after_either_end(until: date | None, ended: date | None, today: date) -> None:
    one = row(Agreement, "A1", partner="甲", unit="U1", signed_on=date(2024, 1, 1), until=until, ended_on=ended)
    [bond] = found(one, today=today).bonds
    assert bond.running == all(end is None or today <= end for end in (until, ended))
    assert bond.running == (bond.state == "running")
    assert last_day(one) == min((d for d in (until, ended) if d), default=None)


@given(
    needs=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=6),
    projects=st.lists(st.tuples(st.integers(0, 7), DAYS, DAYS, st.none() | DAYS), max_size=8),
    today=DAYS,
)
def test_every_need_that_was_raised_stands_in_one_place(
    needs: list[tuple[date, date | None]], projects: list[tuple[int, date, date, date | None]], today: date
) -> None:
    rows: list[PublicRow] = [
        row(Need, f"N{n}", title="要", kind="其他", unit="U", raised_on=on, dropped_on=off)
        for n, (on, off) in enumerate(needs)
    ]
    rows += [
        project(f"J{n}", f"N{of}", due, listed_on=listed, done_on=done)
        for n, (of, listed, due, done) in enumerate(projects)
    ]
    lists = alliance(records(rows), COMMUNITY, today)
    shown = [w.need.id for part in (lists.unmet, lists.taken, lists.dropped) for w in part] if lists else []
    assert sorted(shown) == sorted(f"N{n}" for n, (on, _) in enumerate(needs) if on <= today)
    if lists:
        assert lists.matched.n == len(lists.taken) <= lists.matched.of
        assert len(lists.open) + len(lists.finished) == len(lists.works)
        assert lists.changed <= today


# --- the demonstration ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(
        build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/")
    )


@pytest.fixture(scope="module")
def page(gathered: build.Gathered) -> str:
    [bayi] = [c for c in gathered.whole.records.communities if c.id == "bayi"]
    return next(p.body for p in mechanism_pages(gathered.book, bayi) if p.url == "bayi/alliance/")


def test_the_page_says_what_is_unmet_and_for_how_long_and_what_is_late(page: str) -> None:
    text = search.text_of(page)
    assert text.index("还没有人接的需求") < text.index("有人接了的需求") < text.index("服务项目清单")
    assert "陪独居老人去医院\n还没有人接 已经等了 189 天" in text
    assert "还没办成，已过期 17 天" in text
    assert "有人接的 11/14（78.5%）" in text
    assert "按时办成的 6/8。" in text, "of fewer than ten no percentage"
    assert "协议提前结束，用不成了" in text


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:

    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= {*ids, "content"}


def test_the_paper_has_the_three_lists_and_no_resource_whose_agreement_is_over(gathered: build.Gathered) -> None:
    [paper] = [n for n in gathered.notices if n.kind == "alliance"]
    text = search.text_of(notices.fragment(paper, gathered.env))
    assert [t in text for t in ("一、共治资源清单", "二、治理需求清单", "三、服务项目清单")] == [True] * 3
    assert "写字楼会议室" in text
    assert "搬运车" not in text.split("二、治理需求清单")[0]
    assert paper.hang is None
    assert paper.date <= gathered.today
    assert f"截至{paper.date.year}年{paper.date.month}月{paper.date.day}日" in text, "as it is signed"
