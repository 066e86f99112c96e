"""The rows of an ordinary worksheet, found by pattern and not parsed, in a third of the time.

Ordinary is what Excel, WPS, LibreOffice and XlsxWriter write for ordinary cells. Every tag is accounted for: a sheet in
which a single one is otherwise is :class:`NotPlain` and goes through the parser, which knows all of XML. Both must see
the same; ``tests/sources/test_xlsx_plain.py`` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_DECLARED = re.compile(
    rb"<\?xml version=[\"']1\.0[\"']( encoding=[\"']utf-8[\"'])?( standalone=[\"']\w+[\"'])? ?\?>", re.I
)
_ATTRIBUTES = re.compile(r'(?: [A-Za-z0-9:]+="[^"<>&]*")* ?')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?: t="(s|n|b|e|str)")? ?'
    r"(?:(/)>|>(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?<v>([^<&]*)</v></c>)"
)
MOST = 32 * 1024 * 1024  # bytes of a sheet that may be held at once

Cell = tuple[str, str, str, str, str, str]
"""A cell: letters of its column, style, kind, "/" when empty, formula, value; what is not there is ""."""


class NotPlain(Exception):
    """This sheet has something that the pattern does not know."""


def split(data: bytes) -> tuple[bytes, str]:
    """A worksheet → all of it but its rows, still a whole document; and its rows. Raises :class:`NotPlain`."""
    declared = _DECLARED.match(data)
    body = data[declared.end() :] if declared else data
    if len(data) >= MOST or b"<!" in body or b"<?" in body or body.count(_OPEN) != 1 or body.count(_CLOSE) != 1:
        raise NotPlain
    start, end = data.index(_OPEN) + len(_OPEN), data.index(_CLOSE)
    try:
        return data[:start] + data[end:], data[start:end].decode()
    except UnicodeDecodeError:
        raise NotPlain from None


def rows(body: str) -> Iterator[tuple[dict[str, str], list[Cell]]]:
    """Each row: its attributes and its cells. Raises :class:`NotPlain`, if need be after some rows."""
    before, *pieces = body.split("<row")
    if "<" in before:
        raise NotPlain
    for piece in pieces:
        head, _, inner = piece.partition(">")
        empty = head.endswith("/")
        if not _ATTRIBUTES.fullmatch(head[:-1] if empty else head):
            raise NotPlain
        cells: list[Cell] = [] if empty else _CELL.findall(inner)
        if inner.count("<") != _tags(inner, cells) + (not empty) or (
            not empty and not inner.rstrip().endswith("</row>")
        ):
            raise NotPlain
        yield dict(_ATTRIBUTE.findall(head)), cells


def _tags(inner: str, cells: list[Cell]) -> int:
    """How many tags these cells are made of: one when empty, else four, and those of a formula."""
    if "/>" not in inner and "<f" not in inner:
        return 4 * len(cells)
    return sum(1 if closed else 4 + formula.count("<") for _, _, _, closed, formula, _ in cells)
