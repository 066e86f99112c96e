"""What happened to matters, day by day: what a reader who follows a community wants to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .cases import Case, Fact


@dataclass(frozen=True)
class Event(Fact):
    """One thing that happened to a matter. ``what`` is a key of the catalogue's ``event``; ``id`` is unique and stays.

    ``until``: the last day of a publicity that began, None for anything else or when it is not known yet.
    """

    id: str
    what: str
    on: date
    case: Case
    until: date | None = None


def events(cases: Iterable[Case], today: date) -> list[Event]:
    """The events of some matters up to ``today``, the latest first."""
    found = [e for case in cases for e in _of(case) if e.on <= today]
    return sorted(found, key=lambda e: (e.on, e.id), reverse=True)


def _of(case: Case) -> Iterator[Event]:
    """A matter is raised once, its publicities begin, and it is solved or ends otherwise: its standing says how."""
    key = f"{case.community}/{case.id}"
    yield Event(f"{key}/raised", "raised", case.matter.raised_on, case)
    for posting in case.postings:
        runs = [(run.period.start, None) for run in posting.interrupted]  # the end that was given them did not stand
        for begun, until in (*runs, (posting.period.start, posting.period.end)):
            yield Event(f"{key}/{posting.what}/{posting.row.id}/{begun}", posting.kind, begun, case, until)
    if ended := case.standing.ended_on:
        yield Event(f"{key}/ended/{ended}", "solved" if case.standing.solved else case.standing.state, ended, case)
