"""Workbooks as volunteers have them, with all that a marked copy must not lose; and what is in a copy."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from generator.problems import Place, Problem
from generator.sources import workbook

FILE = "台账.xlsx"
MATTERS, ROSTER = "议题台账", "名册"
TITLES = ["编号", "标题", "提出日期", "人数", "状态"]


def picture() -> bytes:
    """A PNG of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def rich() -> bytes:
    """By XlsxWriter: chart, picture, data bars, dropdown, comment, table, protection, sparkline, filter, defined name."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": 1, "font_color": "white", "bg_color": "#1F4E3D", "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1, "bg_color": "#D9EAD3"})
    body = book.add_format({"border": 1, "text_wrap": 1, "num_format": "@"})
    sheet, roster = book.add_worksheet(MATTERS), book.add_worksheet(ROSTER)
    sheet.merge_range("A1:E1", "东胜小区议题台账", head)
    sheet.write_row(1, 0, TITLES, head)
    for r in range(2, 12):
        sheet.write_row(r, 0, [f"DS-{r}", "楼道里堆着杂物"], body)
        sheet.write_datetime(r, 2, date(2026, 3, r), day)
        sheet.write_number(r, 3, r)
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.set_column(1, 1, 30)
    sheet.freeze_panes(2, 1)
    sheet.autofilter("A2:E12")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{MATTERS}'!$D$3:$D$12"})
    sheet.insert_chart("G3", chart)
    sheet.insert_image("G20", "red.png", {"image_data": BytesIO(picture())})
    sheet.conditional_format("D3:D12", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("E3:E12", {"validate": "list", "source": ["办理中", "已办结"]})
    sheet.add_sparkline("F3", {"range": f"'{MATTERS}'!D3:D12"})
    sheet.write_comment("B4", "张姐:再问问", {"author": "张姐"})
    columns = [{"header": "编号"}, {"header": "姓名"}]
    roster.add_table("A1:B4", {"columns": columns, "data": [["1", "张三"], ["2", "李四"], ["3", "王五"]]})
    roster.protect("bugu")
    book.define_name("全部", f"='{MATTERS}'!$A$3:$D$12")
    book.close()
    return out.getvalue()


def plainer() -> bytes:
    """By openpyxl: its own way to write comments, text in the sheet itself, rules, a dropdown, a hidden tab."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = MATTERS
    sheet.append(TITLES)
    for r in range(2, 9):
        sheet.append([f"DS-{r}", "停车难", date(2026, 3, r), r])
        sheet.cell(r, 3).number_format = "yyyy-mm-dd"
        sheet.cell(r, 2).fill = PatternFill("solid", fgColor="FFCFE2F3" if r % 2 else "FFF4CCCC")
        sheet.cell(r, 2).font = Font(name="楷体", italic=True, color="FF990000")
        sheet.cell(r, 2).border = Border(bottom=Side("double"))
        sheet.cell(r, 2).alignment = Alignment(wrap_text=True, horizontal="right")
    sheet["A3"].comment = Comment("张三家不同意", "李四")
    sheet.conditional_formatting.add("D2:D8", CellIsRule("greaterThan", ["5"], font=Font(bold=True)))
    choice = DataValidation("list", formula1='"办理中,已办结"')
    choice.add("E2:E8")
    sheet.add_data_validation(choice)
    sheet.column_dimensions["D"].hidden = True
    book.defined_names["全部"] = DefinedName("全部", attr_text=f"'{MATTERS}'!$A$2:$D$8")
    book.create_sheet(ROSTER).sheet_state = "hidden"
    book[ROSTER]["A1"] = "编号"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def wrong(cell: str, found: str = "三月初五", tab: str = MATTERS, column: str = "提出日期", **params: Any) -> Problem:
    """Something wrong in one cell."""
    row = int("".join(c for c in cell if c.isdigit()))
    return Problem(params.pop("code", "date-form"), Place(FILE, tab, row, cell, column), found, params)


def in_row(row: int, tab: str = MATTERS) -> Problem:
    return Problem("id-twice", Place(FILE, tab, row, "", "编号"), "DS-6", {"others": "9"})


def of_tab(tab: str) -> Problem:
    return Problem("book-hidden-rows", Place(FILE, tab), "4", {"sheet": tab, "count": 1}, withholds=False)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as box:
        assert box.testzip() is None
        return {e.filename: box.read(e) for e in box.infolist()}


def replaced(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same package with its parts changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in box.infolist():
            target.writestr(entry.filename, change(entry.filename, box.read(entry)))
    return out.getvalue()


def loaded(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def resaved(data: bytes) -> bytes:
    """As another program saves it, which numbers styles and writes comments in its own way."""
    out = BytesIO()
    loaded(data).save(out)
    return out.getvalue()


def read(data: bytes, without: tuple[str, ...] = ()) -> list[Any]:
    """All tabs as Bugu itself reads them."""
    return [g for g in workbook.read_bytes(data, FILE).grids if g.title not in without]


def comments(data: bytes, tab: str) -> dict[str, str]:
    return {c.coordinate: c.comment.text for row in loaded(data)[tab] for c in row if c.comment}


def fills(data: bytes, tab: str) -> dict[str, str]:
    """The colours of all cells that have one, as six digits."""
    cells = [c for row in loaded(data)[tab] for c in row if c.fill.patternType == "solid"]
    return {c.coordinate: str(c.fill.fgColor.rgb)[-6:] for c in cells}


def marked(data: bytes, tab: str) -> set[str]:
    """The cells on one of our colours."""
    return {cell for cell, colour in fills(data, tab).items() if colour[:4] in ("FFE3", "B353")}


def looks(data: bytes, tab: str) -> dict[str, tuple[Any, ...]]:
    """What cells hold and how they look, but for their colour."""
    return {
        c.coordinate: (c.value, c.number_format, *map(repr, (c.font, c.border, c.alignment, c.protection)))
        for row in loaded(data)[tab]
        for c in row
        if c.value is not None
    }
