"""The rows of an ordinary worksheet, found by pattern and not parsed, in a third of the time.

Ordinary is what Excel, WPS, LibreOffice, XlsxWriter and openpyxl write for ordinary cells. Every tag is accounted for:
a sheet in which a single one is otherwise is :class:`NotPlain` and goes through the parser, which knows all of XML.
Both must see the same; ``tests/sources/test_xlsx_plain.py`` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_DECLARED = re.compile(
    rb"<\?xml version=[\"']1\.0[\"']( encoding=[\"']utf-8[\"'])?( standalone=[\"']\w+[\"'])? ?\?>", re.I
)
_NAMED = r' (?:[A-Za-z]+:)?[A-Za-z]+="[^"<>&]*"'
_ATTRIBUTES = re.compile(rf"(?:{_NAMED})* ?")
_ATTRIBUTE = re.compile(r' ([A-Za-z:]+)="([^"]*)"')
_REST = (
    r'(?: s="({0}[0-9]+)")?(?: t="({0}s|n|b|e|str|inlineStr)")? ?(?:/>|>(?:<f(?:'
    + _NAMED
    + r")*(?: ?/>|>({0}[^<]*)</f>))?"
    r'(?:<v>({0}[^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>({0}[^<]*)</t></is>)</c>)'
)
_PARTS = re.compile(_REST.format(""))
_CELL = re.compile(rf'<c r="([A-Z]{{1,3}})[0-9]+"({_REST.format("?:")})')
_STYLE = re.compile(r' s="([0-9]+)"')
_SHARED = re.compile(r'(?: s="[0-9]+")? t="s"><v>([0-9]+)</v></c>')
_TEXTS = re.compile(rf"\s*<sst((?:{_NAMED})*) ?>(<si>.*</si>)</sst>\s*", re.S)
_TEXT = re.compile(r'(<si><t(?: xml:space="preserve")?>)([^<]*)</t></si>')
_TEXT_ENDS = len("</t></si>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))
_NO_TEXT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|]]>")  # or not as it stands here
MOST = 32 * 1024 * 1024  # bytes of a sheet that may be held at once

Cell = tuple[str, str]
"""A cell: the letters of its column, and all that follows its reference, to its end."""


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


def rows(body: str) -> Iterator[tuple[dict[str, str], list[Cell], bool]]:
    """Each row: its attributes, its cells, whether there are formulas. Raises :class:`NotPlain`, even after some rows."""
    before, *pieces = body.split("<row")
    if "<" in before:
        raise NotPlain
    for piece in pieces:
        head, _, inner = piece.partition(">")
        empty = head.endswith("/")
        if not _ATTRIBUTES.fullmatch(head[:-1] if empty else head):
            raise NotPlain
        cells: list[Cell] = [] if empty else _CELL.findall(inner)
        if inner.count("<") != _tags(inner, cells) + (not empty):
            raise NotPlain
        if not empty and not inner.rstrip().endswith("</row>"):
            raise NotPlain
        named = _ATTRIBUTE.findall(head)
        at = dict(named)
        if len(at) != len(named):
            raise NotPlain
        yield at, cells, "<f" in inner


def _tags(inner: str, cells: list[Cell]) -> int:
    """How many tags these cells are made of: four each, if there are no formulas, empty cells and texts."""
    if "/>" not in inner and "<f" not in inner and "<is" not in inner:
        return 4 * len(cells)
    return sum([1 + rest.count("<") for _, rest in cells])


def strings(data: bytes) -> list[str]:
    """The shared texts of a workbook, where all are of one piece each. Raises :class:`NotPlain`."""
    declared = _DECLARED.match(data)
    try:
        body = (data[declared.end() :] if declared else data).decode()
    except UnicodeDecodeError:
        raise NotPlain from None
    whole = _TEXTS.fullmatch(body)
    if whole is None or len(data) >= MOST:
        raise NotPlain
    names = [name for name, _ in _ATTRIBUTE.findall(whole[1])]
    found = _TEXT.findall(whole[2])
    if sum([len(begins) + len(text) + _TEXT_ENDS for begins, text in found]) != len(whole[2]) or len(set(names)) != len(
        names
    ):
        raise NotPlain
    return [_text(said) for _, said in found]


def shared(rest: str) -> int | None:
    """The number of the shared text that a cell holds; None for any other cell."""
    m = _SHARED.fullmatch(rest)
    return None if m is None else int(m[1])


def style(rest: str) -> str:
    """The style of a cell that holds a shared text; "0" where none is said."""
    m = _STYLE.match(rest)
    return "0" if m is None else m[1]


def parts(rest: str) -> tuple[str, str, str, str, str]:
    """What follows a reference → style ("0" where none is said), kind, formula, value, text of its own; or "" each.

    Raises :class:`NotPlain` where only the parser can tell.
    """
    m = _PARTS.fullmatch(rest)
    if m is None:
        raise NotPlain
    style, kind, formula, value, inline = m.groups("")
    if inline and kind != "inlineStr":
        raise NotPlain
    return style or "0", kind, _text(formula), _text(value), _text(inline)


def _text(said: str) -> str:
    """What stands between two tags, as text."""
    if said.isprintable() and "&" not in said and "]]>" not in said:
        return said
    if _NO_TEXT.search(said) or said.count("&") != len(_ENTITY.findall(said)):
        raise NotPlain
    return _ENTITY.sub(lambda m: _ENTITIES[m[0]], said)
