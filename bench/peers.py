"""What is measured: Bugu, and MkDocs with Material given the very same pages as its sources."""

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

# How the peer is given its pages. ``natural``: as Markdown, and it makes its navigation of them, as it does by itself;
# ``markdown``: with Bugu's short navigation; ``html``: as finished HTML too, the least work it can have.
FORMS = ("natural", "markdown", "html")
# The search plugin as Material has it; with jieba installed it cuts Chinese into words.
SEARCHES: dict[str, list[Any]] = {"plain": [], "search": [{"search": {"lang": "zh"}}]}


@dataclass(frozen=True)
class Site:
    """Something to build: the command, the folder it runs in, and where the site goes."""

    name: str
    command: list[str]
    folder: Path
    out: Path


def checkout(root: Path, folder: Path) -> Path:
    """A copy of Bugu to build in, so that its cache and its edits are nobody else's."""
    for part in PARTS:
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(root / "mkdocs.yml", folder / "mkdocs.yml")
    shutil.copyfile(Path(__file__).with_name("finished.py"), folder / "finished.py")
    return folder


def gather(root: Path, records: Path) -> build.Gathered:
    """What Bugu makes of a records folder, before anything is written."""
    config = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    return build.gather(build.Options(root, records, root / "public", DAY, site_url=config["site_url"]))


def bugu(name: str, folder: Path, records: Path, *, notices: bool = False, finished: Path | None = None) -> Site:
    """Bugu under ``mkdocs build``, the command that its peers get too.

    ``finished``: the folder of sources of a peer, whose pages are taken instead of drawing them from the records.
    """
    config = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    config["extra"] = {**config.get("extra", {}), "bugu": {"records": str(records), "clock": DAY, "notices": notices}}
    if finished:
        config["hooks"] = ["finished.py"]
        config["extra"]["bugu"]["finished"] = str(finished)
    return _site(name, folder, config)


def _site(name: str, folder: Path, config: dict[str, Any]) -> Site:
    config = {**config, "site_dir": f"public-{name}"}
    (folder / f"{name}.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    return Site(name, [*MKDOCS, "-f", f"{name}.yml"], folder, folder / config["site_dir"])


def mkdocs(root: Path, folder: Path, gathered: build.Gathered, forms: Iterable[str]) -> dict[str, Site]:
    """MkDocs and Material alone, the pages of Bugu as sources: a site for each of ``forms`` with each of ``SEARCHES``."""
    index = build.index(gathered)
    given = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    del given["hooks"], given["theme"]["custom_dir"]
    given |= {"nav": build.navigation(gathered, index), "strict": False}
    given["markdown_extensions"].append("def_list")
    given["validation"]["links"]["not_found"] = "ignore"  # the notices are not there
    sites = {}
    for form in forms:
        docs = shutil.copytree(root / "site", folder / form)
        own = {k: v for k, v in given.items() if k != "nav" or form != "natural"}
        sources(docs, index, "html")
        sources(docs, record_pages(gathered.book), form)
        for search, plugins in SEARCHES.items():
            name = f"{form}-{search}"
            sites[name] = _site(name, folder, {**own, "docs_dir": form, "plugins": plugins})
    return sites


def sources(docs: Path, pages: Iterable[Page], form: str) -> None:
    """Write pages as MkDocs' sources."""
    for page in pages:
        path = docs / page.url / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source(page, form), "utf-8")


def source(page: Page, form: str) -> str:
    """One page as a source file.

    ``html``: the drawn body as one block, which Markdown hands through untouched. Else the same words as Markdown; a
    list with its filter, which Markdown has no form for, stays HTML.
    """
    said = {"title": page.title, "description": page.description}
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items())
    plain = form == "html" or "<form" in page.body
    body = f"<div>\n{page.body}\n</div>\n" if plain else markdown.of_html(page.body)
    return f"---\n{head}hide: [toc]\n---\n{body}"
