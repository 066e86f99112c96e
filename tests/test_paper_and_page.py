"""Paper and page may never differ: what a notice's PDF says is read back and looked for on the web pages it is about."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator import build, notices, pages, search

DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
SKIP = ' data-search="skip"'
SITE = "https://bugu.example.org/"


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url=SITE))


@pytest.fixture(scope="module")
def web(gathered: build.Gathered) -> dict[str, str]:
    """Every page's visible words, its title and its address, by address."""
    drawn = [*pages.index_pages(gathered.book), *pages.record_pages(gathered.book)]
    # what the search passes over (lists of papers) is read here too
    return {p.url: f"{p.title}\n{p.url}\n{search.text_of(p.body.replace(SKIP, ''))}" for p in drawn}


def about(notice: notices.Notice, web: dict[str, str]) -> str:
    """The words of the pages that a notice is about: its subject's, its matter's, its community's."""
    urls = [notice.url, f"{notice.community}/", f"{notice.community}/people/"]
    if notice.matter:
        urls.append(f"{notice.community}/matters/{notice.matter}/")
    return "\n".join(web[u] for u in urls)


def on_paper(pdf: bytes) -> str:
    """The text of a PDF, without the page numbers and the breaks that setting it brought."""
    text = "\n".join(re.sub(r"\n?— \d+ —\n?", "\n", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s*\n\s*", "", text)


@pytest.mark.slow
def test_every_date_and_figure_on_paper_stands_on_the_web(gathered: build.Gathered, web: dict[str, str]) -> None:
    press = build.Press(gathered)
    read = 0
    for notice in gathered.notices:
        if notice.kind == "roster":
            continue  # names by duty: their figures are counts of what the page lists, compared below
        pdf = press.pdf(notice, notices.fragment(notice, gathered.env))
        assert pdf is not None, notice.name
        paper, page = on_paper(pdf), about(notice, web)
        flat = re.sub(r"\s+", "", page)
        days = set(DAY.findall(paper))
        assert days, notice.name
        assert days <= set(DAY.findall(page)), notice.name
        for figure in set(FIGURE.findall(DAY.sub(" ", paper))):
            assert figure in flat, (notice.name, figure)
        read += 1
    assert read > 150


def test_rosters_say_what_the_page_says(gathered: build.Gathered, web: dict[str, str]) -> None:
    rosters = [n for n in gathered.notices if n.kind == "roster"]
    assert len(rosters) > 20
    for notice in rosters:
        paper, page = search.text_of(notices.fragment(notice, gathered.env)), about(notice, web)
        names = [n for n in gathered.whole.labels[notice.community].values() if n in paper]
        assert names, notice.name
        assert [n for n in names if n not in page] == [], notice.name
        phones = set(re.findall(r"0951-\d{7}", paper))
        assert phones <= set(re.findall(r"0951-\d{7}", page)), notice.name
        households = re.findall(r"(\d+) ?户\n", paper)
        assert all(h in page for h in households), notice.name
        assert set(DAY.findall(paper)) <= set(DAY.findall(page)), notice.name
