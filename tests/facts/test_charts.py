"""Charts: lengths in proportion, nothing that is there unseen, nothing outside the drawing or over another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.facts.accountability import OUTCOMES, Age, Days, Group
from generator.facts.charts import BAR, HIGH, SEEN, WIDE, Chart, cut, of_ages, of_counts, of_days, of_groups

VALUES = st.lists(st.integers(0, 500), min_size=1, max_size=5)


def group(*outcomes: int) -> Group:
    return Group("", sum(outcomes), 0, 0, outcomes)


def test_a_row_a_group_cut_by_what_became_of_it() -> None:
    chart = of_groups([("三月", group(2, 1, 1, 0, 0)), ("四月", group(0, 0, 2, 0, 0)), ("五月", group(0, 0, 0, 0, 0))])
    march, april, may = (row.bars[0] for row in chart.rows)
    assert [(p.kind, p.value, p.x, p.width) for p in march.parts] == [
        ("in_time", 2, 0, 125),
        ("late", 1, 125, 63),
        ("running", 1, 188, 62),
    ]
    assert (march.end, march.value) == (BAR, 4)
    assert [(p.kind, p.x, p.width) for p in april.parts] == [("running", 0, 125)]
    assert (may.parts, may.value, may.end) == ((), 0, 0)
    assert chart.kinds == ("in_time", "late", "running")


def test_nought_days_are_a_figure_and_nothing_solved_is_none() -> None:
    chart = of_days([Days("大事", 2, 5, 10), Days("小事", 0, None, None), Days("急事", 1, 0, 0)])
    assert [(r.label, [b.value for b in r.bars]) for r in chart.rows] == [("大事", [5, 10]), ("急事", [0, 0])]
    assert [b.end for b in chart.rows[0].bars] == [BAR // 2, BAR]
    assert chart.kinds == ("half", "most")
    assert not of_days([Days("急事", 1, 0, 0)]).empty


def test_without_anything_there_is_no_chart() -> None:
    for chart in (of_groups([]), of_groups([("三月", group(0, 0, 0, 0, 0))]), of_days([]), of_counts([("网格", 0)])):
        assert chart.empty


def test_ages_show_what_is_late() -> None:
    chart = of_ages(["0–7 天", "更久"], [Age(0, 7, 1, 0), Age(8, None, 4, 3)])
    assert [[(p.kind, p.value) for p in r.bars[0].parts] for r in chart.rows] == [
        [("running", 1)],
        [("running", 1), ("late", 3)],
    ]


@given(VALUES, st.integers(0, 2000))
def test_lengths_add_up_and_keep_proportion(values: list[int], more: int) -> None:
    full = sum(values) + more
    lengths = cut(values, full, BAR)
    assert all((length >= SEEN) if value else (length == 0) for value, length in zip(values, lengths, strict=True))
    exact = sum(values) * BAR
    assert sum(lengths) * full >= exact - full
    for value, length in zip(values, lengths, strict=True):
        assert abs(length * full - value * BAR) <= (1 + SEEN * len(values)) * full


@given(st.lists(st.tuples(*[st.integers(0, 900)] * len(OUTCOMES)), max_size=20))
def test_everything_is_inside_the_drawing_and_nothing_lies_over_another(rows: list[tuple[int, ...]]) -> None:
    chart: Chart = of_groups([(str(n), group(*some)) for n, some in enumerate(rows)])
    bottom = 0
    for drawn, values in zip(chart.rows, rows, strict=True):
        assert bottom < drawn.y
        bottom = drawn.y
        (bar,) = drawn.bars
        assert bar.value == sum(values) == sum(p.value for p in bar.parts)
        assert bar.y >= bottom
        at = 0
        for part in bar.parts:
            assert part.x == at
            at = part.x + part.width
        assert at == bar.end <= BAR + SEEN * len(OUTCOMES) < WIDE
        bottom = bar.y + HIGH
    assert bottom <= chart.high
    assert set(chart.kinds) == {k for some in rows for k, v in zip(OUTCOMES, some, strict=True) if v}
