"""民主议政日 and other meetings that people are called to: what is to be talked about, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..columns import ID
from ..records import Records
from ..sheets.calls import Call
from ..sheets.items import Item
from ..sheets.meetings import Meeting
from .cases import Case
from .fact import Fact
from .lists import items_of
from .rhythm import Beat, Turn, beats
from .whole import Whole

KIND = "民主议政日"
_IDS = re.compile(ID.pattern)
_EDGES = " ,:;\uff0c\uff1a\uff1b\u3001"  # what is left over where an id was taken off


@dataclass(frozen=True)
class Topic(Fact):
    """One thing to be talked about. ``text``: without the matter's id, where it names one that is published."""

    text: str
    case: Case | None = None


@dataclass(frozen=True)
class Called(Fact):
    """A call on a day. ``meeting``: what came of it. ``state``: ahead, held, unknown (its day is over, no minutes yet)."""

    call: Call
    topics: tuple[Topic, ...]
    meeting: Meeting | None
    state: str


@dataclass(frozen=True)
class Said(Fact):
    """One thing that was settled at a meeting, with the matter that it is about, if one."""

    item: Item
    case: Case | None


@dataclass(frozen=True)
class Sitting(Fact):
    """One 民主议政日 that was held: what was settled, and the call for it, if one was written down."""

    meeting: Meeting
    said: tuple[Said, ...]
    called: Called | None


@dataclass(frozen=True)
class Month(Fact):
    """One period of the rhythm with the meetings called for in it that are still to come."""

    turn: Turn
    ahead: tuple[Called, ...]


@dataclass(frozen=True)
class Forum(Fact):
    """What a community has. ``ahead``: the next first; ``others``: calls to meetings of other kinds, the latest first.

    ``asleep``: calls whose day is over without minutes. ``kept``/``over``: in how many periods that are over it was held.
    ``every``, ``times``: how often it is to be held in so many months.
    """

    ahead: tuple[Called, ...]
    asleep: tuple[Called, ...]
    others: tuple[Called, ...]
    sittings: tuple[Sitting, ...]
    months: tuple[Month, ...]
    kept: int
    over: int
    withheld: int
    every: int = 1
    times: int = 1

    @property
    def own(self) -> bool:
        """Whether a 民主议政日 is called for."""
        return any(c.call.kind == KIND for c in (*self.ahead, *self.asleep))


def meeting_of(records: Records, call: Call) -> Meeting | None:
    """The meeting that came of a call: the one it names, else the one of its kind on its day and in its compound."""
    if call.meeting:
        return records.get(call.community, Meeting, call.meeting)
    same = [m for m in records.by(call.community, Meeting, "on", call.on) if m.kind == call.kind]
    same = [m for m in same if call.compound in (None, m.compound)]
    return same[0] if len(same) == 1 else None


def called(whole: Whole, call: Call) -> Called:
    """A call with its topics and what came of it by today."""
    meeting = meeting_of(whole.records, call)
    held = meeting if meeting and meeting.on <= whole.today else None
    state = "held" if held else "ahead" if call.on >= whole.today else "unknown"
    lines = (line.strip() for line in call.agenda.split("\n"))
    return Called(call, tuple(_topic(whole, call.community, line) for line in lines if line), held, state)


def _topic(whole: Whole, community: str, line: str) -> Topic:
    """A line of the agenda; the id of a matter in it is taken off, with the brackets that stand around it."""
    for id in _IDS.findall(line):
        if case := whole.cases.get(community, id):
            text = re.sub(rf"\s*[(\uff08]?\s*{re.escape(id)}\s*[)\uff09]?", "", line)
            return Topic(text.strip(_EDGES) or case.matter.title, case)
    return Topic(line)


def forum(whole: Whole, community: str) -> Forum | None:
    """The 民主议政日 of a community, with its calls to other meetings; None where none was held and nothing is called for."""
    calls = [called(whole, c) for c in whole.records.rows(community, Call)]
    held = [m for m in whole.records.by(community, Meeting, "kind", KIND) if m.on <= whole.today]
    if not held and not calls:
        return None
    mine = [c for c in calls if c.call.kind == KIND]
    ahead = sorted((c for c in calls if c.state == "ahead"), key=lambda c: (c.call.on, c.call.id))
    found = [_sitting(whole, m, mine) for m in sorted(held, key=lambda m: (m.on, m.id), reverse=True)]
    beat = next((b for b in beats(whole, KIND) if b.community == community), None)
    return Forum(
        tuple(ahead),
        tuple(c for c in calls if c.state == "unknown"),
        tuple(_latest(c for c in calls if c.state == "held" and c.call.kind != KIND)),
        tuple(found),
        _months(beat, ahead),
        beat.kept if beat else 0,
        len(beat.over) if beat else 0,
        beat.withheld if beat else 0,
        beat.rhythm.months if beat else 1,
        beat.rhythm.times if beat else 1,
    )


def _latest(some: Iterable[Called]) -> list[Called]:
    return sorted(some, key=lambda c: (c.call.on, c.call.id), reverse=True)


def _sitting(whole: Whole, meeting: Meeting, calls: list[Called]) -> Sitting:
    said = (Said(i, whole.cases.get(meeting.community, i.matter)) for i in items_of(whole, meeting))
    mine = next((c for c in calls if c.meeting is meeting), None)
    return Sitting(meeting, tuple(said), mine)


def _months(beat: Beat | None, ahead: list[Called]) -> tuple[Month, ...]:
    def within(turn: Turn) -> tuple[Called, ...]:
        return tuple(c for c in ahead if c.call.kind == KIND and turn.first <= c.call.on <= turn.last)

    return tuple(Month(turn, within(turn)) for turn in beat.turns) if beat else ()
