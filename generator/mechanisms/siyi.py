"""四议两公开: each matter that goes this way, step by step, and whether both publicities are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..checks.postings import postings_as_due
from ..checks.steps import steps_in_order
from ..facts.board import while_news
from ..facts.cases import case_of
from ..facts.siyi import PROCEDURE, Ways, way, ways
from ..mechanism import Board, Mechanism, declare
from ..sheets.matters import Matter

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

# Days that may pass before it is asked why nothing hangs: the rows of an evening are written down later.
PATIENCE = timedelta(days=7)


def publicities_there(given: Given) -> Found:
    """What was resolved, and what was carried out, has been posted a week later. Told of, and shown as it is."""
    day = given.today - PATIENCE
    for community in given.communities:
        for matter in given.records.by(community, Matter, "procedure", PROCEDURE):
            now = case_of(given.records, given.procedures, matter, given.today)
            then = case_of(given.records, given.procedures, matter, day) if matter.raised_on <= day else None
            if now is None or then is None:
                continue
            due = {o.title for o in way(then, day).openings if o.state == "missing"}
            for opening in way(now, given.today).openings:
                if opening.state == "missing" and opening.title in due:
                    yield say(matter, "procedure", "siyi-unposted", holds=False, title=matter.title, step=opening.title)


def _gather(whole: Whole, c: Community) -> Ways | None:
    return ways(whole, c.id)


def _boards(shown: Ways, whole: Whole, c: Community) -> Iterator[Board]:
    """One sheet with all that is under way, as it stands since the last of it moved."""
    if shown.running:
        day = max(w.case.latest for w in shown.running)
        context = {"ways": shown.running, "openings": shown.openings}
        yield Board("stages", "now", title("stages", place=c.name), day, while_news(day), context)


declare(
    Mechanism(
        id="siyi",
        title="四议两公开",
        theme="议事和公开",
        about="关系全社区的大事，谁提、谁商量、谁审、谁定，一议一议走；定了要公开，办成什么样也要公开。每件事走到哪一议，两次公开贴没贴，都列在这里。",
        article="深化“四议两公开”等议事决策机制，引导居民全程参与自治事务",
        sheets=("matters", "steps", "votes", "resolutions"),
        gather=_gather,
        papers=("stages",),
        boards=_boards,
        checks=(steps_in_order, postings_as_due, publicities_there),
    )
)
