"""一书三单: the agreements with their terms, and which need is met with whose resource by which project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..records import Records
from ..sheets.agreements import Agreement
from ..sheets.meetings import Meeting
from ..sheets.needs import Need
from ..sheets.projects import Project
from ..sheets.resources import Resource
from .due import Due, kept
from .fact import Fact
from .whistles import Rate

MEETING = "党建联席会议"


def last_day(agreement: Agreement) -> date | None:
    """The last day on which an agreement binds; None for one without an end."""
    if agreement.ended_on is None:
        return agreement.until
    return min(agreement.ended_on, agreement.until or date.max)


@dataclass(frozen=True)
class Bond(Fact):
    """An agreement on a day. ``broken``: it was ended before its time."""

    agreement: Agreement
    today: date

    @property
    def last(self) -> date | None:
        return last_day(self.agreement)

    @property
    def running(self) -> bool:
        return self.last is None or self.today <= self.last

    @property
    def state(self) -> str:
        """running, over or broken."""
        if self.running:
            return "running"
        return "over" if self.last == self.agreement.until else "broken"


@dataclass(frozen=True)
class Work(Fact):
    """A project with the need that it serves, and the resource and whose it is, where it takes one."""

    project: Project
    need: Need
    resource: Resource | None
    agreement: Agreement | None
    due: Due

    @property
    def id(self) -> str:
        return self.project.id


@dataclass(frozen=True)
class Want(Fact):
    """A need with the projects that serve it. ``checking``: a project that may be for it is not shown for now."""

    need: Need
    works: tuple[Work, ...]
    today: date
    checking: bool = False

    @property
    def state(self) -> str:
        """dropped, late, working, met, unmet, or checking: nobody took it up as far as can be seen."""
        if self.need.dropped_on and self.need.dropped_on <= self.today:
            return "dropped"
        still = [w for w in self.works if not w.due.done]
        if still:
            return "late" if any(w.due.state == "overdue" for w in still) else "working"
        if self.works:
            return "met"
        return "checking" if self.checking else "unmet"

    @property
    def waits(self) -> int:
        """How many days a need that nobody has taken up has waited."""
        return (self.today - self.need.raised_on).days

    @property
    def until(self) -> int | None:
        """After how many days somebody took it up; None while nobody has."""
        first = min((w.project.listed_on for w in self.works), default=None)
        return max((first - self.need.raised_on).days, 0) if first else None


@dataclass(frozen=True)
class Means(Fact):
    """A resource with its agreement and what it is used for."""

    resource: Resource
    bond: Bond
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Alliance(Fact):
    """The 一书三单 of a community on a day, and the joint meetings that they are made at, the latest first."""

    today: date
    bonds: tuple[Bond, ...]
    means: tuple[Means, ...]
    wants: tuple[Want, ...]
    works: tuple[Work, ...]
    meetings: tuple[Meeting, ...]

    @property
    def running(self) -> tuple[Bond, ...]:
        return tuple(b for b in self.bonds if b.running)

    @property
    def ended(self) -> tuple[Bond, ...]:
        return tuple(b for b in self.bonds if not b.running)

    @property
    def on_offer(self) -> tuple[Means, ...]:
        """The resources whose agreement still runs."""
        return tuple(m for m in self.means if m.bond.running)

    @property
    def unmet(self) -> tuple[Want, ...]:
        """What nobody has taken up, the longest waiting first."""
        return tuple(sorted((w for w in self.wants if w.state == "unmet"), key=lambda w: (-w.waits, w.need.id)))

    @property
    def taken(self) -> tuple[Want, ...]:
        """What was taken up, done or not: first what is late, then what is being done, then what is done."""
        order = ("late", "working", "met")
        found = [w for w in self.wants if w.state in order]
        return tuple(sorted(found, key=lambda w: (order.index(w.state), w.need.raised_on, w.need.id)))

    @property
    def dropped(self) -> tuple[Want, ...]:
        return tuple(w for w in self.wants if w.state == "dropped")

    @property
    def checking(self) -> tuple[Want, ...]:
        return tuple(w for w in self.wants if w.state == "checking")

    @property
    def matched(self) -> Rate:
        """The needs that somebody took up, of all that are or were still needed."""
        return Rate(len(self.taken), len(self.taken) + len(self.unmet))

    @property
    def open(self) -> tuple[Work, ...]:
        """The projects under way, the first due first."""
        return tuple(sorted((w for w in self.works if not w.due.done), key=lambda w: (w.project.due_on, w.id)))

    @property
    def finished(self) -> tuple[Work, ...]:
        """The projects that are done, the latest first."""
        done = [w for w in self.works if w.due.done]
        return tuple(sorted(done, key=lambda w: (w.project.done_on, w.id), reverse=True))

    @property
    def lately(self) -> tuple[Work, ...]:
        """Those of them that were done this year."""
        return tuple(w for w in self.finished if w.project.done_on and w.project.done_on.year == self.today.year)

    @property
    def overdue(self) -> tuple[Work, ...]:
        return tuple(w for w in self.open if w.due.state == "overdue")

    @property
    def kept(self) -> Rate:
        return kept(w.due for w in self.works)

    @property
    def changed(self) -> date:
        """The day of the last thing that the lists tell of."""
        days = [b.agreement.signed_on for b in self.bonds] + [w.need.raised_on for w in self.wants]
        days += [b.last + timedelta(days=1) for b in self.ended if b.last]
        days += [d for w in self.works for d in (w.project.listed_on, w.project.done_on) if d and d <= self.today]
        days += [w.project.due_on + timedelta(days=1) for w in self.overdue]
        days += [w.need.dropped_on for w in self.dropped if w.need.dropped_on]
        if len(self.lately) < len(self.finished):  # last year's left the list
            days.append(self.today.replace(month=1, day=1))
        return max(days, default=self.today)


def alliance(records: Records, community: str, today: date) -> Alliance | None:
    """The 一书三单 of a community as they stand on a day; None where it has neither agreement nor need."""
    bonds = [Bond(a, today) for a in records.rows(community, Agreement) if a.signed_on <= today]
    needs = [n for n in records.rows(community, Need) if n.raised_on <= today]
    if not bonds and not needs:
        return None
    works = _works(records, community, today)
    by_agreement = {b.agreement.id: b for b in bonds}
    wants = (_want(records, n, works, today) for n in needs)
    means = (
        Means(r, by_agreement[r.agreement], tuple(w for w in works if w.resource is r))
        for r in records.rows(community, Resource)
        if r.agreement in by_agreement
    )
    held = [m for m in records.by(community, Meeting, "kind", MEETING) if m.on <= today]
    held.sort(key=lambda m: (m.on, m.id), reverse=True)
    bonds.sort(key=lambda b: (b.agreement.signed_on, b.agreement.id), reverse=True)
    return Alliance(today, tuple(bonds), tuple(means), tuple(wants), works, tuple(held))


def _want(records: Records, need: Need, works: tuple[Work, ...], today: date) -> Want:
    checking = records.may_lack(need.community, "projects", "need", need.id)
    return Want(need, tuple(w for w in works if w.need is need), today, checking)


def _works(records: Records, community: str, today: date) -> tuple[Work, ...]:
    """The projects listed by that day, of needs that are shown."""
    found = []
    for project in records.rows(community, Project):
        need = records.get(community, Need, project.need)
        if project.listed_on <= today and need is not None and need.raised_on <= today:
            resource = records.get(community, Resource, project.resource)
            agreement = records.get(community, Agreement, resource.agreement) if resource else None
            found.append(Work(project, need, resource, agreement, Due(project.due_on, project.done_on, today)))
    return tuple(found)
