"""The pattern and the parser must see the same, or the pattern must say that a sheet is not for it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import SourceError, xlsx, xlsx_plain
from generator.sources.limits import LIMITS, Room
from generator.sources.parts import BROKEN, Container
from generator.sources.xlsx_cells import Cells
from generator.sources.xlsx_values import Values
from tests.sources.sheets_by_hand import MAIN


def values() -> Values:
    return Values(["甲", "", "乙 "], ["General", "0.0%", "yyyy/m/d", ";;;"], False, LIMITS)


def seen(sheet: bytes, parser_only: bool) -> Any:
    """All that is noticed of a sheet; or that it is refused."""
    cells = Cells(values(), Room(LIMITS))
    try:
        with pytest.MonkeyPatch.context() as patch:
            if parser_only:
                patch.setattr(xlsx_plain, "MOST", 0)
            noticed = cells.read(Whole(sheet))
    except (*BROKEN, SourceError) as error:
        return "broken" if not isinstance(error, SourceError) else error.code
    return noticed


class Whole(BytesIO):
    """A stream of which a part may be read first, though ``MOST`` says nothing may be held."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(1 if size == 0 else size)


def is_plain(sheet: bytes) -> bool:
    try:
        _, body = xlsx_plain.split(sheet)
        return bool(list(xlsx_plain.rows(body)))
    except xlsx_plain.NotPlain:
        return False


