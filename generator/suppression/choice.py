"""Choosing what to hide, by cheapest ways through the network that a table with its totals is.

Rows, columns, a source and a sink are the nodes; each cell and each total is an arc with a number on it. What can be moved
around a circle of arcs leaves every sum right: so much is in doubt about each number on it, if all of these are hidden.
The heuristic: J. Castro, "A shortest-paths heuristic for statistical data protection in positive tables", INFORMS Journal
on Computing 19 (2007).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .tables import FEW, UNLISTED, Key, Mark, Marks, Shape, maybe_few, pairs

_CELL, _TOTAL, _GRAND, _STANDING, _NEWS = 1_000, 10_000, 1_000_000, 10, 10**9
_ENDLESS = 10**18


def _ends(key: Key) -> tuple[Any, Any]:
    """From which node to which a number's arc leads: source → row → column → sink, and back."""
    match key:
        case (None,) | (None, None):
            return "sink", "source"
        case (_,):
            return "source", "sink"
        case (row, None):
            return "source", ("row", row)
        case (None, column):
            return ("column", column), "sink"
        case (row, column):
            return ("row", row), ("column", column)
    raise ValueError(key)


@dataclass
class Choice:
    """One attempt to hide enough: the true numbers, what is hidden so far, and how far each number could be moved."""

    shape: Shape
    least: int
    numbers: dict[Key, int]
    silent: frozenset[int]
    before: Marks
    kept: frozenset[Key]
    hidden: dict[Key, Mark] = field(default_factory=dict)
    sticky: set[Key] = field(default_factory=set)
    # For each number that must stay in doubt: the numbers that move when it is moved all the way down, and up.
    moved: dict[tuple[Key, int], frozenset[Key]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hidden = {k: FEW for k, n in self.numbers.items() if n < self.least}
        self.hidden.update((k, UNLISTED) for k in self.numbers if any(k[a] is None for a in self.silent))
        for total in pairs(self.shape, self.marks):
            self.hidden[total] = UNLISTED
        self.free = {k for k, m in self.hidden.items() if m is UNLISTED}
        self.sticky = {k for k in self.kept if k not in self.hidden}
        self.hidden.update((k, UNLISTED) for k in self.sticky)

    @property
    def marks(self) -> dict[Key, int | Mark]:
        return {k: self.hidden.get(k, n) for k, n in self.numbers.items()}

    @cached_property
    def around(self) -> dict[Any, list[tuple[Key, int, Any]]]:
        """Node → the arcs that touch it, the sign of a step along each, and where it leads."""
        found: dict[Any, list[tuple[Key, int, Any]]] = {}
        for key in self.numbers:
            tail, head = _ends(key)
            found.setdefault(tail, []).append((key, 1, head))
            found.setdefault(head, []).append((key, -1, tail))
        return found

    @cached_property
    def _rooms(self) -> dict[Key, tuple[int, int]]:
        return {k: self._room(k, n) for k, n in self.numbers.items()}

    def _room(self, key: Key, number: int) -> tuple[int, int]:
        """How far a number could move down and up, were it hidden."""
        if self.hidden.get(key) is FEW:
            return number, self.least - 1 - number
        return (number if key in self.free else number - self.least), _ENDLESS

    @cached_property
    def _prices(self) -> dict[Key, int]:
        return {k: self._price(k, n) for k, n in self.numbers.items()}

    def _price(self, key: Key, number: int) -> int:
        """What hiding a number costs: less for a small one, more for a total; very much for what was public unchanged."""
        was = self.before.get(key)
        if isinstance(was, Mark):
            return _STANDING
        kind = (_CELL, _TOTAL if len(self.shape) > 1 else _GRAND, _GRAND)[sum(part is None for part in key)]
        return kind + min(number, _CELL) + (_NEWS if was == number else 0)

    def _way(self, start: Any, goal: Any, spent: Mapping[Key, int], barred: Key, hide: bool) -> list[tuple[Key, int]]:
        """The cheapest way along which one more unit can be moved; empty when there is none."""
        best: dict[Any, int] = {start: 0}
        came: dict[Any, tuple[Any, Key, int]] = {}
        heap, count = [(0, 0, start)], 0
        while heap:
            cost, _, node = heapq.heappop(heap)
            if node == goal:
                break
            if cost > best[node]:
                continue
            for key, sign, other in self.around[node]:
                new = cost + (1 if key in self.hidden else self._prices[key])
                if key == barred or new >= best.get(other, _ENDLESS) or not (hide or key in self.hidden):
                    continue
                if self._left(key, sign, spent) > 0:
                    best[other], came[other], count = new, (node, key, sign), count + 1
                    heapq.heappush(heap, (new, count, other))
        way: list[tuple[Key, int]] = []
        while goal in came and goal != start:
            goal, key, sign = came[goal]
            way.append((key, sign))
        return way

    def _left(self, key: Key, sign: int, spent: Mapping[Key, int]) -> int:
        down, up = self._rooms[key]
        return up - spent.get(key, 0) if sign > 0 else down + spent.get(key, 0)

    def move(self, key: Key, by: int, hide: bool = True) -> dict[Key, int] | None:
        """Moves a number ``by`` units; what else moves, and how far. None when it cannot.

        ``hide``: whether shown numbers may be hidden for it.
        """
        sign = 1 if by > 0 else -1
        tail, head = _ends(key)
        start, goal = (head, tail) if sign > 0 else (tail, head)
        spent: dict[Key, int] = {}
        missing = abs(by)
        while missing:
            way = self._way(start, goal, spent, key, hide)
            if not way:
                return None
            step = min(missing, *(self._left(k, s, spent) for k, s in way))
            for k, s in way:
                spent[k] = spent.get(k, 0) + s * step
                self.hidden.setdefault(k, UNLISTED)
            missing -= step
        return {**{k: n for k, n in spent.items() if n}, key: by}

    def needs(self) -> Iterator[tuple[Key, int]]:
        """Every number that must stay in doubt, with how far it must be able to move: 0 for any way at all."""
        doubted = {k for k, m in self.hidden.items() if m is FEW} | maybe_few(self.shape, self.marks, self.free)
        for key, number in self.numbers.items():
            if key in doubted:
                yield from (
                    (key, by) for by in (-number, self.least - 1 - number) if by < 0 or (by and number < self.least)
                )
            elif key in self.sticky or key in self.free:
                yield key, 0

    def protect(self) -> bool:
        """Hides what has to be hidden; False when no hiding is enough."""
        if not all(need in self.moved or self._settle(*need, hide=True) for need in self.needs()):
            return False
        while sum(self._show(k) for k in self._dearest()):
            pass  # what could be printed now may have been the reason for another
        return True

    def _settle(self, key: Key, by: int, hide: bool) -> bool:
        moves = self.move(key, by or 1, hide and bool(by))
        if not by:
            moves = moves or self.move(key, -1, False) or (self.move(key, 1) if hide else None)
        for k, n in (moves or {}).items():  # one movement may show of several numbers at once that they stay in doubt
            self.moved.setdefault((k, n), frozenset(moves or ()))
            self.moved.setdefault((k, 0), frozenset(moves or ()))
        return moves is not None

    def _dearest(self) -> list[Key]:
        chosen = [k for k, m in self.hidden.items() if m is UNLISTED and k not in self.free and k not in self.sticky]
        return sorted(chosen, key=lambda k: -self._prices[k])

    def _show(self, key: Key) -> bool:
        """Prints a number after all, if all that must stay in doubt does."""
        del self.hidden[key]
        stood = self.moved
        self.moved = {need: support for need, support in stood.items() if key not in support}
        if all(need in self.moved or self._settle(*need, hide=False) for need in self.needs()):
            return True
        self.hidden[key], self.moved = UNLISTED, stood
        return False
