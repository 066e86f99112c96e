"""The checkouts that are measured: Bugu's own, and MkDocs with Material given the very same pages as its sources."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator import build
from generator.pages import Page, record_pages

from . import markdown

MKDOCS = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
BUGU = [sys.executable, "-m", "generator.cli", "build", "--quiet"]
PARTS = ("generator", "site", "templates")
DAY = date(2026, 6, 17)

# How the peer is given its pages: as Markdown, for which it is made, or as finished HTML, the least work it can have.
FORMS = ("markdown", "html")
# The search plugin as Material has it; with jieba installed it cuts Chinese into words.
SEARCHES: dict[str, list[Any]] = {"plain": [], "search": [{"search": {"lang": "zh"}}]}


@dataclass(frozen=True)
class Site:
    """Something to build: the command, the folder to run it in, where the site goes, how many record pages it has."""

    name: str
    command: list[str]
    folder: Path
    out: Path
    pages: int


def checkout(root: Path, folder: Path) -> Path:
    """A copy of Bugu to build in, so that its cache and its edits are nobody else's."""
    for part in PARTS:
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(root / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def options(root: Path, records: Path) -> build.Options:
    """How a records folder is read when pages are only counted or copied."""
    config = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    return build.Options(root, records, root / "public", DAY, site_url=config["site_url"])


def bugu(name: str, checked_out: Path, records: Path, pages: int, *, notices: bool) -> Site:
    """Bugu under ``mkdocs build``, the same command as its peers get; with or without notices."""
    config = yaml.safe_load((checked_out / "mkdocs.yml").read_text("utf-8"))
    config.setdefault("extra", {})["bugu"] = {"records": str(records), "clock": DAY, "notices": notices}
    config["site_dir"] = f"public-{name}"
    file = checked_out / f"{name}.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    return Site(name, [*MKDOCS, "-f", file.name], checked_out, checked_out / config["site_dir"], pages)


def mkdocs(root: Path, folder: Path, gathered: build.Gathered, pages: int) -> dict[str, Site]:
    """MkDocs and Material alone, the pages of Bugu as sources: a site for each of ``FORMS`` with each of ``SEARCHES``."""
    index = build.index(gathered)
    given = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    del given["hooks"], given["theme"]["custom_dir"]
    given |= {"nav": build.navigation(gathered, index), "strict": False}
    given["markdown_extensions"].append("def_list")
    given["validation"]["links"]["not_found"] = "ignore"  # the notices are not there
    sites = {}
    for form in FORMS:
        docs = shutil.copytree(root / "site", folder / form)
        sources(docs, index, "html")
        sources(docs, record_pages(gathered.book), form)
        for search, plugins in SEARCHES.items():
            name = f"{form}-{search}"
            config = {**given, "docs_dir": form, "site_dir": f"public-{name}", "plugins": plugins}
            (folder / f"{name}.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
            sites[name] = Site(name, [*MKDOCS, "-f", f"{name}.yml"], folder, folder / config["site_dir"], pages)
    return sites


def sources(docs: Path, pages: Iterable[Page], form: str) -> None:
    """Write pages as MkDocs' sources."""
    for page in pages:
        path = docs / page.url / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source(page, form), "utf-8")


def source(page: Page, form: str) -> str:
    """One page as a source file.

    ``html``: the drawn body as one block, which Markdown hands through untouched. ``markdown``: the same words as
    Markdown; a list with its filter, which Markdown has no form for, stays HTML.
    """
    said = {"title": page.title, "description": page.description}
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items())
    plain = form == "html" or "<form" in page.body
    body = f"<div>\n{page.body}\n</div>\n" if plain else markdown.of_html(page.body)
    return f"---\n{head}hide: [toc]\n---\n{body}"
