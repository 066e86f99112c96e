"""A tab that somebody copied, within the book: what it says is said twice, and only the first of the two is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .. import privacy
from ..columns import ID, clean
from ..problems import Place, Problem
from ..raw import Grid
from ..sheet import Sheet
from ..typed.said import fold
from .labels import label_column, plain
from .lines import RECORD, Line
from .rows import Lost
from .tab import Tab
from .tabs import by_title
from .tabs import plain as title_plain

_FEW = 3  # so many ids in common tell a copy from two tabs that share a number by mistake
_NUMBERED = re.compile(r"\(\d{1,2}\)$")  # as every program numbers a copied tab
_CALLED = re.compile(r"的?副本(?:\(\d{1,2}\))?|复制|copyof|copy", re.IGNORECASE)


Said = dict[str, tuple[Line, str]]  # id, in small letters → its first row, and what the row is called


@dataclass(frozen=True)
class Copy:
    """A tab that is not read, for it says what another one says. ``lost``: its rows of which the other has no id."""

    tab: Tab
    of: Tab
    lost: tuple[Lost, ...]

    @property
    def problem(self) -> Problem:
        """What is to be said of it."""
        return told(self.tab.grid, self.of.grid.title, withholds=bool(self.lost))


def told(grid: Grid, of: str, withholds: bool) -> Problem:
    """That a tab seems to be a copy of another, by the other's title."""
    name = privacy.hide(grid.title)
    return Problem("tab-copy", Place(grid.place, name), name, {"of": privacy.hide(of)}, withholds)


def called_after(title: str, sheets: Mapping[str, Sheet]) -> Sheet | None:
    """The sheet of which a title says that the tab is a copy: 议题台账的副本, Copy of matters."""
    rest = _CALLED.sub("", title_plain(title))
    return by_title(rest, sheets) if rest != title_plain(title) else None


def apart(tabs: Sequence[Tab]) -> tuple[list[Tab], list[Copy]]:
    """The tabs to be read, in their order, and those that are copies of one of them."""
    by_sheet: dict[str, list[Tab]] = {}
    for tab in tabs:
        by_sheet.setdefault(tab.sheet.id, []).append(tab)
    copies = [copy for some in by_sheet.values() if len(some) > 1 for copy in _copies(some)]
    gone = {copy.tab.name for copy in copies}
    return [tab for tab in tabs if tab.name not in gone], copies


def _copies(tabs: Sequence[Tab]) -> Iterator[Copy]:
    """A tab with a number behind its title is the copy, wherever it stands; else the later one is."""
    kept: list[tuple[Tab, Said]] = []
    copied: list[tuple[Tab, Tab, Said]] = []
    for tab in sorted(tabs, key=_is_numbered):
        said = _said(tab)
        of = next((other for other, theirs in kept if _is_copy(tab, said, theirs)), None)
        if of is None:
            kept.append((tab, said))
        else:
            copied.append((tab, of, said))
    known = {id for _, said in kept for id in said}
    for tab, of, said in copied:
        lines = [line for id, (line, _) in said.items() if id not in known]
        known |= said.keys()  # a row that two copies have is lost once
        lost = tuple(Lost(tab.place(line.index), id) for line in lines if (id := tab.key(line)))
        yield Copy(tab, of, lost)


def _is_numbered(tab: Tab) -> bool:
    return _NUMBERED.search(title_plain(tab.grid.title)) is not None


def _said(tab: Tab) -> Said:
    """The records of a tab."""
    column, key = label_column(tab.sheet), tab.reading.key
    number = next((n for n, c in enumerate(tab.reading.columns) if column and c.name == column.name), None)
    said: Said = {}
    for line in tab.lines:
        id = "" if key is None else fold(clean(line.cells[key])).strip()
        if line.what == RECORD and ID.fullmatch(id):
            said.setdefault(id.lower(), (line, "" if number is None else plain(line.cells[number])))
    return said


def _is_copy(tab: Tab, said: Said, other: Said) -> bool:
    """Whether half of a tab's ids are another's, and half of these rows are called the same: years may count alike."""
    common = said.keys() & other.keys()
    same = sum(said[id][1] == other[id][1] for id in common)
    enough = bool(common) if _is_numbered(tab) else len(common) >= _FEW
    return enough and len(common) * 2 >= len(said) and same * 2 >= len(common)
