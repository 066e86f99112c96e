"""An HTML fragment set on paper: the same words and figures as the page, through Typst to PDF.

The fragment becomes a tree of data; a layout (``templates/layouts/*.typ``) walks it. A text reaches
Typst as a string and never as source, so nothing in a cell can be markup, code or a file name.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts_zh
import typst
from fontTools.ttLib import TTFont

# A node is a text, or {"tag", "body"} with "class", "colspan" or (of an svg) "src" where it has them.
Node = str | dict[str, Any]

BLOCKS = frozenset({"article", "footer", "div", "figure", "ul", "table", "thead", "tbody", "tr"})
TEXTS = frozenset({"h1", "h2", "h3", "h4", "h5", "p", "li", "th", "td"})
INLINE = frozenset({"span", "strong", "br", "a"})
TAGS = BLOCKS | TEXTS | INLINE
# The scale of the type on each paper: on A3 everything is enlarged by √2 with the sheet.
PAPERS = {"A4": 1.0, "A3": math.sqrt(2)}
FAMILIES = ("Noto Serif SC", "Noto Sans SC")  # the layout names them; see docs/decisions/0004
# Lines in the type area: as GB/T 9704 has it, and closer where that saves a sheet, as it allows for a signature.
LINES = (22, 26)
_BLANKS = re.compile("[ \\t\\n\\r\\f]+")  # what a browser collapses; U+3000 and U+00A0 stay
_SVG_NS = "http://www.w3.org/2000/svg"


class NotSettable(ValueError):
    """A fragment that the layout cannot set as it stands: nothing is left out or guessed."""


class MissingGlyphs(ValueError):
    """``characters`` have no shape in the fonts at hand; the paper would show empty boxes."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(characters))
        super().__init__(self.characters)


# --- HTML to tree --------------------------------------------------------------------------------------------------


