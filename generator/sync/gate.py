"""Full rows go through the gate: what comes out are public rows in the order of the volunteers' sheet, and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import privacy
from ..columns import ID
from ..problems import Place, Problem, letters
from ..sheet import PublicRow, Sheet
from ..understand import FullRow, Table, Understood
from .names import Names, texts


@dataclass(frozen=True)
class Seen:
    """One row of the volunteers' sheet: a public row, or (None) one that is withheld for a problem of its own.

    ``says``: what it says of its names (:func:`~..privacy.released`). ``absent``: the columns that the tab has not.
    """

    place: Place
    id: str
    row: PublicRow | None
    refers: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arrived:
    """A sheet as it came in. ``unsure``: rows may be there that were not read, of a broken tab or hidden ones.

    ``where``: the file and the tab, for messages.
    """

    sheet: Sheet
    seen: tuple[Seen, ...]
    unsure: bool = False
    broken: bool = False
    where: tuple[str, str] = ("", "")

    @property
    def leaves_unsure(self) -> bool:
        """Whether a row that is not here may be in the sheet nevertheless."""
        return self.unsure or any(not s.id for s in self.seen)


def arrived(understood: Understood, community: str, names: Names) -> tuple[dict[str, Arrived], list[Problem]]:
    """The sheets that may be published, through the gate; and the problems of rows that name somebody in a text."""
    found, problems = {}, []
    for table in understood.tables.values():
        if table.sheet.stays:
            continue
        told = dict(_telling(table, names)) if names.masked or names.rooms or table.sheet.masked else {}
        problems += [p for ps in told.values() for p in ps]
        seen = tuple(_in_order(table, community, told))
        where = (seen[0].place.file if seen else "", table.tabs[0] if table.tabs else table.sheet.title)
        unsure = table.broken or table.hides
        found[table.sheet.id] = Arrived(table.sheet, seen, unsure, table.broken, where)
    return found, problems


def cell(row: FullRow, name: str) -> Place:
    """Where a full row's column stands, as its editor sees it."""
    title = row.sheet.column(name).title
    at = f"{letters(row.cells[name])}{row.place.row}" if name in row.cells else ""
    return Place(row.place.file, row.place.sheet, row.place.row, at, title)


def as_it_stands(rows: Mapping[str, PublicRow], sheet: Sheet) -> Arrived:
    """Rows that stand published, as if they had just come in: what they name is released."""
    seen = (Seen(r.place, r.id, r, {}, {n: getattr(r, n) for n in (*sheet.masked, *sheet.agreed)}) for r in rows.values())
    return Arrived(sheet, tuple(seen))


def taken(rows: Mapping[str, PublicRow], left: Arrived) -> Iterator[Seen]:
    """The rows that stand and may not any more, as withheld ones."""
    there = {s.id for s in left.seen}
    for row in rows.values():
        if row.id not in there:
            yield Seen(row.place, row.id, None)


def _in_order(table: Table, community: str, told: Mapping[Place, Any]) -> Iterator[Seen]:
    of = community if table.sheet.per_community else ""
    tabs = {title: n for n, title in enumerate(table.tabs)}
    seen = [_seen(row, of, told) for row in table.rows]
    seen += [
        Seen(lost.place, _safe(lost.id), None, _named(table.sheet, lost.refers), lost.says) for lost in table.lost
    ]
    yield from sorted(seen, key=lambda s: (tabs.get(s.place.sheet, 0), s.place.row))


def _named(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, str]:
    """The ids that a withheld row gives in its reference columns, as far as they may be written down: not of somebody who is
    named by consent alone.
    """
    said = ((c.name, values.get(c.name)) for c in sheet.references if c.name not in sheet.agreed)
    return {name: id for name, id in said if isinstance(id, str) and ID.fullmatch(id) and _safe(id)}


def _safe(id: str) -> str:
    """An id as it may be written down; "" for a telephone number that stands where an id should."""
    return "" if privacy.scan(id) else id


def _seen(row: FullRow, community: str, told: Mapping[Place, Any]) -> Seen:
    id, says = row.values["id"], privacy.released(row.sheet, row.values)
    if row.place in told:
        return Seen(row.place, id, None, _named(row.sheet, row.values), says)
    absent = frozenset(row.sheet.names).difference(row.cells)
    made = privacy.publish(row.sheet, community, row.place, row.values, row.cells)
    return Seen(row.place, id, made, {}, says, absent)


def _telling(table: Table, names: Names) -> Iterator[tuple[Place, list[Problem]]]:
    """Rows of which a public text names a person who may not be named: to be withheld, with what to say."""
    columns, places = texts(table.sheet), names.places
    for row in table.rows:
        own, released = names.about(row.sheet, str(row.values["id"]), row.values)
        problems = list(_doubts(row, places))
        for column in columns:
            value = row.values.get(column.name)
            name = names.within(value, own, released) if isinstance(value, str) else ""
            room = names.rooms.within(value) if isinstance(value, str) else ""
            if name:
                found = privacy.mask(name)
                problems.append(Problem("name-in-text", cell(row, column.name), found, {"masked": found}))
            elif room:
                problems.append(Problem("private-room", cell(row, column.name), room[:2] + "…"))
        if problems:
            yield row.place, problems


def _doubts(row: FullRow, places: frozenset[str]) -> Iterator[Problem]:
    """Name cells of which nobody can tell whether a name stands in them that may not be shown."""
    for name, consent in row.sheet.masked.items():
        value = row.values.get(name)
        if isinstance(value, str) and row.values.get(consent) not in privacy.OPEN:
            doubt = privacy.doubtful(privacy.mask(value), places)
            if doubt:
                shown = doubt[0][0] + "*" * (len(doubt[0]) - 1)
                yield Problem("name-unclear", cell(row, name), shown, {"consent": row.sheet.column(consent).title})


def editors(understood: Understood, sheets: Mapping[str, Sheet]) -> dict[str, str]:
    """Sheet title → who fills it in, from 《填表分工》: for the coordinator alone, never for the site."""
    table = understood.tables.get("editors")
    titles = {name: s.title for s in sheets.values() for name in (s.title, s.id)}
    found: dict[str, str] = {}
    for row in table.rows if table else ():
        said = str(row.values.get("table") or "").strip("《》 ")
        if said in titles and row.values.get("name"):
            found[titles[said]] = str(row.values["name"])
    return found
