"""What understanding a book gives: full rows, private columns and all, which only ``sync`` may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..problems import Place, Problem
from ..sheet import Sheet


class FullRow:
    """A row with its private columns. No dataclass, so that no template takes it; its repr never shows a value.

    ``values``: by attribute name, None where nothing is written or the tab lacks the column. ``cells``: where each column
    that was read stands in its tab, 0-based.
    """

    __slots__ = ("cells", "place", "sheet", "values")

    def __init__(self, sheet: Sheet, place: Place, values: Mapping[str, Any], cells: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.place = place
        self.values = values
        self.cells = cells

    def __repr__(self) -> str:
        return f"FullRow({self.sheet.id}, {self.place.row})"


@dataclass(frozen=True)
class Lost:
    """A row with a problem that keeps it off the site. ``id``: "" where it could not be made out, or may not be said.

    ``refers``: the ids in its reference columns, by column name. ``says``: what it says of its names
    (:func:`~..privacy.released`). ``people``: what stands in its name cells, which may stand nowhere else. ``values``: what
    could be read, of a sheet that is neither published nor counted.
    """

    place: Place
    id: str = ""
    refers: Mapping[str, str] = field(default_factory=dict, hash=False)
    says: Mapping[str, str | None] = field(default_factory=dict, hash=False, repr=False)
    people: tuple[str, ...] = field(default=(), repr=False)
    values: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False)


@dataclass
class Table:
    """All tabs of one sheet. ``rows``: the good ones, in the order of the source; ``lost``: the others.

    ``broken``: of one tab at least nothing could be read as rows, so that a row that is not here may still be there.
    ``hides``: rows with something in them are hidden or filtered away, and were not read. ``tabs``: their titles.
    """

    sheet: Sheet
    rows: list[FullRow] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    broken: bool = False
    hides: bool = False
    tabs: tuple[str, ...] = ()


@dataclass
class Understood:
    """The sheets that have a tab in the book, by id, and all that there is to say to the editors."""

    tables: Mapping[str, Table]
    problems: list[Problem]
