"""Bad input, a folder a case: ``golden/check/<case>/records/`` lies over ``golden/base/records/``, which is faultless.

``expected/`` has what comes of it: ``problems.txt`` (as ``bugu check`` prints them), ``published.txt`` (ids by sheet)
and ``withheld.txt`` (file, row, id). A file missing there and one too many both fail. After a change that is meant:

    BUGU_WRITE_GOLDEN=1 make pytest ARGS=tests/test_golden.py

then read the difference in git as an editor would read the messages. CI never writes them.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.build import check
from generator.cli import main
from generator.problems import Problem, codes
from generator.records import Records
from generator.sheets import discover

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(p for p in (GOLDEN / "check").iterdir() if p.is_dir())
CLOCK = date(2030, 1, 1)  # never used: the base names its own day
WRITE = bool(os.environ.get("BUGU_WRITE_GOLDEN"))


@pytest.fixture
def records(request: pytest.FixtureRequest, demo: Path, tmp_path: Path) -> Path:
    """The base with a case's own files over it, and the procedures that ship with Bugu."""
    folder = tmp_path / "records"
    shutil.copytree(GOLDEN / "base" / "records", folder)
    shutil.copytree(demo / "procedures", folder / "procedures")
    case: Path = getattr(request, "param", GOLDEN / "base")
    shutil.copytree(case / "records", folder, dirs_exist_ok=True)
    return folder


def _published(records: Records) -> str:
    lines = []
    for community, tables in records.tables.items():
        for sheet, rows in tables.items():
            if rows:
                lines.append(" ".join([f"{community or '*'}/{sheet}:", *rows]))
    return "\n".join(sorted(lines)) + "\n"


def _withheld(records: Records) -> str:
    rows = sorted(records.withheld, key=lambda w: (w.place.file, w.place.row))
    return "".join(f"{w.place.file}:{w.place.row} {w.id or '?'}\n" for w in rows)


def _outcome(folder: Path) -> tuple[dict[str, str], Records, list[Problem]]:
    whole, problems = check(folder, CLOCK)
    files = {
        "problems.txt": "".join(p.line() + "\n" for p in problems),
        "published.txt": _published(whole.records),
        "withheld.txt": _withheld(whole.records),
    }
    return files, whole.records, problems


def _write(case: Path, files: dict[str, str]) -> None:
    assert os.environ.get("CI") != "true", "CI compares golden files and never writes them"
    shutil.rmtree(case / "expected", ignore_errors=True)
    (case / "expected").mkdir()
    for name, text in files.items():
        (case / "expected" / name).write_text(text, "utf-8", newline="")


over_cases = pytest.mark.parametrize(
    ("case", "records"), [(c, c) for c in CASES], ids=[c.name for c in CASES], indirect=["records"]
)


@over_cases
def test_case(case: Path, records: Path) -> None:
    files, _, _ = _outcome(records)
    if WRITE:
        _write(case, files)
    expected = {p.name: p.read_bytes().decode("utf-8") for p in (case / "expected").iterdir()}
    assert files == expected


@over_cases
def test_cells_are_the_files_own(case: Path, records: Path) -> None:
    """A cell that is named is the one below the title that is named, in the file as it lies there."""
    _, _, problems = _outcome(records)
    for p in (p for p in problems if p.place.cell):
        with (records.parent / p.place.file).open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", p.place.cell).groups()  # type: ignore[union-attr]
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter) - ord("A") + 1
        assert int(row) == p.place.row
        assert index <= len(lines[p.place.row - 1])
        if p.place.column:
            assert lines[0][index - 1].strip() == p.place.column


@over_cases
def test_no_row_is_lost_in_silence(case: Path, records: Path) -> None:
    """Every row of a readable file is either published or counted as withheld, never both."""
    _, kept, problems = _outcome(records)
    unread = {p.place.file for p in problems if p.code.startswith("file-") or p.code == "community-unlisted"}
    for sheet in discover().values():
        for path in records.glob(f"{'*/' if sheet.per_community else ''}{sheet.id}.csv"):
            name = path.relative_to(records.parent).as_posix()
            community = path.parent.name if sheet.per_community else ""
            if {name, f"{records.name}/{community}/"} & unread or (community and community not in kept.tables):
                continue
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = {n for n, cells in enumerate(csv.reader(file), 1) if n > 1 and any(c.strip() for c in cells)}
            shown = {r.place.row for r in kept.tables[community].get(sheet.id, {}).values()}
            held = {w.place.row for w in kept.withheld if w.place.file == name}
            assert shown | held == rows
            assert not shown & held


def test_the_base_has_no_fault(records: Path) -> None:
    files, kept, _ = _outcome(records)
    assert files["problems.txt"] == files["withheld.txt"] == ""
    assert {len(kept.tables["xiyuan"][s.id]) > 0 for s in discover().values() if s.per_community and not s.stays} == {True}


@pytest.mark.parametrize("records", [GOLDEN / "check" / "several-faults"], indirect=True)
def test_the_command_prints_them(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(records)]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    expected = (GOLDEN / "check" / "several-faults" / "expected" / "problems.txt").read_text("utf-8").splitlines()
    assert lines == expected
    assert str(len(lines)) in first


def test_every_message_for_the_sheets_has_a_case(root: Path) -> None:
    """No message is left that nobody has read in its place."""
    files = [root / "generator" / f"{room}.py" for room in ("reading", "columns")]
    files += [p for room in ("checks", "mechanisms") for p in (root / "generator" / room).glob("*.py")]
    rooms = "".join(p.read_text("utf-8") for p in files)
    told = "\n".join(p.read_text("utf-8") for c in CASES for p in c.glob("expected/problems.txt"))
    catalogue = codes()
    silent = {
        code
        for code in catalogue
        if (f'"{code}"' in rooms or code.startswith("private-"))
        and not re.search(re.sub(r"\\\{\w+\\\}", ".*", re.escape(catalogue[code]["mend"])), told)
    }
    assert silent == set()
