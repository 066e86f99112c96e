"""大树下的悄悄话: letters that only the branch reads. Counts of letters, and of those that have an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts.listening import Listening, listening, on_the_door
from ..mechanism import Board, Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

TITLE = "大树下的悄悄话"


def _gather(whole: Whole, c: Community) -> Listening | None:
    return listening(whole, c, "whispers", TITLE)


def _boards(shown: Listening, whole: Whole, c: Community) -> Iterator[Board]:
    return on_the_door("letterbox", "box", shown, whole, c)


declare(
    Mechanism(
        id="whispers",
        title=TITLE,
        theme="议事和公开",
        about="不方便当面说的话，写下来投进信箱，署不署名都行。信的内容从不公开，这里只公布收到多少封、回了多少封。",
        article="“大树下的悄悄话”信箱；党支部牵头解决信箱里的“悄悄话”",
        sheets=("whispers",),
        gather=_gather,
        at="counts/#whispers",
        papers=("letterbox",),
        boards=_boards,
        no_check="只公布数量；数能不能公布、会不会算出没写的小数，读表的时候已经核对",
    )
)
