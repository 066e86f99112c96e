"""Which rows are records, and which are told of, lost or passed over."""

from __future__ import annotations

from typing import Any

import pytest

from generator import layout
from generator.problems import Place, Problem
from generator.raw import Error, Grid
from tests.understand.grids import codes, grid, ids, matters, one, read

HEAD = ("编号", "名称", "归属", "户数")
FIRST = ("a-1", "东胜", "本社区", "612")
SECOND = ("a-2", "嘉木", "本社区", "98")

PASSED_OVER = {
    "blank": ("", " ", "　", ""),
    "total": ("合计", "", "", "710"),
    "total spread out": ("合  计", "", "", "710"),
    "total without a key": ("", "小计", "", "710"),
    "of a month": ("3月合计:", "", "", "710"),
    "of a page": ("本页小计", "2个", "", "710"),
    "in all": ("总计2个", "", "", ""),
    "average": ("平均值", "", "", "355"),
    "note": ("注:户数是2025年底的", "", "", ""),
    "note without a colon": ("说明", "", "", ""),
    "note with a number": ("", "注1：户数是2025年底的", "", ""),
    "who filled it in": ("填表人:王某", "审核:李某", "日期:2026-03-05", ""),
    "unit": ("", "", "", "单位:户"),
    "who filled it in, beside it": ("制表人：", "王某", "", ""),
    "example of the template": (layout.example() + "dongsheng", "东胜小区", "本社区", "612"),
    "example, full width": ("例：dongsheng", "东胜小区", "本社区", "612"),
    "the mark of an example alone": ("示例", "", "", ""),
    "the header again": HEAD,
    "the header again, spread out": ("编 号", "名  称*", "归属", "户数"),
    "advice": ("必填", "必填", "选一个", "填数字"),
}


@pytest.mark.parametrize("line", PASSED_OVER.values(), ids=PASSED_OVER.keys())
def test_passed_over(line: tuple[str, ...]) -> None:
    found = read(grid(HEAD, FIRST, line, SECOND))
    assert (ids(one(found)), one(found).lost, codes(found)) == (["a-1", "a-2"], [], [])


RECORDS = {
    "a title like a note": ("a-3", "说明会场", "本社区", ""),
    "a title like a total": ("a-3", "合计花园", "本社区", ""),
    "a title that is a total": ("a-3", "总数", "本社区", ""),
    "an example's name": ("a-3", "例园", "本社区", ""),
    "an id, full width": ("ａ-3", "东胜", "本社区", ""),
}


@pytest.mark.parametrize("line", RECORDS.values(), ids=RECORDS.keys())
def test_a_record_all_the_same(line: tuple[str, ...]) -> None:
    found = read(grid(HEAD, FIRST, line))
    assert (ids(one(found)), codes(found)) == (["a-1", "a-3"], [])


LOST = {
    "no id": ("", "说明会场", "本社区", "6"),
    "no id, and a title like a note": ("", "日期:3月", "本社区", "6"),
    "an id that is none": ("第三小区", "东胜", "本社区", "6"),
    "a note's word and a whole row": ("说明会", "东胜", "本社区", "6"),
    "notes' word and a whole row": ("说明", "东胜", "本社区", "6"),
    "a remark and a whole row": ("备注", "东胜", "本社区", ""),
    "a remark with a colon and a whole row": ("注：", "东胜", "本社区", "6"),
    "a remark with its words and a whole row": ("备注:新建的", "东胜", "本社区", "6"),
    "a regular meeting is no example": ("例会1", "东胜", "本社区", "6"),
    "a note's word, and a whole row": ("单位 1", "东胜", "本社区", "6"),
    "a single cell": ("", "单位门口路灯坏了", "", ""),
}


@pytest.mark.parametrize("line", LOST.values(), ids=LOST.keys())
def test_no_record_goes_in_silence(line: tuple[str, ...]) -> None:
    found = read(grid(HEAD, FIRST, line))
    assert [(x.place.row, x.id) for x in one(found).lost] == [(3, "")]
    assert any(p.withholds and p.place.row == 3 for p in found.problems)


