"""What residents read: every page of the site as a URL, a title, a description and a body.

``index_pages`` stand in the navigation and are drawn by the theme; ``record_pages``, one a record, are
bound into the shell the theme drew once. Both kinds are the same to a reader.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from .checks import TAKEN
from .facts import breakdown, chain, gone, lists, mending, private_counts, roster, tallies
from .facts.cases import Case, Fact
from .facts.facets import FACETS, FacetValue, facets
from .facts.whole import Whole
from .templating import cn_date, draw, word, words

if TYPE_CHECKING:
    from .records import Removed
    from .sheet import Sheet
    from .sheets.communities import Community
    from .sheets.meetings import Meeting
    from .sheets.resolutions import Resolution

LATEST = 8
# The sheets whose rows have pages of their own, by the part of the address that they stand under.
WITH_PAGES = ("matters", "meetings", "resolutions")
CATALOGUE = Path(__file__).parent / "messages" / "pages.toml"


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(CATALOGUE.read_text("utf-8"))


@dataclass(frozen=True)
class Page:
    """One page. ``url`` is relative to the site and ends in ``/`` (or is empty for the home page).

    ``listed``: whether searches, ours and others', are to find it.
    """

    url: str
    title: str
    description: str
    body: str
    listed: bool = True

    @property
    def folder(self) -> str:
        """Where the page lies, among others of its kind: ``nanhua/matters/``."""
        return self.url[: self.url.rstrip("/").rfind("/") + 1]


@dataclass(frozen=True)
class Paper(Fact):
    """A printable notice as pages link to it; paths are relative to the site.

    ``older``: since when something that it says is being looked into; the paper says what was last in order.
    """

    title: str
    kind: str
    subjects: tuple[str, ...]
    html: str
    pdf: str
    due: bool
    on: date
    older: date | None = None


@dataclass(frozen=True)
class Book:
    """All that pages are drawn from."""

    whole: Whole
    env: Environment
    papers: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()

    def page(self, url: str, kind: str, names: Mapping[str, str], template: str = "", **context: Any) -> Page:
        """Draw one page; its title and description are the catalogue's for its kind, filled in with ``names``."""
        says = _catalogue()[kind]
        root = "../" * url.count("/") or "./"
        common = {"root": root, "whole": self.whole, "today": self.whole.today}
        body = draw(self.env, f"pages/{template or kind}.html", **common, **context)
        return Page(url, says["title"].format(**names), says["description"].format(**names), body)

    @cached_property
    def _about(self) -> dict[tuple[str, str], dict[int, Paper]]:
        """Notices by community and what they are about, each under its place in the order of all."""
        found: dict[tuple[str, str], dict[int, Paper]] = {}
        for community, papers in self.papers.items():
            for n, paper in enumerate(papers):
                for subject in paper.subjects:
                    found.setdefault((community, subject), {})[n] = paper
        return found

    def papers_of(self, community: str, *subjects: str) -> tuple[Paper, ...]:
        """The notices that are about one of these records."""
        found: dict[int, Paper] = {}
        for subject in subjects:
            found |= self._about.get((community, subject), {})
        return tuple(found[n] for n in sorted(found))


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
    )


def publicity(book: Book) -> Page:
    """Everything in publicity today, with the days left and how to object."""
    whole = book.whole
    return book.page(
        "publicity/",
        "publicity",
        {},
        postings=lists.running(whole, whole.records.communities),
        ended=lists.ended(whole)[:12],
        communities=whole.records.communities,
    )


def procedures(book: Book) -> Page:
    """The procedures and voting rules with their sources, as residents read them."""
    found = book.whole.procedures
    return book.page(
        "procedures/",
        "procedures",
        {},
        procedures=found.procedures,
        rules=found.rules,
    )


def dictionary(book: Book) -> Page:
    """Every sheet and column with what it is for and whether it is public."""
    return book.page("data/", "dictionary", {}, sheets=book.sheets)


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
        counts={"meetings": len(lists.meetings_held(whole, c.id)), "resolutions": len(lists.passed(whole, c.id))},
        kinds=breakdown.by_category(cases),
        postings=lists.running(whole, [c]),
        figures=lists.figures(whole, c.id),
        compounds=lists.compounds(whole, c.id),
        mending=mending.of_community(whole.records, c.id),
        sheets=mending.by_sheet(whole.records, c.id),
        drawn=_drawn(book, c.id),
        removed=sum(r.community == c.id for r in whole.records.removed),
        private=sum(t.community == c.id for t in whole.records.counts),
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
    )


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


