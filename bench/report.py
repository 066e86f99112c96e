"""The figures of a run as people read them: tables in Markdown, and whether the aims hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .measure import Cost, Written, per_page

AIMS = {"plain": 10, "search": 20}
SEARCHES = {"plain": "without search", "search": "with search and jieba"}
PEERS = {
    "natural": "as it comes, every page in its navigation",
    "markdown": "the short navigation of Bugu, pages as Markdown",
    "html": "the short navigation of Bugu, pages as finished HTML",
}


@dataclass(frozen=True)
class Row:
    """One site: ``many`` are the costs of its builds with so many record ``pages``, ``none`` of those with no page."""

    name: str
    pages: int
    many: Cost
    none: Cost
    written: Written

    @property
    def per_page(self) -> float:
        """Milliseconds of CPU a record page."""
        return per_page(self.many, self.none, self.pages)


def table(rows: Sequence[Row]) -> str:
    """The costs of all sites."""
    head = "| build | record pages | CPU s | CPU ms a page | peak memory MB | written MB | largest search file kB |"
    lines = [
        f"| {r.name} | {r.pages} | {r.many.cpu:.1f} | {r.per_page:.2f} | {r.many.memory / 1e6:.0f} "
        f"| {r.written.size / 1e6:.0f} | {r.written.search / 1e3:.0f} |"
        for r in rows
    ]
    return "\n".join([head, "| --- |" + " ---: |" * 6, *lines])


def ratios(pairs: Sequence[tuple[Row, str, dict[str, Row]]]) -> str:
    """How many times less CPU a record page of ours costs than one of a peer, and whether that is what was aimed at.

    ``pairs``: a row of ours, the kind of peer (``PEERS``), its rows by search.
    """
    aims = " | ".join(f"{words}: aim {AIMS[search]}" for search, words in SEARCHES.items())
    lines = [f"| times less CPU a record page | than MkDocs + Material | {aims} |", "| --- | --- | --- | --- |"]
    for ours, form, rows in pairs:
        times = {search: rows[search].per_page / ours.per_page for search in AIMS}
        cells = [f"{times[s]:.1f} ({'holds' if times[s] >= aim else 'does not hold'})" for s, aim in AIMS.items()]
        lines.append(f"| {ours.name} | {PEERS[form]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def small(costs: dict[str, dict[str, Cost]]) -> str:
    """What rebuilds cost, by size."""
    lines = ["| bugu build again, notices and all | clock s | CPU s |", "| --- | ---: | ---: |"]
    for size, some in costs.items():
        lines += [f"| {size}, {what} | {c.seconds:.1f} | {c.cpu:.1f} |" for what, c in some.items()]
    return "\n".join(lines)
