"""The pages of mechanisms: one for each that a community has, drawn by its own template within one frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..facts import lists
from ..mechanism import THEMES
from .book import Book, Page
from .rooms import Room

if TYPE_CHECKING:
    from ..sheets.communities import Community


def side_by_side(book: Book) -> Mapping[str, Mapping[str, tuple[Room, ...]]]:
    """The mechanisms of all communities: theme → community's id → its mechanisms of that theme, if it has any."""
    return {
        theme: {
            c.id: tuple(r for r in book.rooms[c.id] if r.mechanism.theme == theme)
            for c in book.whole.records.communities
        }
        for theme in THEMES
        if any(r.mechanism.theme == theme for rooms in book.rooms.values() for r in rooms)
    }


def mechanism_pages(book: Book, c: Community) -> Iterator[Page]:
    """A page for each mechanism of a community that does not share one."""
    for room in book.rooms[c.id]:
        if not room.mechanism.at:
            yield _page(book, c, room)


def _page(book: Book, c: Community, room: Room) -> Page:
    m = room.mechanism
    others = [r for r in book.rooms[c.id] if r.heading == room.heading and r is not room]
    return book.page(
        room.url,
        "mechanism",
        {"title": room.name, "name": c.name, "about": m.about},
        community=c,
        room=room,
        body=f"pages/mechanisms/{m.id}.html",
        shown=room.shown,
        others=others,
        withheld=lists.waiting(book.whole, c.id, m.sheets),
        papers=tuple(p for p in book.papers.get(c.id, ()) if p.kind in m.papers),
    )
