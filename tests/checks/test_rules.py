"""A community's own version binds it alone, and only from the day on which it took the place of the version for all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks.given import Given
from generator.checks.rules import rules_of_their_community
from generator.procedures import load
from generator.sheet import PublicRow
from generator.sheets.elections import Election
from generator.sheets.matters import Matter
from generator.sheets.meetings import Meeting
from generator.sheets.votes import Vote
from tests.rows import COMMUNITY, records, row

SHIPPED = Path(__file__).parents[2] / "records" / "procedures"
BEFORE, FROM = date(2026, 4, 30), date(2026, 5, 1)
NEW = 'valid_from = 2026-05-01\ncommunity = "{whose}"'


def told(folder: Path, whose: str, *rows: PublicRow) -> list[tuple[str, str, bool]]:
    """What is wrong when ``whose`` has its own liubu, yishi and tuixuan from May on: (row, code, whether it is withheld)."""
    for path in SHIPPED.glob("*.toml"):
        written = path.read_text("utf-8")
        if path.stem in ("liubu", "yishi", "tuixuan"):
            start = "valid_from = 2020-12-01" if path.stem != "tuixuan" else 'counted_by = "heads"'
            more = "" if path.stem != "tuixuan" else '\ncounted_by = "heads"'
            assert start in written
            own = written.replace(start, NEW.format(whose=whose) + more)
            (folder / f"{path.stem}-2026.toml").write_text(own, "utf-8")
            written = written.replace(start, f"valid_to = 2026-04-30\n{start}")
        (folder / path.name).write_text(written, "utf-8")
    procedures, problems = load(folder)
    assert [p.line() for p in problems] == []
    found = rules_of_their_community(Given(records(rows), procedures, date(2026, 6, 17), (COMMUNITY,)))
    return [(r.id, p.code, p.withholds) for r, p in found]


def rows(on: date) -> tuple[PublicRow, ...]:
    more: dict[str, Any] = {"called": 15, "present": 15}
    return (
        row(Matter, "D1", procedure="liubu", raised_on=on, size="小事"),
        row(Meeting, "M1", kind="议事协商会", on=on, **more),
        row(Vote, "V1", meeting="M1", rule="yishi", motion="修门", **more),
        row(Election, "E1", rule="tuixuan", on=on, post="微网格长", **more),
    )


def test_what_was_before_an_own_version_stays(tmp_path: Path) -> None:
    assert told(tmp_path, "dongyuan", *rows(BEFORE)) == []


def test_from_its_day_on_it_is_for_its_community_alone(tmp_path: Path) -> None:
    found = told(tmp_path, "dongyuan", *rows(FROM))
    assert found == [(id, "rule-of-another", True) for id in ("D1", "V1", "E1")]


@pytest.mark.parametrize("on", [BEFORE, FROM])
def test_its_community_goes_by_it(tmp_path: Path, on: date) -> None:
    assert told(tmp_path, COMMUNITY, *rows(on)) == []


@pytest.mark.parametrize(
    ("procedure", "size", "ok"),
    [("liubu", "急事", True), ("weiwangge", "小事", True), ("weiwangge", "急事", False), ("xuanju", "小事", False)],
)
def test_a_class_that_a_procedure_has_no_days_for(tmp_path: Path, procedure: str, size: str, ok: bool) -> None:
    matter = row(Matter, "D1", procedure=procedure, raised_on=FROM, size=size)
    assert told(tmp_path, COMMUNITY, matter) == ([] if ok else [("D1", "size-not-of-procedure", False)])
