"""三级链条、一张红网: the chain of bodies from the community to the stairs, and the people who sit in more than one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..checks.people import chains_end, names_have_a_basis
from ..facts.chain import LEADERS, levels, parts
from ..facts.counts import in_office
from ..facts.network import Network, network
from ..mechanism import Board, Mechanism, declare
from ..sheets.communities import Community
from ..sheets.duties import Duty
from ..sheets.units import Unit

if TYPE_CHECKING:
    from ..facts.whole import Whole

# Of a volunteers' team or a firm several may be in the lead; of these one is.
ONE_LEADER = {k: v for k, v in LEADERS.items() if k not in ("志愿服务队", "物业公司")}
KIND_OF = {duty: kind for kind, duties in LEADERS.items() for duty in duties}


def gather(whole: Whole, c: Community) -> Network | None:
    if not levels(whole.records, c, whole.today):
        return None
    return network(whole.records, c, whole.posts[c.id], whole.today)


def boards(shown: Network, whole: Whole, c: Community) -> Iterator[Board]:
    yield Board(
        "chain",
        "zuzhi",
        title("chain", community=c.name),
        shown.changed or whole.today,
        context={"net": shown},
        place=c.place,
    )


def chain_sound(given: Given) -> Found:
    """Every level that a community's chain names can be counted: one that can't would be missing from the picture."""
    for row in given.records.communities:
        known = {x.name for x in levels(given.records, row, given.today)}
        for name in parts(row.chain):
            if name not in known:
                yield say(row, "chain", "chain-level-unknown", holds=False, level=name)


def leaders_sound(given: Given) -> Found:
    """Who leads a body says which, of the kind that the duty is for, and one leads it at a time: else the tree is wrong."""
    for community in given.communities:
        leading: dict[tuple[str, str], Duty] = {}
        for row in given.records.rows(community, Duty):
            kind = KIND_OF.get(row.duty)
            if kind is None or not in_office(row, given.today):
                continue
            unit = given.records.get(community, Unit, row.unit)
            if row.unit is None:
                yield say(row, "unit", "leader-without-body", holds=False, duty=row.duty)
            elif unit is None:
                continue  # an id that there isn't is told of by the references
            elif unit.kind != kind:
                yield say(row, "unit", "leader-of-another-body", holds=False, duty=row.duty, body=unit.name, kind=kind)
            elif kind in ONE_LEADER:
                first = leading.setdefault((unit.id, row.duty), row)
                if first.person != row.person:
                    yield say(row, "unit", "leader-twice", holds=False, duty=row.duty, body=unit.name, other=first.id)


declare(
    Mechanism(
        id="network",
        title="组织链条",
        theme="组织和队伍",
        about="从社区到楼栋，一级一级是谁带头；谁在几处任职，也写清楚。",
        article="“三级链条”：社区党委—小区党支部—楼栋党小组；“一张红网”；“一肩挑”，“双向进入、交叉任职”；五级运行机制，“两网融合”",
        sheets=("communities", "units", "compounds", "people", "duties"),
        gather=gather,
        papers=("chain",),
        boards=boards,
        checks=(chain_sound, leaders_sound, chains_end, names_have_a_basis),
    )
)
