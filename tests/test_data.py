"""The tables to take away: every published row, nothing more, and no cell that a spreadsheet program would run."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import check
from generator.data import data, defused
from generator.facts.whole import Whole
from generator.sheets import discover

from . import rows


@pytest.fixture
def whole(demo: Path, tmp_path: Path) -> Whole:
    return rows.base(demo, tmp_path / "records")


def _tables(whole: Whole) -> dict[str, bytes]:
    return dict(data(whole, tuple(discover().values())))


def _read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_every_published_row_and_no_other(whole: Whole) -> None:
    made = _tables(whole)
    for sheet in discover().values():
        stand = whole.records.tables["xiyuan" if sheet.per_community else ""].get(sheet.id, {})
        name = f"data/xiyuan-{sheet.id}.csv" if sheet.per_community else f"data/{sheet.id}.csv"
        assert (name in made) == bool(stand)
        if stand:
            head, *lines = _read(made[name])
            assert head == [c.title for c in sheet.published]
            assert [line[head.index("编号")] for line in lines] == list(stand)


def test_the_package_describes_each_file_as_it_is(whole: Whole) -> None:
    made = _tables(whole)
    package = json.loads(made.pop("data/datapackage.json"))
    assert {f"data/{r['path']}" for r in package["resources"]} == set(made)
    for resource in package["resources"]:
        assert [f["name"] for f in resource["schema"]["fields"]] == _read(made[f"data/{resource['path']}"])[0]
    assert len({r["name"] for r in package["resources"]}) == len(package["resources"])


def test_standings_are_those_of_the_pages(whole: Whole) -> None:
    head, *lines = _read(_tables(whole)["data/standings.csv"])
    found = {line[1]: dict(zip(head, line, strict=True)) for line in lines}
    assert (found["XY-2026-003"]["状态"], found["XY-2026-003"]["结束日期"]) == ("表决未通过", "2026-06-10")
    assert found["XY-2026-001"]["解决日期"] == "2026-04-01"


def test_no_formula_leaves(demo: Path, tmp_path: Path) -> None:
    folder = rows.base_folder(demo, tmp_path / "records")
    path = folder / "xiyuan" / "matters.csv"
    path.write_text(path.read_text("utf-8").replace("院里添几盏路灯", '"=HYPERLINK(1)"'), "utf-8")
    whole, _ = check(folder, date(2030, 1, 1))
    cells = [c for name, raw in _tables(whole).items() if name.endswith(".csv") for line in _read(raw) for c in line]
    assert "'=HYPERLINK(1)" in cells
    assert not [c for c in cells if c[:1] in ("=", "+", "-", "@")]


@given(st.text())
def test_a_defused_cell_still_says_what_it_said(text: str) -> None:
    assert defused(text) in (text, "'" + text)
    assert defused(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")
