"""The volunteers' workbook as a file, read back as Excel's own library and as Bugu's own reader see it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator import layout
from generator.problems import letters
from generator.sheet import Sheet
from generator.sheets import discover
from generator.sources import workbook as source
from generator.template import design, lists, workbook
from generator.template.design import COLOURS, Heading, Tab

IDS = {"#rule": tuple(f"rule-{n} 第{n}条规则,逗号也在里面" for n in range(30)), "#procedure": ("liubu 六步议事法",)}
TABS = design.tabs(design.groups(discover(), IDS))
each_tab = pytest.mark.parametrize("tab", TABS, ids=lambda t: t.title)


@cache
def made() -> bytes:
    return workbook.make(discover(), IDS)


@cache
def opened() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(made()))


def page(tab: Tab) -> Worksheet:
    found = opened()[tab.title]
    assert isinstance(found, Worksheet)
    return found


def validation(tab: Tab, heading: Heading) -> Any:
    """The one validation of a column."""
    letter = letters(tab.headings.index(heading))
    found = [v for v in page(tab).data_validations.dataValidation if str(v.sqref).split(":")[0] == f"{letter}3"]
    assert [str(v.sqref) for v in found] == [f"{letter}3:{letter}10000"]
    return found[0]


def test_the_same_sheets_are_the_same_bytes() -> None:
    assert workbook.make(discover(), IDS) == made()
    dates = {info.date_time for info in zipfile.ZipFile(BytesIO(made())).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert opened().properties.created == datetime(2026, 1, 1)


def test_the_tabs_in_order_and_only_the_lists_hidden() -> None:
    assert opened().sheetnames == ["先看这里", *(t.title for t in TABS), "选项"]
    assert [w.title for w in opened() if w.sheet_state != "visible"] == ["选项"]
    assert opened().active is opened()["先看这里"]


@each_tab
def test_header_and_example_stand_where_they_are_looked_for(tab: Tab) -> None:
    sheet = page(tab)
    assert [c.value for c in sheet[1]] == [h.text for h in tab.headings]
    shown = [c.value for c in sheet[2]]
    for heading, value in zip(tab.headings, shown, strict=True):
        wanted = design.value(heading)
        wanted = float(wanted) if isinstance(wanted, Decimal) else wanted
        if isinstance(value, datetime) and heading.column.kind.name == "date":
            value = value.date()
        assert ("" if value is None else value) == wanted
        assert type(wanted) is not date or heading.column.kind.name == "date"
    assert str(shown[tab.key]).startswith(layout.example())
    assert sheet.max_row == 2
    assert all(c.font.italic and c.font.color.rgb == "FF595959" for c in sheet[2])
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


@each_tab
def test_a_header_cell_has_its_colour_its_note_and_is_locked(tab: Tab) -> None:
    for cell, heading in zip(page(tab)[1], tab.headings, strict=True):
        assert cell.fill.fgColor.rgb == "FF" + COLOURS[heading.privacy][1:]
        assert cell.comment is not None
        assert cell.comment.text == heading.note
        assert cell.comment.author == "布谷"
        assert cell.alignment.wrap_text
        assert cell.protection.locked


@each_tab
def test_only_header_and_example_are_locked_without_a_password(tab: Tab) -> None:
    sheet = page(tab)
    assert all(c.protection.locked for row in sheet["A1:C2"] for c in row)
    columns = list(sheet.column_dimensions.values())
    assert all(not c.protection.locked for c in columns)
    assert (min(c.min for c in columns), max(c.max for c in columns)) == (1, 16384), (
        "rows can only go if all is unlocked"
    )
    said = sheet.protection
    assert said.sheet
    assert not said.password
    # False here means that the protection does not forbid it.
    allowed = (
        "formatCells formatColumns formatRows insertRows insertColumns deleteRows sort autoFilter objects scenarios"
    )
    assert [name for name in allowed.split() if getattr(said, name)] == []
    assert not said.selectLockedCells
    assert not said.selectUnlockedCells
    assert said.deleteColumns


@each_tab
def test_header_and_key_stay_in_sight_and_on_every_printed_page(tab: Tab) -> None:
    sheet = page(tab)
    assert sheet.freeze_panes == f"{letters(tab.key + 1)}2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.auto_filter.ref is None, "a filter left on would hide rows from the reader"


@each_tab
def test_what_is_filled_in_keeps_its_form(tab: Tab) -> None:
    """An id of 3-2 stays an id; a day is shown year first."""
    """An id of 3-2 stays an id; a day is shown year first, with its time where the column has one."""
    wanted = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "count": "0", "money": "0.00", "area": "0.00##"}
    for place, heading in enumerate(tab.headings):
        column = next(c for c in page(tab).column_dimensions.values() if c.min <= place + 1 <= c.max)
        assert column.number_format == wanted.get(heading.column.kind.name, "@")
        assert column.width >= 8


@each_tab
def test_every_cell_says_what_to_write_and_none_forbids_anything(tab: Tab) -> None:
    for heading in tab.headings:
        found = validation(tab, heading)
        assert (found.promptTitle, found.prompt) == (heading.column.title, heading.prompt)
        assert found.showInputMessage
        assert found.allow_blank
        offers = bool(heading.words or heading.target)
        assert (found.type or "none") == ("list" if offers else "none")
        assert found.errorStyle == ("information" if offers else None)
        assert not found.showDropDown, "in this format true means that there is none"


@each_tab
def test_a_dropdown_offers_the_words_themselves_or_a_list_by_name(tab: Tab) -> None:
    names = opened().defined_names
    for heading in tab.headings:
        offered = validation(tab, heading).formula1
        if heading.target:
            assert "OFFSET('选项'!" in names[offered].attr_text
        elif heading.words and offered.startswith('"'):
            assert tuple(offered[1:-1].split(",")) == heading.words
            assert len(offered) - 2 <= 255
        elif heading.words:
            assert listed(names[offered].attr_text) == heading.words
        else:
            assert offered is None


def listed(area: str) -> tuple[str, ...]:
    tab, cells = area.lstrip("=").replace("'", "").split("!")
    return tuple(row[0].value for row in opened()[tab][cells.replace("$", "")])


def test_a_list_too_long_for_the_validation_stands_in_the_hidden_tab() -> None:
    votes = next(t for t in TABS if t.sheet.id == "votes")
    assert not lists.inline(IDS["#rule"])
    assert validation(votes, next(h for h in votes.headings if h.column.name == "rule")).formula1 == "bugu_votes_rule"


def test_lists_of_rows_have_a_thousand_places_and_an_end() -> None:
    hidden = opened()["选项"]
    columns = {c.value: c.column_letter for c in hidden[1] if isinstance(c.value, str)}
    for target in {h.target for t in TABS for h in t.headings if h.target}:
        title = discover()[target].title
        formulas = [c.value for c in hidden[columns[title]][1:]]
        assert len(formulas) == 1000
        assert all(f.startswith("=IF(ROW()-1>") and f"'{title}'!" in f for f in formulas)
        name = opened().defined_names[f"bugu_{target}"].attr_text
        assert re.fullmatch(rf"OFFSET\('选项'!\${columns[title]}\$2,0,0,MAX\(1,'选项'!\$[A-Z]+\$1001\),1\)", name)


def test_the_guide_is_big_links_to_all_tabs_and_has_one_cell_to_fill_in() -> None:
    sheet = opened()["先看这里"]
    links = {c.value: c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink}
    assert links == {t.title: f"'{t.title}'!A1" for t in TABS}
    assert all(c.font.size >= 14 for row in sheet.iter_rows() for c in row if c.value)
    assert not sheet.merged_cells.ranges
    assert [c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked] == ["B14"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (9, 1, 0)
    words = "".join(str(c.value) for row in sheet.iter_rows() for c in row)
    for tab in TABS:
        assert tab.open in words


def test_bugus_own_reader_finds_nothing_amiss_but_the_hidden_lists_and_the_notes() -> None:
    book = source.read_bytes(made(), "台账.xlsx")
    hidden = [(r.code, r.place.sheet) for r in book.remarks if r.code != "book-comments"]
    assert hidden == [("book-hidden-sheet", "选项")]
    noted: Mapping[str, str] = {r.place.sheet: r.found for r in book.remarks if r.code == "book-comments"}
    assert all(re.fullmatch(r"(?:[A-Z]+1、?)+…?", found) for found in noted.values()), "notes lie on header cells only"
    grids = {g.title: g for g in book.grids}
    for tab in TABS:
        grid = grids[tab.title]
        assert len(grid.rows) == 2
        assert grid.rows[0] == tuple(h.text for h in tab.headings)
        assert (grid.hidden, grid.merged, grid.hidden_rows, grid.hidden_columns) == (
            False,
            (),
            frozenset(),
            frozenset(),
        )
    assert grids["选项"].hidden


def test_a_text_is_never_a_formula() -> None:
    ids = {"#rule": ("=1+1", "+a", "@b"), "#procedure": ("=HYPERLINK(1)",)}
    some = {id: discover()[id] for id in ("matters", "votes", "meetings")}
    book = openpyxl.load_workbook(BytesIO(workbook.make(some, ids)))
    formulas = {w.title for w in book for row in w.iter_rows() for c in row if c.data_type == "f"}
    assert formulas == {"选项"}
    words = [c.value for row in book["选项"].iter_rows() for c in row if c.data_type == "f"]
    assert not [w for w in words if "HYPERLINK" in w or "1+1" in w]


def test_one_sheet_alone_makes_a_workbook_too() -> None:
    alone: dict[str, Sheet] = {"compounds": discover()["compounds"]}
    book = openpyxl.load_workbook(BytesIO(workbook.make(alone)))
    assert book.sheetnames == ["先看这里", "小区", "选项"]
