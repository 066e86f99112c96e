"""Which tab is which sheet."""

from __future__ import annotations

import pytest

from generator.problems import Place, Problem
from generator.raw import Grid
from generator.sheets import discover
from generator.understand.tabs import by_title
from tests.understand.grids import COMPOUNDS, MATTERS, codes, grid, ids, matter, matters, one, read

OURS = [
    "议题台账", " 议题 台账 ", "《议题台账》", "议题台账2026", "2026年议题台账", "议题台账(2026)", "议题台账-2", "议题台账（一）",
    "matters", "Matters", "01_matters", "议题台账 2026年3月", "2026年度议题台账", "议题台账_202603", "议题台账(第二季度)",
    "议题台账上半年", "议题台账2024-2026", "议题台账 1-6月", "议题台账 (2)", "议题台账·二〇二六年", "1.议题台账", "议题台账续表",
    "２０２６议题台账", "26年议题台账", "表1 议题台账",
]  # fmt: skip
OTHERS = [
    "议题",
    "议题台账草稿",
    "议题台账备份",
    "新议题台账",
    "议题台账汇总",
    "Sheet1",
    "办理",
    "台账2026",
    "南华社区议题台账",
    "",
]


@pytest.mark.parametrize("title", OURS)
def test_a_sheet_goes_on_over_years_and_numbers(title: str) -> None:
    found = by_title(title, discover())
    assert found is not None
    assert found.id == "matters"


@pytest.mark.parametrize("title", OTHERS)
def test_other_titles_are_no_sheet(title: str) -> None:
    assert by_title(title, discover()) is None


def test_no_title_takes_long_to_know() -> None:
    for run in ("1", "一", "2026年", "-", "1-", "上半年", "续"):
        assert by_title("议题台账" + run * 200 + "x", discover()) is None


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("会议", "meetings"),
        ("会议议程与纪要", "items"),
        ("会议2", "meetings"),
        ("表决", "votes"),
        ("办理过程", "steps"),
    ],
)
def test_one_title_within_another(title: str, id: str) -> None:
    found = by_title(title, discover())
    assert found is not None
    assert found.id == id
    assert by_title("办理过程记录草稿", discover()) is None


def test_every_sheet_is_known_by_title_and_by_id() -> None:
    sheets = discover()
    for sheet in sheets.values():
        assert by_title(sheet.title, sheets) is sheet
        assert by_title(f"{sheet.id}.2026", sheets) is sheet


def test_the_tabs_of_one_sheet_are_joined_in_their_order() -> None:
    found = read(
        matters({"编号": "B-1"}, title="议题台账2025"), grid(COMPOUNDS), matters({"编号": "A-1"}, title="议题台账2026")
    )
    table = found.tables["matters"]
    assert (ids(table), table.tabs, table.broken) == (["B-1", "A-1"], ("议题台账2025", "议题台账2026"), False)
    assert [r.place for r in table.rows] == [
        Place("台账.xlsx", "议题台账2025", 2),
        Place("台账.xlsx", "议题台账2026", 2),
    ]


def test_an_id_in_two_tabs_is_told_with_tab_and_row() -> None:
    found = read(matters({}, {}, title="议题台账2025"), matters({"编号": "DS-2"}, title="议题台账2026"))
    assert [p.params for p in found.problems if p.code == "id-twice-tabs"] == [
        {"others": "《议题台账2026》第 2 行"},
        {"others": "《议题台账2025》第 3 行"},
    ]
    table = found.tables["matters"]
    assert (ids(table), [x.id for x in table.lost]) == (["DS-1"], ["DS-2", "DS-2"])


def test_another_title_with_the_columns_of_one_sheet_is_taken_and_told() -> None:
    found = read(matters({}, title="东胜事项登记"))
    assert ids(one(found)) == ["DS-1"]
    assert codes(found) == ["tab-by-header"]
    assert not found.problems[0].withholds
    assert "议题台账" in found.problems[0].line()


@pytest.mark.parametrize("title", ["议题台账草稿", "议题台账备份", "旧台账", "Copy of matters", "内部台账"])
def test_a_draft_or_a_copy_is_not_taken(title: str) -> None:
    found = read(matters({}, title=title))
    assert (codes(found), found.tables) == (["tab-unknown"], {})


def test_beside_the_sheet_itself_no_other_title_is_taken() -> None:
    found = read(matters({"编号": "X-1"}, title="登记"), matters({}))
    assert (ids(one(found)), codes(found)) == (["DS-1"], ["tab-unknown"])


def test_a_tab_that_could_be_two_sheets_is_neither() -> None:
    assert read(grid(("编号", "名称", "说明"), ("a-1", "b", "c"), title="杂")).tables == {}


def test_a_sheet_that_stays_with_the_volunteers_is_not_taken_by_its_columns() -> None:
    ledger = discover()["ledger"]
    found = read(grid(tuple(c.title for c in ledger.columns), ("TZ-1", "g3", "红"), title="重点户"))
    assert (found.tables, codes(found)) == ({}, ["tab-unknown"])


def test_an_unknown_tab_is_told_of_and_withholds_nothing() -> None:
    found = read(grid(("随手记",), ("13900001111",), title="草稿"))
    (told,) = found.problems
    assert (told.code, told.withholds) == ("tab-unknown", False)
    assert "议题台账" in told.mend
    assert "13900001111" not in told.line()


