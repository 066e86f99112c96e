"""Full rows go through the gate: what comes out are public rows in the order of the volunteers' sheet, and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from .. import privacy
from ..columns import ID, MASKED, PUBLIC
from ..problems import Place, Problem, letters
from ..sheet import PublicRow, Sheet
from ..understand import FullRow, Table, Understood


@dataclass(frozen=True)
class Seen:
    """One row of the volunteers' sheet: a public row, or (None) one that is withheld for a problem of its own.

    ``shown``: the names that may be shown whole according to it.
    """

    place: Place
    id: str
    row: PublicRow | None
    refers: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Arrived:
    """A sheet as it came in. ``unsure``: rows may be there that were not read, of a broken tab or hidden ones."""

    sheet: Sheet
    seen: tuple[Seen, ...]
    unsure: bool = False


@dataclass(frozen=True)
class Withdrawal:
    """A record that the volunteers take back, from the tab 《撤下登记》."""

    sheet: str
    id: str
    on: date | None
    reason: str


def arrived(understood: Understood, community: str) -> tuple[dict[str, Arrived], list[Problem]]:
    """The sheets that may be published, through the gate; and the problems of rows that name somebody in a text."""
    names = _Names(understood)
    found, problems = {}, []
    for table in understood.tables.values():
        if table.sheet.stays:
            continue
        told = dict(_telling(table, names)) if names.masked else {}
        problems += [p for ps in told.values() for p in ps]
        found[table.sheet.id] = Arrived(table.sheet, tuple(_in_order(table, community, told)), table.broken or table.hides)
    return found, problems


def cell(row: FullRow, name: str) -> Place:
    """Where a full row's column stands, as its editor sees it."""
    title = row.sheet.column(name).title
    at = f"{letters(row.cells[name])}{row.place.row}" if name in row.cells else ""
    return Place(row.place.file, row.place.sheet, row.place.row, at, title)


def _in_order(table: Table, community: str, told: Mapping[Place, Any]) -> Iterator[Seen]:
    of = community if table.sheet.per_community else ""
    tabs = {title: n for n, title in enumerate(table.tabs)}
    seen = [_seen(row, of, told) for row in table.rows]
    seen += [
        Seen(lost.place, _safe(lost.id), None, _named(table.sheet, lost.refers), lost.shown) for lost in table.lost
    ]
    yield from sorted(seen, key=lambda s: (tabs.get(s.place.sheet, 0), s.place.row))


def _named(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, str]:
    """The ids that a withheld row gives in its reference columns, as far as they may be written down."""
    said = ((c.name, values.get(c.name)) for c in sheet.references)
    return {name: id for name, id in said if isinstance(id, str) and ID.fullmatch(id) and _safe(id)}


def _safe(id: str) -> str:
    """An id as it may be written down; "" for a telephone number that stands where an id should."""
    return "" if privacy.scan(id) else id


def _seen(row: FullRow, community: str, told: Mapping[Place, Any]) -> Seen:
    id = row.values["id"]
    if row.place in told:
        return Seen(row.place, id, None, _named(row.sheet, row.values), privacy.open_names(row.sheet, row.values))
    shown = privacy.open_names(row.sheet, row.values)
    return Seen(row.place, id, privacy.publish(row.sheet, community, row.place, row.values, row.cells), {}, shown)


class _Names:
    """Whole names that may not be shown: of masked columns without a basis, and of private columns.

    Who is named somewhere by virtue of office or consent is no secret.
    """

    def __init__(self, understood: Understood) -> None:
        shown, masked = set[str](), set[str]()
        for table in understood.tables.values():
            for row in table.rows:
                for name, openly in _people(row):
                    (shown if openly else masked).add(name)
        self.masked = masked - shown

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first three characters of every name of three or more, to look for first."""
        return frozenset(n[:3] for n in self.masked if len(n) > 2)

    @cached_property
    def like_a_start(self) -> re.Pattern[str]:
        """Finds, at every place of a text, three characters that names have in these places."""
        first, second, third = ("".join(map(re.escape, sorted(set(some)))) for some in zip(*self.starts, strict=True))
        return re.compile(f"(?=([{first}][{second}][{third}]))")

    def within(self, text: str, own: Iterable[str]) -> str:
        """The first such name in a text, or "". Names of two characters (高兴, 安全) only where the row itself has them."""
        for name in own:
            if name in self.masked and name in text:
                return name
        for found in self.like_a_start.finditer(text) if self.starts else ():
            if found[1] in self.starts:
                for name in self.masked:
                    if len(name) > 2 and text.startswith(name, found.start()):
                        return name
        return ""


def _people(row: FullRow) -> Iterator[tuple[str, bool]]:
    """Every whole personal name in a row's name columns, and whether it may be shown."""
    for column in row.sheet.columns:
        if column.kind.name != "person":
            continue
        value = row.values.get(column.name)
        if isinstance(value, str) and value:
            openly = column.privacy == PUBLIC
            if column.privacy == MASKED:
                openly = row.values.get(row.sheet.masked.get(column.name, "")) in privacy.OPEN
            for name in privacy.whole_names(value):
                yield name, openly


def _telling(table: Table, names: _Names) -> Iterator[tuple[Place, list[Problem]]]:
    """Rows of which a public text names a person who may not be named: to be withheld, with what to say."""
    texts = [c for c in table.sheet.columns if c.privacy == PUBLIC and c.kind.name in ("text", "long")]
    for row in table.rows:
        own = [name for name, _ in _people(row)]
        problems = []
        for column in texts:
            value = row.values.get(column.name)
            name = names.within(value, own) if isinstance(value, str) else ""
            if name:
                found = privacy.mask(name)
                problems.append(Problem("name-in-text", cell(row, column.name), found, {"masked": found}))
        if problems:
            yield row.place, problems


def withdrawals(understood: Understood, sheets: Mapping[str, Sheet]) -> tuple[list[Withdrawal], list[Problem]]:
    """What 《撤下登记》 takes back. A sheet it names that there is not is a problem; a reason that names somebody is not
    shown, and the record goes nevertheless.
    """
    names = _Names(understood)
    table = understood.tables.get("withdrawals")
    ids = {name: s.id for s in sheets.values() if not s.stays for name in (s.title, s.id)}
    found, problems = [], []
    for row in table.rows if table else ():
        said = str(row.values.get("table") or "").strip("《》 ")
        if said not in ids:
            titles = "、".join(s.title for s in sheets.values() if not s.stays)
            problems.append(Problem("withdrawal-sheet", cell(row, "table"), privacy.hide(said), {"titles": titles}, withholds=False))
            continue
        reason = row.values.get("reason") or ""
        if name := names.within(reason, ()):
            shown = privacy.mask(name)
            problems.append(Problem("name-in-text", cell(row, "reason"), shown, {"masked": shown}, withholds=False))
            reason = ""
        found.append(Withdrawal(ids[said], str(row.values["record"]), row.values.get("on"), reason))
    return found, problems


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
