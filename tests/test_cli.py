"""The command line as people and scripts use it: exit codes, what is said, and what is left alone."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import cli

PREVIEW_PATIENCE = 90


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A copy of the checkout with what a build reads, to be changed at will."""
    copy = tmp_path / "checkout"
    for name in ("records", "site", "templates", "generator"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", copy)
    cache = root / ".cache" / "bugu" / "pdf"
    if cache.exists():
        shutil.copytree(cache, copy / ".cache" / "bugu" / "pdf")
    return copy


def bugu(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as its own process, on the code of the folder it runs in."""
    env = {**os.environ, "PYTHONPATH": str(cwd), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "generator.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)


def said(*arguments: str) -> tuple[int, str]:
    """Run the command in this process: its exit code and what it printed."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = cli.main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return code, out.getvalue()


def test_every_command_and_option_is_explained() -> None:
    code, top = said("--help")
    assert code == 0
    commands = next(a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction))
    assert set(commands.choices) >= {"build", "check", "serve", "notices", "schema"}
    for name, sub in commands.choices.items():
        assert name in top
        code, text = said(name, "--help")
        assert code == 0
        for action in sub._actions:
            assert action.help, (name, action.dest)
            assert action.help in "".join(line.strip() for line in text.splitlines()), (name, action.dest)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "--today", "2026-13-01"), "2026-06-17"),
        (("build", "--records", "/nowhere"), "--records"),
        (("build", "--community", "xx"), "nanhua"),
        (("check", "/nowhere.csv"), "/nowhere.csv"),
        (("notices", "--matter", "XX-1"), "XX-1"),
        (("serve", "--address", "here"), "127.0.0.1:8000"),
        (("fly",), "fly"),
        ((), ""),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(arguments: tuple[str, ...], words: str) -> None:
    code, text = said(*arguments)
    assert code == 2
    assert words in text
    assert "Traceback" not in text


def test_check_of_the_demo_is_clean() -> None:
    assert said("check") == (0, "没有问题。\n")


def test_check_names_the_cell_and_ends_with_1(checkout: Path) -> None:
    matters = checkout / "records" / "nanhua" / "matters.csv"
    text = matters.read_text("utf-8")
    day = text.splitlines()[1].split(",")[5]
    matters.write_text(text.replace(day, "2026-13-02", 1), "utf-8")
    code, out = said("check", str(checkout / "records"))
    assert code == 1
    assert "records/nanhua/matters.csv:2 (F2) 提出日期: " in out
    assert "“2026-13-02”" in out
    code, out = said("check", str(matters), "--format", "json")
    assert code == 1
    found = json.loads(out)
    assert [(p["cell"], p["found"], p["code"]) for p in found] == [("F2", "2026-13-02", "date-impossible")]
    code, out = said("check", str(checkout / "records" / "bayi"))
    assert (code, out) == (0, "没有问题。\n"), "a problem elsewhere is not this folder's"


def test_schema_lists_every_column_with_its_privacy() -> None:
    code, out = said("schema", "--json")
    assert code == 0
    sheets = {s["id"]: s for s in json.loads(out)["sheets"]}
    assert set(sheets) >= {"communities", "compounds", "grids", "units", "people", "duties", "matters", "steps"}
    assert set(sheets) >= {"meetings", "votes", "resolutions"}
    for s in sheets.values():
        for f in s["fields"]:
            assert f["privacy"] in ("public", "masked", "private", "counted")
            assert f["type"]
    phone = next(f for f in sheets["matters"]["fields"] if f["attribute"] == "phone")
    assert phone["privacy"] == "private"
    code, text = said("schema")
    assert code == 0
    assert "提出人 | 姓名 | 打码后公开" in text


def test_a_second_build_does_nothing_and_a_change_is_noticed(checkout: Path) -> None:
    first = bugu("build", cwd=checkout)
    assert first.returncode == 0, first.stderr
    assert "个网页" in first.stdout
    public = checkout / "public"
    before = {p: p.stat().st_mtime_ns for p in public.rglob("*")}
    second = bugu("build", cwd=checkout)
    assert second.returncode == 0
    assert second.stdout.startswith("没有变化")
    assert {p: p.stat().st_mtime_ns for p in public.rglob("*")} == before
    (public / "index.html").unlink()
    assert not bugu("build", cwd=checkout).stdout.startswith("没有变化")
    assert (public / "index.html").exists()


def test_a_bad_row_is_withheld_and_told_and_the_rest_is_built(checkout: Path) -> None:
    matters = checkout / "records" / "nanhua" / "matters.csv"
    text = matters.read_text("utf-8")
    line = text.splitlines()[1]
    id, day = line.split(",")[0], line.split(",")[5]
    matters.write_text(text.replace(day, "2024-02-30", 1), "utf-8")
    done = bugu("build", cwd=checkout)
    assert done.returncode == 1
    assert "2024-02-30" in done.stderr
    assert "行暂缓公布" in done.stdout
    assert not (checkout / "public" / "nanhua" / "matters" / id).exists()
    assert (checkout / "public" / "bayi" / "matters" / "index.html").exists()
    home = (checkout / "public" / "index.html").read_text("utf-8")
    assert "行记录因为对不上或没填全" in home
    again = bugu("build", cwd=checkout)
    assert again.returncode == 1, "an unchanged problem is still a problem"
    assert "2024-02-30" in again.stderr