def test_hidden_blank_and_own_tabs_are_nothing() -> None:
    own = Problem(
        "book-hidden-sheet", Place("台账.xlsx", "选项"), params={"sheet": "选项", "count": 1}, withholds=False
    )
    other = Problem(
        "book-hidden-sheet", Place("台账.xlsx", "议题台账"), params={"sheet": "议题台账", "count": 1}, withholds=False
    )
    found = read(
        grid(("欢迎",), title="先看这里"),
        grid(("大事",), title="选项", hidden=True),
        matters({}, hidden=True),
        grid(("",), title="会议"),
        Grid("表决", (), "台账.xlsx"),
        remarks=[own, other],
    )
    assert (found.tables, found.problems) == ({}, [other])


def test_a_sheet_whose_file_cannot_be_read_is_there_and_broken() -> None:
    wrong = Problem("csv-encoding", Place("表格/议题台账2026.csv"))
    found = read(
        grid(COMPOUNDS, place="表格/小区.csv"), remarks=[wrong, Problem("csv-encoding", Place("表格/别的.csv"))]
    )
    assert (found.tables["matters"].broken, found.tables["matters"].tabs) == (True, ("议题台账2026",))
    assert set(found.tables) == {"compounds", "matters"}
    assert found.problems[0] is wrong


def test_tables_stand_in_the_order_of_the_sheets() -> None:
    found = read(matters({}), grid(COMPOUNDS))
    assert list(found.tables) == ["compounds", "matters"]
    assert MATTERS[0] == "编号"
    assert len(matter()) == len(MATTERS)


# --- copies ---------------------------------------------------------------------------------------------------------

THREE: tuple[dict[str, str], ...] = ({"标题": "路灯"}, {"标题": "堆物"}, {"标题": "养犬"})


@pytest.mark.parametrize("title", ["议题台账 (2)", "议题台账（2）", "议题台账2026"])
def test_a_copy_of_a_tab_is_one_problem_and_is_not_read(title: str) -> None:
    found = read(matters(*THREE), matters(*THREE, title=title))
    table = found.tables["matters"]
    assert (ids(table), table.lost, table.tabs, table.broken) == (["DS-1", "DS-2", "DS-3"], [], ("议题台账",), False)
    (told,) = found.problems
    assert (told.code, told.place, told.withholds) == ("tab-copy", Place("台账.xlsx", title), False)
    assert "《议题台账》" in told.line()


def test_the_original_is_the_one_without_a_number_though_it_stands_behind() -> None:
    found = read(matters(*THREE, title="议题台账 (2)"), matters(*THREE))
    assert found.tables["matters"].tabs == ("议题台账",)
    assert [p.place.sheet for p in found.problems] == ["议题台账 (2)"]


def test_a_copy_of_one_row() -> None:
    found = read(matters({}), matters({}, title="议题台账 (2)"))
    assert (ids(found.tables["matters"]), codes(found)) == (["DS-1"], ["tab-copy"])


def test_what_was_written_in_the_copy_alone_is_withheld_and_not_gone() -> None:
    """It may stand published from a day when both tabs were read."""
    found = read(matters(*THREE), matters(*THREE, {"标题": "新的"}, title="议题台账 (2)"))
    table = found.tables["matters"]
    assert (ids(table), [(x.id, x.place.sheet, x.place.row) for x in table.lost]) == (
        ["DS-1", "DS-2", "DS-3"],
        [("DS-4", "议题台账 (2)", 5)],
    )
    assert [(p.code, p.withholds) for p in found.problems] == [("tab-copy", True)]


def test_a_copy_with_a_header_that_cannot_be_used_breaks_nothing() -> None:
    lines = [("编号", "标题"), *[(f"DS-{n}", row["标题"]) for n, row in enumerate(THREE, 1)]]
    found = read(matters(*THREE), grid(*lines, title="议题台账 (2)"))
    assert (codes(found), found.tables["matters"].broken) == (["tab-copy"], False)


def test_labels_of_a_copy_are_not_counted_twice() -> None:
    rows = [(f"c-{n}", f"{n}号小区", "本社区") for n in range(1, 5)]
    tabs = [grid(("编号", "名称", "归属"), *rows, title=title) for title in ("小区", "小区 (2)")]
    found = read(*tabs, matters({"小区": "3号小区"}))
    assert [p.code for p in found.problems if p.place.sheet == "议题台账"] == ["ref-by-label"]


def test_tabs_by_year_with_few_ids_in_common_are_joined() -> None:
    found = read(
        matters(*THREE, title="议题台账2025"),
        matters({"编号": "DS-3"}, {"编号": "E-1"}, {"编号": "E-2"}, title="议题台账2026"),
    )
    assert codes(found) == ["id-twice-tabs", "id-twice-tabs"]
    assert ids(found.tables["matters"]) == ["DS-1", "DS-2", "E-1", "E-2"]


def test_years_that_number_their_rows_alike_are_no_copies() -> None:
    other = ({"标题": "扔垃圾"}, {"标题": "装电梯"}, {"标题": "太吵"})
    found = read(matters(*THREE, title="议题台账2025"), matters(*other, title="议题台账2026"))
    assert set(codes(found)) == {"id-twice-tabs"}


@pytest.mark.parametrize("title", ["议题台账的副本", "议题台账 副本", "“议题台账”的副本", "Copy of 议题台账", "议题台账 - 副本 (2)"])
def test_a_tab_called_a_copy_is_told_as_one(title: str) -> None:
    found = read(matters(*THREE), matters({"编号": "X-1"}, title=title))
    assert (codes(found), ids(found.tables["matters"])) == (["tab-copy"], ["DS-1", "DS-2", "DS-3"])
    assert "《议题台账》" in found.problems[0].line()