def sheet(rows: str, head: str = "", tail: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'.encode()


@pytest.mark.parametrize("file", ["libreoffice.xlsx", "xlsxwriter.xlsx", "openpyxl.xlsx", "openpyxl-1904.xlsx"])
def test_both_see_the_same_in_real_files(fixtures: Path, file: str) -> None:
    with zipfile.ZipFile(fixtures / "workbooks" / file) as box:
        sheets = [box.read(n) for n in box.namelist() if n.startswith("xl/worksheets/sheet")]
    assert any(map(is_plain, sheets))
    for each in sheets:
        each = each.replace(b't="s"', b't="str"')  # the texts themselves are in another part
        assert seen(each, parser_only=False) == seen(each, parser_only=True) != "broken"


ODD = {
    "a comment": sheet('<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>'),
    "CDATA": sheet('<row r="1"><c r="A1" t="str"><v><![CDATA[<c>]]></v></c></row>'),
    "an entity": sheet('<row r="1"><c r="A1" t="str"><v>&lt;b&gt;</v></c></row>'),
    "text in the sheet": sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'),
    "no reference": sheet('<row r="1"><c><v>1</v></c></row>'),
    "another order": sheet('<row r="1"><c s="1" r="A1"><v>1</v></c></row>'),
    "an unknown tag": sheet('<row r="1"><c r="A1"><v>1</v></c><x/></row>'),
    "a tag out of place": sheet('<row r="1"><c r="A1"><v>1</v></row></c>'),
    "a > in an attribute": sheet('<row r="1" x="a>b"><c r="A1"><v>1</v></c></row>'),
    "a control character": sheet('<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>'),
    "a row within a row": sheet('<row r="1"><row r="2"><c r="A2"><v>1</v></c></row></row>'),
    "text between": sheet('<row r="1">x<c r="A1"><v>1</v></c></row>y'),
    "two tables": sheet("").replace(b"</sheetData>", b"</sheetData><sheetData></sheetData>"),
    "a prefix": b'<x:worksheet xmlns:x="u"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></x:worksheet>',
    "UTF-16": '<?xml version="1.0" encoding="utf-16"?><worksheet><sheetData/></worksheet>'.encode("utf-16"),
    "Latin": b'<?xml version="1.0" encoding="latin-1"?>' + sheet('<row r="1"><c r="A1" t="str"><v>\xe9</v></c></row>'),
    "the end is missing": sheet('<row r="1"><c r="A1"><v>1</v></c></row>')[:-5],
    "twice the same cell": sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    "backwards": sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    "twice the same row": sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>'),
    "a column too far": sheet('<row r="1"><c r="XFE1"/><c r="XFE1"><v>1</v></c></row>'),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_both_see_the_same_in_odd_sheets(odd: bytes) -> None:
    assert seen(odd, parser_only=False) == seen(odd, parser_only=True)


CELLS = r"""
<c r="@"/>
<c r="@" s="1"/>
<c r="@"><v></v></c>
<c r="@"><v/></c>
<c r="@"><v>12</v></c>
<c r="@" s="1"><v>0.5</v></c>
<c r="@" s="2"><v>45356</v></c>
<c r="@" s="3"><v>7</v></c>
<c r="@" s="9"><v>7</v></c>
<c r="@" t="s"><v>0</v></c>
<c r="@" t="s"><v>1</v></c>
<c r="@" t="s"><v>5</v></c>
<c r="@" t="b"><v>1</v></c>
<c r="@" t="e"><v>#N/A</v></c>
<c r="@" t="n"><v> 5 </v></c>
<c r="@" t="x"><v>5</v></c>
<c r="@" t="str"><f>A1</f><v>文</v></c>
<c r="@" t="str"><f>A1</f><v></v></c>
<c r="@"><f>A1</f><v></v></c>
<c r="@"><f>A1</f><v/></c>
<c r="@"><f>A1</f></c>
<c r="@"><f t="shared" si="0"/><v>3</v></c>
<c r="@"><f>A1&lt;2</f><v>3</v></c>
<c r="@" t="str"><f>A1</f><v>=DISPIMG("a",1)</v></c>
<c r="@" t="str"><v>=DISPIMG("a",1)</v></c>
<c r="@" t="str"><v>_x0041_</v></c>
<c r="@" t="str"><v>&lt;&#x4e00;</v></c>
<c r="@"><v>1&#48;</v></c>
<c r="@"><v>1e400</v></c>
<c r="@"><v>6401041990030712340</v></c>
<c r="@" t="inlineStr"><is><t xml:space="preserve">甲 &amp; 乙	</t></is></c>
<c r="@" t="inlineStr"><is><t></t></is></c>
<c r="@" t="inlineStr"><is><r><t>甲</t></r></is></c>
<c r="@" t="inlineStr"><f>A1</f><is><t>甲</t></is></c>
<c r="@" t="inlineStr"><v>5</v></c>
<c r="@" t="s"><is><t>甲</t></is></c>
<c r="XFD1"><v>5</v></c>
""".strip().splitlines()
CELL = st.sampled_from(CELLS)
ROW = st.sampled_from(["", ' hidden="1"', ' spans="1:3" ht="0"', ' customFormat="1" x14ac:dyDescent="0.25"'])


@given(st.lists(st.tuples(ROW, st.lists(CELL, max_size=4)), max_size=4), st.booleans())
def test_both_see_the_same_in_any_mixture(table: list[tuple[str, list[str]]], airy: bool) -> None:
    gap = "\n  " if airy else ""
    rows = gap.join(
        f'<row r="{r}"{at}>{gap}'
        + gap.join(c.replace("@", f"{'ABCD'[i]}{r}") for i, c in enumerate(cells))
        + f"{gap}</row>"
        for r, (at, cells) in enumerate(table, 1)
    )
    made = sheet(
        rows, '<cols><col min="2" max="2" hidden="1"/></cols>', '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    )
    made = made.replace(b"<worksheet ", b'<worksheet xmlns:x14ac="u" ')
    assert seen(made, parser_only=False) == seen(made, parser_only=True)


@given(st.binary(max_size=6), st.integers(0, 400))
def test_both_see_the_same_in_damage(patch: bytes, at: int) -> None:
    whole = bytearray(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>A1</f><v>2</v></c></row>'))
    whole[at : at + len(patch)] = patch
    assert seen(bytes(whole), parser_only=False) == seen(bytes(whole), parser_only=True)


# --- the shared texts -------------------------------------------------------------------------------------------------

PLAIN_TEXTS = {
    "plain": "<si><t>甲</t></si><si><t>乙</t></si>",
    "blanks": '<si><t xml:space="preserve"> 甲\n乙\t</t></si><si><t></t></si>',
    "entities": "<si><t>甲 &amp;lt; &lt;b&gt; &quot;</t></si>",
    "escaped": "<si><t>甲_x000D_乙</t></si>",
}
ODD_TEXTS = {
    "in different type": "<si><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r></si><si><t>丙</t></si>",
    "with readings": "<si><t>甲</t><rPh sb='0' eb='1'><t>jiǎ</t></rPh></si>",
    "an empty tag": "<si><t/></si><si><t>甲</t></si>",
    "text between": "<si><t>甲</t></si>x<si><t>乙</t></si>",
    "text between, of the same length": "<si><t>甲</t></si>" + "x" * len("<si><t>甲</t></si>"),
    "lines between": "<si><t>甲</t></si>\n<si><t>乙</t></si>",
    "a comment": "<si><t>甲<!-- 乙 --></t></si>",
    "CDATA": "<si><t><![CDATA[<si>]]></t></si>",
    "a number for a character": "<si><t>&#30002;</t></si>",
    "an unknown entity": "<si><t>&x;</t></si>",
    "a carriage return": "<si><t>甲\r\n乙</t></si>",
    "a control character": "<si><t>\x01</t></si>",
    "the end of CDATA": "<si><t>]]></t></si>",
    "a tag never closed": "<si><t>甲</t>",
    "nothing": "",
}


def texts(part: bytes, parser_only: bool) -> Any:
    """The shared texts of a workbook; or that it is refused."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as box:
        box.writestr("texts.xml", part)
    try:
        with pytest.MonkeyPatch.context() as patch:
            if parser_only:
                patch.setattr(xlsx_plain, "MOST", 0)
            return xlsx._strings(Container(packed.getvalue(), LIMITS), "texts.xml", Room(LIMITS))
    except BROKEN:
        return "broken"


def shared(items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}"{head}>{items}</sst>'.encode()


@pytest.mark.parametrize("items", PLAIN_TEXTS.values(), ids=PLAIN_TEXTS)
def test_plain_shared_texts_are_found_by_pattern_as_the_parser_finds_them(items: str) -> None:
    found = [xlsx.unescaped(text) for text in xlsx_plain.strings(shared(items, ' count="2"'))]
    assert found == texts(shared(items), parser_only=False) == texts(shared(items), parser_only=True)


@pytest.mark.parametrize("items", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_other_shared_texts_go_through_the_parser(items: str) -> None:
    with pytest.raises(xlsx_plain.NotPlain):
        xlsx_plain.strings(shared(items))
    assert texts(shared(items), parser_only=False) == texts(shared(items), parser_only=True)


def test_a_root_that_says_a_thing_twice_is_broken_however_it_is_read() -> None:
    part = shared("<si><t>甲</t></si>", ' count="1" count="2"')
    assert texts(part, parser_only=False) == texts(part, parser_only=True) == "broken"


@given(st.text(alphabet="甲<>&;/sitr=\"' \n]x", max_size=60))
def test_both_find_the_same_shared_texts(inner: str) -> None:
    for items in (f"<si><t>{inner}</t></si>", f"<si><t>甲</t></si>{inner}<si><t>乙</t></si>"):
        assert texts(shared(items), parser_only=False) == texts(shared(items), parser_only=True)
