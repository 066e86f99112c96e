"""What is said about a tab beside its cells: hidden parts, comments, formulas without results. One remark a kind."""

from __future__ import annotations

from collections.abc import Iterable

from ..problems import Place, Problem, letters
from .parts import spans

_NAMED = 8  # so many cells or rows are named; the rest is counted


def whole(code: str, place: str, title: str = "", found: str = "", count: int = 1) -> Problem:
    """A remark on a book or a tab as a whole; nothing is withheld for it."""
    return Problem(code, Place(place, title), found, {"sheet": title, "count": count}, withholds=False)


def hidden_rows(rows: Iterable[int], place: str, title: str) -> list[Problem]:
    """``rows``: 0-based. None hidden, no remark; so with all below."""
    return _of("book-hidden-rows", [_run(str(a + 1), str(b + 1)) for a, b in spans(set(rows))], place, title)


def hidden_columns(columns: Iterable[int], place: str, title: str) -> list[Problem]:
    """``columns``: 0-based."""
    return _of("book-hidden-columns", [_run(letters(a), letters(b)) for a, b in spans(set(columns))], place, title)


def cells(code: str, places: Iterable[tuple[int, int]], place: str, title: str) -> list[Problem]:
    """One remark that names the first of these cells and counts them all."""
    return _of(code, [f"{letters(c)}{r + 1}" for r, c in sorted(places)], place, title)


def each(code: str, places: Iterable[tuple[int, int]], place: str, title: str) -> list[Problem]:
    """A problem for each of these cells, which withholds its row."""
    sheet = {"sheet": title}
    return [Problem(code, Place(place, title, r + 1, f"{letters(c)}{r + 1}"), params=sheet) for r, c in sorted(places)]


def _of(code: str, found: list[str], place: str, title: str) -> list[Problem]:
    if not found:
        return []
    said = "、".join(found[:_NAMED]) + "…" * (len(found) > _NAMED)
    return [whole(code, place, title, said, len(found))]


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"
