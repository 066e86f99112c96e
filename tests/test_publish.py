"""What the schedules run, run here: sheets in, a commit, a push, a site; and files that those services can read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.rows import COMMUNITY
from tests.sync.town import Town

PARTS = (".ci", "generator", "mkdocs.yml", "site", "templates")


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@t"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def checkout(tmp_path: Path, root: Path, demo: Path) -> tuple[Town, Path]:
    """A community's own repository with a remote, its workbook outside."""
    town = Town(tmp_path, demo)
    town.sync()
    site = town.records.parent
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, site / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(root / part, site / part)
    shutil.copy2(root / ".gitignore", site / ".gitignore")
    path = town.records / "district.toml"
    path.write_text(path.read_text("utf-8") + f'\n[sources]\n{COMMUNITY} = "env:SHEETS_OF_XIYUAN"\n', "utf-8")
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(remote))
    for command in (["init", "-qb", "main"], ["add", "-A"], ["commit", "-qm", "begun"], ["remote", "add", "origin", str(remote)]):
        git(site, *command)
    return town, remote


def publish(town: Town, **environ: str) -> subprocess.CompletedProcess[str]:
    bugu = Path(sys.executable).with_name("bugu")
    given = {**os.environ, "BUGU": str(bugu), "PUSH": "origin/main", "SHEETS_OF_XIYUAN": str(town.book), **environ}
    given.pop("BUGU_TRACEBACK", None)
    return subprocess.run([".ci/publish"], cwd=town.records.parent, env=given, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_schedule_brings_in_commits_pushes_and_builds(checkout: tuple[Town, Path]) -> None:
    town, remote = checkout
    site = town.records.parent
    town.put("matters", "XY-2026-002", "标题", "院里再添几盏路灯")
    town.put("matters", "XY-2026-003", "提出日期", "昨天")
    town.save()
    done = publish(town)
    assert done.returncode == 0, done.stderr
    assert "F4" in done.stderr
    assert str(town.book.parent) not in done.stdout + done.stderr
    assert "再添几盏路灯" in (site / "public" / COMMUNITY / "matters" / "XY-2026-002" / "index.html").read_text("utf-8")
    assert git(site, "status", "--porcelain") == ""
    assert git(remote, "log", "--format=%s", "main").splitlines()[1:] == ["begun"]
    assert "院里再添几盏路灯" in git(remote, "show", f"main:records/{COMMUNITY}/matters.csv")
    assert not [name for name in git(remote, "ls-tree", "-r", "--name-only", "main").splitlines() if name.endswith((".xlsx", ".lock"))]
    again = publish(town)
    assert again.returncode == 0, again.stderr
    assert len(git(remote, "log", "--format=%s", "main").splitlines()) == 2


@pytest.mark.slow
def test_a_source_out_of_reach_publishes_what_stood(checkout: tuple[Town, Path]) -> None:
    town, _ = checkout
    site = town.records.parent
    done = publish(town, SHEETS_OF_XIYUAN="")
    assert done.returncode == 0, done.stderr
    assert "could not be reached" in done.stderr
    assert (site / "public" / "index.html").exists()
    assert git(site, "log", "--format=%s").splitlines() == ["begun"]


@pytest.mark.slow
def test_strays_in_records_are_not_committed(checkout: tuple[Town, Path]) -> None:
    town, _ = checkout
    site = town.records.parent
    (town.records / COMMUNITY / "走访原表13912345678.csv").write_text("张三", "utf-8")
    town.put("matters", "XY-2026-002", "标题", "院里再添几盏路灯")
    town.save()
    done = publish(town)
    assert done.returncode != 0
    assert "13912345678" not in done.stdout + done.stderr
    assert git(site, "log", "--format=%s").splitlines() == ["begun"]


@pytest.mark.slow
def test_somebody_else_s_commit_meanwhile_is_no_hindrance(checkout: tuple[Town, Path], tmp_path: Path) -> None:
    town, remote = checkout
    site = town.records.parent
    git(site, "push", "-q", "origin", "main")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-qb", "main", str(remote), str(other))
    (other / "NOTE").write_text("x", "utf-8")
    for command in (["add", "NOTE"], ["commit", "-qm", "theirs"], ["push", "-q"]):
        git(other, *command)
    town.put("matters", "XY-2026-002", "标题", "院里再添几盏路灯")
    town.save()
    done = publish(town, GIT_COMMITTER_NAME="t", GIT_COMMITTER_EMAIL="t@t")
    assert done.returncode == 0, done.stderr
    assert len(git(remote, "log", "--format=%s", "main").splitlines()) == 3


@pytest.mark.slow
def test_a_leak_publishes_nothing(checkout: tuple[Town, Path]) -> None:
    town, _ = checkout
    site = town.records.parent
    (site / "site" / "about.md").write_text("# 关于\n\n请打 13912345678\n", "utf-8")
    done = publish(town, SYNC="no")
    assert done.returncode != 0
    assert not (site / "public").exists()


@pytest.mark.parametrize("name", [".github/workflows/publish.yml", ".gitlab-ci.yml"])
def test_the_services_files_are_whole_and_run_the_one_script(root: Path, name: str) -> None:
    text = (root / name).read_text("utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    assert ".ci/publish" in text
    assert not re.search(r"set -x|echo .*(?:SECRET|TOKEN|ACCOUNT|KEY)|printenv|\benv$", text, re.M)


def test_github_is_given_no_more_rights_than_each_job_needs(root: Path) -> None:
    jobs = yaml.safe_load((root / ".github/workflows/publish.yml").read_text("utf-8"))
    assert jobs["permissions"] == {"contents": "read"}
    assert jobs["jobs"]["build"]["permissions"] == {"contents": "write"}
    assert jobs["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_script_prints_no_secret(root: Path) -> None:
    text = (root / ".ci/publish").read_text("utf-8")
    assert "set -x" not in text.replace("no `set -x`", "")
    assert "set -euo pipefail" in text
