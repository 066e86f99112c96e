"""Procedures and voting rules are data: ``records/procedures/*.toml``, one version of one of them a file.

What a file may say is declared once, by the fields of the dataclasses below; ``load`` reads, checks and
reports by those fields, and their words are what residents read on the page of rules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

from .declared import At, count, day, fill, may, must, one_of, parse, slug, table, tables, text, texts, url
from .problems import Place, Problem

STEP_KINDS = ("raise", "screen", "plan", "consult", "vote", "publish", "solve", "file")
COUNTED_BY = ("heads", "households", "delegates", "area_and_heads")
SIZES = ("大事", "小事", "急事")
DAY_KINDS = ("日历日", "工作日")

_SHARE = re.compile(r"(more than|at least) (\d+)/(\d+) of (eligible|present)")

# --- what a file may say ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Threshold:
    """A share to reach, exactly: written ``more than 1/2 of present`` or ``at least 2/3 of eligible``.

    ``strict``: 超过 and 过半数 leave the number itself out, 以上 takes it in (民法典 §1259).
    ``of``: ``eligible`` (all who may take part) or ``present`` (those who did).
    """

    share: Fraction
    strict: bool
    of: str

    def met(self, part: int | Decimal, whole: int | Decimal) -> bool:
        """Whether ``part`` reaches the share of ``whole``; of nothing at all, no share is reached."""
        got, bar = Fraction(part), self.share * Fraction(whole)
        return whole > 0 and (got > bar if self.strict else got >= bar)

    def least(self, whole: int) -> int:
        """The smallest whole number that reaches the share of ``whole`` heads."""
        bar = self.share * whole
        return math.floor(bar) + 1 if self.strict else math.ceil(bar)


def _threshold(value: Any, at: At) -> Threshold | None:
    match = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if not match:
        at.fault("procedure-threshold", value)
        return None
    strict, over, under = match[1] == "more than", int(match[2]), int(match[3])
    if under == 0 or over > under or (strict and over == under):
        at.fault("procedure-threshold-range", value)
        return None
    return Threshold(Fraction(over, under), strict, match[4])


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """How long a step's outcome is shown for objections by default, and on what basis."""

    days: int = must(count)
    kind: str = must(one_of(*DAY_KINDS))
    basis: str = may(text)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. ``next``: the steps it may lead to; ``ends``: when a matter may stop here, in a sentence, if it may."""

    name: str = must(text)
    title: str = must(text)
    kind: str = must(one_of(*STEP_KINDS))
    who: str = must(text)
    does: str = must(text)
    evidence: tuple[str, ...] = must(texts)
    next: tuple[str, ...] = may(texts, ())
    ends: str = may(text)
    days: int | None = may(count, None)
    rules: tuple[str, ...] = may(texts, ())
    publicity: Publicity | None = may(table(Publicity), None)


@dataclass(frozen=True, kw_only=True)
class Size:
    """A class of matters: days (calendar) from being raised to being solved, and who must sit."""

    name: str = must(one_of(*SIZES))
    title: str = must(text)
    days: int = must(count)
    who_sits: str = must(text)
    summary: str = may(text)


def _sizes(value: Any, at: At) -> tuple[Size, ...]:
    before = len(at.faults)
    sizes: tuple[Size, ...] = tables(Size)(value, at)
    if len(at.faults) == before:
        _check_doubles([s.name for s in sizes], at)
    return sizes


def _steps(value: Any, at: At) -> tuple[Step, ...]:
    """The steps, checked as a whole once each is sound by itself, and their ways once their links are."""
    before = len(at.faults)
    steps: tuple[Step, ...] = tables(Step)(value, at)
    if len(at.faults) == before:
        _check_doubles([s.name for s in steps], at)
        _check_links(steps, at)
    if len(at.faults) == before:
        _check_ways(steps, at)
    return steps


def _check_doubles(names: list[str], at: At) -> None:
    for n, name in enumerate(names, 1):
        if name in names[: n - 1]:
            (at / n / "name").fault("procedure-double", name)


def _check_links(steps: tuple[Step, ...], at: At) -> None:
    names = [s.name for s in steps]
    for n, step in enumerate(steps, 1):
        for target in step.next:
            if target not in names:
                (at / n / "next").fault("procedure-unknown-next", target, known="、".join(names))
        if not step.next and not step.ends:
            (at / n / "name").fault("procedure-dead-end", step.name)


def _check_ways(steps: tuple[Step, ...], at: At) -> None:
    """Every step can be come to from the first one, and an end can be come to from it."""
    onward = {s.name: s.next for s in steps}
    back = {s.name: [o.name for o in steps if s.name in o.next] for s in steps}
    reached = _spread([steps[0].name], onward)
    ending = _spread([s.name for s in steps if s.ends], back)
    for n, step in enumerate(steps, 1):
        if step.name not in reached:
            (at / n / "name").fault("procedure-unreachable", step.name)
        if step.name not in ending:
            (at / n / "next").fault("procedure-no-end", step.name)


def _spread(start: Iterable[str], links: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be come to from ``start`` along ``links``, ``start`` included."""
    seen: set[str] = set()
    open_ = list(start)
    while open_:
        name = open_.pop()
        if name not in seen:
            seen.add(name)
            open_.extend(links.get(name, ()))
    return seen


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a procedure and a rule have in common. The dates are both included; None = open."""

    id: str = must(slug)
    title: str = must(text)
    summary: str = must(text)
    source: str = must(text)
    basis_url: str = may(url)
    local: str = may(text)
    valid_from: date | None = may(day, None)
    valid_to: date | None = may(day, None)

    def holds(self, on: date) -> bool:
        """Whether this version is in force on that day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, kw_only=True)
