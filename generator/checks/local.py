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
                yield say(row, "mechanism", "mechanism-unknown", known="、".join(_near(row.mechanism, titles)))
            elif row.mechanism in seen:
                yield say(row, "mechanism", "mechanism-twice", other=seen[row.mechanism])
            else:
                seen[row.mechanism] = row.id


def _near(said: str, titles: list[str]) -> list[str]:
    """The titles that share two characters in a row with what was said; all of them where none does."""
    pairs = {said[n : n + 2] for n in range(len(said) - 1)}
    return [t for t in titles if any(p in t for p in pairs)] or titles
