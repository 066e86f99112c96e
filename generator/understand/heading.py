"""The header of a tab: one row or two that say which column is which, wherever they stand near the top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from .. import typed
from ..columns import ID, Bad, Column, clean
from ..raw import Grid
from ..sheet import Sheet
from ..typed import Header
from ..typed.headers import shuts
from ..typed.said import fold

DEEPEST = 12  # rows from the top, hidden ones not counted, among which a header is looked for
_FEWEST = 2  # so many known titles make a header
_MARK = 8  # 此列请勿对外公开: more characters are a sentence, about whatever it may be

Row = tuple[Header, ...]


@dataclass(frozen=True)
class Heading:
    """A header found. ``first``, ``last``: its rows, 0-based. ``titles``: what stands over each column of the tab.

    ``columns``: the declared column that each is, or None. ``words``: all that its rows say in each column. ``shut``:
    columns of the tab that would be published, and whose header says that they are not for the public: not to be read.
    """

    first: int
    last: int
    titles: Row
    columns: tuple[Column | None, ...]
    words: tuple[frozenset[str], ...]
    shut: frozenset[int] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        """The names of the declared columns that are here."""
        return frozenset(c.name for c in self.columns if c is not None)


@lru_cache(maxsize=4096)
def title(text: str) -> Header:
    """A header cell; damaged text is a title like another, which nobody declares."""
    try:
        return typed.header(text).value
    except Bad:
        return Header(clean(text).replace("\n", ""))


@lru_cache(maxsize=256)
def _declared(sheet: Sheet) -> Mapping[str, Column]:
    return {title(c.title).title.casefold(): c for c in sheet.columns}


def find(grid: Grid, sheet: Sheet) -> Heading | None:
    """The header with the most titles of the sheet's; None where no row has two.

    Hidden columns have their titles here as well, so that it can be said of them that they are hidden.
    """
    known = _declared(sheet)
    fewest = min(_FEWEST, len(known))
    best: Heading | None = None
    for found in _candidates(grid, known):
        # The first is taken, and one row before two: a second row must add something.
        if len(found.known) >= fewest and (best is None or len(found.known) > len(best.known)):
            best = found
    if best is None or sheet.stays or sheet.counts:  # of such a sheet nothing is published in any case
        return best
    return replace(best, shut=frozenset(_shut(grid, best)))


def _shut(grid: Grid, found: Heading) -> Iterator[int]:
    """标题(不公开), or 不公开 in a row of its own right above the titles or right below them."""
    lines = {n: grid.rows[n] for n in (found.first - 1, found.last + 1) if 0 <= n < len(grid.rows)}
    above = tuple(map(title, lines.get(found.first - 1, ("",) * len(found.titles))))
    groups = _groups(grid, found.first - 1, above, found.titles)
    below = lines.get(found.last + 1, ())
    key = next((n for n, c in enumerate(found.columns) if c is not None and c.key), None)
    if key is not None and below and ID.fullmatch(fold(clean(below[key])).strip()):
        below = ()  # a record
    for n, (own, column) in enumerate(zip(found.titles, found.columns, strict=True)):
        if column is None or not column.published:
            continue
        group, under = groups[n], below[n] if below else ""
        said = [*own.notes, *((group.title, *group.notes) if group and _is_mark(group) else ())]
        said += [under] if _is_mark(title(under)) and clean(under) not in column.kind.choices else []
        if any(map(shuts, said)):
            yield n


def _is_mark(said: Header) -> bool:
    """Whether a cell says nothing but that something is not for the public, in brackets or not."""
    return not said.title or (len(said.title) <= _MARK and shuts(said.title))


def _candidates(grid: Grid, known: Mapping[str, Column]) -> Iterator[Heading]:
    top = [n for n in range(min(len(grid.rows), DEEPEST + len(grid.hidden_rows))) if n not in grid.hidden_rows][
        :DEEPEST
    ]
    rows = {n: tuple(map(title, grid.rows[n])) for n in top}
    for n in top:
        yield _heading(n, n, rows[n], known, (rows[n],))
    for above, below in pairwise(top):
        if below == above + 1 and any(h.title for h in rows[above]) and any(h.title for h in rows[below]):
            joined = _joined(grid, above, rows[above], rows[below], known)
            yield _heading(above, below, joined, known, (rows[above], rows[below]))


def _heading(first: int, last: int, titles: Row, known: Mapping[str, Column], rows: Sequence[Row]) -> Heading:
    columns = tuple(known.get(h.title.casefold()) if h.title else None for h in titles)
    words = tuple(frozenset(h.title for h in each if h.title) for each in zip(*rows, titles, strict=True))
    return Heading(first, last, titles, columns, words)


def _joined(grid: Grid, above: int, top: Row, bottom: Row, known: Mapping[str, Column]) -> Row:
    """Two rows as one: 公示 over 起, 天数, 日别 → 公示起, 公示天数, 公示日别."""
    groups = _groups(grid, above, top, bottom)
    meant = {g for g, b in zip(groups, bottom, strict=True) if g and _both(g, b).title.casefold() in known}
    meant |= {g for g in groups if g and any(name.startswith(g.title.casefold()) for name in known)}
    joined = []
    for own, group, below in zip(top, groups, bottom, strict=True):
        if not below.title and not below.unit:
            joined.append(replace(own, notes=own.notes + below.notes))
        elif group is None or (group not in meant and below.title.casefold() in known):
            # A group that is only an ornament: 基本情况 over 编号, 标题; or says that they are not for the public.
            said = (group.title, *group.notes) if group is not None and _is_mark(group) else ()
            joined.append(replace(below, notes=below.notes + said))
        else:
            joined.append(_both(group, below))
    return tuple(joined)


def _both(above: Header, below: Header) -> Header:
    unit = below if below.unit else above
    return Header(
        above.title + below.title, unit.unit, unit.scale, above.starred or below.starred, above.notes + below.notes
    )


def _groups(grid: Grid, above: int, top: Row, bottom: Row) -> list[Header | None]:
    """The title above each column: its own, or one spread through a merged cell or over the blanks that follow it."""
    groups: list[Header | None] = [h if h.title else None for h in top]
    merged = {c: left for t, left, _, right in grid.merged if t == above for c in range(left, right + 1)}
    for c, own in enumerate(top):
        if own.title or not bottom[c].title:
            continue
        if c in merged:
            groups[c] = top[merged[c]] if top[merged[c]].title else None
        elif c and bottom[c - 1].title and c - 1 not in merged:
            groups[c] = groups[c - 1]
    return groups
