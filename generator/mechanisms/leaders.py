"""院落楼组带头人: who takes the lead in which building, which buildings have nobody, and how to become one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.houses import HEAD
from ..facts.leaders import TITLE, Yard, yards
from ..facts.stairs import house, houses
from ..mechanism import Board, Mechanism, declare
from ..sheets.buildings import Building
from ..sheets.compounds import Compound
from ..sheets.duties import Duty

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _yards(whole: Whole, c: Community) -> tuple[Yard, ...] | None:
    return yards(whole, c.id)


def _boards(shown: tuple[Yard, ...], whole: Whole, c: Community) -> Iterator[Board]:
    """Who leads where, and a call for the buildings that have nobody; it hangs for good."""
    for yard in shown:
        named = title("leaders", compound=yard.compound.name)
        place = yard.compound.place
        context = {"yard": yard}
        yield Board("leaders", yard.compound.id, named, yard.changed, context=context, place=place)


def leaders_placed(given: Given) -> Found:
    """Who takes the lead does so in a building that the compound has; nothing is said while its buildings are not told."""
    for community in given.communities:
        for duty in given.records.by(community, Duty, "duty", HEAD):
            compound = given.records.get(community, Compound, duty.compound)
            rows = given.records.by(community, Building, "compound", duty.compound) if compound else ()
            if compound is None or not rows or given.may_lack(community, "buildings", "compound", compound.id):
                continue
            known = {house(b.name) for b in rows}
            said = houses(duty.serves or "")
            if not said:
                yield say(duty, "serves", "leader-nowhere", compound=compound.name, holds=False)
            elif lost := [h for h in said if h not in known]:
                yield say(duty, "serves", "leader-house", compound=compound.name, houses="、".join(lost), holds=False)


declare(
    Mechanism(
        id="leaders",
        title=TITLE,
        theme="组织和队伍",
        about="每栋楼谁带头张罗楼里的事，哪栋楼还缺人，想带头的怎么报名。",
        article="成立网格治理队伍，明确网格治理职责，培育院落楼组带头人",
        sheets=("mechanisms", "duties", "buildings", "people", "compounds"),
        gather=_yards,
        papers=("leaders",),
        boards=_boards,
        checks=(leaders_placed,),
    )
)
