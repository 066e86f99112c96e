"""Publicities as of a day: what a correction does to the days, which objection belongs where, what is known by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import procedures
from generator.facts.postings import Posting, postings
from generator.facts.publicity import Period, State
from generator.procedures import Procedure
from generator.sheets.corrections import Correction
from generator.sheets.objections import Objection
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from tests.rows import row

MATTER = "M"
WEEK = {"posted_days": 7, "posted_kind": "日历日"}
MONDAY = date(2026, 3, 2)  # a week from a Monday ends on the next Monday: no holiday is near


def day(month: int, of: int) -> date:
    return date(2026, month, of)


def step(id: str = "S", on: date = MONDAY, name: str = "拟方案", **more: Any) -> Step:
    return row(Step, id, matter=MATTER, step=name, on=on, result="完成", **{"posted_on": on, **WEEK, **more})


def resolution(id: str = "R", on: date = MONDAY, result: date | None = None) -> Resolution:
    shown = {f"result_{k}": v for k, v in {"posted_on": result, **WEEK}.items()} if result else {}
    return row(Resolution, id, matter=MATTER, passed_on=on, posted_on=on, **WEEK, **shown)


def objection(on: date, answered: date | None = None, posting: str = "方案公示", id: str = "O", **more: Any) -> Objection:
    return row(Objection, id, matter=MATTER, posting=posting, on=on, answered_on=answered, **more)


def correction(on: date, substantial: bool = True, posting: str = "方案公示", id: str = "K", **more: Any) -> Correction:
    return row(Correction, id, matter=MATTER, posting=posting, on=on, substantial=substantial, **more)


def seen(
    today: date,
    *rows: Step | Resolution | Objection | Correction,
    procedure: Procedure | None = None,
) -> tuple[Posting, ...]:
    """The postings of these rows on a day."""

    def of(kind: type) -> list[Any]:
        return [r for r in rows if isinstance(r, kind)]

    return postings(of(Step), of(Resolution), of(Objection), of(Correction), procedure, today)


def spans(posting: Posting) -> list[tuple[date, date | None]]:
    return [(r.period.start, r.period.end) for r in posting.interrupted] + [(posting.period.start, posting.period.end)]


# --- corrections ---------------------------------------------------------------------------------------------------


def test_a_substantial_correction_starts_the_days_again_from_its_own() -> None:
    (found,) = seen(day(3, 5), step(), correction(day(3, 5)))
    assert spans(found) == [(MONDAY, day(3, 9)), (day(3, 5), day(3, 12))]
    assert (found.period.days, found.period.kind) == (7, "日历日")
    assert (found.interrupted[0].broken_on, found.interrupted[0].complete) == (day(3, 5), False)
    assert (found.state, found.days_left, found.first, found.posted_on) == (State.RUNNING, 7, day(3, 6), MONDAY)
    assert found.begun_by(found.corrections[0]) == found.period


def test_the_day_before_it_was_not_known() -> None:
    (found,) = seen(day(3, 4), step(), correction(day(3, 5)))
    assert (spans(found), found.corrections) == ([(MONDAY, day(3, 9))], ())


def test_a_slip_of_the_pen_leaves_the_days_as_they_are() -> None:
    (found,) = seen(day(3, 5), step(), correction(day(3, 5), substantial=False))
    assert spans(found) == [(MONDAY, day(3, 9))]
    assert len(found.corrections) == 1
    assert found.begun_by(found.corrections[0]) is None


@pytest.mark.parametrize(
    ("rule", "substantial", "again"),
    [
        ("substantial", True, True),
        ("substantial", False, False),
        ("always", True, True),
        ("always", False, True),
        ("never", True, False),
        ("never", False, False),
        (None, True, True),
        (None, False, False),
    ],
)
def test_the_procedure_says_whether_the_days_start_again(
    demo: Path, rule: str | None, substantial: bool, again: bool
) -> None:
    ruled, _ = procedures.load(demo / "procedures")
    way = ruled.procedure("liubu", MONDAY)
    assert way is not None
    shown = next(s for s in way.steps if s.publicity is not None)
    assert shown.publicity is not None
    publicity = replace(shown.publicity, restarts=rule) if rule else None
    way = replace(way, steps=tuple(replace(s, publicity=publicity) if s is shown else s for s in way.steps))
    given = (step(name=shown.name), correction(day(3, 5), substantial))
    (found,) = seen(day(3, 5), *given, procedure=way)
    assert bool(found.interrupted) is again


def test_several_in_a_row_each_start_from_the_last() -> None:
    (found,) = seen(day(3, 20), step(), *(correction(day(3, d), id=f"K{d}") for d in (10, 4, 6)))
    assert spans(found) == [
        (MONDAY, day(3, 9)),
        (day(3, 4), day(3, 11)),
        (day(3, 6), day(3, 13)),
        (day(3, 10), day(3, 17)),
    ]
    assert [r.broken_on for r in found.interrupted] == [day(3, 4), day(3, 6), day(3, 10)]
    assert [found.begun_by(k) for k in found.corrections] == [*(r.period for r in found.interrupted[1:]), found.period]


def test_two_on_one_day_start_it_once() -> None:
    (found,) = seen(day(3, 20), step(), correction(day(3, 4), id="A"), correction(day(3, 4), id="B"))
    assert spans(found) == [(MONDAY, day(3, 9)), (day(3, 4), day(3, 11))]
    assert len(found.corrections) == 2


def test_after_the_end_it_is_shown_once_more() -> None:
    (found,) = seen(day(3, 16), step(), correction(day(3, 16)))
    assert spans(found) == [(MONDAY, day(3, 9)), (day(3, 16), day(3, 23))]
    assert found.interrupted[0].complete
    assert found.running


def test_on_the_day_of_posting_nothing_changes_but_it_is_kept() -> None:
    (found,) = seen(MONDAY, step(), correction(MONDAY))
    assert (spans(found), len(found.corrections)) == ([(MONDAY, day(3, 9))], 1)


def test_before_the_posting_it_is_nothing_to_it() -> None:
    (found,) = seen(day(3, 5), step(), correction(day(3, 1)))
    assert (found.interrupted, found.corrections) == ((), ())


def test_working_days_are_counted_again_as_working_days() -> None:
    (found,) = seen(day(6, 17), step(on=day(6, 12), posted_days=5, posted_kind="工作日"), correction(day(6, 17)))
    assert spans(found) == [(day(6, 12), day(6, 22)), (day(6, 17), day(6, 25))]  # 端午 and a week-end between


def test_what_hangs_on_one_sheet_of_paper_starts_again_together() -> None:
    found = seen(day(3, 5), step(), resolution(), correction(day(3, 5)), objection(day(3, 3)))
    assert [p.what for p in found] == ["step", "resolution"]
    assert spans(found[0]) == spans(found[1]) == [(MONDAY, day(3, 9)), (day(3, 5), day(3, 12))]
    assert [len(p.objections) for p in found] == [1, 1]


def test_what_hangs_elsewhere_goes_on() -> None:
    plan, shown = seen(day(3, 24), step(), resolution(on=day(3, 16)), correction(day(3, 18), posting="决议公示"))
    assert spans(plan) == [(MONDAY, day(3, 9))]
    assert spans(shown) == [(day(3, 16), day(3, 23)), (day(3, 18), day(3, 25))]


def test_of_two_resolutions_on_one_day_the_corrected_one_alone_starts_again() -> None:
    made = (correction(day(3, 5), posting="决议公示", resolution="R1"), objection(day(3, 4), posting="决议公示", resolution="R2"))
    one, two = seen(day(3, 10), resolution("R1"), resolution("R2"), *made)
    assert spans(one) == [(MONDAY, day(3, 9)), (day(3, 5), day(3, 12))]
    assert spans(two) == [(MONDAY, day(3, 9))]
    assert (one.state, two.state) == (State.RUNNING, State.OBJECTED)
    assert ([k.id for k in one.corrections], two.corrections) == (["K"], ())
    assert (one.objections, [o.id for o in two.objections]) == ((), ["O"])


def test_results_are_papers_of_their_own_even_beside_a_step() -> None:
    done = (resolution("R1", day(2, 2), MONDAY), resolution("R2", day(2, 2), MONDAY))
    found = seen(day(3, 5), step(), *done, correction(day(3, 5), posting="落实结果公示", resolution="R1"))
    assert [(p.what, p.row.id, bool(p.interrupted)) for p in found if p.posted_on == MONDAY] == [
        ("step", "S", False),
        ("result", "R1", True),
        ("result", "R2", False),
    ]


@pytest.mark.parametrize(
    ("rows", "sheets"),
    [
        ((step("S"), resolution("R1"), resolution("R2")), [0, 0, 0]),  # the step's paper shows both
        ((resolution("R1"), resolution("R2")), [0, 1]),
        ((step("S"), resolution("R", day(2, 2), MONDAY)), [0, 1, 0]),  # the result's paper stands for the step's
        ((step("S"), step("T", day(3, 3)), resolution("R", day(3, 3))), [0, 1, 1]),
        ((step("S"), step("T"), resolution("R")), [0, 0, 0]),
        ((step("S"), resolution("R", day(3, 3))), [0, 1]),
    ],
)
def test_what_hangs_on_one_sheet_of_paper(rows: tuple[Any, ...], sheets: list[int]) -> None:
    found = [p.sheet for p in seen(day(3, 5), *rows)]
    assert [sorted(set(found)).index(n) for n in found] == sheets


# --- objections ----------------------------------------------------------------------------------------------------


def test_an_objection_is_to_the_publicity_of_its_kind() -> None:
    rows = (step(), resolution(on=day(3, 16), result=day(3, 30)))
    made = [
        objection(day(3, 4), id="A"),
        objection(day(3, 17), posting="决议公示", id="B"),
        objection(day(4, 1), posting="落实结果公示", id="C"),
    ]
    found = seen(day(4, 2), *rows, *made)
    assert [(p.what, [o.id for o in p.objections]) for p in found] == [
        ("step", ["A"]),
        ("resolution", ["B"]),
        ("result", ["C"]),
    ]


def test_a_resolution_that_is_named_is_the_one() -> None:
    rows = (resolution("R1", day(3, 2)), resolution("R2", day(3, 3)))
    one, two = seen(day(3, 5), *rows, objection(day(3, 5), posting="决议公示", resolution="R1"))
    assert ([o.id for o in one.objections], two.objections) == (["O"], ())


def test_of_several_the_one_whose_days_they_are() -> None:
    rows = (step("S1"), step("S2", day(3, 16)))
    for on, at in ((day(3, 3), 0), (day(3, 12), 0), (day(3, 16), 1), (day(4, 1), 1)):
        found = seen(day(4, 2), *rows, objection(on))
        assert [len(p.objections) for p in found] == [int(n == at) for n in (0, 1)], on


def test_of_two_that_run_the_later() -> None:
    found = seen(day(3, 6), step("S1"), step("S2", day(3, 4)), objection(day(3, 5)))
    assert [len(p.objections) for p in found] == [0, 1]


def test_the_longer_one_where_only_that_still_runs() -> None:
    long = step("S1", posted_days=30)
    found = seen(day(3, 20), long, step("S2", day(3, 4)), objection(day(3, 20)))
    assert [len(p.objections) for p in found] == [1, 0]


@pytest.mark.parametrize(
    ("made", "answered", "today", "where"),
    [
        (day(3, 9), None, day(3, 9), State.RUNNING),
        (day(3, 9), None, day(3, 10), State.OBJECTED),
        (MONDAY, None, day(3, 10), State.OBJECTED),
        (day(3, 9), day(3, 9), day(3, 10), State.OVER),
        (day(3, 9), day(3, 12), day(3, 10), State.OBJECTED),
        (day(3, 9), day(3, 12), day(3, 11), State.OBJECTED),
        (day(3, 9), day(3, 12), day(3, 12), State.OVER),
        (day(3, 10), None, day(3, 10), State.OVER),  # a day late: answered all the same, but it holds nothing up
        (day(3, 20), None, day(3, 12), State.OVER),  # not made yet
    ],
)
def test_over_or_objected(made: date, answered: date | None, today: date, where: State) -> None:
    (found,) = seen(today, step(), objection(made, answered))
    assert found.state is where


def test_how_many_wait() -> None:
    made = [objection(day(3, d), day(3, d + 3) if d < 6 else None, id=f"O{d}") for d in (3, 4, 6, 12)]
    (found,) = seen(day(3, 6), step(), *made)
    assert ([o.id for o in found.objections], [o.id for o in found.answered]) == (["O3", "O4", "O6"], ["O3"])
    assert (found.unanswered, found.late) == (2, ())
    (later,) = seen(day(3, 20), step(), *made)
    assert (later.unanswered, [o.id for o in later.late]) == (2, ["O12"])


def test_between_two_runs_is_not_in_time() -> None:
    given = (step(), correction(day(3, 16)), objection(day(3, 12)))
    (found,) = seen(day(3, 24), *given)
    assert ([o.id for o in found.late], found.state) == (["O"], State.OVER)


def test_made_in_a_run_that_was_broken_is_in_time() -> None:
    (found,) = seen(day(3, 13), step(), correction(day(3, 5)), objection(day(3, 3)))
    assert (found.late, found.state) == ((), State.OBJECTED)


def test_an_end_that_is_not_known_shuts_nobody_out() -> None:
    start = date(2003, 6, 2)
    (found,) = seen(date(2003, 8, 1), step(on=start), objection(date(2003, 7, 1)))
    assert (found.state, found.late, found.unanswered) == (State.UNKNOWN, (), 1)


@pytest.mark.parametrize("days", [0, -1, 367, 10**12])
def test_a_length_that_is_none_makes_no_publicity(days: int) -> None:
    assert seen(MONDAY, step(posted_days=days)) == ()


# --- any day -------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 5), date(2026, 4, 30))


@dataclass(frozen=True)
class Story:
    """What befell one publicity, and the days to ask of."""

    shown: Step
    corrections: tuple[Correction, ...]
    objections: tuple[Objection, ...]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    shown = step(
        on=draw(DAYS), posted_days=draw(st.integers(1, 20)), posted_kind=draw(st.sampled_from(("日历日", "工作日")))
    )
    corrected = draw(st.lists(st.tuples(DAYS, st.booleans()), max_size=4))
    objected = draw(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 30)), max_size=4))
    return Story(
        shown,
        tuple(correction(on, big, id=f"K{n}") for n, (on, big) in enumerate(corrected)),
        tuple(
            objection(on, None if later is None else on + timedelta(later), id=f"O{n}")
            for n, (on, later) in enumerate(objected)
        ),
    )


def known(story: Story, today: date) -> Iterable[Any]:
    """The rows as the sheets had them on a day: nothing later was written, answers neither."""
    yield story.shown
    yield from (k for k in story.corrections if k.on <= today)
    for o in story.objections:
        if o.on <= today:
            yield objection(o.on, o.answered_on if o.answered_on and o.answered_on <= today else None, id=o.id)


def told(found: Iterable[Posting]) -> list[Any]:
    return [
        (p.state, p.days_left, spans(p), [o.id for o in p.objections], [o.id for o in p.answered], [k.id for k in p.corrections])
        for p in found
    ]


@given(stories(), DAYS)
def test_a_day_knows_what_was_known_by_then_and_nothing_more(story: Story, today: date) -> None:
    whole = seen(today, story.shown, *story.corrections, *story.objections)
    assert told(whole) == told(seen(today, *known(story, today)))


@given(stories(), DAYS)
def test_a_state_is_what_a_reckoning_day_by_day_comes_to(story: Story, today: date) -> None:
    """The same by another way: walk the calendar, and on each day ask only what happens on it."""
    start, days, kind = story.shown.posted_on, story.shown.posted_days, story.shown.posted_kind
    open_: set[str] = set()
    run, at = Period(start, days, kind), start
    restarts = {k.on for k in story.corrections if k.substantial}
    while at <= today:
        if at in restarts:
            run = Period(at, days, kind)
        assert run.end is not None
        open_ |= {o.id for o in story.objections if o.on == at and run.start <= at <= run.end}
        open_ -= {o.id for o in story.objections if o.answered_on == at}
        at += timedelta(days=1)
    (found,) = seen(today, story.shown, *story.corrections, *story.objections)
    if today < start:
        assert found.state is State.UPCOMING
    elif today <= (run.end or date.max):
        assert (found.state, found.period) == (State.RUNNING, run)
    else:
        assert found.state is (State.OBJECTED if open_ else State.OVER)
