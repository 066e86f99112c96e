"""五社联动: what each of the five brought, and totals that agree with it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.facts.fivelinks import fivelinks, total
from generator.sheets.links import SIDES, Link
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row


def link(id: str, on: date, side: str, what: str = "换灯", **more: object) -> Link:
    return row(Link, id, on=on, side=side, what=what, who="谁", brought="出力", **more)


def test_without_anything_done_there_is_nothing() -> None:
    assert fivelinks(seen([]), COMMUNITY) is None
    assert fivelinks(seen([link("A", TODAY + timedelta(days=1), "社区")]), COMMUNITY) is None


def test_one_thing_of_two_sides_counts_once_in_all() -> None:
    shown = fivelinks(
        seen(
            [
                link("A", TODAY, "社区志愿者", people=6, hours=18),
                link("B", TODAY, "社区", people=2, hours=4),
                link("C", TODAY, "社会慈善资源", "发米面", amount=Decimal("200.50")),
                link("D", date(2025, 12, 31), "社区", people=9),
            ]
        ),
        COMMUNITY,
    )
    assert shown is not None
    now, before = shown.years
    assert (now.total.things, now.total.people, now.total.hours, now.total.amount) == (2, 8, 22, Decimal("200.50"))
    assert now.missing == ("社会组织", "社会工作者")
    assert [[r.id for r in t.links] for t in now.things if t.what == "换灯"] == [["B", "A"]]
    assert (before.year, before.total.people) == (2025, 9)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(SIDES),
            st.one_of(st.none(), st.integers(0, 99)),
            st.one_of(st.none(), st.integers(0, 99)),
            st.one_of(st.none(), st.decimals(0, 9999, places=2)),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_the_sides_come_to_all_of_them(some: list[tuple[str, int | None, int | None, Decimal | None]]) -> None:
    rows = [link(f"L{n}", TODAY, s, people=p, hours=h, amount=a) for n, (s, p, h, a) in enumerate(some)]
    shown = fivelinks(seen(rows), COMMUNITY)
    assert shown is not None
    [year] = shown.years
    assert [s.name for s in year.sides] == list(SIDES)
    for name in ("people", "hours", "amount"):
        assert sum(getattr(s.total, name) for s in year.sides) == getattr(year.total, name)
    assert year.total == total(rows)


def test_a_side_that_brought_nothing_is_said_so() -> None:
    text = page(seen([link("A", TODAY, "社区", people=3, hours=6)]), "fivelinks")
    assert "2026年没有出力记录的：社会组织、社会工作者、社区志愿者、社会慈善资源" in text


def test_page_and_paper_have_the_same_totals() -> None:
    text = words(demo_page("fuqiang", "fivelinks"))
    [sheet] = papers("fivelinks")
    assert "一起做了7件事，出了96人次、347小时，钱物折合6140元" in text
    assert "一起做了7件事，出了96人次、347小时，钱物折合6140元" in paper(sheet)
    assert "老人助餐点开灶" in text
    assert "老人助餐点开灶" not in paper(sheet), "that was the year before"
