"""Reads ``records/``: every CSV into typed public rows, every mistake into a problem that names its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any

from . import counting, marks, privacy
from .columns import ID, MASKED, Bad, Column, clean, without_shape
from .declared import At, day, parse, texts
from .problems import Place, Problem, letters
from .records import District, Records, Withheld, refers
from .sheet import PublicRow, Sheet
from .sheets import discover

csv.field_size_limit(4 * 1024 * 1024)

_UNREAD = object()


@dataclass
class Reading:
    """What came of reading: the records and everything that is wrong with the files."""

    records: Records
    problems: list[Problem]


def _decode(raw: bytes, place: Place, sheet: Sheet, problems: list[Problem]) -> str | None:
    """The text of a file; None, and a problem, when it has none that is sure."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problems.append(Problem("file-encoding", place, params={"seems": "UTF-16"}))
    elif b"\0" in raw or raw[:4] in (b"PK\3\4", b"\xd0\xcf\x11\xe0"):
        problems.append(Problem("file-not-text", place))
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.append(_undecoded(raw, error.start, place, sheet))
        else:
            if text.strip(" \t\r\n,"):
                return text
            problems.append(Problem("file-empty", place))
    return None


def _undecoded(raw: bytes, start: int, place: Place, sheet: Sheet) -> Problem:
    if any(c.title in (_gb(raw) or "").partition("\n")[0] for c in sheet.published):
        return Problem("file-encoding", place, params={"seems": "GB18030(GBK)"})
    return Problem("file-bytes", replace(place, row=raw.count(b"\n", 0, start) + 1))


def _gb(raw: bytes) -> str | None:
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _lenient(raw: bytes) -> str:
    """What a file says that cannot be published as it is: good enough to know which rows it had."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return _gb(raw) or raw.decode("utf-8-sig", "replace").replace("\0", "")


def _lines(text: str, place: Place, problems: list[Problem]) -> tuple[list[list[str]], str]:
    """The rows of a text, and the rest of it from the row on where the quotes go wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[list[str]] = []
    read = 0
    try:
        for line in reader:
            lines.append(line)
            read = reader.line_num
    except csv.Error:
        problems.append(Problem("file-quotes", replace(place, row=len(lines) + 1)))
        return lines, "".join(io.StringIO(text).readlines()[read:])
    return lines, ""


def _lost(lines: list[list[str]], sheet: Sheet, community: str, place: Place, start: int = 2) -> list[Withheld]:
    """The rows of a file that cannot be published, by their ids as far as these can be made out; one at least."""
    titles = [clean(t) for t in lines[0]] if lines else []
    key = titles.index(sheet.key.title) if sheet.key.title in titles else None
    lost = []
    for number, cells in _filled(lines[1:], start):
        id = clean(cells[key]) if key is not None and key < len(cells) else ""
        lost.append(Withheld(community, sheet.id, id if ID.fullmatch(id) else "", replace(place, row=number)))
    return lost or [Withheld(community, sheet.id, "", place)]


