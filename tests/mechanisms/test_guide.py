"""我要办……: found by what residents call it, and never asking for what no community may issue."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.guide import NOT_OURS, asked_of_us, guide, words
from generator.sheets.guide import GROUPS, Errand
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen
from tests.mechanisms.drawing import words as read
from tests.rows import COMMUNITY, records, row

WHOLE = {"who": "居民", "materials": "身份证", "where": "一楼窗口", "limit": "当场办好", "fee": "不收钱"}


def errand(id: str, at: int = 2, **more: object) -> Errand:
    return row(
        Errand, id, at, **{"need": "狗证", "group": "邻里和房子", "checked_on": date(2026, 5, 1), **WHOLE, **more}
    )


def test_no_errand_is_no_page() -> None:
    assert guide(records([]), COMMUNITY, "", "", TODAY) is None
    assert guide(records([errand("A", checked_on=date(2026, 6, 18))]), COMMUNITY, "", "", TODAY) is None


def test_hours_and_phone_are_the_community_s_where_the_errand_has_none() -> None:
    it = guide(
        records([errand("A"), errand("B", 3, hours="周一", phone="0951-5550123")]),
        COMMUNITY,
        "每天",
        "0951-5550150",
        TODAY,
    )
    assert it is not None
    assert [(e.hours, e.phone) for e in it.entries] == [("每天", "0951-5550150"), ("周一", "0951-5550123")]


def test_groups_stand_in_their_declared_order() -> None:
    it = guide(records([errand("A", group="证明和盖章"), errand("B", 3, group="老人的事")]), COMMUNITY, "", "", TODAY)
    assert it is not None
    assert [g for g, _ in it.groups] == ["老人的事", "证明和盖章"]
    assert it.oldest == date(2026, 5, 1)


@given(st.lists(st.text("老年证公交卡", min_size=1, max_size=5), max_size=6), st.sampled_from("、,，;；\n/"))
def test_the_names_in_a_cell_are_found_whatever_stands_between_them(names: list[str], mark: str) -> None:
    assert words(mark.join(names)) == tuple(dict.fromkeys(names))
    assert words(None) == ()


@pytest.mark.parametrize("paper", NOT_OURS)
def test_what_no_community_may_issue_is_found_when_it_is_asked_of_one(paper: str) -> None:
    assert asked_of_us(f"身份证\n社区出具的{paper}") == paper
    assert asked_of_us(f"居委会开{paper}原件") == paper
    assert asked_of_us(f"派出所出具的{paper}") == ""
    assert asked_of_us(f"{paper}\n社区盖章的申请表") == "", "not on one line"


def test_the_list_is_that_of_the_six_ministries() -> None:
    assert len(NOT_OURS) == len(set(NOT_OURS)) == 20


def test_what_has_no_source_in_law_is_said_to_be_the_community_s_own_word() -> None:
    bare, lawful = page(seen([errand("A")]), "guide"), page(seen([errand("A", basis="《人民调解法》第四条")]), "guide")
    assert "以上是本社区的答复，以办事窗口为准" in bare
    assert "第四条其余是本社区的答复，以办事窗口为准" in lawful
    [on_paper] = papers("guide", seen([errand("A")]))
    assert "以上是本社区的答复，以办事窗口为准" in paper(on_paper)
    [lawful_paper] = papers("guide", seen([errand("A", basis="《人民调解法》第四条")]))
    assert "第四条。其余是本社区的答复，以办事窗口为准" in paper(lawful_paper)


# --- the demonstration ----------------------------------------------------------------------------------------------


def test_what_residents_say_leads_to_the_place_on_the_page() -> None:
    html = demo_page("bayi", "guide")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= {*ids, "content"}
    for said, id in (("办老年证", "ZN-01"), ("开居住证明", "ZN-13"), ("申领高龄津贴", "ZN-02"), ("社区盖章", "ZN-16")):
        entry = re.search(rf'<li><a href="#([^"]+)"><b>[^<]*</b></a><span>[^<]*{said}', html)
        assert (entry and entry[1]) == id, said


def test_the_demo_has_an_errand_of_every_group_and_none_asks_for_a_forbidden_paper() -> None:
    it = guide(demo().whole.records, "bayi", "", "", TODAY)
    assert it is not None
    assert 12 <= len(it.entries) <= 20
    assert [g for g, _ in it.groups] == list(GROUPS)
    assert [e.id for e in it.entries if asked_of_us(e.row.materials)] == []
    assert any(e.row.basis is None for e in it.entries), "a source only where it is beyond doubt"


def test_each_errand_has_its_paper_with_all_that_is_to_be_brought() -> None:
    it = guide(demo().whole.records, "bayi", "", "", TODAY)
    assert it is not None
    found = {n.subject_id: n for n in papers("guide")}
    assert set(found) == {e.id for e in it.entries}
    text = paper(found["ZN-13"])
    assert "自派出所受理之日起15日内" in text
    assert all(read(line) in text for line in it.groups[5][1][0].row.materials.split("\n"))
    assert found["ZN-13"].hang is None
