"""What stands in ``records/`` before a sync: rows, the marks on them, and what was taken down."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .. import marks, reading
from ..marks import Held, Removed
from ..sheet import Sheet
from .entries import Rows
from .merge import Before
from .outcome import LISTED, Ground


def rows(records: Path, sheet: Sheet, community: str) -> Rows:
    """The good rows of a file as it stands; none where there is no file."""
    path = records / community / f"{sheet.id}.csv"
    if not path.is_file():
        return {}
    name = "/".join(filter(None, (records.name, community, path.name)))
    return reading.read_table(path.read_bytes(), sheet, community, name)[0]


def before(community: str, ground: Ground, sheets: Mapping[str, Sheet]) -> Before:
    """All that stands of a community. ``sheets``: those it may have a file of."""
    records = ground.asked.records
    tables = {s.id: rows(records, s, community) for s in sheets.values() if s.per_community}
    if LISTED in sheets:
        tables[LISTED] = {i: r for i, r in ground.listed.items() if i == community}
    mine = [*held(records, community), *(h for h in held(records, "") if h.id == community)]
    removed: list[Removed] = []
    path = records / community / "removed.csv"
    if path.is_file():
        removed = marks.read_removed(path.read_bytes(), community, f"{records.name}/{community}/removed.csv")[0]
    return Before(tables, tuple(mine), tuple(removed))


def held(records: Path, community: str) -> list[Held]:
    """The marks of a community; those of the district's own sheets under ``""``."""
    path = records / community / "withheld.csv"
    if not path.is_file():
        return []
    return marks.read_held(path.read_bytes(), community, f"{records.name}/{community}/withheld.csv")[0]
