"""Which numbers of a table of counts are printed, so that nothing follows about the small ones. Numbers only, no words.

A count under ``least``, zero too, is ``FEW``: it may be any number from 0 to ``least - 1``, and whoever knows everything
else that is printed must still find each of these possible. For that other numbers are ``UNLISTED``.

``suppress`` chooses what to hide (``choice.py``); ``exposed`` then looks at what would be printed, and at nothing else, with
a solver that knows nothing of the choice (``outsider.py``). Why so: docs/decisions/0010-suppressed-counts.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .choice import Choice
from .outsider import Outsider, exposed
from .tables import FEW, UNLISTED, Impossible, Key, Mark, Marks, Shape, bounds, keys, lines, pairs

__all__ = ["FEW", "UNLISTED", "Impossible", "Key", "Mark", "Marks", "Shape", "exposed", "keys", "lines", "pairs", "suppress"]


def _with_totals(shape: Shape, cells: Mapping[Key, int]) -> dict[Key, int]:
    numbers = dict(cells)
    for total, parts in lines(shape):
        numbers[total] = sum(numbers.get(p, 0) for p in parts)
    return {k: numbers.get(k, 0) for k in keys(shape)}


def suppress(
    shape: Shape,
    cells: Mapping[Key, int],
    least: int,
    silent: Iterable[int] = (),
    before: Marks | None = None,
    shy: frozenset[Key] = frozenset(),
) -> dict[Key, int | Mark]:
    """What to print of counts in one dimension or two, and of all their totals, in the order of :func:`keys`.

    ``shape``: how many labels each dimension has; ``cells``: the true counts, those that are 0 may be left out.
    ``silent``: dimensions over which no total is ever printed. ``before``: what was last printed of the same cells.
    ``shy``: cells and totals that are not listed however great they are.
    The same counts give the same marks; there is always an answer, at worst one without totals.
    """
    numbers = _with_totals(shape, cells)
    if not all(shape):
        return dict.fromkeys(numbers, UNLISTED)
    stood = {k: m for k, m in (before or {}).items() if k in numbers}
    asked = frozenset(silent)
    if _still_true(shape, numbers, stood, asked, least) and not any(isinstance(stood[k], int) for k in shy):
        return {k: stood[k] for k in numbers}
    kept = frozenset(_kept(shape, numbers, stood, least, asked)) | shy
    for more in ((), (len(shape) - 1,), (0,)):
        choice = Choice(shape, least, numbers, asked | set(more), stood, kept)
        if choice.protect() and _audited(shape, choice.marks, least):
            return choice.marks
    return Choice(shape, least, numbers, frozenset(range(len(shape))), stood, kept).marks


def _kept(shape: Shape, numbers: Mapping[Key, int], before: Marks, least: int, silent: Iterable[int]) -> Iterator[Key]:
    """The numbers that were not listed last time and are better not listed now.

    Last month's table stands in the history for ever: a number that protected another one there would, once it is printed
    and did not change, give that one back. It may be printed when nothing follows there of what is small until today.
    """
    known = bounds(shape, before, least)
    whole = [(total, parts) for total, parts in lines(shape) if {total, *parts} <= set(before)]
    small = [k for k, m in before.items() if m is FEW and numbers[k] < least]
    unlisted = [k for k, m in before.items() if m is UNLISTED and not any(k[a] is None for a in silent)]
    for key in [k for k in unlisted if small and numbers[k] >= least]:
        trial = {**known, key: (numbers[key], numbers[key])}
        near = [k for total, parts in whole if key == total or key in parts for k in (total, *parts) if k in small]
        try:
            outsider = Outsider(whole, trial)
            if outsider.narrowed(near, least) or outsider.narrowed(small, least):
                yield key
            else:
                known = trial
        except Impossible:
            continue  # it has surely changed


def _still_true(shape: Shape, numbers: Mapping[Key, int], marks: Marks, silent: Iterable[int], least: int) -> bool:
    """Whether a printed table is right as it stands, and tells nothing that it should not."""
    if set(marks) != set(numbers) or any(marks[k] is not UNLISTED for k in marks for a in silent if k[a] is None):
        return False
    said = bounds(shape, marks, least)
    inside = all(low <= numbers[k] and (high is None or numbers[k] <= high) for k, (low, high) in said.items())
    shown = all(not isinstance(m, int) or m >= least for m in marks.values())
    return inside and shown and _audited(shape, marks, least)


def _audited(shape: Shape, marks: Marks, least: int) -> bool:
    """Whether nothing follows, for sure: not where the solver finds no answer, though there is the true one."""
    try:
        return not exposed(shape, marks, least)
    except Impossible:
        return False
