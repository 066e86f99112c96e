"""What the source said of a book, as far as it matters once the tabs are understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..columns import PRIVATE
from ..problems import Problem
from ..raw import Book
from .cells import shut_fault
from .lines import EXAMPLE
from .tab import Tab
from .tabs import is_own


def settled(book: Book, tabs: Sequence[Tab]) -> list[Problem]:
    """The remarks to be told, in order. Rows that the source could not read whole are blocked in their tabs.

    Not told: what the template's own tabs hide; and a row said to be withheld that is no record.
    """
    by_name = {tab.name: tab for tab in tabs}
    return [
        said
        for remark in book.remarks
        if not is_own(remark.place.sheet)
        for said in _settle(remark, by_name.get((remark.place.file, remark.place.sheet)))
    ]


def _settle(remark: Problem, tab: Tab | None) -> Iterator[Problem]:
    if not remark.withholds or not remark.place.row:
        if tab is not None and remark.withholds:
            tab.broken = True
        yield remark
    elif tab is not None and tab.heading is not None:
        row = remark.place.row - 1
        if tab.heading.first <= row <= tab.heading.last:
            yield from _of_header(remark, tab)
        elif row in tab.rows and tab.rows[row].what != EXAMPLE:
            yield from _of_cell(remark, tab, row) if remark.place.cell else _of_row(remark, tab, row)


def _of_header(remark: Problem, tab: Tab) -> Iterator[Problem]:
    """A header with another number of cells than the rows. Where the cells left over are blank, no harm is done."""
    if remark.code != "csv-ragged":
        yield replace(remark, withholds=False)
        return
    has, want = remark.params["has"], remark.params["want"]
    over = any(cell.strip() for line in tab.lines for cell in tab.grid.rows[line.index][has:])
    if has > want or over:
        tab.broken = True
        tab.torn |= set(tab.rows)
        yield Problem("header-ragged", remark.place, params={"has": has, "want": want})


def _of_row(remark: Problem, tab: Tab, row: int) -> Iterator[Problem]:
    tab.torn.add(row)
    yield remark


def _of_cell(remark: Problem, tab: Tab, row: int) -> Iterator[Problem]:
    """A cell lost on its way: the row is withheld for it, unless nobody was to read it anyway."""
    number = tab.letters.get(remark.place.cell.rstrip("0123456789"))
    if number is None:
        return
    column = tab.reading.columns[number]
    tab.told.add((row, tab.reading.places[number]))
    if column.privacy == PRIVATE:
        fault = shut_fault(column, withholds=False)
        yield Problem(fault.code, tab.place(row, number), fault.found, fault.params, fault.withholds)
    else:
        tab.blocked.add(row)
        yield replace(remark, place=tab.place(row, number))
