"""党叔说事: quarrels that are talked out. Only suppressed counts are known, and where to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts.listening import Listening, listening, on_the_door
from ..mechanism import Board, Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

TITLE = "党叔说事"


def _gather(whole: Whole, c: Community) -> Listening | None:
    """Only where a community says that it has it: the same sheet is kept by the people's mediator everywhere."""
    found = listening(whole, c, "mediations", TITLE)
    return found if found and found.local else None


def _boards(shown: Listening, whole: Whole, c: Community) -> Iterator[Board]:
    return on_the_door("saying", "door", shown, whole, c)


declare(
    Mechanism(
        id="dangshu",
        title=TITLE,
        theme="议事和公开",
        about="邻居、家里、物业之间有了矛盾，来找说事的人坐下说一说。说的是谁、说的什么，一概不外传，这里只公布各类有多少件。",
        article="自治品牌“党叔说事”：矛盾纠纷及时化解、妇女儿童维权",
        sheets=("mediations",),
        gather=_gather,
        at="counts/#mediations",
        papers=("saying",),
        boards=_boards,
        no_check="只公布数量；数能不能公布、会不会算出没写的小数，读表的时候已经核对",
    )
)
