"""The coordinator's page and the message to each editor."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.feedback import page
from generator.problems import Place, Problem

from .books import MATTERS, ROSTER, in_row, of_tab, wrong

DAY = date(2026, 6, 7)
EDITORS = {MATTERS: "马兰", "办理过程": "马兰", ROSTER: "古丽娜", "决议": "王五", "走访": " "}
TITLES = [MATTERS, "办理过程", ROSTER, "决议", "走访"]
PROBLEMS = [
    wrong("C5"),
    in_row(7),
    wrong("B3", "李四?", tab="办理过程", column="经办人", code="name-form"),
    of_tab(ROSTER),
    wrong("A2", tab="走访"),
    wrong("A2", tab="没登记的表"),
    Problem("book-macros", Place("台账.xlsx"), withholds=False),
]


def drawn(root: Path, problems: list[Problem], editors: dict[str, str] = EDITORS) -> LexborHTMLParser:
    return LexborHTMLParser(page.page(problems, editors, TITLES, DAY, ["东胜小区", "南华社区"], root / "templates"))


def test_who_has_most_comes_first_and_what_is_nobodys_last() -> None:
    found = page.parts(PROBLEMS, EDITORS, TITLES)
    assert [(p.editor, p.count, p.withheld) for p in found] == [
        ("马兰", 3, 3),
        ("古丽娜", 1, 0),
        ("", 3, 2),
        ("王五", 0, 0),
    ]
    assert found[0].sheets == (MATTERS, "办理过程")
    assert [t.title for t in found[0].tabs] == [MATTERS, "办理过程"]
    assert [t.title for t in found[2].tabs] == ["", "走访", "没登记的表"]
    assert [(line.where, line.column) for line in found[0].tabs[0].lines] == [("C5", "提出日期"), ("第 7 行", "编号")]


def test_every_problem_is_on_the_page_with_its_cell_and_its_effect(root: Path) -> None:
    html = drawn(root, PROBLEMS)
    heads = [h.text() for h in html.css("h2")]
    assert heads == [
        "马兰负责:议题台账、办理过程 — 3 处要改",
        "古丽娜负责:名册 — 1 处要改",
        "没有登记填表人的表 — 3 处要改",
    ]
    lines = html.css(".lines li")
    assert len(lines) == len(PROBLEMS)
    for problem in PROBLEMS:
        said = next(li for li in lines if problem.says in li.text() and problem.place.cell in li.text())
        assert problem.mend in said.text()
        assert ("改好前不公布" if problem.withholds else "提醒") == said.css_first(".effect").text()
    head = html.css_first("header").text()
    assert "2026年6月7日检查:东胜小区、南华社区" in head
    assert "共 7 处:5 处所在的行先照原来的公布,没有公布过的先不公布,2 处只是提醒,不影响公布。" in head
    assert "没有要改的:王五(决议)" in head


@pytest.mark.parametrize("problems", [[], [wrong("C5")], [of_tab(ROSTER)]], ids=["none", "one withheld", "one remark"])
def test_the_sum_reads_well_for_few(root: Path, problems: list[Problem]) -> None:
    head = drawn(root, problems).css_first("header").text()
    assert ("没有要改的地方。" in head) == (not problems)
    assert (f"共 {len(problems)} 处:" in head) == bool(problems)
    assert "0 处" not in head
    assert ",。" not in head


def test_the_page_needs_nothing_else_and_runs_nothing(root: Path) -> None:
    text = page.page(PROBLEMS, EDITORS, TITLES, DAY, [], root / "templates")
    assert not re.search(r"<script|\bon\w+=|(?:src|href)=\"(?!#)|url\(|@import", text)
    assert "default-src 'none'" in text


def test_what_stands_in_a_cell_is_text(root: Path) -> None:
    evil = '<img src=x onerror="alert(1)">'
    html = drawn(root, [wrong("C5", evil)], {MATTERS: f"马兰{evil}"})
    assert html.css_first("img") is None
    assert evil in html.css_first(".lines").text()


def test_the_same_problems_make_the_same_page_in_whatever_order(root: Path) -> None:
    there, back = (page.page(p, EDITORS, TITLES, DAY, [], root / "templates") for p in (PROBLEMS, PROBLEMS[::-1]))
    assert there == back


def test_a_message_to_each_editor_is_plain_lines() -> None:
    first, second, nobody, fine = (page.text(p, DAY) for p in page.parts(PROBLEMS, EDITORS, TITLES))
    assert first.split("\n") == [
        "马兰,您好。6月7日检查了您填的表,有 3 处要看一看:",
        "《议题台账》",
        f"1. C5 提出日期:{PROBLEMS[0].says}。改法:{PROBLEMS[0].mend}。",
        f"2. 第 7 行 编号:{PROBLEMS[1].says}。改法:{PROBLEMS[1].mend}。",
        "《办理过程》",
        f"3. B3 经办人:{PROBLEMS[2].says}。改法:{PROBLEMS[2].mend}。",
        "改好以后,下次检查就不再提了。",
    ]
    assert "1. (提醒)整张表:" in second
    assert nobody.split("\n")[1:3] == ["整个文件", f"1. (提醒){PROBLEMS[6].says}。改法:{PROBLEMS[6].mend}。"]
    assert fine == "王五,您好。6月7日检查了您填的表,没有要改的地方。"
