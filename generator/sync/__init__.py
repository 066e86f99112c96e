"""``bugu sync``: the volunteers' sheets come in through the gate. The only code that sees private data."""

from __future__ import annotations

from .doors import Doors, Source
from .recipe import Asked, Outcome, sync
from .settings import sources

__all__ = ["Asked", "Doors", "Outcome", "Source", "sources", "sync"]
