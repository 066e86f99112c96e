"""``bugu check`` of the volunteers' own workbook: every problem at once, and a copy with the cells marked."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.rows import COMMUNITY
from tests.sync.town import Town


@pytest.fixture
def town(tmp_path: Path, demo: Path) -> Town:
    made = Town(tmp_path, demo)
    made.sync()
    return made


def test_a_faultless_workbook_ends_with_0_and_gets_no_copy(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    assert town.bugu("check", str(town.save())) == 0
    assert "没有问题" in capsys.readouterr().out
    assert [p.name for p in town.book.parent.iterdir()] == ["西园.xlsx"]


def test_bad_cells_are_told_and_marked_in_a_copy_beside_it(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    town.put("votes", "XY-V1", "赞成", 9)
    before = town.bytes()
    theirs = town.save().read_bytes()
    assert town.bugu("check", str(town.book), "--today", "2026-06-17") == 1
    said = capsys.readouterr().out
    assert "共 2 处要改" in said
    assert "(F3) 提出日期" in said
    copy = town.book.with_name("西园-要改的地方.xlsx")
    assert str(copy) in said
    assert town.book.read_bytes() == theirs
    assert town.bytes() == before
    book = openpyxl.load_workbook(copy)
    assert book["议题台账"]["F3"].comment is not None
    assert "昨天" in book["议题台账"]["F3"].comment.text
    assert book["表决"]["G2"].comment is not None
    book.close()


def test_a_marked_copy_can_be_worked_in_and_checked_again(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    assert town.bugu("check", str(town.save())) == 1
    copy = town.book.with_name("西园-要改的地方.xlsx")
    capsys.readouterr()
    assert town.bugu("check", str(copy), "--out", str(copy.with_name("再.xlsx"))) == 1
    assert "共 1 处要改" in capsys.readouterr().out


def test_json_and_a_page_for_the_coordinator(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    page = town.folder / "改.html"
    assert town.bugu("check", str(town.save()), "--format", "json", "--page", str(page)) == 1
    found = json.loads(capsys.readouterr().out.partition("]\n")[0] + "]")
    assert [(p["sheet"], p["cell"]) for p in found] == [("议题台账", "F3")]
    assert "议题台账" in page.read_text("utf-8")


@pytest.mark.parametrize(("name", "code"), [("没有.xlsx", 2), ("坏.xlsx", 1)])
def test_no_workbook_or_a_broken_one(town: Town, capsys: pytest.CaptureFixture[str], name: str, code: int) -> None:
    (town.folder / "坏.xlsx").write_bytes(b"PK\3\4 broken")
    assert town.bugu("check", str(town.folder / name)) == code
    assert name in capsys.readouterr().out


def test_records_and_workbooks_are_checked_one_after_the_other(town: Town) -> None:
    assert town.bugu("check", str(town.save()), str(town.records)) == 2
    assert town.bugu("check", str(town.records), "--notes") == 2


def test_the_community_is_found_from_its_tab_or_asked_for(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    path = town.records / "communities.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1].replace("xiyuan", "dongyuan"), ""]), "utf-8")
    assert town.bugu("check", str(town.save())) == 0
    del town.rows["communities"]
    assert town.bugu("check", str(town.save())) == 2
    assert "--community" in capsys.readouterr().err
    assert town.bugu("check", str(town.book), "--community", COMMUNITY) == 0


@pytest.mark.parametrize(("day", "told"), [("2026-06-17", True), ("2026-03-01", True), ("2027-04-02", False)])
def test_a_day_still_to_come_is_told_at_its_cell_whatever_day_is_asked_for(
    town: Town, capsys: pytest.CaptureFixture[str], day: str, told: bool
) -> None:
    """A day that is over makes no slip of all the rows since; the one row with the wrong year stays one."""
    town.put("resolutions", "XY-R1", "落实日期", "2027-04-01")
    capsys.readouterr()
    town.bugu("check", str(town.save()), "--today", day, "--format", "json")
    found = json.loads(capsys.readouterr().out.partition("]\n")[0] + "]")
    ahead = [(p["sheet"], p["column"], p["code"], p["withheld"]) for p in found if p["code"].endswith("-ahead")]
    assert ahead == ([("决议与落实", "落实日期", "done-ahead", False)] if told else [])
