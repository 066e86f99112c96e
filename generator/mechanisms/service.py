"""在职党员亮身份 and their service where they live: people and hours in sums, never who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_news
from ..facts.services import Services, services
from ..mechanism import Board, Mechanism, declare
from ..sheets.pledges import Pledge
from ..sheets.services import Service

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

LONGEST = 12 * 60  # minutes that somebody may serve on one day; more is a slip
PAPERS = 3  # months whose sums are still printed


def services_sound(given: Given) -> Found:
    """An outing has its people and its minutes together, both once it is over; nobody comes forward who did not report."""
    for community in given.communities:
        for row in given.records.rows(community, Service):
            yield from _outing(given, row)
        for pledge in given.records.rows(community, Pledge):
            if pledge.shown > pledge.reported:
                yield say(pledge, "shown", "pledge-more", reported=pledge.reported)
            elif pledge.as_of > given.newest:
                yield say(pledge, "as_of", "pledge-ahead", holds=False, today=given.newest.isoformat())


def _outing(given: Given, row: Service) -> Found:
    if row.minutes is not None and not 1 <= row.minutes <= LONGEST:
        yield say(row, "minutes", "service-minutes", longest=LONGEST)
    elif row.on > given.newest and row.people:
        yield say(row, "on", "service-ahead", holds=False, today=given.newest.isoformat())
    elif bool(row.people) != bool(row.minutes):
        missing = "minutes" if row.people else "people"
        yield say(row, missing, "service-half", holds=False, missing=row.sheet.column(missing).title)


def _gather(whole: Whole, c: Community) -> Services | None:
    return services(whole.records, c.id, whole.today)


def _boards(shown: Services, whole: Whole, c: Community) -> Iterator[Board]:
    """The sums of the last months that are over."""
    for month in [m for m in shown.months if m.over and m.total.outings][:PAPERS]:
        day = month.last + timedelta(days=1)
        at = f"{month.first:%Y-%m}"
        named = title("service", year=str(month.first.year), month=str(month.first.month))
        yield Board("service", at, named, day, while_news(day), {"month": month})


declare(
    Mechanism(
        id="service",
        title="在职党员亮身份和志愿服务",
        theme="共建和志愿",
        about="住在小区里的在职党员到社区报到，在家门口亮身份，下班后、周末出来做门前三包、文明劝导。做了多少次、来了多少人次、多少小时，按月公布；只有总数，没有名字。",
        article="在职党员亮身份、做表率；文明劝导、门前三包",
        sheets=("services", "pledges"),
        gather=_gather,
        papers=("service",),
        boards=_boards,
        checks=(services_sound,),
    )
)