EXAMPLES = {
    "another id": ("例:DS-1", "东胜小区", "本社区", "612"),
    "typed over": (layout.example() + "dongsheng", "嘉木花园", "服务圈", "98"),
    "typed over in part": (layout.example() + "dongsheng", "嘉木花园", "本社区", "612"),
    "without an id": ("示例", "东胜小区", "本社区", "612"),
    "for example": ("例如 a-9", "东胜小区", "本社区", "612"),
    "sample": ("(样例)a-9", "东胜小区", "本社区", "612"),
    "no colon": ("例a-9", "东胜小区", "本社区", ""),
}


@pytest.mark.parametrize("line", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_a_row_marked_as_an_example_that_is_not_the_templates_is_told(line: tuple[str, ...]) -> None:
    """Somebody may have typed a record over the example."""
    found = read(grid(HEAD, FIRST, line, SECOND))
    assert (ids(one(found)), one(found).lost) == (["a-1", "a-2"], [])
    (told,) = [p for p in found.problems if p.code != "title-missing-optional"]
    assert (told.code, told.withholds, told.place.row, told.place.cell) == ("row-example", False, 3, "A3")


@pytest.mark.parametrize("day", ["2026-03-05", "2026/3/5", "2026年3月5日"])
def test_the_templates_example_however_its_day_is_shown(day: str) -> None:
    head = ("编号", "网格", "颜色", "更新日期")
    found = read(grid(head, (layout.example() + "TZ-0001", "g3 第三网格", "橙", day), title="四色台账"))
    assert (found.problems, one(found).lost) == ([], [])


def test_an_example_in_a_tab_that_cannot_be_read_is_no_lost_row() -> None:
    found = read(grid(("编号", "名称", "户数"), ("a-1", "东胜", "6"), ("示例", "嘉木", "7")))
    assert (one(found).broken, [x.id for x in one(found).lost]) == (True, ["a-1"])


def test_a_formula_without_its_result_in_an_example_is_not_told() -> None:
    remark = _said("book-formula", 2, "D2", sheet="小区")
    found = read(grid(HEAD, ("示例", "东胜", "本社区", ""), FIRST, raw={"D2": Error("")}), remarks=[remark])
    assert (ids(one(found)), codes(found)) == (["a-1"], ["row-example"])


@pytest.mark.parametrize("ids_", [("xy-2026-002", "XY-2026-002"), ("XY-2026-002", "xy-2026-002", "Xy-2026-002")])
def test_ids_that_differ_in_case_alone_are_doubles(ids_: tuple[str, ...]) -> None:
    """Their pages would have one address on Windows and macOS."""
    found = read(grid(HEAD, FIRST, *[(id, "嘉木", "本社区", "1") for id in ids_]))
    assert (ids(one(found)), [x.id for x in one(found).lost]) == (["a-1"], list(ids_))
    told = [p for p in found.problems if p.code == "id-twice-case"]
    assert [(p.place.row, p.found, p.withholds) for p in told] == [(n, id, True) for n, id in enumerate(ids_, 3)]
    for p in told:
        assert all(id in p.says for id in ids_)


def test_ids_that_differ_in_case_in_two_tabs_name_the_tab() -> None:
    found = read(matters({"编号": "ds-9"}, title="议题台账2025"), matters({"编号": "DS-9"}, title="议题台账2026"))
    told = [p for p in found.problems if p.code == "id-twice-case"]
    assert ["议题台账2026" in told[0].says, "议题台账2025" in told[1].says] == [True, True]
    assert one(found).rows == []


def test_the_keys_of_counted_rows_that_differ_in_case_are_not_shown() -> None:
    head = ("编号", "网格", "颜色")
    found = read(grid(head, ("hu-secret", "g3", "红"), ("HU-secret", "g3", "红"), title="四色台账"))
    assert [p.code for p in found.problems if p.withholds] == ["id-twice-case"] * 2
    assert "secret" not in "".join(f"{p.line()}{p.params}" for p in found.problems)


def test_an_id_alone_is_one_problem_and_its_row_is_lost() -> None:
    found = read(grid(HEAD, FIRST, ("a-2",)))
    assert codes(found) == ["row-only-id"]
    assert [(x.id, x.place.row) for x in one(found).lost] == [("a-2", 3)]


def test_a_banner_across_the_tab_is_told_and_no_row() -> None:
    found = read(grid(HEAD, ("一、老旧小区",), FIRST, merged=((1, 0, 1, 3),)))
    assert (ids(one(found)), one(found).lost) == (["a-1"], [])
    assert [(p.code, p.withholds) for p in found.problems if p.code == "row-stray"] == [("row-stray", False)]


def test_hidden_rows_are_never_read_and_never_told_of() -> None:
    found = read(grid(HEAD, FIRST, ("坏", "坏", "坏", "坏"), SECOND, hidden_rows=frozenset({2})))
    assert (ids(one(found)), one(found).lost, codes(found)) == (["a-1", "a-2"], [], [])


def test_boxes_not_ticked_and_formulas_without_results_make_no_record() -> None:
    raw: dict[str, Any] = {"I3": False, "B4": Error("")}
    rows = [
        {},
        dict.fromkeys(("编号", "标题", "类别", "大小急", "提出日期", "提出渠道", "内容", "程序", "责任单位"), ""),
    ]
    found = read(matters({**rows[0], "公开同意": "是"}, {**rows[1], "公开同意": "FALSE"}, rows[1], raw=raw))
    assert (ids(one(found)), one(found).lost, found.problems) == (["DS-1"], [], [])


def test_a_cell_merged_downwards_holds_for_every_row() -> None:
    found = read(grid(HEAD, FIRST, ("a-2", "嘉木", "", "98"), merged=((1, 2, 2, 2),)))
    assert [r.values["belongs"] for r in one(found).rows] == ["本社区", "本社区"]
    assert codes(found) == []


def test_a_merged_key_makes_doubles_which_are_told() -> None:
    found = read(grid(HEAD, FIRST, ("", "嘉木", "本社区", "98"), merged=((1, 0, 2, 0),)))
    assert codes(found) == ["id-twice", "id-twice"]
    assert [x.id for x in one(found).lost] == ["a-1", "a-1"]


def test_a_row_that_is_only_the_rest_of_merged_cells_is_none() -> None:
    found = read(grid(HEAD, FIRST, ("", "", "", ""), merged=tuple((1, c, 2, c) for c in range(4))))
    assert (ids(one(found)), codes(found)) == (["a-1"], [])


def test_a_cell_merged_across_is_its_first() -> None:
    found = read(grid(HEAD, ("a-1", "东胜", "", "612"), merged=((1, 1, 1, 2),)))
    assert codes(found) == ["cell-empty-choice"]
    assert [p.place.cell for p in found.problems if p.withholds] == ["C2"]


def test_what_is_merged_with_a_hidden_row_is_not_read() -> None:
    found = read(
        grid(
            HEAD,
            ("a-0", "密", "本社区", "1"),
            ("a-1", "", "本社区", "2"),
            merged=((1, 1, 2, 1),),
            hidden_rows=frozenset({1}),
        )
    )
    assert ids(one(found)) == []
    assert "密" not in "".join(p.line() for p in found.problems)


def test_doubles_in_one_tab_are_both_lost() -> None:
    found = read(grid(HEAD, FIRST, SECOND, ("a-1", "另一个", "本社区", "3")))
    assert (ids(one(found)), [x.place.row for x in one(found).lost]) == (["a-2"], [2, 4])
    told = [p for p in found.problems if p.code == "id-twice"]
    assert [(p.place.cell, p.found, p.params["others"]) for p in told] == [("A2", "a-1", "4"), ("A4", "a-1", "2")]


def test_one_id_filled_down_a_whole_tab_names_a_few_rows_each_time() -> None:
    found = read(grid(HEAD, *[FIRST] * 3000))
    told = [p.params["others"] for p in found.problems if p.code == "id-twice"]
    assert (len(told), len(one(found).lost)) == (3000, 3000)
    assert (told[0], told[-1]) == ("3、4、5、6、7、8、9、10…", "2、3、4、5、6、7、8、9…")


def test_a_bad_row_and_a_good_one_of_the_same_id_are_both_lost() -> None:
    found = read(grid(HEAD, FIRST, ("a-1", "另一个", "别处", "3")))
    assert (ids(one(found)), [x.id for x in one(found).lost]) == ([], ["a-1", "a-1"])


# --- what the source could not read ---------------------------------------------------------------------------------


def _said(code: str, row: int, cell: str = "", **params: Any) -> Problem:
    return Problem(code, Place("台账.xlsx", "小区", row, cell), params=params)


def test_a_row_that_the_source_could_not_read_is_lost_and_only_that() -> None:
    remark = _said("csv-ragged", 3, has=3, want=4)
    found = read(grid(HEAD, FIRST, SECOND, ("a-3", "康华", "本社区", "5")), remarks=[remark])
    assert (ids(one(found)), [x.id for x in one(found).lost]) == (["a-1", "a-3"], ["a-2"])
    assert found.problems[0] == remark


def test_the_id_of_a_row_out_of_line_is_its_first_cell_or_none() -> None:
    remark = _said("csv-ragged", 2, has=5, want=4)
    found = read(grid(("名称", "编号", "归属", "户数"), ("东胜", "0951-5550123", "本社区", "a-1")), remarks=[remark])
    assert [x.id for x in one(found).lost] == [""]


def test_merged_cells_beyond_the_last_row_are_nothing() -> None:
    """Google gives ranges as large as the tab."""
    merged = ((1, 0, 1, 0), (2, 2, 999, 2), (500, 0, 999, 3), (0, 0, 0, 99))
    assert ids(one(read(grid(HEAD, FIRST, SECOND, merged=merged)))) == ["a-1", "a-2"]


def test_no_cell_of_a_row_out_of_line_is_shown() -> None:
    """A telephone number may stand under 类别 there."""
    remark = Problem("csv-ragged", Place("台账.xlsx", "议题台账", 2), params={"has": 19, "want": 18})
    found = read(matters({"类别": "张三", "提出日期": "0951-5550123", "大小急": "18600001111"}), remarks=[remark])
    assert (codes(found), [x.id for x in one(found).lost]) == (["csv-ragged"], ["DS-1"])


def test_a_formula_without_its_result_is_told_once() -> None:
    remark = _said("book-formula", 2, "B2", sheet="小区")
    found = read(grid(HEAD, ("a-1", "", "本社区", "5"), raw={"B2": Error("")}), remarks=[remark])
    assert codes(found) == ["book-formula"]
    assert [x.id for x in one(found).lost] == ["a-1"]


def test_a_formula_without_its_result_of_which_no_source_told() -> None:
    found = read(grid(HEAD, ("a-1", "", "本社区", "5"), raw={"B2": Error("")}))
    assert codes(found) == ["book-formula"]
    assert [x.id for x in one(found).lost] == ["a-1"]


def test_what_is_lost_where_nobody_reads_withholds_nothing() -> None:
    head, row = (*HEAD, "自己的"), (*FIRST, "")
    remarks = [_said("book-formula", 2, "E2", sheet="小区"), _said("book-formula", 3, "D3", sheet="小区")]
    found = read(grid(head, row, ("合计", "", "", "", ""), raw={"E2": Error(""), "D3": Error("")}), remarks=remarks)
    assert (ids(one(found)), codes(found)) == (["a-1"], ["title-unknown"])


def test_a_private_formula_without_its_result_is_a_remark() -> None:
    remark = Problem("book-formula", Place("台账.xlsx", "议题台账", 2, "J2"), params={"sheet": "议题台账"})
    found = read(matters({}, raw={"J2": Error("")}), remarks=[remark])
    assert ids(one(found)) == ["DS-1"]
    assert [(p.code, p.withholds, p.place.cell) for p in found.problems] == [("secret-cell-form", False, "J2")]


def test_a_tab_that_the_source_could_not_read_whole() -> None:
    remark = Problem("book-too-big", Place("台账.xlsx", "小区"))
    found = read(grid(HEAD, FIRST), remarks=[remark])
    assert (one(found).broken, [x.id for x in one(found).lost]) == (True, ["a-1"])


def test_remarks_stay_in_their_order_and_rows_in_theirs() -> None:
    remarks = [
        Problem("book-comments", Place("台账.xlsx", "小区"), "A1", {"sheet": "小区", "count": 1}, withholds=False)
    ]
    found = read(grid(HEAD, ("a-1", "东胜", "别处", ""), ("a-2", "嘉木", "本社区", "若干")), remarks=remarks)
    assert codes(found) == ["book-comments", "choice-unknown", "number-vague"]


def test_thousands_of_blank_rows_are_none() -> None:
    blank = ("", "", "", "")
    tab = Grid("小区", (HEAD, FIRST, *[blank] * 5000), "台账.xlsx")
    assert (ids(one(read(tab))), one(read(tab)).lost) == (["a-1"], [])
