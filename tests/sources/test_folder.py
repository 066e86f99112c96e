"""Folders of CSV in every encoding and with every delimiter that people's programs write; what is not sure is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Problem
from generator.raw import Book
from generator.sources import SourceError, folder
from generator.sources.delimited import decoded, grid
from generator.sources.limits import LIMITS, Limits, Room

TABLE = [
    ["编号", "标题", "经过", "备注"],
    ["DS-1", "停车难", '他说"不行",\n第二行', ""],
    ["DS-2", "楼道堆物;清理", "一\t二", "𠮷"],
    ["007", "加装电梯", "", "无"],
]


def written(rows: list[list[str]], delimiter: str = ",", ending: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return out.getvalue()


def read(tmp_path: Path, **files: bytes) -> Book:
    place = tmp_path / "台账"
    place.mkdir()
    for name, data in files.items():
        (place / name.replace("_", ".")).write_bytes(data)
    return folder.read(place)


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(SourceError) as caught:
        grid(data, "matters", "台账/matters.csv", Room(limits))
    assert caught.value.problem().says
    assert caught.value.problem().mend
    return caught.value.code


def rows(data: bytes) -> tuple[tuple[str, ...], ...]:
    found, noticed = grid(data, "matters", "台账/matters.csv", Room(LIMITS))
    assert noticed == []
    return found.rows


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_ending(delimiter: str, encoding: str, ending: str) -> None:
    assert rows(written(TABLE, delimiter, ending).encode(encoding)) == tuple(map(tuple, TABLE))


def test_utf_16_the_other_way_round() -> None:
    assert rows(b"\xfe\xff" + written(TABLE).encode("utf-16-be")) == tuple(map(tuple, TABLE))


def test_what_is_both_is_utf_8() -> None:
    data = "编号,标题\n1,2\n".encode()
    assert data.decode("gb18030") != data.decode()
    assert rows(data) == (("编号", "标题"), ("1", "2"))


def test_a_first_line_that_names_the_delimiter() -> None:
    assert rows("sep=;\r\n编号;标题\r\n1,2;3\r\n".encode()) == (("编号", "标题"), ("1,2", "3"))


def test_one_column_needs_no_delimiter() -> None:
    assert rows("编号\nDS-1\n\nDS-2\n".encode()) == (("编号",), ("DS-1",), ("",), ("DS-2",))


def test_a_mark_in_every_cell_is_not_a_delimiter() -> None:
    data = "编号,经过\n1,先登记;再公示\n2,先登记;再公示\n3,先登记;再公示\n".encode()
    assert rows(data)[1] == ("1", "先登记;再公示")


def test_blank_rows_and_columns_at_the_end_are_dropped_others_kept() -> None:
    assert rows("编号,标题,,\n\n1,,,\n,,,\n,,,\n".encode()) == (("编号", "标题"), ("", ""), ("1", ""))


def test_a_row_with_more_or_fewer_cells_is_kept_filled_up_and_withheld() -> None:
    data = "编号,标题,电话\n1,停车,13800001234\n2,停车,难,13800001234\n3,停车\n4,灯,\n5,墙,\n".encode()
    found, noticed = grid(data, "matters", "台账/matters.csv", Room(LIMITS))
    assert found.rows[2:4] == (("2", "停车", "难", "13800001234"), ("3", "停车", "", ""))
    assert [(p.code, p.place.row, p.params["has"], p.withholds) for p in noticed] == [
        ("csv-ragged", 3, 4, True),
        ("csv-ragged", 4, 2, True),
    ]


def test_a_character_that_was_lost_withholds_its_row() -> None:
    _, noticed = grid("编号,标题\n1,停\ufffd难\n".encode(), "matters", "台账/matters.csv", Room(LIMITS))
    assert [(p.code, p.place.cell, p.withholds) for p in noticed] == [("csv-lost", "B2", True)]


REFUSED = {
    "nothing": (b"", "file-empty"),
    "only blanks": (b"\xef\xbb\xbf \r\n\r\n", "file-empty"),
    "Big5": ("編號,標題,備註\n一,停車難問題,電梯鄰里\n".encode("big5"), "csv-encoding"),
    "Latin": ("Straße,Größe,Überraschung\n".encode("latin-1"), "csv-encoding"),
    "half a character": ("编号,标题\n一,二".encode("gb18030")[:-1], "csv-encoding"),
    "UTF-8 with a hole": (
        "编号,标题,停车难问题\n一,二,三\n".encode().replace("二".encode(), b"\xe4\xba"),
        "csv-damaged",
    ),
    "UTF-16 without its mark": (written(TABLE).encode("utf-16-le"), "csv-not-text"),
    "control characters": (b"a,b\n\x01,\x02\n", "csv-not-text"),
    "a workbook": (b"PK\x03\x04....", "csv-is-workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "csv-is-workbook"),
    "a page": (b"<!DOCTYPE html>\n<html>,</html>", "book-is-page"),
    "a quote left open": ('编号,标题\n1,"停车\n2,电梯\n'.encode(), "csv-quotes"),
    "a quote in the middle": ('编号,标题\n1,"停车"难\n'.encode(), "csv-quotes"),
    "two delimiters": (b"a,b;c\n1,2;3\n", "csv-delimiter"),
    "no delimiter that holds": (b"a,b\nc\nd,e,f\ng,h,i,j\nk,l,m,n,o\n", "csv-delimiter"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_bounds() -> None:
    data = written([["1", "2"]] * 100).encode()
    assert refusal(data, Limits(file=10)) == "book-too-big"
    assert refusal(data, Limits(cells=199)) == "book-too-many-cells"
    assert refusal(data, Limits(characters=199)) == "book-too-big"
    assert refusal(('a,b\n1,"' + "长" * 40_000 + '"\n').encode()) == "csv-quotes"


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        matters_csv=written(TABLE).encode("gb18030"),
        people_tsv=written(TABLE, "\t").encode(),
        steps_TXT=written(TABLE, ";").encode("utf-16"),
        broken_csv=b"a,b\n\x00",
        notes_docx=b"PK",
        **{"~$matters_csv": b"x", "_hidden_csv": b"x"},
    )
    assert [(g.title, g.place) for g in book.grids] == [
        ("matters", "台账/matters.csv"),
        ("people", "台账/people.tsv"),
        ("steps", "台账/steps.TXT"),
    ]
    assert {g.rows for g in book.grids} == {tuple(map(tuple, TABLE))}
    assert [(p.code, p.place.file, p.withholds) for p in book.remarks] == [
        ("csv-not-text", "台账/broken.csv", True),
        ("folder-other", "台账/notes.docx", False),
    ]


def test_no_folder_and_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="folder-empty"):
        folder.read(tmp_path)
    with pytest.raises(SourceError, match="folder-not-there"):
        folder.read(tmp_path / "没有")


def test_bounds_hold_for_all_files_together(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.csv").write_text("1,2\n" * 9)
    book = folder.read(tmp_path, Limits(cells=40))
    assert [g.title for g in book.grids] == ["a", "b"]
    assert [(p.code, p.place.file) for p in book.remarks] == [("book-too-many-cells", f"{tmp_path.name}/c.csv")]


cells = st.text(
    st.characters(codec="gb2312", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=9
)


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(cells.filter(str.strip), min_size=n, max_size=n), min_size=3)
    ),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_whatever_is_written_is_read_back_or_refused(table: list[list[str]], encoding: str) -> None:
    data = written(table).encode(encoding)
    try:
        found, noticed = grid(data, "t", "t.csv", Room(LIMITS))
    except SourceError as refused:
        found, noticed = None, [refused.problem()]
    if found is None:
        assert noticed[0].code in ("csv-delimiter", "csv-encoding", "csv-damaged", "book-is-page")
        return
    if encoding == "gb18030" and decoded(data) != data.decode("gb18030"):
        return  # both: then it is UTF-8, by rule
    assert found.rows == tuple(map(tuple, table))
    assert noticed == []


@given(st.binary(max_size=300))
def test_no_bytes_whatsoever_end_in_a_traceback(data: bytes) -> None:
    try:
        _, noticed = grid(data, "t", "t.csv", Room(LIMITS))
    except SourceError as refused:
        noticed = [refused.problem("t.csv")]
    assert all(isinstance(p, Problem) and p.says for p in noticed)
