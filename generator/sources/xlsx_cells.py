"""One worksheet of a .xlsx: where each value stands, and what is to be said of the sheet.

Half a million cells are no rarity: what is done for each is kept short, and the parser's handlers for text are only set
while there is text to gather.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

from ..raw import Error
from . import xlsx_plain
from .limits import Lines, Room
from .parts import BROKEN, flag, local, parser
from .xlsx_values import PICTURE, VEILED, Value, Values

_DIGITS = "0123456789"
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_GAPS = 20  # more blank cells than this in a row, and it is worth leaving them out
_NOTHING: Value = ("", None)
_FLAT, _NARROW = 1.0, 0.2  # points, characters: a row or a column below that is as good as hidden


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
    veiled: list[tuple[int, int]] = field(default_factory=list)
    formulas: int = 0


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

    def __init__(self, values: Values, room: Room) -> None:
        self.values, self.room = values, room
        self._columns: dict[str, int] = {}
        self._patterns: dict[tuple[str, ...], list[int]] = {}
        self._text: list[str] = []
        self._clear()

    def _clear(self) -> None:
        self.noticed = Noticed(Lines({}, {}))
        self._prefix = ""
        self._row, self._column, self._hidden, self._flat = -1, -1, False, False
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
        """The same as the handlers below do tag by tag, in one go for each row."""
        if self._prefix:
            raise xlsx_plain.NotPlain
        known = self.values.plain
        for at, cells, formulas in xlsx_plain.rows(rows):
            self._enter_row(at)
            if not cells:
                continue
            names, rests = zip(*cells, strict=True)
            places = self._places(names)
            width = places[-1] + 1
            if formulas or width > 2 * len(places) + _GAPS:
                for name, rest in cells:
                    self._plain_cell(name, rest)
                continue
            row = [_NOTHING] * width
            for place, value in zip(places, map(known.__getitem__, rests), strict=True):
                row[place] = value
            shown, raw = zip(*row, strict=True)
            self._shown, self._raw = list(shown), list(raw)
        self._leave_row()

    def _places(self, names: tuple[str, ...]) -> list[int]:
        """``A``, ``B``, ``D`` → 0, 1, 3. The rows of a table have few such patterns."""
        found = self._patterns.get(names)
        if found is None:
            found = self._patterns[names] = [column(name) for name in names]
            if found != sorted(set(found)):
                raise ValueError("a cell that is there twice, or out of its order")
        return found

    def _plain_cell(self, name: str, rest: str) -> None:
        self._column = self._at(name)
        if "<f" not in rest:
            self._put(*self.values.plain[rest])
            return
        style, kind, _, text, inline = xlsx_plain.parts(rest)
        self._enter_formula({})
        if inline:
            self._result(*self.values.string(inline, style))
        elif text:
            self._result(*self.values.of(kind, style, text))
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
            "sheetFormatPr": self._enter_usual,
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
        self._hidden = flag(at, "hidden") or (float(at["ht"]) < _FLAT if "ht" in at else self._flat)

    def _enter_usual(self, at: dict[str, str]) -> None:
        """How high rows are of which nothing else is said."""
        self._flat = float(at.get("defaultRowHeight", _FLAT)) < _FLAT

    def _leave_row(self) -> None:
        if self.values.veils:
            veiled = [c for c, raw in enumerate(self._raw) if raw is VEILED]
            self.noticed.veiled += [(self._row, c) for c in veiled]
            for c in veiled:
                self._raw[c] = None
        while self._raw and self._raw[-1] is None:
            self._raw.pop()
            self._shown.pop()
        if not self._raw:
            return
        self.room.cells(len(self._raw))
        lines = self.noticed.lines
        assert lines.raw is not None
        if self._row in lines.raw:
            raise ValueError("a row that is there twice")
        lines.shown[self._row], lines.raw[self._row] = self._shown, self._raw
        if self.values.long:
            long = [c for c, raw in enumerate(self._raw) if type(raw) is float and raw in self.values.long]
            self.noticed.long += [(self._row, c) for c in long]
        if self._hidden:
            self.noticed.hidden_rows.add(self._row)
        self._shown, self._raw = [], []

    def _enter_columns(self, at: dict[str, str]) -> None:
        if flag(at, "hidden") or float(at.get("width", 1)) < _NARROW:
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
        if text:
            self._result(*self.values.of(kind, self._cell.get("s", "0"), text))
        elif kind == "str":
            self._formula = False  # its result is an empty text

    def _result(self, shown: str, raw: Any) -> None:
        self._formula = False
        self._put(shown, raw)

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
            self._result(*self.values.string(text, self._cell.get("s", "0")))

    def _put(self, shown: str, raw: Any) -> None:
        if raw is None:
            return
        if raw is PICTURE:
            self.noticed.pictures.append((self._row, self._column))
            return
        gap = self._column - len(self._shown)
        if gap < 0:
            raise ValueError("a cell that is there twice, or out of its order")
        self._shown += [""] * gap + [shown]
        self._raw += [None] * gap + [raw]
