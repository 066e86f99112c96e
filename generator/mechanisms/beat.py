"""警格+网格: the four professions of every grid, who they are and what is vacant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..checks.given import Found, Given, say
from ..facts.beat import GRID_POSTS, beats, filled
from ..mechanism import Mechanism, declare
from ..sheets.compounds import Compound
from ..sheets.duties import Duty
from ..sheets.grids import Grid

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def gather(whole: Whole, c: Community) -> dict[str, Any] | None:
    found = beats(whole.records, c.id, whole.posts[c.id], whole.today)
    return {"beats": found, "filled": filled(found)} if found else None


def beats_sound(given: Given) -> Found:
    """Who serves a grid says which, and a duty's compound is its grid's: else it stands on the wrong board, or on none."""
    for community in given.communities:
        for row in given.records.rows(community, Duty):
            grid = given.records.get(community, Grid, row.grid)
            if grid and grid.compound and row.compound and row.compound != grid.compound:
                own = given.records.get(community, Compound, grid.compound)
                if own and given.records.get(community, Compound, row.compound):
                    yield say(row, "compound", "beat-compound", holds=False, grid=grid.name, compound=own.name)
            if row.grid is None and row.duty in GRID_POSTS and (row.compound or row.duty == GRID_POSTS[0]):
                yield say(row, "grid", "beat-without-grid", holds=False, duty=row.duty)


declare(
    Mechanism(
        id="beat",
        title="警格+网格",
        theme="网格和走访",
        about="每个网格配四个人：专职网格员、片区民警、卫生网格员、人民调解员。是谁、怎么找、缺哪个，都写在这里。",
        article="“警格+网格”治理模式，每个网格配备专职网格员、片区民警、卫生网格员、人民调解员等专业力量",
        sheets=("grids", "people", "duties"),
        gather=gather,
        papers=("roster",),
        checks=(beats_sound,),
    )
)
