"""What residents read: every page of the site as a URL, a title, a description and a body.

``index_pages`` stand in the navigation and are drawn by the theme; ``record_pages``, one a record, are
bound into the shell the theme drew once. Both kinds are the same to a reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import lists
from .accountability import accountability, district_accountability
from .book import WITH_PAGES, Book, Page, Paper, Volume
from .community import community, counts, elections, meetings, notices, people, resolutions
from .district import dictionary, home, publicity
from .dossiers import closing, dossiers
from .matters import facet_pages, matters
from .mechanisms import mechanism_pages
from .record import matter, meeting, resolution
from .removed import former_communities, removed, tombstones
from .rules import FOLDER, procedures, rule_pages
from .whistles import has_whistles, whistles

__all__ = ["WITH_PAGES", "Book", "Page", "Paper", "Volume", "index_pages", "record_folders", "record_pages"]


def index_pages(book: Book) -> Iterator[Page]:
    """The pages of the navigation."""
    yield home(book)
    yield publicity(book)
    yield district_accountability(book)
    for c in book.whole.records.communities:
        for draw_page in (community, people, matters, accountability, meetings, resolutions, notices):
            yield draw_page(book, c)
    yield procedures(book)
    yield dictionary(book)


def record_folders(book: Book) -> Iterator[str]:
    """Every folder that record pages lie in."""
    records = book.whole.records
    if any(r.sheet == "communities" for r in records.removed):
        yield ""
    if book.whole.procedures.procedures or book.whole.procedures.rules:
        yield FOLDER
    for c in records.communities:
        yield from (f"{c.id}/{kind}/" for kind in WITH_PAGES)
        if c.id in {r.community for r in records.removed} | {t.community for t in records.counts} | _acting(book):
            yield f"{c.id}/"


def _acting(book: Book) -> set[str]:
    """The communities in which an election was held, a department called for, a matter closed, or a mechanism is at work."""
    whole = book.whole
    return closing(book) | {
        c.id
        for c in whole.records.communities
        if lists.elections_held(whole, c.id)
        or has_whistles(book, c.id)
        or any(not r.mechanism.at for r in book.rooms[c.id])
    }


def record_pages(book: Book) -> Iterator[Page]:
    """One page a matter, a meeting, a resolution, and one where such a page was; the narrowed lists; private counts."""
    whole = book.whole
    yield from former_communities(book)
    yield from rule_pages(book)
    for c in whole.records.communities:
        yield from facet_pages(book, c)
        for case in whole.cases.of(c.id):
            yield matter(book, case, c)
        for m in lists.meetings_held(whole, c.id):
            yield meeting(book, m, c)
        for r in lists.passed(whole, c.id):
            yield resolution(book, r, c)
        yield from tombstones(book, c)
        if c.id in closing(book):
            yield dossiers(book, c)
        if lists.elections_held(whole, c.id):
            yield elections(book, c)
        if has_whistles(book, c.id):
            yield whistles(book, c)
        if any(r.community == c.id for r in whole.records.removed):
            yield removed(book, c)
        if any(t.community == c.id for t in whole.records.counts):
            yield counts(book, c)
        yield from mechanism_pages(book, c)
