"""The volunteers' workbook as a file for Excel, WPS and LibreOffice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from .. import layout
from ..sheet import Sheet
from . import guide_page, lists
from .design import COLOURS, FIRST, LISTED, SHOWN, Group, Heading, Ids, Tab, groups, guide, lines, tabs, value
from .look import MADE, Look

_LAST = 9999  # the last row with a dropdown, 0-based
_PAGE = 220  # narrow characters across a printed page that can still be read
_COLUMNS = 16383  # the last column of a worksheet, 0-based
# What volunteers may do though header and example are locked. No "delete_columns": a column of ours is not theirs.
_MAY = ("objects", "scenarios", "format_cells", "format_columns", "format_rows", "insert_columns", "insert_rows",
        "insert_hyperlinks", "delete_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")  # fmt: skip


def make(sheets: Mapping[str, Sheet], ids: Ids | None = None) -> bytes:
    """The workbook; for the same sheets the same bytes.

    ``ids``: target (``#rule``, ``#procedure``) → what its dropdown offers: ids, or ids with a space and a few words.
    Raises ``xlsxwriter.exceptions.XlsxWriterException`` for a sheet whose title no tab can have.
    """
    grouped = groups(sheets, ids or {})
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties(
            {"title": layout.words()["tabs"]["guide"], "author": layout.words()["notes"]["author"], "created": MADE}
        )
        # Each formula's result is written beside it, so nobody is asked to save what he only looked at.
        book.calc_on_load = False
        _fill(book, grouped)
    return out.getvalue()


def _fill(book: Workbook, grouped: tuple[Group, ...]) -> None:
    look = Look(book)
    every = tabs(grouped)
    guide_page.write(book, look, tuple(guide(grouped)))
    for tab in every:
        _tab(book, look, tab)
    _choices(book, look, lists.wanted(every))


# --- a tab for a sheet --------------------------------------------------------------------------------------------


def _tab(book: Workbook, look: Look, tab: Tab) -> None:
    page = book.add_worksheet(tab.title)
    page.set_tab_color(COLOURS[tab.privacy])
    page.set_column(0, _COLUMNS, None, look.cell())
    for place, heading in enumerate(tab.headings):
        page.set_column(place, place, heading.width, look.cell(SHOWN.get(heading.column.kind.name, "@")))
        page.write_string(0, place, heading.text, look.header(heading.privacy))
        page.write_comment(0, place, heading.note, look.comment(heading.note))
        _example(page, look, place, heading)
        page.data_validation(FIRST, place, _LAST, place, _validation(tab, heading))
    page.set_row(0, 17 * max(lines(h.text, h.width * 0.85) for h in tab.headings) + 6)
    page.set_row(1, 17 * max(lines(h.example, h.width * 0.85) for h in tab.headings) + 6)
    page.freeze_panes(1, tab.key + 1)
    page.protect("", dict.fromkeys(_MAY, True))
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{_LAST + 1}"})
    _paper(page, tab)


def _example(page: Any, look: Look, place: int, heading: Heading) -> None:
    shown = value(heading)
    form = look.example(SHOWN.get(heading.column.kind.name, "@"))
    if isinstance(shown, date):
        page.write_datetime(1, place, shown, form)
    elif isinstance(shown, (int, Decimal)):
        page.write_number(1, place, float(shown), form)
    elif shown:
        page.write_string(1, place, shown, form)
    else:
        page.write_blank(1, place, None, form)


def _validation(tab: Tab, heading: Heading) -> dict[str, Any]:
    """What is shown while a cell is filled in; a dropdown where there is one. Whatever is typed is taken in the end."""
    shown: dict[str, Any] = {"input_title": heading.column.title, "input_message": heading.prompt}
    if not heading.words and not heading.target:
        return {"validate": "any", **shown}
    warning = layout.words()["warning"]
    held = bool(heading.words) and lists.inline(heading.words)
    return {
        "validate": "list",
        "source": list(heading.words) if held else f"={lists.name_of(tab, heading)}",
        "error_type": "information",
        "error_title": warning["title"],
        "error_message": warning["text"],
        **shown,
    }


def _paper(page: Any, tab: Tab) -> None:
    """A4 across. A sheet of many columns goes over two pages, with the key on both, rather than into print for ants."""
    pages = math.ceil(sum(h.width for h in tab.headings) / _PAGE)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(pages, 0)
    page.repeat_rows(0)
    if pages > 1:
        page.repeat_columns(tab.key)
    page.set_footer(f"&C&10{layout.words()['guide']['sheet_print']}")


# --- the hidden tab -----------------------------------------------------------------------------------------------


def _choices(book: Workbook, look: Look, wanted: Mapping[str, lists.Words | lists.Rows]) -> None:
    """Each list is a name, not a range: a dropdown over another tab is a name to Excel 2007 and to the old WPS."""
    title = layout.words()["tabs"]["choices"]
    page = book.add_worksheet(title)
    place = 0
    for name, one in wanted.items():
        if isinstance(one, lists.Words):
            page.write_column(0, place, [one.title, *one.words], look.cell("@"))
            cell = lists.column(title, place)
            letter = cell.rpartition("$")[2]
            area = f"{lists.quoted(title)}!${letter}$2:${letter}${len(one.words) + 1}"
            place += 1
        else:
            area = _rows(page, title, place, one)
            place += 2
        book.define_name(name, f"={area}")
    page.protect()
    page.hide()


def _rows(page: Any, title: str, place: int, rows: lists.Rows) -> str:
    """A counting column and the list beside it. Results as they are while the tab is empty; a blank, for an empty text
    is what a program writes that has not counted yet.
    """
    page.write_number(0, place, 0)
    page.write_string(0, place + 1, rows.title)
    for row in range(1, LISTED + 1):
        page.write_formula(row, place, lists.counting(rows), None, 0)
        page.write_formula(row, place + 1, lists.listing(rows, place), None, " ")
    start, count = (f"{lists.quoted(title)}!{cell}" for cell in (lists.first(place + 1), lists.last(place)))
    return f"OFFSET({start},0,0,MAX(1,{count}),1)"
