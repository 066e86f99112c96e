"""How much of a file is taken in: a file from outside may not cost more memory or time than a community's sheets do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..problems import letters
from ..raw import Error
from . import SourceError

MEGA = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """``file``, ``unpacked``: bytes of a file as it lies there, and of all that is unpacked from it. ``cells``: places
    of all its tabs together, blanks among them included. ``characters``: of all its cells; ``cell``: of one, which is
    what a spreadsheet itself allows. ``merges``, ``entries``: merged ranges of a tab, parts of a container."""

    file: int = 64 * MEGA
    unpacked: int = 384 * MEGA
    cells: int = 4_000_000
    characters: int = 200_000_000
    cell: int = 32_767
    merges: int = 20_000
    entries: int = 10_000


LIMITS = Limits()

Rows = tuple[tuple[str, ...], ...]
Raw = tuple[tuple[Any, ...], ...]


class Room:
    """What is left of the limits while one book is read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.cells, limits.characters

    def cells(self, count: int, **where: Any) -> None:
        """Take so many cells. Raises :class:`SourceError` when there are more than a book may have."""
        self.left = self.left[0] - count, self.left[1]
        if self.left[0] < 0:
            raise SourceError("book-too-many-cells", **{"sheet": "", "cell": "", **where})

    def characters(self, count: int) -> None:
        """Take so many characters. Raises :class:`SourceError` likewise."""
        self.left = self.left[0], self.left[1] - count
        if self.left[1] < 0:
            raise SourceError("book-too-big")


@dataclass
class Lines:
    """The cells of one tab as they are read: row number → its cells from the first on. Rows may be missing."""

    shown: dict[int, list[str]]
    raw: dict[int, list[Any]] | None = None


def rectangle(lines: Lines, room: Room, title: str) -> tuple[Rows, Raw | None]:
    """The same as a rectangle from A1 to the last cell with something in it. Raises :class:`SourceError` (too big)."""
    filled = {n: _filled(row, lines.raw[n] if lines.raw else row) for n, row in lines.shown.items()}
    height = max((n + 1 for n, width in filled.items() if width), default=0)
    width = max(filled.values(), default=0)
    room.cells(height * width, sheet=title, cell=f"{letters(max(width - 1, 0))}{height}")
    blank, nothing = ("",) * width, (None,) * width
    rows: list[tuple[str, ...]] = [blank] * height
    raws: list[tuple[Any, ...]] = [nothing] * height
    for n, row in lines.shown.items():
        if filled[n]:
            rows[n] = _wide(row, width, blank)
            if lines.raw is not None:
                raws[n] = _wide(lines.raw[n], width, nothing)
            room.characters(sum(map(len, row)))
    return tuple(rows), None if lines.raw is None else tuple(raws)


def _filled(row: Sequence[str], raw: Sequence[Any]) -> int:
    """How many cells a row has, up to the last with something in it; a formula without its result is something."""
    width = len(row)
    while width and not row[width - 1].strip() and not isinstance(raw[width - 1], Error):
        width -= 1
    return width


def _wide(row: Sequence[Any], width: int, blank: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(row[:width]) if len(row) >= width else (*row, *blank[len(row) :])