def notices(book: Book, c: Community) -> Page:
    """The papers for the bulletin board: what is to be hung today first, then all by kind."""
    papers = sorted(book.papers.get(c.id, ()), key=lambda p: (p.on, p.title), reverse=True)
    kinds = [(k, [p for p in papers if p.kind == k]) for k in words()["notice"]]
    return book.page(
        f"{c.id}/notices/",
        "notices",
        {"name": c.name},
        community=c,
        due=[p for p in papers if p.due],
        older=sum(p.older is not None for p in papers),
        kinds=[k for k in kinds if k[1]],
    )


def matter(book: Book, case: Case, c: Community) -> Page:
    """One matter: where it stands, its steps, votes, outcome, meetings and notices."""
    whole = book.whole
    return book.page(
        f"{c.id}/matters/{case.id}/",
        "matter",
        {
            "title": case.matter.title,
            "name": c.name,
            "id": case.id,
            "state": word(case.standing.state, "state"),
            "day": cn_date(case.matter.raised_on),
        },
        community=c,
        case=case,
        compound=lists.compound_of(whole, case),
        timeline=lists.timeline(case),
        papers=book.papers_of(c.id, case.id, *(r.id for r in case.resolutions)),
    )


def meeting(book: Book, m: Meeting, c: Community) -> Page:
    """One meeting with its minutes and votes."""
    whole = book.whole
    return book.page(
        f"{c.id}/meetings/{m.id}/",
        "meeting",
        {"title": m.title, "name": c.name, "day": cn_date(m.on), "kind": m.kind},
        community=c,
        meeting=m,
        items=lists.items_of(whole, m),
        ballots=lists.ballots_of(whole, m),
        resolutions=lists.resolutions_of(whole, m),
        withheld=sum(whole.records.withheld_of(c.id, s, "meeting", m.id) for s in ("items", "votes", "resolutions")),
        papers=book.papers_of(c.id, m.id),
    )


def resolution(book: Book, r: Resolution, c: Community) -> Page:
    """One resolution: what was promised beside what was done."""
    whole = book.whole
    return book.page(
        f"{c.id}/resolutions/{r.id}/",
        "resolution",
        {"title": r.title, "name": c.name, "day": cn_date(r.passed_on)},
        community=c,
        r=r,
        case=whole.cases.get(c.id, r.matter),
        meeting=lists.meeting_of(whole, r),
        postings=lists.postings_of(whole, r),
        ballot=lists.ballot_of(whole, r),
        papers=book.papers_of(c.id, r.id),
    )


def _drawn(book: Book, community: str) -> set[tuple[str, str]]:
    """(sheet, id) of the records of a community that have a page."""
    whole = book.whole
    found = {
        "matters": (case.id for case in whole.cases.of(community)),
        "meetings": (m.id for m in lists.meetings_held(whole, community)),
        "resolutions": (r.id for r in lists.passed(whole, community)),
    }
    return {(sheet, id) for sheet in WITH_PAGES for id in found[sheet]}


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
    drawn = _drawn(book, c.id)
    for r in book.whole.records.removed:
        if r.community == c.id and r.sheet in WITH_PAGES and (r.sheet, r.id) not in drawn:
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


def counts(book: Book, c: Community) -> Page:
    """What may be known of the sheets that stay with the volunteers: how many, never who."""
    return book.page(
        f"{c.id}/counts/", "counts", {"name": c.name}, community=c, tables=private_counts.of_community(book.whole, c.id)
    )


def index_pages(book: Book) -> Iterator[Page]:
    """The pages of the navigation."""
    yield home(book)
    yield publicity(book)
    for c in book.whole.records.communities:
        for draw_page in (community, people, matters, meetings, resolutions, notices):
            yield draw_page(book, c)
    yield procedures(book)
    yield dictionary(book)


def record_folders(book: Book) -> Iterator[str]:
    """Every folder that record pages lie in."""
    records = book.whole.records
    if any(r.sheet == "communities" for r in records.removed):
        yield ""
    for c in records.communities:
        yield from (f"{c.id}/{kind}/" for kind in WITH_PAGES)
        if c.id in {r.community for r in records.removed} | {t.community for t in records.counts}:
            yield f"{c.id}/"


def record_pages(book: Book) -> Iterator[Page]:
    """One page a matter, a meeting, a resolution, and one where such a page was; the narrowed lists; private counts."""
    whole = book.whole
    yield from former_communities(book)
    for c in whole.records.communities:
        yield from facet_pages(book, c)
        for case in whole.cases.of(c.id):
            yield matter(book, case, c)
        for m in lists.meetings_held(whole, c.id):
            yield meeting(book, m, c)
        for r in lists.passed(whole, c.id):
            yield resolution(book, r, c)
        yield from tombstones(book, c)
        if any(r.community == c.id for r in whole.records.removed):
            yield removed(book, c)
        if any(t.community == c.id for t in whole.records.counts):
            yield counts(book, c)
