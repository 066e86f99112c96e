"""``bugu template``: an empty workbook for the volunteers, as a file and at Google's."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from generator import cli
from generator.sheets import discover
from tests.rows import COMMUNITY
from tests.sheets_server import Book, Tab, serve
from tests.sheets_server.server import service_account_file
from tests.sources.spreadsheets import ID
from tests.sync.town import Town


@pytest.fixture
def town(tmp_path: Path, demo: Path) -> Town:
    made = Town(tmp_path, demo)
    made.sync()
    return made


def test_the_workbook_has_every_sheet_and_is_not_written_over(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    path = town.folder / "表.xlsx"
    assert town.bugu("template", "--out", str(path)) == 0
    assert str(path) in capsys.readouterr().out
    book = openpyxl.load_workbook(path)
    assert {s.title for s in discover().values()} <= set(book.sheetnames)
    book.close()
    made = path.read_bytes()
    assert town.bugu("template", "--out", str(path)) == 2
    assert path.read_bytes() == made
    assert town.bugu("template", "--out", str(path), "--force") == 0
    assert path.read_bytes() == made
    assert town.bugu("template", "--out", str(town.folder / "no" / "表.xlsx")) == 2


def test_an_empty_template_brings_nothing_and_says_nothing(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    path = town.folder / "theirs" / "空.xlsx"
    assert town.bugu("template", "--out", str(path)) == 0
    capsys.readouterr()
    before = town.bytes()
    assert town.bugu("check", str(path), "--community", COMMUNITY) == 0
    assert town.bugu("sync", str(path)) == 1  # every tab would lose its rows
    assert "怕是误删" in capsys.readouterr().err
    assert town.bytes() == before


def test_a_template_filled_in_comes_in(town: Town) -> None:
    path = town.folder / "theirs" / "填.xlsx"
    town.bugu("template", "--out", str(path))
    book = openpyxl.load_workbook(path)
    for sheet, lines in town.rows.items():
        tab = book[discover()[sheet].title]
        heads = {str(c.value).strip("* ") if c.value else "": c.column for c in tab[1]}
        for n, line in enumerate(lines[1:], start=3):
            for title, value in zip(lines[0], line, strict=True):
                column = next(at for head, at in heads.items() if head.replace("*", "").split("(")[0].strip() == title)
                tab.cell(n, column, value or None)
    book.save(path)
    book.close()
    before = town.bytes()
    assert town.bugu("sync", str(path), "--today", "2026-06-17") == 0
    assert town.bytes() == before


def test_a_google_spreadsheet_is_laid_out_and_what_is_there_stays(
    town: Town, tmp_path: Path, private_key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(ID, [Tab("议题台账", [["编号", "标题"], ["XY-1", "路灯"]])], shared="writer")
    arguments = ["template", "--google", ID, "--records", str(town.records)]
    with serve(book) as server:
        account = service_account_file(tmp_path, server, private_key)
        ways = {"google": server.base, "environ": {"GOOGLE_APPLICATION_CREDENTIALS": str(account)}}
        assert cli.main(arguments, doors=lambda _: town.doors(**ways)) == 0
        assert server.asked.count("batchUpdate") == 1
        titles = [t.title for t in book.tabs]
        assert {s.title for s in discover().values()} <= set(titles)
        assert book.tab("议题台账").at(1, 1) == "路灯"
        assert cli.main(arguments, doors=lambda _: town.doors(**ways)) == 0
        assert [t.title for t in book.tabs] == titles
    assert cli.main(arguments, doors=lambda _: town.doors(environ={})) == 3
    assert "GOOGLE_APPLICATION_CREDENTIALS" in capsys.readouterr().err
