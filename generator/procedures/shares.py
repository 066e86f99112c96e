"""A share to reach, exactly: fractions of whole numbers, never floats."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..declared import At

_SHARE = re.compile(r"(more than|at least) ([0-9]{1,6})/([0-9]{1,6})(?: of (eligible|present))?")


@dataclass(frozen=True)
class Threshold:
    """A share to reach, exactly: written ``more than 1/2 of present`` or ``at least 2/3 of eligible``.

    ``strict``: 超过 and 过半数 leave the number itself out, 以上 takes it in (民法典 §1259).
    ``of``: ``eligible`` (all who may take part) or ``present`` (those who did).
    """

    share: Fraction
    strict: bool
    of: str

    def met(self, part: int | Decimal, whole: int | Decimal) -> bool:
        """Whether ``part`` reaches the share of ``whole``; of nothing at all, no share is reached."""
        got: Fraction | int
        bar: Fraction | int
        if isinstance(part, int) and isinstance(whole, int):  # most are; the same comparison without a fraction
            got, bar = part * self.share.denominator, whole * self.share.numerator
        else:
            got, bar = Fraction(part), self.share * Fraction(whole)
        return whole > 0 and (got > bar if self.strict else got >= bar)

    def least(self, whole: int) -> int:
        """The smallest whole number that reaches the share of ``whole`` heads."""
        bar = self.share * whole
        return math.floor(bar) + 1 if self.strict else math.ceil(bar)


def threshold(value: Any, at: At) -> Threshold | None:
    """``more than 1/2 of present``: a share with what it is of."""
    return _read(value, at, "procedure-threshold", whole=True)


def share(value: Any, at: At) -> Threshold | None:
    """``at least 1/10``: a share of all of those who are named beside it."""
    return _read(value, at, "procedure-share", whole=False)


def _read(value: Any, at: At, code: str, *, whole: bool) -> Threshold | None:
    match = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if not match or bool(match[4]) != whole:
        at.fault(code, value)
        return None
    strict, over, under = match[1] == "more than", int(match[2]), int(match[3])
    if not 0 < over <= under or (strict and over == under):
        at.fault("procedure-threshold-range", value)
        return None
    return Threshold(Fraction(over, under), strict, match[4] or "eligible")
