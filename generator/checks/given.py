"""What a check may look at, and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..problems import Problem
from ..procedures import Procedures
from ..records import Records
from ..sheet import PublicRow

Found = Iterator[tuple[PublicRow, Problem]]


@dataclass(frozen=True)
class Given:
    """What a check may look at. ``today``: the day asked for. ``present``: the day that it is, where another was asked for."""

    records: Records
    procedures: Procedures
    today: date
    communities: tuple[str, ...]
    present: date = date.min

    @property
    def newest(self) -> date:
        """The last day of which there can be anything to tell: what lies after it is a slip, whatever day is asked for."""
        return max(self.today, self.present)

    def may_lack(self, community: str, sheet: str, column: str, id: str) -> bool:
        """Whether a row of a sheet that is not shown is about that id, or may be."""
        return self.records.may_lack(community, sheet, column, id)


def say(row: PublicRow, name: str, code: str, *, holds: bool = True, **params: Any) -> tuple[PublicRow, Problem]:
    value = getattr(row, name)
    found = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else "" if value is None else str(value)
    return row, Problem(code, row.cell(name), found, params, withholds=holds)


def comes_back(given: Given, row: PublicRow, name: str) -> bool:
    """Whether a row comes back to itself from the one that it names in a column to the next."""
    seen: set[str] = set()
    at: PublicRow | None = row
    while at is not None and at.id not in seen:
        seen.add(at.id)
        at = given.records.get(row.community, type(row), getattr(at, name))
    return at is not None and at.id == row.id
