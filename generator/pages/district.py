"""The pages of the whole district: its front page, what is in publicity, the dictionary of the data."""

from __future__ import annotations

from ..data import path
from ..facts import lists, mending, tallies
from ..facts.compared import compared
from .book import Book, Page
from .mechanisms import side_by_side

LATEST = 8
LAST_ENDED = 12


def home(book: Book) -> Page:
    """The district's page: what is in publicity, what is late and with whom, what was solved, the figures."""
    whole, district = book.whole, book.whole.records.district
    communities = whole.records.communities
    cases = [(case, c) for c in communities for case in whole.cases.of(c.id)]
    late = sorted((p for p in cases if p[0].standing.overdue), key=lambda p: -p[0].standing.overdue)
    solved = [(day, n) for n, (case, _) in enumerate(cases) if (day := case.standing.solved_on)]
    return book.page(
        "",
        "home",
        {"district": district.title or district.name, "city": district.city, "name": district.name},
        district=district,
        communities=communities,
        postings=lists.running(whole, communities),
        overdue=late,
        latest=[cases[n] for _, n in sorted(solved, reverse=True)[:LATEST]],
        tallies=[tallies.tally(c, whole.cases.of(c.id)) for c in communities],
        mending=[(c, found) for c in communities if (found := mending.of_community(whole.records, c.id))],
        rest=mending.of_the_rest(whole.records),
        mechanisms=side_by_side(book),
        lines=compared(whole),
    )


def publicity(book: Book) -> Page:
    """Everything in publicity today, what is to begin, what waits for an answer, what is over, and how to object."""
    whole = book.whole
    return book.page(
        "publicity/",
        "publicity",
        {},
        postings=lists.running(whole, whole.records.communities),
        undated=lists.undated(whole),
        upcoming=lists.upcoming(whole),
        objected=lists.objected(whole),
        ended=lists.ended(whole)[:LAST_ENDED],
        communities=whole.records.communities,
    )


def dictionary(book: Book) -> Page:
    """Every sheet and column with what it is for and whether it is public."""
    return book.page("data/", "dictionary", {}, sheets=book.sheets, downloads=_downloads(book))


def _downloads(book: Book) -> dict[str, list[tuple[str, str]]]:
    """The tables to take away, by sheet: whose it is and the name of the file."""
    found: dict[str, list[tuple[str, str]]] = {}
    names = {"": "", **{c.id: c.name for c in book.whole.records.communities}}
    for community, name in names.items():
        for sheet, rows in book.whole.records.tables.get(community, {}).items():
            if rows:
                found.setdefault(sheet, []).append((name, path(community, sheet)))
    return found
