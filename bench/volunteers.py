"""A community's sheets as volunteers keep them: seeded records typed the way people type, with the columns and the sheets
that never leave their workbook. As a .xlsx, and as a spreadsheet of the local Sheets server.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from generator.columns import MASKED, PRIVATE, Column
from generator.privacy import OPEN
from generator.sheet import Sheet
from generator.sheets import discover
from tests.sheets_server import Book, Cell, Tab

from . import sample

COMMUNITY = "nanhua"
STAY = ("ledger", "visits")  # the sheets of which only counts leave
DAY = date(2026, 6, 17)
KEY = "bench-spreadsheet-0123456789"
_STAND, _HANG = 1_500, 14  # rows that do not grow with the matters, at most; rows that hang on one matter
_HOUSES = ("西区", "东区", "南院", "北院")


class Dated(NamedTuple):
    """A date that the spreadsheet itself knows to be one, and the format that it is shown in."""

    day: date
    format: str


class Amount(NamedTuple):
    """A number shown with two decimals, or with four when it has more than two."""

    value: float

    @property
    def format(self) -> str:
        return _DECIMALS[self.value != round(self.value, 2)]


_FORMATS = ("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "yyyy/m/d")
_DECIMALS = ("0.00", "0.0000")

Typed = str | int | Dated | Amount
Tabs = dict[str, list[list[Typed]]]

_TYPED: tuple[Callable[[date], Typed], ...] = (
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日(周{'一二三四五六日'[d.weekday()]})",
    lambda d: Dated(d, _FORMATS[0]),
    lambda d: Dated(d, _FORMATS[1]),
    lambda d: Dated(d, _FORMATS[2]),
)


@dataclass(frozen=True)
class Town:
    """``before``: a records folder without the community; ``after``: one with it, whose rows stand in ``tabs`` as typed."""

    before: Path
    after: Path
    tabs: Tabs

    @property
    def rows(self) -> int:
        """How many rows all tabs have, their headers not counted."""
        return sum(len(lines) - 1 for lines in self.tabs.values())


def make(demo: Path, folder: Path, rows: int, seed: int = 1) -> Town:
    """Write the records folders and type the tabs: the published sheets that the demo has and 2 that stay, so many rows in all.

    The same seed, the same tabs. Raises ``ValueError`` for fewer rows than the demo's own lists have.
    """
    if rows < _STAND + _HANG:
        raise ValueError(f"{rows} rows are too few")
    chance = random.Random(seed)
    alone = _alone(demo, folder / "demo")
    sample.write(alone, folder / "after", (rows - _STAND) // _HANG, seed)
    (folder / "before").mkdir()
    for name in ("district.toml", "communities.csv"):
        shutil.copyfile(alone / name, folder / "before" / name)
    shutil.copytree(alone / "procedures", folder / "before" / "procedures")
    hand = _Hand(folder / "after", chance)
    tabs = {s.title: hand.published(s) for s in discover().values() if not s.stays and hand.has(s)}
    left = rows - sum(len(lines) - 1 for lines in tabs.values())
    for n, sheet in enumerate(discover()[s] for s in STAY):
        tabs[sheet.title] = hand.staying(sheet, left // 2 if n else left - left // 2)
    return Town(folder / "before", folder / "after", tabs)


def _alone(demo: Path, folder: Path) -> Path:
    """The demo with one community."""
    shutil.copytree(demo, folder, ignore=lambda at, names: _others(Path(at), names, demo))
    with (folder / "communities.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    with (folder / "communities.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *(x for x in lines if x[0] == COMMUNITY)])
    return folder


def _others(at: Path, names: list[str], demo: Path) -> list[str]:
    if at == demo:
        return [n for n in names if (at / n / "matters.csv").exists() and n != COMMUNITY]
    return [f"{s}.csv" for s in STAY]


class _Hand:
    """Whoever types: every cell in one of the ways that people have."""

    def __init__(self, records: Path, chance: random.Random) -> None:
        self.records, self.chance = records, chance
        self.labels = {row["编号"]: f"{row['编号']} {row['名称']}" for row in self._lines("compounds")}
        self.grids = [row["编号"] for row in self._lines("grids") if row["级别"] == "网格"]
        self.sentences = [s for row in self._lines("matters") for s in re.findall(r"[^。\n]+。", row["内容"])]

    def _lines(self, sheet: str) -> list[dict[str, str]]:
        folder = self.records / (COMMUNITY if discover()[sheet].per_community else "")
        with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def has(self, sheet: Sheet) -> bool:
        """Whether the records have rows of a sheet."""
        return (self.records / (COMMUNITY if sheet.per_community else "") / f"{sheet.id}.csv").exists()

    def published(self, sheet: Sheet) -> list[list[Typed]]:
        """The tab of a sheet that is published: its records, and the columns that stay."""
        lines: list[list[Typed]] = [[c.title for c in sheet.columns]]
        for row in self._lines(sheet.id):
            lines.append([self._cell(c, row) for c in sheet.columns])
        return lines

    def _cell(self, column: Column, row: dict[str, str]) -> Typed:
        unnamed = column.privacy == MASKED and row[column.consent] not in ("是", *OPEN)
        if column.privacy == PRIVATE or (unnamed and self.chance.random() < 0.5):
            return self.invented(column)  # whoever types writes the whole name, and the gate masks it
        return self.typed(column, row[column.title])

    def staying(self, sheet: Sheet, rows: int) -> list[list[Typed]]:
        """The tab of a sheet that stays with the volunteers."""
        lines: list[list[Typed]] = [[c.title for c in sheet.columns]]
        for n in range(1, rows + 1):
            lines.append([f"{sheet.id[:2].upper()}-{n:05}", *(self.invented(c) for c in sheet.columns if not c.key)])
        return lines

    def typed(self, column: Column, said: str) -> Typed:
        """What records say, as somebody types it."""
        if not said:
            return ""
        if column.kind.name == "date":
            return self.day(date.fromisoformat(said))
        if column.kind.name == "count":
            return int(said)
        if column.kind.name == "area":
            return Amount(float(said))
        if column.kind.name == "yes_no":
            return self.chance.choice({"是": ("是", "√", "有"), "否": ("否", "×", "无")}[said])
        if column.kind.target == "compounds" and self.chance.random() < 0.5:
            return self.labels[said]
        return said

    def day(self, on: date) -> Typed:
        return self.chance.choice(_TYPED)(on)

    def invented(self, column: Column) -> Typed:
        """Something private: names, mobile numbers, addresses down to the room, talk."""
        chance, kind = self.chance, column.kind
        if kind.target:
            return chance.choice(self.grids)
        if kind.choices:
            return chance.choice(kind.choices)
        match kind.name:
            case "date":
                return self.day(DAY - timedelta(days=chance.randrange(360)))
            case "yes_no":
                return chance.choice(("是", "否", ""))
            case "phone":
                return f"1390000{chance.randrange(10_000):04}"
            case "person":
                return chance.choice("赵钱孙李周吴郑王") + chance.choice("墨檀翊皓芷") + chance.choice("岚珂霁昀蘅")
            case "long":
                return "".join(chance.choice(self.sentences) for _ in range(chance.randrange(1, 5)))
        return f"{chance.choice(_HOUSES)}{chance.randrange(1, 20)}号楼{chance.randrange(1, 5)}单元{chance.randrange(101, 620)}室"


def workbook(tabs: Tabs, path: Path) -> None:
    """The tabs as a .xlsx, as a spreadsheet program writes it: shared texts, dates as numbers with a format."""
    with xlsxwriter.Workbook(path) as book:
        looks = {code: book.add_format({"num_format": code}) for code in (*_FORMATS, *_DECIMALS)}
        for title, lines in tabs.items():
            tab = book.add_worksheet(title)
            for at, line in enumerate(lines):
                for n, cell in enumerate(line):
                    _put(tab, at, n, cell, looks)


def _put(tab: Any, row: int, column: int, cell: Typed, looks: dict[str, Any]) -> None:
    match cell:
        case Dated(day, code):
            tab.write_datetime(row, column, day, looks[code])
        case Amount() as amount:
            tab.write_number(row, column, amount.value, looks[amount.format])
        case int():
            tab.write_number(row, column, cell)
        case str() if cell:
            tab.write_string(row, column, cell)


def spreadsheet(tabs: Tabs) -> Book:
    """The same for the local Sheets server."""
    return Book(KEY, [Tab(title, [[_cell(c) for c in line] for line in lines]) for title, lines in tabs.items()])


def _cell(cell: Typed) -> Any:
    match cell:
        case Dated(day, code):
            shown = (f"{day}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}")
            return Cell(day, shown[_FORMATS.index(code)])
        case Amount() as amount:
            return Cell(amount.value, f"{amount.value:.{len(amount.format) - 2}f}")
    return cell
