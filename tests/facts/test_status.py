"""Where a matter stands: folded from its steps up to a day, whatever these steps are."""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.status import ENDS, SAYS, Standing, due_date, said_differs, standing
from generator.procedures import Procedure, load
from generator.sheets.matters import SAID, Matter
from generator.sheets.steps import OUTCOMES, Step
from generator.templating import state_of, words
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
    assert (s.state, s.open, s.step, s.number, s.reopened) == ("working", True, "拟方案", 3, 1)
    assert s.done == ("集议题", "定议题")  # what came before the step it goes on from stays done
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


# --- lateness, extensions, reopening ----------------------------------------------------------------------------------

LIMIT = 30  # days of a 小事 of the six steps


def extended(number: int, at: int, until: int, **more: Any) -> Step:
    day = RAISED + timedelta(until)
    return step(number, "拟方案", "延期", at, extended_to=day, note="等报价", **more)


def test_the_starting_day_does_not_count() -> None:
    assert (on(LIMIT).overdue, on(LIMIT).was_late) == (0, False)
    assert (on(LIMIT + 1).overdue, on(LIMIT + 1).was_late) == (1, True)


def test_an_extension_in_time_moves_the_day_and_keeps_its_reason() -> None:
    s = on(40, extended(1, 20, 45))
    assert (s.due, s.overdue, s.was_late) == (RAISED + timedelta(45), 0, False)
    assert [(e.until, e.reason, e.late) for e in s.extensions] == [(RAISED + timedelta(45), "等报价", False)]


def test_an_extension_after_the_day_does_not_unmake_the_lateness() -> None:
    s = on(40, extended(1, 33, 45))
    assert (s.overdue, s.was_late, s.extensions[0].late) == (0, True, True)


def test_solved_late_stays_late_whatever_was_extended_before() -> None:
    s = on(60, *whole_way(4), extended(5, 20, 40), step(6, "促落实", days=50))
    assert (s.solved, s.late, s.was_late) == (True, True, True)


def test_what_is_taken_up_again_has_the_days_of_its_class_anew() -> None:
    again = step(7, "拟方案", "重新办理", 100)
    s = on(100 + LIMIT, *whole_way(), again)
    assert (s.reopened_on, s.due, s.overdue) == ((RAISED + timedelta(100),), RAISED + timedelta(100 + LIMIT), 0)
    assert on(100 + LIMIT + 1, *whole_way(), again).overdue == 1


def test_a_day_given_when_it_is_taken_up_again_counts_and_is_no_extension() -> None:
    s = on(101, *whole_way(), step(7, "拟方案", "重新办理", 100, extended_to=RAISED + timedelta(110)))
    assert (s.due, s.extensions) == (RAISED + timedelta(110), ())


def test_rejected_after_the_day_was_late() -> None:
    s = on(60, *whole_way(3), step(4, "做表决", "未通过", 31))
    assert (s.state, s.was_late, s.overdue) == ("rejected", True, 0)


@given(st.lists(st.tuples(st.sampled_from(SIX), st.sampled_from(OUTCOMES), st.integers(0, 90)), max_size=8))
def test_lateness_once_there_never_goes_away(rows: list[tuple[str, str, int]]) -> None:
    steps = [step(n, name, result, day) for n, (name, result, day) in enumerate(sorted(rows, key=lambda r: r[2]))]
    late = [on(day, *steps).was_late for day in range(0, 130, 5)]
    assert late == sorted(late)


# --- handing up, answering, closing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("result", "called"), [("上报社区", "已上报社区"), ("上报街道", "已上报街道"), ("上报部门", "已上报部门")])
def test_a_state_is_called_by_its_level(result: str, called: str) -> None:
    up = [step(1, "集议题"), step(2, "定议题", result, 3)]
    assert state_of(on(5, *up)) == called
    assert state_of(on(5, *up, posted=True)) == "公示中"
    assert state_of(on(5, *up, step(3, "定议题", days=4))) == "办理中"


def test_each_handing_up_is_kept_with_its_level() -> None:
    up = [step(1, "集议题", days=0), step(2, "定议题", "上报社区", 1, by="网格员"), step(3, "定议题", "上报街道", 3, by="社区")]
    s = on(5, *up)
    assert (s.state, s.escalated_to) == ("escalated", "街道")
    assert [(e.level, e.by) for e in s.escalations] == [("社区", "网格员"), ("街道", "社区")]