def test_a_leak_stops_the_build_and_leaves_the_last_site(checkout: Path) -> None:
    assert bugu("build", "--community", "fuqiang", cwd=checkout).returncode == 0
    before = (checkout / "public" / "guide" / "index.html").read_bytes()
    page = checkout / "site" / "guide.md"
    page.write_text(page.read_text("utf-8") + "\n\n有事打 139 1234 5678。\n", "utf-8")
    done = bugu("build", "--community", "fuqiang", cwd=checkout)
    assert done.returncode == 1
    assert "guide/index.html:手机号" in done.stderr
    assert "13912345678" not in done.stderr.replace(" ", "")
    assert (checkout / "public" / "guide" / "index.html").read_bytes() == before
    assert [p.name for p in checkout.iterdir() if p.name.startswith(".public")] == []


def test_our_fault_is_one_line_and_leaves_the_last_site(checkout: Path) -> None:
    assert bugu("build", "--community", "fuqiang", cwd=checkout).returncode == 0
    before = (checkout / "public" / "index.html").read_bytes()
    (checkout / "templates" / "pages" / "matter.html").write_text("{{ nobody }}", "utf-8")
    done = bugu("build", "--community", "fuqiang", cwd=checkout)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "nobody" in done.stderr
    assert (checkout / "public" / "index.html").read_bytes() == before
    assert [p.name for p in checkout.iterdir() if p.name.startswith(".public")] == []


def test_mkdocs_build_makes_the_same_site(checkout: Path) -> None:
    assert bugu("build", "--out", str(checkout / "ours"), cwd=checkout).returncode == 0
    env = {**os.environ, "PYTHONPATH": str(checkout), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(checkout / "theirs")]
    done = subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    ours, theirs = (
        {p.relative_to(checkout / d).as_posix(): p.read_bytes() for p in (checkout / d).rglob("*") if p.is_file()}
        for d in ("ours", "theirs")
    )
    assert sorted(ours) == sorted(theirs)
    assert [n for n in ours if ours[n] != theirs[n]] == []


def test_notices_due_today_of_one_matter_and_on_a3(tmp_path: Path) -> None:
    due, one, large = tmp_path / "due", tmp_path / "one", tmp_path / "large"
    code, text = said("notices", "--out", str(due))
    assert code == 0
    names = sorted(p.name for p in due.iterdir())
    assert names
    assert f"做好了 {len(names)} 份" in text
    assert any(n.startswith("富强社区-公示-") and "DS-2026-006" in n for n in names)
    code, _ = said("notices", "--matter", "DS-2026-006", "--out", str(one), "--quiet")
    assert code == 0
    assert all("DS-2026-006" in p.name or "R-2026-" in p.name for p in one.iterdir())
    code, _ = said("notices", "--matter", "DS-2026-006", "--paper", "A3", "--out", str(large), "--quiet")
    assert code == 0
    from pypdf import PdfReader

    widths = {p.parent.name: round(float(PdfReader(p).pages[0].mediabox.width)) for p in (*one.iterdir(), *large.iterdir())}
    assert widths == {"one": 595, "large": 842}


@pytest.fixture
def preview(checkout: Path) -> Iterator[str]:
    """A running ``bugu serve`` and its address."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "PYTHONPATH": str(checkout), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "generator.cli", "serve", "--address", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=checkout, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(30)


def page(address: str, words: str) -> str:
    """The page as soon as it has the words; what it last was when it never has."""
    text = ""
    for _ in range(PREVIEW_PATIENCE * 4):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=20) as answer:
            text = answer.read().decode("utf-8")
            if words in text:
                break
        time.sleep(0.25)
    return text


@pytest.mark.slow
def test_the_preview_follows_every_save(checkout: Path, preview: str) -> None:
    matter = "nanhua/matters/NH-2026-004/"
    records = checkout / "records"
    assert "绿秀苑" in page(preview + matter, "绿秀苑")
    sheet = records / "nanhua" / "matters.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("NH-2026-004,", "NH-2026-004,换了题目的", 1), "utf-8")
    assert "换了题目的" in page(preview + matter, "换了题目的")
    template = checkout / "templates" / "pages" / "matter.html"
    template.write_text(template.read_text("utf-8") + "<p>模板添了一句</p>", "utf-8")
    assert "模板添了一句" in page(preview + matter, "模板添了一句")
    prose = checkout / "site" / "guide.md"
    prose.write_text(prose.read_text("utf-8") + "\n\n说明添了一句\n", "utf-8")
    assert "说明添了一句" in page(preview + "guide/", "说明添了一句")
    rules = records / "procedures" / "liubu.toml"
    rules.write_text(rules.read_text("utf-8").replace("布谷鸟六步工作法", "换了名的六步"), "utf-8")
    text = page(preview + "procedures/", "换了名的六步")
    assert "换了名的六步" in text
    assert "livereload" in text, "the page reloads by itself"
