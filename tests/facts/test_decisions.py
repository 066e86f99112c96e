"""Decisions: border cases of each rule in the records, and the exactness of the arithmetic."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

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
from generator.facts.owners import CHOICES, Cast, count_heads
from generator.procedures import Procedures, Rule, Threshold, load

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
    area_invalid: Decimal | None = None
    proxies: int | None = None


def test_a_row_of_the_sheet_gives_a_tally() -> None:
    areas = Areas(*(Decimal(n) for n in ("30000", "20000.5", "20000", "0.5", "0")))
    assert tally_of(Row()) == Tally(300, 200, 150, 49, 1, 0, 0, areas)
    assert tally_of(Row(area_against=None)).areas is None
    with_more = tally_of(Row(area_invalid=Decimal("0.0001"), proxies=3))
    assert with_more.areas is not None
    assert (with_more.areas.invalid, with_more.proxies) == (Decimal("0.0001"), 3)


# --- the table of border cases --------------------------------------------------------------------------------------

with (Path(__file__).parent / "border_cases.csv").open(encoding="utf-8", newline="") as _file:
    BORDERS = list(csv.DictReader(_file))
HEADS = ("eligible", "present", "in_favour", "against", "abstained", "invalid", "unreturned")
AREA = ("area_total", "area_present", "area_for", "area_against", "area_abstained", "area_invalid")


def threshold(words: str) -> Threshold:
    """A share as the files of rules write it: ``at least 2/3 of eligible``."""
    strict, (share, of) = (
        words.startswith("more than"),
        words.removeprefix("more than").removeprefix("at least").split(" of "),
    )
    return Threshold(Fraction(share.strip()), strict, of)


def of_case(case: Mapping[str, str]) -> tuple[Tally, Rule]:
    quorum, majority = map(threshold, case["threshold"].split(" / "))
    areas = Areas(*(Decimal(case[n]) for n in AREA)) if case["area_total"] else None
    like = rule("yezhu-yiban" if areas else "liangwei")
    return Tally(*(int(case[n]) for n in HEADS), areas), replace(like, quorum=quorum, majority=majority)


@pytest.mark.parametrize("case", BORDERS, ids=[c["case"] for c in BORDERS])
def test_border_cases(case: Mapping[str, str]) -> None:
    tally, by = of_case(case)
    assert adds_up(tally, case["silence"]) == 0
    assert tally.areas is None or area_adds_up(tally.areas) == 0
    assert failed(decide(tally, by)) == case["fails"]


@pytest.mark.parametrize("case", BORDERS, ids=[c["case"] for c in BORDERS])
def test_the_least_that_passes_passes_and_one_less_does_not(case: Mapping[str, str]) -> None:
    for test in decide(*of_case(case)).tests:
        if test.least is None:
            assert test.whole == 0
            continue
        step = Decimal("0.0001") if test.unit == "area" else 1
        assert isinstance(test.least, Decimal) is (test.unit == "area")
        assert test.threshold.met(test.least, test.whole)
        assert not test.threshold.met(test.least - step, test.whole)
        if test.over is not None:  # strict, and nothing lies between what must be exceeded and the least
            assert test.threshold.strict
            assert test.over == test.least - step


def test_what_must_be_exceeded_is_said_where_it_is_exact_to_a_square_centimetre() -> None:
    def majority(present: str) -> tuple[Decimal | int | None, Decimal | None]:
        areas = owners("30000.00", present, "1.00")
        test = decide(replace(heads(100, 70, 40), areas=areas), rule("yezhu-yiban")).tests[3]
        return test.least, test.over

    assert majority("27544.44") == (Decimal("13772.2201"), Decimal("13772.2200"))
    assert majority("27544.4401") == (Decimal("13772.2201"), None)  # half of it ends between two
    assert majority("0") == (None, None)
    assert decide(heads(15, 10, 6), rule("yishi")).tests[1].over is None


# --- properties -----------------------------------------------------------------------------------------------------

small = st.integers(0, 400)
THRESHOLDS = sorted({t for r in RULES.rules for t in (r.quorum, r.majority)}, key=str)


def crosswise(share: Threshold, part: int, whole: int) -> bool:
    """The same question without a fraction: part · under against over · whole."""
    left, right = part * share.share.denominator, share.share.numerator * whole
    return whole > 0 and (left > right if share.strict else left >= right)


@st.composite
def votes(draw: st.DrawFn) -> Tally:
    """A count that adds up, with areas that do, in square centimetres."""
    pro, contra, abstained, invalid, absent = (draw(small) for _ in range(5))
    a, b, c, d, e = (Decimal(draw(st.integers(0, 10**8))).scaleb(-4) for _ in range(5))
    present = pro + contra + abstained + invalid
    areas = Areas(a + b + c + d + e, a + b + c + d, a, b, c, d)
    return Tally(present + absent, present, pro, contra, abstained, invalid, 0, areas)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(THRESHOLDS))
def test_a_share_is_what_cross_multiplication_says(part: int, whole: int, share: Threshold) -> None:
    assert share.met(part, whole) is crosswise(share, part, whole)
    centimetres = [Decimal(n).scaleb(-4) for n in (part, whole)]
    assert share.met(*centimetres) is crosswise(share, part, whole)


@given(votes(), st.sampled_from(RULES.rules))
def test_each_test_is_what_cross_multiplication_says(tally: Tally, by: Rule) -> None:
    for test in decide(tally, by).tests:
        part, whole = (int(f.scaleb(4)) if isinstance(f, Decimal) else f for f in (test.part, test.whole))
        assert test.passed is crosswise(test.threshold, part, whole)


@given(votes(), st.sampled_from(RULES.rules))
def test_one_more_vote_in_favour_never_undoes_a_result(tally: Tally, by: Rule) -> None:
    """One who was absent comes and votes for it, or one who was against changes their mind, with whatever area."""
    assert tally.areas is not None
    more = Decimal("0.0001")
    joined = replace(tally.areas, total=tally.areas.total + more, present=tally.areas.present + more)
    joined = replace(joined, in_favour=joined.in_favour + more)
    came = replace(
        tally, eligible=tally.eligible + 1, present=tally.present + 1, in_favour=tally.in_favour + 1, areas=joined
    )
    if tally.eligible > tally.present:
        came = replace(came, eligible=tally.eligible)
    assert decide(came, by).passed >= decide(tally, by).passed
    if tally.against:
        turned = replace(tally, in_favour=tally.in_favour + 1, against=tally.against - 1)
        assert decide(turned, by).passed >= decide(tally, by).passed


@given(votes(), st.sampled_from(RULES.rules), st.integers(1, 1000))
def test_a_result_is_the_same_for_k_times_as_many(tally: Tally, by: Rule, k: int) -> None:
    assert tally.areas is not None
    areas = Areas(*(getattr(tally.areas, n) * k for n in tally.areas.__dataclass_fields__))
    grown = Tally(*(getattr(tally, n) * k for n in HEADS), areas)
    before, after = decide(tally, by), decide(grown, by)
    assert [t.passed for t in before.tests] == [t.passed for t in after.tests]


@given(st.lists(st.sampled_from(CHOICES), max_size=60), st.sampled_from(["yishi", "yeweihui", "daibiao"]), st.randoms())
def test_a_result_does_not_depend_on_the_order_of_the_ballots(said: list[str], id: str, chance: Random) -> None:
    casts = [Cast(f"{n}号", choice) for n, choice in enumerate(said)]
    mixed = chance.sample(casts, len(casts))
    one, other = (count_heads(80, some).tally for some in (casts, mixed))
    assert one is not None
    assert other is not None
    assert decide(one, rule(id)) == decide(other, rule(id))


# --- ballots that did not come back ---------------------------------------------------------------------------------


def test_silence_is_absence_where_the_rule_says_so_and_presence_else() -> None:
    at_a_meeting = decide(Tally(20, 12, 7, 2, 1, 1, 1), rule("yishi"))
    assert not at_a_meeting.silence_is_absence
    assert (at_a_meeting.silent, at_a_meeting.issued, at_a_meeting.returned) == (1, 12, 11)
    assert adds_up(at_a_meeting.tally) == 0
    in_writing = decide(replace(Tally(20, 11, 7, 2, 1, 1, 3), areas=owners("30", "20", "11")), rule("yezhu-yiban"))
    assert in_writing.silence_is_absence
    assert (in_writing.silent, in_writing.issued, in_writing.returned) == (9, 14, 11)
    assert (adds_up(in_writing.tally, "absent"), adds_up(in_writing.tally, "present")) == (0, -3)
