"""四件套: what is printed blank, and that nothing filled in can come of it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from generator import build, notices
from generator.facts.forms import MOST, Blank, blank, blanks, kit
from generator.sheets.forms import PARTS, Form
from tests.mechanisms.drawing import demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row


def form(id: str, part: str = "一套台账", at: int = 2, **more: object) -> Form:
    return row(Form, id, at, **{"part": part, "name": f"表{id}", "about": "用。", "since": date(2024, 3, 1), **more})


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("日期", Blank("日期")),
        ("听到的事 6行", Blank("听到的事", 6)),
        ("听到的事6 行", Blank("听到的事", 6)),
        ("什么事 3格", Blank("什么事", 3)),
        ("要不要回访:要、不要", Blank("要不要回访", 1, ("要", "不要"))),
        ("怎么见的：入户/院里", Blank("怎么见的", 1, ("入户", "院里"))),
        ("备注：", Blank("备注")),
        ("画 99行", Blank("画", MOST)),
        ("画 0行", Blank("画", 1)),
        ("6行", Blank("6行")),
        ("：", Blank("：")),
    ],
)
def test_a_blank_is_read_as_it_is_written(line: str, read: Blank) -> None:
    assert blank(line) == read


@given(st.text(max_size=30))
def test_any_line_makes_a_blank_that_can_be_printed(line: str) -> None:
    for b in blanks(line):
        assert b.label
        assert 1 <= b.lines <= MOST
        assert all(c == c.strip() and c for c in b.choices)


def test_the_four_stand_in_their_order_and_what_lacks_is_known() -> None:
    found = kit(
        records([form("b", "一套台账", number=2), form("a", "一套台账", 3, number=1), form("c", "一支笔", 4)]),
        COMMUNITY,
    )
    assert found
    assert [name for name, _ in found.parts] == list(PARTS)
    assert [[p.row.id for p in some] for _, some in found.parts] == [["c"], [], [], ["a", "b"]]
    assert found.missing == ("一个包", "一张图")
    assert kit(records([]), COMMUNITY) is None


def test_only_what_has_blanks_is_a_paper() -> None:
    of = seen([form("a", "一支笔"), form("b", blanks="日期\n听到的事 4行", at=3)])
    assert [n.name for n in papers("blankform", of)] == ["blankform-b"]
    assert papers("blankform", of)[0].hang is None, "it hangs nowhere"


def test_every_blank_is_on_the_paper_and_on_the_page_and_has_nothing_in_it() -> None:
    of = seen([form("b", blanks="日期\n楼号\n怎么见的:入户、院里碰见\n听到的事 4行\n交给谁", how="先问好。")])
    [n] = papers("blankform", of)
    for label in ("日期", "楼号", "怎么见的", "听到的事", "交给谁"):
        assert label in paper(n)
        assert label in page(of, "forms")
    html = notices.fragment(n, demo().env)
    cells = [c.split("</td>")[0].split(">", 1)[1] for c in html.split("<td")[1:]]
    assert len(cells) == 5
    assert {c.replace("<br>", "").replace("　", "") for c in cells} == {
        "",
        '<span class="nobr">□入户</span><span class="nobr">□院里碰见</span>',
    }


@given(st.lists(st.sampled_from(["甲", "乙", "丙 3行", "丁:是、否", "戊"]), min_size=1, max_size=9))
def test_no_blank_is_lost_when_two_stand_side_by_side(lines: list[str]) -> None:
    [n] = papers("blankform", seen([form("b", blanks="\n".join(lines))]))
    html = notices.fragment(n, demo().env)
    heads = [h.split("</th>")[0].split(">", 1)[1] for h in html.split("<th ")[1:]]
    assert heads == [blank(x).label for x in lines]
    assert html.count("<td") == len(lines)


def test_a_sheet_of_entries_has_as_many_lines_as_were_asked_for() -> None:
    [n] = papers("blankform", seen([form("b", blanks="日期\n什么事 3格", rows=7)]))
    html = notices.fragment(n, demo().env)
    assert html.count("<tr>") == 8
    assert html.count('<td colspan="3">') == 7


def test_every_form_says_that_it_is_filled_in_by_hand_and_never_posted() -> None:
    for n in papers("blankform"):
        text = paper(n)
        assert "不拍照、不发群、不上网、不上墙" in text
        assert "本表手写，由社区保管" in text
        assert "不问身份证号、银行卡号、密码" in text


def test_the_forms_of_the_article_are_printed_each_on_one_sheet() -> None:
    press = build.Press(demo())
    some = papers("blankform")
    assert {n.title for n in some} >= {"走访手记", "民情收集单", "红色代办单", "信息台账（封面）", "微网格手绘图"}
    for n in some:
        pdf = press.pdf(n, notices.fragment(n, demo().env))
        assert pdf
        assert len(PdfReader(io.BytesIO(pdf)).pages) == 1, n.name


def test_the_page_tells_residents_what_they_need_not_answer() -> None:
    text = words(demo_page("nanhua", "forms"))
    assert "你可以不答" in text
    assert all(part in text for part in PARTS)
