"""What came in, held against what stands: new versions, last good versions, rows taken down. Pure.

A bad row never takes the good one with it: where a new version cannot be published, the last one stays and is marked
(docs/decisions/0009-bad-rows.md, 0011-sync.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from .. import privacy
from ..marks import Held, Removed
from ..problems import Place, Problem
from ..sheet import PublicRow, Sheet
from .entries import Entry, Rows, entries, needs, put_back, still_fit, unnamed
from .gate import Arrived
from .names import Names
from .settle import Court, Judge, about, settle
from .withdrawals import Withdrawal

SHRINKS = Fraction(1, 5)
Key = tuple[str, str]


@dataclass(frozen=True)
class Before:
    """What stands published of a community: rows by sheet and id, and the marks on them."""

    tables: Mapping[str, Rows]
    held: tuple[Held, ...] = ()
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True)
class Gone:
    """Published rows of a sheet that would stand no more; ``whole``: the tab itself is gone."""

    sheet: Sheet
    ids: tuple[str, ...]
    of: int
    whole: bool = False

    @property
    def much(self) -> bool:
        """Whether so much is gone that a person has to say that it is meant."""
        return bool(self.ids) and (self.whole or Fraction(len(self.ids), self.of) > SHRINKS)


@dataclass
class Merged:
    """A community's records to be. ``gone``: what would stand no more, withdrawals aside."""

    entries: dict[str, list[Entry]]
    gone: list[Gone]
    held: list[Held]
    removed: list[Removed]
    problems: list[Problem]

    def rows(self, sheet: str) -> list[PublicRow]:
        """The rows of a sheet that will be published, in order."""
        return [e.chosen for e in self.entries.get(sheet, ()) if e.chosen is not None]


def merge(
    community: str,
    arrived: Mapping[str, Arrived],
    before: Before,
    sheets: Mapping[str, Sheet],
    withdrawn: Sequence[Withdrawal],
    names: Names,
    today: date,
    judge: Judge,
) -> Merged:
    """Everything of a community that will stand in ``records/``. ``judge``: the checks, over tables and withheld rows."""
    back = {(w.sheet, w.id): w for w in withdrawn}
    fit = still_standing(arrived, before, sheets, names)
    made: dict[str, list[Entry]] = {}
    missing: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for sheet in sheets.values():
        taken = frozenset(id for s, id in back if s == sheet.id)
        present = before.tables.get(sheet.id, {})
        made[sheet.id], missing[sheet.id], unsure = entries(arrived.get(sheet.id), fit[sheet.id], sheet, taken, present)
        problems += _unsure(sheet, arrived.get(sheet.id), unsure)
    problems += _still_there(arrived, back)
    named = _masked_instead(made, fit, back, sheets)
    along = _along(made, {k: w for k, w in back.items() if k not in named})
    problems += _needed_still(made, missing, fit, sheets)
    lost = {(s, id): Removed(community, s, id, today) for s, ids in missing.items() for id in ids}
    lost |= {key: Removed(community, *key, today) for key in (*back, *along)}
    court = Court(community, judge, (*before.removed, *lost.values()), before.tables.get("steps", {}))
    problems += settle(court, made)
    gone = _gone(made, before, sheets, arrived, {*back, *along})
    held = _held(community, made, before.held, today)
    removed = _removed(community, made, missing, before, {**along, **back}, today)
    return Merged(made, gone, held, removed, problems)


def still_standing(
    arrived: Mapping[str, Arrived], before: Before, sheets: Mapping[str, Sheet], names: Names
) -> dict[str, dict[str, PublicRow]]:
    """What may go on standing; first all names that are not released any more, then the texts that have one."""
    tables = {s: before.tables.get(s, {}) for s in sheets}
    fit = {s: still_fit(old, arrived.get(s), names) for s, old in tables.items()}
    return {s: unnamed(tables[s], some, names) for s, some in fit.items()}


def _unsure(sheet: Sheet, arrived: Arrived | None, ids: Sequence[str]) -> list[Problem]:
    """That rows are missing, and stay, because nobody can say whether they were deleted."""
    if not ids or arrived is None or arrived.broken:
        return []
    file, tab = arrived.where
    params = {"sheet": sheet.title, "count": len(ids)}
    said = "、".join(ids[:8]) + "…" * (len(ids) > 8)
    return [Problem("row-unsure", Place(file, tab), said, params, withholds=False)]


def _still_there(arrived: Mapping[str, Arrived], back: Mapping[Key, Withdrawal]) -> list[Problem]:
    """Rows that the volunteers took back and that stand in their sheet: fine, and said, in case they were put back."""
    there = {(a.sheet.id, s.id) for a in arrived.values() for s in a.seen}
    return [
        Problem("withdrawal-stands", w.place, w.id, {"sheet": arrived[w.sheet].sheet.title}, withholds=False)
        for key, w in back.items()
        if key in there and w.place.file
    ]


