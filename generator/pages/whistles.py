"""街道吹哨、部门报到: what departments were called for, and when they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts import lists
from ..facts.whistles import LIMITS, by_class, by_department, running, summary, tickets
from .book import Book, Page

if TYPE_CHECKING:
    from ..sheets.communities import Community


def has_whistles(book: Book, community: str) -> bool:
    """Whether a community has called on a department by today, so that it has the page."""
    whole = book.whole
    return bool(tickets(whole.records, whole.procedures, community, whole.today))


def whistles(book: Book, c: Community) -> Page:
    """The whistles of a community: what is being done now, the rates, by department and class, the whole ledger."""
    whole = book.whole
    found = tickets(whole.records, whole.procedures, c.id, whole.today)
    limits = whole.procedures.limits(LIMITS, whole.today)
    return book.page(
        f"{c.id}/whistles/",
        "whistles",
        {"name": c.name},
        community=c,
        tickets=found,
        running=running(found),
        summary=summary(found),
        departments=by_department(found),
        classes=by_class(found),
        limits=limits,
        compounds={x.id: x.name for x in lists.compounds(whole, c.id)},
        withheld=sum(w.community == c.id and w.sheet == "whistles" for w in whole.records.withheld),
    )
