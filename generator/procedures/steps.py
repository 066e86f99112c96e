"""The steps of a procedure, and that they make a way: every one can be come to, and from every one an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..declared import At, count, may, must, one_of, table, tables, text, texts
from .versions import DAY_KINDS

STEP_KINDS = ("raise", "screen", "plan", "consult", "vote", "publish", "solve", "file")
RESTARTS = ("substantial", "always", "never")


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """How long a step's outcome is shown for objections by default, and on what basis.

    ``restarts``: whether a correction starts the period again: of a ``substantial`` change, ``always``, ``never``.
    """

    days: int = must(count)
    kind: str = must(one_of(*DAY_KINDS))
    basis: str = may(text)
    restarts: str = may(one_of(*RESTARTS), "substantial")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. ``next``: the steps it may lead to; ``ends``: when a matter may stop here, in a sentence, if it may.

    ``days``: calendar days that the step may take.
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


def steps(value: Any, at: At) -> tuple[Step, ...]:
    """The steps, checked as a whole once each is sound by itself, and their ways once their links are."""
    before = len(at.faults)
    found: tuple[Step, ...] = tables(Step)(value, at)
    if len(at.faults) == before:
        check_doubles([s.name for s in found], at)
        _check_links(found, at)
    if len(at.faults) == before:
        _check_ways(found, at)
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
