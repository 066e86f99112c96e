"""Decisions: border cases of each rule in the records, and the exactness of the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.decisions import (
    AreaMissing,
    Areas,
    Decision,
    Tally,
    adds_up,
    area_adds_up,
    decide,
    tally_of,
)
from generator.procedures import Procedures, Rule, load

RULES: Procedures = load(Path(__file__).parents[2] / "records" / "procedures")[0]
OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)


def rule(id: str, on: date = NEW) -> Rule:
    found = RULES.rule(id, on)
    assert found is not None
    return found


def heads(eligible: int, present: int, in_favour: int) -> Tally:
    """A count in which everybody present who isn't in favour is against."""
    return Tally(eligible, present, in_favour, present - in_favour, 0)


def owners(*figures: str) -> Areas:
    total, present, in_favour = (Decimal(f) for f in figures)
    return Areas(total, present, in_favour, present - in_favour, Decimal(0))


def failed(decision: Decision) -> str:
    return " ".join(t.key for t in decision.tests if not t.passed)


@pytest.mark.parametrize(
    ("id", "on", "eligible", "present", "in_favour", "fails"),
    [
        ("yishi", NEW, 15, 10, 6, ""),  # exactly 2/3 there, 6 of 10
        ("yishi", NEW, 15, 10, 5, "majority_heads"),  # exactly half isn't 过半数
        ("yishi", NEW, 15, 9, 9, "quorum_heads"),
        ("yishi", NEW, 13, 9, 5, ""),  # 2/3 of 13 is 8.67
        ("yishi", NEW, 13, 8, 8, "quorum_heads"),
        ("yishi", NEW, 15, 0, 0, "quorum_heads majority_heads"),
        ("yishi", NEW, 0, 0, 0, "quorum_heads majority_heads"),
        ("dangyuan", NEW, 165, 110, 56, ""),
        ("dangyuan", NEW, 165, 110, 55, "majority_heads"),
        ("dangyuan", NEW, 165, 109, 100, "quorum_heads"),
        ("liangwei", NEW, 9, 5, 3, ""),
        ("liangwei", NEW, 8, 4, 4, "quorum_heads"),
        ("jumin", OLD, 261, 131, 66, ""),
        ("jumin", NEW, 261, 130, 130, "quorum_heads"),
        ("jumin", NEW, 260, 130, 130, "quorum_heads"),
        ("daibiao", OLD, 60, 31, 16, ""),  # enough under the old law …
        ("daibiao", NEW, 60, 31, 16, "quorum_heads"),  # … and not under the new one
        ("daibiao", NEW, 60, 40, 21, ""),
        ("daibiao", NEW, 60, 40, 20, "majority_heads"),
        ("yeweihui", NEW, 8, 5, 4, ""),  # half of ALL members is enough: 半数以上
        ("yeweihui", NEW, 9, 5, 5, ""),
        ("yeweihui", NEW, 9, 5, 4, "majority_heads"),  # four of five present, but not half of nine
        ("yeweihui", NEW, 8, 4, 4, "quorum_heads"),
        ("juweihui-xuanju-daibiao", NEW, 60, 40, 40, "quorum_heads"),  # 超过三分之二
        ("juweihui-xuanju-daibiao", NEW, 60, 41, 21, ""),
        ("juweihui-lingxuan", NEW, 900, 451, 151, ""),
        ("juweihui-lingxuan", NEW, 900, 453, 151, ""),  # exactly a third
        ("juweihui-lingxuan", NEW, 900, 454, 151, "majority_heads"),
    ],
)
def test_borders(id: str, on: date, eligible: int, present: int, in_favour: int, fails: str) -> None:
    decision = decide(heads(eligible, present, in_favour), rule(id, on))
    assert failed(decision) == fails
    assert decision.passed is (fails == "")
    assert decision.quorate is ("quorum" not in fails)


@pytest.mark.parametrize(
    ("id", "people", "area", "fails"),
    [
        ("yezhu-yiban", (300, 200, 101), ("30000", "20000", "10000.01"), ""),
        ("yezhu-yiban", (300, 200, 101), ("30000", "20000", "10000.00"), "majority_area"),
        ("yezhu-yiban", (300, 200, 100), ("30000", "20000", "10000.01"), "majority_heads"),
        ("yezhu-yiban", (300, 199, 199), ("30000", "20000", "20000"), "quorum_heads"),
        ("yezhu-yiban", (300, 200, 200), ("30000", "19999.99", "19999.99"), "quorum_area"),
        ("yezhu-yiban", (300, 200, 200), ("30000.01", "20000.00", "20000"), "quorum_area"),
        ("yezhu-yiban", (300, 0, 0), ("30000", "0", "0"), "quorum_heads quorum_area majority_heads majority_area"),
        ("yezhu-tebie", (300, 200, 150), ("30000", "20000", "15000"), ""),  # exactly 3/4 of both: 以上
        ("yezhu-tebie", (300, 200, 149), ("30000", "20000", "15000"), "majority_heads"),
        ("yezhu-tebie", (300, 200, 150), ("30000", "20000", "14999.99"), "majority_area"),
        ("yezhu-tebie", (300, 300, 200), ("30000", "30000", "20000"), "majority_heads majority_area"),
    ],
)
def test_owners_need_heads_and_area(
    id: str, people: tuple[int, int, int], area: tuple[str, str, str], fails: str
) -> None:
    decision = decide(replace(heads(*people), areas=owners(*area)), rule(id))
    assert failed(decision) == fails
    assert [t.key for t in decision.tests] == ["quorum_heads", "quorum_area", "majority_heads", "majority_area"]
    assert all(rule(id).says(t.key) for t in decision.tests)


