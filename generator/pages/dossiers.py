"""The register of file numbers (协商成果备案目录) of a community, with the dossier of each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ..facts import filing
from .book import Book, Page

if TYPE_CHECKING:
    from ..sheets.communities import Community


def closing(book: Book) -> set[str]:
    """The communities with a closed matter."""
    return {community for community, _ in book.filed}


def dossiers(book: Book, c: Community) -> Page:
    """The closed matters by year and number; those without a number are counted."""
    found = [f for (community, _), f in book.filed.items() if community == c.id]
    years = [(year, tuple(some)) for year, some in groupby((f for f in found if f.number), key=lambda f: f.year)]
    return book.page(
        f"{c.id}/dossiers/",
        "dossiers",
        {"name": c.name},
        community=c,
        years=years,
        numbered=sum(bool(f.number) for f in found),
        unnumbered=tuple(f for f in found if not f.number),
        unfiled=filing.unfiled(book.whole, c.id),
        volumes=book.volumes,
    )
