"""公示栏: the page of a community says of each paper until when it hangs and why, and what comes down."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import build, pages
from generator.build import Gathered, Options
from generator.facts.board import board
from generator.templating import cn_date


def shown(gathered: Gathered, community: str) -> LexborHTMLParser:
    [page] = [p for p in pages.index_pages(gathered.book) if p.url == f"{community}/notices/"]
    return LexborHTMLParser(page.body)


def sections(tree: LexborHTMLParser) -> dict[str, str]:
    """The words under each heading of the second level, by its id."""
    found: dict[str, str] = {}
    for head in tree.css("h2"):
        words, node = [], head.next
        while node is not None and node.tag != "h2":
            words.append(node.text(strip=False))
            node = node.next
        found[str(head.attributes["id"])] = " ".join(" ".join(words).split())
    return found


@pytest.fixture(scope="module", params=[0, 2, 7, 13, 60])
def day(root: Path, request: pytest.FixtureRequest) -> Gathered:
    today = date(2026, 6, 17) + timedelta(request.param)
    return build.gather(Options(root, root / "records", root / "public", today, today))


def test_every_paper_stands_where_it_belongs_with_its_days(day: Gathered) -> None:
    for c in day.whole.records.communities:
        words = sections(shown(day, c.id))
        assert list(words) == ["new", "kept", "down", "all"]
        papers = [n for n in day.notices if n.community == c.id]
        found = board(papers, day.today)
        for id, some in (("new", found.new), ("kept", found.kept), ("down", (*found.over, *found.forgotten))):
            for n in some:
                assert n.hang
                assert n.title in words[id]
                assert cn_date(n.hang.until) in words[id]
        for n in found.replaced:
            assert n.hang
            assert f"请取下 {cn_date(n.hang.instead)} 张贴的《{n.title}》（原来张贴的）" in words["down"]
        for n in papers:
            assert n.title in words["all"]


def test_the_law_and_advice_are_told_apart(root: Path) -> None:
    today = date(2026, 6, 17)
    words = sections(shown(build.gather(Options(root, root / "records", root / "public", today, today)), "bayi"))
    assert "张贴到 2026年6月22日（公示期）" in words["kept"]
    assert "建议挂到 2026年6月17日（7 天）" in words["kept"]
