"""Records are written in one step, by one sync at a time, whatever happens meanwhile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from generator import output
from generator.sync import tree
from tests.rows import COMMUNITY

from .town import Town

KILLED = Path(__file__).parent / "killed.py"


def _beside(records: Path) -> list[str]:
    return sorted(p.name for p in records.parent.iterdir() if p.name not in (records.name, f".{records.name}.lock"))


@pytest.mark.slow
def test_kill_9_at_any_moment_leaves_the_records_as_before_or_as_after(town: Town) -> None:
    town.put("matters", "XY-2026-002", "内容", "院子西侧和南门晚上看不清路。")
    town.put("figures", town.rows["figures"][1][0], "说明", "改了说明")
    book = town.save()
    done = subprocess.run(
        [sys.executable, str(KILLED), str(town.records), str(book), COMMUNITY],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    states = [line.split()[0] for line in done.stdout.splitlines()]
    assert len(states) > 50
    assert set(states) == {"before", "after"}


def test_nothing_is_left_beside_the_records(town: Town) -> None:
    town.put("matters", "XY-2026-002", "内容", "院子西侧晚上很暗。")
    assert town.sync().changed
    assert _beside(town.records) == []


def test_a_second_sync_says_that_it_waits_and_then_goes_on_or_gives_up(town: Town) -> None:
    said: list[str] = []
    other = FileLock(town.records.with_name(f".{town.records.name}.lock"))
    with other, pytest.raises(tree.Busy), tree.locked(town.records, 0.05, lambda: said.append("waits")):
        raise AssertionError("it went on beside the other")
    assert said == ["waits"]
    with tree.locked(town.records, 0.05, lambda: said.append("again")):
        pass
    assert said == ["waits"]


def test_a_second_sync_exits_3_and_changes_nothing(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("matters", "XY-2026-002", "内容", "院子西侧晚上很暗。")
    before = town.bytes()
    with FileLock(town.records.with_name(f".{town.records.name}.lock")):
        assert town.bugu("sync", str(town.save()), "--wait", "0.05") == 3
    assert town.bytes() == before
    said = capsys.readouterr()
    assert "另一个同步" in said.err


def test_where_folders_cannot_be_exchanged_in_one_step_a_kill_between_is_mended(town: Town) -> None:
    """Some file systems lack the exchange: then ``records`` is moved aside first, and that may be all that happened."""
    before = town.bytes()
    town.records.rename(town.records.with_name(f".{town.records.name}.old-999999999"))
    output.recover(town.records)
    assert town.bytes() == before
    assert _beside(town.records) == []


def test_files_that_stay_are_the_same_and_others_are_not_written_through(town: Town) -> None:
    """Files that did not change share their contents on the disk with the old folder; changed ones may not."""
    kept = town.records.with_name("kept")
    tree_before = town.bytes()
    with tree.aside(town.records, {f"{COMMUNITY}/matters.csv": b"x", f"{COMMUNITY}/new.csv": b"y"}) as new:
        new.rename(kept)
    assert town.bytes() == tree_before
    assert (kept / COMMUNITY / "matters.csv").read_bytes() == b"x"
    assert (kept / COMMUNITY / "new.csv").read_bytes() == b"y"
    assert (kept / COMMUNITY / "steps.csv").read_bytes() == tree_before[f"{COMMUNITY}/steps.csv"]


def test_a_folder_that_is_a_link_elsewhere_is_not_written_through(town: Town) -> None:
    elsewhere = town.folder / "elsewhere"
    (town.records / COMMUNITY).rename(elsewhere)
    (town.records / COMMUNITY).symlink_to(elsewhere)
    before = (elsewhere / "matters.csv").read_bytes()
    town.put("matters", "XY-2026-002", "内容", "院子西侧晚上很暗。")
    town.sync(preview=lambda _: None)
    assert (elsewhere / "matters.csv").read_bytes() == before
    town.sync()
    assert (elsewhere / "matters.csv").read_bytes() == before
    assert town.stands("matters")["XY-2026-002"]["内容"] == "院子西侧晚上很暗。"
