"""找我的网格员: choose compound and building, see who serves it and how to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.houses import houses_sound, stewards_placed
from ..facts.houses import Finder, finder
from ..mechanism import Board, Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _found(whole: Whole, c: Community) -> Finder | None:
    return finder(whole, c.id)


def _cards(shown: Finder, whole: Whole, c: Community) -> Iterator[Board]:
    """A card for the doors of each micro-grid's buildings; it hangs for good."""
    for block in shown.blocks:
        if block.grid is not None:
            yield Board(
                "gridcard",
                f"{block.compound.id}-{block.grid.id}",
                title("gridcard", place=block.place),
                block.changed or whole.today,
                context={"block": block},
                place=block.grid.place,
            )


declare(
    Mechanism(
        id="finder",
        title="找我的网格员",
        theme="网格和走访",
        about="找到自己住的小区和楼栋，就知道这栋楼归谁管、打哪个电话找得到人。",
        article="“社区党总支—小区党支部—专兼职网格员—微网格长—单元管家”五级服务居民；微网格长56名，楼栋单元管家174名",
        sheets=("buildings", "grids", "duties", "people", "compounds"),
        gather=_found,
        papers=("gridcard",),
        boards=_cards,
        checks=(houses_sound, stewards_placed),
    )
)
