"""The pages of mechanisms: one a mechanism that a community has, each drawn by its own template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..facts.cases import Fact
from ..mechanism import Mechanism
from ..mechanisms import discover
from .book import Book, Page

if TYPE_CHECKING:
    from ..sheets.communities import Community


@dataclass(frozen=True)
class Room(Fact):
    """A mechanism as one community has it. ``local``: what the community says of it (a row of ``mechanisms``), if anything."""

    mechanism: Mechanism
    shown: Any
    local: Any = None

    @property
    def name(self) -> str:
        """What the community calls it."""
        return (self.local.name if self.local else None) or self.mechanism.title

    @property
    def url(self) -> str:
        return self.mechanism.url

    @property
    def about(self) -> str:
        return (self.local.about if self.local else None) or self.mechanism.about

    @property
    def heading(self) -> str:
        return (self.local.heading if self.local else None) or ""


def rooms(book: Book, c: Community) -> tuple[Room, ...]:
    """The mechanisms that a community has, in its own order: by heading and number, then as they are declared."""
    rows = book.whole.records.tables.get(c.id, {}).get("mechanisms", {}).values()
    said: dict[str, Any] = {r.mechanism: r for r in rows}  # type: ignore[attr-defined]
    found = []
    for mechanism in discover().values():
        shown = mechanism.gather(book.whole, c)
        if shown is not None:
            found.append(Room(mechanism, shown, said.get(mechanism.title)))
    far = 10**6
    order = {id(r): n for n, r in enumerate(rows)}
    return tuple(
        sorted(found, key=lambda r: (r.local.number or far, order[id(r.local)]) if r.local else (2 * far, 0))
    )


def groups(found: tuple[Room, ...]) -> list[tuple[str, list[Room]]]:
    """The mechanisms under the community's headings, those without one last (heading "")."""
    grouped: dict[str, list[Room]] = {}
    for room in found:
        grouped.setdefault(room.heading, []).append(room)
    return sorted(grouped.items(), key=lambda pair: not pair[0])


def mechanism_pages(book: Book, c: Community) -> Iterator[Page]:
    """A page for each mechanism of a community that does not share one."""
    for room in rooms(book, c):
        m = room.mechanism
        if not m.at:
            names = {"title": room.name, "name": c.name, "about": m.about}
            yield book.page(
                f"{c.id}/{m.id}/",
                "mechanism",
                names,
                f"mechanisms/{m.id}",
                community=c,
                room=room,
                shown=room.shown,
                papers=tuple(p for p in book.papers.get(c.id, ()) if p.kind in m.papers),
            )
