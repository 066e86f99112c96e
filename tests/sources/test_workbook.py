"""Workbooks as programs really write them, and as they come damaged, disguised or swollen."""

from __future__ import annotations

import re
import tracemalloc
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import message
from generator.raw import Book, Error
from generator.sources import SourceError, workbook, xlsx_plain
from generator.sources.limits import Limits
from tests.sources.sheets_by_hand import MAIN, ods, rels, styles, xlsx, zipped

MADE = ["libreoffice.xlsx", "libreoffice.ods", "openpyxl.xlsx"]


@pytest.fixture(scope="module")
def made(fixtures: Path) -> Path:
    return fixtures / "workbooks"


def read(data: bytes, **limits: int) -> Book:
    return workbook.read_bytes(data, "表.xlsx", limits=Limits(**limits))


def refusal(data: bytes, **limits: int) -> str:
    """The code under which a file is refused; that it has words is seen by saying them."""
    with pytest.raises(SourceError) as caught:
        read(data, **limits)
    problem = caught.value.problem("表.xlsx")
    assert problem.says
    assert problem.mend
    return caught.value.code


def said(book: Book) -> set[tuple[str, str, str]]:
    return {(p.code, p.place.sheet, p.found or p.place.cell) for p in book.remarks}


# --- what real programs write


@pytest.mark.parametrize("file", MADE)
def test_the_text_is_what_the_editor_sees(made: Path, file: str) -> None:
    shown = [row[0] for row in workbook.read(made / file).grids[1].rows]
    assert shown == [
        "2024-03-05",
        "2024年3月5日",
        "二〇二四年三月五日",
        "2024/3/5 13:30",
        "13:30",
        "66.7%",
        "1,234,567.89",
        "13800001234",
        "138-0000-1234",
        "007",
        "35人",
        "¥12.50",
        "-5",
        "0.3",
        "66.6666666666667" if file.endswith("ods") else "66.66666667",  # LibreOffice shows more than Excel
        "123456789012",
        "TRUE",
        "007",
        "一行\n两行",
        "<b>&amp;</b>",
        "𠮷野家·古丽",
    ]


@pytest.mark.parametrize("file", MADE)
def test_the_values_stand_beneath(made: Path, file: str) -> None:
    raw = workbook.read(made / file).grids[1].raw
    assert raw is not None
    assert [r[0] for r in raw[:4]] == [date(2024, 3, 5)] * 3 + [datetime(2024, 3, 5, 13, 30)]
    assert (raw[7][0], type(raw[7][0])) == (13800001234, int)
    assert (raw[9][0], raw[17][0]) == (7, "007")


@pytest.mark.parametrize("file", MADE)
def test_hidden_parts_are_marked_and_told(made: Path, file: str) -> None:
    book = workbook.read(made / file)
    first, _, secret, empty = book.grids
    assert (first.title, first.hidden_rows, first.hidden_columns) == ("议题台账", {3}, {3})
    assert (secret.title, secret.hidden) == ("走访记录", True)
    assert (first.hidden, empty.rows, empty.raw) == (False, (), ())
    assert said(book) >= {
        ("book-hidden-rows", "议题台账", "4"),
        ("book-hidden-columns", "议题台账", "D"),
        ("book-hidden-sheet", "走访记录", ""),
        ("book-comments", "议题台账", "B3"),
    }


@pytest.mark.parametrize("file", MADE)
def test_what_a_comment_says_is_nowhere(made: Path, file: str) -> None:
    book = workbook.read(made / file)
    assert "张三家" not in repr(book)
    assert "李四" not in repr(book)


@pytest.mark.parametrize("file", MADE)
def test_a_merged_cell_stands_in_its_first(made: Path, file: str) -> None:
    grid = workbook.read(made / file).grids[0]
    assert grid.merged == ((0, 0, 0, 3),)
    assert grid.rows[0] == ("东胜小区议题台账", "", "", "")


