"""What someone learns who knows everything that is printed, and nothing else.

The matrix of a table's sums is that of a network, so totally unimodular: between the least and the greatest value that a
number can have all whole numbers are possible, and a linear programme finds both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .tables import FEW, Impossible, Key, Line, Marks, Shape, bounds, lines, maybe_few, unsaid

_ENDLESS = 10**18


class Outsider:
    """Someone who knows what is printed and what it means, and solves for the rest."""

    def __init__(self, lines: list[Line], bounds: Mapping[Key, tuple[int, int | None]]) -> None:
        import highspy  # slow to import, and only a community with private sheets needs it

        class Quiet(highspy.Highs):  # type: ignore[misc,unused-ignore]
            def enableCallbacks(self) -> None:  # called first of all; it would print who wrote the solver
                self.setOptionValue("output_flag", False)

        self._lines, self._bounds = lines, bounds
        self.known = {k: low for k, (low, high) in bounds.items() if low == high}
        self.hidden = [k for k in bounds if k not in self.known]
        self._index = {k: i for i, k in enumerate(self.hidden)}
        self._optimal, self._endless = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnbounded
        self._unknown = highspy.HighsModelStatus.kUnknown
        self._solver: Any = Quiet()  # type: ignore[no-untyped-call]
        for option, value in (("threads", 1), ("presolve", "off"), ("solver", "simplex"), ("random_seed", 0)):
            self._solver.setOptionValue(option, value)
        for key in self.hidden:
            low, high = self._bounds[key]
            self._solver.addVar(low, highspy.kHighsInf if high is None else high)
        for total, parts in self._lines:
            named = [(self._index[k], n) for k, n in [(total, -1), *((p, 1) for p in parts)] if k in self._index]
            rest = self.known.get(total, 0) - sum(self.known.get(p, 0) for p in parts)
            self._solver.addRow(rest, rest, len(named), [i for i, _ in named], [n for _, n in named])
        self.low = dict.fromkeys(self.hidden, _ENDLESS)
        self.high = dict.fromkeys(self.hidden, -1)

    def push(self, wanted: Iterable[Key], sign: int) -> bool:
        """Makes the sum of some hidden numbers as great (``sign`` 1) or small (-1) as can be, and notes what was found.

        Raises :class:`Impossible` when nothing can be found. False when the sum has no end.
        """
        if not self.hidden:
            self._verify(self.known)
            return True
        price = [0.0] * len(self.hidden)
        for key in wanted:
            price[self._index[key]] = -sign
        self._solver.changeColsCost(len(price), list(range(len(price))), price)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == self._unknown:  # where it stood after the last question led nowhere: once more from the beginning
            self._solver.clearSolver()
            self._solver.setOptionValue("presolve", "on")
            self._solver.run()
            self._solver.setOptionValue("presolve", "off")
            status = self._solver.getModelStatus()
        if status == self._endless:
            return False
        if status != self._optimal:
            raise Impossible
        found = dict(zip(self.hidden, map(round, self._solver.getSolution().col_value), strict=True))
        self._verify({**self.known, **found})
        for key, number in found.items():
            self.low[key], self.high[key] = min(self.low[key], number), max(self.high[key], number)
        return True

    def _verify(self, numbers: Mapping[Key, int]) -> None:
        """The solver reckons with floats; what it found is believed when it holds in whole numbers."""
        for key, number in numbers.items():
            low, high = self._bounds[key]
            if number < low or (high is not None and number > high):
                raise Impossible
        if any(numbers[total] != sum(numbers[p] for p in parts) for total, parts in self._lines):
            raise Impossible

    def reach(self, wanted: list[Key], goal: int, sign: int) -> list[Key]:
        """Those of some numbers that can't be as small (or as great) as ``goal``."""

        def missed(some: list[Key]) -> list[Key]:
            return [k for k in some if (self.high[k] < goal if sign > 0 else self.low[k] > goal)]

        left = missed(wanted)
        while left and self.push(left, sign) and len(again := missed(left)) < len(left):
            left = again
        for key in left:
            if missed([key]):
                self.push([key], sign)
        return missed(left)

    def narrowed(self, small: list[Key], least: int) -> set[Key]:
        """Those of the small numbers that can't be each number from 0 to ``least - 1``."""
        return {*self.reach(small, 0, -1), *self.reach(small, least - 1, 1)}


def exposed(shape: Shape, marks: Marks, least: int) -> list[Key]:
    """The hidden numbers of which more follows from all that is printed than each says by itself.

    For a ``FEW``, and for a total that may be one, each number from 0 to ``least - 1`` must be possible; an ``UNLISTED``
    must have two possible numbers; a total of nothing but printed numbers, which anybody can add up, hides none.
    Raises :class:`Impossible` when no table of counts would be printed like this.
    """
    if not all(shape):
        return []
    outsider = Outsider(lines(shape), bounds(shape, marks, least))
    outsider.push([], 1)
    maybe = maybe_few(shape, marks, unsaid(shape, marks))
    small = [k for k, m in marks.items() if m is FEW or k in maybe]
    wrong = outsider.narrowed(small, least)
    sums: set[Key] = set()
    for total, parts in lines(shape):  # the total of all comes last
        sums |= {total} if all(isinstance(marks[p], int) or p in sums for p in parts) else set()
    doubted = [k for k in outsider.hidden if k not in small and k not in sums]
    for key in (k for k in doubted if outsider.low[k] == outsider.high[k]):
        if outsider.push([key], 1) and outsider.low[key] == outsider.high[key]:
            outsider.push([key], -1)
            wrong |= {key} if outsider.low[key] == outsider.high[key] else set()
    return [k for k in marks if k in wrong]
