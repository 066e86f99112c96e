"""What is wrong with the data, where the editor sees it, and how to mend it.

A problem carries a code and its particulars; the Chinese words stand in
``messages/zh.toml`` so that they can be read aloud, and changed, in one place.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from .catalogue import joined

# A name of a file or a cell of several lines must not break a line, nor speak to the terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ONE_TABLE = (".csv", ".tsv", ".txt", ".toml")  # files that are one sheet, or none: the name says which
MESSAGES = Path(__file__).parent / "messages" / "zh.toml"


def letters(index: int) -> str:
    """The spreadsheet name of a column: 0 → A, 25 → Z, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True, order=True)
class Place:
    """Where an editor finds it: file, sheet title, row (1 = the header line), column title, cell (``C7``)."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    cell: str = ""
    column: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing to mend. ``withholds`` says whether the row it stands in is kept off the site."""

    code: str
    place: Place = Place()
    found: str = ""
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    withholds: bool = True

    def _fill(self, part: str) -> str:
        values = {"found": self.found, "column": self.place.column, **self.params}
        return Formatter().vformat(message(self.code)[part], (), values)

    @property
    def says(self) -> str:
        """What was found, in Chinese."""
        return self._fill("say")

    @property
    def mend(self) -> str:
        """What to write instead, in Chinese."""
        return self._fill("mend")

    def line(self) -> str:
        """One line for a terminal: ``records/nanhua/matters.csv:14 (C14) 公示开始: …;…``.

        In a workbook the tab is named too: ``台账.xlsx《议题台账》:14 (C14) …``.
        """
        where = self.place.file
        where += f"《{self.place.sheet}》" if self.place.sheet and not where.endswith(_ONE_TABLE) else ""
        where += f":{self.place.row}" if self.place.row else ""
        where += f" ({self.place.cell})" if self.place.cell else ""
        head = f"{self.place.column}: " if self.place.column else ""
        return _CONTROL.sub("⏎", f"{where} {head}{self.says};{self.mend}".strip())

    def as_dict(self) -> dict[str, Any]:
        """The same for machines, as ``bugu check --format json`` prints it."""
        return {
            "code": self.code,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row or None,
            "cell": self.place.cell or None,
            "column": self.place.column or None,
            "found": self.found,
            "message": self.says,
            "mend": self.mend,
            "withheld": self.withholds,
        }


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return joined(tomllib.loads(MESSAGES.read_text("utf-8")), "problem")


def codes() -> Mapping[str, Mapping[str, str]]:
    """Every code with its words."""
    return dict(_catalogue())


def message(code: str) -> dict[str, str]:
    """The catalogue entry of a code. Raises ``KeyError`` for a code without words (our fault, found by a test)."""
    return _catalogue()[code]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as an editor works through them: by file, sheet, row and column; doubles are told once."""
    seen: dict[tuple[Any, ...], Problem] = {}
    for p in problems:
        seen.setdefault((p.place, p.code, p.found, json.dumps(dict(p.params), default=str, sort_keys=True)), p)
    return sorted(seen.values(), key=lambda p: (p.place.file, p.place.sheet, p.place.row, len(p.place.cell), p.place.cell, p.code))