class Procedure(Version):
    """The way a matter goes, from being raised to its end."""

    sizes: tuple[Size, ...] = must(_sizes, "size")
    steps: tuple[Step, ...] = must(_steps, "step")

    def size(self, name: str) -> Size | None:
        """The class of that name (``大事``), or None."""
        return next((s for s in self.sizes if s.name == name), None)

    def step(self, name: str) -> Step | None:
        """The step of that name, or None."""
        return next((s for s in self.steps if s.name == name), None)

    def position(self, name: str) -> int:
        """The place of a step in order, from 0. Raises ``ValueError`` for a step it doesn't have."""
        return [s.name for s in self.steps].index(name)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The Chinese for a rule's figures. A test's key (``quorum_heads`` …) is the name of its word here."""

    unit: str = must(text)
    quorum_heads: str = must(text)
    quorum_share: str = must(text)
    majority_heads: str = must(text)
    majority_share: str = must(text)
    quorum_area: str = may(text)
    majority_area: str = may(text)


@dataclass(frozen=True, kw_only=True)
class Rule(Version):
    """When a meeting counts and when a motion is carried. ``notice_days``, ``publish_days``: calendar days."""

    counted_by: str = must(one_of(*COUNTED_BY))
    quorum: Threshold = must(_threshold)
    majority: Threshold = must(_threshold)
    words: Words = must(table(Words))
    demanded_by: str = may(text)
    notice_days: int | None = may(count, None)
    publish_days: int | None = may(count, None)

    def says(self, key: str) -> str:
        """The Chinese of a test key such as ``quorum_heads``. Raises ``AttributeError`` for a key it doesn't have."""
        return str(getattr(self.words, key))


@dataclass(frozen=True)
class Procedures:
    """All versions that loaded, by file name."""

    procedures: tuple[Procedure, ...] = ()
    rules: tuple[Rule, ...] = ()

    def procedure(self, id: str, on: date) -> Procedure | None:
        """The version in force on that day, or None."""
        return next((p for p in self.procedures if p.id == id and p.holds(on)), None)

    def rule(self, id: str, on: date) -> Rule | None:
        """The version in force on that day, or None."""
        return next((r for r in self.rules if r.id == id and r.holds(on)), None)


