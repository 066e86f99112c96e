"""A .xlsx, as Excel, WPS, Tencent Docs, Feishu, DingTalk, LibreOffice and programs write it → a :class:`Book`."""

from __future__ import annotations

import re
from typing import IO

from .. import layout, raw
from ..problems import Problem
from . import SourceError, remarks, xlsx_plain
from .limits import Raw, Room, Rows, rectangle
from .parts import Container, flag, local, parser
from .shown import BUILT_IN
from .xlsx_cells import Cells, Noticed, column
from .xlsx_values import Values, unescaped

Ranges = tuple[tuple[int, int, int, int], ...]

_RANGE = re.compile(r"\$?([A-Z]+)\$?([0-9]+)(?::\$?([A-Z]+)\$?([0-9]+))?")
_MACROS = re.compile(r"(?:^|/)vbaproject\.bin$|^xl/macrosheets/")
_PIVOT = re.compile(r"(?:^|/)pivotcache")
_LINKED = re.compile(r"^xl/externallinks/")
_COMMENTS, _COMMENT = ("comments", "threadedComment"), ("comment", "threadedComment")


def read(box: Container, name: str, place: str, room: Room) -> raw.Book:
    """All tabs that hold cells. Raises :class:`SourceError`, or one of :data:`parts.BROKEN`."""
    main = _main(box)
    book = box.tree(main)
    related = box.related(main)
    setup = book.find("workbookPr")
    values = Values(
        _strings(box, _first(related, "sharedStrings"), room),
        _formats(box, _first(related, "styles")),
        setup is not None and flag(setup, "date1904"),
        room.limits,
    )
    calc = book.find("calcPr")
    stale = calc is not None and flag(calc, "fullCalcOnLoad")
    grids: list[raw.Grid] = []
    noticed = _whole_book(box, place)
    for sheet in book.iter("sheet"):
        kind, part = related[sheet.get("id", "")]
        if kind != "worksheet":
            continue  # a chart or a macro has no cells
        title, hidden = unescaped(sheet.get("name", "")), sheet.get("state", "visible") != "visible"
        grid, said = _tab(box, part, values, room, raw.Grid(title, (), place, hidden=hidden, date1904=values.date1904))
        grids.append(grid)
        noticed += [remarks.whole("book-hidden-sheet", place, title)] if hidden else []
        noticed += _said(said, grid, stale) + _comments(box, part, place, title)
    return raw.Book(name, tuple(grids), tuple(noticed))


def _main(box: Container) -> str:
    """The part that lists the tabs."""
    for kind, part in box.related("").values():
        if kind == "officeDocument":
            if part.lower().endswith(".bin"):
                raise SourceError("book-binary")
            if local(box.tree(part).tag) == "workbook":
                return part
            break
    raise SourceError("book-unknown")


def _first(related: dict[str, tuple[str, str]], wanted: str) -> str:
    return next((part for kind, part in related.values() if kind == wanted), "")


def _strings(box: Container, part: str, room: Room) -> list[str]:
    """The shared texts: parts in different type put together, readings above the line (phonetic) left out."""
    if part not in box:
        return []
    with box.open(part) as stream:
        data = stream.read(xlsx_plain.MOST)
        try:
            strings = [unescaped(text) for text in xlsx_plain.strings(data)]
        except xlsx_plain.NotPlain:
            return _parsed_strings(data, stream, room)
    if any(len(text) > room.limits.cell for text in strings):
        raise SourceError("book-too-big")
    return strings


def _parsed_strings(begun: bytes, more: IO[bytes], room: Room) -> list[str]:
    """The same by the parser, of whatever program."""
    strings: list[str] = []
    pieces: list[str] = []
    within = {"t": False, "rPh": False}

    def start(tag: str, _at: dict[str, str]) -> None:
        tag = local(tag)
        if tag in within:
            within[tag] = True

    def end(tag: str) -> None:
        tag = local(tag)
        if tag in within:
            within[tag] = False
        elif tag == "si":
            text = unescaped("".join(pieces))
            if len(text) > room.limits.cell:
                raise SourceError("book-too-big")
            strings.append(text)
            pieces.clear()

    def data(text: str) -> None:
        if within["t"] and not within["rPh"]:
            pieces.append(text)

    p = parser()
    p.StartElementHandler, p.EndElementHandler, p.CharacterDataHandler = start, end, data
    p.Parse(begun, False)
    p.ParseFile(more)
    return strings


