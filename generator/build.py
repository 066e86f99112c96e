"""The build, from top to bottom: records and a day in, the files of the site out.

``gather`` reads and checks; ``index`` are the pages that the theme draws; ``files`` is everything else.
The edges (``mkdocs_hook.py``, ``cli.py``) do the writing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment

from . import (
    checks,
    data,
    dossiers,
    feeds,
    mechanisms,
    notices,
    pages,
    procedures,
    reading,
    search,
    templating,
    typeset,
)
from .facts.whole import Whole, whole
from .problems import Problem, in_order
from .sheets import discover
from .shell import Shell, secure
from .sweeping import no_sweeping

Progress = Callable[[str, int, int], None]
Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True)
class Options:
    """What a build is asked for.

    ``root``: the checkout; ``out``: where the site goes; without ``today`` it is the district's day, else ``clock``.
    ``notices``: whether notices are drawn and set too (``make bench`` measures the pages without them).
    """

    root: Path
    records: Path
    out: Path
    clock: date
    today: date | None = None
    communities: tuple[str, ...] = ()
    site_url: str = ""
    notices: bool = True

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def cache(self) -> Path:
        return self.root / ".cache" / "bugu"


@dataclass
class Gathered:
    """All that was read, what follows from it, and everything that is wrong with it."""

    options: Options
    whole: Whole
    env: Environment
    notices: list[notices.Notice]
    problems: list[Problem]
    book: pages.Book
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.whole.today


@no_sweeping(keep=True)
def check(
    records: Path, clock: date, today: date | None = None, only: tuple[str, ...] = ()
) -> tuple[Whole, list[Problem]]:
    """Read and check a records folder → what may be published on the day, and every problem.

    Raises ``FileNotFoundError`` when there is no such folder.
    """
    read = reading.read(records, only)
    ruled, faults = procedures.load(records / "procedures", read.records.district.order)
    present = read.records.district.today or clock
    day = today or present
    kept, found = checks.check(read.records, ruled, day, mechanisms.checks(), present)
    return whole(kept, ruled, day), in_order([*read.problems, *faults, *found])


def gather(options: Options) -> Gathered:
    """Read, check, and list what is to be drawn."""
    seen, problems = check(options.records, options.clock, options.today, options.communities)
    env = templating.environment(options.templates)
    papers = notices.notices(seen, options.site_url)
    shelf: dict[str, list[pages.Paper]] = {}
    for n in papers:
        shelf.setdefault(n.community, []).append(_paper(n, seen))
    book = pages.Book(seen, env, {c: tuple(p) for c, p in shelf.items()}, tuple(discover().values()))
    return Gathered(options, seen, env, papers, problems, book)


def _paper(n: notices.Notice, seen: Whole) -> pages.Paper:
    subjects = (n.subject_id, n.matter)
    older = (mark.since for row in notices.rows(n) if (mark := seen.older(row)))
    day = min(older, default=None) if seen.records.held else None
    return pages.Paper(n.title, n.kind, subjects, f"{n.path}.html", f"{n.path}.pdf", n.due, n.date, day, n.hang)


def index(gathered: Gathered) -> list[pages.Page]:
    """The pages of the navigation."""
    return list(pages.index_pages(gathered.book))


# What stands under each community in the navigation, in its order.
ROOMS = ("matters", "accountability", "meetings", "resolutions", "people", "notices")


def navigation(gathered: Gathered, index_pages: Iterable[pages.Page]) -> list[Any]:
    """MkDocs' ``nav``: home, publicity, a section a community, rules, and the hand-written pages."""
    names = templating.words()["navigation"]
    source = {p.url: p.url + "index.md" for p in index_pages}
    nav: list[Any] = [{names[r]: source[f"{r}/" if r != "home" else ""]} for r in ("home", "publicity", "accountability")]
    for c in gathered.whole.records.communities:
        rooms = [source[f"{c.id}/"]]
        below = [{names[r]: source[f"{c.id}/{r}/"]} for r in ROOMS]
        nav.append({escape(c.name): [*rooms, *below]})
    nav.append({names["procedures"]: source["procedures/"]})
    about = [{names[p.stem]: p.name} for p in sorted((gathered.options.root / "site").glob("*.md")) if p.stem in names]
    nav.append({names["about"]: [*about, {names["data"]: source["data/"]}]})
    return nav


def files(
    gathered: Gathered, shells: Mapping[str, Shell], drawn: Iterable[search.Document], progress: Progress | None = None
) -> Files:
    """Every file that the theme does not write: dossiers, record pages, notices, search, the list of addresses."""
    tell = progress or (lambda *_: None)
    documents, unlisted = list(drawn), 0
    press = Press(gathered)
    if gathered.options.notices:
        yield from _dossiers(gathered, press, tell)
    for page in pages.record_pages(gathered.book):
        gathered.counts["records"] = gathered.counts.get("records", 0) + 1
        html = shells[page.folder].bind(page.url, page.title, page.description, page.body)
        if page.listed:
            documents.append(document(page))
        else:
            html, unlisted = unsearched(html), unlisted + 1
        yield page.url + "index.html", html.encode("utf-8")
    if gathered.options.notices:
        yield from _notices(gathered, press, tell)
        press.forget_the_rest()
    gathered.counts["pages"] = len(documents) + unlisted
    tell("search", 0, 1)
    yield from search.build(documents, templating.words()["search"]).items()
    yield "sitemap.xml", _sitemap(gathered.options.site_url, (d.url for d in documents))
    yield from feeds.feeds(gathered.whole, gathered.options.site_url)
    yield from data.data(gathered.whole, gathered.book.sheets)
    yield "robots.txt", b"User-agent: *\nAllow: /\n"


