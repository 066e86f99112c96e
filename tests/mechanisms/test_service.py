"""党员服务: people and hours add up, what is to come is not counted, nobody is named."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.facts.board import Hang
from generator.facts.services import Services, added, services
from generator.problems import Place
from generator.records import Withheld
from generator.sheets.pledges import Pledge
from generator.sheets.services import KINDS, Service
from generator.sheets.units import Unit
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row

BRANCH = row(Unit, "u1", name="西园小区党支部", kind="小区党支部")


def outing(n: int, on: date, people: int | None = 5, minutes: int | None = 60, kind: str = "门前三包") -> Service:
    return row(
        Service, f"s{n}", n + 2, on=on, kind=kind, place_name="大门口", unit="u1", people=people, minutes=minutes
    )


def pledge(n: int, reported: int, shown: int, as_of: date, unit: str = "u1") -> Pledge:
    return row(Pledge, f"p{n}", n + 2, unit=unit, reported=reported, shown=shown, as_of=as_of)


def found(*rows: Service | Pledge, today: date = TODAY) -> Services:
    there = services(records([BRANCH, *rows]), COMMUNITY, today)
    assert there is not None
    return there


DAYS = st.dates(date(2025, 7, 1), date(2026, 6, 30))
OUTINGS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 40), st.none() | st.integers(1, 720), st.sampled_from(KINDS)),
    max_size=30,
)


@given(OUTINGS)
def test_months_and_kinds_add_up_to_all_that_was_done_by_today(
    some: list[tuple[date, int | None, int | None, str]],
) -> None:
    rows = [outing(n, on, people, minutes, kind) for n, (on, people, minutes, kind) in enumerate(some)]
    there = services(records([BRANCH, *rows]), COMMUNITY, TODAY)
    if not rows:
        assert there is None
        return
    assert there is not None
    done = [(p, m) for on, p, m, _ in some if on <= TODAY and p and m]
    assert (there.total.outings, there.total.people) == (len(done), sum(p for p, _ in done))
    assert there.total.minutes == sum(p * m for p, m in done)
    for month in there.months:
        assert sum(k.minutes for k in month.kinds) == month.total.minutes
        assert sum(k.outings for k in month.kinds) == month.total.outings
    assert sum(m.total.people for m in there.months) == there.total.people


def test_twelve_months_are_kept_and_an_empty_one_stands_among_them() -> None:
    there = found(outing(1, date(2024, 1, 5)), outing(2, date(2026, 4, 5)), outing(3, date(2026, 6, 5)))
    assert len(there.months) == 12
    assert [m.total.outings for m in there.months[:3]] == [1, 0, 1]
    assert [m.over for m in there.months[:2]] == [False, True]
    assert there.total.outings == 2, "what is older than the months shown is not in their sum"


def test_what_is_to_come_is_told_and_not_counted() -> None:
    there = found(outing(1, TODAY + timedelta(days=3), None, None), outing(2, TODAY, None, None))
    assert [r.id for r in there.upcoming] == ["s2", "s1"]
    assert there.total.outings == there.unwritten == 0


def test_what_is_over_without_its_numbers_is_not_counted_and_that_is_said() -> None:
    there = found(outing(1, date(2026, 6, 1), 5, None), outing(2, date(2026, 6, 2)))
    assert (there.unwritten, there.total.outings) == (1, 1)


def test_of_a_branch_the_latest_numbers_count_once_they_are_known() -> None:
    rows = (
        pledge(1, 30, 20, date(2026, 3, 31)),
        pledge(2, 10, 9, date(2025, 9, 30)),
        pledge(3, 40, 40, date(2026, 6, 30)),
    )
    assert (found(*rows).shown.n, found(*rows).shown.of) == (20, 30)
    assert found(*rows, today=date(2026, 1, 1)).shown.of == 10


def test_hours_are_told_in_hours_and_minutes() -> None:
    there = seen([BRANCH, outing(1, date(2026, 5, 2), 3, 50)])
    assert "132小时30分钟" in page(there, "service"), "once, three people, two and a half hours"
    assert added("", [outing(1, TODAY, 3, 50)]).minutes == 150


def test_the_paper_of_a_month_hangs_when_the_month_is_over_and_says_what_the_page_says() -> None:
    some = papers("service")
    assert [n.subject_id for n in some] == ["2026-05", "2026-04", "2026-03"]
    assert some[0].hang == Hang(date(2026, 6, 1), date(2026, 6, 8), some[0].hang.term)  # type: ignore[union-attr]
    web = words(demo_page("bayi", "service"))
    for notice in some:
        month = notice.context["month"]
        told = f"{month.total.outings}次、{month.total.people}人次、"
        assert told in paper(notice)
        assert f"{month.first.month}月{month.total.outings}{month.total.people}{month.total.minutes // 60}小时" in web


def test_the_paper_of_a_month_tells_what_was_known_at_its_end() -> None:
    """A later count of the branches does not change what was hung."""
    rows = [BRANCH, outing(1, date(2026, 4, 5)), outing(2, date(2026, 5, 5)), pledge(1, 30, 20, date(2026, 4, 30))]
    later = pledge(2, 40, 35, date(2026, 6, 10))
    for some in (rows, [*rows, later]):
        may, april = papers("service", seen(some))
        assert (
            "截至2026年5月31日，登记了人数的1个党支部里，到社区报到的在职党员30人，在家门口亮明身份的20人（20/30）"
            in paper(may)
        )
        assert "截至2026年4月30日" in paper(april)
    assert "报到30人，亮身份20/30" in page(seen([*rows, later]), "service")
    assert "35/40" in page(seen([*rows, later]), "service")


def test_the_paper_says_that_rows_wait() -> None:
    lost = Withheld(COMMUNITY, "services", "s9", Place("records/xiyuan/services.csv", row=9), {})
    (notice,) = papers("service", seen([BRANCH, outing(1, date(2026, 5, 5))], withheld=(lost,)))
    assert "有1行记录正在核对，没有写在上面，也没有算进去" in paper(notice)


def test_no_rate_is_made_of_nobody() -> None:
    assert "0/0愿意" not in page(seen([BRANCH, pledge(1, 0, 0, date(2026, 3, 31))]), "service")


def test_nobody_is_named() -> None:
    web = words(demo_page("bayi", "service"))
    people = demo().whole.labels["bayi"].values()
    assert [name for name in people if name in web] == []
