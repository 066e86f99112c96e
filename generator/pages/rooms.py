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
    """A mechanism as one community has it. ``local``: what the community says of it (a row of ``mechanisms``), if anything.

    ``section``: the heading of the front page that it stands under (a row of ``headings``), where the community has that.
    """

    mechanism: Mechanism
    community: str
    shown: Any
    local: Any = None
    section: Any = None

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
    """The mechanisms that a community has, in its own order: by its headings, those it numbers, then the others by theme."""
    said = {r.mechanism: r for r in _rows(whole, c, "mechanisms")}
    sections = {r.name: r for r in _rows(whole, c, "headings")}
    found = []
    for mechanism in discover().values():
        shown = mechanism.gather(whole, c)
        if shown is not None:
            local = said.get(mechanism.title)
            section = sections.get((local and local.heading) or mechanism.theme)
            found.append(Room(mechanism, c.id, shown, local, section))
    return tuple(sorted(found, key=_place))


def _rows(whole: Whole, c: Community, sheet: str) -> Iterable[Any]:
    return whole.records.tables.get(c.id, {}).get(sheet, {}).values()


def _place(room: Room) -> tuple[bool, int, bool, int, int]:
    """Those under a heading with a number come first, by it; then by the community's own number, then by theme."""
    section = room.section.number if room.section else None
    number = room.local.number if room.local else None
    return section is None, section or 0, number is None, number or 0, THEMES.index(room.mechanism.theme)


def headed(found: Iterable[Room]) -> Mapping[str, tuple[Room, ...]]:
    """The mechanisms under their headings: the community's own first, in the order of their first numbers."""
    grouped: dict[str, list[Room]] = {}
    for room in found:
        grouped.setdefault(room.heading, []).append(room)
    return {heading: tuple(some) for heading, some in grouped.items()}
