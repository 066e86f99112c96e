"""The lists that pages show, in the order residents want; what they can be narrowed to; figures with n and N."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.columns import ID
from generator.facts import breakdown, counts, lists, tallies
from generator.facts.cases import Case, Cases
from generator.facts.facets import FACETS, facets
from generator.facts.status import standing
from generator.facts.whole import Whole
from generator.facts.whole import whole as whole_of
from generator.procedures import load
from generator.sheets.communities import Community
from generator.sheets.figures import Figure
from generator.sheets.matters import CATEGORIES, Matter
from generator.sheets.meetings import Meeting
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from generator.templating import words
from tests.conftest import ROOT
from tests.rows import COMMUNITY, base, records, row

ON = Callable[[int, int], Whole]
STATES = words()["state"]
PROCEDURES = load(ROOT / "records" / "procedures")[0]


@pytest.fixture
def on(demo: Path, tmp_path: Path) -> ON:
    """The base community on a day of 2026."""
    return lambda month, day: base(demo, tmp_path / "records", date(2026, month, day))


def community(whole: Whole) -> Community:
    found: Community = whole.records.communities[0]
    return found


# --- lists ----------------------------------------------------------------------------------------------------------


def test_what_runs_and_what_is_over(on: ON) -> None:
    whole = on(6, 17)
    assert [(p.row.id, case.id) for p, case, _ in lists.running(whole, [community(whole)])] == [
        ("XY-2026-002-3", "XY-2026-002")
    ]
    ended = lists.ended(whole)
    assert [(p.row.id, p.what) for p, _, _ in ended] == [("XY-R1", "result"), ("XY-R1", "resolution")]
    ends = [p.period.at_least_until for p, _, _ in ended]
    assert ends == sorted(ends, reverse=True)
    assert lists.running(on(6, 23), [community(whole)]) == []


def passed_alone(whole: Whole, **more: Any) -> Whole:
    """The community with one more resolution, passed on the first of June and posted from the second for seven days."""
    shown = {"posted_on": date(2026, 6, 2), "posted_days": 7, "posted_kind": "日历日"}
    made = row(Resolution, "XY-R9", **{"title": "修门", "passed_on": date(2026, 6, 1), **shown, **more})
    tables = whole.records.tables
    own = {**tables[COMMUNITY], "resolutions": {**tables[COMMUNITY]["resolutions"], "XY-R9": made}}
    kept = replace(whole.records, tables={**tables, COMMUNITY: own}, _indexes={})
    return whole_of(kept, whole.procedures, whole.today)


LISTS = ("upcoming", "running", "undated", "objected", "ended")


def where(whole: Whole, id: str = "XY-R9") -> list[tuple[str, str, bool]]:
    """Every list that has a publicity of that row: which, of what, and whether with its matter."""
    every = {n: getattr(lists, n)(whole, *([whole.records.communities] if n == "running" else [])) for n in LISTS}
    return [(n, p.what, case is not None) for n in LISTS for p, case, _ in every[n] if p.row.id == id]


@pytest.mark.parametrize(("day", "name"), [(1, "upcoming"), (2, "running"), (9, "running"), (10, "ended")])
def test_a_resolution_of_no_matter_is_posted_like_any_other(on: ON, day: int, name: str) -> None:
    assert where(passed_alone(on(6, day))) == [(name, "resolution", False)]
    assert where(passed_alone(on(6, day), passed_on=date(2026, 6, 11))) == []  # not passed yet, so on no page


def test_its_result_is_posted_too_and_an_end_that_is_not_known_yet_is_said(on: ON) -> None:
    done = {
        f"result_{name}": value
        for name, value in (("posted_on", date(2026, 6, 5)), ("posted_days", 30), ("posted_kind", "日历日"))
    }
    made = passed_alone(on(6, 17), done_on=date(2026, 6, 4), **done)
    assert where(made) == [("running", "result", False), ("ended", "resolution", False)]
    assert where(passed_alone(on(6, 17), posted_on=date(2003, 6, 2))) == [("undated", "resolution", False)]


def test_a_resolution_of_a_matter_is_listed_once_with_it_or_alone_where_the_matter_is_not_shown(on: ON) -> None:
    assert where(passed_alone(on(6, 9), matter="XY-2026-002")) == [("running", "resolution", True)]
    assert where(passed_alone(on(6, 9), matter="XY-2026-099")) == [("running", "resolution", False)]


def test_the_first_to_end_comes_first_with_a_matter_or_without(on: ON) -> None:
    whole = passed_alone(on(6, 17), posted_on=date(2026, 6, 16), posted_days=1)
    assert [p.row.id for p, _, _ in lists.running(whole, whole.records.communities)] == ["XY-R9", "XY-2026-002-3"]
    whole = passed_alone(on(6, 17), posted_on=date(2026, 6, 16), posted_days=9)
    assert [p.row.id for p, _, _ in lists.running(whole, whole.records.communities)] == ["XY-2026-002-3", "XY-R9"]
    assert lists.running(whole, []) == []


def test_only_what_was_held_and_passed_by_today(on: ON) -> None:
    assert [m.id for m in lists.meetings_held(on(6, 17), COMMUNITY)] == ["XY-M2", "XY-M3", "XY-M1"]
    assert [m.id for m in lists.meetings_held(on(4, 17), COMMUNITY)] == ["XY-M1"]
    assert [r.id for r in lists.passed(on(3, 20), COMMUNITY)] == ["XY-R1"]
    assert lists.passed(on(3, 19), COMMUNITY) == []


def test_the_last_raised_comes_first(on: ON) -> None:
    raised = [case.matter.raised_on for case in lists.newest(on(6, 17).cases.of(COMMUNITY))]
    assert raised == sorted(raised, reverse=True)
    assert len(raised) == 3


def test_what_belongs_to_a_meeting_and_to_a_resolution(on: ON) -> None:
    whole = on(6, 17)
    meeting = whole.records.get(COMMUNITY, Meeting, "XY-M1")
    resolution = whole.records.get(COMMUNITY, Resolution, "XY-R1")
    assert meeting is not None
    assert resolution is not None
    assert [i.id for i in lists.items_of(whole, meeting)] == ["XY-M1-1"]
    assert [b.vote.id for b in lists.ballots_of(whole, meeting)] == ["XY-V1"]
    assert [r.id for r in lists.resolutions_of(whole, meeting)] == ["XY-R1"]
    assert lists.meeting_of(whole, resolution) is meeting
    ballot = lists.ballot_of(whole, resolution)
    assert ballot is not None
    assert ballot.vote.id == "XY-V1"
    assert [p.what for p in lists.postings_of(whole, resolution)] == ["resolution", "result"]


def test_figures_beside_what_the_rows_count(on: ON) -> None:
    found = {f.id: counted for f, counted in lists.figures(on(6, 17), COMMUNITY)}
    assert found == {"XY-F1": 1, "XY-F2": 2, "XY-F3": 1, "XY-F4": None}


def test_a_figure_is_counted_for_the_day_it_is_given_for(on: ON) -> None:
    """What is solved later does not make a figure wrong."""
    whole = on(6, 17)
    for as_of, solved in ((date(2026, 3, 31), 0), (date(2026, 4, 1), 1), (None, 1), (date(2027, 1, 1), 1)):
        figure = row(Figure, "F", name="已解决", value=1, counted="已解决议题", as_of=as_of)
        assert counts.counted(whole.records, whole.procedures, figure, whole.today) == solved


def test_a_timeline_has_every_step_of_the_procedure(on: ON) -> None:
    whole = on(6, 17)
    states = {
        case.id: [s["state"] for s in lists.timeline(case)] for case in whole.cases.of(COMMUNITY)
    }  # fmt: skip
    assert states == {
        "XY-2026-001": ["done"] * 6,
        "XY-2026-002": ["done", "done", "now", "todo", "todo", "todo"],
        "XY-2026-003": ["done", "done", "done", "stopped", "unreached", "unreached"],
    }
    shown = [r.id for case in whole.cases.of(COMMUNITY) for s in lists.timeline(case) for r in s["rows"]]
    assert shown == [s.id for s in whole.records.rows(COMMUNITY, Step)]


SIX = ("集议题", "定议题", "拟方案", "做表决", "促落实", "有备案")
Walked = list[tuple[str, str]]


def walked(rows: Walked, procedure: str = "liubu") -> list[str]:
    """The states of a timeline after some steps with their results, one a day."""
    raised = date(2026, 3, 2)
    found = PROCEDURES.procedure(procedure, raised)
    assert found is not None
    matter = row(Matter, "M", size="小事", category="其他", raised_on=raised, procedure=procedure)
    steps = tuple(
        row(Step, f"S-{n}", matter="M", step=step, result=result, on=raised + timedelta(n), by="x")
        for n, (step, result) in enumerate(rows)
    )
    stands = standing(matter, steps, found, raised + timedelta(len(rows)))
    return [s["state"] for s in lists.timeline(Case(matter, steps, found, stands))]


def finished(*steps: str) -> Walked:
    return [(s, "完成") for s in steps]


@pytest.mark.parametrize(
    ("after", "states"),
    [
        ([("促落实", "重新办理")], "before before before before now again"),
        ([("促落实", "重新办理"), *finished("促落实", "有备案")], "before before before before done done"),
        ([("拟方案", "重新办理"), *finished("拟方案")], "before before done now again again"),
        ([("拟方案", "重新办理"), *finished("拟方案", "促落实", "有备案")], "before before done skipped done done"),
        (
            [("集议题", "重新办理"), *finished("集议题"), ("定议题", "不予受理")],
            "done stopped skipped skipped skipped skipped",
        ),
        ([("促落实", "重新办理"), ("促落实", "完成")], "before before before before done again"),
    ],
)
def test_what_was_done_before_a_matter_was_reopened_is_never_told_as_not_begun(after: Walked, states: str) -> None:
    assert walked([*finished(*SIX), *after]) == states.split()


@given(
    st.lists(
        st.tuples(st.sampled_from(SIX), st.sampled_from(["完成", "进行中", "重新办理", "撤回", "上报街道", "延期"])),
        max_size=9,
    )
)
def test_a_step_that_has_rows_is_never_told_as_not_begun(rows: Walked) -> None:
    touched = {step for step, _ in rows}
    for name, state in zip(SIX, walked(rows), strict=True):
        assert (state not in ("todo", "unreached")) if name in touched else (state in ("todo", "unreached", "now"))


def test_after_the_end_there_is_nothing_to_come() -> None:
    assert walked([("集议题", "完成"), ("定议题", "不予受理")]) == ["done", "stopped", *["unreached"] * 4]
    assert walked(finished(*SIX[:5])) == [*["done"] * 5, "todo"]  # solved, and still to be filed
    assert walked([*finished(*SIX[:2]), ("拟方案", "进行中"), *finished("做表决")])[2:4] == ["begun", "done"]


def test_of_two_ways_the_one_not_taken_is_not_to_come() -> None:
    """处理异议 may follow the roll of voters, but need not."""
    opened = [("筹备", "完成"), ("公布名单", "完成")]
    assert walked(opened, "xuanju")[:4] == ["done", "done", "todo", "now"]
    assert walked([*opened, ("定候选人", "进行中")], "xuanju")[:4] == ["done", "done", "unreached", "now"]


# --- narrowing ------------------------------------------------------------------------------------------------------


def test_every_value_offered_leads_to_as_many_matters_as_it_says(on: ON) -> None:
    whole = on(6, 17)
    cases = whole.cases.of(COMMUNITY)
    found = facets(whole, community(whole), STATES)
    assert set(found) == set(FACETS)
    for name, values in found.items():
        for value in values:
            assert value.count == sum(FACETS[name](case) == value.value for case in cases) > 0
        if name != "compound":
            assert sum(v.count for v in values) == len(cases)
    slugs = [v.slug for values in found.values() for v in values]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[\w-]+", s, re.ASCII) and not ID.fullmatch(s) for s in slugs)  # no record's address


# --- figures --------------------------------------------------------------------------------------------------------

RAISED = date(2026, 3, 2)
LIUBU = PROCEDURES.procedure("liubu", RAISED)
assert LIUBU is not None


def case(number: int, category: str, solved_after: int | None, due_after: int | None, today: date) -> Case:
    assert LIUBU is not None
    due = None if due_after is None else RAISED + timedelta(due_after)
    size = "小事" if due else "没有天数的"
    matter = row(Matter, f"M-{number}", size=size, category=category, raised_on=RAISED, due_on=due)
    done = [] if solved_after is None else [RAISED + timedelta(solved_after)]
    steps = tuple(row(Step, f"{matter.id}-1", matter=matter.id, step="促落实", result="完成", on=day) for day in done)
    return Case(matter, steps, LIUBU, standing(matter, steps, LIUBU, today))


SAID = st.lists(
    st.tuples(
        st.sampled_from(CATEGORIES[:3]), st.none() | st.integers(0, 60), st.none() | st.integers(0, 60)
    ), max_size=12
)  # fmt: skip


@given(SAID, st.integers(0, 70))
def test_a_tally_counts_every_matter_once(said: list[tuple[str, int | None, int | None]], days: int) -> None:
    today = RAISED + timedelta(days)
    cases = [case(n, *one, today) for n, one in enumerate(said)]
    t = tallies.tally(row(Community, "xiyuan"), cases)
    assert t.raised == len(said) == t.solved + t.open
    assert t.solved == sum(s is not None and s <= days for _, s, _ in said)
    assert t.due == sum(d is not None and (d < days or (s is not None and s <= days)) for _, s, d in said)
    assert t.on_time == sum(s is not None and s <= days and d is not None and s <= d for _, s, d in said)
    assert t.overdue == sum((s is None or s > days) and d is not None and d < days for _, s, d in said)
    states = tallies.states(cases, STATES)
    assert sum(n for _, n in states) == len(said)
    assert all(n for _, n in states)
    assert [s for s, _ in states] == [s for s in STATES if s in dict(states)]


@given(SAID)
def test_how_long_matters_take_by_kind(said: list[tuple[str, int | None, int | None]]) -> None:
    found = breakdown.by_category([case(n, *one, RAISED + timedelta(70)) for n, one in enumerate(said)])
    assert {k.name: k.raised for k in found} == {c: sum(x == c for x, _, _ in said) for c, _, _ in said}
    assert [(-k.raised, k.name) for k in found] == sorted((-k.raised, k.name) for k in found)
    for kind in found:
        took = sorted(s for c, s, _ in said if c == kind.name and s is not None)
        assert kind.solved == len(took)
        assert kind.median == (took[(len(took) - 1) // 2] if took else None)


def test_nothing_raised_nothing_to_count() -> None:
    assert breakdown.by_category([]) == ()
    assert tallies.states([], STATES) == ()
    t = tallies.tally(row(Community, "xiyuan"), [])
    assert (t.raised, t.solved, t.open, t.overdue, t.on_time, t.due) == (0, 0, 0, 0, 0, 0)
    assert Cases(RAISED).all() == ()
    assert records([]).communities == ()
