"""四件套: what a micro-grid leader carries, and the forms among it as they are printed, blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..sheets.forms import PARTS, Form
from .fact import Fact

if TYPE_CHECKING:
    from ..records import Records

MOST = 14  # lines for one blank, so that two of them never fill more than a sheet
_LINES = re.compile(r"(.+?)[\s　]*(\d{1,2})[\s　]*[行格]", re.ASCII)
_CHOICES = re.compile(r"[、/／,，]")


@dataclass(frozen=True)
class Blank(Fact):
    """One thing to be filled in: what it is called, how much room it gets, what there is to be ticked, if anything.

    ``lines``: lines on a form of its own; where many entries go on a sheet, how many columns' width.
    """

    label: str
    lines: int = 1
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper(Fact):
    """One thing of the four. Without ``blanks`` it is no form; with ``lines``, those many entries go on a sheet."""

    row: Form
    blanks: tuple[Blank, ...]

    @property
    def lines(self) -> int:
        return (self.row.rows or 0) if self.blanks else 0


@dataclass(frozen=True)
class Kit(Fact):
    """The four parts in their order, each with what belongs to it; ``missing``: those that nothing stands for."""

    parts: tuple[tuple[str, tuple[Paper, ...]], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, papers in self.parts if not papers)

    @property
    def printed(self) -> tuple[Paper, ...]:
        """Those with blanks, which are printed to be filled in by hand."""
        return tuple(p for _, papers in self.parts for p in papers if p.blanks)


def blank(line: str) -> Blank:
    """One line of 要填的栏: 日期; 听到的事 6行; 什么事 3格; 要不要回访:要、不要."""
    found = _LINES.fullmatch(line.strip())
    text, lines = (found[1], int(found[2])) if found else (line.strip(), 1)
    label, colon, rest = text.replace("：", ":").partition(":")
    choices = tuple(c.strip() for c in _CHOICES.split(rest) if c.strip()) if colon else ()
    return Blank(label.strip() or text, max(1, min(lines, MOST)), choices)


def blanks(cell: str | None) -> tuple[Blank, ...]:
    """What is to be filled in, in order."""
    return tuple(blank(line) for line in (cell or "").split("\n") if line.strip())


def kit(records: Records, community: str) -> Kit | None:
    """The four parts as a community has them; None where it has none of them."""
    rows = sorted(records.rows(community, Form), key=lambda r: (r.number is None, r.number or 0, r.id))
    if not rows:
        return None
    return Kit(tuple((part, tuple(Paper(r, blanks(r.blanks)) for r in rows if r.part == part)) for part in PARTS))
