"""A folder of CSV: one file a sheet, called after it."""

from __future__ import annotations

from pathlib import Path

from .. import raw
from ..problems import Problem
from . import SourceError, delimited, remarks
from .limits import LIMITS, Limits, Room

ENDINGS = (".csv", ".tsv", ".txt")
_MOST_FILES = 200
_OWN = (".", "~$")  # hidden files, and what editors leave while a file is open


def read(path: Path, limits: Limits = LIMITS) -> raw.Book:
    """All files of text directly in the folder, by name. A file that cannot be read is a problem, the others are read.

    Raises :class:`SourceError` when there is no such folder, nothing in it, or too much.
    """
    try:
        files = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(_OWN))
    except OSError:
        raise SourceError("folder-not-there") from None
    texts = [p for p in files if p.suffix.lower() in ENDINGS]
    if not texts:
        raise SourceError("folder-empty")
    if len(texts) > _MOST_FILES:
        raise SourceError("book-too-big")
    name, room = path.resolve().name, Room(limits)
    grids: list[raw.Grid] = []
    noticed: list[Problem] = []
    for file in texts:
        place = f"{name}/{file.name}"
        try:
            grid, said = delimited.grid(_bytes(file, limits), file.stem, place, room)
        except SourceError as error:
            noticed.append(error.problem(place))
            continue
        grids.append(grid)
        noticed += said
    noticed += [remarks.whole("folder-other", f"{name}/{p.name}", found=p.name) for p in files if p not in texts]
    return raw.Book(name, tuple(grids), tuple(noticed))


def _bytes(file: Path, limits: Limits) -> bytes:
    """Raises :class:`SourceError`."""
    try:
        if file.stat().st_size > limits.file:
            raise SourceError("book-too-big")
        return file.read_bytes()
    except OSError:
        raise SourceError("book-not-there") from None
