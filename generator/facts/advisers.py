"""一社区一法律顾问、一社区一警务助理: who it is, until when, and on which days they sit in the community.

The days follow from the rhythm of a sitting within its own days and the term of the duty. A holiday has no sitting unless
somebody put one on it; a working Saturday or Sunday of a 调休 is nobody's day but its own. In a year whose holidays are
not known yet a day is given by its weekday alone, and marked.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..calendar import YearNotCovered, is_workday
from ..records import Records
from ..sheets.duties import Duty
from ..sheets.people import Person
from ..sheets.rescheduled import Rescheduled
from ..sheets.sittings import EVERY, WEEKDAYS, Sitting
from .counts import in_office
from .fact import Fact
from .roster import labels

POSTS = ("法律顾问", "警务助理")
AHEAD = timedelta(days=92)  # so far days are looked for
SHOWN = 4


@dataclass(frozen=True)
class Visit(Fact):
    """A day on which somebody sits. ``moved_from``: the day that it stands for, ``change``: the row that moved it.

    ``sure``: whether the holidays of its year are known.
    """

    on: date
    hours: str
    sitting: Sitting
    moved_from: date | None = None
    change: Rescheduled | None = None
    sure: bool = True


@dataclass(frozen=True)
class Missed(Fact):
    """A day on which nobody sits although it is the weekday: called off, moved to another day, or a holiday."""

    on: date
    sitting: Sitting
    change: Rescheduled | None = None
    hours: str = ""


_CLOCK = re.compile(r"(下午|晚上)?\s*(\d{1,2})\s*(?:[:：]\s*(\d{2})|[点时])")


def begins(hours: str) -> int:
    """The minute of the day at which some hours begin, to put them in order; the day's first where no time is found."""
    found = _CLOCK.search(hours)
    if found is None:
        return 0
    hour = int(found[2])
    return (hour + 12 if found[1] and hour < 12 else hour) * 60 + int(found[3] or 0)


def falls(sitting: Sitting, day: date) -> bool:
    """Whether the rhythm of a sitting comes to that day, leaving terms and holidays aside."""
    if WEEKDAYS[day.weekday()] != sitting.weekday:
        return False
    n = EVERY.index(sitting.every)
    if n == 0:
        return True
    if n == len(EVERY) - 1:
        return day.day + 7 > monthrange(day.year, day.month)[1]
    return (day.day - 1) // 7 + 1 == n


def span(sitting: Sitting, duty: Duty) -> tuple[date, date]:
    """The first and the last day of a sitting: its own, within the term of the duty."""
    ends = [d for d in (sitting.until, duty.until) if d is not None]
    return max(sitting.since, duty.since), min(ends, default=date.max)


def _rests(day: date) -> bool | None:
    """Whether a day is a holiday; None when its year isn't known.

    A Saturday or Sunday is one when it lies in a break: people rest on it and on the Friday before or the Monday after.
    """
    try:
        if is_workday(day):
            return False
        friday, monday = day + timedelta(days=4 - day.weekday()), day + timedelta(days=7 - day.weekday())
        return day.weekday() < 5 or not (is_workday(friday) and is_workday(monday))
    except YearNotCovered:
        return None


def days(
    sitting: Sitting, duty: Duty, changes: Mapping[date, Rescheduled], first: date, last: date
) -> tuple[tuple[Visit, ...], tuple[Missed, ...]]:
    """The visits of a sitting from ``first`` to ``last``, both included, and the days missed, each in order."""
    found: list[Visit] = []
    missed: list[Missed] = []
    begin, end = span(sitting, duty)
    for day in _each(max(first, begin), min(last, end)):
        if falls(sitting, day):
            rests = _rests(day)
            if change := changes.get(day):
                missed.append(Missed(day, sitting, change))
            elif rests:
                missed.append(Missed(day, sitting))
            else:
                found.append(Visit(day, sitting.hours, sitting, sure=rests is not None))
    for change in changes.values():
        to = change.moved_to
        if to is not None and first <= to <= last and begin <= change.on <= end and falls(sitting, change.on):
            found.append(Visit(to, change.hours or sitting.hours, sitting, change.on, change))
    return tuple(sorted(found, key=_order)), tuple(missed)


def _order(one: Visit | Missed) -> tuple[date, int, str]:
    return one.on, begins(one.hours), one.hours


