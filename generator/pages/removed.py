"""What was published and is so no longer: the list, and a page at each address that once had a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..checks import TAKEN
from ..facts import gone
from ..templating import cn_date, word
from .book import WITH_PAGES, Book, Page, drawn

if TYPE_CHECKING:
    from ..records import Removed
    from ..sheets.communities import Community


def removed(book: Book, c: Community) -> Page:
    """All that was published by a community and is so no longer, the latest first."""
    found = gone.of_community(book.whole.records, c.id, WITH_PAGES)
    return book.page(
        f"{c.id}/removed/",
        "removed",
        {"name": c.name},
        community=c,
        groups=found,
        rows=sum(g.rows for g in found),
        with_pages=WITH_PAGES,
    )


def tombstones(book: Book, c: Community) -> Iterator[Page]:
    """What stands at the address of a record that was removed: when, why, and whom to ask."""
    shown = drawn(book, c.id)
    for r in book.whole.records.removed:
        if r.community == c.id and r.sheet in WITH_PAGES and (r.sheet, r.id) not in shown:
            yield _tombstone(book, f"{c.id}/{r.sheet}/{r.id}/", r, c)


def _tombstone(book: Book, url: str, r: Removed, c: Community | None) -> Page:
    what, name = word(r.sheet, "record"), c.name if c else book.whole.records.district.name
    said = {"what": what, "id": r.id, "name": name, "day": cn_date(r.on)}
    page = book.page(url, "tombstone", said, community=c, removed=r, what=what, name=name)
    return replace(page, listed=False)


def former_communities(book: Book) -> Iterator[Page]:
    """The same for a community that is no longer listed."""
    for r in book.whole.records.removed:
        if r.sheet == "communities" and r.id.lower() not in TAKEN:
            yield _tombstone(book, f"{r.id}/", r, None)
