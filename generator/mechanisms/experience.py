"""网格体验: deputies, volunteers and party members go along with the grid's workers; what they suggested, and the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_news
from ..facts.experiences import Experiences, experiences, people
from ..mechanism import Board, Mechanism, declare
from ..sheets.experiences import Experience
from ..sheets.suggestions import ADOPTED, REFUSED, Suggestion

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def suggestions_answered(given: Given) -> Found:
    """An answer has its day and, unless everything is adopted, its reason; nothing is answered before it was suggested."""
    for community in given.communities:
        for row in given.records.rows(community, Experience):
            if row.on > given.newest and people(row):
                yield say(row, "on", "experience-ahead", holds=False, today=given.newest.isoformat())
        for said in given.records.rows(community, Suggestion):
            yield from _days(given, said)
            yield from _answer(said)


def _days(given: Given, row: Suggestion) -> Found:
    """One problem a row for its days, at the first that is wrong."""
    of = given.records.get(row.community, Experience, row.experience)
    for name in ("answered_on", "done_on"):
        on = getattr(row, name)
        if on and of and on < of.on:
            yield say(row, name, "suggestion-before", on=str(of.on))
            return
        if on and on > given.newest:
            yield say(row, name, "suggestion-ahead", holds=False, today=given.newest.isoformat())
            return


def _answer(row: Suggestion) -> Found:
    if (row.answer is None) != (row.answered_on is None):
        missing = "answer" if row.answer is None else "answered_on"
        yield say(row, missing, "suggestion-half", holds=False, missing=row.sheet.column(missing).title)
    elif row.answer not in (None, ADOPTED) and not row.reason:
        yield say(row, "reason", "suggestion-reason", holds=False, answer=row.answer)
    elif row.done_on and row.answer in (None, REFUSED):
        yield say(row, "done_on", "suggestion-done", holds=False)


def _gather(whole: Whole, c: Community) -> Experiences | None:
    return experiences(whole.records, c.id, whole.today)


def _boards(shown: Experiences, whole: Whole, c: Community) -> Iterator[Board]:
    """What became of the suggestions of each day, once the first of them has an answer; anew when more is known."""
    for day in shown.days:
        if told := day.told_on:
            row, on = day.experience, day.experience.on
            when = {"year": str(on.year), "month": str(on.month), "day": str(on.day)}
            named = title("suggestions", place=day.grid, **when)
            waiting = whole.records.withheld_of(c.id, "suggestions", "experience", row.id)
            context = {"day": day, "withheld": waiting}
            yield Board("suggestions", row.id, named, told, while_news(told), context, row.place)


declare(
    Mechanism(
        id="experience",
        title="网格体验",
        theme="网格和走访",
        about="请人大代表、党员、志愿者跟着网格员走一天，看看、做做、提提建议。提了什么，采纳没采纳、为什么，办好没有，一条一条答复。",
        article="开展网格体验：邀请人大代表、志愿者、党员体验社区网格工作",
        sheets=("experiences", "suggestions"),
        gather=_gather,
        papers=("suggestions",),
        boards=_boards,
        checks=(suggestions_answered,),
    )
)
