"""What a cell of a .xlsx holds: its kind, its style and what is written in it → the text it shows and the value beneath."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from ..raw import Error
from . import SourceError, xlsx_plain
from .limits import Limits
from .shown import general, serial, show, shows_text

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(", re.I)  # as WPS writes a picture in a cell
_LONG = 10**15  # spreadsheets keep fifteen figures; what follows has become noughts
PICTURE = object()  # the value of a cell that holds one
VEILED = object()  # that of a cell whose format shows nothing

Value = tuple[str, Any]


class Values:
    """What the tabs of a book have in common: texts by number, format codes by style, which calendar, how long a text
    may be. ``plain``: what stands in a plain cell after its reference → its value, each worked out once a book.
    ``long``: numbers of more figures than a spreadsheet keeps. ``veils``: whether a value was :data:`VEILED`.
    """

    def __init__(self, strings: list[str], formats: list[str], date1904: bool, limits: Limits) -> None:
        self.strings, self.formats, self.date1904, self.limits = strings, formats, date1904, limits
        self.long: set[float] = set()
        self.veils = False
        self._mute = {str(n) for n, code in enumerate(formats) if not shows_text(code)}
        self.plain = _Plain(self)
        self._numbers: dict[tuple[str, str], Value] = {}

    def of(self, kind: str, style: str, text: str) -> Value:
        """``text``: not empty. Raises ``ValueError``, ``IndexError`` for what no program writes."""
        if kind == "s":
            shown = self.strings[int(text)]
            return self.worded(style, (shown, shown or None))
        if kind in ("", "n"):
            found = self._numbers.get((style, text))
            if found is None:
                found = self._numbers[style, text] = self.number(style, text)
            return found
        if kind == "b":
            yes = text.strip() in ("1", "true")
            return self.worded(style, ("TRUE" if yes else "FALSE", yes))
        if kind == "e":
            return text, Error(text)
        if kind == "d":
            day = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
            return self.number(style, repr(serial(day) - 1462 * self.date1904))
        if kind != "str":
            raise ValueError("a kind of cell that is none")
        return self.string(text, style)

    def worded(self, style: str, value: Value) -> Value:
        """A text as it is shown in a style; nothing at all where its format hides it."""
        if value[1] is None or value[1] is PICTURE or not self._mute or str(int(style)) not in self._mute:
            return value
        self.veils = True
        return "", VEILED

    def number(self, style: str, text: str) -> Value:
        """A number as it is shown in a style; nothing at all where its format hides it."""
        value = _read(text)
        if abs(value) >= _LONG:
            self.long.add(value)
        index = int(style)
        code = self.formats[index] if index < len(self.formats) else "General"
        shown, beneath = (general(value), value) if code == "General" else show(value, code, self.date1904)
        if shown or not value:
            return shown, beneath if shown else None
        self.veils = True
        return "", VEILED

    def string(self, text: str, style: str = "0") -> Value:
        """Text that stands in the sheet itself. Raises :class:`SourceError` when it is too long."""
        if len(text) > self.limits.cell:
            raise SourceError("book-too-big")
        if _PICTURE.match(text):
            return "", PICTURE
        text = unescaped(text)
        return self.worded(style, (text, text or None))


class _Plain(dict[str, Value]):
    def __init__(self, values: Values) -> None:
        self._values = values

    def __missing__(self, rest: str) -> Value:
        number = xlsx_plain.shared(rest)
        if number is not None:
            shown = self._values.strings[number]
            style = xlsx_plain.style(rest)
            self[rest] = self._values.worded(style, (shown, shown or None))
            return self[rest]
        style, kind, _, text, inline = xlsx_plain.parts(rest)
        if inline:
            found = self._values.string(inline, style)
        elif not text:
            found = "", None
        elif kind in ("", "n"):
            found = self._values.number(style, text)  # kept here, not twice
        else:
            found = self._values.of(kind, style, text)
        if found[1] is PICTURE:
            raise xlsx_plain.NotPlain
        self[rest] = found
        return found


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
