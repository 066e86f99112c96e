"""MkDocs' edge: hands our pages to the theme, keeps the shells it draws, and writes the rest beside them.

The same hook serves ``mkdocs build``, ``mkdocs serve``, ``bugu build`` and ``bugu serve``.
"""

from __future__ import annotations

import re
import shutil
import sys
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as DrawnPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator import build, console, output, search
from generator.leaks import leaks
from generator.pages import Page, record_folders
from generator.shell import BODY, DESCRIPTION, TITLE, Shell, mend, secure, shell_url

WORKER = "assets/javascripts/search.js"


class _SearchConfig(Config):  # type: ignore[no-untyped-call]
    enabled = Type(bool, default=True)


class _Search(BasePlugin[_SearchConfig]):  # type: ignore[no-untyped-call]
    """Stands where Material looks for its own search, so that it draws the box; the index is ours."""


class _Run:
    """One build under way."""

    def __init__(self, config: MkDocsConfig, serving: bool) -> None:
        self.serving = serving
        self.options = options(config)
        self.gathered = build.gather(self.options)
        self.index = build.index(self.gathered)
        self.pages: dict[str, Page] = {p.url + "index.md": p for p in self.index}
        self.shells: dict[str, Shell] = {}
        self.documents: list[search.Document] = []
        for url in map(shell_url, record_folders(self.gathered.book)):
            self.pages[url + "index.md"] = Page(url, TITLE, DESCRIPTION, BODY)
        self.out = Path(config.site_dir)
        self.aside = self.out if serving else output.staging(self.out)


_state: dict[str, Any] = {"serving": False, "run": None}


def _run() -> _Run:
    run: _Run = _state["run"]
    return run


def options(config: MkDocsConfig) -> build.Options:
    """The options of a build under MkDocs: those of the command line when ``bugu`` started it."""
    given = config.extra.get("bugu") or {}
    root = Path(config.config_file_path).resolve().parent
    return build.Options(
        root=root,
        records=Path(given.get("records") or root / "records"),
        out=Path(config.site_dir),
        clock=given.get("clock") or datetime.now(ZoneInfo("Asia/Shanghai")).date(),
        today=given.get("today"),
        communities=tuple(given.get("communities") or ()),
        site_url=config.site_url or "",
        notices=given.get("notices", True),
    )


def on_startup(command: str, dirty: bool) -> None:
    _state["serving"] = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    run = _state["run"] = _Run(config, _state["serving"])
    district = run.gathered.whole.records.district
    config.site_name = escape(district.title or config.site_name)
    config.extra["bugu_notice"] = district.notice
    config.extra["bugu_today"] = str(district.today) if district.today else ""
    config.nav = build.navigation(run.gathered, run.index)
    stand_in = _Search()
    stand_in.load_config({})
    config.plugins["material/search"] = stand_in
    config.site_dir = str(run.aside)
    config.watch = [*config.watch, *(str(p) for p in (run.options.records, run.options.templates))]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for source in _run().pages:
        files.append(File.generated(config, source, content="", inclusion=InclusionLevel.INCLUDED))
    return files


def on_page_markdown(markdown: str, page: DrawnPage, config: MkDocsConfig, files: Files) -> str:
    """Titles and descriptions are escaped here, for the theme escapes neither."""
    ours = _run().pages.get(page.file.src_uri)
    if ours:
        page.meta = {"description": escape(ours.description), "hide": ["toc"], "search": {"exclude": True}}
        if ours.url:
            page.meta["title"] = escape(ours.title)
        return ""
    for key in ("title", "description"):
        if key in page.meta:
            page.meta[key] = escape(str(page.meta[key]))
    return markdown


def on_page_content(html: str, page: DrawnPage, config: MkDocsConfig, files: Files) -> str:
    run = _run()
    ours = run.pages.get(page.file.src_uri)
    if ours is None:
        run.documents.append(search.Document(page.url, str(page.title), search.text_of(html)))
        return html
    page.toc = TableOfContents([AnchorLink(title="", id="content", level=1)])
    if ours.body != BODY:
        run.documents.append(build.document(ours))
    return ours.body


def on_post_page(drawn: str, page: DrawnPage, config: MkDocsConfig) -> str:
    run = _run()
    html = _finish(drawn)
    ours = run.pages.get(page.file.src_uri)
    if ours is not None and ours.body == BODY:
        run.shells[ours.folder] = Shell.cut(html, ours.url)
        return ""
    return html


def on_post_template(drawn: str, template_name: str, config: MkDocsConfig) -> str:
    if template_name == "sitemap.xml":
        return ""
    return _finish(drawn) if template_name.endswith(".html") else drawn


def _finish(html: str) -> str:
    """What every drawn page gets: our search, the mends, the policy."""
    html = re.sub(r'("search": ")([^"]*)assets/javascripts/workers/search\.[^"]*', rf"\1\2{WORKER}", html)
    return secure(mend(html), live=_run().serving)


def on_post_build(config: MkDocsConfig) -> None:
    run = _run()
    progress = (config.extra.get("bugu") or {}).get("progress")
    output.write(run.aside, build.files(run.gathered, run.shells, run.documents, progress))
    for folder in run.shells:
        shutil.rmtree(run.aside / shell_url(folder), ignore_errors=True)
    if progress:
        progress("scan", 0, 1)
    if found := leaks(run.aside):
        config.extra["bugu_leaks"] = found
        raise PluginError(console.leaks(found))
    if not run.serving:
        output.swap(run.aside, run.out)
        config.site_dir = str(run.out)
    config.extra["bugu_result"] = run.gathered
    if progress is None and run.gathered.problems:
        print(console.problems([p.line() for p in run.gathered.problems]), file=sys.stderr)


def on_build_error(error: Exception) -> None:
    run = _state["run"]
    if run is not None and not run.serving:
        shutil.rmtree(run.aside, ignore_errors=True)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    for path in (_run().options.records, _run().options.templates):
        server.watch(str(path))
    return server
