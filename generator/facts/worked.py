"""A rule worked out for a few sizes: how many must come, how many must agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..procedures import Demand, Rule
from .decisions import AreaMissing, Areas, Tally, decide
from .fact import Fact

# Sizes that such bodies have here: odd and even, of three and not, so that the border cases show.
SIZES = {
    "heads": (9, 30, 100, 501),
    "households": (30, 54, 100, 501),
    "delegates": (5, 15, 33, 51),
    "area_and_heads": (54, 100, 479, 842),
}
AREA = Decimal("30000.00")  # m²


@dataclass(frozen=True)
class Worked(Fact):
    """Of ``eligible``: the fewest that must take part; the fewest in favour if just those do, and if all do."""

    eligible: int
    quorum: int
    majority: int
    majority_of_all: int


def worked(rule: Rule) -> tuple[Worked, ...]:
    """The figures for a few sizes, by the same arithmetic that votes are judged by."""
    return tuple(_worked(rule, n) for n in SIZES[rule.counted_by])


def _worked(rule: Rule, eligible: int) -> Worked:
    quorum = rule.quorum.least(eligible)
    return Worked(eligible, quorum, _majority(rule, eligible, quorum), _majority(rule, eligible, eligible))


def _majority(rule: Rule, eligible: int, present: int) -> int:
    return rule.majority.least(eligible if rule.majority.of == "eligible" else present)


@dataclass(frozen=True)
class WorkedArea(Fact):
    """The same of an area in m², to the square centimetre: of all, to take part, in favour of just that.

    ``quorum_over``, ``majority_over``: what must be exceeded, where that is a plainer way to say it (``Test.over``).
    """

    total: Decimal
    quorum: Decimal
    majority: Decimal
    quorum_over: Decimal | None
    majority_over: Decimal | None


def worked_area(rule: Rule) -> WorkedArea | None:
    """The area that must take part and agree, of ``AREA``; None for a rule that does not count it."""
    if rule.counted_by != "area_and_heads":
        return None
    quorum, quorum_over = _least(rule, "quorum_area", AREA)
    majority, majority_over = _least(rule, "majority_area", quorum)
    return WorkedArea(AREA, quorum, majority, quorum_over, majority_over)


def _least(rule: Rule, key: str, present: Decimal) -> tuple[Decimal, Decimal | None]:
    nothing = Decimal(0)
    tally = Tally(1, 1, 0, 0, 0, areas=Areas(AREA, present, nothing, nothing, nothing))
    test = next(t for t in decide(tally, rule).tests if t.key == key)
    if not isinstance(test.least, Decimal):
        raise AreaMissing(rule.id)
    return test.least, test.over


def demanded(rule: Rule, of: int = 100) -> tuple[tuple[Demand, int], ...]:
    """Who may demand the meeting, each with how many of so many that takes."""
    return tuple((d, d.share.least(of)) for d in rule.demands)
