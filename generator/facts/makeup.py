"""The two committees in figures: what the community publishes of them as a whole, the newest of each first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..records import Records
from ..sheets.duties import COMMITTEES
from ..sheets.makeup import Makeup
from .counts import holders
from .fact import Fact


@dataclass(frozen=True)
class Claims(Fact):
    """``now``: by group, the newest figure of each claim; ``before``: the earlier ones, the latest first."""

    now: Mapping[str, tuple[Makeup, ...]]
    before: tuple[Makeup, ...]


def members(records: Records, community: str, day: date) -> int:
    """How many people sat on the two committees on a day; one who sat on both is one."""
    return len(holders(records, community, COMMITTEES, day))


def claims(rows: Iterable[Makeup], today: date) -> Claims | None:
    """The figures as of ``today`` and earlier; None where there are none."""
    told = [r for r in rows if r.as_of <= today]
    newest: dict[tuple[str, str], Makeup] = {}
    for row in told:
        known = newest.get((row.group, row.claim))
        if known is None or row.as_of >= known.as_of:
            newest[row.group, row.claim] = row
    now: dict[str, list[Makeup]] = {}
    for row in newest.values():
        now.setdefault(row.group, []).append(row)
    kept = {r.id for r in newest.values()}
    before = sorted((r for r in told if r.id not in kept), key=lambda r: (r.as_of, r.id), reverse=True)
    return Claims({g: tuple(rows) for g, rows in now.items()}, tuple(before)) if told else None
