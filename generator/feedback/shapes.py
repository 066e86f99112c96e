"""The boxes in which comments are shown. Old programs wrote them as VML that no XML parser takes, so by pattern only."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from .told import Cell
from .worksheet import Worksheet

KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE = re.compile(r"<((?:\w+:)?shape)(?=[\s>])[^>]*>.*?</\1\s*>", re.S)
_NOTE = re.compile(r"ObjectType\s*=\s*[\"']Note[\"']")
_ROW, _COLUMN = (re.compile(rf"<(?:\w+:)?{n}>\s*([0-9]+)\s*</") for n in ("Row", "Column"))
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)([\s0-9,]*)(</)")
_IDS = re.compile(r"_x0000_s([0-9]+)")
_MAPS = re.compile(r"<(?:\w+:)?idmap\b[^>]*\bdata\s*=\s*[\"']([0-9, ]+)")
_END = re.compile(r"</(?:\w+:)?xml\s*>\s*\Z|\s*/>\s*\Z")
_ROOT = re.compile(r"<((?:\w+:)?xml)\b[^>]*>")
_TYPE = (
    '<v:shapetype{} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_OURS = re.compile(re.escape(_TYPE).replace(re.escape("{}"), r"(?: xmlns:\w+=\"[^\"]*\")*"))
_ONE = (
    '<v:shape{} id="_x0000_s{}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:{}pt;height:{}pt;z-index:1;visibility:hidden" fillcolor="#fff7d6" o:insetmode="auto"><v:fill color2="#fff7d6"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>"
)
_ACROSS, _WIDTH, _LINE, _MARGIN = 44, 360, 20, 16  # half-width characters in a line; pixels
_LEFT, _TOP = 15, 4  # pixels from the cell to its box


def empty(number: int) -> str:
    """A part without shapes. ``number``: no other part of the workbook counts its shapes by it."""
    spaces = "".join(f' xmlns:{p}="{n}"' for p, n in _SPACES.items())
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
    return f"<xml{spaces}>{layout}</xml>"


def numbers(text: str) -> set[int]:
    """The numbers by which a part counts its shapes."""
    return {int(n) for m in _MAPS.finditer(text) for n in m[1].split(",") if n.strip()}


def shapeless(text: str) -> bool:
    """Whether nothing is drawn in a part at all."""
    return re.search(r"<(?:\w+:)?(?:shape|group|rect|line|oval|image|roundrect)(?=[\s/>])", text) is None


def renewed(
    text: str, sheet: Worksheet, *, gone: Collection[Cell], fresh: Mapping[Cell, str], joined: Mapping[Cell, str]
) -> str:
    """The shapes without those of ``gone`` cells, with one for each ``fresh`` text; a ``joined`` text gets more room."""
    pieces, at = [], 0
    for start, end, cell in _notes(text):
        shape = text[start:end]
        if cell in gone:
            shape = ""
        elif cell in joined:
            shape = _ANCHOR.sub(_deeper(sheet, joined[cell]), shape)
        pieces += [text[at:start], shape]
        at = end
    kept = "".join([*pieces, text[at:]])
    if gone and "#_x0000_t202" not in kept:
        kept = _OURS.sub("", kept)
    return _with(kept, sheet, fresh) if fresh else kept


def _notes(text: str) -> Iterator[tuple[int, int, Cell]]:
    """Where the boxes of comments stand, and for which cells."""
    for m in _SHAPE.finditer(text):
        row, column = _ROW.search(m[0]), _COLUMN.search(m[0])
        if row and column and _NOTE.search(m[0]):
            yield m.start(), m.end(), (int(row[1]), int(column[1]))


def _with(text: str, sheet: Worksheet, fresh: Mapping[Cell, str]) -> str:
    root, end = _ROOT.search(text), _END.search(text)
    if root is None or end is None:
        raise ValueError("no shapes")
    known = all(f'xmlns:{p}="{n}"' in root[0] for p, n in _SPACES.items())
    spaces = "" if known else "".join(f' xmlns:{p}="{n}"' for p, n in _SPACES.items())
    ids = [int(n) for n in _IDS.findall(text)] or [1024 * min(numbers(text) or {1})]
    made = [] if "_x0000_t202" in text else [_TYPE.format(spaces)]
    for number, (cell, note) in enumerate(sorted(fresh.items()), max(ids) + 1):
        high = _height(note)
        anchor = _anchor(sheet, cell, high)
        made.append(_ONE.format(spaces, number, _WIDTH * 3 // 4, high * 3 // 4, anchor, *cell))
    close = end[0] if end[0].startswith("</") else f"</{root[1]}>"
    return text[: end.start()] + ("" if end[0].startswith("</") else ">") + "".join(made) + close


def _height(text: str) -> int:
    """Pixels that a text takes up in a box: a Chinese character is as wide as two others."""
    wide = [sum(1 if c < "\u1100" else 2 for c in line) for line in text.split("\n")]
    return _MARGIN + _LINE * sum(max(1, -(-w // _ACROSS)) for w in wide)


def _anchor(sheet: Worksheet, cell: Cell, high: int) -> str:
    """Right of the cell, a little above: column, pixels, row, pixels of one corner and of the other."""
    row, column = max(cell[0] - 1, 0), cell[1] + 1
    right = _reach(sheet.width, column, _LEFT + _WIDTH)
    bottom = _reach(sheet.height, row, _TOP + high)
    return f"{column}, {_LEFT}, {row}, {_TOP}, {right[0]}, {right[1]}, {bottom[0]}, {bottom[1]}"


def _reach(size: Callable[[int], int], start: int, length: int) -> tuple[int, int]:
    """So many pixels on from the start of a column or row: which one is that, and how far within it."""
    for at in range(start, start + 2000):
        here = size(at)
        if length < here:
            return at, length
        length -= here
    return start + 1, 0


def _deeper(sheet: Worksheet, text: str) -> Callable[[re.Match[str]], str]:
    """Move the lower edge of a box down, if its text does not fit."""

    def deeper(m: re.Match[str]) -> str:
        at = [int(n) for n in m[2].split(",") if n.strip()]
        if len(at) != 8:
            return m[0]
        left, within, top, above, right, beyond, bottom, below = at
        if bottom - top > 2000 or right - left > 2000:
            return m[0]
        wide = sum(map(sheet.width, range(left, right))) - within + beyond
        high = sum(map(sheet.height, range(top, bottom))) - above + below
        need = _height(text) * _WIDTH // max(min(wide, _WIDTH), 60)
        if high >= need:
            return m[0]
        low = _reach(sheet.height, top, above + need)
        return f"{m[1]}{left}, {within}, {top}, {above}, {right}, {beyond}, {low[0]}, {low[1]}{m[3]}"

    return deeper
