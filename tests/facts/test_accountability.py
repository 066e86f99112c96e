"""The account: rates as counted by hand, percentiles by their definition, and the claim only when it is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts import accountability as acc
from generator.facts import breakdown, tallies
from generator.facts.accountability import OUTCOMES, Account, account
from generator.facts.breakdown import nearest_rank
from generator.facts.cases import Case
from generator.facts.status import standing
from generator.facts.whistles import Rate
from generator.facts.whole import Whole, whole
from generator.problems import Place
from generator.procedures import load
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.compounds import Compound
from generator.sheets.matters import CLASSES, LEVELS, Matter
from generator.sheets.people import Person
from generator.sheets.steps import Step
from generator.sheets.units import Unit
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

PROCEDURES = load(ROOT / "records" / "procedures")[0]
RAISED = date(2026, 3, 2)
SIX = ("集议题", "定议题", "拟方案", "做表决", "促落实", "有备案")
Taken = tuple[str, str, int]


def day(n: int) -> date:
    return RAISED + timedelta(n)


def rows_of(id: str, *taken: Taken, raised: int = 0, size: str = "小事", **more: Any) -> list[PublicRow]:
    """A matter and its steps: (step, result, day)."""
    extended = {n: more.pop("extended") for n, (_, result, _) in enumerate(taken) if result == "延期"}
    matter = row(Matter, id, title=id, size=size, procedure="liubu", category="其他", raised_on=day(raised), **more)
    steps: list[PublicRow] = [
        row(Step, f"{id}-{n}", n + 2, matter=id, step=step, result=result, on=day(on), extended_to=extended.get(n))
        for n, (step, result, on) in enumerate(taken)
    ]
    return [matter, *steps]


def seen(today: int, *rows: Sequence[PublicRow], withheld: tuple[Withheld, ...] = ()) -> Whole:
    made = records([row(Community, COMMUNITY, name="西苑社区"), *(r for some in rows for r in some)])
    return whole(replace(made, withheld=withheld), PROCEDURES, day(today))


def on(today: int, *rows: Sequence[PublicRow]) -> Account:
    return account(seen(today, *rows), [COMMUNITY])


SOLVED = ("促落实", "完成")


# --- what may be said -----------------------------------------------------------------------------------------------


def test_nothing_raised_nothing_claimed() -> None:
    a = on(0)
    assert not a.promise.kept
    assert not a.promise.answered
    assert (a.total.on_time, a.replies.given) == (Rate(0, 0), Rate(0, 0))
    assert (a.open, a.overdue, a.ways) == (0, (), ())


def test_the_claim_holds_up_to_the_last_day_and_not_the_day_after() -> None:
    """小事 are given 30 days: day 30 is in time, on day 31 nobody may say 件件有着落 any more."""
    taken = ("定议题", "完成", 3)
    assert on(30, rows_of("M-1", taken)).promise.kept
    late = on(31, rows_of("M-1", taken))
    assert not late.promise.kept
    assert [(o.case.id, o.days, o.due, o.step) for o in late.overdue] == [("M-1", 1, day(30), "拟方案")]


def test_what_nobody_has_answered_has_no_有着落() -> None:
    """Nothing is overdue, yet one matter has lain for more than its seven days without a word."""
    assert on(7, rows_of("M-1")).promise.kept
    silent = on(8, rows_of("M-1"), rows_of("M-2", ("定议题", "完成", 3))).promise
    assert (silent.overdue, silent.unanswered, silent.kept, silent.answered) == (0, 1, False, False)
    listed = on(9, rows_of("M-1"), rows_of("M-2", ("定议题", "完成", 3)), rows_of("M-3", raised=-5)).silent
    assert [(o.case.id, o.due, o.days) for o in listed] == [("M-3", day(2), 7), ("M-1", day(7), 2)]


def test_what_is_solved_late_does_not_spoil_the_claim_but_the_rate() -> None:
    a = on(40, rows_of("M-1", (*SOLVED, 35)))
    assert a.promise.kept
    assert a.total.on_time == Rate(0, 1)


@pytest.mark.parametrize("sheet", ["matters", "steps"])
def test_nothing_is_claimed_while_rows_are_kept_back_that_might_be_late(sheet: str) -> None:
    """A row that waits to be mended may be the one that is overdue."""
    held = Withheld(COMMUNITY, sheet, "X-1", Place("x.csv", "议题台账", 2))
    promise = account(seen(1, rows_of("M-1"), withheld=(held,)), [COMMUNITY]).promise
    assert (promise.waiting, promise.overdue, promise.kept) == (1, 0, False)


def test_a_matter_of_a_procedure_nobody_knows_is_not_forgotten() -> None:
    unknown = row(Matter, "M-2", title="?", size="小事", raised_on=day(0), procedure="nobody")
    assert on(1, rows_of("M-1"), [unknown]).promise.waiting == 1


def test_whose_it_is_and_where_it_stands() -> None:
    a = on(
        33,
        rows_of("M-1", ("集议题", "完成", 1), ("定议题", "上报街道", 3), owner="u-1", owner_person="p-1"),
        rows_of("M-2", due_on=day(10)),
        [row(Unit, "u-1", name="物业公司", kind="物业公司"), row(Person, "p-1", name="李四")],
    )
    assert [(o.case.id, o.unit, o.days, o.step, o.level) for o in a.overdue] == [
        ("M-2", "", 23, "集议题", ""),
        ("M-1", "物业公司", 3, "定议题", "街道"),
    ]
    assert a.overdue[1].person


# --- rates ----------------------------------------------------------------------------------------------------------


def test_every_way_a_matter_can_end_is_counted_once() -> None:
    a = on(
        50,
        rows_of("M-1", (*SOLVED, 30)),  # on the last day
        rows_of("M-2", (*SOLVED, 31)),  # a day late
        rows_of("M-3"),  # overdue
        rows_of("M-4", raised=45),  # in its time
        rows_of("M-5", ("定议题", "不予受理", 3)),  # ended in its time
        rows_of("M-6", ("定议题", "不予受理", 44)),  # let lie until it was late, then declined
        rows_of("M-7", ("定议题", "延期", 20), (*SOLVED, 45), extended=day(45)),  # extended in time
        rows_of("M-8", ("定议题", "延期", 35), (*SOLVED, 40), extended=day(60)),  # extended when it was late already
        rows_of("M-9", (*SOLVED, 20), ("促落实", "重新办理", 40)),  # taken up again, with its days anew
        rows_of("M-10", (*SOLVED, 9), size="没有天数的"),  # nobody said until when
    )
    assert dict(zip(OUTCOMES, a.total.outcomes, strict=True)) == {
        "in_time": 2,
        "late": 4,
        "running": 2,
        "ended": 1,
        "untimed": 1,
    }
    assert a.total.on_time == Rate(2, 6)
    assert (a.total.raised, a.total.solved, a.total.overdue, a.open) == (10, 5, 1, 3)
    assert (a.again.of, a.again.reopened, a.again.extended, a.again.extended_late) == (10, 1, 2, 1)


@pytest.mark.parametrize(
    ("today", "replied", "given", "in_time", "missing"),
    [
        (7, None, Rate(0, 1), Rate(0, 0), 0),  # it may still come today
        (8, None, Rate(0, 1), Rate(0, 1), 1),
        (8, 7, Rate(1, 1), Rate(1, 1), 0),
        (8, 8, Rate(1, 1), Rate(0, 1), 0),  # a day late, but given
        (5, 4, Rate(1, 1), Rate(0, 0), 0),  # its day is not over, so it does not count as due
    ],
)
def test_a_reply_is_due_in_seven_days(today: int, replied: int | None, given: Rate, in_time: Rate, missing: int) -> None:
    steps = [("集议题", "完成", 0), *([("定议题", "完成", replied)] if replied is not None else [])]
    a = on(today, rows_of("M-1", *steps))  # type: ignore[arg-type]
    assert (a.replies.given, a.replies.in_time, a.replies.missing) == (given, in_time, missing)
    assert a.promise.answered == (bool(in_time.of) and not missing)


def test_levels_are_counted_where_they_are_said() -> None:
    a = on(
        20,
        rows_of("M-1", (*SOLVED, 2), level="网格"),
        rows_of("M-2", (*SOLVED, 2), level="小区"),
        rows_of("M-3", (*SOLVED, 2)),
        rows_of("M-4", (*SOLVED, 2), level="社区", size="大事"),
        rows_of("M-5", (*SOLVED, 2), level="街道", size="大事"),
        rows_of("M-6", level="网格"),  # not solved
    )
    assert dict(a.levels.levels) == {"网格": 1, "小区": 1, "社区": 1, "街道": 1, "部门": 0}
    assert (a.levels.of, a.levels.unsaid) == (4, 1)
    assert a.levels.home == (("小事", Rate(1, 2)), ("大事", Rate(1, 2)))


def test_a_matter_handed_up_twice_counts_once_at_each_level() -> None:
    up = (("定议题", "上报社区", 2), ("定议题", "上报街道", 4), ("定议题", "上报街道", 6))
    a = on(9, rows_of("M-1", *up), rows_of("M-2"))
    assert (a.again.escalated, a.again.to) == (1, (("社区", 1), ("街道", 1)))


# --- days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("some", "half", "most"),
    [([], None, None), ([4], 4, 4), ([1, 9], 1, 9), ([1, 2, 3], 2, 3), (list(range(1, 11)), 5, 9), (list(range(11)), 5, 9)],
)
def test_the_nearest_rank(some: list[int], half: int | None, most: int | None) -> None:
    assert (nearest_rank(some, 1, 2), nearest_rank(some, 9, 10)) == (half, most)


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(1, 20), st.integers(1, 20))
def test_the_nearest_rank_is_the_least_value_that_enough_do_not_exceed(some: list[int], part: int, of: int) -> None:
    part = min(part, of)
    share = Fraction(part, of)
    enough = [v for v in some if Fraction(sum(x <= v for x in some), len(some)) >= share]
    assert nearest_rank(some, part, of) == min(enough)


def test_days_in_each_step_begin_where_the_one_before_ended() -> None:
    whole_way = [(name, "完成", n * n) for n, name in enumerate(SIX)]  # 0 1 4 9 16 25
    again = [("促落实", "重新办理", 30), ("促落实", "进行中", 31), ("促落实", "完成", 37)]
    a = on(60, rows_of("M-1", *whole_way, *again))
    (way,) = a.ways
    assert [(d.label, d.n, d.half, d.most) for d in way.steps] == [
        ("集议题", 1, 0, 0),
        ("定议题", 1, 1, 1),
        ("拟方案", 1, 3, 3),
        ("做表决", 1, 5, 5),
        ("促落实", 2, 7, 7),
        ("有备案", 1, 9, 9),
    ]
    small = next(d for d in a.classes if d.label == "小事")
    assert (small.n, small.half) == (1, 37)


@pytest.mark.parametrize(
    ("age", "band"), [(0, 0), (7, 0), (8, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (900, 4)]
)
def test_ages_have_no_gap_and_no_overlap(age: int, band: int) -> None:
    a = on(age, rows_of("M-1"))
    assert [x.n for x in a.ages] == [int(n == band) for n in range(5)]
    assert a.ages[band].overdue == int(age > 30)


# --- groups ---------------------------------------------------------------------------------------------------------


def test_months_run_to_this_one_without_a_gap() -> None:
    a = on(0, rows_of("M-1"), rows_of("M-2", raised=-40), rows_of("M-3", raised=-400))
    assert [g.label for g in a.months][:2] == ["2025-04", "2025-05"]
    assert [(g.label, g.raised) for g in a.months if g.raised] == [("2026-01", 1), ("2026-03", 1)]
    assert len(a.months) == 12
    assert [(g.label, g.raised) for g in a.years] == [("2026", 2), ("2025", 1)]


def test_compounds_by_name_and_those_about_none_last() -> None:
    yard = row(Compound, "c-1", name="东院")
    a = on(0, rows_of("M-1"), rows_of("M-2"), rows_of("M-3", compound="c-1"), [yard])
    assert [(g.label, g.raised) for g in a.compounds] == [("东院", 1), ("", 2)]


SAID = st.lists(
    st.tuples(
        st.sampled_from(CLASSES),
        st.integers(-90, 0),
        st.none() | st.integers(0, 80),
        st.none() | st.integers(1, 40),
        st.none() | st.sampled_from(LEVELS),
        st.sampled_from(["完成", "完成", "不予受理"]),
    ),
    max_size=15,
)


@given(SAID)
def test_however_they_are_grouped_the_sums_are_those_of_the_whole(said: list[Any]) -> None:
    liubu = PROCEDURES.procedure("liubu", RAISED)
    assert liubu
    cases = []
    for n, (size, raised, took, due, level, result) in enumerate(said):
        step = "促落实" if result == "完成" else "定议题"
        taken = [] if took is None or raised + took > 0 else [(step, result, raised + took)]
        due_on = None if due is None else day(raised + due)
        matter, *steps = rows_of(f"M-{n}", *taken, raised=raised, size=size, due_on=due_on, level=level)
        assert isinstance(matter, Matter)
        own = tuple(s for s in steps if isinstance(s, Step))
        cases.append(Case(matter, own, liubu, standing(matter, own, liubu, day(0))))
    total = acc.group("", cases)
    assert sum(total.outcomes) == total.raised == len(cases)
    assert total.overdue <= total.outcomes[OUTCOMES.index("late")]
    raised = Counter((c.matter.raised_on, acc.fate(c)) for c in cases)
    sizes = Counter((c.matter.size, acc.fate(c)) for c in cases)
    for parts in (acc.by_year(raised), acc.by_compound(sizes, lambda size: size), acc.by_month(raised, day(0), 12)):
        assert sum(g.raised for g in parts) == total.raised
        assert [sum(g.outcomes[n] for g in parts) for n in range(len(OUTCOMES))] == list(total.outcomes)
    assert sum(a.n for a in acc.by_age(cases, day(0))) == sum(c.standing.open for c in cases)
    assert sum(a.overdue for a in acc.by_age(cases, day(0))) == total.overdue
    levels = acc.by_level(cases)
    assert levels.of + levels.unsaid == total.solved == sum(d.n for d in breakdown.by_class(cases))
    assert sum(n for _, n in levels.levels) == levels.of
    took_by = Counter(c.matter.size for c in cases if c.standing.solved)
    for d in breakdown.by_class(cases):
        took = sorted(n for c in cases if c.matter.size == d.label and (n := breakdown.days_to_solve(c)) is not None)
        assert (d.n, d.half, d.most) == (took_by[d.label], nearest_rank(took, 1, 2), nearest_rank(took, 9, 10))


# --- one account, not two -------------------------------------------------------------------------------------------


def test_no_page_disagrees_with_another() -> None:
    """The front page's figures and those by category are the account's own."""
    some = [rows_of("M-1", (*SOLVED, 30)), rows_of("M-2", (*SOLVED, 31)), rows_of("M-3"), rows_of("M-4", raised=45)]
    it = seen(50, *some)
    a = account(it, [COMMUNITY])
    t = tallies.tally(it.records.communities[0], it.cases.of(COMMUNITY))
    assert (t.raised, t.solved, t.open, t.overdue) == (a.total.raised, a.total.solved, a.open, len(a.overdue))
    assert Rate(t.on_time, t.due) == a.total.on_time
    (kind,) = breakdown.by_category(it.cases.of(COMMUNITY))
    assert kind.median == next(d.half for d in a.classes if d.label == "小事") == 30
