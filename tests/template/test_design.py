"""What the volunteers' workbook says, whichever program shows it."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator import layout, typed
from generator.columns import (
    COUNTED,
    MASKED,
    PRIVATE,
    Column,
    choice,
    key,
    long,
    masked,
    person,
    private,
    public,
    ref,
    text,
)
from generator.problems import message
from generator.sheet import PublicRow, Sheet
from generator.sheets import discover
from generator.template import design
from generator.template.design import Heading, Tab

IDS = {"#rule": ("yishi 议事协商会表决",), "#procedure": ("liubu 六步议事法",)}
HEADINGS = [(tab, heading) for tab in design.tabs(design.groups(discover(), IDS)) for heading in tab.headings]


def sheet_of(id: str, title: str, /, **columns: Any) -> Sheet:
    made = tuple(replace(column, name=name) for name, column in columns.items())
    return Sheet(id, title, "A sheet of the tests.", made, PublicRow)


def test_every_sheet_is_a_tab_and_those_that_stay_come_last() -> None:
    tabs = design.tabs(design.groups(discover(), IDS))
    assert sorted(t.sheet.id for t in tabs) == sorted(discover())
    assert tabs[0].sheet.id == "communities"
    stays = [t.sheet.stays for t in tabs]
    assert stays == sorted(stays)


def test_sheets_that_bugu_ships_say_what_they_are_for() -> None:
    unknown = layout.words()["about"]["unknown"]
    assert [t.title for t in design.tabs(design.groups(discover(), IDS)) if t.about == unknown] == []


def test_a_sheet_of_which_the_catalogue_knows_nothing_has_its_tab_too() -> None:
    plain = sheet_of("trees", "古树", id=key("编号"), name=public(text, "树名", required=True))
    secret = replace(sheet_of("debts", "欠费", id=key("编号"), who=private(person, "户主")), stays=True)
    found = design.groups({"trees": plain, "debts": secret, **discover()}, IDS)
    titles = [t.title for t in design.tabs(found)]
    assert titles.index("公布数字") < titles.index("古树") < titles.index("撤下登记")
    debts = next(t for t in design.tabs(found) if t.title == "欠费")
    assert debts.open == layout.words()["about"]["stays"]
    assert titles.index("欠费") > titles.index("古树")


@pytest.mark.parametrize(("tab", "heading"), HEADINGS, ids=lambda x: x.title if isinstance(x, Tab) else x.column.name)
def test_every_column_says_what_to_write_and_whether_it_will_be_public(tab: Tab, heading: Heading) -> None:
    said = layout.words()["privacy"][heading.privacy]
    assert heading.note.endswith(said["note"].format(consent=heading.column.consent))
    assert said["prompt"] in heading.prompt
    assert len(heading.prompt.encode("utf-16-le")) // 2 <= 255, "more than Excel shows"
    assert len(heading.column.title) <= 32, "more than Excel shows"
    assert heading.column.help in heading.note
    assert heading.example in heading.note
    assert "{" not in heading.note + heading.prompt
    if heading.column.privacy in (PRIVATE, COUNTED):
        assert not re.match("会公开", said["prompt"])


@pytest.mark.parametrize(("tab", "heading"), HEADINGS, ids=lambda x: x.title if isinstance(x, Tab) else x.column.name)
def test_a_header_is_read_as_the_title_it_was_made_of(tab: Tab, heading: Heading) -> None:
    found = typed.header(heading.text).value
    assert found.title == heading.column.title
    assert found.starred == heading.column.required


@pytest.mark.parametrize(("tab", "heading"), HEADINGS, ids=lambda x: x.title if isinstance(x, Tab) else x.column.name)
def test_an_example_is_a_cell_that_can_be_read(tab: Tab, heading: Heading) -> None:
    assert heading.example or not heading.column.required
    if heading.example:
        heading.column.kind.read(heading.example.split(" ")[0] if heading.column.kind.target else heading.example)
    if heading.column.key:
        assert design.value(heading) == f"例:{heading.example}"


def test_nothing_of_a_sheet_that_stays_is_said_to_be_public_but_what_its_declaration_says() -> None:
    for tab, heading in HEADINGS:
        if tab.sheet.counts:
            assert heading.privacy in (PRIVATE, COUNTED)
            assert tab.open.startswith("整张不公开，只公布数量")
        elif tab.sheet.stays and heading.column.key:
            assert heading.privacy == PRIVATE


def test_what_of_a_tab_is_public() -> None:
    open_ = {t.sheet.id: t.open for t in design.tabs(design.groups(discover(), IDS))}
    assert open_["compounds"] == "全部公开。"
    assert (
        open_["matters"] == "打码的列：提出人（“公开同意”里写明了，才公开全名）。不公开的列：联系电话。其余的列会公开。"
    )
    assert open_["ledger"] == "整张不公开，只公布数量（按网格、颜色数；少于10户的不写明是多少）。"
    assert open_["visits"] == "整张不公开，只公布数量（按网格、日期的月份数；少于5次的不写明是多少）。"
    assert open_["editors"] == "整张不公开。"


def test_a_reference_offers_the_rows_of_its_target_and_its_example_is_one_of_them() -> None:
    matters = next(t for t in design.tabs(design.groups(discover(), IDS)) if t.sheet.id == "matters")
    by_name = {h.column.name: h for h in matters.headings}
    assert (by_name["compound"].target, by_name["compound"].example) == ("compounds", "dongsheng 东胜小区")
    assert "《小区》" in by_name["compound"].note
    assert by_name["procedure"].words == IDS["#procedure"]
    assert by_name["category"].words == by_name["category"].column.kind.choices
    assert by_name["consent"].words == ("是", "否")


def test_a_reference_to_what_is_not_there_is_an_id_to_be_typed() -> None:
    alone = sheet_of("trees", "古树", id=key("编号"), compound=public(ref("compounds"), "小区"))
    (tab,) = design.tabs(design.groups({"trees": alone}, {}))
    assert (tab.headings[1].target, tab.headings[1].words) == ("", ())
    assert "小三角" not in tab.headings[1].note


def test_what_must_be_filled_in_has_an_example_whatever_its_kind() -> None:
    made = sheet_of(
        "trees", "古树", id=key("编号"), name=public(text, "树名", required=True), about=public(long, "来历", required=True),
        kind=public(choice("国槐", "榆树"), "树种", required=True), ok=public(text, "同意"),
        owner=masked(person, "认养人", consent="同意", required=True),
    )  # fmt: skip
    (tab,) = design.tabs(design.groups({"trees": made}, {}))
    assert [bool(h.example) for h in tab.headings] == [True, True, True, True, False, True]
    assert tab.headings[3].example == "国槐"


def test_the_guide_leads_to_every_tab_and_has_a_legend_of_all_colours() -> None:
    said = list(design.guide(design.groups(discover(), IDS)))
    assert {line.link for line in said if line.link} == {s.title for s in discover().values()}
    assert {line.privacy for line in said if line.style == "legend"} == {"public", MASKED, PRIVATE, COUNTED}
    assert all(line.left and line.right for line in said if line.style == "legend"), "colour is never the only sign"
    whole = "".join(line.left + line.right for line in said)
    for word in ("身份证号", "手机号", "门牌号", "编号", "合并", "例:", "批注", "办公电话"):
        assert word in whole
    assert sum(line.style == "blank" for line in said) == 1


def test_what_the_guide_says_of_notes_is_not_taken_for_one_of_bugus_problems() -> None:
    """Otherwise the next sync would take the header's notes away."""
    first = message("google-note")["say"]
    assert [h.note for _, h in HEADINGS if h.note.split("\n")[0] == first] == []


def test_columns_are_wide_enough_for_their_titles() -> None:
    for _, heading in HEADINGS:
        title = heading.text.partition("\n")[0]
        assert design.lines(title, heading.width) <= 2
        assert isinstance(heading.column, Column)


def test_all_that_volunteers_read_stands_in_the_catalogue() -> None:
    for path in Path(design.__file__).parent.glob("*.py"):
        strings = [n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)]
        assert [s for s in strings if isinstance(s, str) and re.search(r"[\u4e00-\u9fff]", s)] == [], path.name