def test_owners_without_areas_cannot_be_decided() -> None:
    with pytest.raises(AreaMissing):
        decide(heads(300, 200, 150), rule("yezhu-yiban"))


def test_a_test_carries_its_figures() -> None:
    quorum, majority = decide(heads(15, 13, 9), rule("yishi")).tests
    assert (quorum.key, quorum.what, quorum.unit, quorum.part, quorum.whole) == (
        "quorum_heads",
        "quorum",
        "heads",
        13,
        15,
    )
    assert (majority.part, majority.whole, majority.threshold.strict) == (9, 13, True)
    of_all = decide(heads(9, 5, 5), rule("yeweihui")).tests[1]
    assert (of_all.part, of_all.whole) == (5, 9)


def test_ballots_that_are_not_for_count_as_present_only() -> None:
    assert not decide(Tally(10, 10, 5, 1, 2, 1, 1), rule("yishi")).passed
    assert decide(Tally(10, 10, 6, 0, 2, 1, 1), rule("yishi")).passed


counts = st.integers(0, 10**6)


@given(counts, counts, counts)
def test_more_than_half_is_exact(eligible: int, present: int, in_favour: int) -> None:
    decision = decide(heads(eligible, present, in_favour), rule("liangwei"))
    assert decision.passed == (eligible > 0 and present > 0 and 2 * present > eligible and 2 * in_favour > present)


@given(counts, counts, counts, counts, counts, counts)
def test_owners_are_exact(a: int, b: int, c: int, total: int, taking_part: int, pro: int) -> None:
    areas = Areas(*(Decimal(n) / 100 for n in (total, taking_part, pro, 0, 0)))
    passed = decide(replace(heads(a, b, c), areas=areas), rule("yezhu-tebie")).passed
    enough = all(3 * y >= 2 * x and 4 * z >= 3 * y for x, y, z in ((a, b, c), (total, taking_part, pro)))
    assert passed == (enough and min(a, b, total, taking_part) > 0)


@given(counts, counts, st.integers(1, 1000), st.sampled_from(RULES.rules))
def test_one_more_in_favour_never_hurts(present: int, in_favour: int, more: int, any_rule: Rule) -> None:
    few = replace(heads(10**6, present, in_favour), areas=owners("3", "2", "2"))
    many = replace(few, in_favour=in_favour + more)
    assert decide(many, any_rule).passed >= decide(few, any_rule).passed


@given(counts, counts, counts, counts, counts, st.integers(-5, 5))
def test_a_count_adds_up_or_says_by_how_much_not(a: int, b: int, c: int, d: int, e: int, off: int) -> None:
    assert adds_up(Tally(10**7, a + b + c + d + e + off, a, b, c, d, e)) == off


@given(counts, counts, counts, st.integers(-5, 5))
def test_areas_add_up_to_the_hundredth(a: int, b: int, c: int, off: int) -> None:
    cents = [Decimal(n) / 100 for n in (a + b + c + off, a, b, c)]
    assert area_adds_up(Areas(Decimal(10**7), *cents)) == Decimal(off) / 100


@dataclass
class Row:
    called: int = 300
    present: int = 200
    in_favour: int = 150
    against: int = 49
    abstained: int = 1
    invalid: int | None = None
    unreturned: int | None = 0
    area_total: Decimal | None = Decimal("30000")
    area_present: Decimal | None = Decimal("20000.5")
    area_for: Decimal | None = Decimal("20000")
    area_against: Decimal | None = Decimal("0.5")
    area_abstained: Decimal | None = Decimal("0")


def test_a_row_of_the_sheet_gives_a_tally() -> None:
    areas = Areas(*(Decimal(n) for n in ("30000", "20000.5", "20000", "0.5", "0")))
    assert tally_of(Row()) == Tally(300, 200, 150, 49, 1, 0, 0, areas)
    assert tally_of(Row(area_against=None)).areas is None
