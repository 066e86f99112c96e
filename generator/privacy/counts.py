"""Private rows go in, suppressed counts come out."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from .. import suppression
from ..sheet import Counts, Sheet
from ..suppression import Key, Mark, Shape

WORDS = Path(__file__).parent.parent / "messages" / "words.toml"


@cache
def count_words() -> Mapping[str, str]:
    """The words printed in a table of counts: ``few`` (少于{least}), ``unlisted`` (不列), ``total`` (合计), ``number`` …"""
    return tomllib.loads(WORDS.read_text("utf-8"))["count"]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, init=False)
class Count:
    """One printed number of a private sheet: 12, 少于5 or 不列; ``number`` is None where none is printed.

    It holds what is printed and no more. The gate alone makes one; calling the class raises.
    """

    shown: str
    number: int | None

    def __init__(self, *_: Any, **__: Any) -> None:
        raise TypeError("counts are made by privacy.suppressed alone")

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class CountTable:
    """All that may be known of a private sheet: counts by one or two dimensions, with every total.

    ``titles`` and ``labels``: of each dimension, without the total. ``cells``: the labels of a cell → its count; 合计 in the
    place of a label is the total over that dimension. A count under ``least`` is not printed.
    """

    sheet: str
    community: str
    titles: tuple[str, ...]
    unit: str
    least: int
    labels: tuple[tuple[str, ...], ...]
    cells: Mapping[tuple[str, ...], Count]


class Derivable(ValueError):
    """A table from which a hidden count can be worked out; ``cells`` names the places of these counts."""

    def __init__(self, cells: Iterable[tuple[str, ...]]) -> None:
        super().__init__()
        self.cells = tuple(cells)


def _count(mark: int | Mark, least: int) -> Count:
    made = object.__new__(Count)
    number = mark if isinstance(mark, int) else None
    word = "" if isinstance(mark, int) else count_words()[mark.value].format(least=least)
    object.__setattr__(made, "shown", word or str(number))
    object.__setattr__(made, "number", number)
    return made


def read_mark(shown: str, least: int) -> int | Mark | None:
    """The number or the mark that a count is printed as; None for any other text."""
    for mark in Mark:
        if shown == count_words()[mark.value].format(least=least):
            return mark
    return int(shown) if re.fullmatch(r"0|[1-9]\d{0,8}", shown, re.ASCII) else None


def _counts_of(sheet: Sheet) -> Counts:
    if sheet.counts is None:
        raise TypeError(f"{sheet.id} is not counted")
    return sheet.counts


def _named(key: Key, labels: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(count_words()["total"] if i is None else of[i] for i, of in zip(key, labels, strict=True))


def _table(
    sheet: Sheet, community: str, labels: tuple[tuple[str, ...], ...], marks: Mapping[Key, int | Mark]
) -> CountTable:
    counts = _counts_of(sheet)
    titles = tuple(sheet.column(name).title for name in counts.by)
    cells = {_named(k, labels): _count(m, counts.least) for k, m in marks.items()}
    return CountTable(sheet.id, community, titles, counts.unit, counts.least, labels, cells)


def suppressed(
    sheet: Sheet,
    community: str,
    rows: Iterable[tuple[str, ...]],
    labels: tuple[tuple[str, ...], ...],
    before: CountTable | None = None,
    whose: Iterable[str] | None = None,
) -> CountTable:
    """The counts of a private sheet as they may be published, from the labels of each of its rows.

    ``labels``: all labels of each dimension, in order, whether a row has them or not. ``before``: the table as it stands
    published. Over months no total is printed: next month's would give back what the new month hides. Nor is one over
    a hidden count in a table without months: it is renewed whenever a row comes, and two totals would tell which.
    A table of nothing but months has each by itself: its total says nothing new where all of them are printed.
    ``whose``: who each row is of, where one may have many ("" where that is not known); what comes of fewer than
    ``least`` of them is not listed, and stays so in every later table. A correction often takes all rows of one person
    out of it or into it, so each number stands by itself there, and a total says no more than the numbers that it is of.
    Raises ``ValueError`` for a row with other labels.
    """
    counts = _counts_of(sheet)
    some = list(rows)
    number = Counter(some)
    if any(len(row) != len(labels) or any(x not in of for x, of in zip(row, labels, strict=True)) for row in number):
        raise ValueError(f"{sheet.id}: a row has a label that is not counted by")
    places = [{label: i for i, label in enumerate(of)} for of in labels]
    cells: dict[Key, int] = {tuple(at[x] for at, x in zip(places, row, strict=True)): n for row, n in number.items()}
    shape = tuple(len(of) for of in labels)
    shy = _of_too_few(shape, [tuple(at[x] for at, x in zip(places, row, strict=True)) for row in some], whose, counts.least)
    months = [i for i, name in enumerate(counts.by) if sheet.column(name).kind.name == "date"]
    stood = {k: _mark(before, _named(k, labels)) for k in suppression.keys(shape)} if before else {}
    known = {k: m for k, m in stood.items() if m is not None}
    if whose is not None:
        shy |= {k for k, m in known.items() if m is Mark.UNLISTED and None not in k}
    if len(shape) == len(months):
        return _table(sheet, community, labels, _periods_alone(shape, cells, counts.least, shy))
    small = any(cells.get(k, 0) < counts.least for k in suppression.keys(shape) if None not in k)
    if all(shape) and (whose is not None or (small and not months)):
        return _table(sheet, community, labels, _cells_alone(shape, cells, counts.least, shy, months))
    return _table(sheet, community, labels, suppression.suppress(shape, cells, counts.least, months, known, shy))


def _of_too_few(shape: Shape, places: list[Key], whose: Iterable[str] | None, least: int) -> frozenset[Key]:
    """The cells and totals whose rows are those of fewer than ``least`` people."""
    if whose is None:
        return frozenset()
    people: dict[Key, set[str]] = {key: set() for key in suppression.keys(shape)}
    for place, one in zip(places, whose, strict=True):
        for key in product(*((at, None) for at in place)):
            people[key].add(one)
    return frozenset(key for key, some in people.items() if len(some) < least)


def _cells_alone(
    shape: Shape, cells: Mapping[Key, int], least: int, shy: frozenset[Key], months: Iterable[int] = ()
) -> dict[Key, int | Mark]:
    """Each cell by itself, and totals of nothing but printed cells: then no hidden one follows, today or next time.

    Over ``months`` no total is printed. That of two small ones is never said to be small: it would tell of both when it
    is not.
    """
    silent = tuple(months)
    found: dict[Key, int | Mark] = {}
    for key in suppression.keys(shape):
        parts = [k for k in product(*map(range, shape)) if all(of in (None, at) for of, at in zip(key, k, strict=True))]
        numbers = [cells.get(k, 0) for k in parts]
        if any(key[n] is None for n in silent) or key in suppression.pairs(shape, found):
            found[key] = Mark.UNLISTED
        elif sum(numbers) < least:
            found[key] = Mark.FEW
        else:
            whole = min(numbers) >= least and shy.isdisjoint((key, *parts))
            found[key] = sum(numbers) if whole else Mark.UNLISTED
    return found


def _periods_alone(shape: Shape, cells: Mapping[Key, int], least: int, shy: frozenset[Key]) -> dict[Key, int | Mark]:
    """Each month or week by itself. The total is there only where it says no more than they do: that it were small, and is
    so no longer, would tell of the new one.
    """
    *parts, total = suppression.keys(shape)
    found: dict[Key, int | Mark] = {k: n if (n := cells.get(k, 0)) >= least else Mark.FEW for k in parts}
    found.update((k, Mark.UNLISTED) for k in parts if k in shy and found[k] is not Mark.FEW)
    numbers = [mark for mark in found.values() if isinstance(mark, int)]
    found[total] = sum(numbers) if parts and len(numbers) == len(parts) else Mark.UNLISTED
    return found


def _mark(table: CountTable, labels: tuple[str, ...]) -> int | Mark | None:
    count = table.cells.get(labels)
    return read_mark(count.shown, table.least) if count else None


def reprinted(
    sheet: Sheet, community: str, labels: tuple[tuple[str, ...], ...], marks: Mapping[tuple[str, ...], int | Mark]
) -> CountTable:
    """A published table of counts, read back from what is printed.

    Raises ``Derivable`` when a hidden count can be worked out from it, ``suppression.Impossible`` when its numbers
    contradict each other, ``KeyError`` when one is missing.
    """
    shape = tuple(len(of) for of in labels)
    by_key = {k: marks[_named(k, labels)] for k in suppression.keys(shape)}
    found = suppression.exposed(shape, by_key, _counts_of(sheet).least)
    if found:
        raise Derivable(_named(k, labels) for k in found)
    return _table(sheet, community, labels, by_key)
