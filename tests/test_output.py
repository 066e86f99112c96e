"""Aside, then swapped: whatever happens, the site is the last one or the new one, whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import output


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_write_makes_folders_and_counts_bytes(tmp_path: Path) -> None:
    assert output.write(tmp_path, [("a/b/c.html", b"12345"), ("d.txt", b"67")]) == 7
    assert tree(tmp_path) == {"a/b/c.html": b"12345", "d.txt": b"67"}


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt"])
def test_nothing_is_written_outside(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"out\.txt"):
        output.write(tmp_path / "site", [(name, b"x")])


@pytest.mark.parametrize("exchange", [True, False])
def test_swap_puts_the_new_in_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(output, "_exchange", lambda a, b: False)
    out, new = tmp_path / "public", output.staging(tmp_path / "public")
    output.write(out, [("old.html", b"old"), ("both.html", b"old")])
    output.write(new, [("both.html", b"new")])
    output.swap(new, out)
    assert tree(out) == {"both.html": b"new"}
    assert [p.name for p in tmp_path.iterdir()] == ["public"]


def test_swap_where_nothing_was(tmp_path: Path) -> None:
    new = output.staging(tmp_path / "public")
    output.write(new, [("a.html", b"a")])
    output.swap(new, tmp_path / "public")
    assert tree(tmp_path / "public") == {"a.html": b"a"}


def test_what_a_killed_build_left_is_cleared_and_a_living_one_is_let_be(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    for pid in (int(dead.stdout), os.getppid()):
        (tmp_path / f".public.new-{pid}").mkdir()
    new = output.staging(tmp_path / "public")
    output.write(new, [("a.html", b"a")])
    output.swap(new, tmp_path / "public")
    assert {p.name for p in tmp_path.iterdir()} == {"public", f".public.new-{os.getppid()}"}


WRITER = """
import sys
from pathlib import Path
from generator import output
out = Path(sys.argv[1])
for n in range(10_000):
    new = output.staging(out)
    output.write(new, [(f"{i}.html", str(n).encode()) for i in range(20)])
    output.swap(new, out)
    print(n, flush=True)
"""


def test_a_kill_at_any_moment_leaves_one_whole_site(tmp_path: Path, root: Path) -> None:
    out = tmp_path / "public"
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(out)], cwd=root, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        found = tree(out)
        assert len(found) == 20
        assert len(set(found.values())) == 1, "pages of two builds stand side by side"


def test_no_file_is_written_over_in_silence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.html"):
        output.write(tmp_path, [("a.html", b"1"), ("a.html", b"2")])
