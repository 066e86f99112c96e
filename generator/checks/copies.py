"""A row that was written down twice would be counted twice: all but its id is the same."""

from __future__ import annotations

from ..sheet import PublicRow
from ..sheets.agreements import Agreement
from ..sheets.diners import Diner
from ..sheets.needs import Need
from ..sheets.offerings import Offering
from ..sheets.projects import Project
from ..sheets.promises import Promise
from ..sheets.resources import Resource
from ..sheets.sittings import Sitting
from ..sheets.station import Function
from .given import Found, Given, say

# Sheets of which no two rows can say the same and both be meant. Where masked names stand, they can.
OF: tuple[type[PublicRow], ...] = (Agreement, Diner, Function, Need, Offering, Project, Promise, Resource, Sitting)


def no_copies(given: Given) -> Found:
    """Of rows that say the same the first is published."""
    for community in given.communities:
        for of in OF:
            seen: dict[tuple[object, ...], str] = {}
            for row in given.records.rows(community, of):
                said = tuple(value for name, value in row.as_dict().items() if name != "id")
                if said in seen:
                    yield say(row, "id", "row-copied", other=seen[said])
                seen.setdefault(said, row.id)
