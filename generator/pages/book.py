"""A page, the papers that pages link to, and all that pages are drawn from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from ..facts import filing, lists
from ..facts.board import Hang
from ..facts.cases import Fact
from ..facts.filing import Filed
from ..facts.whole import Whole
from ..templating import draw
from .rooms import Room, rooms

if TYPE_CHECKING:
    from ..sheet import Sheet


# The sheets whose rows have pages of their own, by the part of the address that they stand under.
WITH_PAGES = ("matters", "meetings", "resolutions")


CATALOGUE = Path(__file__).parents[1] / "messages" / "pages.toml"


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(CATALOGUE.read_text("utf-8"))


@dataclass(frozen=True)
class Page:
    """One page. ``url`` is relative to the site and ends in ``/`` (or is empty for the home page).

    ``listed``: whether searches, ours and others', are to find it.
    """

    url: str
    title: str
    description: str
    body: str
    listed: bool = True

    @property
    def folder(self) -> str:
        """Where the page lies, among others of its kind: ``nanhua/matters/``."""
        return self.url[: self.url.rstrip("/").rfind("/") + 1]


@dataclass(frozen=True)
class Paper(Fact):
    """A printable notice as pages link to it; paths are relative to the site.

    ``older``: since when something that it says is being looked into; the paper says what was last in order.
    """

    title: str
    kind: str
    subjects: tuple[str, ...]
    html: str
    pdf: str
    due: bool
    on: date
    older: date | None = None
    hang: Hang | None = None


@dataclass(frozen=True)
class Volume(Fact):
    """A dossier as pages link to it. ``path``: relative to the site, without an ending; ``size``: bytes of the PDF, 0 if none."""

    path: str
    size: int

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.size / 1024)) if self.size else 0


@dataclass(frozen=True)
class Book:
    """All that pages are drawn from. ``volumes``: the dossiers that there are, by community and matter."""

    whole: Whole
    env: Environment
    papers: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    volumes: Mapping[tuple[str, str], Volume] = field(default_factory=dict)

    def page(self, url: str, kind: str, names: Mapping[str, str], template: str = "", **context: Any) -> Page:
        """Draw one page; its title and description are the catalogue's for its kind, filled in with ``names``."""
        says = _catalogue()[kind]
        root = "../" * url.count("/") or "./"
        common = {"root": root, "whole": self.whole, "today": self.whole.today}
        body = draw(self.env, f"pages/{template or kind}.html", **common, **context)
        return Page(url, says["title"].format(**names), says["description"].format(**names), body)

    @cached_property
    def _about(self) -> dict[tuple[str, str], dict[int, Paper]]:
        """Notices by community and what they are about, each under its place in the order of all."""
        found: dict[tuple[str, str], dict[int, Paper]] = {}
        for community, papers in self.papers.items():
            for n, paper in enumerate(papers):
                for subject in paper.subjects:
                    found.setdefault((community, subject), {})[n] = paper
        return found

    @cached_property
    def filed(self) -> Mapping[tuple[str, str], Filed]:
        """The closed matters with what is known of their file numbers, by community and id, in the order of the register."""
        found = (f for c in self.whole.records.communities for f in filing.filed(self.whole, c.id))
        return {(f.case.community, f.case.id): f for f in found}

    @cached_property
    def rooms(self) -> Mapping[str, tuple[Room, ...]]:
        """The mechanisms of each community, by its id."""
        return {c.id: rooms(self.whole, c) for c in self.whole.records.communities}

    def papers_of(self, community: str, *subjects: str) -> tuple[Paper, ...]:
        """The notices that are about one of these records."""
        found: dict[int, Paper] = {}
        for subject in subjects:
            found |= self._about.get((community, subject), {})
        return tuple(found[n] for n in sorted(found))


def drawn(book: Book, community: str) -> set[tuple[str, str]]:
    """(sheet, id) of the records of a community that have a page."""
    whole = book.whole
    found = {
        "matters": (case.id for case in whole.cases.of(community)),
        "meetings": (m.id for m in lists.meetings_held(whole, community)),
        "resolutions": (r.id for r in lists.passed(whole, community)),
    }
    return {(sheet, id) for sheet in WITH_PAGES for id in found[sheet]}
