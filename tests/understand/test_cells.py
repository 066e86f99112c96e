"""What every kind of cell says, and what is said of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from generator import typed
from generator.columns import Bad
from generator.problems import Problem
from generator.raw import Error
from generator.sheets import discover
from generator.typed import choices
from generator.understand import FullRow, kinds, variants
from tests.understand.grids import MATTERS, codes, grid, ids, matters, one, read

NOT = "不未没非无"


def _cell(title: str, text: str, raw: Any = None, **more: Any) -> tuple[Any, list[Problem], bool]:
    """A cell of the register of matters: its value, what was said, whether the row was lost."""
    at = f"{chr(ord('A') + MATTERS.index(title))}2"
    found = read(matters({title: text}, raw=None if raw is None else {at: raw}, **more))
    table = one(found)
    name = next(c.name for c in table.sheet.columns if c.title == title)
    return (table.rows[0].values[name] if table.rows else None), found.problems, bool(table.lost)


GOOD: list[tuple[str, str, Any, Any]] = [
    ("编号", "007", 7, "007"),
    ("编号", "7", 7, "7"),
    ("编号", " ＤＳ-2 ", None, "DS-2"),
    ("标题", " 楼道\u200b堆物 ", None, "楼道堆物"),
    ("标题", "12", 12, "12"),
    ("归档号", "0.30000000000000004", 0.30000000000000004, "0.3"),
    ("归档号", "东胜协备〔2026〕3号", None, "东胜协备〔2026〕3号"),
    ("归档号", "-", None, None),
    ("归档号", "无", None, "无"),
    ("办理结果", "第一段\r\n\r\n  第二段  ", None, "第一段\n第二段"),
    ("大小急", "小", None, "小事"),
    ("大小急", "“大事”", None, "大事"),
    ("提出渠道", "12345热线", None, "12345转办"),
    ("提出日期", "2026年3月5日", datetime(2026, 3, 5), date(2026, 3, 5)),
    ("提出日期", "二〇二六年三月五日", None, date(2026, 3, 5)),
    ("提出日期", "2026.3.5 星期四", None, date(2026, 3, 5)),
    ("公开同意", "√", None, True),
    ("公开同意", "TRUE", True, True),
    ("公开同意", "无", None, False),
    ("公开同意", "", None, None),
    ("联系电话", "(0951) 555 0123", None, "0951-5550123"),
    ("联系电话", "1.39E+10", 13900001111, "13900001111"),
    ("提出人", "张　三", None, "张三"),
    ("提出人", "暂无", None, None),
    ("提出人", "买买提•艾力", None, "买买提·艾力"),
    ("提出人", "投信居民（未署名）", None, "投信居民（未署名）"),
    ("提出人", "𠮷某", None, "𠮷某"),
    ("程序", "liubu 六步工作法", None, "liubu"),
    ("责任单位", "u-wuye", None, "u-wuye"),
    ("小区", "dongsheng 东胜小区", None, "dongsheng"),
    ("小区", "/", None, None),
]


@pytest.mark.parametrize(("title", "text", "raw", "value"), GOOD, ids=[f"{t}-{x}" for t, x, _, _ in GOOD])
def test_understood_without_a_word(title: str, text: str, raw: Any, value: Any) -> None:
    got, said, lost = _cell(title, text, raw)
    assert (got, type(got), said, lost) == (value, type(value), [], False)


TOLD: list[tuple[str, str, Any, Any, str]] = [
    ("提出日期", "2026-03-05 14:30", datetime(2026, 3, 5, 14, 30), date(2026, 3, 5), "date-time-dropped"),
    ("提出日期", "46086", 46086, date(2026, 3, 5), "date-serial"),
    ("提出日期", "3月5日", datetime(2026, 3, 5), date(2026, 3, 5), "date-shown"),
    ("公开同意", "x", None, False, "yes-no-cross"),
    ("归档号", "6.4E+11", 640104010123, "640104010123", "number-shown"),
]


@pytest.mark.parametrize(("title", "text", "raw", "value", "code"), TOLD, ids=[f"{t}-{x}" for t, x, *_ in TOLD])
def test_understood_with_a_remark(title: str, text: str, raw: Any, value: Any, code: str) -> None:
    got, said, lost = _cell(title, text, raw)
    assert (got, [(p.code, p.withholds) for p in said], lost) == (value, [(code, False)], False)


BAD: list[tuple[str, str, Any, str]] = [
    ("编号", "东胜1", None, "id-form"),
    ("编号", "2026-03-05", datetime(2026, 3, 5), "number-is-date"),
    ("编号", "TRUE", True, "id-form"),
    ("标题", "", None, "cell-empty"),
    ("标题", "暂缺", None, "cell-empty"),
    ("标题", "两行\n标题", None, "text-one-line"),
    ("标题", "同上", None, "ditto"),
    ("标题", "\ue000号楼", None, "text-without-shape"),
    ("标题", "#REF!", Error("#REF!"), "cell-error"),
    ("标题", "Loading...", Error("Loading..."), "cell-error"),
    ("归档号", "6.40104E+17", 640104010123000000, "number-long"),
    ("类别", "", None, "cell-empty-choice"),
    ("类别", "停车管里", None, "choice-near"),
    ("类别", "天气", None, "choice-unknown"),
    ("提出日期", "2026-2-30", None, "date-impossible"),
    ("提出日期", "03/05/2026", None, "date-order"),
    ("提出日期", "3月5日", None, "date-no-year"),
    ("提出日期", "2026-03-05", datetime(2026, 3, 6), "date-two-values"),
    ("公开同意", "不详", None, "unsure"),
    ("提出人", "张三、李四", None, "name-several"),
    ("提出人", "马?", None, "text-lost"),
    ("责任单位", "物业公司", None, "ref-not-found"),
    ("责任单位", "u-1、u-2", None, "ref-several"),
    ("责任单位", "3月5日", datetime(2026, 3, 5), "number-is-date"),
    ("程序", "六步", None, "id-form"),
    ("程序", "liubu siyi", None, "id-form"),
    ("内容", "电话13900001111", None, "private-mobile"),
    ("内容", "电话１３９ ００００ １１１１", None, "private-mobile"),
    ("内容", "电话一三九零零零零一一一一", None, "private-mobile"),
    ("标题", "东胜小区3-2-501", None, "private-room"),
]


@pytest.mark.parametrize(("title", "text", "raw", "code"), BAD, ids=[f"{t}-{x}" for t, x, _, _ in BAD])
def test_refused(title: str, text: str, raw: Any, code: str) -> None:
    _, said, lost = _cell(title, text, raw)
    assert ([(p.code, p.withholds, p.place.column) for p in said], lost) == ([(code, True, title)], True)
    assert said[0].line()


@pytest.mark.parametrize(
    ("title", "text", "raw"),
    [("联系电话", "不肯说", None), ("联系电话", "同微信号abc", None), ("联系电话", "#N/A", Error("#N/A"))],
)
def test_a_private_cell_that_is_wrong_withholds_nothing_and_is_not_shown(title: str, text: str, raw: Any) -> None:
    got, said, lost = _cell(title, text, raw)
    assert (got, [(p.code, p.found, p.withholds) for p in said], lost) == (
        None,
        [("secret-cell-form", "", False)],
        False,
    )
    assert text not in said[0].line()


def test_dates_of_the_1904_system() -> None:
    got, said, _ = _cell("提出日期", "44624", 44624, date1904=True)
    assert (got, [p.code for p in said]) == (date(2026, 3, 5), ["date-serial"])


def test_one_and_true_are_not_the_same_cell() -> None:
    """1, 1.0 and TRUE are equal to Python; a column that had the one must not take the other for it."""
    head = ("编号", "名称", "归属", "户数")
    lines = [("a-1", "东胜", "本社区", "1"), ("a-2", "嘉木", "本社区", "1"), ("a-3", "康华", "本社区", "1")]
    found = read(grid(head, *lines, raw={"D2": 1, "D3": True, "D4": 1.0}))
    assert ids(one(found)) == ["a-1", "a-3"]
    assert [p.place.cell for p in found.problems if p.withholds] == ["D3"]


def test_what_is_wrong_twice_is_told_twice() -> None:
    found = read(matters({"类别": "天气"}, {"类别": "天气"}))
    assert [(p.code, p.place.cell) for p in found.problems] == [("choice-unknown", "D2"), ("choice-unknown", "D3")]


def test_a_number_beneath_is_looked_at_as_well() -> None:
    """Shown as 1.39E+10 nothing private is to be seen, but what would be published is a mobile number."""
    people = ("编号", "姓名", "公开依据", "工作电话")
    found = read(grid(people, ("p-1", "张三", "不公开", "1.39E+10"), title="人员", raw={"D2": 13900001111}))
    assert [p.code for p in found.problems if p.withholds] == ["private-mobile"]
    assert "13900001111" not in "".join(p.line() for p in found.problems)
    head = ("编号", "名称", "归属", "户数")
    found = read(grid(head, ("a-1", "东胜", "本社区", "1.39E+10"), raw={"D2": 13900001111}))
    assert ids(one(found)) == []
    assert "13900001111" not in "".join(f"{p.line()}{p.as_dict()}" for p in found.problems)


def test_a_hidden_number_is_not_shown_in_what_is_said_of_it() -> None:
    head = ("编号", "名称", "归属", "户数")
    found = read(grid(head, ("a-1", "东胜", "本社区", "5"), raw={"D2": 13900001111}))
    assert codes(found) == ["number-hidden"]
    assert "13900001111" not in "".join(f"{p.line()}{p.params}" for p in found.problems)


# --- references -----------------------------------------------------------------------------------------------------

PEOPLE = (("编号", "姓名", "公开依据"), ("p-1", "马兰", "不公开"), ("p-2", "张三", "不公开"), ("p-3", "张三", "不公开"))
COMPOUNDS = (("编号", "名称", "归属"), ("a-1", "东胜小区", "本社区"), ("a-2", "3号院（南）", "本社区"))


def _ref(title: str, text: str) -> tuple[Any, list[Problem]]:
    found = read(matters({title: text}), grid(*PEOPLE, title="人员"), grid(*COMPOUNDS, title="小区"))
    rows = found.tables["matters"].rows
    name = {"责任人": "owner_person", "小区": "compound"}[title]
    return (rows[0].values[name] if rows else None), [p for p in found.problems if p.place.sheet == "议题台账"]


@pytest.mark.parametrize(
    "text",
    ["a-1", "a-1 东胜小区", "a-1　东胜小区", "a-1｜东胜小区", "a-1|东胜小区", "a-1-东胜小区", "a-1—东胜小区", "a-1(东胜小区)",
     "a-1东胜小区", "a-1 东胜", "ａ-1 东胜小区", "a-1:东胜小区"],
)  # fmt: skip
def test_an_id_with_the_label_of_the_dropdown(text: str) -> None:
    assert _ref("小区", text) == ("a-1", [])


def test_a_label_that_begins_like_an_id() -> None:
    got, said = _ref("小区", "3号院(南)")
    assert (got, [p.code for p in said]) == ("a-2", ["ref-by-label"])


def test_a_label_of_another_row_is_told() -> None:
    got, said = _ref("小区", "a-1 嘉木花园")
    assert (got, [(p.code, p.withholds) for p in said]) == ("a-1", [("ref-label", False)])


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("小区", "嘉木花园", "ref-not-found"),
        ("责任人", "张三", "ref-many"),
        ("小区", "a-1 a-2", "ref-several"),
        ("责任人", "p-1 马兰、p-2 张三", "ref-several"),
    ],
)
def test_a_reference_that_is_not_sure(title: str, text: str, code: str) -> None:
    got, said = _ref(title, text)
    assert (got, [(p.code, p.withholds) for p in said]) == (None, [(code, True)])


@pytest.mark.parametrize("text", ["马兰", "p-1 马兰", "p-2 马兰", "p-1 马兰、p-2 张三", "张三", "马兰花", "马 兰?"])
def test_names_behind_a_reference_are_not_shown(text: str) -> None:
    _, said = _ref("责任人", text)
    told = "".join(f"{p.line()}{p.as_dict()}{p.params}" for p in said)
    assert not any(name in told for name in ("马兰", "张三", "马 兰"))


def test_a_bare_name_of_one_person_is_taken_with_a_remark() -> None:
    got, said = _ref("责任人", "马 兰")
    assert (got, [(p.code, p.found) for p in said]) == ("p-1", [("ref-by-label", "马 *")])


def test_a_label_is_not_looked_at_where_the_sheet_has_no_tab() -> None:
    got, said, _ = _cell("责任单位", "u-wuye 东胜小区物业服务中心")
    assert (got, said) == ("u-wuye", [])


# --- everyday variants ----------------------------------------------------------------------------------------------


def _variants() -> list[tuple[str, str]]:
    return [(sheet, title) for sheet, columns in variants.catalogue().items() for title in columns]


@pytest.mark.parametrize(("sheet", "title"), _variants())
def test_variants_are_of_declared_columns_and_beyond_doubt(sheet: str, title: str) -> None:
    column = next(c for c in discover()[sheet].columns if c.title == title)
    choices.check(column.kind.choices, variants.of(sheet, title))
    assert not set(column.kind.choices) & set(variants.of(sheet, title))


def test_a_column_without_variants_has_none() -> None:
    assert variants.of("matters", "标题") == {}


def test_a_full_row_shows_no_value() -> None:
    (row,) = one(read(matters({"联系电话": "13900001111", "提出人": "张三"}))).rows
    assert isinstance(row, FullRow)
    assert (row.values["phone"], row.values["raised_by"]) == ("13900001111", "张三")
    assert not any(secret in f"{row!r}{row}" for secret in ("13900001111", "张三", "楼道"))
    assert not hasattr(row, "__dict__")


# --- rough numbers ---------------------------------------------------------------------------------------------------

ROUGH = ["三百多", "约10", "30多", "50余", "近百", "大约 50", "50人左右", "～50", "百余户"]


@pytest.mark.parametrize("text", ROUGH)
def test_a_rough_number_is_no_count(text: str) -> None:
    """It would be published as if it were exact."""
    found = read(grid(("编号", "名称", "归属", "户数"), ("a-1", "东胜", "本社区", text)))
    assert ([p.code for p in found.problems if p.withholds], ids(one(found))) == (["number-rough"], [])
    assert "空着" in next(p.mend for p in found.problems if p.withholds)


@pytest.mark.parametrize("text", ROUGH)
def test_a_rough_number_that_must_be_filled_in_is_not_to_be_left_out(text: str) -> None:
    head = ("编号", "表决事项", "会议", "规则", "应到", "实到", "赞成", "反对", "弃权", "公布结果", "表决方式")
    found = read(grid(head, ("V-1", "划线", "M-1", "yishi", "15", "13", text, "3", "1", "通过", "举手"), title="表决"))
    (told,) = [p for p in found.problems if p.withholds]
    assert (told.code, told.place.column, ids(one(found))) == ("number-rough-required", "赞成", [])
    assert "空着" not in told.mend


@pytest.mark.parametrize(
    ("text", "value", "rough"),
    [("约50", 50, "约"), ("30多", 30, "多"), ("50余", 50, "余"), ("三百有余", 300, "余"), ("近百", 100, "约")],
)
def test_a_rough_figure_has_a_column_for_its_word(text: str, value: int, rough: str) -> None:
    head = ("编号", "名称", "数值", "单位", "概数", "来源")
    found = read(grid(head, ("f-1", "志愿者", text, "名", "", "社区报表"), title="公布数字"))
    (told,) = [p for p in found.problems if p.code != "title-missing-optional"]
    assert (told.code, told.withholds, told.place.column) == ("number-about-beside", False, "数值")
    assert f"“概数”里选“{rough}”" in told.mend
    assert str(value) in told.line()
    assert [r.values["value"] for r in one(found).rows] == [value]


# --- words about cells ----------------------------------------------------------------------------------------------


def test_an_empty_reference_names_the_sheet_whose_ids_are_wanted() -> None:
    for others in ((), (grid(("编号", "名称", "类别"), ("u-1", "物业", "物业公司"), title="组织"),)):
        found = read(matters({"责任单位": ""}), *others)
        (told,) = [p for p in found.problems if p.code != "title-missing-optional"]
        assert (told.code, told.place.column, told.withholds) == ("cell-empty-ref", "责任单位", True)
        assert "《组织》里的编号" in told.mend


def test_an_empty_cell_of_several_sentences() -> None:
    _, (told,), _ = _cell("内容", "")
    assert "几句话" in told.mend


def test_as_above_is_no_name_and_is_shown() -> None:
    head = ("编号", "姓名", "公开依据")
    found = read(grid(head, ("p-1", "马兰", "不公开"), ("p-2", "同上", "不公开"), title="人员"))
    (told,) = [p for p in found.problems if p.withholds]
    assert (told.code, told.found) == ("ditto", "同上")


@pytest.mark.parametrize(
    ("title", "text"),
    [("公开依据", "公开"), ("公开依据", "同意公开"), ("公开依据", "本人不同"), ("公开依据", "未公开依据")],
)
def test_the_opposite_is_never_offered(title: str, text: str) -> None:
    found = read(grid(("编号", "姓名", "公开依据"), ("p-1", "马兰", text), title="人员"))
    (told,) = [p for p in found.problems if p.withholds]
    if "不" in text:
        assert "本人同意" not in told.params.get("nearest", "")
    else:
        assert "不公开" not in told.params.get("nearest", "")


def _declared_choices() -> list[tuple[str, ...]]:
    return sorted({c.kind.choices for s in discover().values() for c in s.columns if c.kind.choices})


@pytest.mark.parametrize("words", [*_declared_choices(), ("公开", "不公开"), ("已完成", "未完成", "无效", "有效")])
def test_no_word_is_offered_that_turns_on_a_not(words: tuple[str, ...]) -> None:
    """Each word with a 不, 未, 没, 非 or 无 put in, taken out or put for another character."""
    for word in words:
        typed = {word[:n] + no + word[n:] for no in "不未没非无" for n in range(len(word) + 1)}
        typed |= {word[:n] + no + word[n + 1 :] for no in "不未没非无" for n in range(len(word)) if word[n] not in NOT}
        typed |= {word[:n] + c + word[n + 1 :] for n in range(len(word)) if word[n] in NOT for c in ("", "已", "再")}
        for text in typed - set(words) - {""}:
            with pytest.raises(Bad) as caught:
                choices.choice(text, words)
            offered = str(caught.value.params.get("nearest", "")).split("”或“")
            assert word not in offered


def test_a_misspelt_word_is_still_offered() -> None:
    with pytest.raises(Bad) as caught:
        choices.choice("末通过", ("通过", "未通过"))
    assert (caught.value.code, caught.value.params["nearest"]) == ("choice-near", "未通过")


@pytest.mark.parametrize(("sheet", "title", "text"), [("resolutions", "花费", "约3860"), ("votes", "赞成面积", "约5000")])
def test_rough_money_and_areas_are_not_taken_for_exact(sheet: str, title: str, text: str) -> None:
    column = next(c for c in discover()[sheet].columns if c.title == title)
    read = kinds.reader(column, typed.header(title).value, {}, False)
    with pytest.raises(Bad, match="number-rough"):
        read(text, None)
