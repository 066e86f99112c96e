"""The tabs of a book, each given to its sheet, or told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from .. import privacy
from ..problems import Place, Problem
from ..raw import Book, Grid
from ..sheet import Sheet
from . import copies, tabs
from . import heading as headings
from .lines import Reading
from .tab import Tab

_SURE = 3  # so many required columns make a header that is plainly one sheet's
_FILES = (".csv", ".tsv", ".txt")


def assign(book: Book, sheets: Mapping[str, Sheet]) -> tuple[list[Tab], list[Problem]]:
    """The tabs to be read, in the order of the book, and what is to be said of the others. Blank tabs are nothing."""
    grids = [g for g in book.grids if not g.hidden and not tabs.is_own(g.title) and any(map(any, g.rows))]
    called = {n: tabs.by_title(g.title, sheets) for n, g in enumerate(grids)}
    taken = {s.id for s in called.values() if s}
    found: list[Tab] = []
    problems: list[Problem] = []
    for n, grid in enumerate(grids):
        place, name = Place(grid.place, privacy.hide(grid.title)), privacy.hide(grid.title)
        sheet = called[n]
        if sheet is None and not tabs.is_aside(grid.title) and not privacy.scan(grid.title):
            sheet = by_header(grid, sheets)
            if sheet is not None and sheet.id in taken:
                sheet = None
            elif sheet is not None:
                problems.append(Problem("tab-by-header", place, name, {"title": sheet.title}, withholds=False))
        original = copies.called_after(grid.title, sheets) if sheet is None else None
        if original is not None and original.id in taken:
            problems.append(copies.told(grid, original.title, withholds=False))
        elif sheet is None:
            names = tabs.titles(sheets.values())
            problems.append(Problem("tab-unknown", place, name, {"names": names}, withholds=False))
        else:
            found.append(Tab.of(grid, sheet))
    return found, problems


def by_header(grid: Grid, sheets: Mapping[str, Sheet]) -> Sheet | None:
    """The one sheet whose required columns a tab of another title has all, and more of whose columns than any other's.

    Never a sheet that stays with the volunteers.
    """
    scores: list[tuple[int, bool, Sheet]] = []
    for sheet in sheets.values():
        heading = headings.find(grid, sheet)
        if heading is not None:
            names = {c.name for c in Reading.of(heading, grid.hidden_columns).columns}
            required = {c.name for c in sheet.columns if c.required}
            scores.append((len(names), required <= names and len(required) >= _SURE and not sheet.stays, sheet))
    most = max((score for score, _, _ in scores), default=0)
    best = [(plainly, sheet) for score, plainly, sheet in scores if score == most]
    return best[0][1] if len(best) == 1 and best[0][0] else None


def unread(book: Book, sheets: Mapping[str, Sheet]) -> Iterator[tuple[Sheet, str]]:
    """Sheets whose file could not be read at all, by the file's name: they are there, and nobody knows their rows."""
    places = {g.place for g in book.grids}
    for remark in book.remarks:
        file = PurePosixPath(remark.place.file)
        if remark.withholds and not remark.place.row and str(file) not in places and file.suffix.lower() in _FILES:
            sheet = tabs.by_title(file.stem, sheets)
            if sheet is not None:
                yield sheet, file.stem