@dataclass
class _Table:
    """One file being read: its header resolved, its rows and problems gathered."""

    sheet: Sheet
    community: str
    file: str
    problems: list[Problem]
    columns: list[Column | None] = field(default_factory=list)
    rows: list[PublicRow] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    _good: list[dict[str, Any]] = field(default_factory=list)

    def place(self, row: int, index: int | None = None) -> Place:
        cell = f"{letters(index)}{row}" if index is not None else ""
        column = self.columns[index] if index is not None and index < len(self.columns) else None
        return Place(self.file, self.sheet.title, row, cell, column.title if column else "")

    def header(self, titles: list[str]) -> bool:
        """Match the header with the declaration; False when a required column is missing."""
        known = {c.title: c for c in self.sheet.columns}
        seen: set[str] = set()
        for i, title in enumerate(titles):
            self.columns.append(None)
            if not title:
                continue
            if title in seen:
                self._heading("column-twice", i, title)
            elif title not in known:
                self._heading("column-unknown", i, title)
            elif not known[title].published:
                self._heading("column-private", i, title)
            else:
                self.columns[i] = known[title]
            seen.add(title)
        self._good = [{} for _ in self.columns]
        if not any(self.columns):
            self.problems[:] = [Problem("header-missing", self.place(1), params={"first": self.sheet.key.title})]
            return False
        return self._complete(seen)

    def _heading(self, code: str, index: int, title: str) -> None:
        self.problems.append(Problem(code, self.place(1, index), privacy.hide(title), withholds=False))

    def _complete(self, seen: set[str]) -> bool:
        missing = [c for c in self.sheet.published if c.title not in seen]
        for c in (c for c in missing if not c.spare):
            code = "column-missing" if c.required else "column-missing-optional"
            self.problems.append(Problem(code, self.place(1), c.title, withholds=c.required))
        return not any(c.required for c in missing)

    def untitled(self, titles: list[str], rows: list[tuple[int, list[str]]]) -> None:
        """Say so where cells stand under no title; a wholly empty column is none."""
        for i, title in enumerate(titles):
            if not title and any(i < len(cells) and cells[i].strip() for _, cells in rows):
                self.problems.append(Problem("column-untitled", self.place(1, i), withholds=False))

    @cached_property
    def cells(self) -> dict[str, int]:
        """Where each column stands in this file."""
        return {c.name: i for i, c in enumerate(self.columns) if c is not None}

    @cached_property
    def _masked(self) -> list[tuple[int, Column]]:
        return [(i, c) for i, c in enumerate(self.columns) if c is not None and c.privacy == MASKED]

    def line(self, number: int, cells: list[str]) -> None:
        """Read one row; whatever is wrong with it is told, and then it is withheld. What was in order once in a column is
        not read again there.
        """
        before = len(self.problems)
        values: dict[str, Any] = {}
        want = len(self.columns)
        if len(cells) < want or (len(cells) > want and any(c.strip() for c in cells[want:])):
            self._ragged(number, cells)
            return
        known = [*map(dict.get, self._good, cells, repeat(_UNREAD))]
        for i, (column, value) in enumerate(zip(self.columns, known, strict=True)):
            if column is not None:
                values[column.name] = self._value(number, i, column, cells[i]) if value is _UNREAD else value
        bad = any(p.withholds for p in self.problems[before:])
        if bad:
            self._withhold(number, values)
        else:
            self._named(number, values)
            self.rows.append(privacy.publish(self.sheet, self.community, self.place(number), values, self.cells))

    def _value(self, number: int, index: int, column: Column, raw: str) -> Any:
        before = len(self.problems)
        value = self._cell(number, index, column, raw)
        if len(self.problems) == before:
            self._good[index][raw] = value
        return value

    def _cell(self, number: int, index: int, column: Column, raw: str) -> Any:
        cell = clean(raw)
        if not cell:
            if column.required:
                self.problems.append(Problem(_empty(column), self.place(number, index), params=_hint(column)))
            return None
        private = privacy.scan(cell)
        for finding in private:
            place = self.place(number, index)
            self.problems.append(Problem(f"private-{finding.what}", place, _hidden(finding.text)))
        if without_shape(cell):
            self.problems.append(Problem("text-without-shape", self.place(number, index), privacy.hide(cell)))
        try:
            value = column.kind.read(cell)
            return None if private else value
        except Bad as bad:
            params = {**_hint(column), **bad.params}
            self.problems.append(Problem(bad.code, self.place(number, index), privacy.hide(cell), params))
            return None

    def _named(self, number: int, values: Mapping[str, Any]) -> None:
        """Say so when a whole name stands here without office or consent (the site shows it masked)."""
        for i, column in self._masked:
            value = values.get(column.name)
            if value and values.get(self.sheet.masked[column.name]) not in privacy.OPEN and privacy.is_named(value):
                params = {"masked": privacy.mask(value), "consent": column.consent}
                self.problems.append(
                    Problem("name-unmasked", self.place(number, i), privacy.mask(value), params, withholds=False)
                )

    def _ragged(self, number: int, cells: list[str]) -> None:
        params = {"has": len(cells), "want": len(self.columns)}
        self.problems.append(Problem("row-ragged", self.place(number), params=params))
        self._withhold(number, {c.name: clean(raw) for c, raw in zip(self.columns, cells, strict=False) if c})

    def _withhold(self, number: int, values: Mapping[str, Any]) -> None:
        named = refers(self.sheet, values)
        id = values.get("id")
        id = id if isinstance(id, str) and ID.fullmatch(id) else ""
        self.withheld.append(Withheld(self.community, self.sheet.id, id, self.place(number), named))

    def single(self) -> dict[str, PublicRow]:
        """The rows by id; rows that share an id are all withheld, for nobody can tell which is meant."""
        places: dict[str, list[int]] = {}
        for id, place in [*((r.id, r.place) for r in self.rows), *((w.id, w.place) for w in self.withheld if w.id)]:
            places.setdefault(id, []).append(place.row)
        index = next(i for i, c in enumerate(self.columns) if c is not None and c.key)
        for id, numbers in places.items():
            for number in sorted(numbers) if len(numbers) > 1 else ():
                others = "、".join(str(n) for n in sorted(numbers) if n != number)
                self.problems.append(Problem("id-twice", self.place(number, index), id, {"others": others}))
        twins = [r for r in self.rows if len(places[r.id]) > 1]
        for row in twins:
            named = refers(self.sheet, row.as_dict())
            self.withheld.append(Withheld(self.community, self.sheet.id, row.id, row.place, named))
        return {r.id: r for r in self.rows if len(places[r.id]) == 1}