@pytest.mark.parametrize("file", ["libreoffice.xlsx", "libreoffice.ods"])
def test_results_and_errors_of_formulas(made: Path, file: str) -> None:
    grid = workbook.read(made / file).grids[0]
    assert grid.raw is not None
    assert grid.rows[4][2] == "20"
    assert grid.rows[5][2:] == ("#DIV/0!", "#N/A")
    assert [type(v) for v in grid.raw[5][2:]] == [Error, Error]


def test_a_formula_without_its_result_withholds_its_row(made: Path) -> None:
    book = workbook.read(made / "openpyxl.xlsx")
    missing = [p for p in book.remarks if p.code == "book-formula"]
    assert [(p.place.row, p.place.cell, p.withholds) for p in missing] == [
        (5, "C5", True),
        (6, "C6", True),
        (6, "D6", True),
    ]
    grid = book.grids[0]
    assert grid.raw is not None
    assert grid.rows[4][2] == ""
    assert isinstance(grid.raw[4][2], Error)


def test_results_that_nobody_worked_out_are_told(made: Path) -> None:
    assert ("book-stale", "名册", "") in said(workbook.read(made / "xlsxwriter.xlsx"))


def test_text_in_several_types_links_and_rows_without_height(made: Path) -> None:
    grid = workbook.read(made / "xlsxwriter.xlsx").grids[0]
    assert grid.rows[:2] == (("姓名(必填)",), ("网站",))
    assert grid.hidden_rows == {4}
    assert len(grid.rows) == 5  # though the sheet is "used" to row 1,048,576


def test_days_since_1904(made: Path) -> None:
    grid = workbook.read(made / "openpyxl-1904.xlsx").grids[0]
    assert (grid.date1904, grid.rows, grid.raw) == (
        True,
        (("2024-03-05",), ("43894",)),
        ((date(2024, 3, 5),), (43894,)),
    )


@pytest.mark.parametrize(("file", "code"), [("password.xlsx", "book-password"), ("libreoffice.xls", "book-old")])
def test_what_is_refused_with_words(made: Path, file: str, code: str) -> None:
    assert refusal((made / file).read_bytes()) == code


@pytest.mark.parametrize("file", ["libreoffice.xlsx", "openpyxl.xlsx", "openpyxl-1904.xlsx", "xlsxwriter.xlsx"])
def test_two_other_readers_see_the_same_values(made: Path, file: str) -> None:
    book = workbook.read(made / file)
    tables = openpyxl.load_workbook(made / file, data_only=True)
    quick = python_calamine.CalamineWorkbook.from_path(made / file)
    for grid in book.grids:
        rough = quick.get_sheet_by_name(grid.title).to_python(skip_empty_area=False)
        for r, values in enumerate(grid.raw or ()):
            for c, value in enumerate(values):
                if isinstance(value, Error) or grid.rows[r][c] in ("13:30", "0"):
                    continue  # they give errors up, and times of day other names; a result of nought is one of ours
                other = tables[grid.title].cell(r + 1, c + 1).value
                other = other.date() if type(other) is datetime and type(value) is date else other
                assert value == other, (grid.title, r, c)
                if value is not None:
                    assert rough[r][c] == value, (grid.title, r, c)


# --- peculiarities


def test_cells_without_references_and_text_in_the_sheet_itself() -> None:
    """As Power BI, some exporters of Tencent Docs and many scripts write."""
    book = read(
        xlsx(
            '<row><c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><r><t>标</t></r><r><t>题</t></r></is></c></row>',
            '<row><c t="str"><v>DS-1</v></c><c/><c><v>12</v></c></row>',
        )
    )
    assert book.grids[0].rows == (("编号", "标题", ""), ("DS-1", "", "12"))


