"""The places of a table of counts, what may be printed in each, and what such a print says by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import product

Key = tuple[int | None, ...]  # the place in each dimension; None: the total over it
Shape = tuple[int, ...]
Line = tuple[Key, list[Key]]


class Mark(Enum):
    """What is printed instead of a number."""

    FEW = "few"
    UNLISTED = "unlisted"


FEW, UNLISTED = Mark.FEW, Mark.UNLISTED
Marks = Mapping[Key, int | Mark]


class Impossible(ValueError):
    """No table of counts would be printed like this."""


def keys(shape: Shape) -> list[Key]:
    """All cells, then the totals over the last dimension, over the first, over all."""
    cells: list[Key] = [tuple(k) for k in product(*(range(n) for n in shape))]
    if len(shape) == 1:
        return [*cells, (None,)]
    rows, columns = shape
    return [*cells, *((i, None) for i in range(rows)), *((None, j) for j in range(columns)), (None, None)]


def lines(shape: Shape) -> list[Line]:
    """Every total with the numbers that it is the sum of; the grand total of a table of two dimensions has two lines."""
    if len(shape) == 1:
        return [((None,), [(i,) for i in range(shape[0])])]
    rows, columns = range(shape[0]), range(shape[1])
    found: list[Line] = [((i, None), [(i, j) for j in columns]) for i in rows]
    found += [((None, j), [(i, j) for i in rows]) for j in columns]
    return [*found, ((None, None), [(i, None) for i in rows]), ((None, None), [(None, j) for j in columns])]


def pairs(shape: Shape, marks: Marks) -> set[Key]:
    """Totals of two numbers that are both few. They are never printed, so that this tells nothing of their size:
    two counts under 5 whose total is known to be 5 or more are both known not to be 0.
    """
    return {total for total, parts in lines(shape) if len(parts) == 2 and all(marks.get(p) is FEW for p in parts)}


def unsaid(shape: Shape, marks: Marks) -> set[Key]:
    """The unlisted totals that may be any number, even a small one: those of two small numbers, and all totals over a
    dimension (the grand total too) when not one of these is printed. Any other unlisted number is ``least`` or more.
    """
    silent = [a for a in range(len(shape)) if all(m is UNLISTED for k, m in marks.items() if k[a] is None)]
    free = {k for k in marks if any(k[a] is None for a in silent)}
    return {k for k in free | pairs(shape, marks) if marks[k] is UNLISTED}


def maybe_few(shape: Shape, marks: Marks, free: Iterable[Key]) -> set[Key]:
    """Those of the totals in ``free`` that may be small as far as their own line tells."""
    few = {total for total, parts in lines(shape) if all(marks[p] is FEW for p in parts)}
    return few & set(free)


def bounds(shape: Shape, marks: Marks, least: int) -> dict[Key, tuple[int, int | None]]:
    """What each print says by itself: the smallest and the greatest number that it may stand for (None: no greatest)."""
    free = unsaid(shape, marks)
    said: dict[Key, tuple[int, int | None]] = {}
    for key, mark in marks.items():
        if mark is FEW:
            said[key] = (0, least - 1)
        elif mark is UNLISTED:
            said[key] = (0 if key in free else least, None)
        elif isinstance(mark, int):
            said[key] = (mark, mark)
    return said