def _each(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


@dataclass(frozen=True)
class Adviser(Fact):
    """Somebody in one of the two duties. ``next``: the first days to come, ``today`` included.

    ``checking``: a change that may be to a sitting of theirs is not shown for now, so any of the days may not hold.
    """

    duty: Duty
    label: str
    phone: str
    today: date
    sittings: tuple[Sitting, ...]
    next: tuple[Visit, ...]
    checking: bool = False

    @property
    def firm(self) -> str:
        """The first office or law firm that a sitting names."""
        return next(iter(s.firm for s in self.sittings if s.firm), "")

    @property
    def sits_today(self) -> bool:
        return bool(self.next) and self.next[0].on == self.today

    @property
    def days_left(self) -> int | None:
        """How many days of the term are left after today; None where no end is set."""
        return (self.duty.until - self.today).days if self.duty.until else None


@dataclass(frozen=True)
class Month(Fact):
    """A month's visits of everybody, in order, and what is missed of it."""

    first: date
    last: date
    visits: tuple[tuple[Visit, Adviser], ...]
    missed: tuple[tuple[Missed, Adviser], ...]

    @property
    def days(self) -> tuple[tuple[Visit | Missed, Adviser], ...]:
        """The visits and what is missed, in order."""
        return tuple(sorted((*self.visits, *self.missed), key=lambda pair: _order(pair[0])))

    @property
    def checking(self) -> bool:
        """Whether a change that may be to one of these days is not shown for now."""
        return any(a.checking for _, a in self.visits)

    @property
    def unsure(self) -> int | None:
        """The year whose holidays aren't known, if it is this month's."""
        return next((v.on.year for v, _ in self.visits if not v.sure), None)


@dataclass(frozen=True)
class Advisers(Fact):
    """``present``: who is in office; ``vacant``: of the two, those that nobody is; ``past``: terms that are over, with who."""

    today: date
    present: tuple[Adviser, ...]
    vacant: tuple[str, ...]
    past: tuple[tuple[Duty, str], ...]
    months: tuple[Month, ...]


def changes_of(records: Records, sitting: Sitting) -> dict[date, Rescheduled]:
    """The changes to a sitting, by the day that they are about."""
    return {c.on: c for c in records.by(sitting.community, Rescheduled, "sitting", sitting.id)}


def sittings_of(records: Records, duty: Duty) -> tuple[Sitting, ...]:
    return records.by(duty.community, Sitting, "post", duty.id)


def advisers(records: Records, community: str, today: date) -> Advisers | None:
    """The advisers of a community on a day, with this month's and the next one's visits; None where it never had any."""
    duties = [d for d in records.rows(community, Duty) if d.duty in POSTS and d.since <= today]
    if not duties:
        return None
    names = labels(records, community)
    present = tuple(
        _adviser(records, d, names.get(d.person, ""), today)
        for d in sorted(duties, key=lambda d: POSTS.index(d.duty))
        if in_office(d, today) and d.person in names
    )
    held = {a.duty.duty for a in present}
    past = sorted((d for d in duties if d.until and d.until < today), key=lambda d: (d.since, d.id), reverse=True)
    return Advisers(
        today,
        present,
        tuple(p for p in POSTS if p not in held),
        tuple((d, names[d.person]) for d in past if d.person in names),
        tuple(_month(records, present, first) for first in (_first(today), _first(_first(today) + timedelta(days=31)))),
    )


def _adviser(records: Records, duty: Duty, label: str, today: date) -> Adviser:
    coming: list[Visit] = []
    now = []
    for sitting in sittings_of(records, duty):
        if sitting.until is None or sitting.until >= today:
            now.append(sitting)
        # of one that has stopped a visit may still be to come: its last one, where it was put off
        coming += days(sitting, duty, changes_of(records, sitting), today, today + AHEAD)[0]
    coming.sort(key=_order)
    person = records.get(duty.community, Person, duty.person)
    phone = (person.work_phone if person else "") or ""
    checking = any(records.may_lack(duty.community, "rescheduled", "sitting", s.id) for s in now)
    return Adviser(duty, label, phone, today, tuple(now), tuple(coming[:SHOWN]), checking)


def _first(day: date) -> date:
    return day.replace(day=1)


def _month(records: Records, present: tuple[Adviser, ...], first: date) -> Month:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    visits: list[tuple[Visit, Adviser]] = []
    missed: list[tuple[Missed, Adviser]] = []
    for a in present:
        for sitting in sittings_of(records, a.duty):
            found, gaps = days(sitting, a.duty, changes_of(records, sitting), first, last)
            visits += [(v, a) for v in found]
            missed += [(g, a) for g in gaps]
    visits.sort(key=lambda pair: _order(pair[0]))
    missed.sort(key=lambda pair: pair[0].on)
    return Month(first, last, tuple(visits), tuple(missed))
