"""The mechanisms, one a file. A new file here is found by itself, and with it its page, its papers and its checks."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ..checks import CHECKS, LAST, Check
from ..checks.given import Found, Given, say
from ..mechanism import Mechanism, declared
from ..sheets.mechanisms import Local


@cache
def discover() -> dict[str, Mechanism]:
    """Every mechanism of this folder, by id. Raises ``TypeError`` for a declaration that is not whole."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return declared()


@cache
def checks() -> tuple[Check, ...]:
    """What mechanisms want checked besides the checks that all records go through, each once."""
    found = dict.fromkeys([mechanisms_known, *(c for m in discover().values() for c in m.checks)])
    return tuple(c for c in found if c not in (*CHECKS, *LAST))


def mechanisms_known(given: Given) -> Found:
    """Each row of 特色机制 is of a mechanism that the site has a page or a section for, and of another one each time."""
    titles = sorted(m.title for m in discover().values())
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
