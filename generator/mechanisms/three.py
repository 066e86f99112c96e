"""三常, 常入户、常走访、常帮扶: how often, by grid and month, and which matters the visits brought up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts.three import Three, three
from ..mechanism import Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _shown(whole: Whole, c: Community) -> Three | None:
    return three(whole, c.id)


declare(
    Mechanism(
        id="three",
        title="三常",
        theme="网格和走访",
        about="常入户、常走访、常帮扶：每个网格每个月上门多少次、帮了多少次。去的是谁家、说了什么，从不公开。",
        article="落实落细“常入户”“常走访”“常帮扶”的“三常”服务机制；解决绿秀苑小区常年飞线充电等问题",
        sheets=("visits", "errands", "matters"),
        gather=_shown,
        no_paper="走访的次数写在每个月的总结里，随总结上墙",
        no_check="只公布数量；数能不能公布、会不会算出没写的小数，读表的时候已经核对",
    )
)
