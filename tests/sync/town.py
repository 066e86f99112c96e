"""A small community whose volunteers keep a workbook outside the site's folder, to be spoilt and mended at will."""

from __future__ import annotations

import csv
import io
import subprocess
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from generator import cli
from generator.sheets import discover
from generator.sync import Asked, Doors, Outcome, Source, sync
from tests.rows import COMMUNITY, base_folder

TODAY = date(2026, 6, 17)
PRIVATE: dict[str, list[str]] = {
    "matters": ["联系电话"],
    "people": ["手机"],
}


@dataclass
class Town:
    """``rows``: sheet id → the lines of its tab, the header first. ``folder`` holds ``site/records`` and ``theirs/``."""

    folder: Path
    demo: Path
    rows: dict[str, list[list[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.records.parent.mkdir(parents=True)
        self.book.parent.mkdir(parents=True)
        base_folder(self.demo, self.records)
        for sheet in discover().values():
            path = self.records / (COMMUNITY if sheet.per_community else "") / f"{sheet.id}.csv"
            if path.exists():
                self.rows[sheet.id] = list(csv.reader(_lines(path)))
        for sheet_id, titles in PRIVATE.items():
            for title in titles:
                self.rows[sheet_id][0].append(title)
                for line in self.rows[sheet_id][1:]:
                    line.append("")

    @property
    def records(self) -> Path:
        return self.folder / "site" / "records"

    @property
    def book(self) -> Path:
        return self.folder / "theirs" / "西园.xlsx"

    def row(self, sheet: str, id: str) -> list[Any]:
        """The line of that id, to be changed."""
        return next(line for line in self.rows[sheet][1:] if line[0] == id)

    def put(self, sheet: str, id: str, title: str, value: Any) -> None:
        """Type something into a cell."""
        self.row(sheet, id)[self.rows[sheet][0].index(title)] = value

    def drop(self, sheet: str, id: str) -> list[Any]:
        """Delete a line."""
        line = self.row(sheet, id)
        self.rows[sheet].remove(line)
        return line

    def save(self) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for sheet_id, lines in self.rows.items():
            tab = book.create_sheet(discover()[sheet_id].title)
            for line in lines:
                tab.append(line)
        book.save(self.book)
        book.close()
        return self.book

    def doors(self, **ways: Any) -> Doors:
        usual = {"root": self.folder / "site", "base": self.folder, "environ": {}}
        return Doors(**{**usual, **ways})

    def sync(self, today: date = TODAY, **asked: Any) -> Outcome:
        """Save the workbook and bring it in."""
        return self.bring(self.save(), today, **asked)

    def bring(self, path: Path, today: date = TODAY, **asked: Any) -> Outcome:
        """Bring a file in as it lies there."""
        source = Source(COMMUNITY, (str(path),))
        given = Asked(self.records, (source,), clock=today, today=today, **asked)
        return sync(given, self.doors(), lambda *_: None, lambda: None)

    def bugu(self, *arguments: str) -> int:
        """The command itself."""
        return cli.main([*arguments, "--records", str(self.records)], doors=lambda _: self.doors())

    def stands(self, sheet: str) -> dict[str, dict[str, str]]:
        """What stands published in a sheet: id → title → cell."""
        path = self.records / COMMUNITY / f"{sheet}.csv"
        if not path.exists():
            return {}
        lines = list(csv.DictReader(_lines(path)))
        return {line["编号"]: line for line in lines}

    def marks(self, name: str) -> list[dict[str, str]]:
        path = self.records / COMMUNITY / f"{name}.csv"
        return list(csv.DictReader(_lines(path))) if path.exists() else []

    def bytes(self) -> dict[str, bytes]:
        """Every file under ``records/``."""
        return {str(p.relative_to(self.records)): p.read_bytes() for p in sorted(self.records.rglob("*")) if p.is_file()}

    def checked(self) -> list[str]:
        """The codes that ``bugu check`` of the records gives."""
        from generator import build

        return [p.code for p in build.check(self.records, TODAY)[1]]

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.records.parent, capture_output=True, text=True, check=True)
        return done.stdout


def _lines(path: Path) -> io.StringIO:
    return io.StringIO(path.read_bytes().decode("utf-8"), newline="")


def codes(outcome: Outcome) -> list[str]:
    return [p.code for p in outcome.problems]
