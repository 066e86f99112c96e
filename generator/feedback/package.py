"""An .xlsx as a package of parts of which a few are edited. All others go into the copy as they lie there, packed."""

from __future__ import annotations

import copy
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

from ..sources import SourceError
from ..sources.limits import LIMITS, Limits
from ..sources.parts import Container, local, parser
from .markup import Markup, quoted

TYPES = "[Content_Types].xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)", re.S)
_LATIN = ("iso-8859-1", "us-ascii")
_ZIP64 = 1
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Package:
    """The parts of a workbook by name. Raises :class:`SourceError`, or one of :data:`sources.parts.BROKEN`."""

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._box = Container(data, limits)
        self._data = data
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._entries = {_plain(e.filename): e for e in self._zip.infolist()}
        self._texts: dict[str, str] = {}
        self._coding: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._changed: dict[str, bool] = {}
        self._sound: set[str] = set()

    def __contains__(self, name: str) -> bool:
        key = _plain(name)
        return self._changed.get(key, key in self._entries)

    @property
    def names(self) -> list[str]:
        """The names of all parts that are there now, in small letters."""
        return [n for n in dict.fromkeys([*self._entries, *self._changed]) if n in self]

    @property
    def changed(self) -> bool:
        """Whether anything has been edited."""
        return bool(self._changed)

    def text(self, name: str) -> str:
        """A part of XML as text, as it stands after the edits so far. It is well-formed and has no document type."""
        text, key = self.loose(name), _plain(name)
        if key not in self._sound:
            parser().Parse(self._bytes(key), True)
            self._sound.add(key)
        return text

    def loose(self, name: str) -> str:
        """A part as text that may not be well-formed, such as the shapes of old comments."""
        key = _plain(name)
        if key not in self._texts:
            with self._box.open(key) as stream:
                raw = stream.read()
            self._coding[key] = _coding(raw)
            self._texts[key] = raw.decode(self._coding[key])
        return self._texts[key]

    def put(self, name: str, text: str) -> None:
        """Write a part; one that is not there yet comes last. The same text as before changes nothing."""
        key = _plain(name)
        if key in self and self.loose(name) == text:
            return
        self._texts[key] = text
        self._sound.discard(key)
        self._names.setdefault(key, name)
        self._changed[key] = True

    def drop(self, name: str) -> None:
        """Take a part out, with what it says of its relations and what is said of its kind."""
        for each in (name, _relations_of(name)):
            if each in self:
                self._changed[_plain(each)] = False
        types = Markup(self.text(TYPES))
        for override in types.children(types.root):
            if _plain(types.attributes(override).get("PartName", "")) == _plain(name):
                types.remove(override)
        self.put(TYPES, types.done())

    def bare(self, name: str) -> None:
        """Take away what a part says of its relations; it is about to be written anew."""
        if _relations_of(name) in self:
            self.drop(_relations_of(name))

    def free(self, pattern: str) -> str:
        """The first name that no part has: ``xl/comments{}.xml`` → ``xl/comments3.xml``."""
        number = 1
        while pattern.format(number) in self or _plain(pattern.format(number)) in self._names:
            number += 1
        return pattern.format(number)

    # --- relations and kinds

    def relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """The relations of a part to others: id, whole kind, name of the part it leads to."""
        rels = _relations_of(name)
        if rels not in self:
            return
        markup = Markup(self.text(rels))
        for each in markup.children(markup.root):
            at = {local(k): v for k, v in markup.attributes(each).items()}
            if at.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(name), at.get("Target", "").replace("\\", "/"))
                yield at.get("Id", ""), at.get("Type", ""), posixpath.normpath(target).lstrip("/")

    def related(self, name: str, kind: str) -> tuple[str, str] | None:
        """The first relation of a kind (its last word): id and part."""
        found = (r for r in self.relations(name) if r[1].rpartition("/")[2] == kind and r[2] in self)
        return next(((i, part) for i, _, part in found), None)

    def relate(self, name: str, kind: str, to: str) -> str:
        """Relate a part to another; ``kind`` whole. Gives the relation's id."""
        rels = _relations_of(name)
        text = self.text(rels) if rels in self else f'{DECLARATION}<Relationships xmlns="{_RELATIONS}"></Relationships>'
        markup = Markup(text)
        taken = {markup.attributes(e).get("Id", "") for e in markup.children(markup.root)}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        said = f'Id="rId{number}" Type="{quoted(kind)}" Target="/{quoted(to)}"'
        markup.append(markup.root, f"<{markup.prefix}Relationship {said}/>")
        self.put(rels, markup.done())
        return f"rId{number}"

    def unrelate(self, name: str, to: str) -> None:
        """Take the relations of a part to another away."""
        rels = _relations_of(name)
        gone = {i for i, _, part in self.relations(name) if _plain(part) == _plain(to)}
        markup = Markup(self.text(rels)) if rels in self else Markup("")
        left = 0
        for each in markup.children(markup.root):
            if markup.attributes(each).get("Id", "") in gone:
                markup.remove(each)
            else:
                left += 1
        if gone and left:
            self.put(rels, markup.done())
        elif gone:
            self.drop(rels)

    def declare(self, name: str, kind: str) -> None:
        """Say of which kind (its content type) a new part is."""
        markup = Markup(self.text(TYPES))
        said = f'PartName="/{quoted(name)}" ContentType="{quoted(kind)}"'
        markup.append(markup.root, f"<{markup.prefix}Override {said}/>")
        self.put(TYPES, markup.done())

    # --- packing

    def pack(self) -> bytes:
        """The whole package: the parts in their order, those that were not edited as they lay there, packed.

        What was edited is read once more: a part that is not well-formed never leaves.
        """
        out = BytesIO()
        for key in self._changed:
            if key in self and not key.endswith(".vml"):
                self.text(key)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            target.comment = self._zip.comment
            for entry in self._zip.infolist():
                key = _plain(entry.filename)
                if key not in self._changed or self._entries[key] is not entry:
                    self._carry(entry, target, out)
                elif self._changed[key]:
                    target.writestr(_fresh(entry), self._bytes(key))
            for key in [k for k, there in self._changed.items() if there and k not in self._entries]:
                made = zipfile.ZipInfo(self._names[key], _EARLIEST)
                made.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(made, self._bytes(key))
        return out.getvalue()

    def _bytes(self, key: str) -> bytes:
        return self._texts[key].encode(self._coding.get(key, "utf-8"), "xmlcharrefreplace")

    def _carry(self, entry: zipfile.ZipInfo, target: zipfile.ZipFile, out: BytesIO) -> None:
        """A part as it lies in the old package, without unpacking it."""
        head = entry.header_offset
        name, extra = struct.unpack("<HH", self._data[head + 26 : head + 30])
        start = head + 30 + name + extra
        made = _fresh(entry)
        made.CRC, made.file_size, made.compress_size = entry.CRC, entry.file_size, entry.compress_size
        made.header_offset = out.tell()
        out.write(made.FileHeader(zip64=False))
        out.write(self._data[start : start + entry.compress_size])
        target.filelist.append(made)
        target.NameToInfo[made.filename] = made
        target.start_dir = out.tell()


def _fresh(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """What a package says of a part, ready to be said again of the part at another place."""
    made = copy.copy(entry)
    made.flag_bits &= ~0x08  # sizes stand before the part, not behind it
    made.extra = _without_zip64(entry.extra)
    return made


def _without_zip64(extra: bytes) -> bytes:
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack("<HH", extra[at : at + 4])
        if kind != _ZIP64:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _coding(raw: bytes) -> str:
    """The encoding of a part; a mark at its beginning stays a character of its text. Raises ``ValueError``."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16-le" if raw[:1] == b"\xff" else "utf-16-be"
    declared = _DECLARED.match(raw.removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in _LATIN:
        return name
    if name not in ("utf-8", "utf8"):
        raise SourceError("book-broken")
    return "utf-8"
