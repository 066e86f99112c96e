"""A hundred thousand matters in memory: the demo's, over and over, as public rows that the gate made.

A copy has all rows of the demo that hang on a matter or a meeting, under new ids, and all its dates moved back by the same seeded
number of days, so that on one day some matters are new, some late and some long done.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from generator import reading
from generator.privacy import publish
from generator.problems import Place
from generator.records import Records
from generator.sheet import PublicRow
from generator.sheets import discover
from generator.sheets.matters import Matter

from .sample import LINKS, STANDS

BACK = 300  # days at most
SINCE = date(2022, 1, 1)  # what was raised before may be older, moved back, than the procedures are
Refers = Mapping[str, tuple[str, ...]]


def make(demo: Path, matters: int, seed: int = 1) -> Records:
    """Records of the demo's communities with so many matters; same seed, same rows."""
    chance = random.Random(seed)
    read = reading.read(demo).records
    refers = copied()
    tables: dict[str, dict[str, dict[str, PublicRow]]] = {
        community: {sheet: {} if sheet not in STANDS or sheet in refers else dict(rows) for sheet, rows in of.items()}
        for community, of in read.tables.items()
    }
    rows = [row for community in read.communities for row in read.rows(community.id, Matter)]
    everything = [(row.community, row.id) for row in rows if row.raised_on >= SINCE]
    line = count(2)
    for number in count(1):
        wanted = set(everything[: max(0, matters - (number - 1) * len(everything))])
        if not wanted:
            return replace(read, tables=tables, withheld=(), held=(), removed=(), counts=(), _indexes={})
        back = timedelta(days=chance.randrange(BACK))
        for row in _rows(read, refers, wanted):
            made = _copy(row, refers[row.sheet.id], f"-{number}", back, next(line))
            tables[row.community][row.sheet.id][made.id] = made
    raise AssertionError("unreachable")


def copied() -> Refers:
    """The sheets whose rows are copied: matters, meetings, and what refers to a copied one; with the columns that do."""
    sheets = {id: s for id, s in discover().items() if s.published and id in (*LINKS, *STANDS)}
    found: set[str] = set()
    more = {"matters", "meetings"}
    while more:
        found |= more
        more = {id for id, s in sheets.items() if {c.kind.target for c in s.references} & found} - found
    return {id: tuple(c.name for c in sheets[id].references if c.kind.target in found) for id in found}


def _rows(read: Records, refers: Refers, wanted: set[tuple[str, str]]) -> Iterator[PublicRow]:
    """The rows of one copy: whatever names no matter, or one that is wanted."""
    for community, of in read.tables.items():
        for sheet in refers:
            for row in of.get(sheet, {}).values():
                matter = row.id if sheet == "matters" else getattr(row, "matter", None)
                if not matter or (community, matter) in wanted:
                    yield row


def _copy(row: PublicRow, names: tuple[str, ...], end: str, back: timedelta, line: int) -> PublicRow:
    values: dict[str, Any] = {name: _moved(value, back) for name, value in row.as_dict().items()}
    for name in ("id", *names):
        if values[name]:
            values[name] += end
    place = Place(row.place.file, row.place.sheet, line)
    return publish(row.sheet, row.community, place, values, row.cells)


def _moved(value: Any, back: timedelta) -> Any:
    return value - back if isinstance(value, (date, datetime)) else value
