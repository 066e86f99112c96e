"""培训: what is to come, who gave it, and n of N that came."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.facts.trainings import Trainings, trainings
from generator.sheets.trainings import Training
from generator.sheets.units import Unit
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

UNITS = (
    row(Unit, "so", name="暖巷社工", kind="社会组织"),
    row(Unit, "fire", 3, name="消防救援部门", kind="部门"),
)


def training(id: str, on: date, at: int = 2, **more: object) -> Training:
    return row(Training, id, at, **{"topic": f"课{id}", "on": on, "whom": "微网格长", "giver": "so", **more})


def found(*rows: Training) -> Trainings:
    there = trainings(seen([*UNITS, *rows]), COMMUNITY)
    assert there is not None
    return there


def test_without_trainings_there_is_nothing() -> None:
    assert trainings(seen([]), COMMUNITY) is None


COUNT = st.none() | st.integers(0, 99)


@given(st.lists(st.tuples(st.integers(-900, 200), st.booleans(), COUNT, COUNT), min_size=1, max_size=10))
def test_each_is_to_come_or_over_or_was_cancelled(of: list[tuple[int, bool, int | None, int | None]]) -> None:
    rows = [
        training(f"x{n}", TODAY + timedelta(days=d), n + 2, called=a, came=b, cancelled="雨" if off else None)
        for n, (d, off, a, b) in enumerate(of)
    ]
    there = found(*rows)
    held = [x.row.id for y in there.years for x in y.lessons]
    groups = [*(x.row.id for x in there.coming), *held, *(x.row.id for x in there.cancelled)]
    assert sorted(groups) == sorted(r.id for r in rows)
    both = [(a, b) for d, off, a, b in of if d < 0 and not off and a is not None and b is not None]
    assert sum(y.called for y in there.years) == sum(a for a, _ in both)
    assert sum(y.came for y in there.years) == sum(b for _, b in both)
    assert [y.year for y in there.years] == sorted({y.year for y in there.years}, reverse=True)


def test_one_without_the_number_called_is_not_in_the_rate() -> None:
    there = found(
        training("a", date(2026, 5, 1), called=20, came=15),
        training("b", date(2026, 5, 2), 3, came=9),
        training("c", date(2026, 5, 3), 4, giver="fire"),
    )
    [year] = there.years
    assert (year.came, year.called, len(year.counted), len(year.lessons), year.outside) == (15, 20, 1, 3, 2)


def test_a_giver_outside_the_sheet_is_no_social_organisation() -> None:
    [lesson] = found(training("a", TODAY, giver=None, other="急救培训点")).coming
    assert (lesson.giver, lesson.outside) == ("急救培训点", False)


def test_a_rate_of_fewer_than_ten_is_n_of_N_alone() -> None:
    few = page(seen([*UNITS, training("a", date(2026, 5, 1), called=9, came=6)]), "trainings")
    more = page(seen([*UNITS, training("a", date(2026, 5, 1), called=10, came=6)]), "trainings")
    assert "实到6/9人次" in few
    assert "%" not in few
    assert "实到6/10人次（60.0%）" in more


def test_the_paper_is_a_call_and_hangs_until_the_day() -> None:
    of = seen(
        [*UNITS, training("a", date(2026, 6, 24), told=date(2026, 6, 15), time="19:30—20:30", place_name="充电棚")]
    )
    [n] = papers("training", of)
    assert n.hang
    assert (n.hang.since, n.hang.until, n.date) == (date(2026, 6, 15), date(2026, 6, 24), date(2026, 6, 15))
    assert "2026年6月24日（星期三）19:30—20:30" in paper(n)
    assert "暖巷社工" in paper(n)


def test_a_call_that_was_cancelled_says_so_and_no_longer_asks_to_come() -> None:
    [n] = papers(
        "training",
        seen(
            [
                *UNITS,
                training("a", date(2026, 6, 24), cancelled="讲课的人病了", told=date(2026, 6, 15), time="19:30—20:30"),
            ]
        ),
    )
    assert "取消：讲课的人病了" in paper(n)
    assert "请按下面的时间来听" not in paper(n)
    assert "19:30" not in paper(n)


def test_a_call_without_its_day_is_no_paper_yet() -> None:
    """It would bear no true date."""
    assert papers("training", seen([*UNITS, training("a", date(2026, 6, 24))])) == []


def test_a_paper_of_long_ago_is_not_made_again() -> None:
    assert papers("training", seen([*UNITS, training("a", date(2025, 6, 24), told=date(2025, 6, 15))])) == []


def test_the_demonstration_says_who_came_and_what_a_third_party_taught() -> None:
    text = words(demo_page("nanhua", "trainings"))
    assert "暖巷社会工作服务中心来讲" in text
    assert "实到58/71人" in text
    assert text.index("充电棚和飞线怎么查") < text.index("2026年讲过的") < text.index("2025年讲过的")
    assert "腊月二十七" in text.split("取消了的")[1]
