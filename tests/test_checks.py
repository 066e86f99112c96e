"""What must hold between rows: one slip is told once, where it is; what hangs on a withheld row waits without a word.

Whole cases of bad input stand in ``golden/check``; here is what holds for all of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import checks, mechanisms, procedures
from generator.checks import check
from generator.problems import Problem
from generator.reading import read_table
from generator.records import District, Records, Withheld
from generator.sheet import PublicRow
from generator.sheets import discover
from generator.sheets.grids import Grid
from generator.sheets.matters import Matter
from generator.sheets.steps import OUTCOMES, Step
from generator.sheets.units import Unit
from generator.sheets.votes import Vote
from tests.conftest import ROOT
from tests.rows import COMMUNITY, GOLDEN, records, row

TODAY = date(2026, 6, 17)
PROCEDURES = procedures.load(ROOT / "records" / "procedures")[0]
BASE = GOLDEN / "base" / "records" / COMMUNITY
NAMES = [s.id for s in discover().values() if s.per_community and not s.stays]


@cache
def base_lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a sheet of the base."""
    return tuple(tuple(x) for x in csv.reader(io.StringIO((BASE / f"{name}.csv").read_text("utf-8"), newline="")))


@cache
def base_table(name: str) -> dict[str, PublicRow]:
    """The rows of a sheet of the base."""
    rows, _, problems = read_table((BASE / f"{name}.csv").read_bytes(), discover()[name], COMMUNITY, f"{name}.csv")
    assert problems == []
    return rows


def checked(name: str, number: int, index: int, cell: str) -> tuple[Records, list[Problem]]:
    """The base with one cell changed, read and checked."""
    lines = [list(x) for x in base_lines(name)]
    lines[number - 1][index] = cell
    file = io.StringIO(newline="")
    csv.writer(file).writerows(lines)
    rows, held, problems = read_table(file.getvalue().encode(), discover()[name], COMMUNITY, f"{name}.csv")
    tables = {COMMUNITY: {n: base_table(n) for n in NAMES} | {name: rows}}
    kept, found = check(Records(District("测试区"), tables, tuple(held)), PROCEDURES, TODAY, mechanisms.checks())
    return kept, [*problems, *found]


def required(name: str) -> Iterator[tuple[int, int]]:
    """(row, index) of every cell of a sheet of the base that must be filled."""
    lines = base_lines(name)
    needed = {c.title for c in discover()[name].published if c.required}
    for number in range(2, len(lines) + 1):
        yield from ((number, i) for i, title in enumerate(lines[0]) if title in needed)


def _id(name: str, number: int) -> str:
    return base_lines(name)[number - 1][0]


# The rows of one question of a survey wait together, each told at its place: a missing one could be worked out.
TOGETHER = {"tally-tells"}

# --- one slip is told once ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_cell_is_told_once_whatever_hangs_on_its_row(name: str) -> None:
    for number, index in required(name):
        kept, problems = checked(name, number, index, "")
        told = [p for p in problems if p.code not in TOGETHER]
        assert [(p.code.startswith("cell-empty"), p.place.row) for p in told] == [(True, number)]
        assert _id(name, number) not in kept.tables[COMMUNITY][name]


@pytest.mark.parametrize("name", NAMES)
def test_what_waits_for_a_row_is_never_shown_without_it(name: str) -> None:
    """No published row has a required reference that leads nowhere, whichever row is withheld."""
    sheets = discover()
    for number in range(2, len(base_lines(name)) + 1):
        kept, _ = checked(name, number, 1, "")
        for sheet in (s for s in sheets.values() if s.per_community):
            for column in (c for c in sheet.published if c.kind.target in sheets and c.required):
                for shown in kept.tables[COMMUNITY][sheet.id].values():
                    assert getattr(shown, column.name) in kept.tables[COMMUNITY][column.kind.target]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_both_published_and_withheld(name: str) -> None:
    for number, index in required(name):
        kept, _ = checked(name, number, index, "")
        held = [(w.sheet, w.place.row) for w in kept.withheld]
        shown = [(s, r.place.row) for s, rows in kept.tables[COMMUNITY].items() for r in rows.values()]
        assert len(set(held)) == len(held)
        assert sorted(held + shown) == sorted((s, n) for s in NAMES for n in range(2, len(base_lines(s)) + 1))


