"""街道吹哨、部门报到: what became of each call on the departments, in what time, and the three rates.

Times are those of the clock on the wall, as the ticket has them. The build knows the day, not the hour: whatever
happened by the end of ``today`` is known, but nothing is called late that may still be in time when somebody reads it.
An open ticket is overdue from the day after its limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from ..procedures import Procedures
from ..records import Records
from ..sheets.whistles import Whistle
from .fact import Fact

LIMITS = "whistle"  # the id of the limits by class
LEAST = 10  # of fewer, no percentage is printed
STAGES = ("blown_at", "accepted_at", "arrived_at", "solved_at", "called_back_at")


@dataclass(frozen=True)
class Stage(Fact):
    """One stage that was reached: its column, when, and how many minutes after the whistle."""

    name: str
    at: datetime
    minutes: int


@dataclass(frozen=True)
class Rate(Fact):
    """``n`` of ``of``."""

    n: int
    of: int

    @property
    def printed(self) -> bool:
        """Whether a percentage may stand beside n/N."""
        return self.of >= LEAST

    @property
    def exact(self) -> Fraction | None:
        return Fraction(self.n, self.of) if self.of else None


@dataclass(frozen=True)
class Ticket(Fact):
    """One whistle as it stands on a day.

    ``stages``: those reached by then, in order. ``limit_hours``: what the ticket says, else what its class is given;
    ``contact_hours``: of its class. ``reached``: whether the call back got through, None before one.
    ``says_solved`` (解决, 未解决) and ``content``: what was answered then.
    """

    whistle: Whistle
    today: date
    stages: tuple[Stage, ...]
    limit_hours: int | None
    contact_hours: int | None
    reached: bool | None
    says_solved: str | None
    content: str | None

    @property
    def id(self) -> str:
        return self.whistle.id

    def at(self, stage: str) -> datetime | None:
        """When a stage was reached, if it was."""
        return next((s.at for s in self.stages if s.name == stage), None)

    @property
    def state(self) -> str:
        """waiting, accepted, arrived, solved, answered, unreached or unsolved."""
        if self.says_solved == "未解决":
            return "unsolved"
        if self.at("solved_at") is None:
            last = self.stages[-1].name
            return {"blown_at": "waiting", "accepted_at": "accepted"}.get(last, "arrived")
        return {None: "solved", True: "answered", False: "unreached"}[self.reached]

    @property
    def open(self) -> bool:
        """Whether the department still has to finish it."""
        return self.at("solved_at") is None

    @property
    def due(self) -> datetime | None:
        """When it has to be solved; None where neither the ticket nor its class has a limit."""
        return _later(self.whistle.blown_at, self.limit_hours)

    @property
    def contact_due(self) -> datetime | None:
        """When the department has to have got in touch."""
        return _later(self.whistle.blown_at, self.contact_hours)

    @property
    def contacted_at(self) -> datetime | None:
        """The first sign of the department: signed for, there, or done."""
        return next((s.at for s in self.stages if s.name in STAGES[1:4]), None)

    @property
    def contact_is_due(self) -> bool:
        """Whether the time for getting in touch was over when the day began."""
        return self.contact_due is not None and self.contact_due <= _begin(self.today)

    @property
    def contacted_in_time(self) -> bool:
        at, due = self.contacted_at, self.contact_due
        return at is not None and due is not None and at <= due

    @property
    def contact_overdue(self) -> bool:
        """Whether nothing was heard of the department in its time, nor since."""
        return self.contact_is_due and self.contacted_at is None

    @property
    def contact_minutes_late(self) -> int:
        """How long after its time it got in touch; 0 for in time, or not yet."""
        if self.contacted_at is None or self.contact_due is None:
            return 0
        return max(0, _minutes(self.contacted_at - self.contact_due))

    @property
    def minutes_late(self) -> int:
        """How long after its limit it was solved; 0 for in time, or not yet."""
        done = self.at("solved_at")
        if done is None or self.due is None:
            return 0
        return max(0, _minutes(done - self.due))

    @property
    def days_overdue(self) -> int:
        """Days since the day of its limit, for one that is not solved; 0 until that day is over."""
        return max(0, (self.today - self.due.date()).days) if self.open and self.due else 0

    @property
    def due_today(self) -> bool:
        """Whether it is not solved and its limit falls on the day: whether it is late, the clock says."""
        return self.open and self.due is not None and self.due.date() == self.today

    @property
    def late(self) -> bool:
        return bool(self.minutes_late or self.days_overdue)


@dataclass(frozen=True)
class Summary(Fact):
    """What some tickets come to. ``late``: solved too late or overdue; ``response``: got in touch in time, of those due;
    ``solved`` and ``content``: of the calls back that got through and were answered; ``unreached``: that did not.
    """

    label: str
    blown: int
    open: int
    overdue: int
    late: int
    unreached: int
    response: Rate
    solved: Rate
    content: Rate


def _begin(day: date) -> datetime:
    return datetime.combine(day, time())


def _later(start: datetime, hours: int | None) -> datetime | None:
    return None if hours is None else start + timedelta(hours=hours)


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)


def ticket(whistle: Whistle, procedures: Procedures, today: date) -> Ticket:
    """A whistle that was blown by the end of ``today``, with what was known of it by then."""
    end = _begin(today) + timedelta(days=1)
    times = ((name, getattr(whistle, name)) for name in STAGES)
    stages = tuple(Stage(n, at, _minutes(at - whistle.blown_at)) for n, at in times if at is not None and at < end)
    limits = procedures.limits(LIMITS, whistle.blown_at.date())
    of_class = limits.limit(whistle.urgency) if limits else None
    called = any(s.name == "called_back_at" for s in stages)
    reached = whistle.reached == "接通" if called and whistle.reached else None
    return Ticket(
        whistle,
        today,
        stages,
        of_class.solve_hours if whistle.limit is None and of_class else whistle.limit,
        of_class.contact_hours if of_class else None,
        reached,
        whistle.solved if reached else None,
        whistle.content if reached else None,
    )


def tickets(records: Records, procedures: Procedures, community: str, today: date) -> tuple[Ticket, ...]:
    """Every whistle of a community that was blown by ``today``, the latest first."""
    blown = [w for w in records.rows(community, Whistle) if w.blown_at.date() <= today]
    return tuple(ticket(w, procedures, today) for w in sorted(blown, key=lambda w: (w.blown_at, w.id), reverse=True))


def running(some: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Those not solved yet, what is due first at the top; without a limit, last."""
    return tuple(sorted((t for t in some if t.open), key=lambda t: (t.due is None, t.due or t.whistle.blown_at, t.id)))


