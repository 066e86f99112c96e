"""What is said about a tab beside its cells: hidden parts, comments, formulas without results. One remark a kind."""

from __future__ import annotations

from collections.abc import Iterable

from ..problems import Place, Problem, letters
from .parts import spans

_NAMED = 8  # so many cells or rows are named; the rest is counted


def whole(code: str, name: str, title: str = "", found: str = "") -> Problem:
    """A remark on a book or a tab as a whole; nothing is withheld for it."""
    return Problem(code, Place(name, title), found, withholds=False)


def hidden_rows(rows: Iterable[int], name: str, title: str) -> list[Problem]:
    """``rows``: 0-based. None hidden, no remark; so with all below."""
    return _of("book-hidden-rows", [_run(str(a + 1), str(b + 1)) for a, b in spans(set(rows))], name, title)


def hidden_columns(columns: Iterable[int], name: str, title: str) -> list[Problem]:
    """``columns``: 0-based."""
    return _of("book-hidden-columns", [_run(letters(a), letters(b)) for a, b in spans(set(columns))], name, title)


def cells(code: str, places: Iterable[tuple[int, int]], name: str, title: str) -> list[Problem]:
    """One remark that names the first of these cells and counts them all."""
    return _of(code, [f"{letters(c)}{r + 1}" for r, c in sorted(places)], name, title)


def each(code: str, places: Iterable[tuple[int, int]], name: str, title: str) -> list[Problem]:
    """A problem for each of these cells, which withholds its row."""
    return [Problem(code, Place(name, title, r + 1, f"{letters(c)}{r + 1}")) for r, c in sorted(places)]


def _of(code: str, found: list[str], name: str, title: str) -> list[Problem]:
    if not found:
        return []
    said = "、".join(found[:_NAMED]) + (f" 等 {len(found)} 处" if len(found) > _NAMED else "")
    return [whole(code, name, title, said)]


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"
