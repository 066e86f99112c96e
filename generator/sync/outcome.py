"""What a sync is asked for, what every community is judged by, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..marks import Held
from ..problems import Problem
from ..procedures import Procedures
from ..records import District
from ..sheet import PublicRow, Sheet
from .doors import Source
from .entries import Rows
from .merge import Gone

LISTED = "communities"
DONE, STOPPED, FAILED = "done", "stopped", "failed"


@dataclass(frozen=True)
class Asked:
    """What a sync is asked for. ``wait``: seconds for another sync to end.

    ``preview``: is shown the folder as it would be, and then nothing is written.
    """

    records: Path
    sources: tuple[Source, ...]
    clock: date
    today: date | None = None
    accept_removals: bool = False
    wait: float = 60.0
    preview: Callable[[Path], None] | None = None


@dataclass(frozen=True)
class Ground:
    """What every community is judged by."""

    asked: Asked
    sheets: Mapping[str, Sheet]
    district: District
    procedures: Procedures
    listed: Rows
    today: date


@dataclass(frozen=True)
class Count:
    """The rows of a sheet that are new, changed, taken down, and those that stood and wait now."""

    sheet: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    waiting: tuple[str, ...] = ()


@dataclass
class Result:
    """What became of one community."""

    community: str
    state: str
    problems: list[Problem]
    gone: list[Gone] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    kept: int = 0
    withheld: int = 0
    editors: Mapping[str, str] = field(default_factory=dict)
    passing: bool = False
    files: dict[str, bytes | None] = field(default_factory=dict)
    rows: dict[str, list[PublicRow]] = field(default_factory=dict)
    listed: PublicRow | None = None
    held: list[Held] = field(default_factory=list)
    today: date = date.min
    known: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What came of a sync. ``changed``: the files under ``records/`` that are others now (or would be)."""

    results: list[Result]
    changed: list[str]
    today: date

    @property
    def problems(self) -> list[Problem]:
        """All problems of all communities."""
        return [p for r in self.results for p in r.problems]
