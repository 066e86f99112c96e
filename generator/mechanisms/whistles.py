"""街道吹哨、部门报到: the ledger of what departments were called for, and when they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..checks.whistles import whistles_sound
from ..facts.whistles import tickets
from ..mechanism import Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _blown(whole: Whole, c: Community) -> int | None:
    return len(tickets(whole.records, whole.procedures, c.id, whole.today)) or None


declare(
    Mechanism(
        id="whistles",
        title="街道吹哨、部门报到",
        theme="共建和志愿",
        about="社区自己解决不了的事，街道吹哨请部门来办：几点签收、几点到场、办结没有、居民满不满意。",
        article="“街道吹哨、部门报到”机制",
        sheets=("whistles",),
        gather=_blown,
        at="whistles/",
        no_paper="吹哨单是街道和部门之间的单子，办理结果随议题的公示上墙",
        checks=(whistles_sound,),
    )
)
