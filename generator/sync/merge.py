"""What came in, held against what stands: new versions, last good versions, rows taken down. Pure.

A bad row never takes the good one with it: where a new version cannot be published, the last one stays and is marked
(docs/decisions/0009-bad-rows.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from .. import privacy
from ..marks import Held, Removed
from ..problems import Place, Problem
from ..records import Records, Withheld
from ..sheet import PublicRow, Sheet
from .gate import Arrived, Withdrawal

SHRINKS = Fraction(1, 5)
Rows = Mapping[str, PublicRow]
Judge = Callable[[Mapping[str, Rows], tuple[Withheld, ...]], tuple[Records, list[Problem]]]


@dataclass(frozen=True)
class Before:
    """What stands published of a community: rows by sheet and id, and the marks on them."""

    tables: Mapping[str, Rows]
    held: tuple[Held, ...] = ()
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True)
class Gone:
    """Published rows of a sheet that are not in the volunteers' sheet any more; ``whole``: the tab itself is gone."""

    sheet: Sheet
    ids: tuple[str, ...]
    of: int
    whole: bool = False

    @property
    def much(self) -> bool:
        """Whether so much is gone that a person has to say that it is meant."""
        return bool(self.ids) and (self.whole or Fraction(len(self.ids), self.of) > SHRINKS)


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

    def __post_init__(self) -> None:
        if self.new is not None and self.old is not None and self.new.as_dict() == self.old.as_dict():
            self.old = self.new  # the same; then its place is the one that the editor sees
        self.chosen = self.new or self.old

    @property
    def changed(self) -> bool:
        """Whether a new version is chosen where another stands."""
        return self.chosen is not None and self.chosen is self.new and self.old is not None and self.old is not self.new

    def reject(self) -> None:
        """The chosen version cannot be published: the older one then, or none."""
        self.chosen = self.old if self.chosen is self.new and self.old is not self.new else None

    @property
    def kept(self) -> bool:
        """Whether the last good version stands in the place of what the sheet says now."""
        return self.chosen is not None and self.chosen is not self.new


@dataclass
class Merged:
    """A community's records to be."""

    entries: dict[str, list[Entry]]
    gone: list[Gone]
    held: list[Held]
    removed: list[Removed]
    problems: list[Problem]

    def rows(self, sheet: str) -> list[PublicRow]:
        """The rows of a sheet that will be published, in order."""
        return [e.chosen for e in self.entries.get(sheet, ()) if e.chosen is not None]


def entries(arrived: Arrived | None, old: Rows, sheet: Sheet, taken: frozenset[str]) -> tuple[list[Entry], tuple[str, ...]]:
    """The rows to be of one sheet in the order of the volunteers' sheet, and the ids that are in it no more.

    ``taken``: ids that the volunteers took back. Of a tab that cannot be read all stays; and where rows are hidden, or one
    lacks its id, nobody can say that a missing one was meant to go.
    """
    if arrived is None:
        return [], tuple(i for i in old if i not in taken)
    found: list[Entry] = []
    there = set[str]()
    shown: dict[str, Mapping[str, str]] = {}
    for s in arrived.seen:  # of two rows with one id, both have to release a name
        shown[s.id] = dict(shown.get(s.id, s.shown).items() & s.shown.items())
    for s in arrived.seen:
        if s.id not in taken:  # of two rows with one id, the record that stands is kept once
            stands = None if s.id in there else old.get(s.id)
            stands = stands and privacy.veiled(stands, shown[s.id])  # who takes a consent back is named by no old version
            found.append(Entry(sheet, s.id, s.place, s.row, stands, s.refers))
            there.add(s.id)
    missing = [i for i in old if i not in there and i not in taken]
    if arrived.unsure or any(not s.id for s in arrived.seen):
        _put_back(found, missing, old, sheet)
        return found, ()
    return found, tuple(missing)


def _put_back(found: list[Entry], missing: Sequence[str], old: Rows, sheet: Sheet) -> None:
    """Rows that stay although the sheet does not show them, each after the one that it stood after."""
    order = list(old)
    for id in missing:
        n = order.index(id)
        before = order[n - 1] if n else ""
        at = next((k + 1 for k, e in enumerate(found) if before and e.id == before), 0)
        found.insert(at, Entry(sheet, id, old[id].place, None, old[id]))


def merge(
    community: str,
    arrived: Mapping[str, Arrived],
    before: Before,
    sheets: Mapping[str, Sheet],
    withdrawn: Iterable[Withdrawal],
    today: date,
    judge: Judge,
) -> Merged:
    """Everything of a community that will stand in ``records/``. ``judge``: the checks, over tables and withheld rows."""
    back = {(w.sheet, w.id): w for w in withdrawn}
    made: dict[str, list[Entry]] = {}
    gone: list[Gone] = []
    for sheet in sheets.values():
        old = before.tables.get(sheet.id, {})
        taken = frozenset(id for s, id in back if s == sheet.id)
        made[sheet.id], missing = entries(arrived.get(sheet.id), old, sheet, taken)
        if missing:
            gone.append(Gone(sheet, missing, len(old), sheet.id not in arrived))
    problems = _settle(community, made, judge)
    held = _held(community, made, before.held, today)
    removed = _removed(community, made, gone, before, back, today)
    return Merged(made, gone, held, removed, problems)


