"""The built demo as a whole: every link leads somewhere, nothing leads out, every page carries its policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

HOST = "https://bugu.example.org/"
LOADS = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("form", "action")}


class Links(HTMLParser):
    """What a page links to, loads, and can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.styled: list[str] = []
        self.headings: list[int] = []
        self.rel = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if "style" in given or tag == "style":
            self.styled.append(tag)
        for name in ("href", "src", "action"):
            if given.get(name) is not None and not (tag == "link" and given.get("rel") == "canonical"):
                self.links.append((tag, name, given[name] or ""))


def read_pages(site: Path) -> dict[str, tuple[str, Links]]:
    """Every HTML page by its address relative to the site, with what it links to."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        links = Links()
        links.feed(html)
        found[path.relative_to(site).as_posix()] = (html, links)
    return found


def broken_links(site: Path, pages: dict[str, tuple[str, Links]]) -> list[tuple[str, str]]:
    """(page, link) of every link within the site that leads nowhere."""
    broken = []
    for name, (_, links) in pages.items():
        for _, _, link in links.links:
            target, anchor = urldefrag(urljoin(HOST + name.removesuffix("index.html"), link))
            if not target.startswith(HOST):
                continue
            path = unquote(urlsplit(target).path.lstrip("/"))
            path = path + "index.html" if path.endswith("/") or not path else path
            there = (site / path).is_file()
            known = not anchor or path not in pages or anchor in pages[path][1].ids or anchor.startswith("__")
            if not (there and known):
                broken.append((name, link))
    return broken


@pytest.fixture(scope="module")
def pages(demo_site: Path) -> dict[str, tuple[str, Links]]:
    return read_pages(demo_site)


def test_there_are_pages_of_every_kind(pages: dict[str, tuple[str, Links]]) -> None:
    kinds = ("index.html", "publicity/index.html", "nanhua/index.html", "nanhua/people/index.html", "404.html")
    assert set(kinds) <= set(pages)
    for kind in ("matters", "meetings", "resolutions"):
        assert sum(name.startswith(f"fuqiang/{kind}/") for name in pages) > 15
    assert not [name for name in pages if "bugu_shell" in name]


def test_what_there_is_nothing_of_has_no_page(pages: dict[str, tuple[str, Links]]) -> None:
    """Nothing of the demo was removed or is held; of each community a private sheet or two is counted."""
    assert not [name for name in pages if name.endswith("/removed/index.html")]
    says_what_it_would_say = ("site/index.html", "alliance/index.html", "map/index.html")  # in the key of a picture or table
    assert not [n for n, (html, _) in pages.items() if "正在核对" in html and not n.endswith(says_what_it_would_say)]
    assert {f"{c}/counts/index.html" for c in ("bayi", "nanhua", "fuqiang")} <= set(pages)


def test_every_link_leads_somewhere(demo_site: Path, pages: dict[str, tuple[str, Links]]) -> None:
    assert broken_links(demo_site, pages) == []


def test_nothing_is_loaded_from_or_sent_to_another_host(pages: dict[str, tuple[str, Links]]) -> None:
    for name, (_, links) in pages.items():
        for tag, attribute, link in links.links:
            scheme = urlsplit(link).scheme
            assert scheme in ("", "https", "http", "tel", "mailto", "data", "javascript"), (name, link)
            if scheme == "javascript":
                assert link == "javascript:void(0)", (name, link)  # the theme's own share button
            if (tag, attribute) in LOADS and scheme:
                assert scheme == "data" or link.startswith(HOST), (name, link)


def test_ids_are_unique_and_headings_do_not_skip(pages: dict[str, tuple[str, Links]]) -> None:
    for name, (_, links) in pages.items():
        doubles = {i for i in links.ids if links.ids.count(i) > 1 and not i.startswith("__")}
        assert doubles == set(), name
        assert links.headings.count(1) == 1, name
        for before, after in zip(links.headings, links.headings[1:], strict=False):
            assert after <= before + 1, (name, links.headings)


def test_every_page_carries_a_strict_policy_that_fits_its_scripts(pages: dict[str, tuple[str, Links]]) -> None:
    script = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.S)
    for name, (html, links) in pages.items():
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
        assert policy, name
        assert "unsafe" not in policy[1], name
        assert "default-src 'none'" in policy[1], name
        for source in script.findall(html):
            digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy[1], name
        assert links.styled == [], name


def test_titles_and_descriptions_are_text_and_differ(pages: dict[str, tuple[str, Links]]) -> None:
    titles = [re.search(r"<title>(.*?)</title>", html, re.S) for html, _ in pages.values()]
    assert all(titles)
    own = [t[1].strip() for t in titles if t]
    assert len(set(own)) > len(own) * 0.9
    assert not [t for t in own if "<" in t]


def test_the_sitemap_has_every_page_once(demo_site: Path, pages: dict[str, tuple[str, Links]]) -> None:
    urls = re.findall(r"<loc>(.*?)</loc>", (demo_site / "sitemap.xml").read_text("utf-8"))
    own = {HOST + n.removesuffix("index.html") for n in pages if n.endswith("index.html")}
    assert sorted(urls) == sorted(own)


def test_the_theme_asks_our_search_and_its_files_are_small(demo_site: Path, pages: dict[str, tuple[str, Links]]) -> None:
    config = json.loads(re.findall(r'<script id="__config"[^>]*>(.*?)</script>', pages["index.html"][0])[0])
    assert config["search"].endswith("assets/javascripts/search.js")
    assert max(p.stat().st_size for p in (demo_site / "search").rglob("*") if p.is_file()) < 100_000


def test_the_same_records_and_day_give_the_same_bytes(demo: Path, demo_site: Path, tmp_path: Path) -> None:
    from generator import cli

    again = tmp_path / "again"
    assert cli.main(["build", "--records", str(demo), "--out", str(again), "--quiet"]) == 0
    for path in demo_site.rglob("*"):
        if path.is_file():
            assert (again / path.relative_to(demo_site)).read_bytes() == path.read_bytes(), path.name
