"""培训: who comes to teach whom, how many came, and what was learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import FORGOTTEN, while_used
from ..facts.teams import span
from ..facts.trainings import Trainings, trainings
from ..mechanism import Board, Mechanism, declare
from ..sheets.trainings import Training

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

FAR = timedelta(days=366)


def trainings_sound(given: Given) -> Found:
    """Nobody has come to what is still to be, to what was cancelled, or in greater number than were called."""
    for community in given.communities:
        for row in given.records.rows(community, Training):
            yield from _sound(given, row)


def _sound(given: Given, row: Training) -> Found:
    times = span(row.time)
    if times and times[1] <= times[0]:
        yield say(row, "time", "training-backwards")
    if row.came is not None and row.on > given.newest:
        yield say(row, "came", "training-came-ahead", on=row.on.isoformat())
    elif row.came and row.cancelled:
        yield say(row, "came", "training-came-cancelled", reason=row.cancelled)
    elif row.came is not None and row.called is not None and row.came > row.called:
        yield say(row, "came", "training-more-than-called", called=row.called)
    if row.told and row.told > row.on:
        yield say(row, "told", "training-told-late", on=row.on.isoformat())
    if row.on > given.newest + FAR:
        yield say(row, "on", "training-far-ahead", holds=False, days=(row.on - given.newest).days)
    if row.giver is None and row.other is None:
        yield say(row, "giver", "training-by-nobody", holds=False)


def _shown(whole: Whole, c: Community) -> Trainings | None:
    return trainings(whole, c.id)


def _boards(shown: Trainings, whole: Whole, c: Community) -> Iterator[Board]:
    """The call to each training that has a day for it, while it is to come; just after it, so that it is taken down."""
    past = [x for year in shown.years for x in year.lessons] + list(shown.cancelled)
    for lesson in (*shown.coming, *(x for x in past if x.on >= whole.today - 2 * FORGOTTEN)):
        row = lesson.row
        if row.told is not None:
            hang = while_used(row.told, row.on)
            named = title("training", topic=row.topic)
            yield Board("training", row.id, named, row.told, hang, {"lesson": lesson}, row.place)


declare(
    Mechanism(
        id="trainings",
        title="培训",
        theme="共建和志愿",
        about="微网格长、志愿者学了什么、谁来讲的、来了多少人，下一次什么时候讲。",
        article="引进第三方社会组织，对志愿者服务队和兴趣小组进行培训",
        sheets=("trainings",),
        gather=_shown,
        papers=("training",),
        boards=_boards,
        checks=(trainings_sound,),
    )
)
