"""The figures that a rule's page works out are those that votes are judged by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.facts.decisions import Areas, Tally, decide
from generator.facts.worked import SIZES, demanded, worked, worked_area
from generator.procedures import COUNTED_BY, Rule, load

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
DAY = date(2026, 6, 17)


def rule(id: str) -> Rule:
    found = RULES.rule(id, DAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("id", "of", "figures"),
    [
        ("daibiao", 51, (34, 18, 26)),
        ("daibiao", 33, (22, 12, 17)),
        ("jumin", 100, (51, 26, 51)),
        ("jumin", 501, (251, 126, 251)),
        ("yeweihui", 5, (3, 3, 3)),  # of all members, not of those present
        ("juweihui-xuanju-daibiao", 15, (11, 6, 8)),  # more than two thirds: ten of fifteen are not enough
        ("juweihui-lingxuan", 9, (5, 2, 3)),
        ("yezhu-tebie", 100, (67, 51, 75)),
        ("yezhu-yiban", 54, (36, 19, 28)),
    ],
)
def test_figures(id: str, of: int, figures: tuple[int, int, int]) -> None:
    found = {w.eligible: (w.quorum, w.majority, w.majority_of_all) for w in worked(rule(id))}
    assert found[of] == figures


@pytest.mark.parametrize("found", RULES.rules, ids=lambda r: f"{r.id}-{r.valid_from}")
def test_one_head_fewer_and_the_vote_is_lost(found: Rule) -> None:
    """What the page gives as the least is carried by ``decide``, and one less is not."""
    everything = Decimal(1)
    areas = Areas(everything, everything, everything, Decimal(0), Decimal(0))

    def carried(eligible: int, present: int, yes: int) -> bool:
        return decide(Tally(eligible, present, yes, present - yes, 0, areas=areas), found).passed

    for w in worked(found):
        assert carried(w.eligible, w.quorum, w.majority)
        assert not carried(w.eligible, w.quorum, w.majority - 1)
        assert not carried(w.eligible, w.quorum - 1, w.quorum - 1)
        assert carried(w.eligible, w.eligible, w.majority_of_all)
        assert not carried(w.eligible, w.eligible, w.majority_of_all - 1)


def test_area_is_worked_out_to_the_square_centimetre() -> None:
    plain, special = worked_area(rule("yezhu-yiban")), worked_area(rule("yezhu-tebie"))
    assert plain is not None
    assert special is not None
    assert (plain.quorum, plain.majority) == (Decimal("20000.0000"), Decimal("10000.0001"))
    assert (special.quorum, special.majority) == (Decimal("20000.0000"), Decimal("15000.0000"))
    assert (plain.quorum_over, plain.majority_over) == (None, Decimal("10000.0000"))  # a majority: the half is not enough
    assert (special.quorum_over, special.majority_over) == (None, None)
    assert worked_area(rule("jumin")) is None


def test_every_way_of_counting_has_its_sizes() -> None:
    assert set(SIZES) == set(COUNTED_BY)
    assert {len(s) for s in SIZES.values()} == {4}


def test_who_may_demand_a_meeting_of_a_hundred() -> None:
    assert [(d.who, n) for d, n in demanded(rule("jumin"))] == [("十八周岁以上居民", 10), ("户", 10), ("居民代表", 34)]
    assert [(d.who, n) for d, n in demanded(rule("daibiao"))] == [("居民代表", 20)]
    assert demanded(rule("yishi")) == ()
