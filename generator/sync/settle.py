"""Which rows can stand together: the checks judge, and what they refuse falls back on its last good version. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..problems import Place, Problem
from ..records import Records, Removed, Withheld
from ..sheet import Sheet
from .entries import Entry, Rows, by_day, refers

# The checks, over tables, rows that wait and rows that were removed.
Judge = Callable[[Mapping[str, Rows], tuple[Withheld, ...], tuple[Removed, ...]], tuple[Records, list[Problem]]]
Made = dict[str, list[Entry]]
_TRIED_AGAIN = 40  # each costs all checks once more


@dataclass(frozen=True)
class Court:
    """What judges: the checks, with what they are told of the rest. ``stands``: the steps as they stand, in order."""

    community: str
    judge: Judge
    removed: tuple[Removed, ...]
    stands: Rows

    def judged(self, made: Made) -> tuple[Records, list[Problem]]:
        """The records that can be shown of the chosen rows, and what is wrong with the others."""
        if "steps" in made:
            made["steps"] = by_day(made["steps"], self.stands)
        chosen = {s: {e.id: e.chosen for e in es if e.chosen is not None} for s, es in made.items()}
        return self.judge(chosen, tuple(withheld(self.community, made)), self.removed)


def settle(court: Court, made: Made) -> list[Problem]:
    """Let every row that the checks refuse fall back on its last good version, or wait, until none is refused.

    First those that a problem is said of; what only waits for another may stand again once that one fell back. Each
    turn moves one row at least, so it ends. A row that stands unchanged is not to blame for what was changed about it:
    the changes fall back, and those that turn out harmless are taken after all.
    """
    problems: list[Problem] | None = None
    blamed: dict[tuple[str, str, Place], tuple[Entry, Entry]] = {}
    while True:
        kept, found = court.judged(made)
        if problems is None:
            problems = list(found)
        else:  # what shows only once others fell back is told where an editor can mend it: in their own sheet
            theirs = {_line(e.place) for e in _standing(made) if not e.kept}
            problems += [p for p in found if _line(p.place) in theirs and p not in problems]
        out = _refused(made, found, kept, court.community)
        if not out:
            break
        bad = {_line(p.place) for p in found if p.withholds}
        for entry, victim in _to_blame(out, made):
            entry.waits = entry.chosen is not None and _line(entry.chosen.place) not in bad
            if victim is not None:
                blamed.setdefault((entry.sheet.id, entry.id, entry.place), (entry, victim))
            entry.reject()
    for entry, _ in list(blamed.values())[:_TRIED_AGAIN]:
        _try_again(entry, court, made)
    return _told(problems, made, blamed.values())


def _standing(made: Made) -> list[Entry]:
    return [e for es in made.values() for e in es if e.chosen is not None]


def _refused(made: Made, found: Sequence[Problem], kept: Records, community: str) -> list[Entry]:
    """The rows that a problem is said of; without any, those that wait for another."""
    bad = {_line(p.place) for p in found if p.withholds}
    standing = _standing(made)
    out = [e for e in standing if e.chosen is not None and _line(e.chosen.place) in bad]
    return out or [e for e in standing if e.id not in _table(kept, community, e.sheet)]


def _table(records: Records, community: str, sheet: Sheet) -> Rows:
    return records.tables.get(community if sheet.per_community else "", {}).get(sheet.id, {})


def _line(place: Place) -> tuple[str, str, int]:
    return place.file, place.sheet, place.row


def _to_blame(out: Sequence[Entry], made: Made) -> list[tuple[Entry, Entry | None]]:
    """Of refused rows, those to fall back, each with the row that would be wrong because of it (None: it is itself)."""
    by_id = {(s, e.id): e for s, es in made.items() for e in es}
    found: dict[tuple[str, str, Place], tuple[Entry, Entry | None]] = {}
    for entry in out:
        changed = [] if entry.fresh or entry.chosen is None else _changed_about(entry, by_id, made)
        for each in changed or [entry]:
            found.setdefault((each.sheet.id, each.id, each.place), (each, entry if changed else None))
    return list(found.values())


def _changed_about(entry: Entry, by_id: Mapping[tuple[str, str], Entry], made: Made) -> list[Entry]:
    """New versions of what a row refers to; without any, new versions and new rows that are about the same thing."""
    if entry.chosen is None:
        return []
    named = refers(entry.chosen)
    targets = (by_id.get((entry.sheet.column(name).kind.target, id)) for name, id in named.items())
    changed = [t for t in targets if t is not None and t.fresh and t.old is not None]
    about = next((c.name for c in entry.sheet.references if c.required and not c.kind.target.startswith("#")), "")
    if changed or not about:
        return changed
    others = (e for e in made[entry.sheet.id] if e.fresh and e is not entry)
    return [e for e in others if getattr(e.chosen, about) == named.get(about)]


def _try_again(entry: Entry, court: Court, made: Made) -> None:
    """A change that fell back for another's sake is taken after all if it does no harm by itself."""
    if entry.new is None or entry.chosen is entry.new:
        return
    before, entry.chosen = entry.chosen, entry.new
    kept, found = court.judged(made)
    if _refused(made, found, kept, court.community):
        entry.chosen = before
        court.judged(made)


def _told(problems: Sequence[Problem], made: Made, blamed: Iterable[tuple[Entry, Entry]]) -> list[Problem]:
    """The problems as their editors can mend them: none of a row that stands as it was typed, and one of each change that
    could not be taken for what it would make wrong.
    """
    right = {_line(e.place) for es in made.values() for e in es if e.new is not None and e.chosen is e.new}
    first: dict[tuple[str, str, int], Problem] = {}
    for p in problems:
        if p.withholds:
            first.setdefault(_line(p.place), p)
    told = [p for p in problems if not (p.withholds and _line(p.place) in right)]
    for entry, victim in blamed:
        why = first.get(_line(victim.place))
        if entry.chosen is not entry.new and why is not None and not any(_line(p.place) == _line(entry.place) for p in told):
            params = {"other": victim.id, "sheet": victim.sheet.title, "why": why.says, "how": why.mend}
            told.append(Problem("row-upsets", entry.place, entry.id, params))
    return told


def withheld(community: str, made: Made) -> Iterable[Withheld]:
    """The rows that wait, as the checks want to know of them."""
    for entries in made.values():
        for e in entries:
            if e.chosen is None:
                of = community if e.sheet.per_community else ""
                yield Withheld(of, e.sheet.id, e.id, e.place, about(e))


def about(entry: Entry) -> Mapping[str, str]:
    """The ids that an absent row gives in its reference columns."""
    return entry.refers or (refers(entry.new) if entry.new is not None else {})
