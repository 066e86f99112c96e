"""Whether something may be missing because its row is being looked into: then nothing is said that it would belie."""

from __future__ import annotations

from ..records import Held, Records, Withheld


def may_lack(records: Records, community: str, sheet: str, column: str, id: str) -> bool:
    """Whether a row of a sheet that is not shown is about that id, or may be. ``column``: one that every row fills."""
    absent: tuple[Withheld | Held, ...] = (*records.withheld, *(h for h in records.held if not h.kept))
    told = (w.refers for w in absent if (w.community, w.sheet) == (community, sheet))
    return any(refers.get(column, id) == id for refers in told)
