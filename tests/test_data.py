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
from generator.data import _later, data, defused
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
        later = _later(whole.records.tables["xiyuan"], whole.today)
        there = [id for id in stand if (sheet.id, id) not in later]
        assert (name in made) == bool(there)
        if there:
            head, *lines = _read(made[name])
            assert head == [c.title for c in sheet.published if (sheet.id, c.name) != ("matters", "said")]
            assert [line[head.index("编号")] for line in lines] == there


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


@pytest.mark.parametrize("sign", "＝＋－＠")
def test_a_full_width_sign_is_a_formula_too(sign: str) -> None:
    """Excel takes ＝1+1 for =1+1 where Chinese is typed."""
    assert defused(f"{sign}1") == f"'{sign}1"


def test_a_status_that_was_typed_is_nowhere_in_it(whole: Whole) -> None:
    """What stands there is worked out; two states of one matter would be one too many."""
    made = _tables(whole)
    assert "状态" not in _read(made["data/xiyuan-matters.csv"])[0]
    assert "状态" in _read(made["data/standings.csv"])[0]
    package = json.loads(made["data/datapackage.json"])
    (matters,) = (r for r in package["resources"] if r["name"] == "xiyuan-matters")
    assert "状态" not in [f["name"] for f in matters["schema"]["fields"]]


def _ids(whole: Whole, sheet: str) -> list[str]:
    raw = _tables(whole).get(f"data/xiyuan-{sheet}.csv")
    return [line[0] for line in _read(raw)[1:]] if raw else []


def test_what_has_not_happened_yet_is_on_no_page_and_in_no_table(demo: Path, tmp_path: Path) -> None:
    """And what is about it: the candidates of an election, the items of a meeting."""
    folder = rows.base_folder(demo, tmp_path / "records") / "xiyuan"
    head = "编号,名称,职务,会议,议题,网格,小区,投票日期,规则,应选名额,应投票人数,投票人数,废票,委托票,投票方式"
    head += ",另行选举的是,任期起,任期止,候选人数"
    lines = [f"E-{n},楼长推选,楼长,,,,,{on},tuixuan,1,9,9,,,书面,,,,1" for n, on in ((1, "2026-06-17"), (2, "2026-06-18"))]
    (folder / "elections.csv").write_text("\n".join([head, *lines, ""]), "utf-8")
    cast = [f"E-{n}-1,E-{n},马*,否,,9,当选" for n in (1, 2)]
    (folder / "candidates.csv").write_text("\n".join(["编号,选举,候选人,公开同意,人员,得票,公布结果", *cast, ""]), "utf-8")
    whole, _ = check(tmp_path / "records", date(2026, 6, 17))
    assert (_ids(whole, "elections"), _ids(whole, "candidates")) == (["E-1"], ["E-1-1"])
    assert _ids(whole, "people") == list(whole.records.tables["xiyuan"]["people"]), "nobody is about an election"


@pytest.mark.parametrize("today", [date(2026, 3, 1), date(2026, 3, 20), date(2026, 4, 1)])
def test_on_an_earlier_day_nothing_of_a_later_one_is_there(demo: Path, tmp_path: Path, today: date) -> None:
    whole = rows.base(demo, tmp_path / "records", today)
    made = _tables(whole)
    for sheet, title in (("meetings", "日期"), ("steps", "日期"), ("resolutions", "通过日期"), ("matters", "提出日期")):
        raw = made.get(f"data/xiyuan-{sheet}.csv")
        head, *lines = _read(raw) if raw else [[]]
        assert all(line[head.index(title)] <= str(today) for line in lines)
    held = set(_ids(whole, "meetings"))
    items = _read(made["data/xiyuan-items.csv"]) if "data/xiyuan-items.csv" in made else [[]]
    assert {line[items[0].index("会议")] for line in items[1:]} <= held
    raised = set(_ids(whole, "matters"))
    assert {line[1] for line in _read(made["data/standings.csv"])[1:]} == raised
    package = json.loads(made["data/datapackage.json"])
    assert {f"data/{r['path']}" for r in package["resources"]} | {"data/datapackage.json"} == set(made)


@given(st.text())
def test_a_defused_cell_still_says_what_it_said(text: str) -> None:
    assert defused(text) in (text, "'" + text)
    assert defused(text)[:1] not in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
