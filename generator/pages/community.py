"""The pages of one community: its profile, who serves, its meetings, resolutions, papers and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts import breakdown, chain, lists, mending, private_counts, roster, tallies
from ..facts.board import board
from ..facts.whistles import tickets
from ..templating import words
from .book import Book, Page, drawn
from .rooms import headed

if TYPE_CHECKING:
    from ..sheets.communities import Community


# The themes of mechanisms whose pages say more of who serves.
OF_PEOPLE = ("组织和队伍", "网格和走访")


def community(book: Book, c: Community) -> Page:
    """A community's profile."""
    whole = book.whole
    cases = whole.cases.of(c.id)
    return book.page(
        f"{c.id}/",
        "community",
        {"name": c.name, "street": c.street},
        community=c,
        tally=tallies.tally(c, cases),
        states=tallies.states(cases, words()["state"]),
        counts={
            "meetings": len(lists.meetings_held(whole, c.id)),
            "resolutions": len(lists.passed(whole, c.id)),
            "elections": len(lists.elections_held(whole, c.id)),
        },
        kinds=breakdown.by_category(cases),
        postings=lists.running(whole, [c]),
        figures=lists.figures(whole, c.id),
        compounds=lists.compounds(whole, c.id),
        mending=mending.of_community(whole.records, c.id),
        sheets=mending.by_sheet(whole.records, c.id),
        drawn=drawn(book, c.id),
        removed=sum(r.community == c.id for r in whole.records.removed),
        whistles=len(tickets(whole.records, whole.procedures, c.id, whole.today)),
        filed=sum(k == c.id for k, _ in book.filed),
        private=sum(t.community == c.id for t in whole.records.counts),
        rooms=headed(book.rooms[c.id]),
    )


def people(book: Book, c: Community) -> Page:
    """Who is who: the chain as picture and text, the roster by duty and by place."""
    whole = book.whole
    posts = whole.posts[c.id]
    return book.page(
        f"{c.id}/people/",
        "people",
        {"name": c.name},
        community=c,
        levels=chain.levels(whole.records, c, whole.today),
        nodes=chain.tree(whole.records, c.id, posts),
        grids=lists.grids(whole, c.id),
        duties=roster.by_duty(posts),
        places=roster.by_compound(whole.records, c.id, posts),
        papers=tuple(p for p in book.papers.get(c.id, ()) if p.kind == "roster"),
        others=[r for r in book.rooms[c.id] if r.mechanism.theme in OF_PEOPLE and not r.mechanism.at],
    )


def meetings(book: Book, c: Community) -> Page:
    """The meetings of a community with what they were about."""
    held = [(m, lists.items_of(book.whole, m)) for m in lists.meetings_held(book.whole, c.id)]
    return book.page(f"{c.id}/meetings/", "meetings", {"name": c.name}, community=c, meetings=held)


def resolutions(book: Book, c: Community) -> Page:
    """The resolutions of a community and whether they were carried out."""
    found = lists.passed(book.whole, c.id)
    done = sum(r.done_on is not None and r.done_on <= book.whole.today for r in found)
    return book.page(
        f"{c.id}/resolutions/",
        "resolutions",
        {"name": c.name},
        community=c,
        resolutions=found,
        done=done,
    )


def elections(book: Book, c: Community) -> Page:
    """The elections of a community: who was elected by how many votes, by which rule."""
    held = lists.elections_held(book.whole, c.id)
    return book.page(
        f"{c.id}/elections/",
        "elections",
        {"name": c.name},
        community=c,
        elections=held,
        withheld=lists.waiting(book.whole, c.id, ("elections", "candidates")),
        papers=book.papers_of(c.id, *(e.id for e in held)),
    )


def notices(book: Book, c: Community) -> Page:
    """The papers for the bulletin board: what is new, what goes on hanging, what comes down, then all by kind."""
    papers = sorted(book.papers.get(c.id, ()), key=lambda p: (p.on, p.title), reverse=True)
    kinds = [(k, [p for p in papers if p.kind == k]) for k in words()["notice"]]
    return book.page(
        f"{c.id}/notices/",
        "notices",
        {"name": c.name},
        community=c,
        board=board(papers, book.whole.today),
        older=sum(p.older is not None for p in papers),
        kinds=[k for k in kinds if k[1]],
    )


def counts(book: Book, c: Community) -> Page:
    """What may be known of the sheets that stay with the volunteers: how many, never who."""
    mine = [r for r in book.rooms[c.id] if r.mechanism.at.startswith("counts/#")]
    kinds = {kind for r in mine for kind in r.mechanism.papers}
    return book.page(
        f"{c.id}/counts/",
        "counts",
        {"name": c.name},
        community=c,
        tables=private_counts.of_community(book.whole, c.id),
        rooms={r.mechanism.at.partition("#")[2]: r for r in mine},
        papers=tuple(p for p in book.papers.get(c.id, ()) if p.kind in kinds),
    )
