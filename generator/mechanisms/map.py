"""一张图: the community's grids as one picture, made from the sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.grids import grids_add_up
from ..facts.grid_map import GridMap, grid_map
from ..mechanism import Board, Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _drawn(whole: Whole, c: Community) -> GridMap | None:
    return grid_map(whole, c.id)


def _paper(shown: GridMap, whole: Whole, c: Community) -> Iterator[Board]:
    """The same as tiles on paper, one of the leaders' four things; it hangs for good."""
    on = shown.changed or whole.today
    context = {"drawn": shown}
    yield Board("gridmap", c.id, title("gridmap", community=c.name), on, context=context, place=c.place)


declare(
    Mechanism(
        id="map",
        title="网格一张图",
        theme="网格和走访",
        about="整个社区画成一张图：哪个小区分几个网格、几个微网格，每一格管哪几栋楼，点一下就知道找谁。",
        article="6个居民小区，划分为8个网格；微网格30个，微网格长56名，楼栋单元管家174名；“两网融合”；一张图",
        sheets=("grids", "compounds", "buildings", "duties"),
        gather=_drawn,
        papers=("gridmap",),
        boards=_paper,
        checks=(grids_add_up,),
    )
)
