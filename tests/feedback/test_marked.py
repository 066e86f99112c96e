"""A marked copy: all of theirs is there, the bad cells are marked, and marks go when the cells are mended."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill
from python_calamine import CalamineWorkbook

from generator.feedback.marked import mark, titles
from generator.problems import Place, Problem, letters, message
from generator.sources import SourceError, workbook

from . import books
from .books import MATTERS, ROSTER, in_row, of_tab, wrong

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
LIST = titles()[0]
EDITED = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml")
PROBLEMS = [
    wrong("C5"),
    wrong("B4", "楼道里", column="标题", code="text-one-line"),
    wrong("D8", "十几", column="人数", code="number-vague"),
    wrong("D8", "十几", column="人数", code="number-bound"),
    wrong("E7", "", column="状态", code="cell-empty-choice", choices="办理中、已办结"),
    in_row(6),
    of_tab(ROSTER),
    Problem("book-macros", Place(books.FILE), withholds=False),
]
MADE: dict[str, Callable[[Path], bytes]] = {
    "xlsxwriter, with everything": lambda _: books.rich(),
    "openpyxl": lambda _: books.plainer(),
    **{
        name: lambda fixtures, name=name: (fixtures / "workbooks" / name).read_bytes()
        for name in ("openpyxl.xlsx", "openpyxl-1904.xlsx", "xlsxwriter.xlsx", "libreoffice.xlsx")
    },
}


@pytest.fixture(params=MADE)
def data(request: pytest.FixtureRequest, fixtures: Path) -> bytes:
    return MADE[request.param](fixtures)


def everywhere(data: bytes) -> list[Problem]:
    """The same problems in every tab of a book."""
    found: list[Problem] = []
    for title in (g.title for g in books.read(data)):
        found += [wrong("C3", tab=title), wrong("H90", tab=title), in_row(4, title), of_tab(title)]
        found += [wrong("B3", "x", tab=title), wrong("C3", "一", tab=title, code="yes-no-form")]
    return found


# --- nothing is lost ------------------------------------------------------------------------------------------------


def test_what_needs_no_mark_is_carried_over_to_the_byte_in_its_place(data: bytes) -> None:
    out = mark(data, everywhere(data))
    before, after = books.parts(data), books.parts(out)
    assert list(after)[: len(before)] == list(before)
    touched = [n for n in before if before[n] != after[n]]
    assert all(n in EDITED or n.startswith(("xl/worksheets/", "xl/comments", "xl/drawings/")) for n in touched)
    assert not [n for n in touched if n.startswith("xl/drawings/") and not n.endswith(".vml")]
    entries = [{e.filename: e for e in zipfile.ZipFile(BytesIO(d)).infolist()} for d in (data, out)]
    for name, entry in entries[0].items():
        other = entries[1][name]
        assert (other.compress_type, other.date_time) == (entry.compress_type, entry.date_time)
        if name not in touched:
            assert other.compress_size == entry.compress_size, "packed anew"


def test_every_reader_reads_the_same_as_before(data: bytes) -> None:
    out = mark(data, everywhere(data))
    assert books.read(out, without=(LIST,)) == books.read(data)
    before, after = books.loaded(data), books.loaded(out)
    assert after.sheetnames == [*before.sheetnames, LIST]
    for title in before.sheetnames:
        assert books.looks(out, title).items() >= books.looks(data, title).items()
        assert after[title].merged_cells.ranges == before[title].merged_cells.ranges
        assert after[title].sheet_state == before[title].sheet_state
        rows = [CalamineWorkbook.from_filelike(BytesIO(d)).get_sheet_by_name(title).to_python() for d in (data, out)]
        assert rows[0] == [row[: len(rows[0][0])] for row in rows[1][: len(rows[0])]] if rows[0] else not rows[1]


def test_charts_pictures_rules_tables_and_names_stay_where_they_are() -> None:
    out = mark(books.rich(), PROBLEMS)
    before, after = books.parts(books.rich()), books.parts(out)
    sheet, was = (p["xl/worksheets/sheet1.xml"].decode() for p in (after, before))
    for tag in ("conditionalFormatting", "dataValidations", "extLst", "autoFilter", "sheetViews", "cols", "mergeCells"):
        start, end = (
            was.index(f"<{tag}"),
            was.rindex(f"</{tag}>") if f"</{tag}>" in was else was.index("/>", was.index(tag)),
        )
        assert was[start:end] in sheet
    order = [sheet.rindex(f"<{t}") for t in ("sheetData", "pageMargins", "drawing ", "legacyDrawing ", "extLst")]
    assert order == sorted(order)
    roster = after["xl/worksheets/sheet2.xml"].decode()
    assert roster.index("<legacyDrawing") < roster.index("<tableParts")
    assert before["xl/worksheets/sheet2.xml"].decode().partition("<sheetProtection")[2][:60] in roster
    assert b"<definedName" in after["xl/workbook.xml"]
    assert b"activeTab" not in after["xl/workbook.xml"]
    assert after["xl/worksheets/sheet3.xml"].count(b"tabSelected") == 0


def test_without_problems_and_marks_nothing_changes(data: bytes) -> None:
    assert mark(data, []) == data


# --- the marks ------------------------------------------------------------------------------------------------------


def test_bad_cells_are_coloured_and_say_what_to_mend() -> None:
    out = mark(books.rich(), PROBLEMS)
    assert books.marked(out, MATTERS) == {"C5", "B4", "D8", "E7", "A6"}
    assert books.marked(out, ROSTER) == {"A1"}
    said = books.comments(out, MATTERS)
    assert set(said) == {"C5", "B4", "D8", "E7", "A6"}
    first = message("google-note")["say"]
    assert said["C5"].split("\n")[:3] == [first, PROBLEMS[0].says, f"改法:{PROBLEMS[0].mend}"]
    assert said["B4"].startswith(f"张姐:再问问\n\n{first}\n")
    assert [line[:2] for line in said["D8"].split("\n")[1:5:2]] == ["1.", "2."]
    assert "提醒:" in books.comments(out, ROSTER)["A1"]
    assert {c.comment.author for row in books.loaded(out)[MATTERS] for c in row if c.comment} == {"布谷", "张姐"}


def test_a_box_is_there_for_every_comment_and_theirs_is_kept() -> None:
    before, after = books.parts(books.rich()), books.parts(mark(books.rich(), PROBLEMS))
    shapes = after["xl/drawings/vmlDrawing1.vml"].decode()
    assert shapes.count("<x:Row>") == 5
    assert shapes.split("<x:Anchor>")[0] == before["xl/drawings/vmlDrawing1.vml"].decode().split("<x:Anchor>")[0]
    ids = [part.split('"')[0] for part in shapes.split('<v:shape id="')[1:]]
    assert len(ids) == len(set(ids)) == 5


def test_white_letters_get_a_dark_colour_and_stay_readable() -> None:
    out = mark(books.rich(), [wrong("B2"), wrong("C5")])
    assert books.fills(out, MATTERS)["B2"].startswith("B353")
    assert books.fills(out, MATTERS)["C5"].startswith("FFE3")


def test_a_merged_cell_is_marked_where_it_shows() -> None:
    out = mark(books.rich(), [wrong("D1")])
    assert books.marked(out, MATTERS) == {"A1"}
    assert set(books.comments(out, MATTERS)) == {"A1", "B4"}


def test_the_list_names_every_problem_and_leads_to_its_cell() -> None:
    out = mark(books.rich(), [*PROBLEMS, wrong("C9", tab="没有这张表")])
    sheet = books.loaded(out)[LIST]
    rows = [[c.value for c in row[:6]] for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert len(rows) == len(PROBLEMS) + 1
    by_cell = {(row[1] or "", row[2]): row for row in rows}
    assert by_cell[MATTERS, "C5 提出日期"][3:] == [PROBLEMS[0].says, PROBLEMS[0].mend, "这一行暂不公布"]
    assert by_cell["", "整个文件"][5] == "提醒"
    links = {c.value: c.hyperlink.location for row in sheet for c in row if c.hyperlink}
    assert links["C5 提出日期"] == f"'{MATTERS}'!C5"
    assert links["第 6 行 编号"] == f"'{MATTERS}'!A6"
    assert by_cell["没有这张表", "C9 提出日期"][4] == PROBLEMS[0].mend
    assert len([c for row in sheet for c in row if c.hyperlink]) == len(PROBLEMS) - 1


def test_a_tab_of_theirs_with_the_title_of_the_list_is_left_alone() -> None:
    book = books.loaded(books.plainer())
    book.create_sheet(LIST)["A1"] = "我自己记的"
    out = BytesIO()
    book.save(out)
    copy = mark(out.getvalue(), PROBLEMS)
    assert books.loaded(copy)[LIST]["A1"].value == "我自己记的"
    assert books.loaded(copy).sheetnames[-1] == titles()[1]
    assert mark(copy, PROBLEMS) == copy


def test_a_long_list_of_faults_in_one_cell_is_cut_and_says_so() -> None:
    many = [wrong("C5", f"第{n}种写法") for n in range(300)]
    said = books.comments(mark(books.rich(), many), MATTERS)["C5"]
    assert len(said) < 2000
    assert "这一格还有" in said


@pytest.mark.parametrize("found", ["_x0041_", "<b>&amp;</b>", "=1+1", "a\x00b\x0b", "引号\"'", "𠮷"])
def test_whatever_stands_in_a_cell_is_text_in_the_marks(found: str) -> None:
    out = mark(books.rich(), [wrong("C5", found)])
    shown = wrong("C5", found.replace("\x00", "").replace("\x0b", "")).says
    assert shown in [cell for row in books.read(out)[-1].rows for cell in row]
    raw = books.parts(out)["xl/comments1.xml"].decode()
    assert "\x00" not in raw


# --- a marked copy that comes back ----------------------------------------------------------------------------------


def test_marking_a_marked_copy_again_changes_no_byte(data: bytes) -> None:
    problems = everywhere(data)
    out = mark(data, problems)
    assert mark(out, problems) == out


@pytest.mark.parametrize("saved", [lambda d: d, books.resaved], ids=["as it is", "saved by another program"])
def test_mended_cells_lose_their_marks_and_get_their_own_colour_back(saved: Callable[[bytes], bytes]) -> None:
    data = books.plainer()
    all_bad = [wrong(f"{c}{r}") for r in range(1, 9) for c in "ABCDE"]
    back = saved(mark(data, all_bad))
    assert len(books.marked(back, MATTERS)) == 40
    left = mark(back, [wrong("B3")])
    assert books.marked(left, MATTERS) == {"B3"}
    assert set(books.comments(left, MATTERS)) == {"A3", "B3"}
    none = mark(back, [])
    assert books.fills(none, MATTERS) == books.fills(data, MATTERS)
    assert books.looks(none, MATTERS) == books.looks(data, MATTERS)
    assert books.comments(none, MATTERS) == books.comments(data, MATTERS) == {"A3": "张三家不同意"}
    assert books.loaded(none)[LIST]["A2"].value == "没有要改的地方"
    assert mark(none, []) == none


def test_a_row_that_was_sorted_to_another_place_is_unmarked_there() -> None:
    out = mark(books.plainer(), [wrong("B3")])
    book = books.loaded(out)
    book[MATTERS].move_range("A3:E3", rows=10)
    moved = BytesIO()
    book.save(moved)
    assert books.marked(moved.getvalue(), MATTERS) == {"B13"}
    none = mark(moved.getvalue(), [])
    assert books.fills(none, MATTERS)["B13"] == books.fills(books.plainer(), MATTERS)["B3"]


def test_a_colour_they_gave_a_marked_cell_themselves_stays() -> None:
    book = books.loaded(mark(books.plainer(), [wrong("B3")]))
    book[MATTERS]["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    out = BytesIO()
    book.save(out)
    assert books.fills(mark(out.getvalue(), []), MATTERS)["B3"] == "00FF00"


def test_what_they_wrote_below_ours_stays_theirs() -> None:
    book = books.loaded(mark(books.plainer(), [wrong("A3"), wrong("B5")]))
    for cell in ("A3", "B5"):
        book[MATTERS][cell].comment.text += "\n已经问过了,李四"
    out = BytesIO()
    book.save(out)
    said = books.comments(mark(out.getvalue(), []), MATTERS)
    assert said == {"A3": "张三家不同意\n已经问过了,李四", "B5": "\n已经问过了,李四"}
    again = books.comments(mark(out.getvalue(), [wrong("B5")]), MATTERS)["B5"]
    assert again.startswith(f"\n已经问过了,李四\n\n{message('google-note')['say']}\n")


def test_a_comment_of_ours_pasted_into_a_cell_is_no_end_of_the_next() -> None:
    pasted = books.comments(mark(books.plainer(), [wrong("B5")]), MATTERS)["B5"]
    problems = [wrong("B5", pasted), wrong("A3", pasted)]
    out = mark(books.plainer(), problems)
    assert mark(out, problems) == out
    assert books.comments(mark(out, []), MATTERS) == {"A3": "张三家不同意"}


def test_a_comment_of_ours_that_they_wrote_into_is_not_thrown_away() -> None:
    book = books.loaded(mark(books.plainer(), [wrong("B5")]))
    text = book[MATTERS]["B5"].comment.text
    book[MATTERS]["B5"].comment.text = text.rpartition("\n")[0] + "\n等李四回来再改"
    out = BytesIO()
    book.save(out)
    assert "等李四回来再改" in books.comments(mark(out.getvalue(), []), MATTERS)["B5"]


def test_without_the_list_marks_still_go() -> None:
    book = books.loaded(mark(books.plainer(), [wrong("C3"), wrong("A1")]))
    del book[LIST]
    out = BytesIO()
    book.save(out)
    none = mark(out.getvalue(), [])
    assert books.marked(none, MATTERS) == set()
    assert set(books.comments(none, MATTERS)) == {"A3"}


def test_when_all_is_mended_the_parts_that_came_with_the_marks_are_gone() -> None:
    data = books.rich()
    none = books.parts(mark(mark(data, PROBLEMS), []))
    added = [n for n in none if n not in books.parts(data)]
    assert added == ["xl/worksheets/sheet3.xml"]
    assert b"legacyDrawing" not in none["xl/worksheets/sheet2.xml"]
    assert none["xl/comments1.xml"] == books.parts(data)["xl/comments1.xml"]


# --- any cells at all -----------------------------------------------------------------------------------------------


_CELLS = st.sets(st.tuples(st.integers(0, 14), st.integers(0, 30)), max_size=8)


@given(_CELLS, _CELLS)
@settings(max_examples=30)
def test_any_cells_marked_and_then_others_are_marked_as_if_for_the_first_time(
    first: set[tuple[int, int]], then: set[tuple[int, int]]
) -> None:
    data = books.plainer()
    before, after = ([wrong(f"{letters(c)}{r + 1}") for r, c in sorted(cells)] for cells in (first, then))
    out = mark(mark(data, before), after)
    assert books.read(out, without=(LIST,)) == books.read(data)
    assert books.marked(out, MATTERS) == {p.place.cell for p in after}
    fresh = mark(data, after)
    assert books.fills(out, MATTERS).items() == books.fills(fresh, MATTERS).items()
    assert books.comments(out, MATTERS) == books.comments(fresh, MATTERS)


# --- what can't be marked -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [("libreoffice.ods", "mark-not-xlsx"), ("libreoffice.xls", "book-old"), ("password.xlsx", "book-password")],
)
def test_other_files_are_refused_by_name(fixtures: Path, name: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        mark((fixtures / "workbooks" / name).read_bytes(), PROBLEMS)
    assert caught.value.code == code
    assert "{" not in caught.value.problem(name).line()


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b"", "book-empty"),
        ("编号,标题\n".encode(), "book-is-text"),
        (b"PK\x03\x04 and no more", "book-broken"),
        (books.replaced(books.rich(), lambda n, d: d[:-9] if n.endswith("sheet1.xml") else d), "book-broken"),
        (books.replaced(books.rich(), lambda n, d: d.replace(b"?>", b"?><!DOCTYPE a>", 1)), "book-broken"),
    ],
    ids=["empty", "text", "cut", "a sheet cut", "a document type"],
)
def test_broken_files_are_refused(bad: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        mark(bad, PROBLEMS)
    assert caught.value.code == code


def test_words_that_are_missing_are_our_fault_and_not_the_files() -> None:
    with pytest.raises(KeyError):
        mark(books.rich(), [Problem("nothing-of-the-kind", Place(books.FILE, MATTERS, 3, "A3"))])


def test_the_list_is_nothing_that_reading_remarks_on() -> None:
    """Its hidden columns hold no text; a reader of the copy must not be told of them."""
    problems = [wrong(f"B{r}") for r in range(2, 9)]
    remarks = workbook.read_bytes(mark(books.plainer(), problems), books.FILE).remarks
    assert [r for r in remarks if r.place.sheet == LIST] == []
