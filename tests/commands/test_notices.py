"""``bugu notices`` as the duty clerk uses it: what to hang, what to take down, in which files, in which order."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator import build, cli
from generator.build import Gathered, Options
from generator.commands import notices as command
from generator.facts.board import board
from generator.notices import Notice

Run = Callable[..., str]
Sections = dict[tuple[str, str], list[str]]


@pytest.fixture(scope="module")
def demo(root: Path) -> Gathered:
    return build.gather(Options(root, root / "records", root / "public", date(2026, 6, 17)))


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command on the demo, into one folder: what it says."""

    def asked(*arguments: str, also: int = 0) -> str:
        assert cli.main(("notices", "--out", str(tmp_path / "纸"), *arguments)) in (0, also)
        return capsys.readouterr().out

    return asked


def sections(text: str) -> Sections:
    """The lines of the listing by community and heading, without counts."""
    found: Sections = {}
    place = head = ""
    for line in text.split("接下来:")[0].splitlines():
        if re.fullmatch(r"\S+社区", line):
            place = line
        elif match := re.match(r"  ([^ \d(]+)", line):
            head = match[1]
            found[place, head] = []
            found[place, head].append(line)
        elif place and line.strip():
            found.setdefault((place, head), []).append(line.strip())
    return found


def test_the_clerk_is_told_what_is_new_what_hangs_on_and_what_comes_down(run: Run, demo: Gathered, tmp_path: Path) -> None:
    said = sections(run())
    for c in demo.whole.records.communities:
        found = board([n for n in demo.notices if n.community == c.id], demo.today)
        for head, papers in (("今天新挂", found.new), ("还该挂着", found.kept)):
            lines = said.get((c.name, head), [])
            assert bool(lines) == bool(papers)
            assert [p.title for p in papers] == [line.partition(". ")[2] for line in lines if re.match(r"\d+\. ", line)]
            if papers:
                assert f" {len(papers)} 份" in lines[0]
    named = re.findall(r"(\d+) 页\n +(\S+\.pdf)", run("--community", "fuqiang"))
    assert named
    for pages, name in named:
        assert len(PdfReader(tmp_path / "纸" / name).pages) == int(pages)


def test_each_says_until_when_and_whether_that_is_the_law_or_advice(run: Run, demo: Gathered) -> None:
    text = run()
    due = [n for n in demo.notices if n.due]
    for kind, says in (("minutes", "建议挂到 {}(7 天)"), ("publicity", "张贴到 {}(公示期)")):
        some = [n for n in due if n.kind == kind]
        assert some
        for n in some:
            assert n.hang
            assert n.hang.until
            day = n.hang.until
            assert f"{n.title}\n       {says.format(f'{day.year}年{day.month}月{day.day}日')}" in text


def test_the_sheet_that_a_correction_overtook_is_taken_down(run: Run) -> None:
    said = sections(run())["富强社区", "今天该取下"]
    assert said[0].endswith("1 份:")
    assert "小广场跳舞的音响" in said[1]
    assert "请取下 2026年6月12日 张贴的那一份(原来张贴的)" in said[2]


def test_on_a_day_without_papers_what_ended_is_still_to_be_taken_down(run: Run) -> None:
    just = sections(run("--today", "2026-06-24"))
    assert [line for line in just["富强社区", "今天该取下"] if "公示期到 2026年6月23日 结束" in line]
    assert "公示期到 2026年6月22日 结束" in run("--today", "2026-06-30")
    empty = run("--community", "bayi", "--today", "2019-01-02", also=1)  # before anything; its figures are of other days
    assert "没有要挂的,也没有要取下的" in empty
    assert "今天不用做 PDF" in empty


def test_dates_are_looked_at_before_anything_is_printed(run: Run) -> None:
    steps = run().split("接下来:")[1]
    order = [steps.index(w) for w in ("核对日期", "打印", "取下", "挂上新的")]
    assert order == sorted(order)


def test_a_day_that_is_not_today_is_said_aloud(run: Run) -> None:
    assert "注意:这是按 2026-06-30 算的,不是今天" in run("--today", "2026-06-30")
    assert "注意" not in run("--today", str(cli._clock()), also=1)


def test_the_new_alone_are_made_and_the_rest_is_still_listed(run: Run, demo: Gathered, tmp_path: Path) -> None:
    text = run("--new")
    new = board(demo.notices, demo.today).new
    assert 0 < len(new) < sum(n.due for n in demo.notices)
    assert len(list((tmp_path / "纸").iterdir())) == len(new)
    assert "还该挂着" in text
    assert "这次没有做 PDF" in text


