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
) -> CountTable:
    """The counts of a private sheet as they may be published, from the labels of each of its rows.

    ``labels``: all labels of each dimension, in order, whether a row has them or not. ``before``: the table as it stands
    published. Over months no total is printed: next month's would give back what the new month hides. Nor is one over
    a hidden count in a table without months: it is renewed whenever a row comes, and two totals would tell which.
    Raises ``ValueError`` for a row with other labels.
    """
    counts = _counts_of(sheet)
    number = Counter(rows)
    if any(len(row) != len(labels) or any(x not in of for x, of in zip(row, labels, strict=True)) for row in number):
        raise ValueError(f"{sheet.id}: a row has a label that is not counted by")
    places = [{label: i for i, label in enumerate(of)} for of in labels]
    cells: dict[Key, int] = {tuple(at[x] for at, x in zip(places, row, strict=True)): n for row, n in number.items()}
    shape = tuple(len(of) for of in labels)
    months = [i for i, name in enumerate(counts.by) if sheet.column(name).kind.name == "date"]
    if not months and any(cells.get(k, 0) < counts.least for k in suppression.keys(shape) if None not in k):
        return _table(sheet, community, labels, _cells_alone(shape, cells, counts.least))
    stood = {k: _mark(before, _named(k, labels)) for k in suppression.keys(shape)} if before else {}
    known = {k: m for k, m in stood.items() if m is not None}
    return _table(sheet, community, labels, suppression.suppress(shape, cells, counts.least, months, known))


def _cells_alone(shape: Shape, cells: Mapping[Key, int], least: int) -> dict[Key, int | Mark]:
    """Each cell by itself, and totals of nothing but printed cells: then no hidden one follows, today or next time."""
    found: dict[Key, int | Mark] = {}
    for key in suppression.keys(shape):
        parts = [k for k in product(*map(range, shape)) if all(of in (None, at) for of, at in zip(key, k, strict=True))]
        numbers = [cells.get(k, 0) for k in parts]
        whole = parts and min(numbers) >= least
        found[key] = sum(numbers) if whole else Mark.FEW if sum(numbers) < least else Mark.UNLISTED
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
