"""A drawn page as the Markdown that somebody with MkDocs alone would have: the same words, lists, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

HEADINGS = {f"h{n}": "#" * n for n in range(1, 7)}
INLINE = frozenset(("a", "b", "strong", "em", "span", "time", "small", "br"))
VOID = frozenset(("br", "hr", "img", "meta", "link", "input"))
SPECIAL = re.compile(r"([\\`*_\[\]<>#|])|^(\d+)\.(?=\s)|^([-+])(?=\s)")


@dataclass
class Node:
    """An element: its tag, where it links to, and what is in it."""

    tag: str
    href: str = ""
    inside: list[Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs).get("href") or "")
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def of_html(html: str) -> str:
    """HTML of pages/*.html → Markdown with the extensions ``tables`` and ``def_list``; classes are lost, words are not."""
    tree = _Tree()
    tree.feed(re.sub(r"<noscript>.*?</noscript>", "", html))  # the search does not read it either
    tree.close()
    return "\n\n".join(_blocks(tree.open[0])) + "\n"


def _blocks(node: Node) -> Iterator[str]:
    """The blocks in an element; loose words among them are paragraphs."""
    for loose, run in groupby(node.inside, key=lambda n: isinstance(n, str) or n.tag in INLINE):
        if not loose:
            for child in run:
                yield from _block(child)
        elif words := _line(run):
            yield words


def _block(node: Node | str) -> Iterator[str]:
    assert isinstance(node, Node)
    if node.tag in HEADINGS:
        yield f"{HEADINGS[node.tag]} {_line(node.inside)}"
    elif node.tag in ("ul", "ol"):
        mark = "-   " if node.tag == "ul" else "1.  "
        items = ["\n\n".join(_blocks(n)) for n in _elements(node)]
        gap = "\n\n" if any("\n\n" in item for item in items) else "\n"
        yield gap.join(mark + item.replace("\n", "\n    ").replace("\n    \n", "\n\n") for item in items)
    elif node.tag == "dl":
        pairs = [[_line(n.inside) for n in _elements(div)] for div in _elements(node)]
        yield "\n\n".join(f"{name}\n:   {what}" for name, what in pairs)
    elif node.tag == "table":
        yield from _table(node)
    else:
        yield from _blocks(node)


def _table(node: Node) -> Iterator[str]:
    """A table under its caption. Markdown has one header row, and no cell over two columns or rows: blank ones fill up."""
    parts = list(_elements(node))
    yield from (_line(part.inside) for part in parts if part.tag == "caption")
    rows = [[_line(c.inside) for c in _elements(row)] for p in parts if p.tag != "caption" for row in _elements(p)]
    width = max(map(len, rows))
    first, *others = rows
    filled = [first + [""] * (width - len(first)), *([""] * (width - len(row)) + row for row in others)]
    lines = ["| " + " | ".join(cell or " " for cell in row) + " |" for row in filled]
    yield "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _elements(node: Node) -> Iterator[Node]:
    return (n for n in node.inside if isinstance(n, Node))


def _line(inside: Iterable[Node | str]) -> str:
    text = "".join(_inline(n) for n in inside)
    return re.sub(r"\s+", " ", text).strip()


def _inline(node: Node | str) -> str:
    if isinstance(node, str):
        return SPECIAL.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\." if m[2] else f"\\{m[3]}", node)
    inner = _line(node.inside)
    if node.tag == "a":
        return f"[{inner}]({_source(node.href)})"
    if node.tag in ("b", "strong"):
        return f"**{inner}**"
    return f" {inner} " if node.tag == "span" else inner


def _source(href: str) -> str:
    """The link as MkDocs wants it, to the page's source file."""
    if ":" in href:
        return href
    path, sharp, anchor = href.partition("#")
    return f"{path}index.md{sharp}{anchor}" if path.endswith("/") else href
