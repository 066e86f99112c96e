"""Problems as they stand beside a cell: which cell, and in which words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..problems import Problem, in_order, letters

WORDS = Path(__file__).parent.parent / "messages" / "feedback.toml"
Cell = tuple[int, int]
"""Row and column, 0-based."""

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


@cache
def words() -> dict[str, Any]:
    """The catalogue: ``words()["note"]["author"]``."""
    return tomllib.loads(WORDS.read_text("utf-8"))


def cell(reference: str) -> Cell | None:
    """``C7`` → (6, 2); None for what is no cell of a spreadsheet."""
    m = _CELL.fullmatch(reference)
    if m is None:
        return None
    column = 0
    for letter in m[1]:
        column = column * 26 + ord(letter) - 64
    row = int(m[2])
    return (row - 1, column - 1) if row <= _MOST_ROWS and column <= _MOST_COLUMNS else None


def reference(at: Cell) -> str:
    """(6, 2) → ``C7``."""
    return f"{letters(at[1])}{at[0] + 1}"


def at(problem: Problem, key: Callable[[int], int] = lambda row: 0) -> Cell | None:
    """The cell that a problem is told on; None where no spreadsheet has it.

    A problem of a whole row stands on the column that ``key`` gives for that row, one of a whole tab on A1.
    """
    place = problem.place
    if place.cell:
        return cell(place.cell)
    if place.row <= 0:
        return (0, 0)
    return (place.row - 1, key(place.row - 1)) if place.row <= _MOST_ROWS else None


def body(problems: Sequence[Problem], most: int) -> str:
    """What is wrong in one cell and how to mend it, in at most ``most`` characters (of which at least 100)."""
    said = words()["note"]
    several = len(problems) > 1
    lines: list[str] = []
    left = most - len(said["more"]) - 8
    for number, problem in enumerate(problems, 1):
        text = _one(problem, said, f"{number}. " if several else "")
        if len(text) > left:
            if number == 1:
                lines.append(text[: left - 1] + "…")
                number += 1
            if number <= len(problems):
                lines.append(said["more"].format(count=len(problems) - number + 1))
            break
        lines.append(text)
        left -= len(text) + 1
    return "\n".join(lines)


def _one(problem: Problem, said: Mapping[str, str], number: str) -> str:
    say = problem.says if problem.withholds else said["remark"].format(say=problem.says)
    return f"{number}{say}\n{said['mend'].format(mend=problem.mend)}"


def by_sheet(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Problems by the title of their tab, in the order in which an editor works through them; each told once."""
    found: dict[str, list[Problem]] = {}
    for problem in in_order(problems):
        found.setdefault(problem.place.sheet, []).append(problem)
    return found