@pytest.mark.parametrize("space", [MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"])
def test_a_prefix_before_every_tag(space: str) -> None:
    sheet = (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{space}"><x:cols><x:col min="2" max="2" hidden="true"/>'
        '</x:cols><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>乙</x:t>'
        '</x:is></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells></x:worksheet>'
    )
    strings = f'<x:sst xmlns:x="{space}"><x:si><x:t>甲</x:t></x:si></x:sst>'
    grid = read(xlsx(sheet=sheet, strings=strings)).grids[0]
    assert (grid.rows, grid.hidden_columns) == ((("甲", "乙"),), {1})


def test_readings_above_the_line_are_no_text() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>'
        "<si><r><rPr><b/></rPr><t>停</t></r><r><t>车_x000D_难</t></r></si></sst>"
    )
    grid = read(
        xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', strings=strings)
    ).grids[0]
    assert grid.rows == (("東京", "停车\r难"),)


@pytest.mark.parametrize(
    "target",
    ["/xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml", "./worksheets/sheet1.xml", "Worksheets/Sheet1.xml"],
)
def test_every_way_to_spell_where_a_part_is(target: str) -> None:
    data = xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', book_rels=rels(("r1", "worksheet", target)))
    assert read(data).grids[0].rows == (("1",),)


@pytest.mark.parametrize("said_size", ["A1", "A1:XFD1048576", "B7:A0", "nonsense"])
def test_what_a_sheet_says_of_its_size_is_not_believed(said_size: str) -> None:
    cells = '<sheetData><row r="2"><c r="B2"><v>5</v></c></row></sheetData>'
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="{said_size}"/>{cells}</worksheet>'
    assert read(xlsx(sheet=sheet)).grids[0].rows == (("", ""), ("", "5"))


def test_no_styles_and_styles_that_are_not_there() -> None:
    row = '<row r="1"><c r="A1" s="7"><v>45356</v></c></row>'
    assert read(xlsx(row)).grids[0].rows == (("45356",),)
    assert read(xlsx(row, styles=styles("0"))).grids[0].rows == (("45356",),)


def test_an_empty_fill_which_openpyxl_gives_up_at(made: Path) -> None:
    with zipfile.ZipFile(made / "openpyxl-1904.xlsx") as box:
        parts = {name: box.read(name) for name in box.namelist()}
    parts["xl/styles.xml"] = re.sub(rb"<fill>.*?</fill>|<fill ?/>", b"<fill/>", parts["xl/styles.xml"])
    data = zipped(parts)
    with pytest.raises(TypeError):
        openpyxl.load_workbook(BytesIO(data))
    assert read(data).grids[0].rows[0] == ("2024-03-05",)


def test_a_date_written_as_one() -> None:
    row = '<row r="1"><c r="A1" s="0" t="d"><v>2024-03-05T00:00:00</v></c></row>'
    grid = read(xlsx(row, styles=styles("yyyy/m/d"))).grids[0]
    assert (grid.rows, grid.raw) == ((("2024/3/5",),), ((date(2024, 3, 5),),))


def test_a_picture_in_a_cell_as_wps_has_it() -> None:
    row = '<row r="1"><c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c><c r="B1"><v>1</v></c></row>'
    book = read(xlsx(row))
    assert book.grids[0].rows == (("", "1"),)
    assert said(book) == {("book-picture", "表", "A1")}


def test_a_format_that_shows_nothing_hides_the_value() -> None:
    row = '<row r="1"><c r="A1" s="1"><v>13800001234</v></c><c r="B1"><v>1</v></c></row>'
    grid = read(xlsx(row, styles=styles("General", ";;;"))).grids[0]
    assert (grid.rows, grid.raw) == ((("", "1"),), ((None, 1),))


def test_what_lies_under_a_merged_cell_is_not_read() -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '</sheetData><mergeCells><mergeCell ref="A1:B9"/><mergeCell ref="E5:F6"/></mergeCells></worksheet>'
    )
    grid = read(xlsx(sheet=sheet)).grids[0]
    assert (grid.rows, grid.merged) == ((("1", "", "3"),), ((0, 0, 0, 1),))


