"""The rooms that the volunteers' roll lists, looked for in every text that may be shown, however they are called there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from ..understand import Understood

_DASHES = re.compile(r"[‐‑‒–—―−~～]")
_FIGURES = str.maketrans("零〇一二三四五六七八九", "00123456789")
_ENDS = re.compile(r"[室号房户]+$")
_NUMBER = re.compile(r"\d+")
_ROOM = re.compile(r".*\D.*\d{2,}", re.DOTALL)  # 101 alone may be anything


def plain(value: Any) -> str:
    """What two spellings of one room or person have in common: "３幢 2单元" and "3幢2单元". "" for nothing."""
    text = unicodedata.normalize("NFKC", str(value or ""))
    return _DASHES.sub("-", "".join(text.split())).casefold()


def _spelt(text: str) -> str:
    """What two spellings of one room have in common: 一幢 101, １幢101."""
    return plain(text).translate(_FIGURES)


class Rooms:
    """The rooms of the roll; false when there are none."""

    def __init__(self, understood: Understood) -> None:
        self._by_number: dict[str, set[str]] = {}
        for said in _said(understood):
            room = _ENDS.sub("", _spelt(said))
            if _ROOM.fullmatch(room):
                number = next(m.group() for m in _NUMBER.finditer(room) if m.end() == len(room))
                self._by_number.setdefault(number, set()).add(room)

    def __bool__(self) -> bool:
        return bool(self._by_number)

    def within(self, text: str) -> str:
        """The first such room in a text, or ""."""
        if not self._by_number:
            return ""
        spelt = _spelt(text)
        for found in _NUMBER.finditer(spelt):
            before = spelt[: found.end()]
            for room in self._by_number.get(found.group(), ()):
                start = len(before) - len(room)
                if before.endswith(room) and not (room[0].isdigit() and before[start - 1 : start].isdigit()):
                    return room
        return ""


def _said(understood: Understood) -> Iterator[str]:
    table = understood.tables.get("roll")
    values = [r.values for r in table.rows] + [x.values for x in table.lost] if table else []
    for said in (of.get("unit") for of in values):
        if isinstance(said, str):
            yield said
