"""What every fact is marked with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """Marker: made by ``facts`` from public rows, so templates may have it."""
