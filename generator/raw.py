"""What any source hands over: tabs of shown text, with what the source knows beneath it. Nothing is understood yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .problems import Problem


class Error(str):
    """A cell that shows a spreadsheet's error, such as ``#REF!``."""

    __slots__ = ()


@dataclass(frozen=True)
class Grid:
    """One tab of a workbook, or one file of a folder.

    ``rows``: shown text, rectangular; a merged cell's text stands in its first cell only. ``raw``: the values beneath
    (int, float, bool, date, datetime, :class:`Error`), same shape, None where the source has text alone. ``place``: how a
    message calls it. ``hidden_rows``, ``hidden_columns``: 0-based; their cells are here but must never be published.
    ``merged``: (row, column, last row, last column), 0-based. ``hidden``: a hidden tab.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    place: str
    raw: tuple[tuple[Any, ...], ...] | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    date1904: bool = False


@dataclass(frozen=True)
class Book:
    """All tabs of one source, and what was noticed on the way (hidden parts, comments, pivot caches)."""

    name: str
    grids: tuple[Grid, ...]
    remarks: tuple[Problem, ...] = field(default=())
