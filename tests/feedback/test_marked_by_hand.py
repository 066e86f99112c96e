"""Marked copies of workbooks with the peculiarities of programs that cannot be run here, put together part by part."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import Any

import pytest

from generator.feedback.marked import mark, titles
from generator.problems import Place, Problem
from tests.sources.sheets_by_hand import DOCUMENT, MAIN, rels, styles, xlsx

from . import books
from .books import wrong

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style:UserWarning"),
]
TAB = "表"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NAMES = {
    "/xl/workbook.xml": f"{KIND}.sheet.main+xml",
    "/xl/worksheets/sheet1.xml": f"{KIND}.worksheet+xml",
    "/xl/styles.xml": f"{KIND}.styles+xml",
    "/xl/sharedStrings.xml": f"{KIND}.sharedStrings+xml",
    "/xl/comments7.xml": f"{KIND}.comments+xml",
}
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="C2"><v>3</v></c></row>'


def made(*rows: str, **changed: Any) -> bytes:
    data = xlsx(*rows, **{"[Content_Types].xml": TYPES, **changed})
    there = [n for n in NAMES if n[1:] in books.parts(data)]
    said = "".join(f'<Override PartName="{n}" ContentType="{NAMES[n]}"/>' for n in there).encode()
    return books.replaced(data, lambda n, d: d.replace(b"{}", said) if n.startswith("[") else d)


def bad(*cells: str) -> list[Problem]:
    return [wrong(cell, tab=TAB) for cell in cells]


def sheet_of(data: bytes) -> str:
    return books.parts(data)["xl/worksheets/sheet1.xml"].decode()


def sound(data: bytes, problems: list[Problem]) -> bytes:
    """The marked copy, after a look at what must hold for any: the same is read, again marks the same, and it goes."""
    out = mark(data, problems)
    assert books.read(out, without=titles()) == books.read(data)
    assert books.marked(out, TAB) == {p.place.cell for p in problems}
    assert set(books.comments(out, TAB)) >= {p.place.cell for p in problems}
    assert mark(out, problems) == out
    none = mark(out, [])
    assert books.read(none, without=titles()) == books.read(data)
    assert books.marked(none, TAB) == set()
    return out


WHOLE = f'<worksheet xmlns="{MAIN}">{{}}</worksheet>'
PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    "<x:pageMargins/></x:worksheet>"
)
PREFIXED_STYLES = f'<x:styleSheet xmlns:x="{MAIN}"><x:cellXfs count="1"><x:xf numFmtId="9"/></x:cellXfs></x:styleSheet>'
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {"rows": [ROW], "styles": styles("0.0")},
    "no styles at all": {"rows": [ROW], "styles": None},
    "an empty sheet": {"sheet": WHOLE.format("<sheetData/>")},
    "an empty row": {"rows": ['<row r="2"/>', '<row r="5" />']},
    "cells without a reference": {"rows": ["<row><c><v>1</v></c></row>", "<row><c><v>2</v></c><c><v>3</v></c></row>"]},
    "prefixes": {"sheet": PREFIXED, "styles": PREFIXED_STYLES},
    "old single quotes and spaces": {
        "sheet": f"<worksheet  xmlns = '{MAIN}' ><sheetData ><row r = '2' >"
        "<c r='B2' s = '0' ><v>1</v></c ></row ></sheetData ></worksheet >"
    },
    "comments and CDATA that look like cells": {
        "sheet": WHOLE.format(
            '<!-- <sheetData><row r="1"><c r="A2"/></row> --><sheetData><!-- <c r="B2"> --><row r="2">'
            '<c r="B2" t="inlineStr"><is><t><![CDATA[<c r="C2">]]></t></is></c></row></sheetData>'
        )
    },
    "a sharp bracket in an attribute": {
        "sheet": WHOLE.format(
            '<sheetPr codeName="a>b"/><sheetData><row r="2"><c r="B2"><f a=">">1</f><v>1</v></c></row></sheetData>'
        )
    },
    "UTF-16": {},
    "the sheet by an absolute way": {
        "rows": [ROW],
        "book_rels": rels(("r1", "worksheet", "/xl/worksheets/sheet1.xml")),
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_however_a_sheet_is_written(shape: str) -> None:
    given = dict(SHAPES[shape])
    data = made(*given.pop("rows", []), **given)
    if shape == "UTF-16":
        text = '<?xml version="1.0" encoding="UTF-16"?>' + WHOLE.format(f"<sheetData>{ROW}</sheetData>")
        data = books.replaced(made(), lambda n, d: text.encode("utf-16") if n.endswith("sheet1.xml") else d)
    sound(data, bad("A1", "B2", "C2", "D9"))


def test_a_style_that_is_not_there_is_as_good_as_none() -> None:
    data = made('<row r="2"><c r="B2" s="77"><v>1</v></c></row>', styles=styles("0.0"))
    out = mark(mark(data, bad("B2")), bad("A2", "B2"))
    assert books.read(out, without=titles()) == books.read(data)
    assert books.marked(out, TAB) == {"A2", "B2"}
    assert books.read(mark(out, []), without=titles()) == books.read(data)


def test_strict_namespaces_stay_strict() -> None:
    def strict(text: str) -> str:
        return text.replace(MAIN, STRICT).replace(DOCUMENT, STRICT_RELATIONS)

    data = books.replaced(made(ROW, styles=styles("0.0")), lambda _, d: strict(d.decode()).encode())
    out = mark(data, bad("A2", "B2"))
    assert books.read(out, without=titles()) == books.read(data)
    after = books.parts(out)
    for name in after:
        assert MAIN.encode() not in after[name]
        assert DOCUMENT.encode() not in after[name]
    assert f'{STRICT_RELATIONS}/comments"'.encode() in after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert mark(out, bad("A2", "B2")) == out


def test_cells_and_rows_come_in_where_they_belong() -> None:
    out = sheet_of(
        mark(made(ROW, '<row r="7" spans="2:3"><c r="B7"><v>1</v></c></row>'), bad("B2", "D2", "A7", "E5", "A9"))
    )
    at = [out.index(f'r="{cell}"') for cell in ("A2", "B2", "C2", "D2", "E5", "A7", "B7", "A9")]
    assert at == sorted(at)
    assert 'spans="1:3"' in out


def test_a_new_cell_looks_as_its_row_or_column_would() -> None:
    sheet = WHOLE.format(
        '<dimension ref="A1:B3"/><cols><col min="2" max="4" style="1"/></cols><sheetData>'
        '<row r="2" s="2" customFormat="1"/><row r="3"/></sheetData>'
    )
    out = mark(made(sheet=sheet, styles=styles("0.0", "0.00", "0.000")), bad("C2", "C3", "A3", "C9"))
    tab = books.loaded(out)[TAB]
    assert [tab[c].number_format for c in ("C2", "C3", "A3", "C9")] == ["0.000", "0.00", "0.0", "0.00"]
    assert '<dimension ref="A1:C9"/>' in sheet_of(out)


def test_a_style_keeps_all_but_its_colour() -> None:
    xf = (
        '<xf numFmtId="14" fontId="1" fillId="2" borderId="1" xfId="0" quotePrefix="1" applyFill="0">'
        '<alignment textRotation="90"/><protection locked="0"/></xf>'
    )
    blue = '<fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>'
    sheet = (
        f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="3"><fill/><fill/>{blue}'
        f'</fills><borders count="2"><border/><border/></borders><cellXfs count="2"><xf/>{xf}</cellXfs></styleSheet>'
    )
    data = made('<row r="1"><c r="A1" s="1"><v>1</v></c></row>', styles=sheet)
    out = mark(data, bad("A1"))
    after = books.parts(out)["xl/styles.xml"].decode()
    assert xf.replace('fillId="2"', 'fillId="3"').replace('applyFill="0"', 'applyFill="1"') in after
    assert after.startswith(sheet[: sheet.index("<fonts")])
    assert '<c r="A1" s="1">' in sheet_of(mark(out, []))


# --- comments -------------------------------------------------------------------------------------------------------


def commented(body: str, author: str = "李四", **more: str) -> bytes:
    """A workbook with one comment on A2, without a box."""
    text = (
        f'<comments xmlns="{MAIN}" xmlns:xr="urn:x"><authors><author>{author}</author></authors><commentList>'
        f'<comment ref="A2" authorId="0" xr:uid="{{1}}"><text>{body}</text></comment></commentList></comments>'
    )
    links = [("r1", "comments", "../comments7.xml"), *[(f"r{n}", n, f"/{n}.xml") for n in more]]
    parts = {"xl/comments7.xml": text, **{f"{n}.xml": t for n, t in more.items()}}
    return made(ROW, sheet_rels=rels(*links), **parts)


def _comments_of(data: bytes) -> str:
    return books.parts(data)["xl/comments7.xml"].decode()


def test_theirs_stays_to_the_letter_and_ours_comes_below() -> None:
    body = '<r><rPr><b/><rFont val="Tahoma"/></rPr><t>李四:</t></r><r><t xml:space="preserve">\n不同意 </t></r>'
    data = commented(body)
    out = sound(data, bad("A2"))
    after = _comments_of(out)
    assert body in after
    assert after.index(body) < after.index("布谷提示")
    assert _comments_of(mark(out, [])) == _comments_of(data)


def test_a_program_that_joins_all_runs_loses_nothing_either() -> None:
    out = books.comments(mark(commented("<t>不同意</t>"), bad("A2")), TAB)["A2"]
    joined = mark(commented(f"<r><t>{out}\n好的</t></r>"), [])
    assert books.comments(joined, TAB)["A2"] == "不同意\n好的"


def test_an_empty_comment_is_theirs_too() -> None:
    data = commented("<t></t>")
    out = mark(data, bad("C2"))
    assert '<comment ref="A2" authorId="0" xr:uid="{1}"><text><t></t></text></comment>' in _comments_of(out)
    assert _comments_of(mark(out, [])) == _comments_of(data)


@pytest.mark.parametrize("by", ["author", "part"])
def test_a_conversation_is_left_alone(by: str) -> None:
    talk = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A2" personId="{1}" id="{2}"><text>改了吗</text></threadedComment></ThreadedComments>'
    )
    body = "<t>[Threaded comment]\n\n改了吗</t>"
    data = commented(body, author="tc={2}") if by == "author" else commented(body, threadedComment=talk)
    out = mark(data, bad("A2", "C2"))
    assert books.marked(out, TAB) == {"A2", "C2"}
    said = books.comments(out, TAB)
    assert said["A2"] == "[Threaded comment]\n\n改了吗"
    assert "布谷提示" in said["C2"]
    if by == "part":
        assert books.parts(out)["threadedComment.xml"] == talk.encode()
    assert mark(out, bad("A2", "C2")) == out


def test_shapes_of_old_programs_that_no_xml_parser_takes() -> None:
    old = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/></o:shapelayout>'
        '<v:shape id="_x0000_s3073" type="#_x0000_t201"><v:textbox><div>按钮<br></div></v:textbox>'
        '<x:ClientData ObjectType="Button"><x:Anchor>1, 2, 3, 4, 5, 6, 7, 8</x:Anchor></x:ClientData></v:shape></xml>'
    )
    sheet = f'<worksheet xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheetData>{ROW}</sheetData><legacyDrawing r:id="r1"/></worksheet>'
    data = made(
        sheet=sheet, sheet_rels=rels(("r1", "vmlDrawing", "../drawings/old.vml")), **{"xl/drawings/old.vml": old}
    )
    out = mark(data, bad("A2"))
    after = books.parts(out)["xl/drawings/old.vml"].decode()
    assert after.startswith(old.removesuffix("</xml>"))
    assert 'id="_x0000_s3074"' in after
    assert sheet_of(out).count("legacyDrawing") == 1
    assert books.parts(mark(out, []))["xl/drawings/old.vml"].decode() == old


# --- the package ----------------------------------------------------------------------------------------------------


class _Pipe(BytesIO):
    """A stream that can't go back, so sizes are written behind each part."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError("no place")

    def seek(self, *_: int) -> int:
        raise OSError("no place")