class _Tree(HTMLParser):
    """Builds the tree; blanks are collapsed as a browser does, an ``svg`` is kept as its own source."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Node] = []
        self.open: list[dict[str, Any]] = []
        self.svg: list[str] = []
        self.svg_depth = 0

    def _body(self) -> list[Node]:
        return self.open[-1]["body"] if self.open else self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "svg" or self.svg_depth:
            self._start_svg(tag, given)
            return
        if tag not in TAGS:
            raise NotSettable(f"<{tag}>")
        node: dict[str, Any] = {"tag": tag, "body": []}
        if given.get("class"):
            node["class"] = given["class"]
        if "colspan" in given:
            node["colspan"] = int(given["colspan"])
        self._body().append(node)
        if tag != "br":
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.svg_depth:
            self._end_svg(tag)
        elif not self.open or self.open[-1]["tag"] != tag:
            raise NotSettable(f"</{tag}>")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.svg_depth:
            self.svg.append(escape(data))
        else:
            self._body().append(data)

    def _start_svg(self, tag: str, given: dict[str, str]) -> None:
        if not self.svg_depth:
            given.setdefault("xmlns", _SVG_NS)
            given["viewBox"] = given.pop("viewbox", given.get("viewBox", ""))  # html.parser lowers the case
            self.svg = []
        self.svg_depth += 1
        self.svg.append(f"<{tag}" + "".join(f' {k}="{escape(v)}"' for k, v in given.items()) + ">")

    def _end_svg(self, tag: str) -> None:
        self.svg.append(f"</{tag}>")
        self.svg_depth -= 1
        if not self.svg_depth:
            self._body().append({"tag": "svg", "src": "".join(self.svg), "body": []})


def fragment_tree(html: str) -> list[Node]:
    """The fragment as data for the layout. Raises :class:`NotSettable` for a tag it does not know or does not close."""
    parser = _Tree()
    parser.feed(html)
    parser.close()
    if parser.open or parser.svg_depth:
        raise NotSettable(f"<{parser.open[-1]['tag'] if parser.open else 'svg'}>")
    return _tidy(parser.root, inline=False)


def _tidy(body: list[Node], *, inline: bool) -> list[Node]:
    """Blanks collapsed; between blocks they mean nothing, at the edges of a text neither."""
    tidied: list[Node] = []
    for node in body:
        if isinstance(node, str):
            node = _BLANKS.sub(" ", node)
            if not inline and node != " ":
                raise NotSettable(node)
            if inline and node:
                tidied.append(node)
        else:
            inner = inline or node["tag"] in TEXTS
            inner_body = _tidy(node["body"], inline=inner)
            tidied.append({**node, "body": _trim(inner_body) if node["tag"] in TEXTS else inner_body})
    return tidied


def _trim(body: list[Node]) -> list[Node]:
    if body and isinstance(body[0], str):
        body = [body[0].lstrip(" "), *body[1:]]
    if body and isinstance(body[-1], str):
        body = [*body[:-1], body[-1].rstrip(" ")]
    return [node for node in body if node != ""]


def text_of(html: str) -> str:
    """The words of a fragment as they stand on paper, one line a block; pictures have none."""
    return _text(fragment_tree(html))


def _text(tree: list[Node]) -> str:
    lines: list[str] = []

    def walk(body: list[Node], out: list[str]) -> None:
        for node in body:
            if isinstance(node, str):
                out.append(node)
            elif node["tag"] in TEXTS:
                line: list[str] = []
                walk(node["body"], line)
                lines.append("".join(line))
            elif node["tag"] == "br":
                out.append("\n")
            else:
                walk(node["body"], out)

    walk(tree, [])
    return "\n".join(lines)


# --- fonts ---------------------------------------------------------------------------------------------------------


@cache
def _covered(path: str, index: int) -> frozenset[int]:
    """The characters that a font file (a collection's font of that number) has shapes for."""
    with TTFont(path, lazy=True, fontNumber=index) as font:
        return frozenset(font.getBestCmap() or {})


@cache
def _load(folders: tuple[Path, ...]) -> typst.Fonts:
    """The fonts that come with Bugu and those of further folders, loaded once; never the machine's own."""
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(folder)
    paths = [str(fonts_zh.serif_path().parent), *map(str, folders)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def _needs_shape(character: str) -> bool:
    """Blanks, format characters and variation selectors print nothing of their own."""
    variant = 0xFE00 <= ord(character) <= 0xFE0F
    return not (character.isspace() or variant or unicodedata.category(character) == "Cf")


# --- the typesetter ------------------------------------------------------------------------------------------------


class Typesetter:
    """Sets fragments with one layout; the fonts are loaded once and kept for all of them.

    ``layout``: the Typst file. ``fonts``: folders with further fonts, asked for what the first two lack; raises
    ``FileNotFoundError`` for a folder that is not there. ``lines``: how many in the type area, and how many where that
    saves a sheet. ``scale``: of the type against that of a notice on the same paper.
    """

    def __init__(
        self, layout: Path, fonts: Sequence[Path] = (), *, lines: Sequence[int] = LINES, scale: float = 1.0
    ) -> None:
        loaded = _load(tuple(fonts))
        self._more = sorted(set(loaded.families()) - set(FAMILIES))
        self._shapes = [_covered(f.path, f.index) for f in loaded.fonts() if f.path]
        self._compiler = typst.Compiler(layout, root=layout.parent, font_paths=loaded, ignore_system_fonts=True)
        self._lines, self._scale = tuple(lines), scale

    def missing(self, text: str) -> set[str]:
        """The characters of a text that no font here has a shape for."""
        return {c for c in set(text) if _needs_shape(c) and not any(ord(c) in shapes for shapes in self._shapes)}

    def pdf(self, fragment_html: str, *, title: str, paper: str = "A4") -> bytes:
        """The fragment as a PDF: the same input gives the same bytes.

        ``paper`` is one of :data:`PAPERS`; A3 is A4 enlarged. Raises :class:`MissingGlyphs`, :class:`NotSettable`,
        ``ValueError`` for another paper, ``typst.TypstError`` for a layout at fault.
        """
        if paper not in PAPERS:
            raise ValueError(paper)
        tree = fragment_tree(fragment_html)
        if lacking := self.missing(title + _text(tree)):
            raise MissingGlyphs(lacking)
        scale = PAPERS[paper] * self._scale
        data = {"title": title, "paper": paper.lower(), "scale": scale, "fonts": self._more, "body": tree}
        pdf, pages = self._set(data, self._lines[0])
        for lines in self._lines[1:] if pages > 1 else ():
            closer, fewer = self._set(data, lines)
            if fewer < pages:
                return closer
        return pdf

    def _set(self, data: dict[str, Any], lines: int) -> tuple[bytes, int]:
        """One setting of a sheet: its PDF and on how many pages."""
        inputs = {"sheet": json.dumps({**data, "lines": lines}, ensure_ascii=False)}
        pdf, warnings = self._compiler.compile_with_warnings(format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
        if warnings or not isinstance(pdf, bytes):
            raise NotSettable("; ".join(w.message for w in warnings))
        if len(self._lines) == 1:
            return pdf, 0
        return pdf, int(self._compiler.query("<pages>", field="value", one=True))
