"""All that may be published, as typed rows: what the build, the checks and the facts work on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from .problems import Place
from .sheet import PublicRow, Sheet
from .sheets import discover

if TYPE_CHECKING:
    from .privacy import CountTable

R = TypeVar("R", bound=PublicRow)


@dataclass(frozen=True)
class District:
    """What ``district.toml`` says: names, the site's own notice, a fixed day for a demonstration."""

    name: str
    code: str = ""
    title: str = ""
    notice: str = ""
    today: date | None = None
    order: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    city: str = ""


@dataclass(frozen=True)
class Withheld:
    """A row that is kept off the site until it is mended."""

    community: str
    sheet: str
    id: str
    place: Place
    refers: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Held:
    """What ``sync`` would not take as the volunteers wrote it, and the day since when (``records/…/withheld.csv``).

    ``kept``: the row that stands in ``records/`` under this id is its last good version; without, nothing stands there.
    ``id`` is empty when it could not be made out; ``rows``: how many rows of the volunteers' sheet it is about;
    ``refers``: the ids that an absent row gives in its reference columns, by column name.
    """

    community: str
    sheet: str
    id: str
    since: date
    kept: bool
    rows: int = 1
    refers: Mapping[str, str] = field(default_factory=dict, hash=False)
    place: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True)
class Removed:
    """A row that was published and is so no longer: the day, and the reason if one was given (``removed.csv``)."""

    community: str
    sheet: str
    id: str
    on: date
    reason: str = ""
    place: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True)
class Records:
    """All public rows: ``tables[community][sheet id][row id]``; the district's own sheets stand under ``""``.

    ``withheld``: rows of ``records/`` itself that reading or the checks keep off the site. ``held``, ``removed``: what
    ``sync`` noted beside the rows. ``counts``: what may be known of the sheets that stay with the volunteers.
    """

    district: District
    tables: Mapping[str, Mapping[str, Mapping[str, PublicRow]]]
    withheld: tuple[Withheld, ...] = ()
    held: tuple[Held, ...] = ()
    removed: tuple[Removed, ...] = ()
    counts: tuple[CountTable, ...] = ()
    _indexes: dict[tuple[str, str, str], dict[Any, tuple[PublicRow, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def communities(self) -> tuple[Any, ...]:
        """The communities in the district's order."""
        rows = self.tables.get("", {}).get("communities", {})
        order = {c: i for i, c in enumerate(self.district.order)}
        return tuple(sorted(rows.values(), key=lambda c: (order.get(c.id, len(order)), c.place.row)))

    def rows(self, community: str, row: type[R]) -> tuple[R, ...]:
        """The rows of a community's sheet, in file order."""
        return tuple(self.tables.get(community, {}).get(row.sheet.id, {}).values())  # type: ignore[arg-type]

    def get(self, community: str, row: type[R], id: str | None) -> R | None:
        """The row of that id, or None (withheld, or no id given)."""
        return self.tables.get(community, {}).get(row.sheet.id, {}).get(id or "")  # type: ignore[return-value]

    def by(self, community: str, row: type[R], name: str, value: Any) -> tuple[R, ...]:
        """The rows whose column ``name`` is ``value``, in file order; indexed on first use."""
        slot = (community, row.sheet.id, name)
        if slot not in self._indexes:
            index: dict[Any, list[PublicRow]] = {}
            for r in self.rows(community, row):
                index.setdefault(getattr(r, name), []).append(r)
            self._indexes[slot] = {v: tuple(rows) for v, rows in index.items()}
        return self._indexes[slot].get(value, ())  # type: ignore[return-value]

    @cached_property
    def _held(self) -> Counter[tuple[str, str, str, str]]:
        found = Counter((w.community, w.sheet, *said) for w in self.withheld for said in w.refers.items())
        for mark in (h for h in self.held if not h.kept):
            found.update(
                dict.fromkeys(((mark.community, mark.sheet, *said) for said in mark.refers.items()), mark.rows)
            )
        return found

    @cached_property
    def absent(self) -> tuple[Withheld | Held, ...]:
        """The rows that are not shown: those withheld here, and those that ``sync`` held without a last good version."""
        return (*self.withheld, *(h for h in self.held if not h.kept))

    def waits(self, community: str, *sheets: str) -> bool:
        """Whether any row of some sheets of a community is not shown."""
        return any(w.community == community and w.sheet in sheets for w in self.absent)

    @cached_property
    def _untold(self) -> frozenset[tuple[str, str, str]]:
        """(community, sheet, column) for which a row that is not shown does not say what it refers to."""
        sheets = discover()
        needed = {s.id: [c.name for c in s.published if c.required and c.kind.target] for s in sheets.values()}
        return frozenset((w.community, w.sheet, n) for w in self.absent for n in needed[w.sheet] if n not in w.refers)

    def may_lack(self, community: str, sheet: str, column: str, id: str) -> bool:
        """Whether a row of a sheet that is not shown is about that id, or may be. ``column``: one that every row fills."""
        told = self.withheld_of(community, sheet, column, id)
        return bool(told) or (community, sheet, column) in self._untold

    def withheld_of(self, community: str, sheet: str, name: str, value: str) -> int:
        """How many withheld rows of a sheet said ``value`` in their column ``name``."""
        return self._held.get((community, sheet, name, value), 0)

    @cached_property
    def _marks(self) -> dict[tuple[str, str, str], Held]:
        return {(h.community, h.sheet, h.id): h for h in self.held}

    def held_of(self, community: str, sheet: str, id: str) -> Held | None:
        """What ``sync`` noted of the row of that id, or None when it took it as it was written."""
        return self._marks.get((community, sheet, id))

    def without(self, gone: Iterable[PublicRow]) -> Records:
        """The same records with some rows withheld."""
        rows = list(dict.fromkeys(gone))
        drop = {(r.community if r.sheet.per_community else "", r.sheet.id, r.id) for r in rows}
        tables = {
            c: {s: {i: r for i, r in t.items() if (c, s, i) not in drop} for s, t in sheets.items()}
            for c, sheets in self.tables.items()
        }
        more = tuple(Withheld(r.community, r.sheet.id, r.id, r.place, refers(r.sheet, r.as_dict())) for r in rows)
        return Records(self.district, tables, self.withheld + more, self.held, self.removed, self.counts)


def refers(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, str]:
    """The ids that a row gives in its reference columns, by column name; not whom it names by consent alone."""
    some = (c for c in sheet.references if c.name not in sheet.agreed)
    return {c.name: values[c.name] for c in some if isinstance(values.get(c.name), str)}
