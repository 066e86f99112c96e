"""Where a matter stands: folded from its steps up to a day, whatever these steps are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.status import ENDS, Standing, due_date, standing
from generator.procedures import Procedure, load
from generator.sheets.matters import Matter
from generator.sheets.steps import OUTCOMES, Step
from tests.conftest import ROOT
from tests.rows import row

RAISED = date(2026, 3, 2)
SIX = ("集议题", "定议题", "拟方案", "做表决", "促落实", "有备案")


def _procedure() -> Procedure:
    found = load(ROOT / "records" / "procedures")[0].procedure("liubu", RAISED)
    assert found is not None
    return found


LIUBU = _procedure()
MATTER = row(Matter, "M-1", title="路灯", size="小事", raised_on=RAISED, procedure="liubu")


def step(number: int, name: str, result: str = "完成", days: int = 0, **more: Any) -> Step:
    day = RAISED + timedelta(days)
    return row(Step, f"M-1-{number}", number + 1, matter="M-1", step=name, result=result, on=day, **more)


def on(days: int, *steps: Step, matter: Matter = MATTER, **more: Any) -> Standing:
    return standing(matter, steps, LIUBU, RAISED + timedelta(days), **more)


def whole_way(last: int = 6) -> list[Step]:
    """The six steps, each finished a day after the one before."""
    return [step(n, name, days=n) for n, name in enumerate(SIX[:last])]


# --- the usual way --------------------------------------------------------------------------------------------------


def test_on_the_day_it_is_raised() -> None:
    s = on(0)
    assert (s.state, s.step, s.number, s.done, s.open) == ("working", "集议题", 1, (), True)
    assert s.since == RAISED


def test_a_finished_step_leads_to_the_next() -> None:
    s = on(5, *whole_way(2))
    assert (s.step, s.number, s.done) == ("拟方案", 3, ("集议题", "定议题"))


def test_a_step_under_way_is_where_it_stands() -> None:
    s = on(5, *whole_way(2), step(3, "拟方案", "进行中", 3))
    assert (s.step, s.number, s.since) == ("拟方案", 3, RAISED + timedelta(3))


def test_carried_out_is_solved_and_put_on_file_is_filed() -> None:
    solved, filed = on(9, *whole_way(5)), on(9, *whole_way(6))
    assert (solved.state, solved.solved, solved.open) == ("solved", True, False)
    assert (filed.state, filed.solved, filed.open) == ("filed", True, False)
    assert solved.solved_on == filed.solved_on == solved.ended_on == filed.ended_on == RAISED + timedelta(4)


@pytest.mark.parametrize(("result", "state"), ENDS.items())
def test_other_ends(result: str, state: str) -> None:
    s = on(9, *whole_way(2), step(3, "拟方案", result, 3))
    assert (s.state, s.open, s.solved, s.overdue) == (state, False, False, 0)
    assert (s.ended_on, s.solved_on, s.step) == (RAISED + timedelta(3), None, "拟方案")


def test_sent_up_to_the_street_it_stays_open() -> None:
    s = on(9, *whole_way(1), step(2, "定议题", "上报街道", 3))
    assert (s.state, s.open, s.step) == ("escalated", True, "定议题")


def test_a_publicity_that_runs_is_its_state_while_it_is_open() -> None:
    assert on(5, *whole_way(2), posted=True).state == "posted"
    assert on(9, *whole_way(5), posted=True).state == "solved"


def test_taken_up_again() -> None:
    s = on(40, *whole_way(6), step(7, "拟方案", "重新办理", 20))
    assert (s.state, s.open, s.step, s.done, s.reopened) == ("working", True, "拟方案", (), 1)
    assert s.solved_on is None


def test_what_is_solved_cannot_be_sent_up_and_what_failed_cannot_be_filed() -> None:
    """The checks say so; until the row is mended the figures do not follow it."""
    assert on(9, *whole_way(5), step(6, "有备案", "上报街道", 6)).state == "solved"
    failed = on(9, *whole_way(3), step(4, "做表决", "未通过", 4), step(5, "有备案", days=5))
    assert (failed.state, failed.solved, failed.solved_on) == ("rejected", False, None)


# --- days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "days"), [("大事", 60), ("小事", 30), ("急事", 7)])
def test_due_by_the_days_of_its_class(size: str, days: int) -> None:
    matter = row(Matter, "M-1", size=size, raised_on=RAISED)
    assert due_date(matter, LIUBU) == RAISED + timedelta(days)
    assert [on(d, matter=matter).overdue for d in (days - 1, days, days + 1, days + 9)] == [0, 0, 1, 9]


def test_due_as_typed_or_not_at_all() -> None:
    typed = row(Matter, "M-1", size="小事", raised_on=RAISED, due_on=date(2026, 3, 9))
    assert due_date(typed, LIUBU) == due_date(typed, None) == date(2026, 3, 9)
    assert due_date(MATTER, None) is None
    assert due_date(row(Matter, "M-1", size="怪事", raised_on=RAISED), LIUBU) is None


def test_an_extension_moves_the_day() -> None:
    longer = step(3, "拟方案", "延期", 5, extended_to=RAISED + timedelta(45))
    s = on(40, *whole_way(2), longer)
    assert (s.extended, s.overdue, s.due) == (True, 0, RAISED + timedelta(45))


def test_late_is_after_the_day_it_was_due() -> None:
    matter = row(Matter, "M-1", size="小事", raised_on=RAISED, due_on=RAISED + timedelta(3))
    assert on(9, *whole_way(5), matter=matter).late
    assert not on(9, *whole_way(5)).late


# --- whatever the rows are ------------------------------------------------------------------------------------------

ROWS = st.lists(
    st.tuples(
        st.sampled_from([*SIX, "别的步骤"]),
        st.sampled_from(OUTCOMES),
        st.integers(0, 9),
        st.none() | st.integers(0, 90),
    ),
    max_size=9,
)


@given(ROWS, st.integers(0, 120), st.booleans(), st.booleans())
def test_any_beginning_of_any_steps(
    said: list[tuple[str, str, int, int | None]], days: int, posted: bool, known: bool
) -> None:
    day, steps = 0, []
    for n, (name, result, later, extended) in enumerate(said):
        day += later
        to = None if extended is None else RAISED + timedelta(day + extended)
        steps.append(step(n, name, result, day, extended_to=to))
    procedure, today = (LIUBU if known else None), RAISED + timedelta(days)
    for end in range(len(steps) + 1):
        s = standing(MATTER, steps[:end], procedure, today, posted=posted)
        past = [x for x in steps[:end] if x.on <= today]
        assert not known or s == standing(MATTER, past, procedure, today, posted=posted)
        assert s.open == (s.state in ("working", "posted", "escalated"))
        assert s.open == (s.ended_on is None)
        assert s.solved == (s.solved_on is not None)
        assert s.overdue >= 0
        if s.overdue:
            assert s.open
            assert s.due == today - timedelta(s.overdue)
        assert s.since <= today
        assert all(d is None or d <= today for d in (s.solved_on, s.ended_on))
        assert len(set(s.done)) == len(s.done)
        assert 0 <= s.number <= len(SIX) + 1
        assert not (s.late and not s.solved)
