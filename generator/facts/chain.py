"""The chain of organisation: the levels a community names, each counted, and the tree of its bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..records import Records
from ..sheets.communities import Community
from ..sheets.duties import OFFICES, VOLUNTEERS
from ..sheets.units import KINDS, Unit
from .cases import Fact
from .counts import holders
from .roster import Post

# Which duties lead a body of each kind.
LEADERS = {
    "社区党委": ("社区党委书记",),
    "社区党总支": ("社区党总支书记",),
    "小区党支部": ("小区党支部书记",),
    "楼栋党小组": ("楼栋党小组组长",),
    "居委会": ("居委会主任",),
    "居务监督委员会": ("居务监督委员会主任",),
    "居民小组": ("居民小组长",),
    "议事协商会": ("议事协商会会长",),
    "业委会": ("业委会主任",),
    "物业公司": ("物业项目经理",),
    "志愿服务队": ("志愿服务队队长",),
}
# A level of the chain that names people of more than one duty.
LEVELS = {"网格员": ("专职网格员", "兼职网格员"), "专兼职网格员": ("专职网格员", "兼职网格员")}
INSIDE = ("社区党委", "社区党总支", "小区党支部", "楼栋党小组", "居委会", "居务监督委员会", "居民小组", "议事协商会")


@dataclass(frozen=True)
class Level(Fact):
    """One level of the chain: its name, how many bodies or people, and which of the two it counts."""

    name: str
    count: int
    people: bool


@dataclass(frozen=True)
class Node(Fact):
    """A body with the people who lead it and the bodies under it."""

    unit: Unit
    leaders: tuple[str, ...]
    under: tuple[Node, ...]


def parts(chain: str | None) -> tuple[str, ...]:
    """The names of the levels, as a community's chain has them between its dashes."""
    return tuple(name.strip() for name in re.split("[—–\\-→]+", chain or "") if name.strip())


def levels(records: Records, community: Community, today: date) -> tuple[Level, ...]:
    """The levels that the community's own chain names, each counted from the rows."""
    found = []
    for name in parts(community.chain):
        kind = next((k for k in KINDS if name.endswith(k)), None)
        if kind:
            found.append(Level(name, len(records.by(community.id, Unit, "kind", kind)), False))
        elif name in LEVELS or name in (*OFFICES, *VOLUNTEERS):
            found.append(Level(name, len(holders(records, community.id, LEVELS.get(name, (name,)), today)), True))
    return tuple(found)


def tree(records: Records, community: str, posts: tuple[Post, ...]) -> tuple[Node, ...]:
    """The community's own bodies as a tree, roots first; the street, departments and firms are left out."""
    units = [u for u in records.rows(community, Unit) if u.kind in INSIDE]
    ids = {u.id for u in units}

    def node(unit: Unit) -> Node:
        duties = LEADERS.get(unit.kind, ())
        leaders = tuple(dict.fromkeys(p.label for p in posts if p.duty.unit == unit.id and p.duty.duty in duties))
        return Node(unit, leaders, tuple(node(u) for u in units if u.parent == unit.id))

    return tuple(node(u) for u in units if u.parent not in ids)
