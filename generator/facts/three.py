"""三常: how often the households of each grid were visited and helped, as suppressed counts; what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..privacy import CountTable, count_words
from ..sheets import discover
from .cases import Case
from .fact import Fact
from .private_counts import period

if TYPE_CHECKING:
    from .whole import Whole

VISITS, HELPED = "visits", "errands"
HEARD = "网格员走访"


@dataclass(frozen=True)
class Tally(Fact):
    """The counts of one private sheet by grid and month. ``cells``: grid's id → what is printed for each of ``months``.

    ``totals``: over all grids, for each month; ``few`` and ``unlisted`` are the words for what is not printed.
    """

    sheet: str
    title: str
    unit: str
    least: int
    months: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]
    totals: tuple[str, ...]

    @property
    def few(self) -> str:
        return count_words()["few"].format(least=self.least)

    @property
    def unlisted(self) -> str:
        return count_words()["unlisted"]

    @property
    def printed(self) -> frozenset[str]:
        return frozenset(x for cells in (*self.cells.values(), self.totals) for x in cells)

    @property
    def hides(self) -> bool:
        """Whether any count is not printed."""
        return bool({self.few, self.unlisted} & self.printed)

    def last(self, grid: str) -> str:
        """What is printed for a grid's last month; an empty text for a grid that is not counted."""
        return self.cells.get(grid, ("",))[-1]


@dataclass(frozen=True)
class Three(Fact):
    """``grids``: id → name, in order. ``visits``, ``helped``: None where the community does not count them.

    ``heard``: the matters that a visit brought up, the newest first; ``solved``: those of them that are solved.
    """

    grids: Mapping[str, str]
    visits: Tally | None
    helped: Tally | None
    heard: tuple[Case, ...]
    solved: int

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return tuple(t for t in (self.visits, self.helped) if t)


def _tally(table: CountTable) -> Tally:
    """The table with its months in words. It counts by grid and by month, in that order."""
    grids, months = table.labels
    total = count_words()["total"]

    def line(grid: str) -> tuple[str, ...]:
        return tuple(table.cells[grid, m].shown for m in months)

    return Tally(
        table.sheet,
        discover()[table.sheet].title,
        table.unit,
        table.least,
        tuple(period(m) for m in months),
        {g: line(g) for g in grids},
        line(total),
    )


def _table(whole: Whole, community: str, sheet: str) -> Tally | None:
    found = (t for t in whole.records.counts if t.community == community and t.sheet == sheet)
    return next((_tally(t) for t in found), None)


def three(whole: Whole, community: str) -> Three | None:
    """The counts of a community's visits and of its help; None where it publishes neither."""
    visits, helped = _table(whole, community, VISITS), _table(whole, community, HELPED)
    if visits is None and helped is None:
        return None
    there = whole.records.tables.get(community, {}).get("grids", {})
    ids = dict.fromkeys(g for t in (visits, helped) if t for g in t.cells)
    cases = [c for c in whole.cases.of(community) if c.matter.channel == HEARD and c.matter.raised_on <= whole.today]
    heard = sorted(cases, key=lambda c: (c.matter.raised_on, c.matter.id), reverse=True)
    return Three(
        {g: getattr(there.get(g), "name", g) for g in ids},
        visits,
        helped,
        tuple(heard),
        sum(c.standing.solved for c in heard),
    )
