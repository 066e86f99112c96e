"""征求意见 (问需于民): forms given out, back and valid; what was chosen; small numbers hidden so that nothing gives them away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.surveys import surveys_sound, tallies_tell_nothing
from ..facts.board import Hang, Term, while_news
from ..facts.surveys import Result, results
from ..mechanism import Board, Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _gather(whole: Whole, c: Community) -> tuple[Result, ...] | None:
    return results(whole.records, c.id, whole.today) or None


def _boards(shown: tuple[Result, ...], whole: Whole, c: Community) -> Iterator[Board]:
    """That opinions are asked for, while they are; the result, once it is published."""
    for one in shown:
        row = one.survey
        context = {"result": one, "unit": ""}
        if one.state in ("ahead", "running"):
            hang = Hang(row.begins, row.ends, Term.ADVISED)
            yield Board("opinions", row.id, title("opinions", title=row.title), row.begins, hang, context, row.place)
        elif row.published_on and one.state == "published":
            named = title("survey", title=row.title)
            news = while_news(row.published_on)
            yield Board("survey", row.id, named, row.published_on, news, context, row.place, row.matter or "")


declare(
    Mechanism(
        id="surveys",
        title="征求意见",
        theme="议事和公开",
        about="事情定之前，先挨家问一问。发出多少份、收回多少份、各选了什么，照实公布；选的人太少的不写是几，免得让人猜出是谁。",
        article="“问需于民”意见征求活动",
        sheets=("surveys", "tallies"),
        gather=_gather,
        papers=("opinions", "survey"),
        boards=_boards,
        checks=(surveys_sound, tallies_tell_nothing),
    )
)
