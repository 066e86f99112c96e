"""The demo's own search under the demo's own policy: hundreds of pieces of the records, and words that aren't there."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.search import fold

from .test_search_worker import ASK

INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "time", "sup", "sub", "-text"}
UNSEEN = {"script", "style", "svg", "template", "noscript"}
WORDS = ["停车难", "加装电梯", "老槐树", "扰民", "东胜小区", "高空抛物", "楼道堆物", "嘉木花园", "飞线充电"]
ABSENT = ["火星移民", "停车艰难", "加装飞梯", "老槐杨", "核电站", "九十九号楼", "qwertz", "嘉木公园"]


def words_of(node: LexborNode) -> str:
    """What a reader sees of an element, a line for each block; another parser than the search's own."""
    if node.tag in UNSEEN or node.attributes.get("data-search") == "skip" or "hidden" in node.attributes:
        return ""
    if node.tag == "-text":
        return node.text(deep=False) or ""
    inner = "".join(words_of(child) for child in node.iter(include_text=True))
    return inner if node.tag in INLINE else f"\n{inner}\n"


@pytest.fixture(scope="module")
def texts(demo_site: Path) -> dict[str, str]:
    """Every page's title and words, folded, by address."""
    found = {}
    for path in demo_site.rglob("index.html"):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        article = tree.css_first("article.md-content__inner")
        title = (tree.css_first("title").text() or "").split(" - ")[0]
        assert article is not None
        url = path.relative_to(demo_site).as_posix().removesuffix("index.html")
        lines = [" ".join(line.split()) for line in (title + "\n" + words_of(article)).splitlines()]
        found[url] = fold("\n".join(line for line in lines if line))
    return found


@pytest.fixture(scope="module")
def queries(demo: Path) -> list[str]:
    """Pieces of two to nine characters from cells of every sheet, and words of our own."""
    dice = random.Random(20261124)
    cells = [
        line
        for path in sorted(demo.glob("*/*.csv"))
        for row in list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))[1:]
        for cell in row
        for line in cell.splitlines()
        if len(line) >= 2 and not re.search(r"\s", line)
    ]
    pieces = []
    for cell in dice.sample(cells, 400):
        length = dice.randint(2, min(9, len(cell)))
        start = dice.randint(0, len(cell) - length)
        pieces.append(cell[start : start + length])
    return [*pieces, *WORDS, *ABSENT]


def test_recall_and_precision_are_one(
    demo_site: Path, texts: dict[str, str], queries: list[str], serve: Callable[[Path], str], context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(serve(demo_site) + "guide/")
    answers: list[dict[str, Any]] = page.evaluate(ASK, queries)[1:]
    wrong = []
    for query, answer in zip(queries, answers, strict=True):
        got = {hit["location"].split("#")[0] for group in answer["data"]["items"] for hit in group}
        plain = {url for url, text in texts.items() if fold(query) in text}
        if got != plain:
            wrong.append((query, sorted(plain - got)[:3], sorted(got - plain)[:3]))
    assert wrong == []
    found = dict(zip(queries, answers, strict=True))
    assert all(found[word]["data"]["items"] for word in WORDS)
    assert not any(found[word]["data"]["items"] for word in ABSENT)
