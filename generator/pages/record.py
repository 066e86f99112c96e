"""One page a record: a matter, a meeting, a resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts import lists
from ..facts.accountability import reply_due
from ..facts.cases import Case
from ..facts.status import due_date
from ..templating import cn_date, state_of
from .book import Book, Page

if TYPE_CHECKING:
    from ..sheets.communities import Community
    from ..sheets.meetings import Meeting
    from ..sheets.resolutions import Resolution


# The sheets whose rows say at which meeting they came about.
AT_MEETINGS = ("items", "votes", "elections", "resolutions")


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
            "state": state_of(case.standing),
            "day": cn_date(case.matter.raised_on),
        },
        community=c,
        case=case,
        compound=lists.compound_of(whole, case),
        first_due=due_date(case.matter, case.procedure),
        timeline=lists.timeline(case),
        reply_due=reply_due(case),
        filed=book.filed.get((c.id, case.id)),
        volume=book.volumes.get((c.id, case.id)),
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
        elections=lists.elections_of(whole, m),
        resolutions=lists.resolutions_of(whole, m),
        withheld=sum(whole.records.withheld_of(c.id, s, "meeting", m.id) for s in AT_MEETINGS),
        papers=book.papers_of(c.id, m.id, *(e.id for e in lists.elections_of(whole, m))),
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