# --- references -----------------------------------------------------------------------------------------------------


def codes(*rows: PublicRow, held: tuple[Withheld, ...] = ()) -> list[tuple[str, str]]:
    """(id of the row, code) of all that is wrong between some rows."""
    given_ = records(rows)
    found = checks.Given(Records(given_.district, given_.tables, held), PROCEDURES, TODAY, (COMMUNITY,))
    return [(r.id, p.code) for run in checks.CHECKS for r, p in run(found)]


CHILD = row(Unit, "U-2", name="支部", kind="小区党支部", parent="U-1")


def test_a_reference_that_leads_nowhere() -> None:
    assert codes(CHILD) == [("U-2", "ref-unknown")]
    assert codes(CHILD, row(Unit, "U-1", name="党委", kind="社区党委")) == []


@pytest.mark.parametrize(
    ("community", "sheet", "id", "told"),
    [
        (COMMUNITY, "units", "U-1", False),
        (COMMUNITY, "units", "", False),
        (COMMUNITY, "units", "U-3", True),
        (COMMUNITY, "grids", "U-1", True),
        ("dongyuan", "units", "U-1", True),
    ],
)
def test_a_reference_to_a_withheld_row_is_no_fault(community: str, sheet: str, id: str, told: bool) -> None:
    """An id that cannot be made out may be any."""
    assert bool(codes(CHILD, held=(Withheld(community, sheet, id, CHILD.place),))) == told


def test_rows_of_another_community_do_not_count() -> None:
    elsewhere = {"dongyuan": {"units": {"U-1": row(Unit, "U-1", name="党委", kind="社区党委")}}}
    both = Records(District("区"), {**records([CHILD]).tables, **elsewhere})
    _, problems = check(both, PROCEDURES, TODAY)
    assert [p.code for p in problems] == ["ref-unknown"]


# --- chains ---------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 7) | st.none(), min_size=1, max_size=8))
def test_exactly_the_rows_of_a_circle_are_told(parents: list[int | None]) -> None:
    size = len(parents)
    up = {n: (None if p is None or p >= size else p) for n, p in enumerate(parents)}
    rows = [row(Unit, f"U-{n}", n + 2, parent=None if p is None else f"U-{p}") for n, p in up.items()]
    told = {id for id, code in codes(*rows) if code == "chain-circle"}
    circle = set()
    for n in up:
        at, steps = up[n], 0
        while at is not None and at != n and steps <= size:
            at, steps = up[at], steps + 1
        if at == n:
            circle.add(f"U-{n}")
    assert told == circle


def test_a_micro_grid_lies_in_a_grid() -> None:
    alone = row(Grid, "G-1", name="第一微网格", level="微网格", scope="1号楼")
    assert codes(alone) == [("G-1", "grid-without-parent")]


# --- steps ----------------------------------------------------------------------------------------------------------

RAISED = date(2026, 3, 2)
MATTER = row(Matter, "M", procedure="liubu", raised_on=RAISED, size="小事")
SIX = ("集议题", "定议题", "拟方案", "做表决", "促落实")


def walked(*said: tuple[str, str, date], held: tuple[Withheld, ...] = ()) -> list[tuple[str, str]]:
    """(id, code) of what is wrong with the steps of a matter: step, result, day."""
    steps = [row(Step, f"S-{n}", n + 2, matter="M", step=s, result=r, on=on) for n, (s, r, on) in enumerate(said)]
    given_ = Records(District("区"), records([MATTER, *steps]).tables, held)
    return [(r.id, p.code) for r, p in checks.steps_in_order(checks.Given(given_, PROCEDURES, TODAY, (COMMUNITY,)))]


@given(st.lists(st.integers(0, 20), min_size=5, max_size=5), st.integers(0, 5))
def test_the_steps_in_order_with_days_that_run_forward_are_fine(gaps: list[int], many: int) -> None:
    day, said = RAISED, []
    for name, gap in list(zip(SIX, gaps, strict=True))[:many]:
        day = date.fromordinal(day.toordinal() + gap)
        said.append((name, "完成", day))
    assert walked(*said) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*SIX, "投票"]), st.sampled_from(OUTCOMES), st.dates(date(2026, 2, 1), date(2026, 6, 1))
        ),
        max_size=8,
    )
)
def test_a_row_is_told_of_once_at_most(said: list[tuple[str, str, date]]) -> None:
    told = [id for id, _ in walked(*said)]
    assert len(set(told)) == len(told)


