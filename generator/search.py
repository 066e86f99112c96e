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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from typing import Any
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]

SHARD = 24_000
"""Bytes after which the next file of pairs begins; a longer list has a file of its own."""

TEXTS = 2
"""Pages in a file of texts. A phone loads one such file for each excerpt it shows."""

NAMES = 25
"""Pages in a file of addresses and titles, for the results that are shown without an excerpt."""

# --- what a reader sees --------------------------------------------------------------------------------------------

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q rb ruby s "
    "samp small source span strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_UNSEEN = frozenset(("canvas", "head", "iframe", "noscript", "object", "svg", "template"))
_PLAIN_TAGS = (
    "dd div dl dt h1 h2 h3 h4 li nav ol p section table tbody td th thead tr ul"
)
_PLAIN = _INLINE | frozenset(_PLAIN_TAGS.split())
_BLOCK = "\x00"

_RAW = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>|<[!?][^>]*>""")
_ATTRIBUTE = re.compile(r"""([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")


def text_of(html: str) -> str:
    """The words a reader sees in a piece of HTML: one line for each block, entities decoded, white space collapsed.

    Inline tags leave no trace, so a phrase runs through them; any other tag ends the line. Left out: scripts, styles,
    pictures, ``[hidden]``, heading permalinks and elements with ``data-search="skip"``. The HTML must be well formed.
    """
    seen = "".join(_visible(_RAW.sub("", html.replace(_BLOCK, ""))))
    lines = (line.strip(" ") for line in _collapsed(unescape(seen)).split(_BLOCK))
    return "\n".join(line for line in lines if line)


def _collapsed(text: str) -> str:
    for space in "\t\n\r\f":
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _visible(html: str) -> Iterator[str]:
    pieces = iter(_TAG.split(html))
    yield next(pieces)
    leaving, depth = "", 0
    for closing, name, attributes, text in zip(pieces, pieces, pieces, pieces, strict=True):
        if not depth and not attributes and name in _PLAIN:
            yield text if name in _INLINE else _BLOCK + text
            continue
        name = (name or "").lower()
        if depth:
            if name == leaving:
                depth += -1 if closing else 1
            if depth:
                continue
        elif not closing and name not in _VOID and _is_unseen(name, attributes or ""):
            leaving, depth = name, 0 if (attributes or "").endswith("/") and name == "svg" else 1
            continue
        if name and name not in _INLINE and name not in _UNSEEN:
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
    plain = normalize("NFKC", _DROPPED.sub("", text))
    lower = plain.lower().replace("ς", "σ")
    again = lower if lower == plain else normalize("NFKC", lower)
    return _LINE_END.sub("\n", _SPACE_IN_LINE.sub(" ", again)).strip(" \n")


# --- the files -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Document:
    """A page to be found. ``url`` is relative to the site's root; ``text`` has a line for each block (``text_of``)."""

    url: str
    title: str
    text: str


def build(documents: Iterable[Document], words: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """All files of the search, by path relative to the site's root; the same documents give the same bytes.

    ``words`` are the sentences shown in the place of a result: ``unreachable`` when the files cannot be loaded,
    ``more`` when a very common phrase stands in ``{count}`` pages beyond those listed. Documents earlier in the order
    come first among equals.
    Raises ``ValueError`` for a url that leaves the site.
    """
    pages = [_checked(document) for document in documents]
    whole, starts, bodies = _end_to_end(pages)
    grams, firsts, alone = _gram_files(whole)
    inner = {
        **grams,
        "pages.bin": _page_table(starts, bodies, len(whole)),
        **_groups("names", NAMES, [[p.url, p.title] for p in pages]),
        **_groups("texts", TEXTS, [[p.url, p.title, p.text] for p in pages]),
    }
    stamp = _stamp(inner)
    sizes = {"length": len(whole), "texts": TEXTS, "names": NAMES}
    manifest = {"stamp": stamp, **sizes, "grams": firsts, "alone": alone}
    config = {"lang": ["zh"], "separator": r"\s+", "pipeline": [], "fields": {}, "words": dict(words or {})}
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


def _end_to_end(pages: Sequence[Document]) -> tuple[str, Numbers, Numbers]:
    """All folded text as one string, each part ended by a line end; where each page and each page's body begins."""
    parts = [part for page in pages for part in (fold(page.title).replace("\n", " "), fold(page.text))]
    ends = np.cumsum([len(part) + 1 for part in parts], dtype=np.int64)
    begins = np.concatenate(([0], ends[:-1])) if parts else ends
    return "".join(f"{part}\n" for part in parts), begins[0::2], begins[1::2]


def _places(whole: str) -> tuple[list[str], Numbers, Numbers]:
    """Every pair of neighbours that begins with a visible character, in order of code points.

    Returns the pairs; the places of all pairs one after the other, rising within a pair; how many each pair has.
    """
    codes = np.frombuffer(whole.encode("utf-32-le"), dtype="<u4")
    alphabet, letters = _alphabet(codes)
    order = np.argsort(letters[1:], kind="stable")
    order = order[np.argsort(letters[:-1][order], kind="stable")].astype(np.uint32)
    order = order[np.isin(codes[order], [ord(" "), ord("\n")], invert=True)]
    first, second = letters[order], letters[order + 1]
    heads = np.flatnonzero(_changes(first) | _changes(second))
    names = [alphabet[a] + alphabet[b] for a, b in zip(first[heads], second[heads], strict=True)]
    return names, order, np.diff(heads, append=len(order))


def _changes(row: Numbers) -> Numbers:
    """Where a row's value is not the one before it; true at its beginning."""
    changes = np.ones(len(row), dtype=bool)
    np.not_equal(row[1:], row[:-1], out=changes[1:])
    return changes


def _alphabet(codes: Numbers) -> tuple[list[str], Numbers]:
    """The characters that occur, and the text as indexes into them: small enough for numpy to sort by radix."""
    occurs = np.zeros(sys.maxunicode + 1, dtype=bool)
    occurs[codes] = True
    small = np.uint16 if np.count_nonzero(occurs) < 2**16 else np.uint32
    return [chr(code) for code in np.flatnonzero(occurs)], (np.cumsum(occurs) - 1).astype(small)[codes]


def _gram_files(whole: str) -> tuple[dict[str, bytes], list[str], list[int]]:
    """The lists cut into files in the order of their pairs.

    Returns the files; the first pair of each; which files hold that pair alone, so that no other is looked for there.
    """
    names, places, counts = _places(whole)
    ends = np.concatenate(([0], np.cumsum(counts)))
    weights = (11 + counts * _widths(counts, len(whole))).tolist()
    files: dict[str, bytes] = {}
    firsts: list[str] = []
    alone: list[int] = []
    for begin, end in _batches(weights):
        if end - begin == 1:
            alone.append(len(firsts))
        files[f"grams/{len(firsts)}.bin"] = _shard(
            names[begin:end], places[ends[begin] : ends[end]], counts[begin:end], len(whole)
        )
        firsts.append(names[begin])
    return files, firsts, alone


def _batches(weights: Sequence[int]) -> Iterator[tuple[int, int]]:
    begin = size = 0
    for at, weight in enumerate(weights):
        if size and size + weight > SHARD:
            yield begin, at
            begin, size = at, 0
        size += weight
    if size:
        yield begin, len(weights)


def _shard(names: Sequence[str], places: Numbers, counts: Numbers, length: int) -> bytes:
    """A line of JSON, ``[[name, …], [count, …]]``, then the gaps between the places of each list in turn.

    A gap is little-endian, in as many bytes as ``_widths`` says; the greatest number that these hold means: go on by
    that much, nothing stands here. The first gap of a list is from 0.
    """
    places = places.astype(np.int64)
    heads = (np.cumsum(counts) - counts)[counts > 0]
    gaps = np.diff(places, prepend=0)
    gaps[heads] = places[heads]
    width = np.repeat(_widths(counts, length), counts)
    full = 256**width - 1
    slots = gaps // full + 1
    last = np.cumsum(slots) - 1
    numbers = np.repeat(full, slots)
    numbers[last] = gaps % full
    wide = numbers.astype("<u4").view(np.uint8).reshape(-1, 4)
    packed = wide[np.arange(4) < np.repeat(width, slots)[:, None]]
    return b"\n".join((_json([list(names), counts.tolist()]), packed.tobytes()))


def _widths(counts: Numbers, length: int) -> Numbers:
    """Bytes for each gap of lists with so many places in a text of such length; search.js computes the same."""
    return np.where(counts * 40 >= length, 1, np.where(counts * 8192 >= length, 2, 3))


def _page_table(starts: Numbers, bodies: Numbers, length: int) -> bytes:
    counts = np.array([len(starts), len(bodies)])
    return _shard(["starts", "bodies"], np.concatenate((starts, bodies)), counts, length)


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
