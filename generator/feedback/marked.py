"""A copy of a volunteers' .xlsx with the cells to mend coloured and commented, and a list of them on a tab of its own.

Nothing of theirs is lost: parts that need no mark are carried over as they lie there, the others are edited as text. A
marked copy that came back is marked anew: our colours, comments and list are known again, also after Excel, WPS or
LibreOffice has saved it, and go away where all is mended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..problems import Problem, in_order
from ..sources import SourceError
from ..sources.limits import LIMITS, Limits
from ..sources.parts import BROKEN
from . import listing, told
from .book import Book, Tab
from .comments import signed
from .told import Cell
from .worksheet import Worksheet

_MOST = 1500  # characters of a comment: more than fits on a screen is not read


def titles() -> tuple[str, str]:
    """What the tab with the list may be called; tabs of these titles hold no records."""
    said = told.words()["tab"]
    return said["title"], said["spare"]


def mark(data: bytes, problems: Sequence[Problem], limits: Limits = LIMITS) -> bytes:
    """``data``: the bytes of an ``.xlsx`` (or ``.xlsm``) → those of its marked copy.

    A problem is told on its cell; of a whole row, on the first cell with something in it; of a whole tab, on A1; of no tab
    that is there, in the list alone. Without problems and without earlier marks, ``data`` as it is. Raises
    :class:`SourceError` for a file that can't be marked: ``mark-not-xlsx`` for an ``.ods``, else as when reading it.
    """
    problems = in_order(problems)
    for problem in problems:
        told.body([problem], _MOST)  # a word that is missing is our fault, not the file's
    try:
        return _mark(Book(data, limits), data, problems)
    except BROKEN:
        raise SourceError("book-broken") from None  # the cause may quote a cell


def _mark(book: Book, data: bytes, problems: Sequence[Problem]) -> bytes:
    ours = next((t for t in book.tabs if t.title in titles() and listing.is_ours(book.first_text(t))), None)
    order = {tab.title: n for n, tab in enumerate(book.tabs)}
    told_of = [p for p in problems if ours is None or p.place.sheet != ours.title]
    told_of.sort(key=lambda p: order.get(p.place.sheet, -1))
    marks = book.styles.ours()
    samples = _samples(book, ours, marks)
    cells: dict[int, Cell] = {}
    for tab in book.tabs:
        if tab != ours:
            if marks:
                _restore(book, tab, marks, samples)
            cells |= _renew(book, tab, told_of)
    if told_of or ours:
        _put_list(book, ours, told_of, cells)
    book.keep_styles()
    return book.package.pack() if book.package.changed else data


def _samples(book: Book, ours: Tab | None, marks: Mapping[int, int]) -> dict[int, int]:
    """Each shade of our colour that lies on another → a style with that other one."""
    kept = listing.samples(book.package.text(ours.part), marks) if ours else []
    return {marks[mark]: style for mark, style in kept}


def _restore(book: Book, tab: Tab, marks: Mapping[int, int], samples: Mapping[int, int]) -> None:
    """Take our colour off a tab's cells, wherever they are by now."""
    sheet = book.sheet(tab)
    sheet.restyle(marks, lambda style: book.styles.restored(style, marks[style], samples))
    book.keep(tab, sheet)


def _renew(book: Book, tab: Tab, problems: Sequence[Problem]) -> dict[int, Cell]:
    """Put the new marks on a tab, and take the earlier comments off; gives the cell of each problem told there."""
    sheet = book.sheet(tab)
    cells = {
        n: at for n, p in enumerate(problems) if p.place.sheet == tab.title and (at := _cell(sheet, p)) is not None
    }
    by_cell: dict[Cell, list[Problem]] = {}
    for number, at in cells.items():
        by_cell.setdefault(at, []).append(problems[number])
    styles = {at: book.styles.marked(sheet.style(at)) for at in by_cell}
    sheet.put_styles({at: style for at, style in styles.items() if style is not None})
    book.renew_comments(tab, sheet, {at: told.body(found, _MOST) for at, found in by_cell.items()})
    book.keep(tab, sheet)
    return cells


def _cell(sheet: Worksheet, problem: Problem) -> Cell | None:
    at = told.at(problem, sheet.first_filled)
    return sheet.anchor(at) if at is not None else None


def _put_list(book: Book, ours: Tab | None, problems: Sequence[Problem], cells: Mapping[int, Cell]) -> None:
    text = listing.sheet(problems, cells, book.styles, book.namespace, book.relations)
    if ours is not None:
        book.package.bare(ours.part)
        book.package.put(ours.part, text)
        return
    free = [t for t in titles() if t not in {tab.title for tab in book.tabs}]
    if free:  # where people have tabs of both titles, the comments must do
        book.add(free[0], text)


__all__ = ["mark", "signed", "titles"]