def _hint(column: Column) -> dict[str, Any]:
    choices = "、".join(column.kind.choices)
    return {"example": column.example or column.kind.example, "kind": column.kind.title, "choices": choices}


def _empty(column: Column) -> str:
    """Which message an empty cell gets: with the choices, with an example, or with neither."""
    if column.kind.choices:
        return "cell-empty-choice"
    return "cell-empty" if column.example or column.kind.example else "cell-empty-text"


def _hidden(found: str) -> str:
    """A private number as a message may show it: never whole."""
    return found[:2] + "…"


def read_table(
    raw: bytes, sheet: Sheet, community: str, file: str
) -> tuple[dict[str, PublicRow], list[Withheld], list[Problem]]:
    """One file's bytes → its good rows by id, its withheld rows, its problems."""
    problems: list[Problem] = []
    place = Place(file, sheet.title)
    text = _decode(raw, place, sheet, problems)
    if text is None:
        return {}, _lost(list(csv.reader(io.StringIO(_lenient(raw), newline=""))), sheet, community, place), problems
    lines, rest = _lines(text, place, problems)
    table = _Table(sheet, community, file, problems)
    if rest:
        broken = list(csv.reader(io.StringIO(rest), quoting=csv.QUOTE_NONE))
        table.withheld += _lost([*lines[:1], *broken], sheet, community, place, start=len(lines) + 1)
    if not lines:
        return {}, table.withheld, problems
    titles = [clean(t).replace("\n", "") for t in lines[0]]
    rows = list(_filled(lines[1:]))
    if not table.header(titles):
        return {}, [*table.withheld, *_lost(lines, sheet, community, place)], problems
    table.untitled(titles, rows)
    for number, cells in rows:
        table.line(number, cells)
    return table.single(), table.withheld, problems


def _filled(lines: list[list[str]], start: int = 2) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines, start=start):
        if any(c.strip() for c in cells):
            yield number, cells


def read_district(folder: Path) -> tuple[District, list[Problem]]:
    """``district.toml``; its absence is allowed (a folder of CSV alone can be checked)."""
    path = folder / "district.toml"
    if not path.exists():
        return District(name="社区"), []
    at = At(_name(folder, path), {}, [])
    said = parse(path.read_bytes(), at)
    if said is None:
        return District(name="社区"), at.faults
    plain = {k: said[k] for k in ("name", "code", "title", "notice", "city") if isinstance(said.get(k), str)}
    today = day(said["today"], at / "today") if "today" in said else None
    order = texts(said.get("communities", []), at / "communities")
    papers = said.get("notices", {})
    fonts = texts(papers.get("fonts", []), at / "notices" / "fonts") if isinstance(papers, dict) else ()
    return District(**{"name": "社区", **plain}, today=today, order=order, fonts=fonts), at.faults


def _name(folder: Path, path: Path) -> str:
    return (Path(folder.name) / path.relative_to(folder)).as_posix()


