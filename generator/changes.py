"""What the site would say otherwise: two folders of records held against each other, page by page and notice by notice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from . import build, notices, pages
from .build import Options


@dataclass(frozen=True)
class Difference:
    """What is new, what reads otherwise, what is gone; by address."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The pages and the notices that a sync would change."""

    pages: Difference
    notices: Difference


def compare(options: Options, other: Path) -> Changes:
    """What changes when ``other`` takes the place of ``options.records``. Nothing is written."""
    before, after = _drawn(options), _drawn(replace(options, records=other))
    return Changes(_difference(before[0], after[0]), _difference(before[1], after[1]))


def _drawn(options: Options) -> tuple[Mapping[str, str], Mapping[str, str]]:
    gathered = build.gather(options)
    drawn = [*build.index(gathered), *pages.record_pages(gathered.book)]
    papers = ((n.path, n.title, notices.fragment(n, gathered.env)) for n in gathered.notices)
    return dict(_named((p.url, p.title, p.body) for p in drawn)), dict(_named(papers))


def _named(things: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for address, *words in things:
        yield address, hashlib.sha256("\0".join(words).encode()).hexdigest()


def _difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    return Difference(
        _records_first(a for a in after if a not in before),
        _records_first(a for a in after if a in before and after[a] != before[a]),
        _records_first(a for a in before if a not in after),
    )


def _records_first(addresses: Iterable[str]) -> tuple[str, ...]:
    """Pages of records before the lists they stand in; narrowed lists (``matters/state_filed/``) last."""
    return tuple(sorted(addresses, key=lambda a: ("_" in a, -a.count("/"))))
