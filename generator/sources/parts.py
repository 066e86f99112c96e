"""The parts of a .xlsx or .ods container: what it really is, its parts within bounds, their XML without surprises."""

from __future__ import annotations

import posixpath
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import IO, Any
from xml.parsers import expat

from . import SourceError
from .limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|table|meta)\b", re.I | re.S
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError,
    KeyError, IndexError, ValueError, OverflowError,
)  # fmt: skip
"""What the libraries raise when a file is not as its kind should be."""


def is_page(data: bytes) -> bool:
    """Whether these bytes are a web page, whatever the file is called."""
    return _PAGE.match(data[:4096].removeprefix(_MARKS[0])) is not None


def refuse_others(data: bytes) -> None:
    """Raises :class:`SourceError` that says what a file is which is no zip container at all."""
    if data.startswith(OLE):
        # The names of an OLE container's streams stand in it as UTF-16: a workbook under a password is wrapped in one.
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise SourceError("book-password" if locked else "book-old")
    if data.startswith(b"PK"):
        return
    if not data:
        raise SourceError("book-empty")
    if is_page(data):
        raise SourceError("book-is-page")
    if data.startswith(_MARKS) or b"\0" not in data[:4096]:
        raise SourceError("book-is-text")
    raise SourceError("book-unknown")


class Container:
    """A zip file whose parts are found by name, whichever way it is spelt, and unpacked only within the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises :class:`SourceError` (too big, something else, a password) or one of :data:`BROKEN`."""
        if len(data) > limits.file:
            raise SourceError("book-too-big")
        refuse_others(data)
        self._zip = zipfile.ZipFile(BytesIO(data))
        entries = self._zip.infolist()
        if len(entries) > limits.entries:
            raise SourceError("book-too-big")
        if any(e.flag_bits & 1 for e in entries):
            raise SourceError("book-password")
        self._entries = {e.filename.replace("\\", "/").lstrip("/").lower(): e for e in entries}
        self._left = limits.unpacked

    @property
    def names(self) -> list[str]:
        """The names of all parts, in small letters, without a slash in front."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def open(self, name: str) -> IO[bytes]:
        """A part to read from. Raises :class:`SourceError` when the parts opened so far unpack to too much.

        What a part says of its own size is a promise that zipfile holds it to: it never yields a byte more.
        """
        entry = self._entries[name.lower()]
        self._left -= entry.file_size
        if self._left < 0:
            raise SourceError("book-too-big")
        return self._zip.open(entry)

    def tree(self, name: str) -> ET.Element:
        """A small part as a tree, tags and attributes without namespaces."""
        builder = ET.TreeBuilder()
        start: Callable[[str, dict[str, str]], Any] = lambda tag, at: builder.start(  # noqa: E731
            local(tag), {local(k): v for k, v in at.items()}
        )
        with self.open(name) as stream:
            parse(stream, start, lambda tag: builder.end(local(tag)), builder.data)
        return builder.close()

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id → (last word of its kind, name of the part it leads to)."""
        folder, _, file = name.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels".lstrip("/")
        if rels not in self:
            return {}
        found = {}
        for each in self.tree(rels).iter("Relationship"):
            if each.get("TargetMode") != "External":
                kind = each.get("Type", "").rpartition("/")[2]
                found[each.get("Id", "")] = (kind, _resolved(folder, each.get("Target", "")))
        return found


def _resolved(folder: str, target: str) -> str:
    """``../comments1.xml``, ``/xl/worksheets/sheet1.xml``, ``worksheets\\sheet1.xml`` → the part's name."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def local(name: str) -> str:
    """A tag or attribute without its prefix. The few names that are asked for here are unique without it."""
    return name.rpartition(":")[2]


def parser() -> expat.XMLParserType:
    """An XML parser for files from outside: it takes no document type, and so neither entities nor other files."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _no_doctype
    return made


def _no_doctype(*_: Any) -> None:
    raise ValueError("a document type has no place in a workbook")


def parse(
    stream: IO[bytes],
    start: Callable[[str, dict[str, str]], Any],
    end: Callable[[str], Any],
    data: Callable[[str], Any],
) -> None:
    """Read a stream of XML to its end, calling these as elements begin, end and hold text."""
    p = parser()
    p.StartElementHandler, p.EndElementHandler, p.CharacterDataHandler = start, end, data
    p.ParseFile(stream)


def flag(element: Any, name: str) -> bool:
    """Whether an attribute (of an element or of a dict of attributes) says yes, as XML Schema spells it."""
    return element.get(name) in ("1", "true")


def spans(numbers: set[int] | frozenset[int]) -> Iterator[tuple[int, int]]:
    """Numbers as runs: {1, 2, 3, 7} → (1, 3), (7, 7)."""
    run: list[int] = []
    for n in sorted(numbers):
        if run and n != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(n)
    if run:
        yield run[0], run[-1]
