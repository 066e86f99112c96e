"""``bugu sync`` as a person runs it: what it prints, what it leaves, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import cli
from generator.sheets import discover
from tests.rows import COMMUNITY
from tests.sheets_server import Book, Tab, serve, too_many
from tests.sheets_server.server import service_account_file
from tests.sources.spreadsheets import ID
from tests.sync.town import Town


@pytest.fixture
def town(tmp_path: Path, demo: Path) -> Town:
    made = Town(tmp_path, demo)
    made.sync()
    return made


def settle(town: Town, *lines: str) -> None:
    path = town.records / "district.toml"
    path.write_text(path.read_text("utf-8") + "\n[sources]\n" + "\n".join(lines) + "\n", "utf-8")


def test_without_a_source_district_toml_says_where(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    settle(town, f'{COMMUNITY} = "../theirs/西园.xlsx"')
    town.put("matters", "XY-2026-002", "内容", "院子西侧晚上很暗。")
    town.save()
    assert town.bugu("sync") == 0
    said = capsys.readouterr()
    assert "《议题台账》改动 1 行:XY-2026-002" in said.out
    assert "bugu build" in said.out
    assert said.err == ""
    assert town.bugu("sync") == 0
    assert "没有变化" in capsys.readouterr().out


def test_bad_rows_end_with_1_and_are_told_with_their_cell(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "03/05/2026")
    assert town.bugu("sync", str(town.save())) == 1
    said = capsys.readouterr()
    assert "1 行的新内容有问题,网站上还是原来的" in said.out
    assert "西园.xlsx《议题台账》:3 (F3) 提出日期:" in said.err


def test_remarks_alone_end_with_0(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.rows["matters"][0].append("组长备忘")
    town.rows["matters"][1].append("x")
    assert town.bugu("sync", str(town.save())) == 0
    assert "组长备忘" in capsys.readouterr().err


def test_a_dry_run_says_what_would_change_and_changes_nothing(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("matters", "XY-2026-002", "标题", "院里再添几盏路灯")
    new = list(town.row("matters", "XY-2026-002"))
    town.rows["matters"].append(["XY-2026-004", *new[1:]])
    before = town.bytes()
    assert town.bugu("sync", str(town.save()), "--dry-run", "--today", "2026-06-17") == 0
    said = capsys.readouterr().out
    assert town.bytes() == before
    assert "网页新增" in said
    assert "xiyuan/matters/XY-2026-004/" in said
    assert "xiyuan/matters/XY-2026-002/" in said
    assert "通知" in said
    assert "什么也没有写" in said


def test_a_stop_says_what_would_go_and_how_to_go_on(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    settle(town, f'{COMMUNITY} = "../theirs/西园.xlsx"')
    votes = town.rows.pop("votes")
    town.save()
    assert town.bugu("sync") == 1
    said = capsys.readouterr().err
    assert "《表决》整张表不见了(2 行:XY-V1、XY-V2)" in said
    command = said.rpartition("运行:bugu ")[2].split()
    assert town.bugu(*command) in (0, 1)
    assert {m["编号"] for m in town.marks("removed")} == {"XY-V2"}  # a resolution needs the other
    assert {m["编号"] for m in town.marks("withheld")} == {"XY-V1"}
    town.rows["votes"] = votes
    town.save()
    capsys.readouterr()
    assert town.bugu("sync") == 0
    assert town.marks("removed") == []


def test_json_says_the_same_to_machines(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    assert town.bugu("sync", str(town.save()), "--format", "json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["communities"][0]["kept"] == 1
    assert said["communities"][0]["problems"][0]["cell"] == "F3"
    assert said["files"] == [f"{COMMUNITY}/withheld.csv"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "[sources]"),
        (["--community", "dongyuan"], "dongyuan"),
        (["x.xlsx", "--page", "PUBLIC"], "不公开的内容"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_to_do(
    town: Town, capsys: pytest.CaptureFixture[str], arguments: list[str], word: str
) -> None:
    given = [str(town.records / "p.html") if a == "PUBLIC" else a for a in arguments]
    assert town.bugu("sync", *given) == 2
    assert word in capsys.readouterr().err


def test_which_community_a_source_is_for_is_asked_where_it_is_not_sure(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    path = town.records / "communities.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1].replace("xiyuan", "dongyuan"), ""]), "utf-8")
    assert town.bugu("sync", str(town.save())) == 2
    assert "xiyuan、dongyuan" in capsys.readouterr().err
    assert town.bugu("sync", str(town.book), "--community", COMMUNITY) == 0


def test_a_source_that_cannot_be_had_ends_with_3_if_the_network_is_at_fault(town: Town) -> None:
    settle(town, f'{COMMUNITY} = "env:NOT_SET"')
    before = town.bytes()
    assert town.bugu("sync") == 3
    assert town.bytes() == before
    assert town.bugu("sync", "no.xlsx") == 1


def test_the_coordinator_s_page_is_written_where_asked(town: Town) -> None:
    town.rows["editors"] = [["编号", "表", "填表人"], ["FG-1", "议题台账", "欧阳秋水"]]
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    page = town.folder / "改.html"
    assert town.bugu("sync", str(town.save()), "--page", str(page)) == 1
    said = page.read_text("utf-8")
    assert "欧阳秋水" in said
    assert "F3" in said


def test_notes_come_on_the_cells_of_a_google_spreadsheet_and_go_when_mended(town: Town, tmp_path: Path, private_key: str) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    tabs = [Tab(discover()[s].title, [list(line) for line in lines]) for s, lines in town.rows.items()]
    book = Book(ID, tabs, shared="writer")
    arguments = ["sync", f"google:{ID}", "--notes", "--records", str(town.records), "--quiet"]
    with serve(book) as server:
        account = service_account_file(tmp_path, server, private_key)
        ways = {"google": server.base, "environ": {"GOOGLE_APPLICATION_CREDENTIALS": str(account)}}
        assert cli.main(arguments, doors=lambda _: town.doors(**ways)) == 1
        assert [at for at, text in book.tab("议题台账").notes.items() if text] == [(2, 5)]
        book.tab("议题台账").put(2, 5, "2026-06-01")
        assert cli.main(arguments, doors=lambda _: town.doors(**ways)) == 0
        assert [at for at, text in book.tab("议题台账").notes.items() if text] == []
        server.before = lambda n, call: too_many() if call.what == "batchUpdate" else None
        book.tab("议题台账").put(2, 5, "昨天")
        now = [0.0]

        def sleep(seconds: float) -> None:
            now[0] += seconds

        ways |= {"clock": lambda: now[0], "sleep": sleep}
        assert cli.main(arguments, doors=lambda _: town.doors(**ways)) == 3
    assert town.stands("matters")["XY-2026-002"]["提出日期"] == "2026-06-01"


def test_what_breaks_inside_is_said_without_its_words(
    town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error may quote a cell, so only its kind is printed."""
    from generator.sync import recipe

    def broken(*_: object) -> None:
        raise ValueError("欧阳秋水 13912345678")

    monkeypatch.delenv("BUGU_TRACEBACK", raising=False)
    monkeypatch.setattr(recipe, "understand", broken)
    before = town.bytes()
    assert town.bugu("sync", str(town.save())) == 3
    said = capsys.readouterr()
    assert "秋水" not in said.out + said.err
    assert "ValueError" in said.err
    assert town.bytes() == before
