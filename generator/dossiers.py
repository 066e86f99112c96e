"""The dossiers (协商成果备案): a closed matter's whole file, from how it was raised to what paper is kept by whom.

Its minutes, notices and votes are the very fragments that hang on the board, so that the file and the board cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from jinja2 import Environment
from markupsafe import Markup

from .facts import filing, lists
from .facts.cases import Case
from .facts.fact import Fact
from .facts.whole import Whole
from .notices import Notice
from .notices import fragment as notice_fragment
from .notices.notice import qr, row_of
from .problems import Place
from .sheet import PublicRow
from .templating import draw

SCALE = 28 / 32  # 32 characters in a line, where a notice has 28: a file is read in the hand
_HEADING = re.compile(r"<(/?)h([123])>")
_TABLE = re.compile(r'<table class="(?:votes|inventory)">.*?</table>', re.DOTALL)  # those that fold on a phone
_HEAD, _TAG = re.compile(r"<th[^>]*>(.*?)</th>"), re.compile("<[^>]*>")
_ROW, _CELL = re.compile(r"<tr>(?=\s*<td).*?</tr>", re.DOTALL), re.compile("<td(?=[ >])")
_OPEN, _CLOSE = "（([〔《“", "）)]〕》”"


@dataclass(frozen=True)
class Dossier(Fact):
    """The whole file of one closed matter.

    ``name``: the matter's id and the file's stem. ``number``: its file number. ``url``: the matter's page, relative to
    the site's root; ``address``: the same with the site's own address, as the QR code has it. ``minutes``, ``issued``:
    the minutes of the meetings that dealt with it, and its notices, by day.
    """

    community: str
    name: str
    title: str
    number: str
    url: str
    address: str
    place: Place
    context: Mapping[str, Any] = field(repr=False, hash=False, compare=False)
    minutes: tuple[Notice, ...] = field(default=(), repr=False, hash=False, compare=False)
    issued: tuple[Notice, ...] = field(default=(), repr=False, hash=False, compare=False)
    layout: ClassVar[str] = "dossier"

    @property
    def path(self) -> str:
        """Where it stands on the site, without an ending."""
        return f"{self.community}/dossiers/{self.name}"


@dataclass(frozen=True)
class Material(Fact):
    """One thing of the inventory: what it is, which step or resolution it belongs to, its day, and who has it."""

    what: str
    of: str
    on: date
    keeper: str


def dossiers(whole: Whole, papers: Sequence[Notice], site_url: str) -> list[Dossier]:
    """One for each closed matter whose file number is sound, by community and number. ``papers``: every notice."""
    found: list[Dossier] = []
    by_meeting = {(n.community, n.subject_id): n for n in papers if n.kind == "minutes"}
    by_matter: dict[tuple[str, str], list[Notice]] = {}
    for n in papers:
        if n.matter:
            by_matter.setdefault((n.community, n.matter), []).append(n)
    for community in whole.records.communities:
        for filed in filing.filed(whole, community.id):
            if filed.sound:
                met = _meetings(whole, filed.case)
                minutes = tuple(by_meeting[key] for m in met if (key := (community.id, m.id)) in by_meeting)
                issued = sorted(by_matter.get((community.id, filed.case.id), ()), key=lambda n: n.date)
                found.append(_dossier(whole, community, filed.case, minutes, tuple(issued), site_url))
    return found


def _dossier(
    whole: Whole, community: Any, case: Case, minutes: tuple[Notice, ...], issued: tuple[Notice, ...], site_url: str
) -> Dossier:
    url = f"{community.id}/matters/{case.id}/"
    rows = tuple(_rows(case, minutes))
    context = {
        "whole": whole,
        "case": case,
        "community": community,
        "district": whole.records.district,
        "compound": lists.compound_of(whole, case),
        "owner": whole.unit(community.id, case.matter.owner),
        "steps": tuple((s, tuple(r for r in case.steps if r.step == s.name)) for s in case.procedure.steps),
        "polls": tuple(p for e in case.elections if (p := whole.poll(e))),
        "filed_on": filing.filed_on(case.steps, case.procedure),
        "materials": tuple(materials(whole, case)),
        "withheld": case.withheld + whole.records.withheld_of(community.id, "items", "matter", case.id),
        "older": sum(whole.older(row) is not None for row in rows),
    }
    address = site_url.rstrip("/") + "/" + url
    title, number = case.matter.title, case.matter.file_number
    return Dossier(community.id, case.id, title, number, url, address, case.matter.place, context, minutes, issued)


def _meetings(whole: Whole, case: Case) -> list[Any]:
    """The meetings that dealt with a matter: it stood on the agenda, was voted on or resolved there."""
    acts: tuple[Any, ...] = (*(b.vote for b in case.ballots), *case.resolutions, *case.elections)
    named = [*(m.id for m, _ in case.items), *(a.meeting for a in acts if a.meeting)]
    found = (row_of(whole, case.community, "meetings", id) for id in dict.fromkeys(named))
    return sorted((m for m in found if m and m.on <= whole.today), key=lambda m: (m.on, m.id))


def _rows(case: Case, minutes: Iterable[Notice]) -> Iterator[PublicRow]:
    yield case.matter
    yield from (*case.steps, *case.resolutions, *case.objections, *case.corrections, *case.elections, *case.whistles)
    yield from (b.vote for b in case.ballots)
    yield from (item for _, item in case.items)
    yield from (n.context["meeting"] for n in minutes)


def materials(whole: Whole, case: Case) -> Iterator[Material]:
    """Every thing that the steps and the resolutions name as their evidence, by day.

    What a resolution names again on the day of a step that named it is one thing.
    """
    found = [Material(w, row.step, row.on, row.by) for row in case.steps for w in several(row.evidence)]
    named = {(m.what, m.on) for m in found}
    for r in case.resolutions:
        keeper, on = whole.unit(case.community, r.owner), r.done_on or r.passed_on
        found += [Material(w, r.title, on, keeper) for w in several(r.evidence) if (w, on) not in named]
    yield from sorted((m for m in found if m.on <= whole.today), key=lambda m: m.on)


def several(text: str | None) -> list[str]:
    """The things that one cell lists: 现场照片3张、报价单（甲、乙） → 现场照片3张 · 报价单（甲、乙）."""
    found, depth = [""], 0
    for c in text or "":
        depth = max(0, depth + (c in _OPEN) - (c in _CLOSE))
        if c in "、；\n" and not depth:
            found.append("")
        else:
            found[-1] += c
    return [one.strip() for one in found if one.strip()]


def fragment(dossier: Dossier, env: Environment) -> str:
    """The whole file as semantic HTML: what its page shows and what Typst sets."""
    minutes, issued = (
        tuple((n.title, _within(notice_fragment(n, env, copy=True))) for n in some)
        for some in (dossier.minutes, dossier.issued)
    )
    code = qr(dossier.address)
    html = draw(env, "dossier.html", dossier=dossier, qr=code, minutes=minutes, issued=issued, **dossier.context)
    return _TABLE.sub(lambda m: _labelled(m[0]), html)


def _labelled(table: str) -> str:
    """A table whose cells each name their column: folded on a narrow screen, a figure has no head above it."""
    names = [_TAG.sub("", head) for head in _HEAD.findall(table)]

    def row(found: re.Match[str]) -> str:
        left = iter(names)
        return _CELL.sub(lambda m: f'{m[0]} data-label="{next(left, "")}"', found[0])

    return _ROW.sub(row, table)


def _within(html: str) -> Markup:
    """A notice's fragment two headings deeper, below the part that it belongs to; a cell has no tags, so these are ours."""
    return Markup(_HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + 2}>", html))


def page(dossier: Dossier, env: Environment, html: str, *, pdf: bool) -> str:
    """The page around the fragment; ``pdf``: whether a PDF stands beside it."""
    root = "../" * dossier.path.count("/")
    community = dossier.context["community"]
    return draw(
        env, "layouts/dossier.html", dossier=dossier, body=Markup(html), root=root, pdf=pdf, community=community
    )