def summary(some: Iterable[Ticket], label: str = "") -> Summary:
    """The counts and the three rates of some tickets."""
    found = list(some)
    due = [t for t in found if t.contact_is_due]
    said = [t.says_solved for t in found if t.says_solved]
    felt = [t.content for t in found if t.content]
    return Summary(
        label,
        len(found),
        sum(t.open for t in found),
        sum(bool(t.days_overdue) for t in found),
        sum(t.late for t in found),
        sum(t.reached is False for t in found),
        Rate(sum(t.contacted_in_time for t in due), len(due)),
        Rate(said.count("解决"), len(said)),
        Rate(len(felt) - felt.count("不满意"), len(felt)),
    )


def by_department(some: Iterable[Ticket]) -> tuple[Summary, ...]:
    """A summary a department, the one called most often first."""
    return _grouped((t.whistle.department, t) for t in some)


def by_class(some: Iterable[Ticket]) -> tuple[Summary, ...]:
    """A summary a class of urgency, the one called for most often first."""
    return _grouped((t.whistle.urgency, t) for t in some)


def _grouped(pairs: Iterable[tuple[str, Ticket]]) -> tuple[Summary, ...]:
    groups: dict[str, list[Ticket]] = {}
    for label, one in pairs:
        groups.setdefault(label, []).append(one)
    return tuple(summary(groups[label], label) for label in sorted(groups, key=lambda g: (-len(groups[g]), g)))
