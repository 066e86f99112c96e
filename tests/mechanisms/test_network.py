"""组织链条: what hangs under what, who sits where, and what a volunteer is told when the tree would be wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, notices
from generator.facts.chain import parts
from generator.facts.network import Network, combined, committees, network, seats
from generator.facts.roster import posts
from generator.facts.whole import Whole
from generator.pages.mechanisms import mechanism_pages
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.compounds import Compound
from generator.sheets.duties import COMMITTEES, OFFICES, VOLUNTEERS, Duty
from generator.sheets.grids import Grid
from generator.sheets.people import Person
from generator.sheets.units import Unit
from tests.rows import records, row

TODAY = date(2026, 6, 17)
LONG = date(2020, 1, 1)
CHAIN = "社区党委—小区党支部—楼栋党小组—专兼职网格员"


def place(chain: str = CHAIN) -> Community:
    return row(
        Community, "xiyuan", name="西园社区", street="街道", party="党委", chain=chain, about="一句话。",
        phone="0951-5550150", hours="每天", objections_to="监委会", objections_phone="0951-5550151",
        objections_hours="每天", signer="西园社区居民委员会",
    )  # fmt: skip


UNITS = [
    row(Unit, "u1", name="西园社区党委", kind="社区党委"),
    row(Unit, "u2", name="西园小区党支部", kind="小区党支部", parent="u1", compound="c1"),
    row(Unit, "u3", name="西园1—3号楼党小组", kind="楼栋党小组", parent="u2", compound="c1"),
    row(Unit, "u4", name="东园1号楼党小组", kind="楼栋党小组", parent="u2", compound="c2"),
    row(Unit, "u5", name="西园居委会", kind="居委会", parent="u1"),
]
COMPOUNDS = [
    row(Compound, "c1", name="西园小区", belongs="本社区"),
    row(Compound, "c2", name="东园", belongs="本社区"),
    row(Compound, "c3", name="南园", belongs="本社区"),
    row(Compound, "c4", name="邻居家", belongs="服务圈"),
]
PEOPLE = [row(Person, f"p{n}", name=f"人{n}", basis="职务公开") for n in range(1, 9)]
GRIDS = [row(Grid, "g1", name="第一网格", level="网格", scope="全部", compound="c1")]


def duty(n: int, person: str, what: str, **more: object) -> Duty:
    return row(Duty, f"d{n}", n + 1, person=person, duty=what, **{"since": LONG, **more})


def net(*duties: PublicRow, units: list[Unit] | None = None, today: date = TODAY, chain: str = CHAIN) -> Network:
    community = place(chain)
    found = records([community, *(UNITS if units is None else units), *COMPOUNDS, *PEOPLE, *GRIDS, *duties])
    return network(found, community, posts(found, "xiyuan", today), today)


def test_a_compound_belongs_to_a_branch_by_itself_or_by_a_group_in_it() -> None:
    found = net()
    assert {c.compound.id: [b.unit.id for b in c.branches] for c in found.covers} == {
        "c1": ["u2"],
        "c2": ["u2"],
        "c3": [],
    }
    assert [c.groups for c in found.covers] == [1, 1, 0]
    assert found.covered == 2


def test_groups_are_named_in_short_only_where_nothing_gets_lost() -> None:
    assert [g.name for g in net().branches[0].groups] == ["西园1—3号楼", "东园1号楼"]  # two compounds: both are named
    alone = net(units=[u for u in UNITS if u.id != "u4"])
    assert [g.name for g in alone.branches[0].groups] == ["1—3号楼"]
    assert alone.branches[0].name == "西园"


def test_one_person_is_both_only_while_it_is_one_person() -> None:
    both = [duty(1, "p1", "社区党委书记", unit="u1"), duty(2, "p1", "居委会主任", unit="u5", since=date(2024, 3, 1))]
    assert net(*both).combined.since == date(2024, 3, 1)
    assert net(*both, today=date(2024, 2, 29)).combined.since is None
    assert net(both[0]).combined.since is None
    assert net(both[0], duty(3, "p2", "居委会主任", unit="u5")).combined.since is None
    two = net(*both, duty(4, "p2", "社区党委书记", unit="u1"))
    assert two.combined.since is None, "two secretaries at a time: nothing can be claimed"


def test_a_term_s_last_day_counts_and_the_next_does_not() -> None:
    ended = duty(1, "p1", "社区党委委员", unit="u1", until=date(2026, 6, 17))
    assert net(ended).committees.party == 1
    assert net(ended, today=date(2026, 6, 18)).committees.party == 0


def test_a_leader_who_left_changes_the_picture_on_the_day_after() -> None:
    held = [
        duty(1, "p1", "小区党支部书记", unit="u2", since=date(2024, 3, 1)),
        duty(2, "p2", "居委会主任", unit="u5", since=date(2022, 1, 1), until=date(2026, 5, 31)),
        duty(3, "p3", "居委会委员", unit="u5", since=date(2026, 6, 2)),
    ]
    assert net(*held, today=date(2026, 5, 31)).changed == date(2024, 3, 1)
    assert net(*held).changed == date(2026, 6, 1)
    assert net(held[2]).changed is None, "no leader of the chain"


def test_a_duty_that_begins_tomorrow_is_nobody_s_yet() -> None:
    assert net(duty(1, "p1", "社区党委书记", unit="u1", since=TODAY + timedelta(days=1))).committees.all == 0


def test_a_secretary_who_has_a_grid_is_of_two_nets() -> None:
    held = [duty(1, "p1", "小区党支部书记", unit="u2"), duty(2, "p1", "专职网格员", grid="g1")]
    assert [b.unit.id for b in net(*held).merged] == ["u2"]
    assert net(held[0], duty(3, "p2", "专职网格员", grid="g1")).merged == ()
    assert net(held[0], duty(4, "p1", "兼职网格员", grid="g1")).merged == (), "not a grid's own officer"


def test_seats_are_of_those_inside_and_outside_alone() -> None:
    found = net(
        duty(1, "p1", "楼栋党小组组长", unit="u3"), duty(2, "p1", "居民代表"),
        duty(3, "p2", "小区党支部书记", unit="u2"), duty(4, "p2", "社区党委委员", unit="u1"),
        duty(5, "p3", "居民代表"),
    ).seats  # fmt: skip
    assert [(s.label, len(s.inside), len(s.outside)) for s in found] == [("人1", 1, 1)]


@given(st.lists(st.tuples(st.integers(1, 8), st.sampled_from((*OFFICES, *VOLUNTEERS))), max_size=30))
def test_committees_count_each_person_once(held: list[tuple[int, str]]) -> None:
    """What two committees have together is what they have each, less who sits on both."""
    duties = [duty(n, f"p{who}", what) for n, (who, what) in enumerate(held)]
    found = records([place(), *PEOPLE, *duties])
    there = posts(found, "xiyuan", TODAY)
    k = committees(there)
    assert k.all == k.party + k.residents - k.both == len({who for who, what in held if what in COMMITTEES})
    assert 0 <= k.both <= min(k.party, k.residents)
    assert all(s.inside and s.outside for s in seats(there))
    assert combined(there).since is None or k.both >= 1


def test_parts_of_a_chain() -> None:
    assert parts("社区党委—小区党支部 — 单元管家") == ("社区党委", "小区党支部", "单元管家")
    assert parts(None) == parts("") == parts("—") == ()


# --- as residents see it --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(
        build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/")
    )


def page(gathered: build.Gathered, community: str) -> str:
    c = next(c for c in gathered.whole.records.communities if c.id == community)
    return next(p.body for p in mechanism_pages(gathered.book, c) if p.url == f"{community}/network/")


def shown(whole: Whole, community: str) -> Network:
    c = next(c for c in whole.records.communities if c.id == community)
    return network(whole.records, c, whole.posts[community], whole.today)


def test_the_article_s_chains_are_what_the_demonstration_counts(gathered: build.Gathered) -> None:
    bayi, nanhua = shown(gathered.whole, "bayi"), shown(gathered.whole, "nanhua")
    assert [x.name for x in bayi.levels] == ["八一社区党委", "小区党支部", "楼栋党小组"]
    assert bayi.covered == len(bayi.covers) == 10
    assert bayi.combined.since
    assert bayi.combined.heads[0].person == bayi.combined.chairs[0].person
    assert (bayi.committees.both, bayi.committees.all) == (5, 9)
    assert len(nanhua.levels) == 5
    assert len(nanhua.merged) == len(nanhua.branches) == 3


def test_a_compound_without_a_branch_is_said_to_have_none(gathered: build.Gathered) -> None:
    assert shown(gathered.whole, "fuqiang").covered == 2
    html = page(gathered, "fuqiang")
    assert "2/3" in html
    assert "还没有党支部" in html.split("轻工家属院", 1)[1].split("</article>", 1)[0]


def test_nobody_is_named_whole_without_consent(gathered: build.Gathered) -> None:
    """Somebody masked on the people page is masked here too: names come from one place."""
    for community in ("bayi", "nanhua", "fuqiang"):
        labels = set(gathered.whole.labels[community].values())
        for seat in shown(gathered.whole, community).seats:
            assert seat.label in labels


def test_the_paper_has_every_level_and_every_branch(gathered: build.Gathered) -> None:
    papers = {n.community: n for n in gathered.notices if n.kind == "chain"}
    assert set(papers) == {"bayi", "nanhua", "fuqiang"}
    for community, paper in papers.items():
        html, there = notices.fragment(paper, gathered.env), shown(gathered.whole, community)
        assert all(f"<strong>{x.name}</strong>　{x.count}" in html for x in there.levels)
        assert all(b.name in html for b in there.branches)
        assert html.count("<tr>") == len(there.branches) + 1
        assert paper.date == there.changed
        assert paper.hang is None, "it hangs for good"


def test_without_a_chain_there_is_no_page(gathered: build.Gathered) -> None:
    from generator.mechanisms.network import gather

    assert gather(gathered.whole, place("")) is None
    assert gather(gathered.whole, place("楼长")) is None
    assert replace(shown(gathered.whole, "bayi"), covers=()).covered == 0
