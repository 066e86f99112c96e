"""支部公示栏: a party branch's duties, who is in office, and what it does and makes known this month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_used
from ..facts.branchboard import BRANCH, Branch, branches
from ..mechanism import Board, Mechanism, declare
from ..sheets.branch_items import BranchItem
from ..sheets.units import Unit

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _branches(whole: Whole, c: Community) -> tuple[Branch, ...] | None:
    return branches(whole, c.id)


def _boards(shown: tuple[Branch, ...], whole: Whole, c: Community) -> Iterator[Board]:
    """One sheet a branch and month; it hangs until the month is over."""
    for branch in shown:
        first = branch.first
        named = title("branchboard", branch=branch.unit.name, year=str(first.year), month=str(first.month))
        hang = while_used(branch.first, branch.last)
        name = f"{branch.unit.id}-{first:%Y-%m}"
        yield Board(
            "branchboard",
            name,
            named,
            branch.changed,
            hang,
            {"branch": branch},
            branch.unit.place,
            signer=branch.unit.name,
        )


def branch_items_sound(given: Given) -> Found:
    """An item is a party branch's; no more came than were called, and nobody came to what is still to be."""
    for community in given.communities:
        for row in given.records.rows(community, BranchItem):
            unit = given.records.get(community, Unit, row.unit)
            if unit is not None and unit.kind != BRANCH:
                yield say(row, "unit", "branch-kind", called=unit.name, kind=unit.kind)
            if row.came is not None and row.on > given.newest:
                yield say(
                    row, "came", "branch-ahead", on=row.on.isoformat(), today=given.newest.isoformat(), holds=False
                )
            elif row.came is not None and row.called is not None and row.came > row.called:
                yield say(row, "came", "branch-attendance", called=row.called)


declare(
    Mechanism(
        id="branchboard",
        title="支部公示栏",
        theme="组织和队伍",
        about="小区党支部管什么、谁在任、这个月做什么：主题党日哪天开、公开了哪些事，每月换一张。",
        article="设置小区党支部公示栏，明确支部职责",
        sheets=("units", "duties", "people", "branch_items"),
        gather=_branches,
        papers=("branchboard",),
        boards=_boards,
        checks=(branch_items_sound,),
    )
)
