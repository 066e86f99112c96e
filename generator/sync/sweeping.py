"""Python's search for rubbish, put off while a workbook is taken in."""

from __future__ import annotations

from ..sweeping import no_sweeping

__all__ = ["no_sweeping"]