def test_the_level_is_told_of_what_is_solved_alone() -> None:
    matter = row(Matter, "M-1", title="路灯", size="小事", raised_on=RAISED, procedure="liubu", level="社区")
    assert on(2, *whole_way(2), matter=matter).level == ""
    assert on(9, *whole_way(), matter=matter).level == "社区"


@pytest.mark.parametrize(
    ("steps", "day"),
    [
        ([], None),
        ([step(1, "集议题")], None),
        ([step(1, "集议题"), step(2, "定议题", "进行中", 1)], None),
        ([step(1, "集议题"), step(2, "定议题", days=2)], 2),
        ([step(1, "集议题"), step(2, "定议题", "不予受理", 3)], 3),
        ([step(1, "集议题", "撤回", 1)], 1),
        ([step(1, "集议题"), step(2, "定议题", "上报街道", 4), step(3, "定议题", days=6)], 4),
    ],
)
def test_when_residents_are_told_what_becomes_of_it(steps: list[Step], day: int | None) -> None:
    assert on(30, *steps).replied_on == (None if day is None else RAISED + timedelta(day))


def test_closed_is_when_nothing_is_left_to_be_done() -> None:
    assert [on(30, *whole_way(n)).closed for n in range(7)] == [False] * 6 + [True]
    assert on(30, step(1, "集议题", "撤回", 1)).closed
    four = load(ROOT / "records" / "procedures")[0].procedure("siyi", RAISED)
    assert four is not None
    names = [s.name for s in four.steps]
    found = standing(MATTER, [step(n, name, days=n) for n, name in enumerate(names)], four, RAISED + timedelta(30))
    assert (found.state, found.closed) == ("solved", True)  # 四议两公开 has no filing step


def test_when_the_step_it_was_handed_up_for_is_done_it_is_back() -> None:
    """The street has done its part; to go on saying 已上报 while the community votes would be wrong."""
    up = [step(1, "集议题"), step(2, "定议题", "上报街道", 3), step(3, "定议题", "进行中", 4)]
    assert (on(5, *up).state, on(5, *up).escalated_to) == ("escalated", "街道")
    back = on(9, *up, step(4, "定议题", days=6))
    assert (back.state, back.step, back.escalated_to) == ("working", "拟方案", "街道")


def test_handed_up_with_the_raising_is_no_answer_yet() -> None:
    assert on(9, step(1, "集议题", "上报社区", 1)).replied_on is None


def test_what_was_handed_up_the_first_time_is_not_when_it_is_taken_up_again() -> None:
    s = on(40, *whole_way(2), step(3, "拟方案", "上报街道", 3), *whole_way(6)[2:], step(9, "促落实", "重新办理", 20))
    assert (len(s.escalations), s.escalated_to) == (1, "")


# --- what was written after the end ------------------------------------------------------------------------------------


def test_an_extension_of_what_is_solved_moves_no_day() -> None:
    """Or a matter solved late could be made to look in time afterwards."""
    late = on(60, *whole_way(4), step(5, "促落实", days=50), step(6, "促落实", "延期", 55, extended_to=RAISED + timedelta(90)))
    assert (late.late, late.due, late.extensions) == (True, RAISED + timedelta(LIMIT), ())


def test_what_is_solved_was_solved_the_first_day_it_was_said() -> None:
    twice = on(60, *whole_way(5), step(6, "促落实", days=50))
    assert (twice.solved_on, twice.state) == (RAISED + timedelta(4), "solved")
    filed = on(60, *whole_way(6), step(7, "促落实", days=50))
    assert (filed.solved_on, filed.state) == (RAISED + timedelta(4), "filed")


def test_taking_up_what_never_ended_gives_no_new_days() -> None:
    s = on(40, *whole_way(2), step(3, "拟方案", "重新办理", 35))
    assert (s.due, s.overdue, s.reopened) == (RAISED + timedelta(LIMIT), 40 - LIMIT, 0)


# --- what a volunteer typed of it --------------------------------------------------------------------------------------