def _folders(folder: Path, only: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """The district's own folder, under no name, and those of its communities."""
    yield "", folder
    for sub in sorted(p for p in folder.iterdir() if p.is_dir() and p.name != "procedures" and p.name[0] != "."):
        if not only or sub.name in only:
            yield sub.name, sub


def _files(folder: Path, sheets: Mapping[str, Sheet], only: tuple[str, ...]) -> Iterator[tuple[str, Sheet, Path]]:
    for community, sub in _folders(folder, only):
        for s in sheets.values():
            if s.per_community == bool(community):
                yield community, s, sub / f"{s.id}.csv"


def _strays(folder: Path, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """Files that no sheet is called after: their rows would be lost in silence."""
    for path in sorted(folder.rglob("*.csv")):
        depth = len(path.relative_to(folder).parts)
        s = sheets.get(path.stem)
        if path.parent.name == "files" or (s and depth == (2 if s.per_community else 1)):
            continue
        if path.name in (marks.HELD, marks.REMOVED) and depth <= 2:
            continue
        if s and s.stays:
            yield _private(s, _name(folder, path))
            continue
        names = "、".join(sorted(f"{x.id}.csv({x.title})" for x in sheets.values() if not x.stays))
        shown = path.with_name(privacy.hide(path.name)) if privacy.scan(path.name) else path
        yield Problem("file-unknown", Place(_name(folder, shown)), shown.name, {"names": names}, withholds=False)


def read(folder: Path, only: tuple[str, ...] = ()) -> Reading:
    """All of ``records/`` (or some communities of it). Raises ``FileNotFoundError`` when there is no such folder."""
    district, problems = read_district(folder)
    sheets = discover()
    tables: dict[str, dict[str, dict[str, PublicRow]]] = {}
    withheld: list[Withheld] = []
    counts: list[privacy.CountTable] = []
    for community, s, path in _files(folder, sheets, only):
        if s.stays:
            counts += _counted(path, s, community, _name(folder, path), problems)
            continue
        rows: dict[str, PublicRow] = {}
        if path.exists():
            rows, lost, wrong = read_table(path.read_bytes(), s, community, _name(folder, path))
            withheld += lost
            problems += wrong
        tables.setdefault(community, {})[s.id] = rows
    problems += _strays(folder, sheets)
    standing = {(c, s, id) for c, some in tables.items() for s, rows in some.items() for id in rows}
    standing |= {(w.community, w.sheet, w.id) for w in withheld}
    folders = ((c, sub, _name(folder, sub)) for c, sub in _folders(folder, only))
    held, removed, wrong = marks.read(folders, standing)
    problems += wrong
    records = Records(district, tables, tuple(withheld), held, removed, tuple(counts))
    return Reading(_known(records, only, folder.name, problems), problems)


def _private(s: Sheet, file: str) -> Problem:
    return Problem("file-private", Place(file), params={"title": s.title}, withholds=False)


def _counted(path: Path, s: Sheet, community: str, file: str, problems: list[Problem]) -> Iterator[privacy.CountTable]:
    """The counts of a sheet that stays with the volunteers. Its rows have no place here, and are not read as such."""
    if not path.exists():
        return
    if s.counts is None:
        problems.append(_private(s, file))
        return
    table, wrong = counting.read(path.read_bytes(), s, community, file)
    problems += wrong
    if table is not None:
        yield table


def _known(records: Records, only: tuple[str, ...], root: str, problems: list[Problem]) -> Records:
    """Only communities that the district lists are published; a folder without its row is a problem.

    A row that is there but withheld is told of where it stands, not here once more.
    """
    listed = records.tables.get("", {}).get("communities", {})
    held = {w.id for w in records.withheld if w.sheet == "communities"}
    held |= {h.id for h in records.held if h.sheet == "communities"}
    for name in sorted(set(records.tables) - {""} - set(listed)):
        if not held & {name, ""}:
            problems.append(Problem("community-unlisted", Place(f"{root}/{name}/"), name))
    kept = {c: r for c, r in listed.items() if not only or c in only}
    tables = {c: t for c, t in records.tables.items() if c in kept}
    within = {"", *kept}
    return replace(
        records,
        tables={"": {**records.tables.get("", {}), "communities": kept}, **tables},
        held=tuple(h for h in records.held if h.community in within),
        removed=tuple(r for r in records.removed if r.community in within),
        counts=tuple(t for t in records.counts if t.community in within),
        _indexes={},
    )
