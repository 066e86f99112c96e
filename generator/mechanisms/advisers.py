"""一社区一法律顾问、一社区一警务助理: terms, hours, the next visits, and how many came with what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ..catalogue import title
from ..checks.copies import no_copies
from ..checks.given import Found, Given, say
from ..facts.advisers import POSTS, Advisers, advisers, falls, span
from ..facts.board import Hang, Term
from ..facts.counts import in_office
from ..facts.lists import waiting
from ..facts.private_counts import of_community
from ..mechanism import Board, Mechanism, declare
from ..sheets.duties import Duty
from ..sheets.rescheduled import Rescheduled
from ..sheets.sittings import Sitting

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

COUNTED = "inquiries"
NEAR = timedelta(days=61)  # a visit is put off for days or weeks; more is a slip of the month or the year


def _both(whole: Whole, c: Community) -> dict[str, Any] | None:
    found = advisers(whole.records, c.id, whole.today)
    if found is None:
        return None
    return {"both": found, "tables": tuple(t for t in of_community(whole, c.id) if t.sheet == COUNTED)}


def _papers(shown: dict[str, Any], whole: Whole, c: Community) -> Iterator[Board]:
    """A month's visits, for the door and the board; next month's can be printed ahead."""
    both: Advisers = shown["both"]
    withheld = waiting(whole, c.id, ("duties", "people", "sittings"))
    for month in both.months:
        if month.visits:
            yield Board(
                "advisers",
                f"{month.first:%Y-%m}",
                title("advisers", month=f"{month.first.year}年{month.first.month}月"),
                month.first,
                Hang(month.first, month.last, Term.USE),
                {
                    "month": month,
                    "withheld": withheld,
                    "people": tuple(a for a in both.present if any(a is b for _, b in month.visits)),
                },
            )


def advisers_sound(given: Given) -> Found:
    """Who sits in the community is its legal adviser or police assistant, and still is; a change is of a day there was."""
    for community in given.communities:
        yield from _vacant(given, community)
        for sitting in given.records.rows(community, Sitting):
            duty = given.records.get(community, Duty, sitting.post)
            if duty is not None:
                yield from _sitting(given, sitting, duty)
        seen: dict[tuple[str, Any], str] = {}
        for change in given.records.rows(community, Rescheduled):
            slot = (change.sitting, change.on)
            if slot in seen:
                yield say(change, "on", "rescheduled-twice", other=seen[slot])
            else:
                seen[slot] = change.id
                yield from _change(given, change)


def _vacant(given: Given, community: str) -> Found:
    """A community that had an adviser is to have one: the last term is over, and no row says who comes after."""
    for post in POSTS:
        held = [d for d in given.records.by(community, Duty, "duty", post) if d.since <= given.today]
        absent = given.records.waits(community, "duties")
        if held and not absent and not any(in_office(d, given.today) for d in held):
            last = max(held, key=lambda d: (d.until or d.since, d.id))
            yield say(last, "until", "adviser-term-over", holds=False, duty=post)


def _sitting(given: Given, sitting: Sitting, duty: Duty) -> Found:
    if duty.duty not in POSTS:
        yield say(sitting, "post", "sitting-post", duty=duty.duty)
    elif sitting.until is not None and sitting.until < sitting.since:
        yield say(sitting, "until", "sitting-backwards", since=sitting.since.isoformat())
    elif duty.until is not None and duty.until < given.today and (sitting.until or given.today) >= given.today:
        yield say(sitting, "post", "sitting-term-over", holds=False, duty=duty.duty, until=duty.until.isoformat())


def _change(given: Given, change: Rescheduled) -> Found:
    sitting = given.records.get(change.community, Sitting, change.sitting)
    duty = given.records.get(change.community, Duty, sitting.post) if sitting else None
    if sitting is None or duty is None:
        return
    first, last = span(sitting, duty)
    if not falls(sitting, change.on):
        yield say(change, "on", "rescheduled-no-day", every=sitting.every, weekday=sitting.weekday)
    elif change.on < first:
        yield say(change, "on", "rescheduled-early", first=first.isoformat())
    elif change.on > last:
        yield say(change, "on", "rescheduled-after", last=last.isoformat())
    elif change.moved_to == change.on and not change.hours:
        yield say(change, "moved_to", "rescheduled-same")
    elif change.moved_to and abs(change.moved_to - change.on) > NEAR:
        yield say(change, "moved_to", "rescheduled-far", on=change.on.isoformat())
    elif change.moved_to and duty.until and change.moved_to > duty.until:
        yield say(change, "moved_to", "rescheduled-over", duty=duty.duty, until=duty.until.isoformat())


declare(
    Mechanism(
        id="advisers",
        title="法律顾问和警务助理",
        theme="办事和服务",
        about="社区的法律顾问、警务助理是谁，哪天几点在哪里，下一次什么时候来，可以问什么；问的人多不多，只公布数量。",
        article="落实“一社区一法律顾问”“一社区一警务助理”制度，选聘律师担任社区法律顾问，选派民警联系服务社区",
        sheets=("duties", "sittings", "rescheduled", "inquiries"),
        gather=_both,
        papers=("advisers",),
        boards=_papers,
        checks=(advisers_sound, no_copies),
    )
)
