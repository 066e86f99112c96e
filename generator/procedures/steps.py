"""The steps of a procedure, and that they make a way: every one can be come to, and from every one an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..declared import At, count, may, must, one_of, table, tables, text, texts
from .versions import DAY_KINDS

STEP_KINDS = ("raise", "screen", "plan", "consult", "vote", "publish", "solve", "file")
ENDING = ("solve", "file")  # a step of these kinds, done, ends a matter as solved; no other does
RESTARTS = ("substantial", "always", "never")


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """How long a step's outcome is shown for objections by default, and on what basis.

    ``least``: the fewest days that it may ever be, by law or by what is agreed; ``days`` may be cut down to it for what is
    no 大事. ``restarts``: whether a correction starts the period again: of a ``substantial`` change, ``always``, ``never``.
    """

    days: int = must(count)
    kind: str = must(one_of(*DAY_KINDS))
    least: int | None = may(count, None)
    basis: str = may(text)
    restarts: str = may(one_of(*RESTARTS), "substantial")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. ``next``: the steps it may lead to; ``ends``: when a matter may stop here, in a sentence, if it may.

    ``days``: calendar days that the step may take. ``signs``: who signs its papers, a kind of unit (业委会) or a body of the
    community that the sheet of units does not keep (居民选举委员会); empty = the community's own signer.
    """

    name: str = must(text)
    title: str = must(text)
    kind: str = must(one_of(*STEP_KINDS))
    who: str = must(text)
    does: str = must(text)
    evidence: tuple[str, ...] = must(texts)
    next: tuple[str, ...] = may(texts, ())
    ends: str = may(text)
    days: int | None = may(count, None)
    rules: tuple[str, ...] = may(texts, ())
    publicity: Publicity | None = may(table(Publicity), None)
    signs: str = may(text)


def steps(value: Any, at: At) -> tuple[Step, ...]:
    """The steps, checked as a whole once each is sound by itself, and their ways once their links are."""
    before = len(at.faults)
    found: tuple[Step, ...] = tables(Step)(value, at)
    if len(at.faults) == before:
        check_doubles([s.name for s in found], at)
        _check_links(found, at)
    if len(at.faults) == before:
        _check_ways(found, at)
    for n, step in enumerate(found, 1):
        shown = step.publicity
        if shown and shown.least and shown.least > shown.days:
            (at / n / "publicity" / "least").fault("procedure-least", shown.least, days=shown.days)
    if len(at.faults) == before:
        _check_turns(found, at)
        _check_endings(found, at)
    return found


def check_doubles(names: list[str], at: At) -> None:
    """Every name in a list of tables is given once."""
    for n, name in enumerate(names, 1):
        if name in names[: n - 1]:
            (at / n / "name").fault("procedure-double", name)


def _check_links(found: tuple[Step, ...], at: At) -> None:
    names = [s.name for s in found]
    for n, step in enumerate(found, 1):
        for target in step.next:
            if target not in names:
                (at / n / "next").fault("procedure-unknown-next", target, known="、".join(names))
        if not step.next and not step.ends:
            (at / n / "name").fault("procedure-dead-end", step.name)


def _check_ways(found: tuple[Step, ...], at: At) -> None:
    """Every step can be come to from the first one, and an end can be come to from it."""
    onward = {s.name: s.next for s in found}
    back = {s.name: [o.name for o in found if s.name in o.next] for s in found}
    reached = _spread([found[0].name], onward)
    ending = _spread([s.name for s in found if s.ends], back)
    for n, step in enumerate(found, 1):
        if step.name not in reached:
            (at / n / "name").fault("procedure-unreachable", step.name)
        if step.name not in ending:
            (at / n / "next").fault("procedure-no-end", step.name)


def _check_turns(found: tuple[Step, ...], at: At) -> None:
    """A way back, or to the step itself, is one more way: the first that is named, which a matter goes on by, leads on."""
    for n, step in enumerate(found, 1):
        if step.next and step.next[0] in [s.name for s in found[:n]]:
            (at / n / "next").fault("procedure-turns-back", step.next[0])


def _check_endings(found: tuple[Step, ...], at: At) -> None:
    """A matter that came through every step is solved, and it is not solved before it was voted on.

    Ways back are left out: what is voted on again after it was carried out was decided the first time too.
    """
    onward = {s.name: [t.name for t in found[n:] if t.name in s.next] for n, s in enumerate(found, 1)}
    ending = [n for n, s in enumerate(found, 1) if s.kind in ENDING]
    votes = {s.name for s in found if s.kind == "vote"}
    late = {n: votes & _spread([found[n - 1].name], onward) for n in ending}
    unsolved = {name: to for name, to in onward.items() if name not in [found[n - 1].name for n in ending]}
    if ending and not any(late.values()):  # a vote that is come to by a way back alone, from where it was solved
        late[ending[0]] = votes - _spread([found[0].name], unsolved)
    for n, step in enumerate(found, 1):
        if late.get(n):
            (at / n / "kind").fault("procedure-solved-first", step.name, votes="、".join(sorted(late[n])))
        elif n not in ending and not step.next:
            (at / n / "kind").fault("procedure-never-done", step.name)


def _spread(start: Iterable[str], links: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be come to from ``start`` along ``links``, ``start`` included."""
    seen: set[str] = set()
    open_ = list(start)
    while open_:
        name = open_.pop()
        if name not in seen:
            seen.add(name)
            open_.extend(links.get(name, ()))
    return seen
