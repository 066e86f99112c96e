"""Whether a vote was carried: the rule's two thresholds, compared exactly, in heads and, for owners, in area.

No figure is rounded and no float is used: counts are integers, areas decimals, shares fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ..procedures import Rule, Threshold


class AreaMissing(ValueError):
    """A vote counted by area (民法典 §278) without the figures of the areas: it can't be decided."""


@dataclass(frozen=True)
class Areas:
    """Exclusive floor area in m²: of all owners, of those who took part, and how these voted."""

    total: Decimal
    present: Decimal
    in_favour: Decimal
    against: Decimal
    abstained: Decimal


@dataclass(frozen=True)
class Tally:
    """A count of heads: who may vote, who was present, and what became of each of their ballots."""

    eligible: int
    present: int
    in_favour: int
    against: int
    abstained: int
    invalid: int = 0
    unreturned: int = 0
    areas: Areas | None = None


@dataclass(frozen=True)
class Test:
    """One comparison. ``key``: ``quorum_heads``, ``majority_heads``, ``quorum_area`` or ``majority_area``, for which
    ``rule.says(key)`` has the Chinese. ``part`` of ``whole`` was to reach ``threshold``; heads are int, areas Decimal.
    """

    key: str
    part: int | Decimal
    whole: int | Decimal
    threshold: Threshold
    passed: bool

    __test__ = False  # a test of a vote, not one for pytest to collect

    @property
    def what(self) -> str:
        """``quorum`` or ``majority``."""
        return self.key.partition("_")[0]

    @property
    def unit(self) -> str:
        """``heads`` or ``area``."""
        return self.key.partition("_")[2]


@dataclass(frozen=True)
class Decision:
    """All comparisons of a rule, quorum first; carried only when each one passed."""

    rule: Rule
    tests: tuple[Test, ...]

    @property
    def quorate(self) -> bool:
        """Whether enough took part for the vote to count at all."""
        return all(t.passed for t in self.tests if t.what == "quorum")

    @property
    def passed(self) -> bool:
        return all(t.passed for t in self.tests)


def decide(tally: Tally, rule: Rule) -> Decision:
    """What the rule makes of a count.

    An invalid or unreturned ballot is present but not in favour; silence is not assent. Owners (民法典 §278) pass
    only when heads and area both do. Raises ``AreaMissing`` for a rule counted by area and a tally without areas.
    """
    tests = [
        _test("quorum_heads", rule.quorum, tally.present, tally),
        _test("majority_heads", rule.majority, tally.in_favour, tally),
    ]
    if rule.counted_by == "area_and_heads":
        if tally.areas is None:
            raise AreaMissing(rule.id)
        tests.insert(1, _test("quorum_area", rule.quorum, tally.areas.present, tally.areas))
        tests.append(_test("majority_area", rule.majority, tally.areas.in_favour, tally.areas))
    return Decision(rule, tuple(tests))


def _test(key: str, threshold: Threshold, part: int | Decimal, of: Tally | Areas) -> Test:
    everyone = of.eligible if isinstance(of, Tally) else of.total
    whole = everyone if threshold.of == "eligible" else of.present
    return Test(key, part, whole, threshold, threshold.met(part, whole))


def adds_up(tally: Tally) -> int:
    """Present heads minus all their ballots: 0 when the count is right, above 0 when ballots are missing."""
    ballots = tally.in_favour + tally.against + tally.abstained + tally.invalid + tally.unreturned
    return tally.present - ballots


def area_adds_up(areas: Areas) -> Decimal:
    """Area that took part minus the area of the three kinds of votes, in m²: 0 when the count is right."""
    return areas.present - (areas.in_favour + areas.against + areas.abstained)


class VoteRow(Protocol):
    """What a row of the sheet ``votes`` has; an empty cell is None."""

    @property
    def called(self) -> int: ...
    @property
    def present(self) -> int: ...
    @property
    def in_favour(self) -> int: ...
    @property
    def against(self) -> int: ...
    @property
    def abstained(self) -> int: ...
    @property
    def invalid(self) -> int | None: ...
    @property
    def unreturned(self) -> int | None: ...
    @property
    def area_total(self) -> Decimal | None: ...
    @property
    def area_present(self) -> Decimal | None: ...
    @property
    def area_for(self) -> Decimal | None: ...
    @property
    def area_against(self) -> Decimal | None: ...
    @property
    def area_abstained(self) -> Decimal | None: ...


def tally_of(row: VoteRow) -> Tally:
    """The count that a row of ``votes`` gives; areas only when all five are there."""
    figures = (row.area_total, row.area_present, row.area_for, row.area_against, row.area_abstained)
    known = [f for f in figures if f is not None]
    return Tally(
        eligible=row.called,
        present=row.present,
        in_favour=row.in_favour,
        against=row.against,
        abstained=row.abstained,
        invalid=row.invalid or 0,
        unreturned=row.unreturned or 0,
        areas=Areas(*known) if len(known) == len(figures) else None,
    )
