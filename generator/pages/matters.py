"""The list of matters, whole and narrowed to one value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..facts import lists
from ..facts.cases import Case
from ..facts.facets import FACETS, FacetValue, facets
from ..templating import words
from .book import Book, Page

if TYPE_CHECKING:
    from ..sheets.communities import Community


def _matters(book: Book, c: Community, url: str, value: FacetValue | None, cases: list[Case], **more: Any) -> Page:
    label = value.label if value else ""
    return book.page(
        url,
        "facet" if value else "matters",
        {"name": c.name, "label": label},
        "matters",
        community=c,
        cases=cases,
        facet=label,
        current=value.slug if value else "",
        **more,
    )


def matters(book: Book, c: Community) -> Page:
    """All matters of a community, filtered by the script where there is one."""
    more = {"facets": facets(book.whole, c, words()["state"]), "compounds": lists.compound_names(book.whole)}
    return _matters(book, c, f"{c.id}/matters/", None, lists.newest(book.whole.cases.of(c.id)), **more)


def facet_pages(book: Book, c: Community) -> Iterator[Page]:
    """The same list narrowed to one value, a page each, so that it works without a script."""
    known = facets(book.whole, c, words()["state"])
    more = {"facets": known, "compounds": lists.compound_names(book.whole)}
    cases = lists.newest(book.whole.cases.of(c.id))
    for name, values in known.items():
        for value in values:
            some = [case for case in cases if FACETS[name](case) == value.value]
            yield _matters(book, c, f"{c.id}/matters/{value.slug}/", value, some, **more)
