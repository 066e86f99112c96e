"""日服务人次: totals of open days, their mean and middle, beside the figure that was published."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from generator.facts.footfall import CARE, Footfall, footfall, tenth
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.figures import Figure
from generator.sheets.footfall import Served
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row

FIGURE = row(Figure, "F1", name="市民驿站日服务居民", value=100, unit="人次", source="报道")
Count = st.none() | st.integers(0, 2000)


def day(on: date, at: int = 2, **counts: int | None) -> Served:
    return row(Served, f"R{on:%Y%m%d}", at, on=on, **counts)


def found(*rows: PublicRow, today: date = TODAY) -> Footfall:
    it = footfall(records(rows), COMMUNITY, today)
    assert it is not None
    return it


def test_nothing_counted_is_no_page() -> None:
    assert footfall(records([FIGURE]), COMMUNITY, TODAY) is None
    assert footfall(records([day(TODAY + timedelta(1), clinic=5)]), COMMUNITY, TODAY) is None
    assert footfall(records([day(TODAY, canteen=300)]), COMMUNITY, TODAY) is None, "the canteen is not of the four"


def test_the_canteen_and_the_desk_are_told_beside_and_not_added_in() -> None:
    it = found(day(TODAY, clinic=40, elders=60, canteen=300, desk=20))
    assert it.spread.total == 100
    assert {p.title: (p.care, p.total) for p in it.months[0].places} == {
        "社区卫生站": (True, 40),
        "老年活动中心": (True, 60),
        "幸福食堂": (False, 300),
        "办事窗口": (False, 20),
    }


def test_a_day_on_which_none_was_open_counts_for_no_day() -> None:
    it = found(day(TODAY, clinic=40), day(TODAY - timedelta(1), 3, canteen=200), day(TODAY - timedelta(2), 4, clinic=0))
    assert (it.spread.days, it.spread.total, it.spread.least) == (2, 40, 0)


def test_the_days_that_reach_what_was_published_are_counted_of_the_last_thirty() -> None:
    rows = [day(TODAY - timedelta(n), n + 2, clinic=100 if n % 2 else 99) for n in range(40)]
    it = found(*rows, FIGURE)
    assert (it.reached, it.recent.days, it.spread.days) == (15, 30, 40)
    assert "够这个数的有15/30天" in page(seen([*rows, FIGURE]), "footfall")


def test_without_a_published_figure_none_is_spoken_of() -> None:
    text = page(seen([day(TODAY, clinic=40)]), "footfall")
    assert "公布的数字是" not in text
    assert "够这个数" not in text


def test_a_figure_of_a_day_to_come_is_not_published_yet() -> None:
    ahead = row(Figure, "F1", name="日服务居民", value=100, unit="人次", source="报道", as_of=TODAY + timedelta(1))
    assert found(ahead, day(TODAY, clinic=40)).figure is None
    assert found(ahead, row(Figure, "F2", 3, name="日服务居民", value=90, unit="人次", source="报道", as_of=TODAY),
                 day(TODAY, clinic=40)).figure.id == "F2"  # type: ignore[union-attr]  # fmt: skip


def test_while_a_day_is_being_looked_into_the_paper_says_so() -> None:
    rows = [day(date(2026, 5, 4), clinic=40), day(date(2026, 5, 5), 3, clinic=60)]
    whole = seen(rows)
    assert "正在核对" not in paper(papers("footfall", whole)[0])
    [waits] = papers("footfall", seen(rows, withheld=(Withheld(COMMUNITY, "footfall", "R", rows[0].place),)))
    assert "还有记录正在核对，没有写在上面，也没有算进去" in paper(waits)


def test_days_of_the_week_are_compared_when_there_are_weeks_of_them() -> None:
    few = [day(TODAY - timedelta(n), n + 2, clinic=100 + n % 7) for n in range(27)]
    assert "不急的事" not in page(seen(few), "footfall")
    assert "不急的事" in page(seen([*few, day(TODAY - timedelta(27), 99, clinic=106)]), "footfall")
    alike = [day(TODAY - timedelta(n), n + 2, clinic=100) for n in range(28)]
    assert "不急的事" not in page(seen(alike), "footfall"), "no day is the quietest"


@given(st.dictionaries(st.integers(0, 400), st.tuples(Count, Count, Count, Count), min_size=1, max_size=40))
def test_months_and_days_of_the_week_come_to_the_same_as_all_days(counts: dict[int, tuple[int | None, ...]]) -> None:
    rows = [
        day(TODAY - timedelta(n), at, **dict(zip(CARE, some, strict=True)))
        for at, (n, some) in enumerate(counts.items(), 2)
    ]
    totals = [sum(n for n in some if n is not None) for some in counts.values() if any(n is not None for n in some)]
    it = footfall(records(rows), COMMUNITY, TODAY)
    if it is None:
        assert not totals
        return
    assert it.spread.total == sum(totals) == sum(m.spread.total for m in it.months)
    assert it.spread.total == sum(s.total for _, s in it.weekdays)
    assert it.spread.days == len(totals) == sum(s.days for _, s in it.weekdays) == sum(len(m.days) for m in it.months)
    assert it.spread.middle == median_low(totals)
    assert it.spread.least <= it.spread.middle <= it.spread.most
    assert sum(p.total for m in it.months for p in m.places) == sum(totals)
    assert [d.on for d in it.days] == sorted((d.on for d in it.days), reverse=True)


@given(st.fractions(min_value=0, max_value=10_000))
def test_a_mean_is_cut_and_never_says_more_than_there_was(value: Fraction) -> None:
    said = Fraction(tenth(value))
    assert said <= value < said + Fraction(1, 10)


def test_a_month_is_over_from_the_day_after_its_last() -> None:
    [may] = found(day(date(2026, 5, 31), clinic=9), today=date(2026, 5, 31)).months
    assert (may.first, may.last, may.over) == (date(2026, 5, 1), date(2026, 5, 31), False)
    [may] = found(day(date(2026, 5, 31), clinic=9), today=date(2026, 6, 1)).months
    assert may.over
    [december] = found(day(date(2025, 12, 31), clinic=9)).months
    assert december.last == date(2025, 12, 31)


# --- the demonstration ----------------------------------------------------------------------------------------------


def test_the_demo_bears_out_the_figure_of_the_article_without_being_made_of_it() -> None:
    it = footfall(demo().whole.records, "bayi", TODAY)
    assert it is not None
    assert it.figure is not None
    assert it.figure.value == 350
    assert abs(it.recent.mean - 350) < 15
    assert 10 < it.reached < 30
    assert it.quietest == "星期日"


def test_the_demo_s_page_says_mean_middle_and_every_day() -> None:
    html = demo_page("bayi", "footfall")
    text = words(html)
    assert "公布的数字是每天350人次" in text
    assert "6月16日" in text
    assert "3月2日" in text
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_paper_for_each_month_that_is_over_hangs_for_a_week_from_the_next() -> None:
    found = papers("footfall")
    assert [n.subject_id for n in found] == ["2026-05", "2026-04", "2026-03"]
    hang = found[0].hang
    assert hang is not None
    assert (hang.since, hang.until) == (date(2026, 6, 1), date(2026, 6, 8))
    assert "另计" in paper(found[0])
    running = [day(date(2026, 6, 1), clinic=9), day(date(2026, 6, 2), 3, clinic=9)]
    assert papers("footfall", seen(running)) == []