def _settle(community: str, made: Mapping[str, list[Entry]], judge: Judge) -> list[Problem]:
    """Let every row that the checks refuse fall back on its last good version, or wait, until none is refused.

    First those that a problem is said of; what only waits for another may stand again once that one fell back. Each
    turn moves one row at least, so it ends.
    """
    problems: list[Problem] | None = None
    while True:
        standing = [e for es in made.values() for e in es if e.chosen is not None]
        chosen = {s: {e.id: e.chosen for e in es if e.chosen is not None} for s, es in made.items()}
        kept, found = judge(chosen, tuple(_withheld(community, made)))
        if problems is None:
            problems = list(found)
        else:  # what shows only once others fell back is told where an editor can mend it: in their own sheet
            theirs = {_line(e.place) for e in standing if not e.kept}
            problems += [p for p in found if _line(p.place) in theirs and p not in problems]
        refused = {_line(p.place) for p in found if p.withholds}
        out = [e for e in standing if e.chosen is not None and _line(e.chosen.place) in refused]
        out = out or [e for e in standing if e.id not in _table(kept, community, e.sheet)]
        if not out:
            return problems
        for entry in _to_blame(out, made):
            entry.reject()


def _to_blame(out: Sequence[Entry], made: Mapping[str, list[Entry]]) -> list[Entry]:
    """Of refused rows, those to fall back. A row that stood there already fits no more because one that it refers to
    was changed: then the change falls back, and not what was right before.
    """
    by_id = {(s, e.id): e for s, es in made.items() for e in es}
    found: dict[tuple[str, Place], Entry] = {}
    for entry in out:
        stood = entry.chosen is not None and entry.chosen is entry.old
        named = _refers(entry.chosen) if stood and entry.chosen is not None else {}
        targets = (by_id.get((entry.sheet.column(name).kind.target, id)) for name, id in named.items())
        changed = [t for t in targets if t is not None and t.changed]
        for each in changed or [entry]:
            found[each.sheet.id, each.place] = each
    return list(found.values())


def _table(records: Records, community: str, sheet: Sheet) -> Rows:
    return records.tables.get(community if sheet.per_community else "", {}).get(sheet.id, {})


def _line(place: Place) -> tuple[str, str, int]:
    return place.file, place.sheet, place.row


def _withheld(community: str, made: Mapping[str, list[Entry]]) -> Iterable[Withheld]:
    for entries_ in made.values():
        for e in entries_:
            if e.chosen is None:
                refers = e.refers or (_refers(e.new) if e.new is not None else {})
                yield Withheld(community if e.sheet.per_community else "", e.sheet.id, e.id, e.place, refers)


def _refers(row: PublicRow) -> dict[str, str]:
    return {c.name: v for c in row.sheet.references if isinstance(v := getattr(row, c.name), str)}


def _held(community: str, made: Mapping[str, list[Entry]], before: Sequence[Held], today: date) -> list[Held]:
    """The marks: which rows wait, since when, and whether the last good version stands for them meanwhile."""
    since = {(h.sheet, h.id): h.since for h in before}
    found: dict[tuple[str, str], Held] = {}
    for entries_ in made.values():
        for e in entries_:
            if e.chosen is not None and not e.kept:
                continue
            of = community if e.sheet.per_community else ""
            key = (e.sheet.id, e.id)
            if key in found:
                found[key] = replace(found[key], rows=found[key].rows + 1)
                continue
            refers = e.refers or (_refers(e.new) if e.new is not None else {})
            found[key] = Held(of, e.sheet.id, e.id, since.get(key, today), e.kept, refers=refers if not e.kept else {})
    return list(found.values())


def _removed(
    community: str,
    made: Mapping[str, list[Entry]],
    gone: Sequence[Gone],
    before: Before,
    back: Mapping[tuple[str, str], Withdrawal],
    today: date,
) -> list[Removed]:
    """The records that were taken down, now or earlier, and have not come back."""
    found = {(r.sheet, r.id): r for r in before.removed}
    for g in gone:
        for id in g.ids:
            found.setdefault((g.sheet.id, id), Removed(community, g.sheet.id, id, today, ""))
    for key, w in back.items():
        if key in found or w.id in before.tables.get(w.sheet, {}):
            first = found.get(key)
            found[key] = Removed(community, w.sheet, w.id, w.on or (first.on if first else today), w.reason)
    present = {(s, e.id) for s, es in made.items() for e in es if e.chosen is not None}
    return [r for key, r in found.items() if key not in present]
