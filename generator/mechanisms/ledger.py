"""四色台账: how much care households need, as suppressed counts by grid and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts.listening import Listening, listening
from ..mechanism import Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

TITLE = "四色台账"


def _gather(whole: Whole, c: Community) -> Listening | None:
    return listening(whole, c, "ledger", TITLE)


declare(
    Mechanism(
        id="ledger",
        title=TITLE,
        theme="网格和走访",
        about="住户按要不要多照应分四种颜色登记，好先到最要紧的人家去。登记的是各家的私事，从不公开，这里只公布每个网格各有多少户。",
        article="居民台账管理制度：红色、黄色、蓝色、橙色台账",
        sheets=("ledger",),
        gather=_gather,
        at="counts/#ledger",
        no_paper="登记的是各家的私事，不上墙；户数只在网页上公布",
        no_check="只公布数量；数能不能公布、会不会算出没写的小数，读表的时候已经核对",
    )
)
