"""议事协商会: who sits in it, and rules whose every version can be read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generator.checks.given import Given
from generator.facts.council import Council, councils, in_force, starts, versions
from generator.mechanisms.council import clauses_sound
from generator.sheets.clauses import Clause
from generator.sheets.duties import Duty
from generator.sheets.meetings import Meeting
from generator.sheets.people import Person
from generator.sheets.seats import Seat
from generator.sheets.units import Unit
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

UNIT = row(Unit, "U", name="西园议事会", kind="议事协商会", compound="C")
START = date(2021, 3, 1)


def clause(id: str, number: int, since: date, until: date | None = None, **more: object) -> Clause:
    return row(Clause, id, unit="U", number=number, text=f"{id}的话。", since=since, until=until, **more)


def found(*rows: object, today: date = TODAY) -> Council:
    there = councils(seen([UNIT, *rows], today), COMMUNITY)  # type: ignore[list-item]
    assert there is not None
    return there[0]


def test_a_council_of_which_nothing_is_kept_has_no_page() -> None:
    assert councils(seen([UNIT]), COMMUNITY) is None
    alone = row(Duty, "D1", person="P1", duty="议事协商会会长", unit="U", since=START)
    assert councils(seen([UNIT, row(Person, "P1", name="丁宛如", basis="职务公开"), alone]), COMMUNITY) is None


def test_each_change_makes_a_version_and_says_what_stood_there() -> None:
    day = date(2026, 3, 20)
    some = [
        clause("A1", 1, START, day - timedelta(days=1)),
        clause("A2", 1, day, why="有人拿来两张票。"),
        clause("B1", 2, START, day - timedelta(days=1)),
        clause("C1", 3, day),
    ]
    first, second = versions(some)
    assert [(v.since, v.until) for v in (first, second)] == [(START, date(2026, 3, 19)), (day, None)]
    assert [c.id for c in first.clauses] == ["A1", "B1"]
    assert [c.id for c in second.clauses] == ["A2", "C1"]
    assert first.changes == ()
    assert [(c.number, c.old and c.old.id, c.new and c.new.id) for c in second.changes] == [
        (1, "A1", "A2"),
        (2, "B1", None),
        (3, None, "C1"),
    ]


def test_a_version_to_come_is_not_in_force() -> None:
    council = found(clause("A1", 1, START, TODAY), clause("A2", 1, TODAY + timedelta(days=1)))
    assert council.rules is not None
    assert [c.id for c in council.rules.clauses] == ["A1"]
    assert [v.since for v in council.coming] == [TODAY + timedelta(days=1)]


@given(st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 60))), min_size=1, max_size=8))
def test_versions_follow_each_other_and_have_what_is_in_force(terms: list[tuple[int, int | None]]) -> None:
    some = [
        clause(f"c{n}", n, START + timedelta(days=a), None if b is None else START + timedelta(days=a + b))
        for n, (a, b) in enumerate(terms, 1)
    ]
    all_ = versions(some)
    assert tuple(v.since for v in all_) == starts(some)
    for before, after in pairwise(all_):
        assert before.until == after.since - timedelta(days=1)
        assert after.changes, "a version without a change is none"
    for v in all_:
        last = v.until or v.since + timedelta(days=200)
        for day in (v.since, last):
            assert set(v.clauses) == {c for c in some if in_force(c, day)}


def test_members_are_those_in_office_and_masked_without_consent() -> None:
    duty = {"unit": "U", "duty": "议事协商会成员", "since": START}
    council = found(
        row(Person, "P1", name="白*云", basis="不公开"),
        row(Person, "P2", name="丁宛如", basis="本人同意"),
        row(Person, "P3", name="马行之", basis="本人同意"),
        row(Duty, "D1", person="P1", **duty),
        row(Duty, "D2", person="P2", **{**duty, "duty": "议事协商会会长"}),
        row(Duty, "D3", person="P3", until=date(2025, 1, 1), **duty),
        row(Seat, "S1", unit="U", kind="楼组带头人", number=2),
    )
    assert [(d, [p.label for p in some]) for d, some in council.of_duty] == [
        ("议事协商会会长", ["丁宛如"]),
        ("议事协商会成员", ["白*云"]),
    ]
    assert council.named == 1


def test_its_meetings_are_those_of_its_compound() -> None:
    there = {"kind": "议事协商会", "time": "19:00", "place_name": "亭", "chair": "P", "recorder": "P", "about": "……"}
    there |= {"called": 13, "present": 12}
    council = found(
        clause("A1", 1, START),
        row(Meeting, "M1", title="一", on=TODAY, compound="C", **there),
        row(Meeting, "M2", title="二", on=TODAY, compound="E", **there),
        row(Meeting, "M3", title="三", on=TODAY + timedelta(days=1), compound="C", **there),
    )
    assert ([m.id for m in council.held], [m.id for m in council.ahead]) == (["M1"], ["M3"])


def test_the_page_has_every_version_with_what_changed_it() -> None:
    html = demo_page("fuqiang", "council")
    text = words(html)
    assert "第3版，2026年3月26日起施行，共15条" in text
    assert "写全姓名的10/13人" in text
    now, old = text.split("以前的规则全文", 1)
    assert "原来：小白板和信箱里的话，党支部看到以后尽快给答复。" in now
    assert "改成：小白板上的话，3个工作日内写明谁来受理。" in now
    assert 'href="../../fuqiang/resolutions/R-2026-07/"' in html
    assert "第2版（2021年3月15日至2026年3月25日，14条）" in old
    assert "第1版（2020年12月25日至2021年3月14日，14条）" in old


def test_a_small_community_s_rules_stand_by_themselves() -> None:
    text = page(seen([UNIT, clause("A1", 1, START)]), "council")
    assert "第1版，2021年3月1日起施行，共1条" in text
    assert "哪一条改过" not in text
    assert "谁是成员" not in text


def test_the_papers_have_the_rules_in_force_alone_and_the_members() -> None:
    [rules] = papers("councilrules")
    [members] = papers("council")
    assert "3个工作日内写明谁来受理" in paper(rules)
    assert "尽快给答复" not in paper(rules)
    assert rules.date == date(2026, 3, 26)
    assert (rules.hang, members.hang) == (None, None)
    assert "现有成员13人" in paper(members)
    assert paper(members).count("马*兰") == 2


def test_a_clause_that_is_missing_for_some_days_is_asked_about() -> None:
    day = date(2026, 3, 20)
    codes = {}
    for until in (day - timedelta(days=1), day - timedelta(days=9)):
        rows = [UNIT, clause("A1", 1, START, until), clause("A2", 1, day)]
        there = seen(rows)
        given_ = Given(there.records, there.procedures, TODAY, (COMMUNITY,))
        codes[until] = [(r.id, p.code, p.withholds) for r, p in clauses_sound(given_)]
    assert list(codes.values()) == [[], [("A2", "clause-gap", False)]]
