"""One worksheet of a .xlsx, cell by cell: what each shows, what stands beneath, and what is to be said of it.

Half a million cells are no rarity: what is done for each is kept short, and the parser's handlers for text are only set
while there is text to gather.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from ..raw import Error
from . import SourceError, xlsx_plain
from .limits import Lines, Room
from .parts import BROKEN, flag, local, parser
from .shown import general, serial, show

_DIGITS = "0123456789"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(", re.I)  # a picture in a cell, as WPS writes it
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_LONG = 10**15  # spreadsheets keep fifteen figures; what follows has become noughts


@dataclass
class Shared:
    """What the worksheets of a book have in common: texts by number, format codes by style, which calendar."""

    strings: list[str]
    formats: list[str]
    date1904: bool = False
    numbers: dict[tuple[str, str], tuple[str, Any]] = field(default_factory=dict)
    long: set[float] = field(default_factory=set)  # numbers of more figures than a spreadsheet keeps

    def number(self, style: str, text: str) -> tuple[str, Any]:
        """A number as it is shown in a style, and its value. Each is worked out once a book."""
        found = self.numbers.get((style, text))
        if found is None:
            value = _read(text)
            if abs(value) >= _LONG:
                self.long.add(value)
            index = int(style)
            code = self.formats[index] if index < len(self.formats) else "General"
            found = (general(value), value) if code == "General" else show(value, code, self.date1904)
            self.numbers[style, text] = found
        return found


@dataclass
class Noticed:
    """What the remarks on a worksheet are made of: cells as (row, column), 0-based."""

    lines: Lines
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    uncached: list[tuple[int, int]] = field(default_factory=list)
    long: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[tuple[int, int]] = field(default_factory=list)
    formulas: int = 0


def _read(text: str) -> int | float:
    """A number as the file has it: whole ones without a point, as far as all their figures are sure."""
    try:
        value: int | float = int(text)
    except ValueError:
        value = float(text)
    if isinstance(value, int):
        return value if abs(value) < _LONG else float(value)
    return int(value) if value.is_integer() and abs(value) < _LONG else value


def unescaped(text: str) -> str:
    """``_x000D_`` and its like are characters that XML cannot carry."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def column(reference: str) -> int:
    """``C7`` → 2."""
    index = 0
    for letter in reference.strip(_DIGITS + "$").upper():
        index = index * 26 + ord(letter) - 64
    if not 0 < index <= _MOST_COLUMNS:
        raise ValueError("a column that no spreadsheet has")
    return index - 1


