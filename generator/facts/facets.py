"""What the list of matters can be narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ..sheets.communities import Community
from ..sheets.compounds import Compound
from ..sheets.matters import CATEGORIES, CLASSES
from .cases import Case, Fact
from .whole import Whole


@dataclass(frozen=True)
class FacetValue(Fact):
    """One value that a list of matters can be narrowed to."""

    slug: str
    value: str
    label: str
    count: int


Key = Callable[[Case], str]
FACETS: dict[str, Key] = {
    "state": lambda case: case.standing.state,
    "compound": lambda case: case.matter.compound or "",
    "size": lambda case: case.matter.size,
    "category": lambda case: case.matter.category,
}


def facets(whole: Whole, c: Community, states: dict[str, str]) -> dict[str, tuple[FacetValue, ...]]:
    """What the matters of a community can be narrowed to: only values that some matter has. ``states``: their words."""
    cases = whole.cases.of(c.id)
    names = {x.id: x.name for x in whole.records.rows(c.id, Compound)}
    # No id has an underscore, so these addresses are never a record's.
    known: dict[str, list[tuple[str, str, str]]] = {
        "state": [(f"state_{s}", s, label) for s, label in states.items()],
        "compound": [(f"compound_{i}", i, n) for i, n in names.items()],
        "size": [(f"size_{n}", s, s) for n, s in enumerate(CLASSES, start=1)],
        "category": [(f"category_{n}", s, s) for n, s in enumerate(CATEGORIES, start=1)],
    }
    found: dict[str, tuple[FacetValue, ...]] = {}
    for name, values in known.items():
        counts = Counter(FACETS[name](case) for case in cases)
        found[name] = tuple(FacetValue(slug, v, label, counts[v]) for slug, v, label in values if counts.get(v))
    return found
