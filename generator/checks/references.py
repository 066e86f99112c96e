"""Every id that a row gives is that of a row; and what waits with a row that is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..columns import Column
from ..records import Records
from ..sheet import PublicRow, Sheet
from ..sheets import discover
from .given import Found, Given, say

TAKEN = ("accountability", "assets", "data", "guide", "privacy", "procedures", "publicity", "search", "site", "bugushell")


def addresses_free(given: Given) -> Found:
    """A community's id is the first part of its addresses, so it may not be that of another page."""
    for community in given.records.communities:
        if community.id.lower() in TAKEN:
            yield say(community, "id", "community-address")


def references(given: Given) -> Found:
    """Every id given in a reference column exists; an id whose row is withheld is no fault of this row.

    Where rows are withheld whose ids cannot be made out, it may be one of these, and nothing is said.
    A row that was removed may still be named where it need not be shown: minutes stay as they were said.
    """
    sheets = discover()
    held = {(w.community, w.sheet, w.id) for w in given.records.absent}
    removed = {(r.community, r.sheet, r.id) for r in given.records.removed}
    for community in given.communities:
        for sheet in sheets.values():
            for column in (c for c in sheet.published if c.kind.target and not c.kind.target.startswith("#")):
                target = sheets[column.kind.target]
                known = given.records.tables.get(community, {}).get(target.id, {})
                for row in given.records.rows(community, sheet.row):
                    id = getattr(row, column.name)
                    if not id or id in known or held & {(community, target.id, i) for i in (id, "")}:
                        continue
                    if needed(column, sheet) or (community, target.id, id) not in removed:
                        yield say(row, column.name, "ref-unknown", target=target.title)


# References that may be left out but, once given, are needed: a vote is not shown without what was voted on, nor a
# resolution without the vote it came of, nor a second ballot without the first. The minutes of a meeting stand by themselves.
NEEDED = {("votes", "matter"), ("resolutions", "matter"), ("resolutions", "vote"), ("elections", "runoff_of")}


def needed(column: Column, sheet: Sheet) -> bool:
    """Whether a row is not shown without the row that it names in this column."""
    return column.required or (sheet.id, column.name) in NEEDED


def needs(row: PublicRow) -> tuple[tuple[str, str], ...]:
    """The columns in which a row names others without which it is not shown, each with their sheet."""
    of: Any = type(row)
    return _needs(of)


@cache
def _needs(of: Any) -> tuple[tuple[str, str], ...]:
    named = ((c, c.kind.target) for c in of.sheet.references)
    return tuple((c.name, target) for c, target in named if not target.startswith("#") and needed(c, of.sheet))


def _waits(row: PublicRow, tables: Mapping[str, Mapping[str, PublicRow]]) -> bool:
    for name, target in needs(row):
        id = getattr(row, name)
        if id and id not in tables.get(target, {}):
            return True
    return False


def orphans(records: Records) -> list[PublicRow]:
    """Rows that need a row which is withheld: they wait with it."""
    return [
        r
        for tables in records.tables.values()
        for table in tables.values()
        for r in table.values()
        if _waits(r, tables)
    ]
