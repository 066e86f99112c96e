"""警格+网格: every grid has its four, or it is said who is wanting, and since when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build
from generator.checks.given import Given
from generator.facts.beat import GRID_POSTS, Beat, beats, filled
from generator.facts.roster import posts
from generator.mechanisms.beat import beats_sound
from generator.pages.mechanisms import mechanism_pages
from generator.sheet import PublicRow
from generator.sheets.compounds import Compound
from generator.sheets.duties import Duty
from generator.sheets.grids import Grid
from generator.sheets.people import Person
from tests.rows import records, row

TODAY = date(2026, 6, 17)
ROWS: list[PublicRow] = [
    row(Compound, "c1", name="西园", belongs="本社区"),
    row(Grid, "g1", name="第一网格", level="网格", scope="1—3号楼", compound="c1"),
    row(Grid, "g1-1", name="东片", level="微网格", parent="g1", scope="1号楼"),
    row(Grid, "g2", name="第二网格", level="网格", scope="两个小区"),
    *(row(Person, f"p{n}", name=f"人{n}", basis="职务公开") for n in range(1, 6)),
]


def duty(n: int, person: str, what: str, **more: object) -> Duty:
    return row(Duty, f"d{n}", n + 1, person=person, duty=what, **{"since": date(2024, 1, 1), **more})


def found(*duties: PublicRow, today: date = TODAY) -> tuple[Beat, ...]:
    there = records([*ROWS, *duties])
    return beats(there, "xiyuan", posts(there, "xiyuan", today), today)


def slot(beat: Beat, what: str) -> tuple[list[str], bool, date | None]:
    s = beat.slots[GRID_POSTS.index(what)]
    return [p.label for p in s.posts], s.shared, s.since


def test_a_grid_s_own_come_before_those_of_the_whole_community() -> None:
    first, second = found(duty(1, "p1", "人民调解员"), duty(2, "p2", "人民调解员", grid="g1"))
    assert slot(first, "人民调解员") == (["人2"], False, None)
    assert slot(second, "人民调解员") == (["人1"], True, None)


def test_who_serves_a_micro_grid_serves_its_grid() -> None:
    first, second = found(duty(1, "p1", "卫生网格员", grid="g1-1"))
    assert slot(first, "卫生网格员")[0] == ["人1"]
    assert slot(second, "卫生网格员")[0] == []


def test_who_serves_another_compound_alone_does_not_serve_all() -> None:
    assert slot(found(duty(1, "p1", "片区民警", compound="c1"))[1], "片区民警")[0] == []


def test_a_gap_is_dated_from_the_day_after_the_last_one() -> None:
    ended = [
        duty(1, "p1", "卫生网格员", grid="g1", until=date(2025, 12, 31)),
        duty(2, "p2", "卫生网格员", grid="g1", since=date(2026, 1, 1), until=date(2026, 5, 31)),
    ]
    assert slot(found(*ended)[0], "卫生网格员") == ([], False, date(2026, 6, 1))
    assert slot(found(*ended, today=date(2026, 5, 31))[0], "卫生网格员")[0] == ["人2"]
    assert slot(found()[0], "卫生网格员") == ([], False, None), "never held: no day is made up"


@pytest.mark.parametrize(("compound", "told"), [("c1", []), ("c2", ["beat-compound"]), ("nowhere", [])])
def test_a_duty_s_compound_is_its_grid_s(compound: str, told: list[str]) -> None:
    """One that there isn't is told of by the references, and not here once more."""
    rows = [
        *ROWS,
        row(Compound, "c2", 3, name="东园", belongs="本社区"),
        duty(1, "p1", "片区民警", grid="g1", compound=compound),
    ]
    given_ = Given(records(rows), None, TODAY, ("xiyuan",))  # type: ignore[arg-type]
    assert [p.code for _, p in beats_sound(given_)] == told


@given(st.lists(st.tuples(st.sampled_from(GRID_POSTS), st.sampled_from(("g1", "g2", "g1-1", None)), st.integers(1, 5))))
def test_figures_are_those_of_the_slots(held: list[tuple[str, str | None, int]]) -> None:
    there = found(*(duty(n, f"p{who}", what, grid=grid) for n, (what, grid, who) in enumerate(held)))
    for f in filled(there):
        grids = {("g1" if g == "g1-1" else g) for what, g, _ in held if what == f.duty}
        assert f.of == 2
        assert f.n == (2 if None in grids else len(grids))
        assert (f.people == 0) == (f.n == 0)
    assert sum(len(b.gaps) for b in there) == sum(f.of - f.n for f in filled(there))


# --- as residents see it --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(
        build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/")
    )


def page(gathered: build.Gathered, community: str) -> str:
    c = next(c for c in gathered.whole.records.communities if c.id == community)
    return next(p.body for p in mechanism_pages(gathered.book, c) if p.url == f"{community}/beat/")


def test_a_gap_stands_at_the_top_with_its_day_and_whom_to_call(gathered: build.Gathered) -> None:
    html = page(gathered, "bayi")
    gaps = html[html.index('id="gaps"') : html.index('id="grids"')]
    assert "7/8" in html
    assert "第八网格" in gaps
    assert "卫生网格员" in gaps
    assert "2026年6月1日" in gaps
    assert "0951-5550101" in gaps


def test_no_gap_no_heading_for_gaps(gathered: build.Gathered) -> None:
    assert 'id="gaps"' not in page(gathered, "fuqiang")
    assert "全社区都归" in page(gathered, "fuqiang")


def test_every_grid_of_every_community_has_its_place(gathered: build.Gathered) -> None:
    for c in gathered.whole.records.communities:
        html = page(gathered, c.id)
        for grid in gathered.whole.records.by(c.id, Grid, "level", "网格"):
            card = html.split(f'id="{grid.id}"', 1)[1].split("</article>", 1)[0]
            assert [what for what in GRID_POSTS if f"<dt>{what}</dt>" in card] == list(GRID_POSTS)


def test_the_page_and_the_grid_s_board_say_the_same(gathered: build.Gathered) -> None:
    """Who is vacant on the web is vacant on the board: both go by one list of four."""
    boards = {n.subject_id: n for n in gathered.notices if n.kind == "roster" and n.community == "bayi"}
    whole = gathered.whole
    for beat in beats(whole.records, "bayi", whole.posts["bayi"], whole.today):
        assert boards[beat.grid.id].context["vacant"] == tuple(s.duty for s in beat.gaps)
