"""What volunteers fill into the workbook is understood, and what they leave alone is no record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator import layout
from generator.privacy import publish
from generator.problems import Place, Problem, letters
from generator.reading import read_table
from generator.sheets import discover
from generator.sources import workbook as source
from generator.template import design, workbook
from generator.template.design import Tab
from generator.understand import Understood, understand
from generator.writing import table

IDS = {"#rule": ("yishi 议事协商会表决",), "#procedure": ("liubu 六步议事法",)}
TABS = design.tabs(design.groups(discover(), IDS))


@cache
def made() -> bytes:
    return workbook.make(discover(), IDS)


def understood(change: Callable[[openpyxl.Workbook], None] | None = None) -> Understood:
    """The workbook after ``change``, saved by another program, as it is read and understood."""
    if change is None:
        return understand(source.read_bytes(made(), "台账.xlsx"), discover())
    book = openpyxl.load_workbook(BytesIO(made()))
    change(book)
    del book["选项"]  # its formulas have results only after Excel or WPS has worked them out
    out = BytesIO()
    book.save(out)
    return understand(source.read_bytes(out.getvalue(), "台账.xlsx"), discover())


def other(problems: list[Problem]) -> list[str]:
    """What is said beyond the remark that comments are not read."""
    return [p.line() for p in problems if p.code != "book-comments"]


def fill(book: openpyxl.Workbook, title: str, row: int, **cells: object) -> None:
    """Write into a tab by column title."""
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    tab = next(t for t in TABS if t.title == title)
    places = {h.column.title: n for n, h in enumerate(tab.headings)}
    for name, value in cells.items():
        sheet[f"{letters(places[name])}{row}"] = value  # type: ignore[assignment]


def test_a_workbook_that_nobody_filled_in_is_empty_and_has_no_problem() -> None:
    found = understood()
    assert sorted(found.tables) == sorted(discover())
    assert [
        (t.sheet.id, len(t.rows), len(t.lost), t.broken) for t in found.tables.values() if t.rows or t.lost or t.broken
    ] == []
    assert other(found.problems) == []


def _as_records(book: openpyxl.Workbook) -> None:
    """The example rows without the mark that says that they are none."""
    for tab in TABS:
        cell = book[tab.title].cell(2, tab.key + 1)
        cell.value = str(cell.value).removeprefix(layout.example())


@pytest.fixture(scope="module")
def examples() -> Understood:
    return understood(_as_records)


@pytest.mark.parametrize("tab", TABS, ids=lambda t: t.title)
def test_an_example_row_would_be_a_good_row(tab: Tab, examples: Understood) -> None:
    table = examples.tables[tab.sheet.id]
    assert [p.line() for p in examples.problems if p.place.sheet == tab.title and p.withholds] == []
    assert (len(table.rows), table.lost, table.broken) == (1, [], False)
    values = table.rows[0].values
    for heading in tab.headings:
        if heading.example:
            assert values[heading.column.name] is not None, heading.column.title


def test_rows_chosen_from_the_dropdowns_are_understood() -> None:
    def change(book: openpyxl.Workbook) -> None:
        fill(book, "小区", 3, 编号="dongsheng", 名称="东胜小区", 归属="本社区", 户数=612)
        fill(book, "组织", 3, 编号="u-wuye", 名称="东胜小区物业服务中心", 类别="物业公司", 小区="dongsheng 东胜小区")
        fill(book, "议题台账", 4, 编号="DS-2026-001", 标题="路灯坏了", 小区="dongsheng 东胜小区", 类别="设施维修", 大小急="小事",
             提出日期="2026年3月5日", 提出渠道="居民来电", 提出人="张三", 公开同意="否", 内容="3号楼前路灯坏了", 程序="liubu 六步议事法",
             责任单位="u-wuye 东胜小区物业服务中心")  # fmt: skip
        fill(book, "表决", 3, 编号="V-1", 表决事项="换灯", 规则="yishi 议事协商会表决", 公布结果="通过",
             应到=15, 实到=13, 赞成=9, 反对=3, 弃权=1)  # fmt: skip

    found = understood(change)
    assert other([p for p in found.problems if p.withholds]) == []
    (matter,) = found.tables["matters"].rows
    wanted = ("DS-2026-001", "dongsheng", "liubu", "u-wuye", date(2026, 3, 5), False)
    assert tuple(matter.values[n] for n in ("id", "compound", "procedure", "owner", "raised_on", "consent")) == wanted
    (vote,) = found.tables["votes"].rows
    assert (vote.values["rule"], vote.values["in_favour"]) == ("yishi", 9)
    assert {id: len(t.rows) for id, t in found.tables.items() if t.rows} == {
        "compounds": 1, "units": 1, "matters": 1, "votes": 1,
    }  # fmt: skip


def test_moments_of_a_spreadsheet_and_typed_ones_are_read_and_written_the_one_way() -> None:
    def change(book: openpyxl.Workbook) -> None:
        usual = {"事项": "路灯不亮", "紧急程度": "一般", "报到部门": "供电单位"}
        times = {"签收时间": "2026年3月5日下午2点半", "到场时间": "2026-3-5 15：10", "办结时间": datetime(2026, 3, 6, 17, 0, 41)}
        fill(book, "吹哨报到", 3, 编号="CS-2", 吹哨时间=datetime(2026, 3, 5, 9, 20), **usual, **times)
        fill(book, "吹哨报到", 4, 编号="CS-3", 吹哨时间="2026-03-05", **usual)

    found = understood(change)
    sheet = discover()["whistles"]
    (row,) = found.tables["whistles"].rows
    times = {n: v for n, v in row.values.items() if n.endswith("_at") and v}
    said = {"blown_at": (5, 9, 20), "accepted_at": (5, 14, 30), "arrived_at": (5, 15, 10), "solved_at": (6, 17, 0)}
    assert times == {name: datetime(2026, 3, *at) for name, at in said.items()}
    told = [p for p in found.problems if p.place.sheet == "吹哨报到" and p.withholds]
    assert [(p.code, p.place.cell) for p in told] == [("moment-no-time", "G4")]
    public = publish(sheet, "bayi", Place("whistles.csv"), row.values, {})
    again, lost, wrong = read_table(table(sheet, [public]), sheet, "bayi", "whistles.csv")
    assert (lost, wrong) == ([], [])
    assert again["CS-2"].says_the_same(public)


def test_ids_that_look_like_dates_stay_ids() -> None:
    """Because the cells of the key and of references are text; what Excel makes of 3-2 there is 3-2."""
    found = understood(
        lambda book: fill(book, "网格与微网格", 3, 编号="3-2", 名称="第三网格", 级别="网格", 范围="1号楼")
    )
    assert [r.values["id"] for r in found.tables["grids"].rows] == ["3-2"]
