"""From tabs of shown text to typed rows: which tab is which sheet, where its header is, what every cell says.

Only ``sync`` and the check of a workbook may hold what comes out: the rows have their private columns. What is said of
them (:class:`~..problems.Problem`) never has the text of a cell that residents may not read.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..problems import Problem
from ..raw import Book
from ..sheet import Sheet
from . import copies
from . import table as reading
from .assign import assign, unread
from .remarks import settled
from .rows import FullRow, Lost, Table, Understood

__all__ = ["FullRow", "Lost", "Table", "Understood", "understand"]


def understand(book: Book, sheets: Mapping[str, Sheet]) -> Understood:
    """All tabs of the book that hold records. ``sheets``: those that may have a tab, by id.

    A bad row is lost with its problems and its neighbours are taken; nothing is raised for what people typed.
    """
    tabs, problems = assign(book, sheets)
    tabs, copied = copies.apart(tabs)
    told: list[Problem] = [*settled(book, tabs), *problems, *(copy.problem for copy in copied)]
    tables: dict[str, Table] = {}
    for sheet, title in unread(book, sheets):
        table = tables.setdefault(sheet.id, Table(sheet, broken=True))
        table.tabs = (*table.tabs, title)
    known = reading.index(tabs, sheets)
    for tab in tabs:
        table = tables.setdefault(tab.sheet.id, Table(tab.sheet))
        table.tabs = (*table.tabs, tab.grid.title)
        reading.read(tab, table, known, sheets)
    for table in tables.values():
        reading.single(table, [t for t in tabs if t.sheet is table.sheet])
    for copy in copied:
        tables[copy.tab.sheet.id].lost += copy.lost
    for tab in tabs:
        told += sorted(tab.problems, key=lambda p: p.place.row)
    return Understood({id: tables[id] for id in sheets if id in tables}, told)
