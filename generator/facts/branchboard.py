"""支部公示栏: what a party branch is for, who is in office, and what it does and makes known this month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..sheets.branch_items import BranchItem
from ..sheets.compounds import Compound
from ..sheets.units import Unit
from .fact import Fact
from .rhythm import span
from .roster import Post
from .whistles import Rate
from .whole import Whole

BRANCH, GROUP = "小区党支部", "楼栋党小组"
LEADS = ("小区党支部书记", "小区党支部委员")
HEAD = "楼栋党小组组长"
DAY = "主题党日"


@dataclass(frozen=True)
class Group(Fact):
    """A group of the branch, and who leads it today."""

    unit: Unit
    leads: tuple[Post, ...]


@dataclass(frozen=True)
class Branch(Fact):
    """A branch on a day. ``month``: its items of this month, in order; ``earlier``: those before, the latest first.

    ``kept``: in how many months of this year there was a 主题党日, of those that are over or have had it; it is not held
    against a branch that its first month on record came later. ``changed``: the last day of anything that is shown.
    """

    unit: Unit
    compound: Compound | None
    leads: tuple[Post, ...]
    groups: tuple[Group, ...]
    month: tuple[BranchItem, ...]
    coming: tuple[BranchItem, ...]
    earlier: tuple[BranchItem, ...]
    kept: Rate
    first: date
    last: date
    changed: date
    today: date

    def ahead(self, item: BranchItem) -> bool:
        return bool(item.on > self.today)


def branches(whole: Whole, community: str) -> tuple[Branch, ...] | None:
    """The branches of a community that have anything on the board; None where none has."""
    found = []
    for unit in whole.records.by(community, Unit, "kind", BRANCH):
        items = whole.records.by(community, BranchItem, "unit", unit.id)
        if items:
            found.append(_branch(whole, unit, sorted(items, key=lambda i: (i.on, i.id))))
    return tuple(found) or None


def _branch(whole: Whole, unit: Unit, items: list[BranchItem]) -> Branch:
    today, posts = whole.today, whole.posts.get(unit.community, ())
    first, last = span(today, 1)
    leads = tuple(p for p in posts if p.unit is unit and p.duty.duty in LEADS)
    of_branch = whole.records.by(unit.community, Unit, "parent", unit.id)
    groups = tuple(
        Group(u, tuple(p for p in posts if p.unit is u and p.duty.duty == HEAD))
        for u in of_branch
        if u.kind == GROUP and not (u.founded and u.founded > today)
    )
    held = [*leads, *(p for g in groups for p in g.leads)]
    days = [first, *(p.duty.since for p in held), *(i.on for i in items if i.on <= today)]
    return Branch(
        unit,
        whole.records.get(unit.community, Compound, unit.compound),
        leads,
        groups,
        tuple(i for i in items if first <= i.on <= last),
        tuple(i for i in items if i.on > last),
        tuple(i for i in items[::-1] if i.on < first),
        months_kept(items, today),
        first,
        last,
        max(days),
        today,
    )


def months_kept(items: Iterable[BranchItem], today: date) -> Rate:
    """In how many months of this year there was a 主题党日, from the first month on record in it."""
    known = [i for i in items if i.on.year == today.year and i.on <= today]
    if not known:
        return Rate(0, 0)
    begun = min(i.on.month for i in known)
    held = {i.on.month for i in known if i.kind == DAY}
    judged = {m for m in range(begun, today.month + 1) if m < today.month or m in held}
    return Rate(len(held & judged), len(judged))
