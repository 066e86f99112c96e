"""A workbook file, ``.xlsx`` or ``.ods`` → tabs of shown text. Which it is, the file itself says, not its name."""

from __future__ import annotations

from pathlib import Path

from .. import raw
from . import SourceError, ods, xlsx
from .limits import LIMITS, Limits, Room
from .parts import BROKEN, Container


def read(path: Path, limits: Limits = LIMITS) -> raw.Book:
    """Raises :class:`SourceError` for what is no workbook, is locked, broken, of an old format or too big."""
    try:
        if path.stat().st_size > limits.file:
            raise SourceError("book-too-big")
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise SourceError("book-unknown") from error
    except OSError as error:
        raise SourceError("book-not-there") from error
    return read_bytes(data, path.name, limits=limits)


def read_bytes(data: bytes, name: str, place: str = "", limits: Limits = LIMITS) -> raw.Book:
    """The same for a file that is not on this disk. ``place``: how messages call it, if not by its name."""
    room = Room(limits)
    try:
        box = Container(data, limits)
        if "encrypted-package" in box:
            raise SourceError("book-password")
        if "content.xml" in box and "mimetype" in box:
            return ods.read(box, name, place or name, room)
        return xlsx.read(box, name, place or name, room)
    except BROKEN:
        raise SourceError("book-broken") from None  # the cause may quote a cell