# --- reading a folder ---------------------------------------------------------------------------------------------


def load(folder: Path) -> tuple[Procedures, list[Problem]]:
    """Every version in the ``*.toml`` of a folder, and what is wrong; a file that is wrong is left out whole."""
    paths = sorted(p for p in folder.glob("*.toml") if p.is_file())
    if not paths:
        return Procedures(), [Problem("procedure-none", Place(file=_name(folder / "*.toml")))]
    read = [_read(path) for path in paths]
    _check_overlaps(_sound(read))
    sound = _sound(read)
    for item, at in sound:
        if isinstance(item, Procedure):
            _check_rules_exist(item, [p.stem for p in paths], at)
    procedures = tuple(i for i, _ in sound if isinstance(i, Procedure))
    rules = tuple(i for i, _ in sound if isinstance(i, Rule))
    return Procedures(procedures, rules), [fault for _, at in read for fault in at.faults]


def _name(path: Path) -> str:
    """A file as editors know it: ``records/procedures/liubu.toml``, wherever the records stand."""
    return "/".join(path.parts[-3:])


def _sound(read: Iterable[tuple[Procedure | Rule | None, At]]) -> list[tuple[Procedure | Rule, At]]:
    return [(item, at) for item, at in read if item and not at.faults]


def _read(path: Path) -> tuple[Procedure | Rule | None, At]:
    at = At(_name(path), {}, [])
    raw = parse(path.read_bytes(), at)
    if raw is None:
        return None, at
    match raw.pop("kind", ""):
        case "procedure":
            item: Procedure | Rule | None = fill(Procedure, raw, at)
        case "rule":
            item = fill(Rule, raw, at)
        case other:
            item = None
            (at / "kind").fault("toml-not-a-choice", other, choices="procedure、rule")
    if item:
        _check(item, path, at)
    return item, at


# --- checks of a whole version ------------------------------------------------------------------------------------


def _check(item: Procedure | Rule, path: Path, at: At) -> None:
    if not _names(path.stem, item.id):
        (at / "id").fault("procedure-file-name", item.id)
    if item.valid_from and item.valid_to and item.valid_to < item.valid_from:
        (at / "valid_to").fault("procedure-dates", item.valid_to, start=item.valid_from)
    if isinstance(item, Rule):
        _check_rule(item, at)


def _names(stem: str, id: str) -> bool:
    """A file is named after its id, or the id and the year it took effect: ``jumin.toml``, ``jumin-2026.toml``."""
    return re.fullmatch(rf"{re.escape(id)}(-\d{{4}})?", stem) is not None


def _check_rule(rule: Rule, at: At) -> None:
    if rule.quorum.of != "eligible":
        (at / "quorum").fault("procedure-quorum-of", rule.quorum.of)
    if rule.counted_by == "area_and_heads":
        for key in ("quorum_area", "majority_area"):
            if not rule.says(key):
                (at / "words").fault("toml-missing-key", key=key)


def _check_overlaps(read: list[tuple[Procedure | Rule, At]]) -> None:
    """Of two versions for one day neither can be trusted to be the one meant: both are left out."""
    for (a, at_a), (b, at_b) in combinations(read, 2):
        if type(a) is type(b) and a.id == b.id and _overlap(a, b):
            for at, other in ((at_a, at_b), (at_b, at_a)):
                (at / "id").fault("procedure-overlap", a.id, other=Path(other.file).name)


def _overlap(a: Version, b: Version) -> bool:
    starts = max(a.valid_from or date.min, b.valid_from or date.min)
    return starts <= min(a.valid_to or date.max, b.valid_to or date.max)


def _check_rules_exist(procedure: Procedure, stems: list[str], at: At) -> None:
    """A rule whose file is there but faulty is reported in that file, not once more here."""
    for n, step in enumerate(procedure.steps, 1):
        for rule in step.rules:
            if not any(_names(stem, rule) for stem in stems):
                (at / "step" / n / "rules").fault("procedure-unknown-rule", rule, withholds=False)
