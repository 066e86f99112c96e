"""The site's search: where each pair of characters stands, so that any phrase is found exactly.

``text_of`` takes the words a reader sees from a page; ``build`` lays all pages' words end to end and writes down, for
each pair of neighbouring characters, every place it stands at. A phrase is where its pairs stand side by side; no
dictionary of words is needed, so none is missing from it. ``site/assets/javascripts/search.js`` reads these files.
Why, and what it costs: ``docs/decisions/0003-search-by-bigrams.md``.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from itertools import chain
from operator import add, sub
from typing import Any
from unicodedata import normalize

SHARD = 24_000
"""Bytes after which the next file of pairs begins; a longer list has a file of its own."""

TEXTS = 2
"""Pages in a file of texts. A phone loads one such file for each excerpt it shows."""

NAMES = 100
"""Pages in a file of addresses and titles, for the results that are shown without an excerpt."""

# --- what a reader sees --------------------------------------------------------------------------------------------

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q rb ruby s "
    "samp small source span strong sub sup time tt u var wbr".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_UNSEEN = frozenset("canvas head iframe noscript object svg template".split())
_BLOCK = "\x00"

_RAW = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<[!?][^>]*>""")
_ATTRIBUTE = re.compile(r"""([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")
_HTML_SPACE = re.compile(r"[ \t\n\r\f]+")


def text_of(html: str) -> str:
    """The words a reader sees in a piece of HTML: one line for each block, entities decoded, white space collapsed.

    Inline tags leave no trace, so a phrase runs through them; any other tag ends the line. Left out: scripts, styles,
    pictures, ``[hidden]``, heading permalinks and elements with ``data-search="skip"``. The HTML must be well formed.
    """
    seen = "".join(_visible(_RAW.sub("", html.replace(_BLOCK, ""))))
    lines = (line.strip(" ") for line in _HTML_SPACE.sub(" ", unescape(seen)).split(_BLOCK))
    return "\n".join(line for line in lines if line)


def _visible(html: str) -> Iterator[str]:
    pieces = iter(_TAG.split(html))
    yield next(pieces)
    leaving, depth = "", 0
    for closing, name, attributes, text in zip(pieces, pieces, pieces, pieces, strict=True):
        name = (name or "").lower()
        if depth:
            if name == leaving:
                depth += -1 if closing else 1
            if depth:
                continue
        elif not closing and name not in _VOID and _is_unseen(name, attributes or ""):
            leaving, depth = name, 0 if (attributes or "").endswith("/") and name == "svg" else 1
            continue
        if name and name not in _INLINE:
            yield _BLOCK
        yield text


def _is_unseen(name: str, attributes: str) -> bool:
    if name in _UNSEEN:
        return True
    if "hidden" not in attributes and "data-search" not in attributes and "headerlink" not in attributes:
        return False
    have = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(attributes)}
    return (
        have.get("hidden", "until-found").lower() != "until-found"
        or have.get("data-search") == "skip"
        or "headerlink" in have.get("class", "").split()
    )


# --- how words are compared ----------------------------------------------------------------------------------------

_DROPPED = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef\ud800-\udfff]")
_SPACE_IN_LINE = re.compile("[\x00-\x09\x0b-\x20\x7f-\x9f\u1680\u2028\u2029]+")
_LINE_END = re.compile(" ?\n[ \n]*")


def fold(text: str) -> str:
    """Text as it is compared: width and case do not matter, a run of white space is one space; lines are kept.

    ``fold`` in search.js does the same to what is typed; the browser test compares the two over all of Unicode.
    Both lower-case by Unicode's own table and then forget the one letter whose lower case hangs on its neighbours.
    """
    lower = normalize("NFKC", _DROPPED.sub("", text)).lower().replace("ς", "σ")
    return _LINE_END.sub("\n", _SPACE_IN_LINE.sub(" ", normalize("NFKC", lower))).strip(" \n")


# --- the files -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Document:
    """A page to be found. ``url`` is relative to the site's root; ``text`` has a line for each block (``text_of``)."""

    url: str
    title: str
    text: str


def build(documents: Iterable[Document], unreachable: str = "") -> dict[str, bytes]:
    """All files of the search, by path relative to the site's root; the same documents give the same bytes.

    ``unreachable`` is the sentence a reader gets as the only result when the files cannot be loaded; without it there
    is no result then. Documents earlier in the order come first among equals.
    Raises ``ValueError`` for a url that leaves the site.
    """
    pages = [_checked(document) for document in documents]
    whole, starts, bodies = _end_to_end(pages)
    grams, firsts = _gram_files(_places(whole), len(whole))
    inner = {
        **grams,
        "pages.bin": _shard({"starts": starts, "bodies": bodies}, len(whole)),
        **_groups("names", NAMES, [[p.url, p.title] for p in pages]),
        **_groups("texts", TEXTS, [[p.url, p.title, p.text] for p in pages]),
    }
    stamp = _stamp(inner)
    manifest = {"stamp": stamp, "length": len(whole), "texts": TEXTS, "names": NAMES, "grams": firsts}
    config = {"lang": ["zh"], "separator": r"\s+", "pipeline": [], "fields": {}, "unreachable": unreachable}
    return {
        "search/search_index.json": _json({"config": config, "docs": []}),
        "search/manifest.json": _json(manifest),
        **{f"search/{stamp}/{path}": data for path, data in inner.items()},
    }


def _checked(document: Document) -> Document:
    if document.url.startswith(("/", "\\")) or ":" in document.url.partition("/")[0]:
        raise ValueError(f"not an address inside the site: {document.url!r}")
    title = document.title.strip()
    heading, _, rest = document.text.partition("\n")
    return Document(document.url, title, rest if heading == title else document.text)


def _end_to_end(pages: Sequence[Document]) -> tuple[str, array[int], array[int]]:
    """All folded text as one string, each part ended by a line end; where each page and each page's body begins."""
    parts: list[str] = []
    starts, bodies, at = array("I"), array("I"), 0
    for page in pages:
        for part, begins in ((fold(page.title).replace("\n", " "), starts), (fold(page.text), bodies)):
            begins.append(at)
            parts += part, "\n"
            at += len(part) + 1
    return "".join(parts), starts, bodies


def _places(whole: str) -> dict[str, array[int]]:
    """Every pair of neighbouring characters that begins with a visible one, and where it stands, rising."""
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for at, gram in enumerate(map(add, whole, whole[1:])):
        found[gram].append(at)
    return {gram: found[gram] for gram in sorted(found) if gram[0] not in " \n"}


def _gram_files(places: Mapping[str, array[int]], length: int) -> tuple[dict[str, bytes], list[str]]:
    """The lists cut into files in the order of their pairs, and the first pair of each file."""
    files: dict[str, bytes] = {}
    firsts: list[str] = []
    batch: dict[str, array[int]] = {}
    size = 0

    def close() -> None:
        nonlocal batch, size
        if batch:
            files[f"grams/{len(firsts)}.bin"] = _shard(batch, length)
            firsts.append(next(iter(batch)))
        batch, size = {}, 0

    for gram, at in places.items():
        weight = 11 + len(at) * _width(len(at), length)
        if size + weight > SHARD:
            close()
        batch[gram] = at
        size += weight
    close()
    return files, firsts


def _shard(lists: Mapping[str, array[int]], length: int) -> bytes:
    """A line of JSON, ``[[name, …], [count, …]]``, then the gaps of each list in turn."""
    head = _json([list(lists), [len(at) for at in lists.values()]])
    return b"\n".join((head, b"".join(_gaps(at, length) for at in lists.values())))


def _width(count: int, length: int) -> int:
    """Bytes for each gap of a list with so many places in a text of such length; search.js computes the same."""
    return 1 if count * 40 >= length else 2 if count * 8192 >= length else 3


def _gaps(places: array[int], length: int) -> bytes:
    """Distances between neighbours, little-endian; the greatest number means: go on by that much, nothing is here."""
    width = _width(len(places), length)
    full = 256**width - 1
    gaps = array("I", map(sub, places, chain((0,), places)))
    if gaps and max(gaps) >= full:
        gaps = array("I", _spread(gaps, full))
    if sys.byteorder == "big":
        gaps.byteswap()
    wide = gaps.tobytes()
    packed = bytearray(len(gaps) * width)
    for byte in range(width):
        packed[byte::width] = wide[byte :: gaps.itemsize]
    return bytes(packed)


def _spread(gaps: Iterable[int], full: int) -> Iterator[int]:
    for gap in gaps:
        while gap >= full:
            yield full
            gap -= full
        yield gap


def _groups(folder: str, size: int, rows: Sequence[Any]) -> dict[str, bytes]:
    return {f"{folder}/{n // size}.json": _json(rows[n : n + size]) for n in range(0, len(rows), size)}


def _stamp(files: Mapping[str, bytes]) -> str:
    """A folder name for this very content: a browser that kept an old manifest can never mix two builds."""
    digest = sha256()
    for path, data in files.items():
        digest.update(f"{path} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()[:12]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
