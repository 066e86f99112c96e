"""Ranges in A1 notation, as the API reads and writes them."""

from __future__ import annotations

import re

from generator.problems import letters

from .refusals import Refused
from .state import Book, Tab

Part = tuple[int, int, int, int]  # half open: row, column, row, column

_END = re.compile(r"([A-Za-z]{1,3})?(\d+)?")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.A)


def quoted(title: str) -> str:
    """A title in an answer: in quotes unless it is a plain word that cannot be taken for a cell."""
    if _PLAIN.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def written(tab: Tab, part: Part) -> str:
    """A range in an answer: ``Sheet1!A1:D4``; one cell is not ``A1:A1`` but ``A1``."""
    r0, c0, r1, c1 = part
    first, last = f"{letters(c0)}{r0 + 1}", f"{letters(c1 - 1)}{r1}"
    return f"{quoted(tab.title)}!{first if first == last else f'{first}:{last}'}"


def parsed(text: str, book: Book) -> tuple[Tab, Part]:
    """The tab and the part of its grid that a range names. What lies beyond the grid's end is cut off; a start beyond it,
    a name that is no tab's and all else is refused.
    """
    named = re.fullmatch(r"(?:'((?:[^']|'')*)'|([^!']*))(?:!(.*))?", text, re.S)
    if named is None:
        raise _unparsed(text)
    in_quotes, plain, cells = named.groups()
    if cells is None and in_quotes is None and _cells(plain) is not None:  # A1 and D3 are cells before they are titles
        first = next(t for t in book.tabs if not t.hidden)
        return first, _part(first, plain, text)
    title = in_quotes.replace("''", "'") if in_quotes is not None else plain
    tab = next((t for t in book.tabs if t.title == title), None)
    if tab is None or cells == "" or tab.kind != "GRID":
        raise _unparsed(text)
    return tab, (0, 0, *tab.size) if cells is None else _part(tab, cells, text)


def _cells(text: str) -> tuple[str, str] | None:
    first, colon, last = text.partition(":")
    ends = (first, last if colon else first)
    if not all(_END.fullmatch(e) and e for e in ends) or not (colon or re.fullmatch(r"[A-Za-z]{1,3}\d+", first)):
        return None
    return ends


def _part(tab: Tab, cells: str, text: str) -> Part:
    ends = _cells(cells)
    if ends is None:
        raise _unparsed(text)
    (c0, r0), (c1, r1) = (_end(e) for e in ends)
    rows, columns = tab.size
    low_row, high_row = sorted((r0 or 1, r1 or rows))
    low_column, high_column = sorted((c0 or 1, c1 or columns))
    if low_row > rows or low_column > columns:
        what = written(tab, (low_row - 1, low_column - 1, high_row, high_column))
        raise Refused(400, f"Range ({what}) exceeds grid limits. Max rows: {rows}, max columns: {columns}")
    return low_row - 1, low_column - 1, min(high_row, rows), min(high_column, columns)


def _end(text: str) -> tuple[int, int]:
    found = _END.fullmatch(text)
    name, digits = found.groups() if found else ("", "")
    column = 0
    for letter in (name or "").upper():
        column = column * 26 + ord(letter) - 64
    return column, int(digits or 0)


def _unparsed(text: str) -> Refused:
    return Refused(400, f"Unable to parse range: {text}")
