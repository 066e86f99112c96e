"""What was published and is so no longer: told once for the rows that went together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..records import Records
from ..sheets import discover
from .cases import Fact
from .mending import names_people


@dataclass(frozen=True)
class Group(Fact):
    """The rows of one sheet that went on one day for one reason; of people not even the ids."""

    sheet: str
    title: str
    on: date
    reason: str
    ids: tuple[str, ...]
    rows: int


def of_community(records: Records, community: str, first: Sequence[str]) -> tuple[Group, ...]:
    """What a community removed, the latest day first; of a day the sheets ``first``, then the others by title."""
    found: dict[tuple[str, date, str], list[str]] = {}
    for r in records.removed:
        if r.community == community:
            found.setdefault((r.sheet, r.on, r.reason), []).append(r.id)
    sheets = discover()
    groups = [
        Group(sheet, sheets[sheet].title, on, reason, () if names_people(sheet) else tuple(ids), len(ids))
        for (sheet, on, reason), ids in found.items()
    ]
    order = {sheet: n for n, sheet in enumerate(first)}
    return tuple(sorted(groups, key=lambda g: (-g.on.toordinal(), order.get(g.sheet, len(order)), g.title, g.reason)))
