"""A tab that is a sheet: its header, the columns that are read, the rows that say something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .. import privacy
from ..columns import ID, clean
from ..problems import Place, Problem, letters
from ..raw import Grid
from ..sheet import Sheet
from ..typed.said import fold
from . import examples, titles
from . import heading as headings
from .heading import Heading
from .lines import Line, Reading, lines


@dataclass
class Tab:
    """``torn``: rows, 0-based, whose cells the source could not tell apart; ``blocked``: rows with a cell that it lost;
    ``told``: these cells, as (row, column). ``broken``: no row of the tab can be taken.
    """

    grid: Grid
    sheet: Sheet
    heading: Heading | None
    reading: Reading
    lines: list[Line]
    problems: list[Problem]
    broken: bool
    torn: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    told: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, grid: Grid, sheet: Sheet) -> Tab:
        """The tab, with whatever there is to say of its header."""
        heading = headings.find(grid, sheet)
        if heading is None:
            return cls(grid, sheet, None, Reading(), [], [titles.not_found(grid, sheet)], True)
        reading = Reading.of(heading, grid.hidden_columns)
        reading = replace(reading, examples=examples.of(sheet, reading.columns))
        said = titles.problems(grid, sheet, heading)
        found = list(lines(grid, heading.last, reading))
        return cls(grid, sheet, heading, reading, found, said, any(p.withholds for p in said))

    @cached_property
    def rows(self) -> Mapping[int, Line]:
        """The rows that say something, by their index."""
        return {line.index: line for line in self.lines}

    @cached_property
    def letters(self) -> Mapping[str, int]:
        """Which of the columns that are read stands under a letter."""
        return {letters(place): number for number, place in enumerate(self.reading.places)}

    @property
    def name(self) -> tuple[str, str]:
        """What a place in this tab has in common with all others."""
        return self.grid.place, self.grid.title

    def place(self, row: int, number: int | None = None) -> Place:
        """Row 0-based; ``number``: which of the columns that are read."""
        if number is None:
            return Place(self.grid.place, self.grid.title, row + 1)
        cell = f"{letters(self.reading.places[number])}{row + 1}"
        return Place(self.grid.place, self.grid.title, row + 1, cell, self.reading.columns[number].title)

    def key(self, line: Line) -> str:
        """The id of a row, as it stands there; "" where it is none, or is what nobody may read."""
        if self.reading.key is None or self.sheet.counts:
            return ""
        if line.index in self.torn and self.reading.places[self.reading.key]:
            return ""  # only the first cell of such a row is surely the first
        id = fold(clean(line.cells[self.reading.key])).strip()
        return id if ID.fullmatch(id) and not privacy.scan(id) else ""