def _masked_instead(
    made: Mapping[str, list[Entry]], fit: Mapping[str, Rows], back: Mapping[Key, Withdrawal], sheets: Mapping[str, Sheet]
) -> set[Key]:
    """A person who is taken back and whom other rows need stays as a masked name: their meetings were held."""
    wanted = {key for es in made.values() for e in es if e.chosen is not None for key in needs(e.chosen)}
    done = set[Key]()
    for sheet_id, id in back:
        row = fit.get(sheet_id, {}).get(id)
        if row is not None and (sheet_id, id) in wanted and "name" in sheets[sheet_id].masked:
            hidden = privacy.veiled(row, dict.fromkeys(row.sheet.masked))
            made[sheet_id].append(Entry(row.sheet, id, row.place, hidden, None))
            done.add((sheet_id, id))
    return done


def _along(made: dict[str, list[Entry]], back: Mapping[Key, Withdrawal]) -> dict[Key, Withdrawal]:
    """The rows that cannot be shown without one that is taken back: they go along, and are no fault of anybody."""
    along: dict[Key, Withdrawal] = {}
    while True:
        more = {}
        for sheet_id, es in made.items():
            for e in es:
                for key in needs(e.chosen) if e.chosen is not None else ():
                    if key in back or key in along:
                        more[sheet_id, e.id] = back.get(key) or along[key]
        if not more:
            return along
        along |= {key: replace(w, sheet=key[0], id=key[1]) for key, w in more.items()}
        for sheet_id, es in made.items():
            made[sheet_id] = [e for e in es if (sheet_id, e.id) not in along]


def _needed_still(
    made: Mapping[str, list[Entry]], missing: Mapping[str, list[str]], fit: Mapping[str, Rows], sheets: Mapping[str, Sheet]
) -> list[Problem]:
    """Rows that are gone from their sheet while others still need them stay: it was a slip, or only half of a removal."""
    problems: list[Problem] = []
    while True:
        wanted: dict[Key, Entry] = {}
        for es in made.values():
            for e in es:
                for key in needs(e.chosen) if e.chosen is not None else ():
                    wanted.setdefault(key, e)
        more = {key: e for key, e in wanted.items() if key[1] in missing.get(key[0], ()) and key[1] in fit[key[0]]}
        if not more:
            return problems
        for (sheet_id, id), e in more.items():
            missing[sheet_id].remove(id)
            put_back(made[sheet_id], [id], fit[sheet_id], sheets[sheet_id])
            params = {"target": sheets[sheet_id].title, "sheet": e.sheet.title, "row": e.id}
            problems.append(Problem("row-needed", replace(e.place, cell="", column=""), id, params))


def _gone(
    made: Mapping[str, list[Entry]],
    before: Before,
    sheets: Mapping[str, Sheet],
    arrived: Mapping[str, Arrived],
    meant: set[Key],
) -> list[Gone]:
    """Published rows that would stand no more, deleted or for want of another; those taken back are meant, with what goes
    along, and one with a fault of its own is told of for itself.
    """
    found = []
    for sheet in sheets.values():
        stands = {e.id for e in made[sheet.id] if e.chosen is not None or not e.waits}
        old = before.tables.get(sheet.id, {})
        whole = sheet.id not in arrived
        ids = tuple(i for i in old if (whole or i not in stands) and (sheet.id, i) not in meant)
        if ids:
            found.append(Gone(sheet, ids, len(old), whole))
    return found


def _held(community: str, made: Mapping[str, list[Entry]], before: Iterable[Held], today: date) -> list[Held]:
    """The marks: which rows wait, since when, and whether the last good version stands for them meanwhile."""
    since = {(h.sheet, h.id): h.since for h in before}
    found: dict[Key, Held] = {}
    for some in made.values():
        for e in some:
            key = (e.sheet.id, e.id)
            if e.chosen is not None and not e.kept:
                continue
            if key in found:
                found[key] = replace(found[key], rows=found[key].rows + 1)
                continue
            of = community if e.sheet.per_community else ""
            says = {} if e.kept else about(e)
            found[key] = Held(of, e.sheet.id, e.id, since.get(key, today), e.kept, refers=says)
    return list(found.values())


def _removed(
    community: str,
    made: Mapping[str, list[Entry]],
    missing: Mapping[str, list[str]],
    before: Before,
    back: Mapping[Key, Withdrawal],
    today: date,
) -> list[Removed]:
    """The records that were taken down, now or earlier, and have not come back."""
    found = {(r.sheet, r.id): r for r in before.removed}
    for sheet_id, ids in missing.items():
        for id in ids:
            found.setdefault((sheet_id, id), Removed(community, sheet_id, id, today, ""))
    for key, w in back.items():
        if key in found or w.id in before.tables.get(w.sheet, {}):
            first = found.get(key)
            on = min(w.on, first.on) if first and first.reason and not w.place.file else w.on
            found[key] = Removed(community, w.sheet, w.id, on, w.reason)
    present = {(s, e.id) for s, es in made.items() for e in es if e.chosen is not None}
    return [r for key, r in found.items() if key not in present]
