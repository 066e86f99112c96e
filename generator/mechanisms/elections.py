"""民主推选: who stood, by how many votes who was elected, by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..checks.elections import elections_sound
from ..facts import lists
from ..mechanism import Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _held(whole: Whole, c: Community) -> int | None:
    return len(lists.elections_held(whole, c.id)) or None


declare(
    Mechanism(
        id="elections",
        title="民主推选",
        theme="组织和队伍",
        about="谁参选、多少人投票、按什么规则当选，每一次都写明白。",
        article="微网格长经居民民主推选确定；“两委”换届",
        sheets=("elections", "candidates"),
        gather=_held,
        at="elections/",
        papers=("election",),
        checks=(elections_sound,),
    )
)
