"""A matter with everything that hangs on it, as it was known on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.facts.cases import posting
from generator.facts.publicity import State
from generator.facts.whole import Whole
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from tests.rows import COMMUNITY, base, row

ON = Callable[[int, int], Whole]


@pytest.fixture
def on(demo: Path, tmp_path: Path) -> ON:
    """The base community on a day of 2026."""
    return lambda month, day: base(demo, tmp_path / "records", date(2026, month, day))


def test_nothing_is_known_before_it_happened(on: ON) -> None:
    early = on(3, 12)
    assert [c.id for c in early.cases.of(COMMUNITY)] == ["XY-2026-001"]
    case = early.cases.get(COMMUNITY, "XY-2026-001")
    assert case is not None
    assert [s.id for s in case.steps] == ["XY-2026-001-1", "XY-2026-001-2", "XY-2026-001-3"]
    assert (case.ballots, case.resolutions, case.items, case.postings) == ((), (), (), ())
    assert (case.standing.state, case.standing.step) == ("working", "做表决")


def test_everything_hangs_together_afterwards(on: ON) -> None:
    case = on(6, 17).cases.get(COMMUNITY, "XY-2026-001")
    assert case is not None
    assert (case.community, case.id, case.standing.state) == (COMMUNITY, "XY-2026-001", "filed")
    assert [b.vote.id for b in case.ballots] == ["XY-V1"]
    assert case.ballots[0].decision.passed
    assert [r.id for r in case.resolutions] == ["XY-R1"]
    assert [(m.id, i.id) for m, i in case.items] == [("XY-M1", "XY-M1-1")]
    assert [(p.what, p.period.start.day) for p in case.postings] == [("step", 21), ("resolution", 21), ("result", 2)]
    assert case.running == ()
    assert case.withheld == 0


def test_what_runs_today(on: ON) -> None:
    whole = on(6, 17)
    case = whole.cases.get(COMMUNITY, "XY-2026-002")
    assert case is not None
    (running,) = case.running
    assert running.period.end == date(2026, 6, 22)  # the seventh day is 端午, the next two are a week-end
    assert (running.days_left, case.standing.state) == (5, "posted")
    after = on(6, 23).cases.get(COMMUNITY, "XY-2026-002")
    assert after is not None
    assert (after.running, after.standing.state) == ((), "working")


def test_a_step_and_its_resolution_shown_together_count_once(on: ON) -> None:
    case = on(3, 25).cases.get(COMMUNITY, "XY-2026-001")
    assert case is not None
    assert len([p for p in case.postings if p.running]) == 2
    assert [p.what for p in case.running] == ["resolution"]


def test_cases_by_community_and_id(on: ON) -> None:
    cases = on(6, 17).cases
    assert [c.id for c in cases.of(COMMUNITY)] == ["XY-2026-001", "XY-2026-002", "XY-2026-003"]
    assert cases.all() == cases.of(COMMUNITY)
    assert cases.of("elsewhere") == ()
    assert cases.get(COMMUNITY, None) is None


def test_what_a_person_and_a_body_are_called(on: ON) -> None:
    whole = on(6, 17)
    assert whole.person(COMMUNITY, "XY-P1") == "丁文秀"
    assert whole.person(COMMUNITY, "XY-P4") == "赵*"
    assert whole.unit(COMMUNITY, "XY-U5") == "西园物业服务中心"
    assert whole.phone(COMMUNITY, "XY-P1") == "0951-5550152"
    for ask in (whole.person, whole.unit, whole.phone):
        assert ask(COMMUNITY, None) == ask(COMMUNITY, "gone") == ""


# --- publicities and the days of votes ------------------------------------------------------------------------------

START = date(2026, 3, 2)


def test_a_posting_wants_all_three_of_its_cells() -> None:
    given = {"posted_on": START, "posted_days": 7, "posted_kind": "日历日"}
    assert posting("step", row(Step, "S", **given), "", START) is not None
    for lacking in given:
        kept = {k: v for k, v in given.items() if k != lacking}
        assert posting("step", row(Step, "S", **kept), "", START) is None


def test_a_result_has_cells_of_its_own() -> None:
    shown = row(Resolution, "R", result_posted_on=START, result_posted_days=3, result_posted_kind="工作日")
    found = posting("result", shown, "result_", START)
    assert found is not None
    assert (found.period.days, found.period.kind, found.state) == (3, "工作日", State.RUNNING)
    assert posting("resolution", shown, "", START) is None
