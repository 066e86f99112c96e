"""The canaries: a marked value in every private, counted and masked cell of a full workbook is found nowhere outside.

Looked for in ``records/``, in the built site with its PDFs' pages and search, in what the commands print, in the
temporary folder, in the caches, and in every object of the repository that the records are committed to.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from generator.columns import COUNTED, MASKED, PRIVATE, Column
from generator.sheets import discover
from tests.rows import COMMUNITY

from .town import Town

ROOT = Path(__file__).parents[2]
_HAN = "甲乙丙丁戊己庚辛壬癸"


class Canaries:
    """Marked values, each another; ``sung`` are all that were handed out."""

    def __init__(self) -> None:
        self._next = count(1)
        self.sung: list[str] = []

    def one(self, kind: str) -> str:
        n = next(self._next)
        digits = "".join(_HAN[int(d)] for d in f"{n:04}")
        made = f"139{n:08}" if kind == "phone" else f"欧阳{digits}" if kind == "person" else f"金丝雀{digits}"
        self.sung.append(made)
        return made


def _cell(column: Column, canaries: Canaries, n: int, spoilt: bool) -> Any:
    """What a cell of a private sheet says: a canary where it may hold any text, a value of the list where it may not."""
    kind = column.kind
    if column.key:
        return canaries.one("text").replace("金丝雀", "JSQ-")[:4] + f"{n:04}"
    if kind.name in ("text", "long", "person", "phone"):
        return canaries.one(kind.name)
    if spoilt:
        return canaries.one("text")
    if kind.choices:
        return kind.choices[n % len(kind.choices)]
    if kind.target:
        return "XY-G1-M1"
    return {"date": "2026-05-03", "yes_no": "是", "count": 3, "money": "3860.00", "area": "51.20"}[kind.name]


def _plant(town: Town, canaries: Canaries) -> None:
    """Fill every private, counted and masked cell, in good rows and in rows with faults, and columns nobody declared."""
    sheets = discover()
    for sheet in sheets.values():
        if sheet.stays and sheet.id != "withdrawals":
            town.rows[sheet.id] = [[c.title for c in sheet.columns]]
            for n in range(14):
                spoilt = n > 11
                town.rows[sheet.id].append([_cell(c, canaries, n, spoilt) for c in sheet.columns])
    for sheet_id, lines in town.rows.items():
        sheet, head = sheets[sheet_id], lines[0]
        known = {c.title: c for c in sheet.columns}
        for title in [c.title for c in sheet.columns if c.privacy == PRIVATE and c.title not in head and not sheet.stays]:
            head.append(title)
            for line in lines[1:]:
                line.append("")
        for n, line in enumerate(lines[1:]):
            for at, title in enumerate(head):
                column = known[title]
                if sheet.stays:
                    continue
                if column.privacy in (PRIVATE, COUNTED):
                    line[at] = canaries.one("phone" if n % 2 else "text")
                elif column.privacy == MASKED and line[head.index(column.consent)] in ("否", "不公开"):
                    line[at] = canaries.one("person")
        head.append("没有声明的列")
        for line in lines[1:]:
            line.append(canaries.one("text"))
    spoilt = list(town.row("matters", "XY-2026-002"))  # a row with a fault in it, and its own canaries
    spoilt[0], spoilt[town.rows["matters"][0].index("提出日期")] = "XY-2026-009", "昨天"
    spoilt[town.rows["matters"][0].index("提出人")] = canaries.one("person")
    town.rows["matters"].append(spoilt)


def _run(town: Town, *arguments: str) -> str:
    """The command in a process of its own, its temporary files in a folder of ours; all that it prints."""
    temporary = town.folder / "tmp"
    temporary.mkdir(exist_ok=True)
    environ = {**os.environ, "TMPDIR": str(temporary), "HOME": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    environ.pop("BUGU_TRACEBACK", None)
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", *arguments], cwd=ROOT, env=environ, capture_output=True, check=False
    )
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode in (0, 1), said
    return said


def _everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def _objects(town: Town) -> bytes:
    return subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=town.records.parent, capture_output=True, check=True
    ).stdout


@pytest.mark.slow
def test_no_private_cell_gets_out_anywhere(town: Town) -> None:
    canaries = Canaries()
    _plant(town, canaries)
    assert len(canaries.sung) > 300
    site = town.records.parent
    said = _run(town, "sync", str(town.save()), "--community", COMMUNITY, "--records", str(town.records), "--accept-removals")
    said += _run(town, "sync", str(town.book), "--community", COMMUNITY, "--records", str(town.records), "--dry-run")
    said += _run(town, "sync", str(town.book), "--community", COMMUNITY, "--records", str(town.records), "--format", "json")
    said += _run(town, "check", str(town.book), "--community", COMMUNITY, "--records", str(town.records))
    said += _run(town, "build", "--records", str(town.records), "--out", str(site / "public"))
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "sync"]):
        town.git(*command)
    heap = [("printed", said.encode()), ("git", _objects(town)), *_everything(site), *_everything(town.folder / "tmp")]
    heap += _everything(ROOT / ".cache")
    assert any(name.endswith("index.html") for name, _ in heap)
    found = [(name, bird) for name, data in heap for bird in canaries.sung if bird.encode() in data]
    assert found == []
    assert "欧" in (town.records / COMMUNITY / "matters.csv").read_text("utf-8")  # the masked names are there


def test_the_canaries_can_be_found_at_all(town: Town) -> None:
    """A test that finds nothing has to be able to find something: the volunteers' own workbook has every one of them."""
    from generator.sources import workbook

    canaries = Canaries()
    _plant(town, canaries)
    text = "\n".join("\t".join(row) for grid in workbook.read(town.save()).grids for row in grid.rows)
    assert [bird for bird in canaries.sung if bird not in text and not bird.startswith("金丝雀")] == []
