"""两委班子构成: counts of all members, the newest first, each out of as many as there were on its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, search
from generator.checks.given import Given
from generator.facts.makeup import claims, members
from generator.mechanisms.makeup import makeup_sound
from generator.pages.mechanisms import mechanism_pages
from generator.records import Withheld
from generator.sheets.duties import COMMITTEES, Duty
from generator.sheets.makeup import Makeup
from generator.sheets.people import Person
from tests.mechanisms import drawing
from tests.rows import records, row

TODAY = date(2026, 6, 17)


def claim(id: str, number: int, total: int, as_of: date, what: str = "35岁以下", group: str = "年龄") -> Makeup:
    return row(Makeup, id, group=group, claim=what, number=number, total=total, as_of=as_of)


def test_the_newest_of_each_claim_stands_and_the_earlier_ones_are_kept() -> None:
    rows = [
        claim("a", 2, 7, date(2021, 4, 1)),
        claim("b", 7, 9, date(2026, 3, 28)),
        claim("c", 9, 9, date(2026, 3, 28), "大专", "学历"),
    ]
    found = claims(rows, TODAY)
    assert found is not None
    assert {g: [r.id for r in some] for g, some in found.now.items()} == {"年龄": ["b"], "学历": ["c"]}
    assert [r.id for r in found.before] == ["a"]


def test_what_is_dated_ahead_is_not_told_yet() -> None:
    ahead = claim("b", 7, 9, date(2026, 6, 18))
    assert claims([ahead], TODAY) is None
    found = claims([claim("a", 2, 7, date(2021, 4, 1)), ahead], TODAY)
    assert found is not None
    assert [r.id for r in found.now["年龄"]] == ["a"]


def codes(rows: list[Makeup], committee: int) -> list[str]:
    there = [row(Person, f"p{n}", name=f"人{n}", basis="职务公开") for n in range(committee)]
    held = [
        row(Duty, f"d{n}", person=p.id, duty=COMMITTEES[n % len(COMMITTEES)], since=date(2020, 1, 1))
        for n, p in enumerate(there)
    ]
    rest = Given(records([*there, *held, *rows]), None, TODAY, ("xiyuan",))  # type: ignore[arg-type]
    return [p.code for _, p in makeup_sound(rest)]


def test_nothing_is_said_to_be_compared_while_a_duty_is_being_looked_into() -> None:
    rows = [claim("a", 4, 4, date(2026, 3, 28))]
    said = "班子总人数和任职登记核对过"
    assert said in drawing.page(drawing.seen(rows), "makeup")
    waits = drawing.seen(rows, withheld=(Withheld("xiyuan", "duties", "D", rows[0].place),))
    assert said not in drawing.page(waits, "makeup")


def test_of_two_numbers_for_one_day_the_second_is_not_published() -> None:
    """Nobody can tell which is right: it would stand as the newest, and the first as one of earlier."""
    day = date(2026, 3, 28)
    rows = [claim("a", 2, 4, day), claim("b", 4, 4, day)]
    people = [row(Person, f"p{n}", name=f"人{n}", basis="职务公开") for n in range(4)]
    held = [row(Duty, f"d{n}", person=f"p{n}", duty=COMMITTEES[0], since=date(2020, 1, 1)) for n in range(4)]
    given_ = Given(records([*people, *held, *rows]), None, TODAY, ("xiyuan",))  # type: ignore[arg-type]
    assert [(r.id, p.code, p.withholds) for r, p in makeup_sound(given_)] == [("b", "makeup-twice", True)]


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_what_is_let_through_is_a_share_of_all_and_points_at_nobody(number: int, total: int, committee: int) -> None:
    found = codes([claim("a", number, total, date(2026, 3, 28))], committee)
    if not found:
        assert total == committee
        assert 0 <= number <= total
        assert number in (0, total) or (number >= 2 and total - number >= 2)
    else:
        assert total != committee or number > total or 1 in (number, total - number)


def test_who_sits_on_both_is_one_member() -> None:
    there = records(
        [
            row(Person, "p1", name="人", basis="职务公开"),
            row(Duty, "d1", person="p1", duty="社区党委书记", since=date(2020, 1, 1)),
            row(Duty, "d2", person="p1", duty="居委会主任", since=date(2020, 1, 1)),
            row(Duty, "d3", person="p1", duty="微网格长", since=date(2020, 1, 1)),
        ]
    )
    assert members(there, "xiyuan", TODAY) == 1


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    gathered = build.gather(
        build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/")
    )
    bayi = next(c for c in gathered.whole.records.communities if c.id == "bayi")
    return next(p.body for p in mechanism_pages(gathered.book, bayi) if p.url == "bayi/makeup/")


def test_the_article_s_share_is_printed_as_a_fraction_and_cut(page: str) -> None:
    words = search.text_of(page)
    assert "7/9" in words
    assert "77.7%" in words
    assert "77.8%" not in words
    assert "9/9" in words


def test_no_member_is_named_beside_the_figures(page: str, root: Path) -> None:
    """Counts only: whoever reads a share finds no name on the same page to hang it on."""
    whole, _ = build.check(root / "records", date(2030, 1, 1))
    held = {d.person for d in whole.records.rows("bayi", Duty) if d.duty in COMMITTEES}
    assert [whole.person("bayi", p) for p in held if whole.person("bayi", p) in page] == []
