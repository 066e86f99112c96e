"""The rows to be: each with its new version, the one that stands, and which of them is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .. import checks, privacy, records
from ..problems import Place
from ..sheet import PublicRow, Sheet
from .gate import Arrived, Seen
from .names import Names

Rows = Mapping[str, PublicRow]


@dataclass
class Entry:
    """One row to be: its new version (None: withheld at once), the one that stands, and which is chosen at present."""

    sheet: Sheet
    id: str
    place: Place
    new: PublicRow | None
    old: PublicRow | None
    refers: Mapping[str, str] = field(default_factory=dict)
    chosen: PublicRow | None = None
    waits: bool = False  # for another row, without a fault of its own

    def __post_init__(self) -> None:
        if self.new is not None and self.old is not None and self.new.says_the_same(self.old):
            self.old = self.new  # the same; then its place is the one that the editor sees
        self.chosen = self.new or self.old

    @property
    def fresh(self) -> bool:
        """Whether a version is chosen that does not stand yet."""
        return self.chosen is not None and self.chosen is self.new and self.old is not self.new

    @property
    def kept(self) -> bool:
        """Whether the last good version stands in the place of what the sheet says now."""
        return self.chosen is not None and self.chosen is not self.new

    def reject(self) -> None:
        """The chosen version cannot be published: the older one then, or none."""
        self.chosen = self.old if self.fresh else None


def refers(row: PublicRow) -> dict[str, str]:
    """The ids that a row gives in its reference columns."""
    return records.refers(row.sheet, row.as_dict())


def needs(row: PublicRow) -> list[tuple[str, str]]:
    """(sheet, id) of the rows without which it is not shown."""
    named = ((target, getattr(row, name)) for name, target in checks.needs(row))
    return [(target, id) for target, id in named if isinstance(id, str)]


def still_fit(old: Rows, arrived: Arrived | None, names: Names) -> dict[str, PublicRow]:
    """The versions that stand, as they may go on standing: without a whole name that is not released any more.

    Of two rows with one id both have to release it. Tells ``names`` of those that are hidden hereby.
    """
    says: dict[str, Mapping[str, str | None]] = {}
    for s in arrived.seen if arrived else ():
        says[s.id] = _both(says[s.id], s.says) if s.id in says else s.says
    unsure = arrived is not None and arrived.leaves_unsure
    fit = {}
    for id, row in old.items():
        fit[id] = privacy.veiled(row, says.get(id, {})) if id in says or unsure else row
        if fit[id] is not row:
            gone = (n for n in row.sheet.masked if getattr(row, n) != getattr(fit[id], n))
            names.hide(name for n in gone for name in privacy.whole_names(getattr(row, n)))
    return fit


def _both(one: Mapping[str, str | None], other: Mapping[str, str | None]) -> Mapping[str, str | None]:
    return {n: one.get(n) if one.get(n) == other.get(n) else None for n in {*one, *other}}


def unnamed(original: Rows, fit: Mapping[str, PublicRow], names: Names) -> dict[str, PublicRow]:
    """Of these, the ones that name nobody in a text who may not be named."""
    found = {}
    for id, row in fit.items():
        own = (name for n in row.sheet.masked if (v := getattr(original[id], n)) for name in privacy.whole_names(v))
        if not names.named_by(row, own):
            found[id] = row
    return found


def entries(
    arrived: Arrived | None, old: Rows, sheet: Sheet, taken: frozenset[str], present: Iterable[str]
) -> tuple[list[Entry], list[str], list[str]]:
    """The rows to be of one sheet in the order of the volunteers' sheet; the ids in it no more; those that nobody is
    sure of.

    ``old``: what may go on standing; ``present``: all ids that stand. ``taken``: ids that the volunteers took back. Of a
    tab that cannot be read all stays; and where rows are hidden, or one lacks its id, nobody can say that a missing one
    was meant to go.
    """
    if arrived is None:
        return [], [i for i in present if i not in taken], []
    found: list[Entry] = []
    there = set[str]()
    for s in arrived.seen:
        if s.id not in taken:  # of two rows with one id, the record that stands is kept once
            found.append(_entry(sheet, s, None if s.id in there else old.get(s.id)))
            there.add(s.id)
    missing = [i for i in present if i not in there and i not in taken]
    if arrived.leaves_unsure:
        put_back(found, [i for i in missing if i in old], old, sheet)
        found += [Entry(sheet, i, Place(), None, None) for i in missing if i not in old]
        return found, [], missing
    return found, missing, []


def _entry(sheet: Sheet, seen: Seen, old: PublicRow | None) -> Entry:
    new = seen.row
    if new is not None and old is not None and seen.absent:
        new = _with_columns_that_are_gone(new, old, seen.absent)
    return Entry(sheet, seen.id, seen.place, new, old, seen.refers)


def _with_columns_that_are_gone(new: PublicRow, old: PublicRow, absent: frozenset[str]) -> PublicRow:
    """A column that is deleted, renamed or hidden empties nothing; names and what releases them are not carried over."""
    careful = {name for by in (new.sheet.masked, new.sheet.agreed) for pair in by.items() for name in pair}
    stays = {n: v for n, v in old.as_dict().items() if n in absent - careful and v is not None}
    if not stays:
        return new
    return privacy.publish(new.sheet, new.community, new.place, {**new.as_dict(), **stays}, new.cells)


def put_back(found: list[Entry], missing: Sequence[str], old: Rows, sheet: Sheet) -> None:
    """Rows that stay although the sheet does not show them, each after the one that it stood after."""
    order = {id: n for n, id in enumerate(old)}
    ids = list(old)
    for id in missing:
        before = ids[order[id] - 1] if order[id] else ""
        at = next((k + 1 for k, e in enumerate(found) if before and e.id == before), 0)
        found.insert(at, Entry(sheet, id, old[id].place, None, old[id]))


def by_day(found: list[Entry], stands: Rows) -> list[Entry]:
    """The steps of each matter in the order of their days, whatever the sheet was sorted by; the matters as they come.

    Steps of one day stay as they stand, and new ones as they were typed.
    """
    old = {id: n for n, id in enumerate(stands)}
    places: dict[str, list[int]] = {}
    for n, e in enumerate(found):
        if e.chosen is not None:
            places.setdefault(str(getattr(e.chosen, "matter", "")), []).append(n)
    ordered = list(found)
    for some in places.values():
        rows = sorted((found[n] for n in some), key=lambda e: (getattr(e.chosen, "on"), old.get(e.id, len(old))))  # noqa: B009
        for n, e in zip(some, rows, strict=True):
            ordered[n] = e
    return ordered