def test_packages_written_to_a_pipe_stored_or_with_long_sizes() -> None:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as box:
        box.comment = "台账".encode()
        for number, (name, data) in enumerate(books.parts(books.rich()).items()):
            entry = zipfile.ZipInfo(name, (2024, 3, 5, 1, 2, 4))
            entry.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            entry.extra = struct.pack("<HHBI", 0x5455, 5, 1, 0)
            with box.open(entry, "w", force_zip64=True) as part:
                part.write(data)
    data = pipe.getvalue()
    out = mark(data, [wrong("C5")])
    before, after = books.parts(data), books.parts(out)
    assert list(after)[: len(before)] == list(before)
    assert after["xl/charts/chart1.xml"] == before["xl/charts/chart1.xml"]
    entries = [zipfile.ZipFile(BytesIO(d)).infolist() for d in (data, out)]
    assert [e.compress_type for e in entries[1]][: len(before)] == [e.compress_type for e in entries[0]]
    assert not any(e.flag_bits & 8 for e in entries[1])
    assert zipfile.ZipFile(BytesIO(out)).comment == "台账".encode()
    assert books.marked(out, books.MATTERS) == {"C5"}


def test_a_cell_beyond_all_sheets_and_a_row_that_is_none_are_in_the_list_alone() -> None:
    data = made(ROW)
    strange = [
        Problem("date-form", Place(books.FILE, TAB, 2_000_000, cell), "x") for cell in ("A2000000", "ZZZ1", "甲1", "")
    ]
    out = mark(data, strange)
    assert books.marked(out, TAB) == set()
    assert len([r for r in books.loaded(out)[titles()[0]].iter_rows(min_row=4) if r[0].value]) == 4


def test_more_colours_than_there_are_shades_leave_the_rest_to_the_comments() -> None:
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF0000{n:02X}"/></patternFill></fill>' for n in range(90)
    )
    xfs = "".join(f'<xf fillId="{n}"/>' for n in range(90))
    sheet = f'<styleSheet xmlns="{MAIN}"><fills>{fills}</fills><cellXfs>{xfs}</cellXfs></styleSheet>'
    rows = [f'<row r="{n + 1}"><c r="A{n + 1}" s="{n}"><v>1</v></c></row>' for n in range(90)]
    data = made(*rows, styles=sheet)
    problems = bad(*(f"A{n + 1}" for n in range(90)))
    out = mark(data, problems)
    assert len(books.marked(out, TAB)) == 64
    assert len(books.comments(out, TAB)) == 90
    assert mark(out, problems) == out
    assert sheet_of(mark(out, [])) == sheet_of(data)
