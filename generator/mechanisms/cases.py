"""解决了的难题: the matters that were solved, to be browsed by kind, each with how it was solved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_news
from ..facts.solved import AllSolved, beginning, solved_of
from ..facts.status import standing
from ..mechanism import Board, Mechanism, declare
from ..sheets.matters import Matter
from ..sheets.steps import Step

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _solved(whole: Whole, c: Community) -> AllSolved | None:
    return solved_of(whole, c.id)


def _boards(shown: AllSolved, whole: Whole, c: Community) -> Iterator[Board]:
    """What was solved in the latest year; it hangs for a week after each that was."""
    year, some = shown.years[0]
    named = title("solved", community=c.name, year=str(year))
    said = {"year": year, "some": some}
    yield Board("solved", f"{year}", named, some[0].on, while_news(some[0].on), said, place=c.place)


def outcomes_told(given: Given) -> Found:
    """A matter that was solved says how."""
    for community in given.communities:
        for matter in given.records.rows(community, Matter):
            steps = given.records.by(community, Step, "matter", matter.id)
            procedure = given.procedures.procedure(matter.procedure, matter.raised_on)
            now = standing(matter, steps, procedure, given.today)
            if now.solved and now.solved_on and not beginning(matter.outcome):
                yield say(matter, "outcome", "case-untold", on=now.solved_on.isoformat(), holds=False)


declare(
    Mechanism(
        id="cases",
        title="解决了的难题",
        theme="议事和公开",
        about="家门口的难题按类分好：解决了哪些、怎么解决的、用了多少天，点开能看从头到尾。",
        article="东胜小区已解决了停车难、楼道堆物、不文明养犬等40余个难题",
        sheets=("matters", "steps"),
        gather=_solved,
        papers=("solved",),
        boards=_boards,
        checks=(outcomes_told,),
    )
)
