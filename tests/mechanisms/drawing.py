"""Pages and papers of mechanisms, drawn from the demonstration or from the small community of ``golden/base``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from generator import build, notices, search
from generator.facts.whole import Whole, whole
from generator.pages.book import Book
from generator.pages.mechanisms import mechanism_pages
from generator.procedures import load
from generator.records import Records
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.templating import environment
from tests.rows import COMMUNITY, records, row

ROOT = Path(__file__).resolve().parents[2]
RULES = load(ROOT / "records" / "procedures")[0]
TODAY = date(2026, 6, 17)


@cache
def demo() -> build.Gathered:
    """The demonstration on its own day, with its papers."""
    return build.gather(
        build.Options(ROOT, ROOT / "records", ROOT / "public", date(2030, 1, 1), site_url="https://b.example/")
    )


def seen(rows: Iterable[PublicRow], today: date = TODAY, **more: object) -> Whole:
    """All facts of a community that has these rows alone."""
    there = [row(Community, COMMUNITY, name="西园社区", phone="0951-5550150", signer="西园社区居民委员会"), *rows]
    found = records(there)
    return whole(Records(found.district, found.tables, **more), RULES, today)  # type: ignore[arg-type]


def words(html: str) -> str:
    """What a reader reads of it, without blanks."""
    return re.sub(r"\s+", "", search.text_of(html))


def page(of: Whole, mechanism: str) -> str:
    """The words of a mechanism's page in that community."""
    book = Book(of, environment(ROOT / "templates"))
    c = of.records.communities[0]
    return words(next(p.body for p in mechanism_pages(book, c) if p.url == f"{c.id}/{mechanism}/"))


def demo_page(community: str, mechanism: str) -> str:
    """The HTML of a mechanism's page in the demonstration."""
    book = demo().book
    c = next(c for c in book.whole.records.communities if c.id == community)
    return next(p.body for p in mechanism_pages(book, c) if p.url == f"{community}/{mechanism}/")


def papers(kind: str, of: Whole | None = None) -> list[notices.Notice]:
    """The papers of a kind, those of the demonstration by themselves."""
    some = demo().notices if of is None else notices.notices(of, "https://b.example/")
    return [n for n in some if n.kind == kind]


def paper(notice: notices.Notice) -> str:
    """The words of a paper."""
    return words(notices.fragment(notice, environment(ROOT / "templates")))
