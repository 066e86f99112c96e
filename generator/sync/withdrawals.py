"""What the volunteers take back: the tab 《撤下登记》. A line there counts as soon as it says which record it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import privacy
from ..columns import clean
from ..marks import Removed
from ..problems import Place, Problem, letters
from ..sheet import PublicRow, Sheet
from ..templating import words
from ..understand import Understood
from .gate import Arrived
from .names import Names

TAB = "withdrawals"
_APART = re.compile(r"[\s、,;；，|｜]+")


@dataclass(frozen=True)
class Withdrawal:
    """A record that the volunteers take back. ``reason``: never empty; ``place``: where they said so."""

    sheet: str
    id: str
    on: date
    reason: str
    place: Place = Place()


@dataclass(frozen=True)
class Known:
    """The records that may be meant: by sheet, ids as they are in small letters, and what they are called."""

    ids: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, Mapping[str, tuple[str, ...]]]


def known(
    sheets: Iterable[Sheet], stands: Mapping[str, Mapping[str, PublicRow]], arrived: Mapping[str, Arrived], gone: Iterable[Removed]
) -> Known:
    """All records that stand, have come in, or were removed before."""
    ids: dict[str, dict[str, str]] = {}
    labels: dict[str, dict[str, set[str]]] = {}
    for sheet in sheets:
        rows = list(stands.get(sheet.id, {}).values())
        rows += [s.row for s in (arrived[sheet.id].seen if sheet.id in arrived else ()) if s.row is not None]
        some = {r.id for r in rows} | {g.id for g in gone if g.sheet == sheet.id}
        some |= {s.id for s in (arrived[sheet.id].seen if sheet.id in arrived else ()) if s.id}
        ids[sheet.id] = {i.casefold(): i for i in some}
        called = next((c.name for c in sheet.published if not c.key and c.kind.name in ("text", "person")), "")
        for row in rows if called else ():
            label = getattr(row, called) or ""
            labels.setdefault(sheet.id, {}).setdefault(label, set()).add(row.id)
    return Known(ids, {s: {label: tuple(some) for label, some in found.items()} for s, found in labels.items()})


def withdrawals(
    understood: Understood, sheets: Mapping[str, Sheet], found: Known, before: Iterable[Removed], names: Names, today: date
) -> tuple[list[Withdrawal], list[Problem]]:
    """All that is taken back, and the lines of which nobody can tell what they mean.

    A line with a fault in its day or its reason counts nevertheless: what should not stand has to go at once. Without
    the tab, what was taken back once stays so.
    """
    table = understood.tables.get(TAB)
    if table is None or table.broken:
        kept = [Withdrawal(r.sheet, r.id, r.on, r.reason) for r in before if r.reason]
        return kept, ([Problem("withdrawals-gone", found=str(len(kept)), withholds=False)] if kept else [])
    lines = [(row.place, row.values, row.cells) for row in table.rows] + [(x.place, x.values, {}) for x in table.lost]
    made, problems = [], []
    for place, values, cells in sorted(lines, key=lambda line: (line[0].sheet, line[0].row)):
        if values:
            line = _Line(place, values, cells, table.sheet)
            mine, said = line.read(sheets, found, names, today)
            made += mine
            problems += said
    return made, problems


@dataclass
class _Line:
    place: Place
    values: Mapping[str, Any]
    cells: Mapping[str, int]
    sheet: Sheet

    def at(self, name: str) -> Place:
        cell = f"{letters(self.cells[name])}{self.place.row}" if name in self.cells else ""
        return Place(self.place.file, self.place.sheet, self.place.row, cell, self.sheet.column(name).title)

    def read(
        self, sheets: Mapping[str, Sheet], found: Known, names: Names, today: date
    ) -> tuple[list[Withdrawal], list[Problem]]:
        said = _plain(self.values.get("table"))
        meant = _sheet(said, sheets)
        if meant is None:
            titles = "、".join(s.title for s in sheets.values() if not s.stays)
            return [], [Problem("withdrawal-sheet", self.at("table"), privacy.hide(said), {"titles": titles})]
        record = _plain(self.values.get("record"))
        ids = _ids(record, found.ids.get(meant.id, {}), found.labels.get(meant.id, {}))
        if not ids:
            return [], [Problem("withdrawal-record", self.at("record"), _careful(record), {"title": meant.title})]
        reason, problems = self._reason(names)
        on = self.values.get("on")
        on = min(on, today) if isinstance(on, date) else today
        return [Withdrawal(meant.id, id, on, reason, self.place) for id in ids], problems

    def _reason(self, names: Names) -> tuple[str, list[Problem]]:
        """The reason as it may stand on the page; one that names somebody, or has a number in it, is not shown."""
        reason = " ".join(clean(str(self.values.get("reason") or "")).split())
        name = names.within(reason, names.masked) if reason else ""
        if name:
            shown = privacy.mask(name)
            problem = Problem("withdrawal-name", self.at("reason"), shown, {"masked": shown}, withholds=False)
            return words()["withdrawn"]["untold"], [problem]
        return (words()["withdrawn"]["untold"] if not reason or privacy.scan(reason) else reason), []


def _plain(value: Any) -> str:
    return unicodedata.normalize("NFKC", clean(str(value or ""))).strip("《》 ")


def _careful(record: str) -> str:
    """What was written for an id, for a message: it may be a name."""
    return privacy.hide(privacy.mask(record) if privacy.is_named(record) else record)


def _sheet(said: str, sheets: Mapping[str, Sheet]) -> Sheet | None:
    """The sheet that a name means: its title, its id, or so much of it that no other can be meant (议题, 公布数字表)."""
    some = [s for s in sheets.values() if not s.stays]
    for sheet in some:
        if said in (sheet.title, sheet.id):
            return sheet
    short = said.removesuffix("表")
    near = [s for s in some if short and (s.title.startswith(short) or short.startswith(s.title))]
    return near[0] if len(near) == 1 else None


def _ids(record: str, ids: Mapping[str, str], labels: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The records that a cell names: one id or several, an id with its label as the dropdown gives it, or a label alone."""
    if record.casefold() in ids:
        return [ids[record.casefold()]]
    found = [ids[part.casefold()] for part in _APART.split(record) if part.casefold() in ids]
    if found:
        return list(dict.fromkeys(found))
    return list(labels.get(record, ())) if len(labels.get(record, ())) == 1 else []
