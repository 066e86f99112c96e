"""Reading a folder of procedures, rules and limits. A file that is wrong is left out whole, and said by line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import TypeVar

from ..declared import At, fill, parse
from ..problems import Place, Problem
from .law import check_not_below
from .limits import Limits
from .rules import Rule, check_rule
from .versions import Version
from .ways import Procedure, check_procedure

V = TypeVar("V", bound=Version)
KINDS: dict[str, type[Version]] = {"procedure": Procedure, "rule": Rule, "limits": Limits}


@dataclass(frozen=True)
class Procedures:
    """All versions that loaded, by file name."""

    procedures: tuple[Procedure, ...] = ()
    rules: tuple[Rule, ...] = ()
    limit_sets: tuple[Limits, ...] = ()

    def procedure(self, id: str, on: date) -> Procedure | None:
        """The version in force on that day, or None."""
        return _in_force(self.procedures, id, on)

    def rule(self, id: str, on: date) -> Rule | None:
        """The version in force on that day, or None."""
        return _in_force(self.rules, id, on)

    def limits(self, id: str, on: date) -> Limits | None:
        """The version in force on that day, or None."""
        return _in_force(self.limit_sets, id, on)

    def rules_for(self, meeting_kind: str, on: date, community: str = "") -> tuple[Rule, ...]:
        """The rules that govern a kind of meeting on that day, those of other communities left out."""
        return tuple(
            r for r in self.rules if meeting_kind in r.meetings and r.holds(on) and r.community in ("", community)
        )


def _in_force(versions: Iterable[V], id: str, on: date) -> V | None:
    for version in versions:  # every matter and every vote asks: no generator for each
        if version.id == id and version.holds(on):
            return version
    return None


def load(folder: Path, communities: Collection[str] = ()) -> tuple[Procedures, list[Problem]]:
    """Every version in the ``*.toml`` of a folder, and what is wrong; a file that is wrong is left out whole.

    ``communities``: the ids that there are, where they are known: a version for another is said to be for nobody.
    """
    paths = sorted(p for p in folder.glob("*.toml") if p.is_file())
    if not paths:
        return Procedures(), [Problem("procedure-none", Place(file=_name(folder / "*.toml")))]
    read = [_read(path) for path in paths]
    _check_overlaps(_sound(read))
    check_not_below([(item, at) for item, at in _sound(read) if isinstance(item, Rule)])
    stems = [p.stem for p in paths]
    kinds = {(type(item), item.id) for item, _ in _sound(read)}
    for item, at in _sound(read):
        _check_rules_exist(item, stems, kinds, at)
    sound = _sound(read)
    for item, at in sound:
        if communities and item.community and item.community not in communities:
            (at / "community").fault("procedure-community", item.community, False, known="、".join(communities))
    _check_gaps(sound)
    items = [i for i, _ in sound]
    return Procedures(
        tuple(i for i in items if isinstance(i, Procedure)),
        tuple(i for i in items if isinstance(i, Rule)),
        tuple(i for i in items if isinstance(i, Limits)),
    ), [fault for _, at in read for fault in at.faults]


def _name(path: Path) -> str:
    """A file as editors know it: ``records/procedures/liubu.toml``, wherever the records stand."""
    return "/".join(path.parts[-3:])


Read = tuple[Version | None, At]
Sound = list[tuple[Version, At]]


def _sound(read: Iterable[Read]) -> Sound:
    return [(item, at) for item, at in read if item and not any(f.withholds for f in at.faults)]


def _read(path: Path) -> Read:
    at = At(_name(path), {}, [])
    raw = parse(path.read_bytes(), at)
    if raw is None:
        return None, at
    said = raw.pop("kind", "")
    kind = KINDS.get(said) if isinstance(said, str) else None
    if kind is None:
        (at / "kind").fault("toml-not-a-choice", said, choices="、".join(KINDS))
        return None, at
    item = fill(kind, raw, at)
    if item:
        _check(item, path, at)
    return item, at


def _check(item: Version, path: Path, at: At) -> None:
    if not _names(path.stem, item.id):
        (at / "id").fault("procedure-file-name", item.id)
    if item.valid_from and item.valid_to and item.valid_to < item.valid_from:
        (at / "valid_to").fault("procedure-dates", item.valid_to, start=item.valid_from)
    if isinstance(item, Rule):
        check_rule(item, at)
    if isinstance(item, Procedure):
        check_procedure(item, at)


def _names(stem: str, id: str) -> bool:
    """A file is named after its id, or the id and the year it took effect: ``jumin.toml``, ``jumin-2026.toml``."""
    return re.fullmatch(rf"{re.escape(id)}(-\d{{4}})?", stem) is not None


def _check_overlaps(read: Sound) -> None:
    """Of two versions for one day neither can be trusted to be the one meant: both are left out."""
    for (a, at_a), (b, at_b) in combinations(read, 2):
        if type(a) is type(b) and a.id == b.id and _overlap(a, b):
            for at, other in ((at_a, at_b), (at_b, at_a)):
                (at / "id").fault("procedure-overlap", a.id, other=Path(other.file).name)


def _overlap(a: Version, b: Version) -> bool:
    starts = max(a.valid_from or date.min, b.valid_from or date.min)
    return starts <= min(a.valid_to or date.max, b.valid_to or date.max)


def _check_gaps(sound: Sound) -> None:
    """Between one version and the next a day without any is most likely a slip; both are kept."""
    ordered = sorted(sound, key=lambda pair: (type(pair[0]).__name__, pair[0].id, pair[0].valid_from or date.min))
    for (a, at), (b, _) in pairwise(ordered):
        if type(a) is type(b) and a.id == b.id and a.valid_to and b.valid_from:
            missing = (b.valid_from - a.valid_to).days - 1
            if missing > 0:
                (at / "valid_to").fault("procedure-gap", a.valid_to, False, days=missing, start=b.valid_from)


def _check_rules_exist(item: Version, stems: list[str], kinds: set[tuple[type, str]], at: At) -> None:
    """A rule whose file is there but faulty is reported in that file, not once more here."""
    for place, rule in _named(item, at):
        others = {kind for kind, id in kinds if id == rule}
        if others and Rule not in others:
            place.fault("procedure-not-a-rule", rule)
        elif not any(_names(stem, rule) for stem in stems):
            place.fault("procedure-unknown-rule", rule, withholds=False)


def _named(item: Version, at: At) -> Iterator[tuple[At, str]]:
    """Every rule that a version names, with where it does."""
    if isinstance(item, Procedure):
        for n, step in enumerate(item.steps, 1):
            yield from ((at / "step" / n / "rules", rule) for rule in step.rules)
    if isinstance(item, Rule) and item.runoff:
        yield at / "runoff", item.runoff
