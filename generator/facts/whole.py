"""Everything a page or a notice may ask for on one day, in one hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..procedures import Procedures
from ..records import Held, Records
from ..sheet import PublicRow
from ..sheets.elections import Election
from ..sheets.people import Person
from ..sheets.units import KINDS, Unit
from ..sheets.whistles import Whistle
from .cases import Cases, Fact, cases
from .elections import Poll, poll
from .roster import Post, labels, posts
from .whistles import Ticket, ticket


@dataclass(frozen=True)
class Whole(Fact):
    """The public records with what follows from them on ``today``."""

    records: Records
    procedures: Procedures
    cases: Cases
    today: date
    posts: Mapping[str, tuple[Post, ...]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def person(self, community: str, id: str | None) -> str:
        """How the person of that id is called; an empty text when there is none."""
        return self.labels[community].get(id or "", "")

    def unit(self, community: str, id: str | None) -> str:
        """The name of the body of that id; an empty text when there is none."""
        unit = self.records.get(community, Unit, id)
        return unit.name if unit else ""

    def body(self, community: str, kind: str, compound: str | None, on: date) -> str | None:
        """The name of the one body of that kind that a compound had on the day; empty without one, or with several.

        None for a kind that the sheet of units does not keep.
        """
        if kind not in KINDS:
            return None
        there = [u for u in self.records.rows(community, Unit) if u.kind == kind and u.compound == compound]
        known = [u for u in there if not (u.founded and u.founded > on)]
        return str(known[0].name) if len(known) == 1 else ""

    def phone(self, community: str, id: str | None) -> str:
        """The work phone of the person of that id; an empty text when none is published."""
        person = self.records.get(community, Person, id)
        return (person.work_phone or "") if person else ""

    def poll(self, election: Election) -> Poll | None:
        """An election with its candidates and what the rule makes of their votes; None without a rule for its day."""
        return poll(self.records, self.procedures, election, self.today)

    def ticket(self, whistle: Whistle) -> Ticket:
        """A whistle with its limits and how far it has come."""
        return ticket(whistle, self.procedures, self.today)

    def older(self, row: PublicRow | None) -> Held | None:
        """The mark of a row that is shown as it last was in order; None for one that is as the volunteers have it."""
        mark = self.records.held_of(row.community, row.sheet.id, row.id) if row is not None else None
        return mark if mark and mark.kept else None


def whole(records: Records, procedures: Procedures, today: date) -> Whole:
    """All facts of a day."""
    ids = [c.id for c in records.communities]
    return Whole(
        records,
        procedures,
        cases(records, procedures, today),
        today,
        {c: posts(records, c, today) for c in ids},
        {c: labels(records, c) for c in ids},
    )