def test_a_missing_step_is_told_at_the_row_after_it_and_not_again() -> None:
    said = [(name, "完成", RAISED) for name in SIX if name != "定议题"]
    assert walked(*said) == [("S-1", "step-out-of-order")]


@pytest.mark.parametrize(("refers", "judged"), [({"matter": "M"}, False), ({}, False), ({"matter": "N"}, True)])
def test_while_a_row_is_withheld_the_order_is_not_judged(refers: dict[str, str], judged: bool) -> None:
    said = [(name, "完成", RAISED) for name in SIX if name != "定议题"]
    lost = Withheld(COMMUNITY, "steps", "", MATTER.place, refers)
    assert bool(walked(*said, held=(lost,))) == judged
    assert walked(("投票", "完成", RAISED), held=(lost,)) == [("S-0", "step-unknown")]


def test_a_day_that_is_too_early_is_told_once() -> None:
    later = date(2026, 3, 20)
    said = [("集议题", "完成", later), ("定议题", "完成", date(2026, 3, 9)), ("拟方案", "完成", date(2026, 3, 10))]
    assert walked(*said) == [("S-1", "step-backwards")]


def test_what_ended_goes_on_only_when_it_is_taken_up_again() -> None:
    failed = [("集议题", "完成", RAISED), ("定议题", "不予受理", RAISED)]
    assert walked(*failed, ("拟方案", "完成", RAISED)) == [("S-2", "step-after-end")]
    assert walked(*failed, ("定议题", "重新办理", RAISED), ("定议题", "完成", RAISED)) == []


# --- votes ----------------------------------------------------------------------------------------------------------

COUNTS = st.integers(0, 30)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, st.none() | COUNTS, st.sampled_from(["通过", "未通过"]))
def test_a_vote_is_published_only_when_it_adds_up_and_the_result_follows(
    called: int, present: int, ayes: int, noes: int, blank: int, invalid: int | None, said: str
) -> None:
    matter = row(Matter, "M", procedure="liubu", raised_on=RAISED)
    vote = row(Vote, "V", matter="M", rule="yishi", called=called, present=present, in_favour=ayes, against=noes,
               abstained=blank, invalid=invalid, announced=said)  # fmt: skip
    step = row(Step, "S", matter="M", step="做表决", result="进行中", on=RAISED)
    told = {code for id, code in codes(matter, step, vote) if id == "V"}
    sums = ayes + noes + blank + (invalid or 0) == present
    carried = called > 0 and 3 * present >= 2 * called and 2 * ayes > present
    right = present <= called and sums and (said == "通过") == carried
    assert (told == set()) == right
    assert len(told) <= 1


# --- days of a publicity --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "fine"), [(0, False), (1, True), (366, True), (367, False), (10**15 - 1, False)])
def test_a_publicity_is_of_days_that_can_be_counted(days: int, fine: bool) -> None:
    posted = row(Step, "S", matter="M", step="集议题", result="完成", on=RAISED, posted_on=RAISED, posted_days=days,
                 posted_kind="日历日")  # fmt: skip
    kept, problems = check(records([MATTER, posted]), PROCEDURES, TODAY)
    told = [p.code for p in problems if p.code != "posting-below-least"]  # that is another matter
    assert told == ([] if fine else ["posting-days"])
    assert ("S" in kept.tables[COMMUNITY]["steps"]) == fine


def test_every_check_is_asked(root: Path) -> None:
    """A check that nobody runs finds nothing."""
    import ast

    files = [p for room in ("checks", "mechanisms") for p in (root / "generator" / room).glob("*.py")]
    trees = [ast.parse(p.read_text("utf-8")) for p in files]
    tops = [n for tree in trees for n in tree.body if isinstance(n, ast.FunctionDef)]
    made = {n.name for n in tops if ast.unparse(n.args) == "given: Given"}
    assert made == {c.__name__ for c in (*checks.CHECKS, *checks.LAST, *mechanisms.checks())}