def unsearched(html: str) -> str:
    """A page that search engines are asked to forget. Raises ``ValueError`` for one that has no place to say so."""
    before, mark, after = html.partition('<meta name="referrer"')
    if not mark:
        raise ValueError("a page without its policy has no place to ask search engines to forget it")
    return f'{before}<meta name="robots" content="noindex">{mark}{after}'


def document(page: pages.Page) -> search.Document:
    """A page as the search reads it."""
    return search.Document(page.url, page.title, search.text_of(page.body))


def _sitemap(site_url: str, urls: Iterable[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(site_url + u)}</loc></url>\n" for u in sorted(urls))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()


def _dossiers(gathered: Gathered, press: Press, tell: Progress) -> Files:
    """The dossiers, before the pages that link to those that there are."""
    env, made = gathered.env, {}
    found = dossiers.dossiers(gathered.whole, gathered.notices, gathered.options.site_url)
    for n, dossier in enumerate(found, start=1):
        tell("dossiers", n, len(found))
        html = dossiers.fragment(dossier, env)
        pdf = press.pdf(dossier, html)
        yield f"{dossier.path}.html", secure(dossiers.page(dossier, env, html, pdf=pdf is not None)).encode("utf-8")
        if pdf is not None:
            yield f"{dossier.path}.pdf", pdf
        made[dossier.community, dossier.name] = pages.Volume(dossier.path, len(pdf or b""))
    gathered.counts["dossiers"] = len(found)
    gathered.book = replace(gathered.book, volumes=made)


def _notices(gathered: Gathered, press: Press, tell: Progress) -> Files:
    for n, notice in enumerate(gathered.notices, start=1):
        tell("notices", n, len(gathered.notices))
        html = notices.fragment(notice, gathered.env)
        pdf = press.pdf(notice, html)
        yield f"{notice.path}.html", secure(notices.page(notice, gathered.env, html=html, pdf=pdf is not None)).encode("utf-8")
        gathered.counts["notices"] = gathered.counts.get("notices", 0) + 1
        if pdf is not None:
            yield f"{notice.path}.pdf", pdf


class Press:
    """Sets notices and dossiers, and keeps each PDF under the fingerprint of all that went into it."""

    SETTINGS: Mapping[str, Mapping[str, Any]] = {
        "notice": {},
        "dossier": {"lines": typeset.LINES[:1], "scale": dossiers.SCALE},
    }

    def __init__(self, gathered: Gathered) -> None:
        options = gathered.options
        self._problems = gathered.problems
        self._layouts = options.templates / "layouts"
        self._fonts = [options.records.parent / f for f in gathered.whole.records.district.fonts]
        self._folder = options.cache / "pdf"
        self._used: set[str] = set()
        self._setters: dict[str, typeset.Typesetter] = {}
        made = [version(p) for p in ("typst", "pylopdf-fonts-zh-cn")]
        layouts = sorted(self._layouts.glob("*.typ"))
        code = b"".join(p.read_bytes() for p in (Path(typeset.__file__), *layouts))
        fonts = [f"{p}:{p.stat().st_size}" for f in self._fonts for p in sorted(f.glob("*.[ot]t[fc]"))]
        self._base = hashlib.sha256(code + json.dumps([made, fonts, self.SETTINGS]).encode())

    def fingerprint(self, sheet: notices.Printed, html: str, paper: str) -> str:
        """What a PDF depends on, as one name."""
        base = self._base.copy()
        base.update(json.dumps([sheet.layout, sheet.title, html, paper]).encode("utf-8"))
        return base.hexdigest()[:40]

    def pdf(self, sheet: notices.Printed, html: str, paper: str = "A4") -> bytes | None:
        """The PDF of a sheet's fragment, kept or set anew; None (and a problem) when a character has no shape."""
        kept = self._folder / f"{self.fingerprint(sheet, html, paper)}.pdf"
        self._used.add(kept.name)
        if kept.exists():
            return kept.read_bytes()
        made = notices.typeset(sheet, html, self._setter(sheet.layout), paper)
        if isinstance(made, Problem):
            self._problems.append(made)
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        aside = kept.with_suffix(f".{os.getpid()}")  # another build may be making the same one
        aside.write_bytes(made)
        aside.replace(kept)
        return made

    def _setter(self, layout: str) -> typeset.Typesetter:
        """The typesetter of a layout, made when it is first asked for."""
        if layout not in self._setters:
            path = self._layouts / f"{layout}.typ"
            self._setters[layout] = typeset.Typesetter(path, self._fonts, **self.SETTINGS[layout])
        return self._setters[layout]

    def forget_the_rest(self) -> None:
        """Drop PDFs that nothing of this build needed, when they have become many more than those that are."""
        kept = list(self._folder.glob("*.pdf")) if self._folder.exists() else []
        if len(kept) > 2 * len(self._used) + 100:
            for path in kept:
                if path.name not in self._used:
                    path.unlink(missing_ok=True)


def fingerprint(options: Options) -> str:
    """Everything a build depends on, as one name: the same name means the same site."""
    digest = hashlib.sha256()
    parts = [options.records, options.templates, options.root / "site", options.root / "generator"]
    for path in sorted(p for part in parts for p in part.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    digest.update((options.root / "mkdocs.yml").read_bytes())
    packages = [version(p) for p in ("mkdocs", "mkdocs-material", "typst", "jinja2", "chinesecalendar")]
    day = options.today or reading.read_district(options.records)[0].today or options.clock
    digest.update(json.dumps([packages, str(day), options.communities, options.site_url, str(options.out)]).encode())
    return digest.hexdigest()
