"""One sheet for the board, its words, its print page and its PDF."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol

import segno
from jinja2 import Environment
from markupsafe import Markup

from ..catalogue import joined
from ..facts.board import FRESH, Hang
from ..facts.cases import Fact
from ..facts.whole import Whole
from ..problems import Place, Problem
from ..templating import draw
from ..typeset import MissingGlyphs, Typesetter

TITLES = Path(__file__).parents[1] / "messages" / "notices.toml"


STEMS = {
    "publicity": "gongshi",
    "resolution": "jueyi",
    "minutes": "jiyao",
    "result": "luoshi",
    "correction": "gengzheng",
    "roster": "mingce",
    "election": "xuanju",
}


class Printed(Protocol):
    """What is set on paper. ``layout``: the name of its Typst file; ``name``: its file's stem."""

    @property
    def layout(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def place(self) -> Place: ...


@dataclass(frozen=True)
class Notice(Fact):
    """One sheet for the board.

    ``kind``: publicity, resolution, minutes, result, correction, roster, election. ``name``: file stem, unique in the
    community. ``url``: its subject's web page, relative to the site's root; ``address``: the same with the site's own
    address, as the QR code has it. ``due``: to be hung today. ``place``: the row it is about. ``matter``: the matter's id, or "".
    ``hang``: from which day to which it hangs; None for what has no days. ``signer``: who signs it; empty = the community.
    """

    kind: str
    community: str
    subject_id: str
    name: str
    title: str
    url: str
    date: date
    due: bool
    context: Mapping[str, Any] = field(repr=False, hash=False, compare=False)
    address: str = ""
    place: Place = Place()
    matter: str = ""
    hang: Hang | None = None
    signer: str = ""
    layout: ClassVar[str] = "notice"

    @property
    def path(self) -> str:
        """Where it stands on the site, without an ending."""
        return f"{self.community}/notices/{self.name}"

    @property
    def address_parts(self) -> tuple[str, ...]:
        """The address, cut after its slashes: only there may a line of it end."""
        return tuple(re.findall(r"(?:[a-z]+:/+)?[^/]+/*", self.address))


@cache
def _words() -> dict[str, dict[str, str]]:
    said = tomllib.loads(TITLES.read_text("utf-8"))
    return {**said, "title": joined(said["title"], "title")}


def worded(table: str, key: str, **names: str) -> str:
    """A text of the notices' catalogue."""
    return _words()[table][key].format(**names)


def titled(key: str, **names: str) -> str:
    """A title of the catalogue; quotation marks within quotation marks become single ones (GB/T 15834 §4.8)."""
    pattern = _words()["title"][key]
    inner = str.maketrans("“”", "‘’" if "“" in pattern else "“”")
    return pattern.format(**{k: v.translate(inner) for k, v in names.items()})


def rows_of(whole: Whole, community: str, sheet: str) -> tuple[Any, ...]:
    return tuple(whole.records.tables.get(community, {}).get(sheet, {}).values())


def row_of(whole: Whole, community: str, sheet: str, id: str | None) -> Any:
    return whole.records.tables.get(community, {}).get(sheet, {}).get(id or "")


def recent(day: date, today: date) -> bool:
    return timedelta(0) <= today - day <= FRESH


@cache
def qr(address: str) -> Markup:
    """A QR code (error correction M) as an SVG element, black on white with its quiet zone."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, nl=False, light="#fff", svgclass=None, lineclass=None
    )
    return Markup(out.getvalue().decode("ascii"))


def fragment(notice: Notice, env: Environment, *, copy: bool = False) -> str:
    """The notice as semantic HTML: what the print page shows and what Typst sets.

    ``copy``: as it stands within a dossier, without its QR code.
    """
    template = f"notices/{notice.kind}.html"
    return draw(env, template, notice=notice, qr="" if copy else qr(notice.address), **notice.context)


def page(notice: Notice, env: Environment, *, html: str | None = None, pdf: bool = True) -> str:
    """The print page around the fragment (``html``, if it is at hand); ``pdf``: whether a PDF stands beside it."""
    root = "../" * notice.path.count("/")
    body = Markup(html if html is not None else fragment(notice, env))
    community = notice.context["community"]
    return draw(env, "layouts/notice.html", notice=notice, body=body, root=root, pdf=pdf, community=community)


def typeset(sheet: Printed, html: str, typesetter: Typesetter, paper: str = "A4") -> bytes | Problem:
    """The PDF of a fragment, or the problem that keeps it from being made: a character that no font here can print."""
    try:
        return typesetter.pdf(html, title=sheet.title, paper=paper)
    except MissingGlyphs as lacking:
        found = "、".join(f"{c}(U+{ord(c):04X})" for c in lacking.characters)
        which = {"title": sheet.title, "name": sheet.name}
        return Problem("notice-glyph", sheet.place, found, which, withholds=False)
