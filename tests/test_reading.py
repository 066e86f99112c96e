"""Reading records: whatever bytes a file has, its good rows come out typed and every mistake has a cell.

Whole cases of bad input stand in ``golden/check``; here is what holds for all of them.
"""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.columns import clean
from generator.problems import Problem
from generator.reading import read, read_district, read_table
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets import discover
from tests.rows import COMMUNITY, GOLDEN, base_folder

UNITS = discover()["units"]
FILE = "records/xiyuan/units.csv"
HEADER = [c.title for c in UNITS.published]
GOOD = ["U-1", "西园社区党委", "社区党委", "", "", "2012-06-28", "领导。"]
Outcome = tuple[dict[str, PublicRow], list[Withheld], list[Problem]]


def table(*rows: list[str], header: list[str] = HEADER, end: str = "\n") -> bytes:
    """A file of units."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end).writerows([header, *rows])
    return file.getvalue().encode("utf-8")


def units(raw: bytes) -> Outcome:
    return read_table(raw, UNITS, COMMUNITY, FILE)


def codes(problems: list[Problem]) -> list[str]:
    return [p.code for p in problems]


# --- whatever the bytes are -----------------------------------------------------------------------------------------

HEAD = (",".join(HEADER) + "\n").encode()
BYTES = st.binary(max_size=400) | st.text(max_size=200).map(lambda t: HEAD + t.encode("utf-8", "surrogatepass"))
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(BYTES)
def test_any_file_at_all_is_read_or_told_of(raw: bytes) -> None:
    rows, withheld, problems = units(raw)
    assert all(p.line() for p in problems)
    assert not {r.place.row for r in rows.values()} & {w.place.row for w in withheld}
    if not rows:
        lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))) if not problems else []
        assert not any(cell.strip() for line in lines[1:] for cell in line)


def test_a_file_cut_off_anywhere_publishes_no_half_cell() -> None:
    whole = table(GOOD, ["U-2", "西园小区党支部", "小区党支部", "U-1", "", "2020-12-18", "召集\n议事。"])
    good = {r.id: r.as_dict() for r in units(whole)[0].values()}
    for end in range(len(whole)):
        rows, _, problems = units(whole[:end])
        for row in rows.values():
            given_ = row.as_dict()
            short = {k for k, v in given_.items() if v != good[row.id][k]}
            assert short <= {"role"}, (end, short)  # the last cell of the last row alone can be cut without a sign
        assert rows or problems or whole[:end].rstrip() == HEAD.rstrip()


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=5))
def test_every_filled_row_is_published_or_withheld(cells: list[list[str]]) -> None:
    raw = table(GOOD, *cells)
    rows, withheld, problems = units(raw)
    lines = list(csv.reader(io.StringIO(raw.decode(), newline="")))
    filled = {n for n, line in enumerate(lines, 1) if n > 1 and any(c.strip() for c in line)}
    shown = {r.place.row for r in rows.values()}
    held = {w.place.row for w in withheld}
    assert shown | held == filled
    assert not shown & held
    assert {p.place.row for p in problems if p.withholds} == held


@given(st.permutations(range(len(HEADER))), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_order_line_ends_and_a_mark_make_no_difference(order: list[int], end: str, mark: bool) -> None:
    raw = table([GOOD[i] for i in order], header=[HEADER[i] for i in order], end=end)
    rows, withheld, problems = units((b"\xef\xbb\xbf" if mark else b"") + raw)
    assert (withheld, problems) == ([], [])
    assert rows["U-1"].as_dict() == units(table(GOOD))[0]["U-1"].as_dict()
    for column in UNITS.published:
        letter, title = rows["U-1"].cell(column.name).cell[0], column.title
        assert HEADER[order[ord(letter) - ord("A")]] == title


# --- rows -----------------------------------------------------------------------------------------------------------


def test_a_row_is_typed() -> None:
    rows, _, _ = units(table(GOOD))
    assert rows["U-1"].as_dict() == {
        "id": "U-1",
        "name": "西园社区党委",
        "kind": "社区党委",
        "parent": None,
        "compound": None,
        "founded": date(2012, 6, 28),
        "role": "领导。",
    }


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    """A cell of several lines is one row; an empty row counts but is none."""
    second = ["U-2", "党支部", "小区党支部", "", "", "年底", ""]
    rows, withheld, problems = units(table([*GOOD[:6], "一\n二\n三"], [""] * 7, second))
    assert rows["U-1"].place.row == 2
    assert [(p.code, p.place.cell) for p in problems] == [("date-form", "F4")]
    assert [(w.id, w.place.row) for w in withheld] == [("U-2", 4)]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    _, withheld, problems = units(table(["U 1", "", "社团", "上级?", "", "2026-02-30", "打13812345678"]))
    assert [(p.code, p.place.cell) for p in problems] == [
        ("id-form", "A2"),
        ("cell-empty", "B2"),
        ("choice-unknown", "C2"),
        ("id-form", "D2"),
        ("date-impossible", "F2"),
        ("private-mobile", "G2"),
    ]
    assert [w.id for w in withheld] == [""]


def test_a_withheld_row_tells_what_it_was_about() -> None:
    _, (held,), _ = units(table(["U-2", "党支部", "小区党支部", "U-1", "C-1", "年底", ""]))
    assert (held.id, held.refers) == ("U-2", {"parent": "U-1", "compound": "C-1"})


def test_a_ragged_row_tells_what_it_was_about_as_far_as_it_goes() -> None:
    _, (held,), problems = units(table(["U-2", "党支部", "小区党支部", "U-1"]))
    assert (held.id, held.refers) == ("U-2", {"parent": "U-1"})
    assert problems[0].params == {"has": 4, "want": 7}


def test_empty_cells_beyond_the_header_are_let_be() -> None:
    assert units(table([*GOOD, "", " "]))[2] == []
    assert codes(units(table([*GOOD, "", "多"]))[2]) == ["row-ragged"]


@pytest.mark.parametrize("good_first", [True, False])
def test_of_rows_that_share_an_id_none_is_published(good_first: bool) -> None:
    """Even when one of them has other faults: nobody can tell which is meant."""
    twins = [GOOD, ["U-1", "另一个", "社团", "", "", "", ""]]
    rows, withheld, problems = units(table(*(twins if good_first else reversed(twins)), ["U-2", *GOOD[1:]]))
    assert list(rows) == ["U-2"]
    assert sorted(w.place.row for w in withheld) == [2, 3]
    assert codes(problems).count("id-twice") == 2


def test_private_things_are_told_without_repeating_them() -> None:
    number = "11010519491231002X"
    raw = table(["13812345678", number, number, number, number, number, number], header=[*HEADER[:6], number])
    lines = "".join(p.line() for p in units(raw)[2]) + repr(units(raw)[1])
    assert number not in lines
    assert "13812345678" not in lines


# --- headers and whole files ----------------------------------------------------------------------------------------


def test_blanks_and_invisible_marks_in_a_header_make_no_difference() -> None:
    assert units(table(GOOD, header=[f" \u200b{t}\ufeff " for t in HEADER]))[2] == []


@pytest.mark.parametrize("title", ["手机", "身份证号"])
def test_a_private_column_is_told_and_never_used(title: str) -> None:
    people = discover()["people"]
    header = [*(c.title for c in people.published), title]
    raw = table(["P-1", "丁文秀", "职务公开", "", "", "13812345678"], header=header)
    rows, _, problems = read_table(raw, people, COMMUNITY, "records/xiyuan/people.csv")
    assert codes(problems) == ["column-private"]
    assert "13812345678" not in repr(rows["P-1"].as_dict())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf", "file-empty"),
        (b"\r\n,,,\r\n ,\t\r\n", "file-empty"),
        (table(GOOD).decode().encode("gb18030"), "file-encoding"),
        (table(GOOD).decode().encode("utf-16"), "file-encoding"),
        (b"\xfe\xff" + table(GOOD).decode().encode("utf-16-be"), "file-encoding"),
        (table(GOOD).replace(b"2012", b"\xff\xfe\xfd"), "file-bytes"),
        (table(GOOD).replace("领导".encode(), b"\xed\xa0\x80"), "file-bytes"),
        (table(GOOD).decode().encode("utf-16-le"), "file-not-text"),
        (b"PK\x03\x04rest of a workbook", "file-not-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-not-text"),
        (table(GOOD) + b'U-2,"never closed\n', "file-quotes"),
        (table(GOOD).replace(b",", b";"), "header-missing"),
        (table(GOOD).replace(b",", b"\t"), "header-missing"),
        ("西园社区组织表\n".encode() + table(GOOD), "header-missing"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_files_that_are_no_table(raw: bytes, code: str) -> None:
    _, withheld, problems = units(raw)
    assert codes(problems) == [code]
    assert withheld


def test_rows_of_a_file_in_another_encoding_are_known_by_their_ids() -> None:
    for encoding in ("gb18030", "utf-16"):
        rows, withheld, _ = units(table(GOOD, ["U-2", *GOOD[1:]]).decode().encode(encoding))
        assert rows == {}
        assert [(w.id, w.place.row) for w in withheld] == [("U-1", 2), ("U-2", 3)]


def test_rows_before_a_broken_quote_are_published() -> None:
    raw = table(GOOD) + b'U-2,"never closed,,\nU-3,x,,\n'
    rows, withheld, problems = units(raw)
    assert list(rows) == ["U-1"]
    assert [(w.id, w.place.row) for w in withheld] == [("U-2", 3), ("U-3", 4)]
    assert problems[0].place.row == 3


# --- the folder -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(demo: Path, tmp_path: Path) -> Path:
    return base_folder(demo, tmp_path / "records")


def test_a_folder_is_named_in_messages_as_it_is_called(folder: Path) -> None:
    folder = folder.rename(folder.with_name("sheets"))
    shutil.copytree(folder / COMMUNITY, folder / "dongyuan")
    (folder / COMMUNITY / "units.csv").write_bytes(b"")
    files = {p.place.file for p in read(folder).problems}
    assert files == {"sheets/dongyuan/", "sheets/xiyuan/units.csv"}


def test_only_some_communities(folder: Path) -> None:
    shutil.copytree(folder / COMMUNITY, folder / "dongyuan")
    assert set(read(folder, (COMMUNITY,)).records.tables) == {"", COMMUNITY}
    assert read(folder, (COMMUNITY,)).problems == []


def test_folders_that_are_no_community_are_let_be(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / COMMUNITY / "files").mkdir()
    (folder / COMMUNITY / "files" / "scan.csv").write_text("1,2", "utf-8")
    assert read(folder).problems == []


def test_a_sheet_that_is_not_kept_is_no_fault(folder: Path) -> None:
    (folder / COMMUNITY / "resolutions.csv").unlink()
    assert read(folder).problems == []


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "gone")


def test_a_district(folder: Path) -> None:
    district, problems = read_district(folder)
    assert problems == []
    assert (district.name, district.today, district.order) == ("测试区", date(2026, 6, 17), (COMMUNITY,))
    assert read_district(GOLDEN)[0].today is None


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ('name = "甲"\ntoday = 2026-02-30\n', "toml-syntax", 2),
        ('name = "甲"\ntoday = "2026-06-17"\n', "toml-not-day", 2),
        ("today = 2026-06-17T08:00:00\n", "toml-not-day", 1),
        ('\ncommunities = "xiyuan"\n', "toml-not-texts", 2),
        ("[notices]\nfonts = [1]\n", "toml-not-texts", 2),
    ],
)
def test_a_district_with_a_fault(tmp_path: Path, text: str, code: str, row: int) -> None:
    (tmp_path / "district.toml").write_text(text, "utf-8")
    district, problems = read_district(tmp_path)
    assert [(p.code, p.place.row) for p in problems] == [(code, row)]
    assert district.today is None
    assert problems[0].line()


@given(st.text())
def test_a_cell_is_published_as_it_was_cleaned(cell: str) -> None:
    if "\0" in cell or "\r" in cell or not cell.isprintable():
        return
    rows, _, problems = units(table([*GOOD[:6], cell]))
    assert problems or rows["U-1"].role == (clean(cell) or None)  # type: ignore[attr-defined]
