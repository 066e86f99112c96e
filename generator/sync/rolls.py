"""The roll of owners' units, by compound: the part of it that a vote is counted by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..facts.owners import BASES, Fault, Unit
from ..problems import Problem
from ..sheets.votes import Vote
from ..understand import FullRow, Understood
from .kept import Kept, key
from .rooms import plain

ROLL = "roll"
_NEEDED = ("unit", "owner", "area")
_USED = ("compound", *_NEEDED, "basis", "unsold")
# What is said of a fault of the roll, and at which column.
_SAID = {
    "unit-unnamed": ("roll-unit", "unit"),
    "unit-twice": ("roll-twice", "unit"),
    "unit-owner": ("roll-owner", "owner"),
    "unit-area": ("roll-area", "area"),
    "unit-basis": ("roll-basis", "basis"),
}


@dataclass(frozen=True)
class Part:
    """The roll of one compound. ``rows`` and ``units`` go together. ``sure``: nothing of it is unread or in doubt."""

    rows: tuple[FullRow, ...]
    units: tuple[Unit, ...]
    sure: bool


class Rolls:
    """The volunteers' roll, if they keep one; ``problems``: what there is to say of it, each once."""

    def __init__(self, understood: Understood, told: Iterable[Problem]) -> None:
        table = understood.tables.get(ROLL)
        self._kept = Kept(table, _NEEDED, _USED, told) if table is not None else None
        self._parts: dict[str, Part] = {}
        self.problems: list[Problem] = []

    def of(self, vote: Vote, compound: str) -> Part | None:
        """What a vote in a compound ("" where none is given) is counted by; None without a roll that is for it."""
        if self._kept is None:
            return None
        if not self._parts:
            self.problems += self._kept.unread()
        rows = self._kept.table.rows
        named = {key(r.values["compound"]) for r in rows} - {""}
        if not compound and len(named) > 1:
            self.problems.append(Problem("recount-compound", vote.cell("meeting"), withholds=False))
            return None
        of = key(compound) or next(iter(named), "")
        if of not in self._parts:
            self._parts[of] = self._part(self._kept, of, alone=named <= {of})
        return self._parts[of] if self._parts[of].rows else None

    def _part(self, kept: Kept, of: str, alone: bool) -> Part:
        """The rows of a compound. ``alone``: it is the only one, so that a row that names none is of it too."""
        rows = tuple(r for r in kept.table.rows if key(r.values["compound"]) == of or (alone and not r.values["compound"]))
        nowhere = [] if alone else [r for r in kept.table.rows if not r.values["compound"]]
        self.problems += [p for r in nowhere for p in kept.say("roll-compound", r, "compound")]
        sure = not (kept.half_read or kept.lacking or nowhere or any(map(kept.doubtful, rows)))
        lines = Counter(plain(r.values["unit"]) for r in rows)
        return Part(rows, tuple(_unit(r, lines[plain(r.values["unit"])] == 1) for r in rows), sure)

    def tell(self, part: Part, faults: Iterable[Fault]) -> None:
        """Note the faults of a part of the roll, each at its cell."""
        if self._kept is None or self._kept.lacking:
            return
        for fault in faults:
            code, column = _SAID[fault.code]
            for n in fault.at:
                others = [part.rows[k] for k in fault.at if k != n]
                self.problems += self._kept.say(code, part.rows[n], column, others)


def _unit(row: FullRow, alone: bool) -> Unit:
    """A line of the roll. Where its area is from matters only for a unit that has another line."""
    said: dict[str, Any] = dict(row.values)
    basis = said["basis"] or (BASES[0] if alone else "")
    return Unit(plain(said["unit"]), plain(said["owner"]), said["area"], basis, bool(said["unsold"]))
