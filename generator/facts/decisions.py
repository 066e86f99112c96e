"""Whether a vote was carried: the rule's two thresholds, compared exactly, in heads and, for owners, in area.

No figure is rounded and no float is used: counts are integers, areas decimals, shares fractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from ..procedures import Rule, Threshold

SQUARE_CENTIMETRE = Decimal("0.0001")  # in m²; areas are exact to it
PRESENT, ABSENT = "present", "absent"  # what a rule makes of a ballot that did not come back (``Rule.unreturned``)

Count = int | Decimal  # heads, or m²


class AreaMissing(ValueError):
    """A vote counted by area (民法典 §278) without the figures of the areas: it can't be decided."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Exclusive floor area in m²: of all owners, of those who took part, and what became of their ballots."""

    total: Decimal
    present: Decimal
    in_favour: Decimal
    against: Decimal
    abstained: Decimal
    invalid: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of heads: who may vote, who was present, and what became of each of their ballots.

    ``unreturned``: ballots given out that did not come back; whether those are of the present is the rule's to say.
    ``proxies``: how many of the present had somebody else cast their ballot.
    """

    eligible: int
    present: int
    in_favour: int
    against: int
    abstained: int
    invalid: int = 0
    unreturned: int = 0
    areas: Areas | None = None
    proxies: int = 0


@dataclass(frozen=True, slots=True)
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

    @property
    def least(self) -> int | Decimal | None:
        """The smallest figure that would have passed, in whole heads or square centimetres; None of nothing at all."""
        if not self.whole:
            return None
        if isinstance(self.whole, int):
            return self.threshold.least(self.whole)
        bar = self.threshold.share * Fraction(self.whole) / Fraction(SQUARE_CENTIMETRE)
        return (math.floor(bar) + 1 if self.threshold.strict else math.ceil(bar)) * SQUARE_CENTIMETRE

    @property
    def over(self) -> Decimal | None:
        """The area that had to be exceeded, where the bar itself is not enough and is exact to a square centimetre.

        None for heads, for a bar that may be met, and for one that falls between two square centimetres.
        """
        if not isinstance(self.whole, Decimal) or not self.whole or not self.threshold.strict:
            return None
        bar = self.threshold.share * Fraction(self.whole) / Fraction(SQUARE_CENTIMETRE)
        return bar.numerator * SQUARE_CENTIMETRE if bar.denominator == 1 else None


@dataclass(frozen=True, slots=True)
class Decision:
    """A count and all comparisons of a rule, quorum first; carried only when each one passed."""

    rule: Rule
    tests: tuple[Test, ...]
    tally: Tally

    @property
    def quorate(self) -> bool:
        """Whether enough took part for the vote to count at all."""
        return all(t.passed for t in self.tests if t.what == "quorum")

    @property
    def passed(self) -> bool:
        return all(t.passed for t in self.tests)

    @property
    def silence_is_absence(self) -> bool:
        """Whether a ballot that did not come back was no part of the present (owners' votes in writing)."""
        return silence(self.rule) == ABSENT

    @property
    def silent(self) -> int:
        """How many gave no ballot: of the present at a meeting, of all who may vote where silence is absence."""
        return self.tally.eligible - self.tally.present if self.silence_is_absence else self.tally.unreturned

    @property
    def issued(self) -> int:
        """How many ballots were given out."""
        return self.tally.present + (self.tally.unreturned if self.silence_is_absence else 0)

    @property
    def returned(self) -> int:
        """How many of them came back."""
        return self.issued - self.tally.unreturned


def decide(tally: Tally, rule: Rule) -> Decision:
    """What the rule makes of a count.

    An invalid ballot is present but not in favour, as is one that did not come back at a meeting; silence is not assent,
    and where the rule has silence for absence it was not counted as present in the first place. Owners (民法典 §278) pass
    only when heads and area both do. Raises ``AreaMissing`` for a rule counted by area and a tally without areas.
    """
    everyone, present = tally.eligible, tally.present
    quorum = _test("quorum_heads", rule.quorum, present, everyone, present)
    majority = _test("majority_heads", rule.majority, tally.in_favour, everyone, present)
    if rule.counted_by != "area_and_heads":
        return Decision(rule, (quorum, majority), tally)
    if (areas := tally.areas) is None:
        raise AreaMissing(rule.id)
    of_area = _test("quorum_area", rule.quorum, areas.present, areas.total, areas.present)
    by_area = _test("majority_area", rule.majority, areas.in_favour, areas.total, areas.present)
    return Decision(rule, (quorum, of_area, majority, by_area), tally)


def _test(key: str, threshold: Threshold, part: Count, everyone: Count, present: Count) -> Test:
    whole = everyone if threshold.of == "eligible" else present
    return Test(key, part, whole, threshold, threshold.met(part, whole))


def silence(rule: Rule | None) -> str:
    """What ballots that did not come back are: of the ``present``, or ``absent`` (owners' written votes); no rule, present."""
    return rule.unreturned if rule else PRESENT


def adds_up(tally: Tally, unreturned: str = PRESENT) -> int:
    """Present heads minus all their ballots: 0 when the count is right, above 0 when ballots are missing.

    ``unreturned``: what the rule makes of a ballot that did not come back, ``present`` or ``absent``.
    """
    ballots = tally.in_favour + tally.against + tally.abstained + tally.invalid
    return tally.present - ballots - (tally.unreturned if unreturned == PRESENT else 0)


def area_adds_up(areas: Areas) -> Decimal:
    """Area that took part minus the area of the four kinds of ballots, in m²: 0 when the count is right."""
    return areas.present - (areas.in_favour + areas.against + areas.abstained + areas.invalid)


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
    @property
    def area_invalid(self) -> Decimal | None: ...
    @property
    def proxies(self) -> int | None: ...


def tally_of(row: VoteRow) -> Tally:
    """The count that a row of ``votes`` gives; areas only when the five that every such vote has are there."""
    return Tally(
        row.called,
        row.present,
        row.in_favour,
        row.against,
        row.abstained,
        row.invalid or 0,
        row.unreturned or 0,
        areas_of(row),
        row.proxies or 0,
    )


def areas_of(row: VoteRow) -> Areas | None:
    """The areas that a row of ``votes`` gives, or None."""
    total, present, in_favour = row.area_total, row.area_present, row.area_for
    against, abstained = row.area_against, row.area_abstained
    if total is None or present is None or in_favour is None or against is None or abstained is None:
        return None
    return Areas(total, present, in_favour, against, abstained, row.area_invalid or Decimal(0))
