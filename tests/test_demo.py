"""The demonstration records are what the article and the issue say they are."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from generator import build, reading, writing
from generator.facts import chain, counts, lists
from generator.facts.whole import Whole
from generator.problems import Problem
from generator.sheets import discover
from generator.sheets.compounds import Compound
from generator.sheets.duties import COMMITTEES
from generator.sheets.figures import Figure
from generator.sheets.grids import Grid
from generator.sheets.items import Item
from generator.sheets.meetings import Meeting
from generator.sheets.units import Unit

TODAY = date(2026, 6, 17)


@pytest.fixture(scope="module")
def read(demo: Path) -> tuple[Whole, list[Problem]]:
    return build.check(demo, date(2030, 1, 1))


@pytest.fixture(scope="module")
def whole(read: tuple[Whole, list[Problem]]) -> Whole:
    return read[0]


def test_it_is_clean_and_stands_on_its_own_day(read: tuple[Whole, list[Problem]]) -> None:
    whole, problems = read
    assert [p.line() for p in problems] == []
    assert not whole.records.withheld
    assert whole.today == TODAY
    assert [c.name for c in whole.records.communities] == ["八一社区", "南华社区", "富强社区"]


def test_the_site_says_its_people_are_fictitious(whole: Whole) -> None:
    assert "虚构" in whole.records.district.notice


def test_nanhua_counts_to_the_figures_of_the_article(whole: Whole) -> None:
    r = whole.records
    assert len(r.by("nanhua", Compound, "belongs", "本社区")) == 6
    assert len(r.by("nanhua", Grid, "level", "网格")) == 8
    assert len(r.by("nanhua", Grid, "level", "微网格")) == 30
    assert len(r.by("nanhua", Unit, "kind", "楼栋党小组")) == 15
    assert {u.name for u in r.by("nanhua", Unit, "kind", "小区党支部")} == {
        "嘉木花园小区党支部", "南花园小区党支部", "康华园小区党支部",
    }  # fmt: skip
    assert len(counts.holders(r, "nanhua", ("微网格长",), TODAY)) == 56
    assert len(counts.holders(r, "nanhua", ("单元管家",), TODAY)) == 174
    assert sum(c.households for c in r.rows("nanhua", Compound)) == 3011
    community = next(c for c in r.communities if c.id == "nanhua")
    assert [(x.name, x.count) for x in chain.levels(r, community, TODAY)] == [
        ("社区党总支", 1), ("小区党支部", 3), ("专兼职网格员", 14), ("微网格长", 56), ("单元管家", 174),
    ]  # fmt: skip


def test_bayi_has_the_figures_of_the_article(whole: Whole) -> None:
    r = whole.records
    figures = {(f.name, f.value) for f in r.rows("bayi", Figure)}
    assert {5029, 11500, 165, 350, 27000, 13} <= {value for _, value in figures}
    assert len(r.by("bayi", Compound, "belongs", "本社区")) == 10
    assert len(r.rows("bayi", Compound)) == 13
    assert len(counts.holders(r, "bayi", COMMITTEES, TODAY)) == 9
    assert any("7/9" in (f.note or "") for f in r.rows("bayi", Figure))


def test_the_branch_of_dongsheng_was_founded_in_december_2020(whole: Whole) -> None:
    founded = [u.founded for u in whole.records.by("fuqiang", Unit, "kind", "小区党支部") if "东胜" in u.name]
    assert [(d.year, d.month) for d in founded if d] == [(2020, 12)]


def test_every_figure_that_can_be_counted_is_counted(whole: Whole) -> None:
    counted = [
        (figure, n) for c in whole.records.communities for figure, n in lists.figures(whole, c.id) if figure.counted
    ]
    assert len(counted) >= 15
    for figure, n in counted:
        assert n == figure.value or (figure.rough in ("余", "多") and (n or 0) > figure.value), figure.name


def test_dongsheng_has_matters_of_every_fate(whole: Whole) -> None:
    cases = [c for c in whole.cases.of("fuqiang") if c.id.startswith("DS-")]
    assert len(cases) >= 45
    states = Counter(c.standing.state for c in cases)
    assert states["solved"] + states["filed"] >= 40
    assert states["working"] >= 2
    assert states["posted"] >= 1
    assert sum(bool(c.standing.overdue) for c in cases) == 1
    assert states["rejected"] == states["withdrawn"] == states["escalated"] == 1
    assert any(c.matter.size == "急事" and c.standing.solved and c.matter.raised_on.year == 2026 for c in cases)


@pytest.mark.parametrize("community", ["bayi", "nanhua"])
def test_the_others_have_a_dozen_matters_and_more(whole: Whole, community: str) -> None:
    assert len(whole.cases.of(community)) >= 12


def test_meetings_have_real_minutes(whole: Whole) -> None:
    r = whole.records
    meetings = [m for c in r.communities for m in r.rows(c.id, Meeting)]
    items = [i for c in r.communities for i in r.rows(c.id, Item)]
    assert len(meetings) >= 15
    real = {
        (i.community, i.meeting)
        for i in items
        if i.discussion.count("\n") >= 1 and i.views_for and i.views_against and i.owner and i.due_on
    }
    assert len(real) >= 15
    assert len({i.discussion for i in items}) == len(items), "a discussion is told twice"


def test_no_two_matters_tell_the_same_story(whole: Whole) -> None:
    bodies = [c.matter.body for c in whole.cases.all()]
    assert len(set(bodies)) == len(bodies)
    assert all(len(b) >= 40 for b in bodies)


def test_the_demo_s_files_are_written_the_one_way(demo: Path) -> None:
    """So a sync of the same rows changes no byte, and a diff shows what people changed."""
    found = reading.read(demo).records
    for community, tables in found.tables.items():
        for sheet, rows in tables.items():
            path = demo / community / f"{sheet}.csv"
            if path.exists() and not discover()[sheet].stays:
                assert path.read_bytes() == writing.table(discover()[sheet], rows.values()), path
