"""Limits in hours by class of urgency, as they are written on a ticket (街道吹哨、部门报到)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..declared import At, count, must, tables, text
from .steps import check_doubles
from .versions import Version


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One class: hours until residents are spoken to, hours until it is solved, and what it is for, in a sentence."""

    name: str = must(text)
    contact_hours: int = must(count)
    solve_hours: int = must(count)
    says: str = must(text)


def _limits(value: Any, at: At) -> tuple[Limit, ...]:
    before = len(at.faults)
    found: tuple[Limit, ...] = tables(Limit)(value, at)
    if len(at.faults) == before:
        check_doubles([x.name for x in found], at)
        for n, x in enumerate(found, 1):
            if x.contact_hours > x.solve_hours:
                (at / n / "contact_hours").fault("procedure-hours", x.contact_hours, solve=x.solve_hours)
    return found


@dataclass(frozen=True, kw_only=True)
class Limits(Version):
    """The classes of one kind of ticket."""

    classes: tuple[Limit, ...] = must(_limits, "limit")

    def limit(self, name: str) -> Limit | None:
        """The class of that name, or None."""
        return next((x for x in self.classes if x.name == name), None)
