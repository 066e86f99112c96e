"""``bugu sync``: the volunteers' sheets come in through the gate. The only code that sees private data."""

from __future__ import annotations

from .doors import Doors, Source
from .outcome import FAILED, STOPPED, Asked, Count, Outcome, Result
from .recipe import examine, sync
from .settings import sources

__all__ = [
    "FAILED",
    "STOPPED",
    "Asked",
    "Count",
    "Doors",
    "Outcome",
    "Result",
    "Source",
    "examine",
    "sources",
    "sync",
]
