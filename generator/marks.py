"""What ``sync`` notes beside the rows: what it did not take as written, and what is no longer published.

Two small files a community, ``withheld.csv`` and ``removed.csv``, written by ``sync`` alone and read strictly: a line that
is not plainly a mark is told of and passed over, and so is one that the rows themselves gainsay.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from . import privacy
from .columns import ID, clean, without_shape
from .problems import Place, Problem, letters
from .records import Held, Removed
from .sheet import Sheet
from .sheets import discover

__all__ = ["HELD", "REMOVED", "Held", "Removed", "agree", "read", "read_held", "read_removed", "write_held", "write_removed"]

HELD, REMOVED = "withheld.csv", "removed.csv"
_HELD_HEADER = ("表", "编号", "自", "保留", "行数", "关于")
_REMOVED_HEADER = ("表", "编号", "撤下日期", "原因")
_ROWS = re.compile("[1-9][0-9]{0,5}")


# --- writing -------------------------------------------------------------------------------------------------------


def write_held(marks: Iterable[Held]) -> bytes:
    """The file of a community's held rows, one line an id; rows whose id could not be made out, one line for all that
    are about the same.

    Several marks of one id become one: of the first day, of all their rows, kept if any is, about what all are about.
    """
    lines: dict[tuple[str, str, str], Held] = {}
    for mark in map(_cleared, marks):
        at = (mark.sheet, mark.id, "" if mark.id else _about(mark))
        before = lines.get(at)
        lines[at] = _together(before, mark) if before else mark
    said = (
        (m.sheet, m.id, m.since.isoformat(), "是" if m.kept else "否", str(m.rows), _about(m))
        for _, m in sorted(lines.items(), key=_key)
    )
    return _write(_HELD_HEADER, said)


def _cleared(mark: Held) -> Held:
    """A mark without what nobody has checked: of a row that was never public, an id may be anything, a telephone number."""
    if mark.kept:
        return replace(mark, refers={})
    id = mark.id if _is_id(mark.id) else ""
    return replace(mark, id=id, refers={name: to for name, to in mark.refers.items() if _is_id(to)})


def _is_id(text: str) -> bool:
    return ID.fullmatch(text) is not None and not privacy.scan(text)


def _together(one: Held, other: Held) -> Held:
    """Two marks of one id as one; what only one of them is about cannot be said of both."""
    return replace(
        one,
        since=min(one.since, other.since),
        kept=one.kept or other.kept,
        rows=one.rows + other.rows,
        refers=dict(sorted(one.refers.items() & other.refers.items())),
    )


def _about(mark: Held) -> str:
    """What an absent row is about, by the titles of its columns: ``议题:DS-2026-014 会议:M-2026-03``."""
    sheet = discover()[mark.sheet]
    return " ".join(f"{sheet.column(name).title}:{id}" for name, id in sorted(mark.refers.items()))


def write_removed(marks: Iterable[Removed]) -> bytes:
    """The file of a community's removed rows, one line an id; of a row that was removed twice, the last time."""
    lines: dict[tuple[str, str], Removed] = {}
    for mark in marks:
        before = lines.get((mark.sheet, mark.id))
        if before is None or (before.on, before.reason) < (mark.on, mark.reason):
            lines[mark.sheet, mark.id] = mark
    said = ((m.sheet, m.id, m.on.isoformat(), _one_line(m.reason)) for _, m in sorted(lines.items(), key=_key))
    return _write(_REMOVED_HEADER, said)


def _key(line: tuple[tuple[str, ...], Any]) -> tuple[str, ...]:
    return line[0]


def _write(header: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *lines])
    return out.getvalue().encode("utf-8")


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


# --- reading -------------------------------------------------------------------------------------------------------


@dataclass
class _File:
    """One file being read: its problems, and the ids that it has named so far."""

    community: str
    file: str
    header: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    named: set[tuple[str, str, str]] = field(default_factory=set)

    def fault(self, code: str, row: int, title: str = "", found: str = "", **params: Any) -> None:
        at = self.header.index(title) if title else None
        cell = f"{letters(at)}{row}" if at is not None else ""
        self.problems.append(
            Problem(code, Place(self.file, "", row, cell, title), privacy.hide(found), params, withholds=False)
        )

    def lines(self, raw: bytes) -> Iterator[tuple[int, list[str]]]:
        """The lines that have as many cells as the header, numbered as an editor sees them."""
        try:
            found = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
        except (UnicodeDecodeError, csv.Error):
            self.fault("mark-file", 0)
            return
        if not found or tuple(clean(t) for t in found[0]) != self.header:
            self.fault("mark-header", 1, titles=",".join(self.header))
            return
        for row, cells in enumerate(found[1:], start=2):
            if len(cells) == len(self.header):
                yield row, [clean(c) for c in cells]
            elif any(clean(c) for c in cells):
                self.fault("mark-line", row, has=len(cells), want=len(self.header))

    def names(self, row: int, sheet: str, id: str, about: str | None = None) -> bool:
        """Whether a line names a row that there can be, for the first time in this file.

        ``about``: what a row without an id is known by; None where there is no row without one.
        """
        sheets = _marked(self.community)
        before, key = len(self.problems), "" if id else about or ""
        if sheet not in sheets:
            self.fault("mark-sheet", row, "表", sheet, names="、".join(sheets))
        elif not _is_id(id) and (id or about is None):
            self.fault("mark-id", row, "编号", id)
        elif (sheet, id, key) in self.named:
            self.fault("mark-twice", row, "编号", id or sheet)
        self.named.add((sheet, id, key))
        return len(self.problems) == before

    def day(self, row: int, title: str, cell: str) -> date | None:
        """The day of a cell, written as ``write_held`` writes it."""
        try:
            found = date.fromisoformat(cell)
        except ValueError:
            found = None
        if found is None or found.isoformat() != cell or not 1949 <= found.year <= 2100:
            self.fault("mark-day", row, title, cell)
            return None
        return found


