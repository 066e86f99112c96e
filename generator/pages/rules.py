"""The pages of rules: which way for which thing, how a matter goes on it, and when a vote is carried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from ..facts import lists
from ..facts.cases import Case
from ..facts.elections import Poll
from ..facts.flow import flow
from ..facts.rhythm import Beat, beats
from ..facts.worked import demanded, worked, worked_area
from ..procedures import Procedure, Rule, Version
from .book import Book, Page

V = TypeVar("V", bound=Version)
FOLDER = "procedures/"
TURNS = 12  # periods of a rhythm that a page shows


def procedures(book: Book) -> Page:
    """The index: every procedure with what it is for, the most used first; every rule; the limits in hours."""
    whole = book.whole
    known = whole.procedures
    used = {p.id: 0 for p in known.procedures}
    for case in whole.cases.all():
        used[case.procedure.id] += 1
    ways = sorted(_heads(known.procedures, whole.today), key=lambda p: (-used[p.id], p.id))
    return book.page(
        FOLDER,
        "procedures",
        {},
        procedures=[(p, used[p.id], len(_polls(book, [p]))) for p in ways],
        rules=_heads(known.rules, whole.today),
        limits=_heads(known.limit_sets, whole.today),
        whose=_names(book),
    )


def rule_pages(book: Book) -> Iterator[Page]:
    """A page a procedure and a page a rule, each with all its versions."""
    cases: dict[str, list[Case]] = {}
    for case in book.whole.cases.all():
        cases.setdefault(case.procedure.id, []).append(case)
    for ways in _by_id(book.whole.procedures.procedures, book.whole.today):
        yield _procedure(book, ways, cases.get(ways[0].id, []))
    for rules in _by_id(book.whole.procedures.rules, book.whole.today):
        yield _rule(book, rules)


def _procedure(book: Book, versions: tuple[Procedure, ...], cases: list[Case]) -> Page:
    first = versions[0]
    return book.page(
        f"{FOLDER}{first.id}/",
        "procedure",
        {"title": first.title, "summary": first.summary},
        versions=_dated(versions, book.whole.today),
        flows=[f for v in versions if (f := flow(v, cases)).total or v is first],
        polls=_polls(book, versions),
        beats=_beats(book, versions),
        rules=_titles(book),
        whose=_names(book),
        turns=TURNS,
    )


def _polls(book: Book, versions: Iterable[Procedure]) -> list[Poll]:
    """The elections held by the rules of a procedure, the latest first."""
    return lists.elections_by(book.whole, {rule for v in versions for s in v.steps for rule in s.rules})


def _beats(book: Book, versions: Iterable[Procedure]) -> list[Beat]:
    """The rhythms of the kinds of meeting that a procedure is held at."""
    kinds = dict.fromkeys(kind for v in versions for kind in v.meetings)
    return [b for kind in kinds for b in beats(book.whole, kind) if b.turns]


def _rule(book: Book, versions: tuple[Rule, ...]) -> Page:
    first = versions[0]
    uses = [p for p in _heads(book.whole.procedures.procedures, book.whole.today) if _uses(p, first.id)]
    return book.page(
        f"{FOLDER}rule_{first.id}/",
        "rule",
        {"title": first.title, "summary": first.summary},
        versions=[(*v, worked(v[0]), worked_area(v[0]), demanded(v[0])) for v in _dated(versions, book.whole.today)],
        uses=uses,
        rules=_titles(book),
        whose=_names(book),
    )


def _uses(procedure: Procedure, rule: str) -> bool:
    return any(rule in s.rules for s in procedure.steps)


def _titles(book: Book) -> dict[str, str]:
    """The title of every rule as it is called today, by id."""
    return {r.id: r.title for r in _heads(book.whole.procedures.rules, book.whole.today)}


def _names(book: Book) -> dict[str, str]:
    return {c.id: c.name for c in book.whole.records.communities}


def _when(version: Version, today: date) -> str:
    """``now``, ``coming`` or ``past``."""
    if version.holds(today):
        return "now"
    return "coming" if version.valid_from and version.valid_from > today else "past"


def _dated(versions: Iterable[V], today: date) -> list[tuple[V, str]]:
    return [(v, _when(v, today)) for v in versions]


def _by_id(versions: Iterable[V], today: date) -> list[tuple[V, ...]]:
    """The versions of each id: the one in force first, then one to come, then those past, the latest first."""
    found: dict[str, list[V]] = {}
    for v in versions:
        found.setdefault(v.id, []).append(v)
    order = ("now", "coming", "past")

    def place(v: Version) -> tuple[int, int]:
        return order.index(_when(v, today)), -(v.valid_from or date.min).toordinal()

    return [tuple(sorted(some, key=place)) for some in found.values()]


def _heads(versions: Iterable[V], today: date) -> list[V]:
    """Of every id the version that stands first."""
    return [some[0] for some in _by_id(versions, today)]