def said(what: str | None) -> Matter:
    return row(Matter, "M-1", title="路灯", size="小事", raised_on=RAISED, procedure="liubu", said=what)


@pytest.mark.parametrize(
    ("what", "finished", "differs"),
    [(None, 6, False), ("已备案", 6, False), ("已解决", 6, False), ("已备案", 5, True), ("办理中", 5, True), ("办理中", 2, False),
     ("公示中", 2, True), ("已解决", 2, True)],
)  # fmt: skip
def test_a_typed_status_that_is_not_the_steps_own(what: str | None, finished: int, differs: bool) -> None:
    assert said_differs(said(what), on(30, *whole_way(finished))) == differs


def test_what_was_handed_up_may_be_called_so_until_it_ends() -> None:
    up = [step(1, "集议题"), step(2, "定议题", "上报街道", 3), step(3, "定议题", days=6)]
    assert not said_differs(said("已上报"), on(9, *up))
    assert said_differs(said("已上报"), on(9, *whole_way(2)))
    assert said_differs(said("已上报"), on(9, *up, step(4, "拟方案", "撤回", 7)))


def test_every_state_has_words_that_may_be_typed_for_it() -> None:
    assert {w for words in SAYS.values() for w in words} == set(SAID)
    assert set(SAYS) == set(words()["state"])


def _of_results(path: Path) -> list[str]:
    """Where a file compares a ``result`` with one that makes another state of a matter, or looks a state up by it.

    That a row is done, or takes a matter up again, may be asked of the row: its step, its day and its publicity hang on it.
    """
    states, found = {*OUTCOMES} - {"完成", "进行中", "重新办理", "延期"}, []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        if isinstance(node, ast.Subscript):
            sides = [node.slice]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            sides = list(node.args)
        words = {c.value for side in sides for c in ast.walk(side) if isinstance(c, ast.Constant)}
        named = {n.id for side in sides for n in ast.walk(side) if isinstance(n, ast.Name)}
        asks = any(isinstance(side, ast.Attribute) and side.attr == "result" for side in sides)
        if asks and (words & states or named & {"ENDS", "RAISES"} or isinstance(node, ast.Subscript)):
            found.append(f"{path.name}:{node.lineno}")
    return found


def test_nobody_else_makes_a_state_of_steps() -> None:
    """Only ``standing`` makes the state of a matter of the results of its steps; the checks judge the rows one by one."""
    package = ROOT / "generator"
    asks = {p.relative_to(package).as_posix(): found for p in package.rglob("*.py") if (found := _of_results(p))}
    assert {name for name in asks if not name.startswith("checks/")} == {"facts/status.py"}, asks
    asked = re.compile(r"(?:row|step|s)\.result *(?:==|!=|(?:not )?in) *(\([^)]*\)|\S+)")
    for path in (ROOT / "templates").rglob("*.*"):
        for said in asked.findall(path.read_text("utf-8")):
            assert not [word for word in (*ENDS, "上报") if word in said], (path.name, said)


def _callers(path: Path) -> set[str]:
    """The functions of a file in which ``standing`` is called."""
    functions = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.FunctionDef)]
    inner = ((f.name, n) for f in functions for n in ast.walk(f))
    return {f for f, n in inner if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "standing"}


def test_pages_notices_feeds_and_figures_ask_it() -> None:
    """A state is made in one call, and every name of one is read off what it gave.

    Checks have records and no cases yet: what they refuse is what the cases are made without.
    """
    package = ROOT / "generator"
    calls = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "standing"
    }
    askers = {"facts/cases.py", "facts/counts.py", "checks/steps.py", "checks/filing.py", "notices/decided.py"}
    assert calls == askers | {"mechanisms/cases.py"}
    assert _callers(package / "mechanisms" / "cases.py") == {"outcomes_told"}, "its check; page and paper ask the cases"
    made = [p for p in package.rglob("*.py") if "Standing(" in p.read_text("utf-8") and "status import" in p.read_text("utf-8")]
    assert made == []
    for name in ("feeds.py", "data.py", "pages/record.py"):
        assert "state_of(" in (package / name).read_text("utf-8"), name
    for name in ("parts/marks.html", "pages/matter.html"):
        assert "| state_of" in (ROOT / "templates" / name).read_text("utf-8"), name
