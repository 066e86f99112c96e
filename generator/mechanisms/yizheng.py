"""民主议政日: when it is held, what is to be talked about, and what became of it. And the call to any meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import Hang, Term
from ..facts.calls import Forum, called, forum, meeting_of
from ..mechanism import Board, Mechanism, declare
from ..sheets.calls import Call

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

FAR = timedelta(days=183)  # nobody calls a meeting for a day so far ahead: that is a slip of the year
PATIENCE = timedelta(days=14)  # until minutes are asked for


def calls_sound(given: Given) -> Found:
    """A call hangs before its meeting, as long as the rule for that kind of meeting asks; the meeting that came of it is it."""
    for community in given.communities:
        for row in given.records.rows(community, Call):
            yield from _days(given, row)
            yield from _came_of(given, row)


def _days(given: Given, row: Call) -> Found:
    """The starting day not counted (民法典 §201), so many days lie between as the dates differ by."""
    rules = given.procedures.rules_for(row.kind, row.on, row.community)
    need, days = max((r.notice_days or 0 for r in rules), default=0), (row.on - row.notice_on).days
    if days < 0:
        yield say(row, "notice_on", "call-after", on=str(row.on))
    elif days < need:
        yield say(row, "notice_on", "call-short", holds=False, kind=row.kind, on=str(row.on), days=days, need=need)
    if row.on > given.newest + FAR:
        yield say(row, "on", "call-far", holds=False, days=(row.on - given.newest).days)


def _came_of(given: Given, row: Call) -> Found:
    meeting = meeting_of(given.records, row)
    if meeting and row.meeting and (meeting.kind, meeting.on) != (row.kind, row.on):
        yield say(row, "meeting", "call-differs", holds=False, kind=meeting.kind, on=str(meeting.on))
    elif meeting is None and row.on + PATIENCE < given.today and not given.records.waits(row.community, "meetings"):
        yield say(row, "meeting", "call-no-minutes", holds=False, on=str(row.on))


def _gather(whole: Whole, c: Community) -> Forum | None:
    return forum(whole, c.id)


def _boards(shown: Forum, whole: Whole, c: Community) -> Iterator[Board]:
    """The call to each meeting: it hangs from the day it is posted until the day of the meeting."""
    for call in whole.records.rows(c.id, Call):
        hang = Hang(call.notice_on, call.on, Term.ADVISED)
        context = {"called": called(whole, call)}
        named = title("call", title=call.title)
        signer = whole.unit(c.id, call.caller)
        yield Board("call", call.id, named, call.notice_on, hang, context, call.place, signer=signer)


declare(
    Mechanism(
        id="yizheng",
        title="民主议政日",
        theme="议事和公开",
        about="约好一天，社区干部、物业和有关单位到居民跟前来，当面提、当面问、当面答。哪天开、说什么，提前贴出来；说好的事办成什么样，下次当面说。",
        article="深化民主议政日等议事决策机制",
        sheets=("calls", "meetings", "items"),
        gather=_gather,
        papers=("call",),
        boards=_boards,
        checks=(calls_sound,),
    )
)
