"""A file of text with its cells between commas, tabs or semicolons → a :class:`Grid`. What is not sure is refused."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter

from .. import raw
from ..problems import Place, Problem
from . import SourceError, remarks
from .limits import Lines, Room, rectangle
from .parts import OLE, is_page

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS = ",\t;"
_SAID = re.compile(r"sep=([,;\t])\r?\n", re.I)  # a first line by which Excel is told the delimiter, and does not show
_ALIKE = 0.6  # so many of the rows have as many cells as most have, or the delimiter is not sure
_COMMON = 0.7  # so many of the characters are those of GB 2312, or it is another encoding read as this one
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def grid(data: bytes, title: str, place: str, room: Room) -> tuple[raw.Grid, list[Problem]]:
    """One file's bytes → its cells, and what was noticed. Raises :class:`SourceError` where that is not sure."""
    if len(data) > room.limits.file:
        raise SourceError("book-too-big")
    text = decoded(data)
    if not text.strip():
        raise SourceError("file-empty")
    lines = _split(text)
    for n, row in enumerate(lines, 1):
        if any(len(cell) > room.limits.cell for cell in row):
            raise SourceError("csv-quotes", row=n)  # a quote that is not closed swallows what follows
    lost = [(r, c) for r, row in enumerate(lines) for c, cell in enumerate(row) if "\ufffd" in cell]
    noticed = _ragged(lines, place, title) + remarks.each("csv-lost", lost, place, title)
    rows, _ = rectangle(Lines(dict(enumerate(lines))), room, title)
    return raw.Grid(title, rows, place), noticed


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 (with its mark) or GB 18030 → text. Raises :class:`SourceError` where none is sure."""
    if data.startswith((b"PK\x03\x04", OLE)):
        raise SourceError("csv-is-workbook")
    if is_page(data):
        raise SourceError("book-is-page")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _sure(_strict(data[len(mark) :], encoding))
    if b"\0" in data:
        raise SourceError("csv-not-text")
    try:
        return _sure(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _damaged(data):
        raise SourceError("csv-damaged")
    text = _sure(_strict(data, "gb18030"))
    foreign = [c for c in text if ord(c) > 127]
    if sum(map(_in_gb2312, foreign)) < _COMMON * len(foreign):
        raise SourceError("csv-encoding")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise SourceError("csv-encoding") from None


def _sure(text: str) -> str:
    """A text that holds no characters that nobody types."""
    if _CONTROL.search(text):
        raise SourceError("csv-not-text")
    if not text.isprintable() and any(unicodedata.category(c) in ("Cn", "Cs") for c in set(text)):
        raise SourceError("csv-encoding")
    return text


def _damaged(data: bytes) -> bool:
    """UTF-8 with some bytes gone wrong, which GB 18030 would read as other characters."""
    text = data.decode("utf-8", "replace")
    return sum(ord(c) > 127 and c != "\ufffd" for c in text) > 3 * text.count("\ufffd")


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _split(text: str) -> list[list[str]]:
    """Rows of cells. Raises :class:`SourceError` when the quotes go wrong or no one delimiter fits."""
    if said := _SAID.match(text):
        return _rows(text[said.end() :], said[1])
    found: list[tuple[float, list[list[str]]]] = []
    wrong: SourceError | None = None
    for delimiter in _DELIMITERS:
        try:
            rows = _rows(text, delimiter)
        except SourceError as error:
            wrong = wrong or (error if delimiter in text.partition("\n")[0] else None)
        else:
            found.append((_alike(rows), rows))
    likely = [each for each in found if each[0] >= _ALIKE]
    likely = [each for each in likely if len(next(row for row in each[1] if row)) > 1] or likely  # it parts the header
    if not likely:
        if wrong is not None:
            raise wrong
        if found and all(len(row) < 2 for _, rows in found for row in rows):
            return found[0][1]  # one column, and nothing that could part it
    best = [rows for alike, rows in likely if alike == max(a for a, _ in likely)]
    if len(best) != 1:
        raise SourceError("csv-delimiter")
    return best[0]


def _rows(text: str, delimiter: str) -> list[list[str]]:
    lines: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            lines.append(row)
    except csv.Error:
        raise SourceError("csv-quotes", row=len(lines) + 1) from None
    return lines


def _alike(rows: list[list[str]]) -> float:
    """Which share of the rows has as many cells as most have; 0 where most have one."""
    filled = [row for row in rows if row]
    usual = _usual(filled)
    return sum(len(row) == usual for row in filled) / len(filled) if usual > 1 else 0


def _usual(filled: list[list[str]]) -> int:
    return max(Counter(map(len, filled)).items(), key=lambda each: (each[1], each[0]), default=(0, 0))[0]


def _ragged(rows: list[list[str]], place: str, title: str) -> list[Problem]:
    """Rows with another number of cells than most: nobody knows which cell belongs to which column."""
    usual = _usual([row for row in rows if row])
    return [
        Problem("csv-ragged", Place(place, title, n), params={"has": len(row), "want": usual})
        for n, row in enumerate(rows, 1)
        if len(row) != usual and any(cell.strip() for cell in row)
    ]
