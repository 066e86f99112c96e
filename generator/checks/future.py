"""What has happened lies behind us: a day that is still to come is a slip, and until then nobody sees the row.

Nothing is withheld: on the day itself it would be shown as it is. Objections and corrections (``remark-ahead``,
``answer-ahead``) and whistles (``whistle-future``) are told of where they are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

from ..records import Records
from ..sheet import PublicRow
from ..sheets.agreements import Agreement
from ..sheets.candidates import Candidate
from ..sheets.duties import Duty
from ..sheets.elections import Election
from ..sheets.facilities import Facility
from ..sheets.figures import Figure
from ..sheets.incubations import Incubation
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.needs import Need
from ..sheets.offerings import Offering
from ..sheets.projects import Project
from ..sheets.promises import Promise
from ..sheets.resolutions import Resolution
from ..sheets.room_rules import RoomRule
from ..sheets.sittings import Sitting
from ..sheets.steps import Step
from ..sheets.troikas import Troika
from ..sheets.units import Unit
from ..sheets.votes import Vote
from .given import Found, Given, say

Row = TypeVar("Row", bound=PublicRow)

# The days of what has happened, whenever it is written down, and the words for each.
HAPPENED: tuple[tuple[type[PublicRow], str, str], ...] = (
    (Matter, "raised_on", "matter-ahead"),
    (Step, "on", "step-ahead"),
    (Resolution, "passed_on", "resolution-ahead"),
    (Resolution, "done_on", "done-ahead"),
    (Figure, "as_of", "figure-ahead"),
    (Unit, "founded", "unit-ahead"),
    (Agreement, "signed_on", "row-ahead"),
    (Need, "raised_on", "row-ahead"),
    (Project, "listed_on", "row-ahead"),
    (Promise, "made_on", "row-ahead"),
    (Incubation, "joined_on", "row-ahead"),
)
# The days on which something planned begins. Nobody plans it so far ahead: that is a slip of the year.
BEGINS: tuple[tuple[type[PublicRow], str], ...] = (
    (Step, "posted_on"),
    (Resolution, "posted_on"),
    (Resolution, "result_posted_on"),
    (Duty, "since"),
    (Facility, "since"),
    (Facility, "closed_from"),
    (RoomRule, "since"),
    (Offering, "since"),
    (Sitting, "since"),
    (Troika, "since"),
)
FAR = timedelta(days=183)
# The days by which something is to be done. What is promised for years on would never be late: that is a slip, too.
DUE: tuple[tuple[type[PublicRow], str], ...] = ((Project, "due_on"), (Promise, "due_on"))
LONG = timedelta(days=1096)


def nothing_ahead(given: Given) -> Found:
    """No day of what has happened lies after the newest day there is; one problem a cell."""
    for community in given.communities:
        for of, name, code in HAPPENED:
            for row, _ in _later(given, community, of, name, given.newest):
                yield say(row, name, code, holds=False, today=given.newest.isoformat())
        for of, name in BEGINS:
            for row, on in _later(given, community, of, name, given.newest + FAR):
                yield say(row, name, "begins-far-ahead", holds=False, days=(on - given.newest).days)
        for of, name in DUE:
            for row, on in _later(given, community, of, name, given.newest + LONG):
                yield say(row, name, "due-far-ahead", holds=False, days=(on - given.newest).days)
        yield from _meetings(given, community)
        yield from _elections(given, community)


def _later(given: Given, community: str, of: type[Row], name: str, day: date) -> Iterator[tuple[Row, date]]:
    """The rows whose day of that name lies after ``day``, each with it."""
    for row in given.records.rows(community, of):
        on = getattr(row, name)
        if on is not None and on > day:
            yield row, on


def _meetings(given: Given, community: str) -> Found:
    """A meeting that is to be held has nobody present yet, and nothing has come of it."""
    for row, _ in _later(given, community, Meeting, "on", given.newest):
        if row.present or _came_of(given.records, row):
            yield say(row, "on", "meeting-ahead", holds=False, today=given.newest.isoformat())


def _came_of(records: Records, meeting: Meeting) -> bool:
    return any(records.by(meeting.community, of, "meeting", meeting.id) for of in (Vote, Resolution))


def _elections(given: Given, community: str) -> Found:
    """An election that is to be held has no ballot returned yet, and nobody has votes."""
    for row, _ in _later(given, community, Election, "on", given.newest):
        counted = given.records.by(community, Candidate, "election", row.id)
        if row.present or any(c.votes for c in counted):
            yield say(row, "on", "election-ahead", holds=False, today=given.newest.isoformat())
