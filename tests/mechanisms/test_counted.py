"""党叔说事, 大树下的悄悄话, 四色台账: a resident who comes to the counts reads what they are, and never more than counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator import pages
from generator.facts.listening import listening
from generator.mechanisms import discover
from generator.sheets.mechanisms import Local
from tests.mechanisms.drawing import demo, paper, papers, words

THERE = [("bayi", "dangshu", "mediations"), ("fuqiang", "whispers", "whispers"), ("nanhua", "ledger", "ledger")]


def counts_page(community: str) -> str:
    return next(p.body for p in pages.record_pages(demo().book) if p.url == f"{community}/counts/")


@pytest.mark.parametrize(("community", "mechanism", "sheet"), THERE)
def test_its_place_says_in_the_community_s_own_words_what_it_is(community: str, mechanism: str, sheet: str) -> None:
    whole, title = demo().whole, discover()[mechanism].title
    (local,) = [r for r in whole.records.rows(community, Local) if r.mechanism == title]
    section = counts_page(community).partition(f'id="{sheet}"')[2].partition("<table")[0]
    assert words(local.name or title) in words(section)
    assert words(local.about) in words(section)
    assert words(whole.unit(community, local.unit)) in words(section)


@pytest.mark.parametrize(("community", "mechanism", "sheet"), THERE)
def test_it_is_there_only_where_counts_are_published(community: str, mechanism: str, sheet: str) -> None:
    whole, title = demo().whole, discover()[mechanism].title
    for c in whole.records.communities:
        assert (listening(whole, c, sheet, title) is not None) == (c.id == community)


def test_a_community_that_only_counts_its_mediations_is_not_said_to_have_another_s_brand() -> None:
    whole = demo().whole
    bayi = next(c for c in whole.records.communities if c.id == "bayi")
    tables = {**whole.records.tables, "bayi": {**whole.records.tables["bayi"], "mechanisms": {}}}
    bare = replace(whole, records=replace(whole.records, tables=tables, _indexes={}))
    assert discover()["dangshu"].gather(whole, bayi) is not None
    assert discover()["dangshu"].gather(bare, bayi) is None


def test_the_head_of_the_body_can_be_reached() -> None:
    whole = demo().whole
    bayi = next(c for c in whole.records.communities if c.id == "bayi")
    there = listening(whole, bayi, "mediations", "党叔说事")
    assert there is not None
    assert [(p.duty.duty, p.person.work_phone) for p in there.leads] == [("志愿服务队队长", "0951-5550123")]
    assert "tel:0951-5550123" in counts_page("bayi")


@pytest.mark.parametrize(("kind", "community"), [("saying", "bayi"), ("letterbox", "fuqiang")])
def test_the_sign_hangs_for_good_says_whom_to_call_and_gives_no_number_of_cases(kind: str, community: str) -> None:
    (notice,) = papers(kind)
    assert (notice.community, notice.hang, notice.due) == (community, None, False)
    told = paper(notice)
    assert notice.title in words(counts_page(community))
    assert demo().whole.records.communities[0].phone in told or community != "bayi"
    assert not any(t in told for t in ("少于5", "不列", "合计"))
