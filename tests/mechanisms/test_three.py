"""三常: only what the counts of the private sheets print is on the page, and what the visits brought up."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator import counting
from generator.facts.three import Three, three
from generator.facts.whole import Whole
from generator.sheets import discover
from generator.sheets.grids import Grid
from generator.sheets.matters import Matter
from generator.sheets.units import Unit
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, seen, words
from tests.rows import COMMUNITY, row

SHEETS = discover()
GRIDS = {"grids": ["g1", "g2", "g3", "g4"]}


def counted(sheet: str, numbers: dict[tuple[str, str], int]) -> object:
    rows = [
        {"grid": grid, "on": date(int(month[:4]), int(month[5:]), 1 + n % 28)}
        for (grid, month), many in numbers.items()
        for n in range(many)
    ]
    return counting.count(SHEETS[sheet], COMMUNITY, rows, GRIDS, TODAY)


def everywhere(many: int, but: dict[tuple[str, str], int] | None = None) -> dict[tuple[str, str], int]:
    return {(g, m): many for g in GRIDS["grids"] for m in counting.months(TODAY)} | (but or {})


def given(*tables: object) -> Whole:
    grids = [row(Grid, g, n, name=f"第{g}网格", level="网格", scope="东") for n, g in enumerate(GRIDS["grids"], 2)]
    return seen(grids, counts=tables)


def test_without_either_count_there_is_nothing() -> None:
    assert three(given(), COMMUNITY) is None


def test_a_small_count_is_not_printed_and_cannot_be_worked_out() -> None:
    of = given(counted("visits", everywhere(8, {("g2", "2026-05"): 3})))
    shown = three(of, COMMUNITY)
    assert isinstance(shown, Three)
    assert shown.visits
    last = [shown.visits.last(g) for g in GRIDS["grids"]]
    assert last[1] == "少于5"
    assert "不列" in (*last, shown.visits.totals[-1]), "the total of the month would give it back"
    text = page(of, "three")
    assert "“少于5”" in text
    assert not re.search(r"第g2网格3(?!\d)", text)


def test_one_kind_alone_is_shown_without_the_other() -> None:
    of = given(counted("errands", everywhere(6)))
    shown = three(of, COMMUNITY)
    assert shown
    assert shown.visits is None
    text = page(of, "three")
    assert "2026年5月，你家这个网格" in text
    assert "入户和走访（次）" not in text
    assert "帮扶和代办（次）" in text
    assert "“少于5”：" not in text, "what is not printed is not explained"


def test_the_month_that_is_not_over_is_not_counted() -> None:
    shown = three(given(counted("visits", everywhere(8, {("g1", "2026-06"): 40}))), COMMUNITY)
    assert shown
    assert shown.visits
    assert shown.visits.months[-1] == "2026年5月"
    assert len(shown.visits.months) == 12


def matter(id: str, at: int, channel: str, day: date) -> Matter:
    return row(
        Matter, id, at, title=f"事{id}", category="其他", size="小事", raised_on=day, channel=channel,
        body="……", procedure="liubu", owner="u",
    )  # fmt: skip


def test_only_what_a_visit_brought_up_is_counted_and_no_day_to_come() -> None:
    there = [
        row(Unit, "u", name="居委会", kind="居委会"),
        matter("A-2026-001", 2, "网格员走访", date(2026, 6, 1)),
        matter("A-2026-002", 3, "微信群", date(2026, 6, 2)),
        matter("A-2026-003", 4, "网格员走访", date(2026, 6, 18)),
    ]
    shown = three(seen(there, counts=(counted("visits", everywhere(8)),)), COMMUNITY)
    assert shown
    assert [c.id for c in shown.heard] == ["A-2026-001"]
    assert shown.solved == 0


@pytest.mark.parametrize("sheet", ["visits", "errands"])
def test_the_demonstration_prints_what_its_file_has(sheet: str, root: Path) -> None:
    lines = (root / "records" / "nanhua" / f"{sheet}.csv").read_text("utf-8").splitlines()[1:]
    cells = {tuple(x.split(",")[:2]): x.split(",")[2] for x in lines}
    shown = three(demo().whole, "nanhua")
    assert shown
    tally = {"visits": shown.visits, "errands": shown.helped}[sheet]
    assert tally
    months = sorted({m for g, m in cells if g != "合计" and m != "合计"})
    assert {g: [cells[g, m] for m in months] for g in tally.cells} == {g: list(v) for g, v in tally.cells.items()}
    assert list(tally.totals) == [cells["合计", m] for m in months]
    part = demo_page("nanhua", "three").split(f'id="{sheet}"')[1].split("</table>")[0]
    assert part.count("<tr>") == 13
    assert sorted(re.findall("<td>(.*?)</td>", part)) == sorted(
        [*(c for v in tally.cells.values() for c in v), *tally.totals]
    )


def test_the_three_are_named_and_lead_to_what_was_solved() -> None:
    text = words(demo_page("nanhua", "three"))
    assert all(x in text for x in ("常入户", "常走访", "常帮扶", "绿秀苑飞线充电"))
    assert 'href="../../nanhua/matters/NH-2024-001/"' in demo_page("nanhua", "three")
