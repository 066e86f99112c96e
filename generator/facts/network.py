"""How a community's bodies hang together: branches over its compounds, and people who sit in more than one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..records import Records
from ..sheets.communities import Community
from ..sheets.compounds import Compound
from ..sheets.duties import COMMITTEES, Duty
from ..sheets.units import Unit
from .chain import LEADERS, Level, Node, levels, tree
from .fact import Fact
from .roster import Post

PARTY_COMMITTEE = COMMITTEES[:6]
RESIDENTS_COMMITTEE = COMMITTEES[6:]
HEAD = ("社区党委书记", "社区党总支书记")
CHAIR = ("居委会主任",)
SECRETARY = ("小区党支部书记",)
OFFICER = ("专职网格员",)
PARTY = (*PARTY_COMMITTEE, *SECRETARY, "小区党支部委员", "楼栋党小组组长")
BRANCH, GROUP = "小区党支部", "楼栋党小组"


@dataclass(frozen=True)
class Group(Fact):
    """A party group of some buildings and who leads it. ``name``: in short, as it stands under its branch's name."""

    unit: Unit
    name: str
    leaders: tuple[str, ...]


@dataclass(frozen=True)
class Branch(Fact):
    """A party branch with who leads it and the groups beneath it. ``grids``: those that its secretary is the officer of."""

    unit: Unit
    secretaries: tuple[Post, ...]
    groups: tuple[Group, ...]
    grids: tuple[Post, ...]

    @property
    def name(self) -> str:
        """In short, as it stands under the heading 小区党支部."""
        return str(self.unit.name).removesuffix("党支部").removesuffix("小区") or str(self.unit.name)


@dataclass(frozen=True)
class Cover(Fact):
    """One compound of the community's own: the branches that it belongs to, and how many groups there are in it."""

    compound: Compound
    branches: tuple[Branch, ...]
    groups: int


@dataclass(frozen=True)
class Seat(Fact):
    """One person who holds a party post and another besides: all posts of each sort."""

    label: str
    inside: tuple[Post, ...]
    outside: tuple[Post, ...]


@dataclass(frozen=True)
class Combined(Fact):
    """Whether secretary and chairperson are one person (一肩挑). ``since``: the day from which they have been; None if not."""

    heads: tuple[Post, ...]
    chairs: tuple[Post, ...]
    since: date | None


@dataclass(frozen=True)
class Committees(Fact):
    """How many sit on the two committees, how many on both, and how many people that makes."""

    party: int
    residents: int
    both: int
    all: int


@dataclass(frozen=True)
class Network(Fact):
    """The chain downwards (``levels``, ``nodes``, ``covers``) and the ties across (the rest).

    ``changed``: the last day on which a leader of the chain took office, or was no longer in it.
    """

    levels: tuple[Level, ...]
    nodes: tuple[Node, ...]
    branches: tuple[Branch, ...]
    covers: tuple[Cover, ...]
    combined: Combined
    committees: Committees
    seats: tuple[Seat, ...]
    changed: date | None

    @property
    def covered(self) -> int:
        """How many compounds have a branch."""
        return sum(bool(c.branches) for c in self.covers)

    @property
    def merged(self) -> tuple[Branch, ...]:
        """The branches whose secretary is a grid's own officer as well (两网融合)."""
        return tuple(b for b in self.branches if b.grids)


def network(records: Records, community: Community, posts: tuple[Post, ...], today: date) -> Network:
    """All of it on a day. ``posts``: the duties held then (``roster.posts``)."""
    nodes = tree(records, community.id, posts)
    names = {c.id: c.name for c in records.rows(community.id, Compound)}
    found = tuple(branches(nodes, posts, names))
    return Network(
        levels(records, community, today),
        nodes,
        found,
        tuple(_cover(c, found) for c in records.by(community.id, Compound, "belongs", "本社区")),
        combined(posts),
        committees(posts),
        seats(posts),
        _changed(records.rows(community.id, Duty), today),
    )


_LEADING = frozenset(d for kind in ("社区党委", "社区党总支", "居委会", BRANCH, GROUP) for d in LEADERS[kind])


def _changed(duties: Iterable[Duty], today: date) -> date | None:
    days: list[date] = []
    for duty in duties:
        if duty.duty in _LEADING:
            days += [duty.since] if duty.until is None else [duty.since, duty.until + timedelta(days=1)]
    return max((d for d in days if d <= today), default=None)


def _all(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _all(node.under)


def branches(nodes: tuple[Node, ...], posts: tuple[Post, ...], names: Mapping[str, str]) -> Iterable[Branch]:
    """The party branches of compounds, in the order of the tree. ``names``: of the compounds, by id."""
    for node in _all(nodes):
        if node.unit.kind != BRANCH:
            continue
        leads = tuple(p for p in posts if p.duty.duty in SECRETARY and p.duty.unit == node.unit.id)
        led = {p.person.id for p in leads}
        grids = tuple(p for p in posts if p.duty.duty in OFFICER and p.grid and p.person.id in led)
        below = [n for n in _all(node.under) if n.unit.kind == GROUP]
        alone = all(n.unit.compound == node.unit.compound for n in below)
        own = names.get(node.unit.compound or "", "") if alone else ""
        yield Branch(node.unit, leads, tuple(_group(n, own) for n in below), grids)


def _group(node: Node, compound: str) -> Group:
    """Named without what it is, and without its compound where that is the branch's only one: 塞北嘉苑1—8号楼党小组 → 1—8号楼."""
    name = node.unit.name.removesuffix("党小组").removesuffix("楼栋")
    short = name.removeprefix(compound)
    if short == name:
        short = name.removeprefix(compound.removesuffix("小区"))
    return Group(node.unit, short or name, node.leaders)


def _cover(compound: Compound, found: tuple[Branch, ...]) -> Cover:
    """A compound belongs to the branch that stands for it, or that has a group in it: several may share one."""
    own = tuple(b for b in found if compound.id in (b.unit.compound, *(g.unit.compound for g in b.groups)))
    return Cover(compound, own, sum(g.unit.compound == compound.id for b in found for g in b.groups))


def combined(posts: Iterable[Post]) -> Combined:
    """Who is secretary and who is chairperson, and since when one person has been both."""
    held = tuple(posts)
    heads = tuple(p for p in held if p.duty.duty in HEAD)
    chairs = tuple(p for p in held if p.duty.duty in CHAIR)
    same = len(heads) == len(chairs) == 1 and heads[0].person == chairs[0].person
    return Combined(heads, chairs, max(heads[0].duty.since, chairs[0].duty.since) if same else None)


def committees(posts: Iterable[Post]) -> Committees:
    """People on the party committee and on the residents' committee, each counted once."""
    held = tuple(posts)
    party = {p.person.id for p in held if p.duty.duty in PARTY_COMMITTEE}
    residents = {p.person.id for p in held if p.duty.duty in RESIDENTS_COMMITTEE}
    return Committees(len(party), len(residents), len(party & residents), len(party | residents))


def seats(posts: Iterable[Post]) -> tuple[Seat, ...]:
    """The people who hold a party post and another (交叉任职), in the order of their first post."""
    by_person: dict[str, list[Post]] = {}
    for post in posts:
        by_person.setdefault(post.person.id, []).append(post)
    found = []
    for held in by_person.values():
        inside = tuple(p for p in held if p.duty.duty in PARTY)
        outside = tuple(p for p in held if p.duty.duty not in PARTY)
        if inside and outside:
            found.append(Seat(held[0].label, inside, outside))
    return tuple(found)
