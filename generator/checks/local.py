"""What a community says of its mechanisms: of those that there are, and of each once."""

from __future__ import annotations

from ..mechanism import declared
from ..sheets.mechanisms import Local
from .given import Found, Given, say


def mechanisms_known(given: Given) -> Found:
    """Each row of 特色机制 is of a mechanism that the site has a page or a section for, and of another one each time."""
    titles = sorted(m.title for m in declared().values())
    for community in given.communities:
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Local):
            if row.mechanism not in titles:
                yield say(row, "mechanism", "mechanism-unknown", known="、".join(titles))
            elif row.mechanism in seen:
                yield say(row, "mechanism", "mechanism-twice", other=seen[row.mechanism])
            else:
                seen[row.mechanism] = row.id