def test_what_is_there_already_is_left_alone_and_what_reads_otherwise_is_told(run: Run, tmp_path: Path) -> None:
    first = run()
    assert "没有变" not in first
    papers = sorted((tmp_path / "纸").iterdir())
    kept, other = (next(p for p in papers if w in p.name) for w in ("富强社区-公示-小", "富强社区-公示-用"))
    for p in papers:
        os.utime(p, (1, 1))
    other.write_bytes(b"%PDF-1.7 of yesterday")
    again = run()
    assert kept.stat().st_mtime == 1
    assert other.stat().st_mtime > 1
    assert f"做好了 1 份 PDF,另外 {len(papers) - 1} 份以前做好了、没有变" in again
    assert f"{other.name}\n       (和以前做的不一样" in again
    assert "有 1 份和以前做的不一样" in again


def test_a_paper_that_should_hang_and_was_never_made_may_never_have_hung(run: Run, tmp_path: Path) -> None:
    run()
    lost = next(p for p in (tmp_path / "纸").iterdir() if p.name.startswith("富强社区-公示-用"))
    lost.unlink()
    text = run()
    assert f"{lost.name}\n       (这次才做的;还没有挂的话,打印后补挂)" in text
    assert text.count("还没有挂的话") == 1


def test_of_one_matter_also_what_need_not_hang_is_listed(run: Run) -> None:
    text = run("--matter", "DS-2026-007")
    assert "八一社区" not in text
    assert "富强社区-公示-小广场跳舞的音响" in text
    assert re.search(r"不用挂的 \d+ 份\(只供查看\)", run("--matter", "DS-2026-002"))


def test_of_all_only_the_number_of_those_that_need_not_hang(demo: Gathered, run: Run, tmp_path: Path) -> None:
    text = run("--all", "--community", "fuqiang")
    own = [n for n in demo.notices if n.community == "fuqiang"]
    assert len(list((tmp_path / "纸").iterdir())) == len(own)
    assert f"另外 {sum(not n.due for n in own)} 份不用挂" in text


def test_a_paper_that_cannot_be_set_says_so_where_it_stands(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = tmp_path / "records"
    shutil.copytree(root / "records", records)
    sheet = records / "fuqiang" / "matters.csv"
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("小广场跳舞的音响", "小广场跳舞的音响\U00020bb7"), "utf-8")
    assert cli.main(("notices", "--records", str(records), "--out", str(tmp_path / "out"))) == cli.PROBLEMS
    out, wrong = capsys.readouterr()
    assert "PDF 没有做成" in out
    assert "U+20BB7" in wrong


# --- names ---------------------------------------------------------------------------------------------------------


def test_files_are_named_for_people(demo: Gathered) -> None:
    names = command.file_names(demo.notices, "A4")
    assert len({n.casefold() for n in names.values()}) == len(names) == len(demo.notices)
    assert names["fuqiang/notices/gongshi-DS-2026-007-5"] == "富强社区-公示-小广场跳舞的音响开到几点多大声-DS-2026-007-5.pdf"
    assert all(re.fullmatch(r"[\w-]+\.pdf", n) for n in names.values())
    assert all(len(n.encode()) <= 255 for n in names.values())
    large = command.file_names(demo.notices, "A3").values()
    assert not set(names.values()) & set(large)


def test_names_stay_safe_short_and_apart_whatever_a_title_holds(demo: Gathered) -> None:
    one: Notice = demo.notices[0]
    odd = '关于“../..\\a:b*c?"<>|\u202e\x00\n' + "长" * 300 + "”的公示"
    twins = [replace(one, title=odd, subject_id=i, name=n) for i, n in (("x/../" * 90, "1"), ("x/../" * 90, "2"), ("X/..", "3"))]
    names = command.file_names(twins, "A4").values()
    assert len({n.casefold() for n in names}) == 3
    for name in names:
        assert re.fullmatch(r"[\w-]+\.pdf", name)
        assert len(name.encode()) <= 255


def test_a_name_is_the_same_whichever_papers_are_asked_for(demo: Gathered) -> None:
    assert command.file_names(demo.notices, "A4") == command.file_names(reversed(demo.notices), "A4")


# --- the days --------------------------------------------------------------------------------------------------------


def test_what_hangs_by_its_days_is_what_is_due_on_every_day_of_the_demo(root: Path, demo: Gathered) -> None:
    for ahead in range(-40, 20, 3):
        day = demo.today + timedelta(ahead)
        found = build.gather(replace(demo.options, today=day)).notices
        odd = [(n.path, n.due, n.hang) for n in found if n.due != bool(n.hang and n.hang.on(day))]
        assert odd == [], day