class Cells:
    """The handlers of one worksheet. Call :meth:`read` once."""

    def __init__(self, shared: Shared, room: Room) -> None:
        self.shared, self.room = shared, room
        self._columns: dict[str, int] = {}
        self._text: list[str] = []
        self._clear()

    def _clear(self) -> None:
        self.noticed = Noticed(Lines({}, {}))
        self._prefix = ""
        self._row, self._column, self._hidden = -1, -1, False
        self._shown: list[str] = []
        self._raw: list[Any] = []
        self._cell: dict[str, str] = {}
        self._formula = self._phonetic = False

    def read(self, stream: IO[bytes]) -> Noticed:
        """Raises :class:`SourceError` when it is too big, one of :data:`parts.BROKEN` when it is broken."""
        data, left = stream.read(xlsx_plain.MOST), self.room.left
        try:
            rest, rows = xlsx_plain.split(data)
            self._parse(rest)
            self._plain_rows(rows)
        except (xlsx_plain.NotPlain, *BROKEN):  # the parser has the last word on what is broken
            self.room.left = left
            self._clear()
            self._parse(data, stream)
        return self.noticed

    def _parse(self, data: bytes, more: IO[bytes] | None = None) -> None:
        self._parser = parser()
        self._parser.StartElementHandler = self._root
        self._parser.Parse(data, more is None)
        if more is not None:
            self._parser.ParseFile(more)
        self._leave_cell()
        self._leave_row()

    def _plain_rows(self, rows: str) -> None:
        """The same as the handlers below do for each tag, in one go for each row."""
        if self._prefix:
            raise xlsx_plain.NotPlain
        strings, columns, number = self.shared.strings, self._columns, self.shared.number
        shown: str
        raw: Any
        for at, cells in xlsx_plain.rows(rows):
            self._enter_row(at)
            row_shown, row_raw = self._shown, self._raw
            for _, letters, style, kind, formula, text, inline in cells:
                if kind == "s":
                    shown = raw = strings[int(text)]
                    if not shown:
                        continue
                elif text and (not kind or kind == "n"):
                    shown, raw = number(style or "0", text)
                    if not shown:
                        raw = None
                elif text or inline or formula:
                    self._column = self._at(letters)
                    self._other(kind, style, formula, text, inline)
                    continue
                else:
                    continue
                if formula:
                    self.noticed.formulas += 1
                index = columns.get(letters)
                if index == len(row_shown):
                    row_shown.append(shown)
                    row_raw.append(raw)
                else:
                    self._column = self._at(letters)
                    self._put(shown, raw)
        self._leave_row()

    def _other(self, kind: str, style: str, formula: str, text: str, inline: str) -> None:
        """A plain cell that is neither a shared text nor a number."""
        if bool(inline) > (kind == "inlineStr"):
            raise xlsx_plain.NotPlain
        if formula:
            self._enter_formula({})
        if inline:
            self._formula = False
            self._put(*self._string(unescaped(xlsx_plain.text(inline))))
        elif text:
            self._formula = False
            self._put(*self._valued(kind, style or "0", xlsx_plain.text(text)))
        elif kind == "str":
            self._formula = False
        else:
            self._leave_cell()

    def _at(self, letters: str) -> int:
        known = self._columns.get(letters)
        return self._columns.setdefault(letters, column(letters)) if known is None else known

    def _root(self, name: str, _at: dict[str, str]) -> None:
        """Some programs put a prefix before every tag: the root shows which."""
        if local(name) != "worksheet":
            raise ValueError("not a worksheet")
        prefix = self._prefix = name[: -len("worksheet")]
        others: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._enter_row,
            "f": self._enter_formula,
            "is": self._enter_inline,
            "col": self._enter_columns,
            "mergeCell": lambda at: self.noticed.merged.append(at["ref"]),
        }
        self._parser.StartElementHandler = self._starts(prefix, {prefix + n: h for n, h in others.items()})

    def _starts(self, prefix: str, others: dict[str, Callable[[dict[str, str]], None]]) -> Callable[..., None]:
        p, gather, valued = self._parser, self._text.append, self._leave_value
        cell_tag, value_tag = prefix + "c", prefix + "v"

        def start(name: str, at: dict[str, str]) -> None:
            if name == cell_tag:
                if self._formula:
                    self._leave_cell()
                self._cell = at
                reference = at.get("r")
                if reference is None:
                    self._column += 1
                else:
                    self._column = self._at(reference.rstrip(_DIGITS))
            elif name == value_tag:
                p.CharacterDataHandler, p.EndElementHandler = gather, valued
            elif (other := others.get(name)) is not None:
                other(at)

        return start

    # --- rows and columns

    def _enter_row(self, at: dict[str, str]) -> None:
        self._leave_cell()
        self._leave_row()
        self._row = int(at["r"]) - 1 if "r" in at else self._row + 1
        if not 0 <= self._row < _MOST_ROWS:
            raise ValueError("a row that no spreadsheet has")
        self._column = -1
        self._hidden = flag(at, "hidden") or ("ht" in at and float(at["ht"]) == 0)

    def _leave_row(self) -> None:
        if not self._shown:
            return
        self.room.cells(len(self._shown))
        lines = self.noticed.lines
        assert lines.raw is not None
        if self._row in lines.shown:
            raise ValueError("a row that is there twice")
        lines.shown[self._row], lines.raw[self._row] = self._shown, self._raw
        if self.shared.long:
            long = [c for c, raw in enumerate(self._raw) if type(raw) is float and raw in self.shared.long]
            self.noticed.long += [(self._row, c) for c in long]
        if self._hidden:
            self.noticed.hidden_rows.add(self._row)
        self._shown, self._raw = [], []

    def _enter_columns(self, at: dict[str, str]) -> None:
        if flag(at, "hidden") or float(at.get("width", 1)) == 0:
            self.noticed.hidden_columns.append((int(at["min"]) - 1, int(at["max"]) - 1))

    # --- what stands in a cell

    def _enter_formula(self, _at: dict[str, str]) -> None:
        self._formula = True
        self.noticed.formulas += 1

    def _leave_cell(self) -> None:
        """A formula has passed whose result was never written."""
        if self._formula:
            self._formula = False
            self.noticed.uncached.append((self._row, self._column))
            self._put("", Error(""))

    def _leave_value(self, _name: str) -> None:
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        text = "".join(self._text)
        self._text.clear()
        kind = self._cell.get("t", "")
        if text or kind == "str":  # else nothing, or a formula without its result
            self._formula = False
        if not text:
            return
        if kind == "s":
            shown = self.shared.strings[int(text)]
            if shown:
                self._put(shown, shown)
        else:
            self._put(*self._valued(kind, self._cell.get("s", "0"), text))

    def _valued(self, kind: str, style: str, text: str) -> tuple[str, Any]:
        if kind in ("", "n"):
            shown, raw = self.shared.number(style, text)
            return shown, raw if shown else None  # a format that shows nothing hides the value, from us too
        if kind == "b":
            yes = text.strip() in ("1", "true")
            return ("TRUE" if yes else "FALSE"), yes
        if kind == "e":
            return text, Error(text)
        if kind == "d":
            number = serial(datetime.fromisoformat(text.strip()).replace(tzinfo=None)) - 1462 * self.shared.date1904
            return self.shared.number(style, repr(number))
        if kind != "str":
            raise ValueError("a kind of cell that is none")
        return self._string(unescaped(text))

    def _string(self, text: str) -> tuple[str, Any]:
        if len(text) > self.room.limits.cell:
            raise SourceError("book-too-big")
        if _PICTURE.match(text):
            self.noticed.pictures.append((self._row, self._column))
            return "", None
        return text, text or None

    # --- text that stands in the sheet itself

    def _enter_inline(self, _at: dict[str, str]) -> None:
        p = self._parser
        self._outside = p.StartElementHandler
        p.StartElementHandler, p.EndElementHandler = self._inline_start, self._inline_end

    def _inline_start(self, name: str, _at: dict[str, str]) -> None:
        tag = local(name)
        if tag == "rPh":
            self._phonetic = True
        elif tag == "t" and not self._phonetic:
            self._parser.CharacterDataHandler = self._text.append

    def _inline_end(self, name: str) -> None:
        tag = local(name)
        if tag == "t":
            self._parser.CharacterDataHandler = None
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "is":
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._outside, None
            text = "".join(self._text)
            self._text.clear()
            self._formula = False
            if text:
                self._put(*self._string(unescaped(text)))

    def _put(self, shown: str, raw: Any) -> None:
        gap = self._column - len(self._shown)
        if gap < 0:
            if self._column >= 0 and not self._shown[self._column]:
                self._shown[self._column], self._raw[self._column] = shown, raw
                return
            raise ValueError("a cell that is there twice")
        if gap:
            self._shown.extend([""] * gap)
            self._raw.extend([None] * gap)
        self._shown.append(shown)
        self._raw.append(raw)
