"""``bugu cards``: statements and cards for the volunteers alone; outside the checkout, and nothing of them anywhere else."""

from __future__ import annotations

import io
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator import cli
from tests.rows import COMMUNITY
from tests.sync.test_canary import SIGNS, Canaries, _everything, _found
from tests.sync.test_cards import HOLDERS, SHEETS, lay
from tests.sync.town import Town

ROOT = Path(__file__).parents[2]
STATEMENTS, CARDS = "小红花卡-流水.pdf", "小红花卡-卡片.pdf"


@pytest.fixture
def town(tmp_path: Path, demo: Path) -> Town:
    made = Town(tmp_path, demo)
    lay(made, *SHEETS)
    made.save()
    return made


@pytest.fixture
def out(town: Town) -> Path:
    return town.folder / "打印"


def make(town: Town, out: Path, *more: str) -> int:
    return town.bugu("cards", str(town.book), "--community", COMMUNITY, "--today", "2026-06-17", "--out", str(out), *more)


def pages(path: Path) -> list[str]:
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


def test_each_holder_has_a_statement_that_adds_up(town: Town, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(town, out) == 0
    first, second = pages(out / STATEMENTS)
    assert "卡号KA-1持卡人甲秋水" in first
    assert "得分10分用分10分" in first
    assert "还剩0分" in first
    assert "2026-06-01夜间巡逻Z-15" in first
    assert "2026-06-02牛肉面一碗100" in first
    assert "乙秋水" not in first
    assert "得分13分用分10分" in second
    assert "还剩3分" in second
    said = capsys.readouterr()
    assert "2 个人" in said.out
    assert "秋水" not in said.out + said.err


def test_cards_are_ten_on_a_sheet_with_the_name_and_number(town: Town, out: Path) -> None:
    town.rows["holders"] += [[f"KB-{n}", f"丙秋水{n}", "XY-G1", ""] for n in range(9)]
    town.save()
    assert make(town, out) == 0
    sheets = pages(out / CARDS)
    assert [sheet.count("小红花卡") for sheet in sheets] == [10, 1]
    assert "甲秋水KA-1" in sheets[0]
    assert sheets[0].count("12") >= 10  # the twelve spaces for stamps are numbered


def test_a_long_name_or_number_stays_on_its_card(town: Town, out: Path) -> None:
    """It gets smaller; the word beside it stays in one line, and nothing runs into the next card."""
    town.rows["holders"] += [
        ["KC-1", "阿不都热合曼·买买提依明·艾合买提江·托合提", "XY-G1", ""],
        ["KC-2026-XIYUAN-0000000000000000001", "丙秋水", "XY-G1", ""],
    ]
    town.save()
    assert make(town, out) == 0
    (sheet,) = PdfReader(io.BytesIO((out / CARDS).read_bytes())).pages
    lines = [re.sub(r"\s+", "", line) for line in sheet.extract_text().splitlines()]
    assert sum("小红花卡" in line for line in lines) == 4
    assert any("KC-2026-XIYUAN-0000000000000000001" in line for line in lines)


def test_one_card_alone(town: Town, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(town, out, "--card", "ka-2") == 0
    assert sorted(p.name for p in out.iterdir()) == ["小红花卡-卡片-KA-2.pdf", "小红花卡-流水-KA-2.pdf"]
    assert "甲秋水" not in "".join(pages(out / "小红花卡-流水-KA-2.pdf"))
    assert make(town, out, "--card", "KA-99") == 2
    assert "没有这个卡号" in capsys.readouterr().err


def test_a_number_that_is_mistyped_gets_no_card(town: Town, out: Path) -> None:
    town.put("stamps", "DK-5", "卡号", "KA2")
    town.save()
    assert make(town, out) == 1
    assert len(pages(out / STATEMENTS)) == 2
    assert "KA2" not in "".join(pages(out / CARDS))


def test_what_does_not_count_is_not_in_the_balance_and_is_told(
    town: Town, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town.put("stamps", "DK-5", "签章号", "")
    town.put("stamps", "DK-4", "积分", "50")
    town.save()
    assert make(town, out) == 1
    second = pages(out / STATEMENTS)[1]
    assert "还剩-7分" in second
    assert "有1次服务还没有盖章，不算分。有1行正在核对，没有算进来。" in second
    said = capsys.readouterr().err
    assert "有 2 处要看一看" in said
    assert "(G6) 签章号" in said
    assert "(E5) 积分" in said


@pytest.mark.parametrize("where", [".", "public", "records", "records/xiyuan", "notices", ".cache/karten", "a/b/c"])
def test_nothing_is_written_inside_the_checkout(
    town: Town, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = town.records.parent
    before = sorted(root.rglob("*"))
    assert make(town, root / where) == 2
    assert "不能放在这里" in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


def test_nor_through_a_link_into_it(town: Town, out: Path) -> None:
    out.symlink_to(town.records.parent, target_is_directory=True)
    assert make(town, out / "x") == 2
    assert not (town.records.parent / "x").exists()


def test_nor_into_another_folder_that_is_kept_by_git_or_is_a_checkout(town: Town, out: Path) -> None:
    (out / ".git").mkdir(parents=True)
    assert make(town, out / "y") == 2
    other = town.folder / "anders"
    (other / "templates").mkdir(parents=True)
    (other / "mkdocs.yml").write_text("")
    assert make(town, other / "y") == 2


def test_a_link_that_lies_in_the_folder_is_not_followed(town: Town, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out.mkdir()
    target = town.records / "x.pdf"
    (out / STATEMENTS).symlink_to(target)
    assert make(town, out) == 3
    assert "写不进" in capsys.readouterr().err
    assert not target.exists()


def test_a_file_that_is_in_the_checkout_as_well_stays_as_it_is_there(town: Town, out: Path) -> None:
    """By a hard link it is one file under two names."""
    out.mkdir()
    there = town.records / "x.pdf"
    there.write_bytes(b"old")
    os.link(there, out / STATEMENTS)
    assert make(town, out) == 0
    assert there.read_bytes() == b"old"
    assert (out / STATEMENTS).read_bytes().startswith(b"%PDF")
    assert sorted(p.name for p in out.iterdir()) == [CARDS, STATEMENTS]


def test_a_file_is_no_folder(town: Town, out: Path) -> None:
    out.write_text("")
    assert make(town, out) == 2


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_nobody_else_on_the_machine_may_read_them(town: Town, out: Path) -> None:
    assert make(town, out) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in out.iterdir()} == {0o600}
    (out / CARDS).chmod(0o644)
    assert make(town, out) == 0
    assert stat.S_IMODE((out / CARDS).stat().st_mode) == 0o600


def test_a_source_that_is_published_or_not_there_is_refused(town: Town, out: Path) -> None:
    inside = town.records / "x.xlsx"
    inside.write_bytes(town.book.read_bytes())
    assert town.bugu("cards", str(inside), "--community", COMMUNITY, "--out", str(out)) == 2
    assert town.bugu("cards", str(town.folder / "nicht.xlsx"), "--community", COMMUNITY, "--out", str(out)) == 2
    assert not out.exists()


def test_a_workbook_without_cards_says_so(town: Town, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for sheet in ("holders", "stamps", "redemptions"):
        del town.rows[sheet]
    town.save()
    assert make(town, out) == 1
    assert "没有《持卡人》" in capsys.readouterr().err
    assert not out.exists()


def test_a_name_that_no_font_here_can_print_is_told_by_its_row_alone(
    town: Town, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town.rows["holders"][1][1] = "甲\U000301a1水"
    town.save()
    assert make(town, out) == 1
    said = capsys.readouterr()
    assert "第 2 行" in said.err
    assert "\U000301a1" not in said.out + said.err
    assert "甲" not in "".join(pages(out / CARDS))


def test_an_error_is_told_by_its_kind_alone(
    town: Town, out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("甲秋水")

    monkeypatch.delenv("BUGU_TRACEBACK", raising=False)
    monkeypatch.setattr("generator.sync.cards.read", broken)
    assert make(town, out) == 3
    said = capsys.readouterr()
    assert "ValueError" in said.err
    assert "秋水" not in said.out + said.err


def test_no_private_cell_is_anywhere_but_in_the_folder(town: Town, out: Path) -> None:
    """A canary in every private cell: they stand on the papers, and in nothing that is printed, kept or left behind."""
    canaries = Canaries()
    for line in town.rows["holders"][1:]:
        line[HOLDERS[0].index("姓名")] = canaries.one("person")
    for line in town.rows["stamps"][1:]:
        line[5], line[6] = canaries.one("person"), canaries.one("text")
    for sheet, at in (("holders", 0), ("stamps", 1), ("redemptions", 1)):
        for line in town.rows[sheet][1:]:
            line[at] = {"KA-1": "JSQ-00001", "KA-2": "JSQ-00002"}[line[at]]
    town.rows["stamps"].append(["JSQ-09", "JSQ-00003", "2026-06-03", "JF-1", canaries.one("text"), "", canaries.one("text")])
    town.save()
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    for name, folder in (("TMPDIR", "tmp"), ("HOME", "home")):
        (town.folder / folder).mkdir()
        environ[name] = str(town.folder / folder)
    arguments = ["cards", str(town.book), "--community", COMMUNITY, "--records", str(town.records), "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", *arguments], cwd=ROOT, env=environ, capture_output=True, check=False
    )
    assert done.returncode == 1, done.stderr.decode()
    heap = [("printed", done.stdout), ("told", done.stderr), *_everything(town.records.parent)]
    heap += [*_everything(town.folder / "tmp"), *_everything(town.folder / "home"), *_everything(ROOT / ".cache")]
    assert _found(heap) == []
    assert sorted(p.name for p in out.iterdir()) == [CARDS, STATEMENTS]
    papers = "".join(pages(out / STATEMENTS))
    assert all(sign in papers for sign in (SIGNS[0], SIGNS[1], SIGNS[3]))


def test_help_says_where_the_papers_belong(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["cards", "--help"])
    assert end.value.code == 0
    assert "要在网站文件夹外面" in re.sub(r"\s", "", capsys.readouterr().out)