def test_numbers_too_long_to_be_kept() -> None:
    book = read(xlsx('<row r="1"><c r="A1"><v>6401041990030712340</v></c><c r="B1"><v>999999999999999</v></c></row>'))
    assert said(book) == {("book-long-number", "表", "A1")}
    assert book.grids[0].rows[0][1] == "999999999999999"


def test_macros_pivot_caches_and_other_files_are_told() -> None:
    parts = {
        "xl/vbaProject.bin": "",
        "xl/pivotCache/pivotCacheRecords1.xml": "<秘密/>",
        "xl/externalLinks/externalLink1.xml": "",
    }
    assert {p.code for p in read(xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', **parts)).remarks} == {
        "book-macros",
        "book-pivot",
        "book-linked",
    }


def test_chart_sheets_have_no_cells_and_very_hidden_is_hidden() -> None:
    tabs = '<sheet name="图" r:id="r9"/><sheet name="深" r:id="r1" state="veryHidden"/>'
    book_xml = f'<workbook xmlns="{MAIN}" xmlns:r="urn:x"><sheets>{tabs}</sheets></workbook>'
    relations = rels(("r1", "worksheet", "worksheets/sheet1.xml"), ("r9", "chartsheet", "chartsheets/sheet1.xml"))
    book = read(xlsx(workbook=book_xml, book_rels=relations))
    assert [(g.title, g.hidden) for g in book.grids] == [("深", True)]


# --- OpenDocument


def test_ods_repeats_comments_pictures_and_deleted_cells() -> None:
    tables = """<table:tracked-changes><table:table-cell><text:p>删掉的</text:p></table:table-cell></table:tracked-changes>
    <table:table table:name="表"><table:shapes><draw:frame><text:p>图中字</text:p></draw:frame></table:shapes>
    <table:table-column table:number-columns-repeated="2"/>
    <table:table-column table:visibility="filter" table:number-columns-repeated="16382"/>
    <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"
      table:number-rows-spanned="1"><text:p>甲<text:s text:c="2"/>乙</text:p><text:p>丙<text:line-break/>丁</text:p>
      <office:annotation><text:p>批注</text:p></office:annotation><draw:frame><text:p>图</text:p></draw:frame>
      </table:table-cell><table:table-cell table:formula="of:=1+1"/></table:table-row>
    <table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>
    </table:table-row></table:table>"""
    book = read(ods(tables))
    grid = book.grids[0]
    assert grid.rows == (("甲  乙\n丙\n丁", "甲  乙\n丙\n丁", ""),) * 2
    assert grid.hidden_columns == {2}
    assert said(book) >= {
        ("book-comments", "表", "A1"),
        ("book-formula", "表", "C1"),
        ("book-hidden-columns", "表", "C"),
    }
    for word in ("删掉的", "图中字", "批注"):
        assert word not in repr(grid)


def test_ods_values_without_text_and_hidden_tabs() -> None:
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = """<table:table table:name="表" table:style-name="ta2"><table:table-row>
    <table:table-cell office:value-type="float" office:value="13800001234"/>
    <table:table-cell office:value-type="date" office:date-value="2024-03-05"/>
    <table:table-cell office:value-type="time" office:time-value="PT13H30M00S"><text:p>13:30</text:p></table:table-cell>
    <table:table-cell office:value-type="boolean" office:boolean-value="true"/>
    <table:table-cell office:value-type="float" office:value="5"><text:p/></table:table-cell>
    <table:table-cell table:number-columns-spanned="2"><text:p>宽</text:p></table:table-cell>
    <table:covered-table-cell><text:p>底下</text:p></table:covered-table-cell>
    </table:table-row></table:table>"""
    grid = read(ods(tables, style)).grids[0]
    assert grid.hidden
    assert grid.rows == (("13800001234", "2024-03-05", "13:30", "TRUE", "", "宽"),)
    assert grid.raw == ((13800001234, date(2024, 3, 5), 0.5625, True, None, "宽"),)
    assert grid.merged == ((0, 5, 0, 5),)


@pytest.mark.parametrize(
    "parts",
    [{"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}, {"encrypted-package": b""}],
    ids=["each part", "as a whole"],
)
def test_ods_under_a_password(parts: dict[str, bytes]) -> None:
    assert refusal(ods("", **parts)) == "book-password"


# --- what is no workbook, or a trap


ROW = '<row r="1"><c r="{at}"{kind}><v>{value}</v></c></row>'
NO_WORKBOOKS = {
    "nothing": (b"", "book-empty"),
    "a page": (b"\xef\xbb\xbf<!DOCTYPE html><html><body><table>", "book-is-page"),
    "a page that calls itself Excel": (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel">', "book-is-page"),
    "CSV": ("编号,标题\nDS-1,停车难\n".encode("gb18030"), "book-is-text"),
    "CSV in UTF-16": ("编号\t标题\n".encode("utf-16"), "book-is-text"),
    "anything": (b"\x00\x01\x02" * 99, "book-unknown"),
    "a zip that is none": (b"PK\x03\x04 and then nothing", "book-broken"),
    "a letter": (zipped({"word/document.xml": b"<w/>"}), "book-unknown"),
    "an OpenDocument letter": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        "book-unknown",
    ),
    "xlsb": (xlsx(root_rels=rels(("r1", "officeDocument", "xl/workbook.bin"))), "book-binary"),
    "a tab without its part": (xlsx(sheet=None), "book-broken"),
    "XML cut short": (xlsx(sheet="<worksheet><sheetData><row>"), "book-broken"),
    "a text that is not there": (xlsx(ROW.format(at="A1", kind=' t="s"', value=3)), "book-broken"),
    "a number that is none": (xlsx(ROW.format(at="A1", kind="", value="many")), "book-broken"),
    "a column too many": (xlsx(ROW.format(at="XFE1", kind="", value=1)), "book-broken"),
    "a row too many": (xlsx('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), "book-broken"),
    "entities": (xlsx(sheet='<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'), "book-broken"),
    "another file": (xlsx(workbook='<!DOCTYPE x SYSTEM "file:///etc/passwd"><workbook/>'), "book-broken"),
}


@pytest.mark.parametrize(("data", "code"), NO_WORKBOOKS.values(), ids=NO_WORKBOOKS)
def test_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("cut", [1, 100, 1000, 4000])
def test_a_download_that_was_cut_short(made: Path, cut: int) -> None:
    assert refusal((made / "libreoffice.xlsx").read_bytes()[:-cut]) == "book-broken"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="book-not-there"):
        workbook.read(tmp_path / "没有.xlsx")


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
TOO_MUCH: dict[str, tuple[bytes, dict[str, int], str]] = {
    "cells": (
        xlsx(*[f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 99)]),
        {"cells": 50},
        "book-too-many-cells",
    ),
    "two cells far apart": (xlsx(FAR), {}, "book-too-many-cells"),
    "text in a cell": (xlsx(ROW.format(at="A1", kind=' t="str"', value="长" * 40_000)), {}, "book-too-big"),
    "shared text": (xlsx(strings=f"<sst><si><t>{'长' * 40_000}</t></si></sst>"), {}, "book-too-big"),
    "XML": (xlsx("<row/>" * 1000), {"unpacked": 2000}, "book-too-big"),
    "bytes": (xlsx(), {"file": 100}, "book-too-big"),
    "parts": (xlsx(), {"entries": 2}, "book-too-big"),
    "repeated rows": (
        ods(
            '<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="1024"><text:p>1</text:p></table:table-cell></table:table-row></table:table>'
        ),
        {},
        "book-too-many-cells",
    ),
}


@pytest.mark.parametrize(("data", "limits", "code"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_bounds(data: bytes, limits: dict[str, int], code: str) -> None:
    assert refusal(data, **limits) == code


def test_one_text_in_many_cells_is_counted_as_often_as_it_stands() -> None:
    strings = f"<sst><si><t>{'长' * 1000}</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 101))
    assert refusal(xlsx(rows, strings=strings), characters=99_999) == "book-too-big"
    assert len(read(xlsx(rows, strings=strings), characters=100_000).grids[0].rows) == 100


def test_a_bomb_costs_no_memory() -> None:
    box = BytesIO(xlsx())
    with zipfile.ZipFile(box, "a", zipfile.ZIP_DEFLATED) as out, out.open("xl/sharedStrings.xml", "w") as part:
        for _ in range(80):
            part.write(b" " * 1024 * 1024)
    assert len(box.getvalue()) < 256 * 1024
    tracemalloc.start()
    code = refusal(box.getvalue(), unpacked=64 * 1024 * 1024)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code == "book-too-big"
    assert peak < 16 * 1024 * 1024


def test_formatting_to_the_last_row_costs_no_memory() -> None:
    rows = "".join(f'<row r="{n}" hidden="1"><c r="A{n}" s="1"/><c r="XFD{n}" s="1"/></row>' for n in range(2, 20_000))
    data = xlsx('<row r="1"><c r="A1"><v>1</v></c></row>' + rows)
    tracemalloc.start()
    book = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert book.grids[0].rows == (("1",),)
    assert book.remarks == ()
    assert peak < 24 * 1024 * 1024  # the rectangle would have a thousand million cells


@given(st.binary(max_size=200), st.integers(0, 3000), st.sampled_from(["libreoffice.xlsx", "libreoffice.ods"]))
def test_damage_never_ends_in_a_traceback(patch: bytes, at: int, file: str) -> None:
    data = bytearray((Path(__file__).parent.parent / "fixtures" / "workbooks" / file).read_bytes())
    data[at : at + len(patch)] = patch
    try:
        title = workbook.read_bytes(bytes(data), file).name
    except SourceError as refused:
        title = message(refused.code)["say"]
    assert title


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8), max_size=5),
        max_size=6,
    )
)
def test_whatever_is_written_is_read_back(table: list[list[str]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in table:
        sheet.append([openpyxl.cell.WriteOnlyCell(sheet, "'" if c.startswith("=") else c) for c in row])
    out = BytesIO()
    book.save(out)
    rows = read(out.getvalue()).grids[0].rows
    expected = [["'" if c.startswith("=") else c for c in row] for row in table]
    width = max((i + 1 for row in expected for i, c in enumerate(row) if c.strip()), default=0)
    while expected and not any(c.strip() for c in expected[-1]):
        expected.pop()
    assert [list(r) for r in rows] == [(row + [""] * width)[:width] for row in expected]


# --- hidden by size or by format


@pytest.mark.parametrize("plain", [True, False], ids=["by pattern", "by the parser"])
def test_what_is_hidden_by_its_size_or_its_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: bool) -> None:
    """A real file of openpyxl's: rows of no height, columns of no width, cells whose format shows nothing."""
    book = openpyxl.Workbook()
    tab = book.active
    assert tab is not None
    for n in range(1, 7):
        tab.append([f"甲{n}", f"乙{n}", f"丙{n}", f"丁{n}", n, True])
    tab.row_dimensions[2].height, tab.row_dimensions[3].height, tab.row_dimensions[4].height = 0.25, 0.75, 9
    tab.column_dimensions["B"].width, tab.column_dimensions["C"].width, tab.column_dimensions["D"].width = 0.05, 0.1, 2
    for cell in ("A5", "E5", "F5"):
        tab[cell].number_format = ";;;"
    tab["A6"].number_format, tab["E6"].number_format = '0;0;0;"-"', ";;;@"
    tab["D6"].number_format, tab["F6"].number_format = "0;0;0;@", "General"
    tab["D5"], tab["D5"].number_format = 0, "0;-0;;@"  # a nought that is not shown is no secret
    book.save(tmp_path / "表.xlsx")
    if not plain:
        monkeypatch.setattr(xlsx_plain, "MOST", 1)
    read_back = workbook.read(tmp_path / "表.xlsx")
    (grid,) = read_back.grids
    assert (grid.hidden_rows, grid.hidden_columns) == ({1, 2}, {1, 2})
    assert [row[0] for row in grid.rows] == ["甲1", "甲2", "甲3", "甲4", "", ""]
    assert grid.rows[4][3:] == ("", "", "")
    assert grid.rows[5][3:] == ("丁6", "", "TRUE")
    assert grid.raw is not None
    assert (grid.raw[4][0], grid.raw[4][3:], grid.raw[5][4]) == (None, (None, None, None), None)
    assert said(read_back) == {
        ("book-hidden-rows", "Sheet", "2-3"),
        ("book-hidden-columns", "Sheet", "B-C"),
        ("book-hidden-cells", "Sheet", "A5、E5、F5、A6、E6"),
    }


def test_rows_of_no_usual_height_are_hidden() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" ht="15"><c r="A2"><v>2</v></c></row>'
    usual = '<sheetFormatPr defaultRowHeight="0" customHeight="1"/><cols><col min="1" max="1" width="0"/></cols>'
    sheet = f'<worksheet xmlns="{MAIN}">{usual}<sheetData>{rows}</sheetData></worksheet>'
    (grid,) = read(xlsx(sheet=sheet)).grids
    assert (grid.hidden_rows, grid.hidden_columns) == ({0}, {0})
    sheet = sheet.replace(usual, "").replace('ht="15"', 'ht="0"')
    assert read(xlsx(sheet=sheet)).grids[0].hidden_rows == {1}


def test_text_and_formulas_in_the_sheet_itself_are_hidden_by_a_format_too() -> None:
    cells = (
        '<c r="A1" s="1" t="inlineStr"><is><t>秘密</t></is></c><c r="B1" s="1" t="str"><f>A2&amp;""</f><v>秘密</v></c>'
        '<c r="C1"><v>1</v></c>'
    )
    for row in (f'<row r="1">{cells}</row>', f'<row r="1"><!-- -->{cells}</row>'):  # by pattern, by the parser
        book = read(xlsx(row, styles=styles("General", ";;;")))
        assert (book.grids[0].rows, book.grids[0].raw) == ((("", "", "1"),), ((None, None, 1),))
        assert ("book-hidden-cells", "表", "A1、B1") in said(book)


def test_ods_cells_whose_format_shows_nothing_are_told() -> None:
    """As LibreOffice writes them: the text is empty, and what it stands for is an attribute."""
    cells = (
        '<table:table-cell office:value-type="string" office:string-value="秘密"><text:p/></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="5"><text:p/></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="0"><text:p/></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p/></table:table-cell>'
        "<table:table-cell><text:p>1</text:p></table:table-cell>"
    )
    book = read(ods(f'<table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'))
    assert (book.grids[0].rows, book.grids[0].raw) == ((("", "", "", "", "1"),), ((None, None, None, None, "1"),))
    assert said(book) == {("book-hidden-cells", "表", "A1、B1")}


def test_ods_rows_and_columns_of_no_size_are_hidden() -> None:
    sizes = (("row", "ro1", "row-height", "0cm"), ("row", "ro2", "row-height", "0.45cm"),
             ("column", "co1", "column-width", "0.2mm"), ("column", "co2", "column-width", "0.9in"))  # fmt: skip
    style = "".join(
        f'<style:style style:name="{name}" style:family="table-{what}"><style:table-{what}-properties style:{said}="{size}"/>'
        "</style:style>"
        for what, name, said, size in sizes
    )
    cells = "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in "甲乙")
    tables = (
        '<table:table table:name="表"><table:table-column table:style-name="co2"/><table:table-column table:style-name="co1"/>'
        f'<table:table-row table:style-name="ro2">{cells}</table:table-row>'
        f'<table:table-row table:style-name="ro1">{cells}</table:table-row></table:table>'
    )
    grid = read(ods(tables, style)).grids[0]
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {1})
