"""The rosters: who serves the community, a compound, a grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ..facts.beat import GRID_POSTS
from ..facts.cases import Fact
from ..facts.lists import waiting
from ..facts.roster import Post, by_duty, former
from ..facts.whole import Whole
from .notice import STEMS, Notice, row_of, rows_of, titled

# Duties held by so many that they are set as a list of names with the stair each serves.
LISTED = ("议事协商会成员", "业委会委员", "单元管家", "楼组带头人", "居民代表")


LEADER = "微网格长"


@dataclass(frozen=True)
class Member(Fact):
    """One person in one duty on a roster, with everything that the duty is for."""

    duty: str
    label: str
    serves: tuple[str, ...]
    phone: str


@dataclass(frozen=True)
class MicroGrid(Fact):
    """A micro-grid, named without the compound's name, with its scope and the names of who leads it."""

    name: str
    scope: str
    leaders: tuple[str, ...]


def rosters(whole: Whole, community: Any, given: dict[str, Any]) -> Iterator[Notice]:
    posts = whole.posts[community.id]
    past = former(whole.records, community.id, whole.today)
    general, before = _of_all(posts), _of_all(past)
    if general:
        yield _roster(whole, community, "community", community, general, before, given)
    for compound in rows_of(whole, community.id, "compounds"):
        own = tuple(p for p in posts if p.compound is compound)
        if compound.belongs == "本社区" and own:
            gone = tuple(p for p in past if p.compound is compound)
            yield _roster(whole, community, "compound", compound, own, gone, given)
    for grid in rows_of(whole, community.id, "grids"):
        if grid.level == "网格":
            gone = tuple(p for p in past if p.grid and grid.id in (p.grid.id, p.grid.parent))
            gone += tuple(p for p in before if p.duty.duty in GRID_POSTS)
            yield _roster(whole, community, "grid", grid, _of_grid(posts, grid.id), gone, given)


def _of_all(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """The posts that are for the whole community."""
    return tuple(p for p in posts if p.compound is None and p.grid is None)


def _of_grid(posts: tuple[Post, ...], grid: str) -> tuple[Post, ...]:
    """The posts of a grid and its micro-grids, and for a duty it lacks whoever holds that for the whole community."""
    own = [p for p in posts if p.grid and grid in (p.grid.id, p.grid.parent)]
    lacking = set(GRID_POSTS) - {p.duty.duty for p in own}
    return tuple(p for p in posts if p in own or (p.duty.duty in lacking and p.compound is None and p.grid is None))


def _roster(
    whole: Whole,
    community: Any,
    level: str,
    row: Any,
    posts: tuple[Post, ...],
    gone: tuple[Post, ...],
    given: dict[str, Any],
) -> Notice:
    """``gone``: the posts that were such and are held no more."""
    branch = any(p.unit and p.unit.kind == "小区党支部" for p in posts)
    key = f"roster-{level}" + ("-plain" if level == "compound" and not branch else "")
    groups = by_duty(posts)
    context = {
        **given,
        "level": level,
        "row": row,
        "compound": row_of(whole, community.id, "compounds", row.compound) if level == "grid" else None,
        "members": _members((p for p in posts if p.duty.duty not in (*LISTED, LEADER)), row.name),
        "withheld": waiting(whole, community.id, ("duties", "people", "grids")),
        "vacant": tuple(d for d in GRID_POSTS if level == "grid" and d not in groups),
        "posts": posts,
        "microgrids": _microgrids(whole, community.id, groups.get(LEADER, ()), row if level == "grid" else None),
        "listed": {d: groups[d] for d in LISTED if d in groups},
    }
    days = [p.duty.since for p in posts] + [p.duty.until + timedelta(days=1) for p in gone if p.duty.until]
    changed = max(days, default=whole.today)
    return Notice(
        "roster",
        community.id,
        row.id,
        "-".join((STEMS["roster"], {"community": "shequ", "compound": "xiaoqu", "grid": "wangge"}[level], row.id)),
        titled(key, place=row.name if level != "grid" else f"{community.name}{row.name}"),
        f"{community.id}/people/",
        changed,
        False,
        {**context, "changed": changed},
        place=row.place,
    )


def _members(posts: Iterable[Post], place: str) -> tuple[Member, ...]:
    """The posts with one line for each person and duty, however many grids it is for; on the board of ``place``."""
    found: dict[tuple[str, str], list[Post]] = {}
    for post in posts:
        found.setdefault((post.duty.duty, post.person.id), []).append(post)
    members = []
    for (duty, _), held in found.items():
        serves = dict.fromkeys(_serves(p, place) for p in held)
        members.append(Member(duty, held[0].label, tuple(serves), held[0].person.work_phone or ""))
    return tuple(members)


def _serves(post: Post, place: str) -> str:
    """What a duty is for, in the fewest words: as typed, else grid, unit or compound, without ``place``'s own name."""
    name = post.duty.serves or next((p.name for p in (post.grid, post.unit, post.compound) if p), "")
    return name.removeprefix(place) or name


def _microgrids(whole: Whole, community: str, leaders: tuple[Post, ...], grid: Any) -> tuple[MicroGrid, ...]:
    """The micro-grids in question with their leaders; those of a grid also when nobody leads them."""
    found = []
    for row in rows_of(whole, community, "grids"):
        names = tuple(p.label for p in leaders if p.grid is row)
        if names or (grid is not None and row.parent == grid.id):
            compound = row_of(whole, community, "compounds", row.compound)
            name = row.name.removeprefix(compound.name) if compound else row.name
            found.append(MicroGrid(name or row.name, row.scope, names))
    return tuple(found)
