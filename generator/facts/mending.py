"""What is being looked into: rows that are not shown, rows shown as they last were in order, and since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from ..records import Held, Records, Withheld
from ..sheets import discover
from .cases import Fact

Mark = Held | Withheld


@dataclass(frozen=True)
class Mending(Fact):
    """``absent``: rows not shown; ``older``: rows shown as they last were in order.

    ``since``: the first day that is known of any of them; ``undated``: how many of them no day is known of.
    """

    absent: int = 0
    older: int = 0
    since: date | None = None
    undated: int = 0

    @property
    def rows(self) -> int:
        """All rows that are being looked into."""
        return self.absent + self.older

    def __bool__(self) -> bool:
        return self.rows > 0


@dataclass(frozen=True)
class SheetMending(Fact):
    """The same of one sheet, with the ids of the rows shown as they were: these have been public already."""

    sheet: str
    title: str
    mending: Mending
    ids: tuple[str, ...]


def of_community(records: Records, community: str) -> Mending:
    """What is being looked into of a community."""
    return _mending(records, lambda mark: mark.community == community)


def of_the_rest(records: Records) -> Mending:
    """What belongs to no community that is listed: the list of communities itself, and folders without their row."""
    listed = {c.id for c in records.communities}
    return _mending(records, lambda mark: mark.community not in listed)


def by_sheet(records: Records, community: str) -> tuple[SheetMending, ...]:
    """What is being looked into of a community, sheet by sheet, in order of title."""
    found = []
    for sheet in sorted(discover().values(), key=lambda s: s.title):
        if mending := _mending(records, partial(_is_of, community, sheet.id)):
            marks = (h for h in records.held if (h.community, h.sheet) == (community, sheet.id))
            ids = () if names_people(sheet.id) else tuple(sorted(h.id for h in marks if _shown(records, h)))
            found.append(SheetMending(sheet.id, sheet.title, mending, ids))
    return tuple(found)


def _is_of(community: str, sheet: str, mark: Mark) -> bool:
    return (mark.community, mark.sheet) == (community, sheet)


def names_people(sheet: str) -> bool:
    """Whether the rows of a sheet are people: their ids may be their names, and are listed nowhere."""
    return "name" in discover()[sheet].masked


def _shown(records: Records, mark: Held) -> bool:
    """Whether a row that is held stands on the site as it last was."""
    return mark.kept and mark.id in records.tables.get(mark.community, {}).get(mark.sheet, {})


def _mending(records: Records, ours: Callable[[Mark], bool]) -> Mending:
    withheld = [w for w in records.withheld if ours(w)]
    held = [h for h in records.held if ours(h)]
    kept = Counter((h.community, h.sheet, h.id) for h in held if h.kept)
    return Mending(
        absent=len(withheld) + sum(h.rows for h in held if not h.kept),
        older=sum(_shown(records, h) for h in held),
        since=min((h.since for h in held), default=None),
        undated=sum(not kept[w.community, w.sheet, w.id] for w in withheld),
    )
