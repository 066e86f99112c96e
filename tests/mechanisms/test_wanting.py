"""While a row waits, nothing of 富强's mechanisms is said to be wanting, complete, taken out or the whole of it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from generator import mechanisms
from generator.facts.whole import Whole, whole
from generator.records import Records, Withheld
from generator.sheets.buildings import Building
from generator.sheets.clauses import Clause
from generator.sheets.compounds import Compound
from generator.sheets.duties import Duty
from generator.sheets.links import Link
from generator.sheets.mechanisms import Local
from generator.sheets.people import Person
from generator.sheets.six import Six
from generator.sheets.units import Unit
from generator.sheets.wishes import Wish
from tests.mechanisms.drawing import RULES, TODAY, demo, page, paper, papers, seen
from tests.rows import COMMUNITY, row

SAYS = "还有记录正在核对，没有写在上面，也没有算进去"
SINCE = date(2024, 3, 1)


def waits(sheet: str, community: str = COMMUNITY) -> tuple[Withheld, ...]:
    return (Withheld(community, sheet, "X", row(Compound, "C").place),)


@cache
def fuqiang(sheet: str = "") -> Whole:
    """富强 of the demonstration by itself, with a row of a sheet that waits."""
    of = demo().book.whole.records
    tables = {"": {**of.tables[""], "communities": {"fuqiang": of.tables[""]["communities"]["fuqiang"]}}}
    tables["fuqiang"] = of.tables["fuqiang"]
    return whole(Records(of.district, tables, waits(sheet, "fuqiang") if sheet else ()), RULES, TODAY)


@pytest.mark.parametrize(
    ("mechanism", "sheet"),
    [
        ("branchboard", "branch_items"),
        ("six", "six"),
        ("leaders", "buildings"),
        ("council", "duties"),
        ("wishes", "wishes"),
        ("spaces", "space_uses"),
        ("fivelinks", "links"),
        ("cases", "matters"),
    ],
)
def test_each_paper_says_that_a_row_waits(mechanism: str, sheet: str) -> None:
    for kind in mechanisms.discover()[mechanism].papers:
        if kind == "councilrules":
            continue
        assert not any(SAYS in paper(n) for n in papers(kind, fuqiang()))
        said = [paper(n) for n in papers(kind, fuqiang(sheet))]
        assert said, kind
        assert all(SAYS in text for text in said), kind


def test_rules_of_which_a_clause_waits_are_neither_printed_nor_said_to_have_changed() -> None:
    unit = row(Unit, "U", name="西园民主议事协商会", kind="议事协商会", compound="C")
    day = date(2026, 3, 20)
    clauses = (
        row(Clause, "A1", unit="U", number=1, text="一人一票。", since=SINCE),
        row(Clause, "B1", unit="U", number=2, text="开会三天前通知。", since=SINCE, until=date(2026, 3, 19)),
        row(Clause, "C1", unit="U", number=3, text="可以旁听。", since=day),
    )
    rows = [unit, *clauses]
    assert "取消了" in page(seen(rows), "council")
    assert [n.title for n in papers("councilrules", seen(rows))] == ["西园民主议事协商规则"]
    text = page(seen(rows, withheld=waits("clauses")), "council")
    assert "下面的规则不全" in text
    assert "取消了" not in text
    assert "第2版" not in text
    assert papers("councilrules", seen(rows, withheld=waits("clauses"))) == []


def test_no_building_is_said_to_have_no_leader_and_no_post_to_be_vacant() -> None:
    rows = [
        row(Compound, "C", name="西园小区", belongs="本社区"),
        row(Building, "B1", compound="C", name="1号楼"),
        row(Building, "B2", 3, compound="C", name="2号楼"),
        row(Local, "L", mechanism="院落楼组带头人"),
        row(Person, "P1", name="丁宛如", basis="本人同意"),
        row(Duty, "D", person="P1", duty="楼组带头人", compound="C", serves="1号楼", since=SINCE),
    ]
    calm, unsure = seen(rows), seen(rows, withheld=waits("duties"))
    assert "还缺带头人的：2号楼" in page(calm, "leaders")
    assert "还缺带头人" not in page(unsure, "leaders")
    assert "2号楼正在核对" in page(unsure, "leaders")
    assert "还缺带头人" in paper(papers("leaders", calm)[0])
    assert "还缺带头人" not in paper(papers("leaders", unsure)[0])


def test_one_of_the_six_who_waits_is_not_nobody() -> None:
    rows = [
        row(Compound, "C", name="西园小区", belongs="本社区"),
        row(Six, "A", role="信息员", agreed=False, compound="C", serves="1号楼", since=SINCE),
    ]
    calm, unsure = seen(rows), seen(rows, withheld=waits("six"))
    assert "还没有人" in page(calm, "six")
    assert "还没有人" in paper(papers("six", calm)[0])
    assert "还没有人" not in page(unsure, "six")
    assert "还没有人" not in paper(papers("six", unsure)[0])


def test_a_side_whose_row_waits_did_not_stay_away() -> None:
    rows = [row(Link, "A", on=date(2026, 5, 1), what="修家电", side="社区", who="居委会", brought="场地")]
    assert "没有出力记录的" in page(seen(rows), "fivelinks")
    assert "没有出力记录的" not in page(seen(rows, withheld=waits("links")), "fivelinks")


def wish(id: str, **more: object) -> Wish:
    return row(
        Wish, id, **{"on": date(2026, 6, 15), "text": "修长椅。", "answer": "周六修。", "answered_on": TODAY, **more}
    )


def test_a_wish_that_waits_is_not_answered_and_one_promised_is_not_done() -> None:
    assert "写上去的，都答复了" in page(seen([wish("A")]), "wishes")
    assert "都答复了，还有记录正在核对" in page(seen([wish("A")], withheld=waits("wishes")), "wishes")
    assert "其中办到了1条，答应了、办完再写结果的1条" in page(seen([wish("A"), wish("B", result="办到了")]), "wishes")


def test_a_week_that_is_not_over_is_counted_to_the_day_on_paper_and_page() -> None:
    calm = seen([wish("A")])
    assert "数到2026年6月17日，小白板上的心愿答复了1条" in paper(papers("wishes", calm)[0])
    assert "2026年6月21日，数到2026年6月17日1条" in page(calm, "wishes")
    later = seen([wish("A")], date(2026, 6, 22))
    assert "数到" not in paper(papers("wishes", later)[0])


def test_a_community_without_the_letter_box_does_not_send_anybody_to_it() -> None:
    assert "悄悄话" not in page(seen([wish("A")]), "wishes")
    assert "悄悄话" in page(seen([wish("A"), row(Local, "L", mechanism="大树下的悄悄话")]), "wishes")