def _marked(community: str) -> dict[str, Sheet]:
    """The sheets whose rows may be marked: those that ``records/`` has in that folder."""
    return {s.id: s for s in discover().values() if not s.stays and s.per_community == bool(community)}


def read_held(raw: bytes, community: str, file: str) -> tuple[list[Held], list[Problem]]:
    """A ``withheld.csv`` → its marks and what is wrong with it; ``community`` is empty for the district's own."""
    of = _File(community, file, _HELD_HEADER)
    marks = []
    for row, (sheet, id, since, kept, rows, about) in of.lines(raw):
        sound = of.names(row, sheet, id, about)
        day = of.day(row, "自", since)
        if kept not in ("是", "否") or (kept == "是" and not id):
            of.fault("mark-kept", row, "保留", kept)
        elif not _ROWS.fullmatch(rows):
            of.fault("mark-rows", row, "行数", rows)
        elif (named := _named(sheet, about) if sound else {}) is None:
            of.fault("mark-about", row, "关于", about)
        elif sound and day:
            marks.append(Held(community, sheet, id, day, kept == "是", int(rows), named, Place(file, "", row)))
    return marks, of.problems


def _named(sheet: str, about: str) -> dict[str, str] | None:
    """What :func:`_about` wrote; None for anything else."""
    titles = {c.title: c.name for c in discover()[sheet].references}
    named = {}
    for title, colon, id in (said.partition(":") for said in about.split()):
        if title not in titles or not colon or not _is_id(id):
            return None
        named[titles[title]] = id
    return named


def read_removed(raw: bytes, community: str, file: str) -> tuple[list[Removed], list[Problem]]:
    """A ``removed.csv`` → its marks and what is wrong with it. A reason that may not be shown is left out, not the mark."""
    of = _File(community, file, _REMOVED_HEADER)
    marks = []
    for row, (sheet, id, on, reason) in of.lines(raw):
        sound = of.names(row, sheet, id)
        day = of.day(row, "撤下日期", on)
        reason = _one_line(reason)
        if privacy.scan(reason) or without_shape(reason):
            of.fault("mark-reason", row, "原因", reason)
            reason = ""
        if sound and day:
            marks.append(Removed(community, sheet, id, day, reason, Place(file, "", row)))
    return marks, of.problems


# --- marks and rows ------------------------------------------------------------------------------------------------


def agree(
    held: Iterable[Held], removed: Iterable[Removed], standing: Collection[tuple[str, str, str]]
) -> tuple[list[Held], list[Removed], list[Problem]]:
    """The marks that the rows bear out, and a problem for each that they do not.

    ``standing``: (community, sheet, id) of every row in ``records/``, good or not; the id is empty for a row whose id
    cannot be made out, which may be any. A last good version that is gone is held without one; a row that stands is
    neither absent nor removed.
    """
    problems: list[Problem] = []
    known, there = set(standing), []
    for mark in held:
        at, unclear = (mark.community, mark.sheet, mark.id), (mark.community, mark.sheet, "") in known
        if mark.kept and at not in known and not unclear:
            problems.append(_gainsaid("mark-row-missing", mark))
            there.append(replace(mark, kept=False))
        elif not mark.kept and mark.id and at in known:
            problems.append(_gainsaid("mark-row-there", mark))
        else:
            there.append(mark)
    gone = []
    for lost in removed:
        if (lost.community, lost.sheet, lost.id) in known:
            problems.append(_gainsaid("mark-not-removed", lost))
        else:
            gone.append(lost)
    return there, gone, problems


def read(
    folders: Iterable[tuple[str, Path, str]], standing: Collection[tuple[str, str, str]]
) -> tuple[tuple[Held, ...], tuple[Removed, ...], list[Problem]]:
    """The marks of some folders (community, where it is, what messages call it) that their rows bear out."""
    held: list[Held] = []
    removed: list[Removed] = []
    problems: list[Problem] = []
    for community, folder, name in folders:
        if (path := folder / HELD).exists():
            found, wrong = read_held(path.read_bytes(), community, f"{name}/{HELD}")
            held, problems = held + found, problems + wrong
        if (path := folder / REMOVED).exists():
            gone, wrong = read_removed(path.read_bytes(), community, f"{name}/{REMOVED}")
            removed, problems = removed + gone, problems + wrong
    held, removed, wrong = agree(held, removed, standing)
    return tuple(held), tuple(removed), problems + wrong


def _gainsaid(code: str, mark: Held | Removed) -> Problem:
    place = replace(mark.place, cell=f"{letters(1)}{mark.place.row}", column="编号")
    return Problem(code, place, mark.id, {"sheet": f"{mark.sheet}.csv"}, withholds=False)