def _formats(box: Container, part: str) -> list[str]:
    """The format code of each cell style; none where a program wrote no styles at all."""
    if part not in box:
        return []
    styles = box.tree(part)
    own = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in styles.iterfind("numFmts/numFmt")}
    ids = [int(xf.get("numFmtId", 0)) for xf in styles.iterfind("cellXfs/xf")]
    return [own.get(i) or BUILT_IN.get(i, "General") for i in ids]


def _tab(box: Container, part: str, values: Values, room: Room, bare: raw.Grid) -> tuple[raw.Grid, Noticed]:
    with box.open(part) as stream:
        noticed = Cells(values, room).read(stream)
    rows, beneath = rectangle(noticed.lines, room, bare.title)
    width = len(rows[0]) if rows else 0
    columns = frozenset(c for a, b in noticed.hidden_columns for c in range(a, min(b + 1, width)))
    merged = _merged(noticed.merged, len(rows), width, room)
    rows, beneath = _first_cells_only(rows, beneath or (), merged)
    grid = raw.Grid(
        bare.title, rows, bare.place, beneath, frozenset(r for r in noticed.hidden_rows if r < len(rows)), columns,
        merged, bare.hidden, bare.date1904,
    )  # fmt: skip
    return grid, noticed


def _merged(ranges: list[str], height: int, width: int, room: Room) -> Ranges:
    """Merged ranges, as far as they touch cells with something in them. Raises :class:`SourceError` for too many."""
    if len(ranges) > room.limits.merges:
        raise SourceError("book-too-big")
    found = []
    for said in ranges:
        m = _RANGE.fullmatch(said)
        if m is None:
            raise ValueError("a range that is none")
        top, left = int(m[2]) - 1, column(m[1])
        bottom, right = int(m[4] or m[2]) - 1, column(m[3] or m[1])
        if top < height and left < width and (top, left) != (bottom, right):
            found.append((top, left, min(bottom, height - 1), min(right, width - 1)))
    room.cells(sum((b - t + 1) * (r - x + 1) for t, x, b, r in found))
    return tuple(found)


def _first_cells_only(rows: Rows, values: Raw, merged: Ranges) -> tuple[Rows, Raw]:
    """What a program left under a merged cell is not shown to anyone, so not to us."""
    if not merged:
        return rows, values
    shown, beneath = [list(r) for r in rows], [list(v) for v in values]
    for top, left, bottom, right in merged:
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                if (r, c) != (top, left):
                    shown[r][c], beneath[r][c] = "", None
    return tuple(map(tuple, shown)), tuple(map(tuple, beneath))


def _said(noticed: Noticed, grid: raw.Grid, stale: bool) -> list[Problem]:
    place, title = grid.place, grid.title
    return [
        *remarks.hidden_rows(grid.hidden_rows, place, title),
        *remarks.hidden_columns(grid.hidden_columns, place, title),
        *remarks.each("book-formula", noticed.uncached, place, title),
        *([remarks.whole("book-stale", place, title)] if stale and noticed.formulas > len(noticed.uncached) else []),
        *remarks.cells("book-long-number", noticed.long, place, title),
        *remarks.cells("book-picture", noticed.pictures, place, title),
        *remarks.cells("book-hidden-cells", noticed.veiled, place, title),
    ]


def _comments(box: Container, part: str, place: str, title: str) -> list[Problem]:
    """Which cells have comments, Bugu's own aside; what these say is not looked at."""
    found: set[tuple[int, int]] = set()
    for kind, other in box.related(part).values():
        if kind in _COMMENTS and other in box:
            tree = box.tree(other)
            authors = [e.text for e in tree.iter() if e.tag == "author"]
            ours = {str(n) for n, author in enumerate(authors) if author == layout.words()["notes"]["author"]}
            for element in tree.iter():
                if element.tag not in _COMMENT or element.get("authorId") in ours:
                    continue
                if m := _RANGE.fullmatch(element.get("ref", "")):
                    found.add((int(m[2]) - 1, column(m[1])))
    return remarks.cells("book-comments", found, place, title)


def _whole_book(box: Container, place: str) -> list[Problem]:
    kinds = {"book-macros": _MACROS, "book-pivot": _PIVOT, "book-linked": _LINKED}
    return [remarks.whole(c, place) for c, pattern in kinds.items() if any(pattern.search(n) for n in box.names)]
