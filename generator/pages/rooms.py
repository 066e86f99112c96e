"""Which mechanisms each community has, under its own names and headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..facts.fact import Fact
from ..facts.whole import Whole
from ..mechanism import THEMES, Mechanism
from ..mechanisms import discover

if TYPE_CHECKING:
    from ..sheets.communities import Community


@dataclass(frozen=True)
class Room(Fact):
    """A mechanism as one community has it. ``local``: what the community says of it (a row of ``mechanisms``), if anything."""

    mechanism: Mechanism
    community: str
    shown: Any
    local: Any = None

    @property
    def name(self) -> str:
        """What the community calls it."""
        return (self.local.name if self.local else None) or self.mechanism.title

    @property
    def url(self) -> str:
        """Its page, relative to the site's root."""
        return f"{self.community}/{self.mechanism.url}"

    @property
    def about(self) -> str:
        return (self.local.about if self.local else None) or self.mechanism.about

    @property
    def heading(self) -> str:
        """Under what it stands on the community's page: the community's own heading, else the theme's."""
        return (self.local.heading if self.local else None) or self.mechanism.theme


def rooms(whole: Whole, c: Community) -> tuple[Room, ...]:
    """The mechanisms that a community has, in its own order: those it numbers, then the others by theme."""
    rows = whole.records.tables.get(c.id, {}).get("mechanisms", {}).values()
    said: dict[str, Any] = {r.mechanism: r for r in rows}  # type: ignore[attr-defined]
    found = []
    for mechanism in discover().values():
        shown = mechanism.gather(whole, c)
        if shown is not None:
            found.append(Room(mechanism, c.id, shown, said.get(mechanism.title)))
    return tuple(sorted(found, key=_place))


def _place(room: Room) -> tuple[bool, int, int]:
    number = room.local.number if room.local else None
    return number is None, number or 0, THEMES.index(room.mechanism.theme)


def headed(found: Iterable[Room]) -> Mapping[str, tuple[Room, ...]]:
    """The mechanisms under their headings: the community's own first, in the order of their first numbers."""
    grouped: dict[str, list[Room]] = {}
    for room in found:
        grouped.setdefault(room.heading, []).append(room)
    return {heading: tuple(some) for heading, some in grouped.items()}
