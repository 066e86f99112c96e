"""The first tab of the file: what this is, how to fill it in, what will be public. Big print, A4 upright."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

from .. import layout
from .design import Line, lines
from .lists import quoted
from .look import Look

_LEFT, _RIGHT = 19, 68  # widths in characters of the narrow kind, at 11 points
_FIT = 0.8  # of so many of them, so many at 14 points
_HEIGHTS = {"title": 44.0, "heading": 36.0, "group": 26.0, "blank": 34.0}
_ONE_LINE = 21.5  # of 14-point letters


def write(book: Workbook, look: Look, said: tuple[Line, ...]) -> None:
    """Two columns, no merged cells: the volunteers are asked for none either."""
    page = book.add_worksheet(layout.words()["tabs"]["guide"])
    page.hide_gridlines(2)
    page.set_column(0, 0, _LEFT)
    page.set_column(1, 1, _RIGHT)
    breaks = []
    for row, line in enumerate(said):
        if line.style == "heading":
            breaks.append(row)
        page.set_row(row, _height(line))
        _line(page, look, row, line)
    page.protect("", {"objects": True, "format_columns": True, "format_rows": True})
    page.set_paper(9)
    page.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.set_h_pagebreaks(breaks[1:2])  # how to fill it in is one sheet of paper
    page.set_footer(f"&C&10{layout.words()['guide']['print']}")
    page.activate()


def _height(line: Line) -> float:
    most = max(lines(line.left, _LEFT * _FIT), lines(line.right, _RIGHT * _FIT))
    return _HEIGHTS.get(line.style, most * _ONE_LINE + 6)


def _line(page: Any, look: Look, row: int, line: Line) -> None:
    form = look.line(line.style, indent=1 if line.right else 0)
    if line.link:
        page.write_url(row, 0, f"internal:{quoted(line.link)}!A1", look.link(line.privacy), line.left)
    elif line.style != "blank":
        page.write_string(row, 0, line.left, look.line("name", line.privacy) if line.right else form)
    if line.right:
        page.write_string(row, 1, line.right, form)
    elif line.style == "blank":
        page.write_blank(row, 1, None, look.blank())
    else:
        page.write_blank(row, 1, None, form)
