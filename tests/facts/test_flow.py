"""Where matters stand in a procedure: every open one at one step, every ended one counted, none lost or told twice."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from generator import build
from generator.facts.flow import Flow, flow
from generator.facts.whole import Whole
from tests.rows import base_folder


def liubu(whole: Whole) -> Flow:
    found = whole.procedures.procedure("liubu", whole.today)
    assert found is not None
    return flow(found, whole.cases.all())


@pytest.mark.parametrize(
    ("day", "at", "ended"),
    [
        (date(2026, 3, 4), {}, ()),
        (date(2026, 3, 5), {"定议题": ["XY-2026-001"]}, ()),
        (date(2026, 3, 12), {"做表决": ["XY-2026-001"]}, ()),
        (date(2026, 6, 17), {"拟方案": ["XY-2026-002"]}, (("filed", 1), ("rejected", 1))),
    ],
)
def test_a_matter_moves_on_day_by_day(
    demo: Path, tmp_path: Path, day: date, at: dict[str, list[str]], ended: tuple[tuple[str, int], ...]
) -> None:
    found = liubu(build.check(base_folder(demo, tmp_path / "records"), date(2030, 1, 1), day)[0])
    assert {s.step.name: [c.id for c in s.cases] for s in found.stands if s.cases} == at
    assert found.ended == ended
    assert (found.open, found.closed) == (len(at), len(ended))


def test_all_steps_are_there_in_order_with_or_without_matters(demo: Path, tmp_path: Path) -> None:
    found = liubu(build.check(base_folder(demo, tmp_path / "records"), date(2030, 1, 1))[0])
    assert [s.step for s in found.stands] == list(found.procedure.steps)


@pytest.fixture(scope="module")
def town(demo: Path) -> Whole:
    return build.check(demo, date(2030, 1, 1))[0]


def test_every_matter_of_the_demo_is_somewhere_and_only_once(town: Whole) -> None:
    flows = [flow(p, town.cases.all()) for p in town.procedures.procedures]
    seen = Counter((c.community, c.id) for f in flows for s in f.stands for c in s.cases)
    still = {(c.community, c.id) for c in town.cases.all() if c.standing.open}
    assert set(seen) == still
    assert set(seen.values()) == {1}
    assert sum(f.total for f in flows) == len(town.cases.all())
    assert sum(f.closed for f in flows) == sum(not c.standing.open for c in town.cases.all())


def test_a_matter_stands_where_its_standing_says_and_the_first_due_is_first(town: Whole) -> None:
    found = liubu(town)
    for stand in found.stands:
        assert all(c.standing.step == stand.step.name for c in stand.cases)
        due = [c.standing.due for c in stand.cases if c.standing.due]
        assert due == sorted(due)
        assert [c for name in ("bayi", "nanhua", "fuqiang") for c in stand.of(name)] == sorted(
            stand.cases, key=lambda c: ("bayi", "nanhua", "fuqiang").index(c.community)
        )
    assert found.open > 3


def test_another_version_of_a_procedure_has_its_own_matters(town: Whole) -> None:
    before, after = (town.procedures.procedure("jumin-huiyi", d) for d in (date(2025, 12, 31), date(2026, 1, 1)))
    assert before is not None
    assert after is not None
    assert before != after
    cases = town.cases.all()
    assert {c.procedure.id for c in cases} - {"jumin-huiyi"}
    assert all(flow(p, [c for c in cases if c.procedure.id == "liubu"]).total == 0 for p in (before, after))
