"""A community's own headings on its front page: 南华's 五微."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator import build, templating
from generator.pages import rooms
from generator.pages.book import Book
from generator.pages.community import community
from tests.conftest import ROOT

FIVE = ["微堡垒", "微力量", "微实事", "微品牌", "微保障"]


@pytest.fixture(scope="module")
def book(demo: Path) -> Book:
    return Book(build.check(demo, date(2030, 1, 1))[0], templating.environment(ROOT / "templates"))


def body(book: Book, id: str) -> str:
    return community(book, next(c for c in book.whole.records.communities if c.id == id)).body


def test_nanhua_s_front_page_is_its_five_in_their_order(book: Book) -> None:
    grouped = rooms.headed(book.rooms["nanhua"])
    own = [heading for heading, some in grouped.items() if some[0].section]
    assert own == [h for h in FIVE if h in grouped]
    assert list(grouped)[: len(own)] == own, "what stands under no heading of its own comes last"
    said = body(book, "nanhua")
    titles = re.findall(r'<h2 id="group-\d+">([^<]+)</h2>', said)
    assert titles == list(grouped)
    for n, heading in enumerate(own, 1):
        assert f'<a href="#group-{n}">{heading} <b>{len(grouped[heading])}</b> 项</a>' in said
        assert grouped[heading][0].section.about in said
    assert said.index("社区做的事分成") < said.index('class="doors headings"') < said.index(">议题 <b>")


def test_every_mechanism_stands_under_one_heading_and_is_linked_once(book: Book) -> None:
    said = body(book, "nanhua")
    lists = "".join(re.findall(r'<ul class="mechanisms">.*?</ul>', said, re.S))
    links = re.findall(r'href="\.\./(nanhua/[^"]+)"', lists)
    assert sorted(links) == sorted(r.url for r in book.rooms["nanhua"])


def test_a_community_without_headings_has_its_mechanisms_by_what_they_are_for(book: Book) -> None:
    said = body(book, "bayi")
    assert "社区做的事分成" not in said
    assert re.search(r'<h2 id="group-1">组织和队伍</h2>', said)
