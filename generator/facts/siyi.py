"""四议两公开: each matter that goes this way, its four deliberations, and whether both publicities are there.

Which steps are deliberations and which publicities is the procedure's to say: a step with a publicity is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..procedures import Step
from .ballots import Ballot
from .cases import Case, Posting
from .fact import Fact
from .lists import timeline
from .status import DONE, SOLVING
from .whistles import Rate
from .whole import Whole

PROCEDURE = "siyi"
# What hangs for each publicity, by the kind of its step: ``Posting.kind``.
SHOWN = {"publish": ("resolution",), SOLVING: ("result", "work")}


@dataclass(frozen=True)
class Talk(Fact):
    """One of the four. ``state``: as in ``timeline``; ``on``: the day it was finished; ``ballot``: the vote, if one was."""

    title: str
    state: str
    on: date | None
    ballot: Ballot | None


@dataclass(frozen=True)
class Opening(Fact):
    """One of the two publicities.

    ``state``: posted (its days are over), running, missing (it is due and was never posted), waiting (rows that may say
    are being looked into), ahead (not due yet, or to be posted on a day to come), none (the matter ended before it).
    ``due``: whether it must have been posted by now.
    """

    title: str
    state: str
    due: bool
    posting: Posting | None

    @property
    def there(self) -> bool:
        return self.state in ("posted", "running")


@dataclass(frozen=True)
class Way(Fact):
    """One matter on its way."""

    case: Case
    talks: tuple[Talk, ...]
    openings: tuple[Opening, ...]

    @property
    def running(self) -> bool:
        """Whether anything of it is still to come."""
        return self.case.standing.open or any(o.state == "running" for o in self.openings)


@dataclass(frozen=True)
class Ways(Fact):
    """All of a community. ``openings``: the title of each publicity and how many of those due were posted."""

    running: tuple[Way, ...]
    over: tuple[Way, ...]
    openings: tuple[tuple[str, Rate], ...]
    latest: date


def ways(whole: Whole, community: str) -> Ways | None:
    """The matters of a community that go by 四议两公开, the latest first; None where there is none."""
    cases = [c for c in whole.cases.of(community) if c.procedure.id == PROCEDURE]
    if not cases:
        return None
    found = sorted(
        (way(c, whole.today) for c in cases), key=lambda w: (w.case.matter.raised_on, w.case.id), reverse=True
    )
    titles = dict.fromkeys(o.title for w in found for o in w.openings)
    rates = []
    for title in titles:
        due = [o for w in found for o in w.openings if o.title == title and o.due]
        rates.append((title, Rate(sum(o.there for o in due), len(due))))
    return Ways(
        tuple(w for w in found if w.running),
        tuple(w for w in found if not w.running),
        tuple(rates),
        max(w.case.latest for w in found),
    )


def way(case: Case, today: date) -> Way:
    """One matter on its way, on a day."""
    states = {s["title"]: s["state"] for s in timeline(case)}
    talks = [s for s in case.procedure.steps if not s.publicity]
    return Way(
        case,
        tuple(Talk(s.title, states[s.title], _finished(case, s), _ballot(case, s)) for s in talks),
        tuple(_opening(case, s, talks, today) for s in case.procedure.steps if s.publicity),
    )


def _finished(case: Case, step: Step) -> date | None:
    days = [r.on for r in case.steps if r.step == step.name and r.result == DONE]
    return days[-1] if days and step.name in case.standing.done else None


def _ballot(case: Case, step: Step) -> Ballot | None:
    """The last vote by a rule of the step, leaving out those that were taken again."""
    taken = [b for b in case.ballots if b.rule.id in step.rules and b.stands]
    return max(taken, key=lambda b: b.on, default=None)


def _opening(case: Case, step: Step, talks: list[Step], today: date) -> Opening:
    done = step.name in case.standing.done  # then what its rows posted was the outcome, whatever else is on record
    mine = [p for p in case.posted if p.kind in SHOWN.get(step.kind, ()) or (done and _of_step(p, step))]
    posting = max(mine, key=lambda p: p.period.start, default=None)
    due = _due(case, step, talks, today)
    if posting and posting.posted_on <= today:
        return Opening(step.title, "running" if posting.open else "posted", True, posting)
    if case.withheld:
        return Opening(step.title, "waiting", False, None)
    if due:
        return Opening(step.title, "ahead" if posting else "missing", not posting, posting)
    ended = not case.standing.open and not case.standing.solved
    return Opening(step.title, "none" if ended else "ahead", False, posting)


def _of_step(posting: Posting, step: Step) -> bool:
    return posting.what == "step" and posting.row.step == step.name


def _due(case: Case, step: Step, talks: list[Step], today: date) -> bool:
    """A resolution is due to be shown once it was taken, its outcome once it was carried out."""
    if not (talks and talks[-1].name in case.standing.done):
        return False
    if step.kind != SOLVING:
        return True
    done = [r.done_on is not None and r.done_on <= today for r in case.resolutions]
    return case.standing.solved or (bool(done) and all(done))
