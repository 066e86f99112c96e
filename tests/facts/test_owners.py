"""Rolls and ballots of owners: heads, area, and everything that makes a count unsure."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.decisions import adds_up, area_adds_up
from generator.facts.owners import Cast, Electorate, Fault, Unit, count, count_heads, electorate, holdings, roll_faults

ROLL = (
    Unit("1-101", "甲", Decimal("89.5623")),
    Unit("1-102", "乙", Decimal("70.0001")),
    Unit("1-103", "乙", Decimal("30")),  # one owner of two
    Unit("2-101", "建设单位", Decimal("100"), "合同", unsold=True),
    Unit("2-102", "丙公司", Decimal("100.5"), "实测", unsold=True),
    Unit("2-103", "丁", Decimal("60"), "合同"),
)


def codes(faults: tuple[Fault, ...]) -> list[str]:
    return [f.code for f in faults]


def test_heads_and_area_of_a_roll() -> None:
    """甲, 乙 once, the developer once for both of what it has not sold, 丁."""
    assert electorate(ROLL) == Electorate(4, Decimal("450.0624"))
    assert holdings(ROLL) == {"乙": ("1-102", "1-103"), "": ("2-101", "2-102")}
    assert roll_faults(ROLL) == ()
    assert electorate(()) == (0, 0)


def test_the_registers_area_before_the_surveys_before_the_contracts() -> None:
    lines = [Unit("1", "甲", Decimal(area), basis) for basis, area in (("合同", "3"), ("登记簿", "1"), ("实测", "2"))]
    assert electorate(lines) == (1, Decimal(1))
    assert electorate([lines[0], lines[2]]) == (1, Decimal(2))
    assert electorate([lines[0]]) == (1, Decimal(3))
    assert roll_faults(lines) == ()


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        ({"unit": ""}, "unit-unnamed", (0,)),
        ({"unit": "1-102"}, "unit-twice", (0, 1)),  # one unit of two owners
        ({"unit": "1-102", "owner": "乙"}, "unit-twice", (0, 1)),  # two areas of one basis
        ({"owner": ""}, "unit-owner", (0,)),
        ({"area": None}, "unit-area", (0,)),
        ({"area": Decimal(0)}, "unit-area", (0,)),
        ({"area": Decimal("89.56231")}, "unit-area", (0,)),  # finer than any deed
        ({"basis": "估计"}, "unit-basis", (0,)),
    ],
)
def test_a_roll_that_cannot_be_counted(change: dict[str, object], code: str, at: tuple[int, ...]) -> None:
    roll = [replace(ROLL[0], **change), *ROLL[1:]]  # type: ignore[arg-type]
    assert [(f.code, f.at) for f in roll_faults(roll)] == [(code, at)]
    counted = count(roll, [])
    assert (counted.tally, codes(counted.faults)) == (None, [code])


def test_an_unsold_unit_needs_no_owner() -> None:
    assert roll_faults([Unit("1", "", Decimal(50), unsold=True)]) == ()


def test_a_head_votes_once_with_all_the_area_for_which_a_ballot_came() -> None:
    casts = [
        Cast("1-101", "同意"),
        Cast("1-102", "反对"),
        Cast("1-103", "反对"),
        Cast("2-101", "同意"),  # the developer, for one of two units: the other keeps silent
        Cast("2-103", "无效", proxy="戊", written=True),
    ]
    tally = count(ROLL, casts).tally
    assert tally is not None
    assert (tally.eligible, tally.present, tally.unreturned, tally.proxies) == (4, 4, 0, 1)
    assert (tally.in_favour, tally.against, tally.abstained, tally.invalid) == (2, 1, 0, 1)
    areas = tally.areas
    assert areas is not None
    assert (areas.in_favour, areas.against, areas.invalid) == (Decimal("189.5623"), Decimal("100.0001"), Decimal(60))
    assert (areas.total, areas.present) == (Decimal("450.0624"), Decimal("349.5624"))


@pytest.mark.parametrize(
    ("casts", "code", "at"),
    [
        ([Cast("9-999", "同意")], "cast-unknown", (0,)),
        ([Cast("1-101", "同意"), Cast("1-101", "同意")], "cast-twice", (0, 1)),  # even if they say the same
        ([Cast("1-101", "同意"), Cast("1-101", "反对")], "cast-twice", (0, 1)),  # ours to tell, not to choose
        ([Cast("1-102", "同意"), Cast("1-103", "反对")], "cast-divided", (0, 1)),  # one head, two minds
        ([Cast("2-101", "同意"), Cast("2-102", "弃权")], "cast-divided", (0, 1)),
        ([Cast("1-101", "")], "cast-choice", (0,)),
        ([Cast("1-101", "同意", proxy="戊")], "cast-unwritten", (0,)),
        ([Cast(u, "同意", proxy="戊", written=True) for u in ("1-101", "1-102", "2-103")], "cast-proxies", (0, 1, 2)),
    ],
)
def test_ballots_that_cannot_be_counted(casts: list[Cast], code: str, at: tuple[int, ...]) -> None:
    counted = count(ROLL, casts, proxies=2)
    assert counted.tally is None
    assert [(f.code, f.at) for f in counted.faults] == [(code, at)]


def test_several_units_of_one_owner_are_one_ballot_cast_for_another() -> None:
    casts = [Cast(u, "同意", proxy="戊", written=True) for u in ("1-101", "1-102", "1-103")]
    assert count(ROLL, casts, proxies=2).faults == ()
    assert count(ROLL, casts, proxies=1).faults[0].code == "cast-proxies"
    assert count(ROLL, casts).faults == ()  # a rule that does not limit it


def test_ballots_counted_by_heads_alone() -> None:
    casts = [
        Cast("1号", "同意"),
        Cast("2号", "反对"),
        Cast("3号", "弃权", proxy="戊", written=True),
        Cast("4号", "无效"),
    ]
    tally = count_heads(10, casts).tally
    assert tally is not None
    assert (tally.eligible, tally.present, tally.in_favour, tally.against, tally.abstained, tally.invalid) == (
        10, 4, 1, 1, 1, 1,
    )  # fmt: skip
    assert (tally.areas, tally.proxies) == (None, 1)
    assert codes(count_heads(10, [*casts, Cast("1号", "同意")]).faults) == ["cast-twice"]
    assert codes(count_heads(3, casts).faults) == ["cast-many"]
    assert codes(count_heads(10, [Cast("", "同意")]).faults) == ["cast-unknown"]
    assert codes(count_heads(10, [Cast("1号", "好"), Cast("2号", "同意", proxy="戊")]).faults) == [
        "cast-choice", "cast-unwritten",
    ]  # fmt: skip


# --- properties -----------------------------------------------------------------------------------------------------

CHOICE = st.sampled_from(["同意", "反对", "弃权", "无效", None])  # None: no ballot came back


@st.composite
def votes(draw: st.DrawFn) -> tuple[list[Unit], list[Cast]]:
    """A roll, and ballots in which every owner is of one mind about the units they vote for."""
    units, casts = [], []
    for head in range(draw(st.integers(0, 8))):
        unsold, choice = head == 0 and draw(st.booleans()), draw(CHOICE)
        for n in range(draw(st.integers(1, 4))):
            area = Decimal(draw(st.integers(1, 2_000_000))).scaleb(-4)
            units.append(Unit(f"{head}-{n}", "" if unsold else f"业主{head}", area, "登记簿", unsold))
            if choice and (n == 0 or draw(st.booleans())):
                casts.append(Cast(units[-1].unit, choice))
    return units, casts


@given(votes())
def test_a_count_always_adds_up(vote: tuple[list[Unit], list[Cast]]) -> None:
    counted = count(*vote)
    assert counted.faults == ()
    assert counted.tally is not None
    assert counted.tally.areas is not None
    assert adds_up(counted.tally, "absent") == 0
    assert area_adds_up(counted.tally.areas) == 0
    assert counted.tally.present + counted.tally.unreturned == counted.tally.eligible
    assert counted.tally.areas.present <= counted.tally.areas.total


@given(votes(), st.integers())
def test_the_order_of_roll_and_ballots_changes_nothing(vote: tuple[list[Unit], list[Cast]], seed: int) -> None:
    units, casts = vote
    mixed = random.Random(seed)
    other = mixed.sample(units, len(units)), mixed.sample(casts, len(casts))
    assert count(*other) == count(units, casts)


@given(votes())
def test_heads_are_owners_and_never_more_than_units(vote: tuple[list[Unit], list[Cast]]) -> None:
    units, _ = vote
    heads, area = electorate(units)
    assert heads == len({u.owner for u in units if not u.unsold}) + any(u.unsold for u in units)
    assert heads <= len(units)
    assert int(area.scaleb(4)) == sum(int(u.area.scaleb(4)) for u in units if u.area is not None)


@given(votes(), st.data())
def test_a_second_ballot_is_always_told(vote: tuple[list[Unit], list[Cast]], data: st.DataObject) -> None:
    units, casts = vote
    if casts:
        twice = data.draw(st.sampled_from(casts))
        counted = count(units, [*casts, twice])
        assert counted.tally is None
        assert "cast-twice" in codes(counted.faults)
