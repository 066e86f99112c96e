"""支部公示栏: this month's things, who is in office, and whether there was a 主题党日 in every month."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.branchboard import branches, months_kept
from generator.sheets.branch_items import BranchItem
from generator.sheets.duties import Duty
from generator.sheets.people import Person
from generator.sheets.units import Unit
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

BRANCH = row(Unit, "U", name="西园小区党支部", kind="小区党支部", role="召集议事。")
GROUP = row(Unit, "G", name="1号楼党小组", kind="楼栋党小组", parent="U")


def item(id: str, on: date, kind: str = "主题党日", **more: object) -> BranchItem:
    return row(BranchItem, id, unit="U", kind=kind, title=f"事{id}", on=on, **more)


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ([], (0, 0)),
        ([(1, "主题党日"), (2, "主题党日")], (2, 5)),  # March, April, May without; June still runs
        ([(5, "主题党日"), (6, "主题党日")], (2, 2)),
        ([(4, "党务公开")], (0, 2)),
        ([(6, "党务公开")], (0, 0)),
    ],
)
def test_months_are_judged_once_they_are_over(days: list[tuple[int, str]], kept: tuple[int, int]) -> None:
    rate = months_kept([item(f"{m}", date(2026, m, 3), kind) for m, kind in days], TODAY)
    assert (rate.n, rate.of) == kept


@given(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=20))
def test_never_more_months_than_there_were(days: list[date]) -> None:
    rate = months_kept([item(f"i{n}", d) for n, d in enumerate(days)], TODAY)
    assert 0 <= rate.n <= rate.of <= TODAY.month


def test_the_month_has_what_is_past_and_what_is_to_come_in_it() -> None:
    whole = seen(
        [
            BRANCH,
            item("A", date(2026, 6, 30)),
            item("B", date(2026, 6, 1)),
            item("C", date(2026, 5, 31)),
            item("D", date(2026, 7, 1)),
        ]
    )
    [branch] = branches(whole, COMMUNITY) or ()
    assert [[i.id for i in some] for some in (branch.month, branch.coming, branch.earlier)] == [
        ["B", "A"],
        ["D"],
        ["C"],
    ]
    assert branch.changed == date(2026, 6, 1)
    assert branches(seen([BRANCH]), COMMUNITY) is None


def test_leaders_are_those_of_the_branch_and_not_of_everything_that_it_looks_after() -> None:
    people = [
        row(Person, f"P{n}", name=name, basis="职务公开") for n, name in enumerate(("丁宛如", "马行之", "白云飞"))
    ]
    since = {"since": date(2024, 1, 1)}
    whole = seen(
        [
            BRANCH,
            GROUP,
            *people,
            row(Duty, "D0", person="P0", duty="小区党支部书记", unit="U", **since),
            row(Duty, "D1", person="P1", duty="微网格长", unit="U", **since),
            row(Duty, "D2", person="P2", duty="楼栋党小组组长", unit="G", **since),
            item("A", TODAY),
        ]
    )
    [branch] = branches(whole, COMMUNITY) or ()
    assert [p.label for p in branch.leads] == ["丁宛如"]
    assert [[p.label for p in g.leads] for g in branch.groups] == [["白云飞"]]
    assert "马行之" not in page(whole, "branchboard")


def test_who_came_to_what_is_still_to_be_is_not_said() -> None:
    text = page(seen([BRANCH, item("A", date(2026, 6, 20), called=12, came=9)]), "branchboard")
    assert "还没到日子" in text
    assert "9/12" not in text


def test_the_page_and_the_papers_of_the_month() -> None:
    text = words(demo_page("fuqiang", "branchboard"))
    assert "有6/6个月开了主题党日" in text
    assert "有3/4个月开了主题党日" in text
    sheets = papers("branchboard")
    assert [n.title for n in sheets] == ["东胜小区党支部公示栏（2026年6月）", "锦和里小区党支部公示栏（2026年6月）"]
    for said in ("纳志远", "到会21/31人", "18日星期四包粽子送老人"):
        assert said in paper(sheets[0])
    assert "实到" not in paper(sheets[0])
    assert all(n.hang and (n.hang.since, n.hang.until) == (date(2026, 6, 1), date(2026, 6, 30)) for n in sheets)
