"""Where the header is, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.problems import Place, Problem
from generator.sheets import discover
from generator.understand.heading import find
from tests.understand.grids import COMPOUNDS, MATTER, MATTERS, codes, grid, ids, matter, matters, one, read

NEEDED = ("编号", "名称", "归属")
ROW = ("dongsheng", "东胜小区", "本社区")


def test_titles_above_and_blank_lines_are_passed_over() -> None:
    found = read(grid(("东胜小区情况一览表",), ("", "", "填表:2026年3月"), (), NEEDED, (), ROW))
    assert ids(one(found)) == ["dongsheng"]
    assert one(found).rows[0].place == Place("台账.xlsx", "小区", 6)
    assert codes(found) == []


def test_columns_in_any_order_with_blank_ones_between() -> None:
    found = read(grid(("", "归属", "", "编号", "户数", "名称"), ("", "本社区", "", "dongsheng", "612", "东胜小区")))
    (row,) = one(found).rows
    assert (row.values["name"], row.values["households"]) == ("东胜小区", 612)
    assert row.cells == {"belongs": 1, "id": 3, "households": 4, "name": 5}
    assert codes(found) == []


@pytest.mark.parametrize(
    "typed", ["*编号", "编 号", "编号\n(必填)", "编号（必填）", "【必填】编号", "编号:", "编　号*"]
)
def test_stars_spaces_and_advice_do_not_matter(typed: str) -> None:
    assert ids(one(read(grid((typed, "名 称", "归属(下拉选择)"), ROW)))) == ["dongsheng"]


def test_a_unit_in_the_header_is_that_of_its_numbers() -> None:
    head = ("编号", "标题", "决议内容", "通过日期", "执行单位", "完成期限", "花费(万元)")
    found = read(grid(head, ("R-1", "划线", "划好", "2026-03-20", "u-wuye", "2026-04-10", "1.2"), title="决议与落实"))
    assert str(one(found).rows[0].values["cost"]) == "12000.00"
    (told,) = [p for p in found.problems if p.code == "title-scale"]
    assert (told.place, told.withholds) == (Place("台账.xlsx", "决议与落实", 1, "G1"), False)


COST = ("编号", "标题", "决议内容", "通过日期", "执行单位", "完成期限", "花费(万元)")


def _costs(*costs: str, head: tuple[str, ...] = COST, **more: Any) -> list[Problem]:
    rows = [(f"R-{n}", "划线", "划好", "2026-03-20", "u-1", "2026-04-10", cost) for n, cost in enumerate(costs, 1)]
    found = read(grid(head, *rows, title="决议与落实", **more))
    assert not one(found).broken
    return [p for p in found.problems if p.code == "title-scale"]


def test_a_scale_in_the_header_is_told_once_by_the_first_number_that_it_multiplies() -> None:
    """花费(万元) over numbers that are plain yuan: thirty-eight million is not to be published in silence."""
    (told,) = _costs("", "0", "120元", "3860.00", "12.5")
    assert (told.found, told.params["shown"], told.params["value"], told.withholds) == (
        "花费",
        "3860.00",
        "38,600,000.00 元",
        False,
    )
    assert "万元" in told.says
    assert "“花费”" in told.mend


@pytest.mark.parametrize("costs", [(), ("", "0"), ("120元", "1.2万元")])
def test_a_scale_that_multiplies_nothing_is_not_told(costs: tuple[str, ...]) -> None:
    assert _costs(*costs) == []


def test_a_scale_of_a_count_and_none_of_a_unit() -> None:
    (told,) = [p for p in read(grid((*NEEDED, "户数(千户)"), (*ROW, "1.2"))).problems if p.code == "title-scale"]
    assert (told.params["shown"], told.params["value"]) == ("1.2", "1,200 户")
    assert [p for p in read(grid((*NEEDED, "户数(户)"), (*ROW, "612"))).problems if p.code == "title-scale"] == []


def test_the_example_of_a_scale_is_of_no_cell_that_may_stand_under_another_title() -> None:
    remark = Problem("csv-ragged", Place("台账.xlsx", "小区", 2), params={"has": 5, "want": 4})
    head = (*NEEDED, "户数(千)")
    found = read(grid(head, ("a-1", "东胜", "本社区", "7"), ("a-2", "嘉木", "本社区", "2")), remarks=[remark])
    (told,) = [p for p in found.problems if p.code == "title-scale"]
    assert told.params["shown"] == "2"


def test_a_private_number_is_no_example_of_a_scale() -> None:
    columns = discover()["subsidies"].columns
    head = tuple("金额(万元)" if c.title == "金额" else c.title for c in columns)
    row = tuple("3" if c.title == "金额" else "x-1" if c.key else (c.kind.choices or ("",))[0] for c in columns)
    found = read(grid(head, row, title="补贴"))
    assert not [p for p in found.problems if p.code == "title-scale"]


def test_a_mobile_number_is_not_shown_as_the_example_of_a_scale() -> None:
    found = read(grid((*NEEDED, "户数(十)"), (*ROW, "13900001111")))
    assert "13900001111" not in "".join(f"{p.line()}{p.params}" for p in found.problems)


@pytest.mark.parametrize(("title", "typed"), [("户数", "户数(%)"), ("户数", "户数(元)"), ("户数", "户数（月）")])
def test_a_unit_that_the_column_cannot_have_breaks_the_tab(title: str, typed: str) -> None:
    found = read(grid((*NEEDED, typed), (*ROW, "66")))
    assert codes(found) == ["title-unit"]
    assert (one(found).broken, ids(one(found)), [x.id for x in one(found).lost]) == (True, [], ["dongsheng"])


def test_days_are_no_months() -> None:
    head = ("编号", "议题", "步骤", "结果", "日期", "经办", "说明", "公示天数(月)")
    found = read(grid(head, ("s-1", "DS-1", "公示", "完成", "2026-03-05", "支部", "贴出", "1"), title="办理过程"))
    assert codes(found) == ["title-unit"]


STEP = ("s-1", "DS-1", "公示", "完成", "2026-03-05", "支部", "贴出", "2026-03-06", "7", "日历日")
TOP = ("编号", "议题", "步骤", "结果", "日期", "经办", "说明", "公示", "", "")
BELOW = ("", "", "", "", "", "", "", "起", "天数", "日别")


@pytest.mark.parametrize(
    "merged",
    [(), ((0, 7, 0, 9),), ((0, 7, 0, 9), *((0, c, 1, c) for c in range(7)))],
    ids=["blanks", "group", "group and titles"],
)
def test_a_header_of_two_rows(merged: tuple[tuple[int, int, int, int], ...]) -> None:
    found = read(grid(TOP, BELOW, STEP, title="办理过程", merged=merged))
    (row,) = one(found).rows
    assert row.values["posted_on"].isoformat() == "2026-03-06"
    assert (row.values["posted_days"], row.values["posted_kind"], row.place.row) == (7, "日历日", 3)
    assert codes(found) == []


def test_two_groups_with_the_same_words_below() -> None:
    top = ("编号", "标题", "决议内容", "通过日期", "执行单位", "完成期限", "公示", "", "", "结果公示", "", "")
    below = (*[""] * 6, "起", "天数", "日别", "起", "天数", "日别")
    row = (
        "R-1",
        "划线",
        "划好",
        "2026-03-20",
        "u-1",
        "2026-04-10",
        "2026-03-21",
        "7",
        "日历日",
        "2026-04-11",
        "5",
        "工作日",
    )
    (got,) = one(read(grid(top, below, row, title="决议与落实", merged=((0, 6, 0, 8), (0, 9, 0, 11))))).rows
    assert (got.values["posted_days"], got.values["result_posted_days"]) == (7, 5)
    assert got.values["result_posted_kind"] == "工作日"


def test_a_group_that_is_only_an_ornament() -> None:
    top, below = ("基本情况", "", "", "公示", "", ""), ("编号", "议题", "步骤", "起", "天数", "日别")
    heading = find(grid(top, below, title="办理过程", merged=((0, 0, 0, 2), (0, 3, 0, 5))), discover()["steps"])
    assert heading is not None
    assert [c and c.title for c in heading.columns] == ["编号", "议题", "步骤", "公示起", "公示天数", "公示日别"]


def test_a_word_below_a_group_is_not_the_title_of_the_same_word() -> None:
    """日期 under 公示 is no date of the step, though 日期 alone would be."""
    top, below = ("编号", "议题", "步骤", "公示", "", ""), ("", "", "", "日期", "天数", "日别")
    heading = find(grid(top, below, title="办理过程", merged=((0, 3, 0, 5),)), discover()["steps"])
    assert heading is not None
    assert [c and c.title for c in heading.columns] == ["编号", "议题", "步骤", None, "公示天数", "公示日别"]


def test_the_line_below_a_header_is_a_record_not_a_second_header() -> None:
    assert ids(one(read(grid(NEEDED, ROW, ("jiamu", "嘉木花园", "本社区"))))) == ["dongsheng", "jiamu"]


def test_titles_that_nobody_declared_are_told_and_not_read() -> None:
    found = read(grid((*NEEDED, "负责人手机"), (*ROW, "13900001111")))
    (told,) = [p for p in found.problems if p.code == "title-unknown"]
    assert (told.found, told.place.cell, told.withholds) == ("负责人手机", "D1", False)
    assert ids(one(found)) == ["dongsheng"]


def test_a_private_number_as_a_title_is_not_shown() -> None:
    found = read(grid((*NEEDED, "13900001111"), ROW))
    assert "13900001111" not in "".join(p.line() for p in found.problems)


def test_words_under_no_title_are_told() -> None:
    found = read(grid((*NEEDED, ""), (*ROW, "机密")))
    assert codes(found) == ["title-blank"]
    assert "机密" not in found.problems[0].line()


def test_nothing_is_said_of_a_column_that_a_merged_title_covers() -> None:
    found = read(grid(("编号", "名称", "", "归属"), ("a-1", "东胜", "", "本社区"), merged=((0, 1, 0, 2), (1, 1, 1, 2))))
    assert codes(found) == []


@pytest.mark.parametrize("second", ["", "东胜小区"])
def test_a_title_twice_that_says_the_same(second: str) -> None:
    found = read(grid((*NEEDED, "名称"), (*ROW, second)))
    assert codes(found) == ["column-twice"]
    assert ids(one(found)) == ["dongsheng"]


def test_a_title_twice_that_says_two_things_breaks_the_tab() -> None:
    found = read(grid((*NEEDED, "名称"), (*ROW, "东胜花园")))
    assert codes(found) == ["title-twice"]
    assert (one(found).broken, [x.id for x in one(found).lost]) == (True, ["dongsheng"])


def test_a_private_title_twice_is_a_remark() -> None:
    lines = [(*MATTERS, "联系电话"), (*matter(联系电话="0951-5550123"), "0951-5550124")]
    found = read(grid(*lines, title="议题台账"))
    assert codes(found) == ["column-twice"]
    assert one(found).rows[0].values["phone"] == "0951-5550123"


def test_a_required_column_that_is_missing() -> None:
    found = read(grid(("编号", "名称", "户数"), ("a-1", "东胜", "6"), ("a-2", "嘉木", "7")))
    assert codes(found) == ["title-missing"]
    assert (one(found).broken, [x.id for x in one(found).lost]) == (True, ["a-1", "a-2"])
    missing = next(p for p in found.problems if p.code == "title-missing")
    assert (missing.found, missing.withholds) == ("归属", True)


def test_without_its_key_column_the_rows_are_lost_without_ids() -> None:
    found = read(grid(("名称", "归属", "户数"), ("东胜", "本社区", "6")))
    assert (one(found).broken, [x.id for x in one(found).lost]) == (True, [""])


def test_an_optional_column_that_is_missing_is_a_remark_and_a_private_one_nothing() -> None:
    said = [p for p in read(matters({})).problems if p.code == "title-missing-optional"]
    assert said == []
    lines = [
        tuple(c for t, c in zip(MATTERS, line, strict=True) if t not in ("联系电话", "归档号"))
        for line in (MATTERS, matter())
    ]
    said = read(grid(*lines, title="议题台账")).problems
    assert [(p.code, p.found, p.withholds) for p in said] == [("title-missing-optional", "归档号", False)]


def test_what_is_to_be_counted_must_be_there() -> None:
    found = read(grid(("编号", "颜色", "户主姓名"), ("TZ-1", "红", "张三"), title="四色台账"))
    assert codes(found) == ["title-missing"]
    assert one(found).broken


def test_a_hidden_column_is_as_if_it_were_not_there() -> None:
    found = read(grid((*NEEDED, "户数"), (*ROW, "612"), hidden_columns=frozenset({3})))
    assert one(found).rows[0].values["households"] is None
    assert codes(found) == ["title-hidden-optional"]
    found = read(grid(NEEDED, ROW, hidden_columns=frozenset({1})))
    assert codes(found) == ["title-hidden"]
    assert (one(found).broken, [x.id for x in one(found).lost]) == (True, ["dongsheng"])


def test_a_hidden_private_column_is_nobodys_business() -> None:
    found = read(matters({"联系电话": "0951-5550123"}, hidden_columns=frozenset({MATTERS.index("联系电话")})))
    assert found.problems == []
    assert one(found).rows[0].values["phone"] is None


def test_a_title_in_a_hidden_row_is_none() -> None:
    found = read(grid(NEEDED, ROW, hidden_rows=frozenset({0})))
    assert codes(found) == ["header-not-found"]


def test_no_header_at_all() -> None:
    found = read(grid(("东胜", "612"), ("嘉木", "98")))
    assert codes(found) == ["header-not-found"]
    assert (one(found).broken, one(found).rows) == (True, [])
    assert "编号、名称、归属" in found.problems[0].mend


def test_a_header_too_far_down_is_none() -> None:
    assert codes(read(grid(*[("说明",)] * 12, NEEDED, ROW))) == ["header-not-found"]
    assert codes(read(grid(*[("说明",)] * 11, NEEDED, ROW))) == []


RAGGED = {"has": 3, "want": 4}


@pytest.mark.parametrize(("rest", "broken"), [("", False), ("?", True)])
def test_a_header_shorter_than_its_rows(rest: str, broken: bool) -> None:
    remark = Problem("csv-ragged", Place("台账.xlsx", "小区", 1), params=RAGGED)
    found = read(grid(NEEDED, (*ROW, rest)), remarks=[remark])
    assert one(found).broken is broken
    assert ("header-ragged" in codes(found)) is broken


def test_a_damaged_title_is_one_that_nobody_declared() -> None:
    found = read(grid((*NEEDED, "户\ufffd"), (*ROW, "612")))
    assert codes(found) == ["title-unknown"]
    assert MATTER["编号"] == "DS-1"
    assert COMPOUNDS[:3] == NEEDED


def _shut(
    *titles: str, rows: tuple[tuple[str, ...], ...] = (), above: tuple[str, ...] = ()
) -> tuple[Any, list[Problem]]:
    """The register of matters with other titles; what was said of those that are not for the public."""
    named = {t.split("(")[0].split("（")[0].rpartition("】")[2]: t for t in titles}
    head = tuple(named.get(t, t) for t in MATTERS)
    lines = [head, *rows, matter(**{"编号": "DS-1", "办理结果": "调解时哭了三次", "内容": "欠债不还"})]
    found = read(grid(*([above] if above else []), *lines, title="议题台账"))
    return one(found), [p for p in found.problems if p.code.startswith("title-shut")]


@pytest.mark.parametrize(
    "typed",
    [
        "办理结果（不公开）",
        "办理结果(内部)",
        "办理结果（选填，请勿公开）",
        "【保密】办理结果",
        "办理结果(仅网格员可见)",
    ],
)
def test_a_public_column_whose_header_says_that_it_is_not_for_the_public_is_not_read(typed: str) -> None:
    table, (told,) = _shut(typed)
    (row,) = table.rows
    assert row.values["outcome"] is None
    assert "outcome" not in row.cells
    at = f"{chr(ord('A') + MATTERS.index('办理结果'))}1"
    assert (told.code, told.place.cell, told.withholds) == ("title-shut-optional", at, False)
    assert "不公开" in told.says


def test_a_required_one_keeps_the_whole_tab_back() -> None:
    table, (told,) = _shut("内容(保密)")
    assert (table.broken, table.rows, told.code, told.withholds) == (True, [], "title-shut", True)


def test_a_masked_one_is_not_read_either() -> None:
    table, (told,) = _shut("提出人（不公开）")
    assert table.rows[0].values["raised_by"] is None
    assert told.code == "title-shut-optional"


@pytest.mark.parametrize("marks", ["above", "below"])
def test_the_word_may_stand_in_a_row_of_its_own(marks: str) -> None:
    line = tuple("(不公开)" if t == "办理结果" else "必填" if t == "编号" else "" for t in MATTERS)
    _, told = (
        _shut(above=tuple("内部" if t == "归档号" else "" for t in MATTERS))
        if marks == "above"
        else _shut(rows=(line,))
    )
    assert [p.code for p in told] == ["title-shut-optional"]
    assert told[0].found == ("归档号" if marks == "above" else "办理结果")


def test_the_word_in_a_header_of_two_rows() -> None:
    above = ("编号", "议题", "步骤", "公示", "", "", "不公开", "")
    below = ("", "", "", "起", "天数", "日别", "办理说明", "备注")
    sheet = discover()["steps"]
    titles = [c.title for c in sheet.columns if c.published]
    shown = next(t for t in titles if t not in above and not t.startswith("公示"))
    found = find(grid(above, (*below[:6], shown, below[7]), title=sheet.title), sheet)
    assert found is not None
    assert (found.first, found.last, found.shut) == (0, 1, {6})
    found = find(grid((*above[:6], shown, ""), (*below[:6], "(不公开)", ""), title=sheet.title), sheet)
    assert found is not None
    assert (found.last, found.shut) == (1, {6})


def test_of_two_columns_of_one_title_the_one_that_is_for_the_public_is_read() -> None:
    head, row = (*NEEDED, "简介（不公开）", "简介"), (*ROW, "书记家在三楼", "老小区")
    found = read(grid(head, row))
    assert one(found).rows[0].values["about"] == "老小区"
    assert codes(found) == ["title-shut-optional"]


def test_under_a_private_title_it_is_harmless_and_so_is_advice_that_has_the_word() -> None:
    assert _shut("联系电话(不公开)", "公开同意(不公开的填否)", "标题(公开)")[1] == []


def test_in_sheets_that_nobody_publishes_it_is_harmless() -> None:
    sheets = discover()
    for sheet in (s for s in sheets.values() if s.stays or s.counts):
        head = tuple(f"{c.title}(不公开)" for c in sheet.columns)
        found = find(grid(head, title=sheet.title), sheet)
        assert found is not None
        assert found.shut == frozenset()


def test_a_word_of_the_list_in_the_first_record_shuts_nothing() -> None:
    sheet = discover()["people"]
    head = tuple(c.title for c in sheet.columns)
    row = tuple("不公开" if t == "公开依据" else "某" for t in head)
    found = find(grid(head, row, title=sheet.title), sheet)
    assert found is not None
    assert found.shut == frozenset()
