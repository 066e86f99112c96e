"""Which notices the records call for on a day, and their words: one fragment for the print page and for the PDF."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment
from markupsafe import Markup

from .facts.cases import Ballot, Case, Fact, Posting
from .facts.lists import ballots_of, items_of
from .facts.roster import Post, by_duty
from .facts.whole import Whole
from .problems import Place, Problem
from .sheet import PublicRow
from .templating import draw
from .typeset import MissingGlyphs, Typesetter

TITLES = Path(__file__).parent / "messages" / "notices.toml"
STEMS = {"publicity": "gongshi", "resolution": "jueyi", "minutes": "jiyao", "result": "luoshi", "roster": "mingce"}
FRESH = timedelta(days=7)
# Duties that every grid is to have; one that nobody holds is said to be vacant.
GRID_POSTS = ("专职网格员", "片区民警", "卫生网格员", "人民调解员")
# Duties held by so many that they are set as a list of names with the stair each serves.
LISTED = ("议事协商会成员", "业委会委员", "单元管家", "楼组带头人", "居民代表")
LEADER = "微网格长"


@dataclass(frozen=True)
class Notice(Fact):
    """One sheet for the board.

    ``kind``: publicity, resolution, minutes, result, roster. ``name``: file stem, unique in the community. ``url``: its
    subject's web page, relative to the site's root; ``address``: the same with the site's own address, as the QR
    code has it. ``due``: to be hung today. ``place``: the row it is about. ``matter``: the matter's id, or "".
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

    @property
    def path(self) -> str:
        """Where it stands on the site, without an ending."""
        return f"{self.community}/notices/{self.name}"


@dataclass(frozen=True)
class Agendum(Fact):
    """One item of a meeting's minutes with the votes taken on it."""

    item: Any
    ballots: tuple[Ballot, ...]


@dataclass(frozen=True)
class Member(Fact):
    """One person in one duty on a roster, with everything that the duty is for."""

    duty: str
    label: str
    serves: tuple[str, ...]
    phone: str


@dataclass(frozen=True)
class MicroGrid(Fact):
    """A micro-grid, named without the compound's name, with its scope and the names of who leads it."""

    name: str
    scope: str
    leaders: tuple[str, ...]


@cache
def _titles() -> dict[str, str]:
    return tomllib.loads(TITLES.read_text("utf-8"))["title"]  # type: ignore[no-any-return]


def _title(key: str, **names: str) -> str:
    """A title of the catalogue; quotation marks within quotation marks become single ones (GB/T 15834 §4.8)."""
    pattern = _titles()[key]
    inner = str.maketrans("“”", "‘’" if "“" in pattern else "“”")
    return pattern.format(**{k: v.translate(inner) for k, v in names.items()})


def _rows(whole: Whole, community: str, sheet: str) -> tuple[Any, ...]:
    return tuple(whole.records.tables.get(community, {}).get(sheet, {}).values())


def _row(whole: Whole, community: str, sheet: str, id: str | None) -> Any:
    return whole.records.tables.get(community, {}).get(sheet, {}).get(id or "")


def _recent(day: date, today: date) -> bool:
    return timedelta(0) <= today - day <= FRESH


# --- which notices there are ---------------------------------------------------------------------------------------


def notices(whole: Whole, site_url: str) -> list[Notice]:
    """Every notice of the records on their day, by community. ``site_url``: the site's address, for the QR codes."""
    found: list[Notice] = []
    for community in whole.records.communities:
        given = {"community": community, "district": whole.records.district}
        for case in whole.cases.of(community.id):
            found += _of_case(whole, case, given)
        found += _minutes(whole, community, given)
        found += _rosters(whole, community, given)
    return [replace(n, address=site_url.rstrip("/") + "/" + n.url) for n in found]


def _of_case(whole: Whole, case: Case, given: dict[str, Any]) -> Iterator[Notice]:
    compound = _row(whole, case.community, "compounds", case.matter.compound)
    shared = {**given, "case": case, "compound": compound, "owner": whole.unit(case.community, case.matter.owner)}
    for posting in _sheets(case.postings):
        met = _row(whole, case.community, "meetings", getattr(posting.row, "meeting", None))
        yield _publicity(case, posting, {**shared, "meeting": met})
    for resolution in case.resolutions:
        executor = whole.unit(case.community, resolution.owner)
        meeting = _row(whole, case.community, "meetings", resolution.meeting)
        more = {**shared, "resolution": resolution, "executor": executor, "meeting": meeting}
        yield _resolution(whole, case, resolution, more)
        if resolution.done_on and resolution.done_on <= whole.today:
            yield _result(whole, case, resolution, more)


def _sheets(postings: tuple[Posting, ...]) -> Iterator[Posting]:
    """The publicities with a 公示 of their own: what two rows show hangs once, and a result hangs as 落实结果公示."""
    seen = {(p.period.start, p.period.end) for p in postings if p.what == "result"}
    for posting in sorted(postings, key=lambda p: p.what != "step"):
        if posting.what != "result" and (span := (posting.period.start, posting.period.end)) not in seen:
            seen.add(span)
            yield posting


def _posting(case: Case, what: str, row: Any) -> Posting | None:
    return next((p for p in case.postings if p.what == what and p.row is row), None)


def _shown(posting: Posting | None) -> dict[str, Any]:
    """A publicity and the first day that counts, the day after it was posted (民法典 §201)."""
    return {"posting": posting, "first": posting.period.start + timedelta(days=1) if posting else None}


def _of_matter(kind: str, case: Case, id: str, name: str, title: str, row: Any, **rest: Any) -> Notice:
    page = f"matters/{case.id}/" if row.sheet.id == "steps" else f"resolutions/{row.id}/"
    url = f"{case.community}/{page}"
    return Notice(kind, case.community, id, name, title, url, place=row.place, matter=case.id, **rest)


def _publicity(case: Case, posting: Posting, shared: dict[str, Any]) -> Notice:
    row, start = posting.row, posting.period.start
    step = case.procedure.step(row.step) if posting.what == "step" else None
    resolutions = (row,) if posting.what == "resolution" else _shown_with(case, posting)
    if posting.what == "resolution":
        title = _title("publicity-resolution", resolution=row.title)
    else:
        title = _title(f"publicity-{step.kind if step else 'solve'}", matter=case.matter.title)
    context = {
        **shared,
        **_shown(posting),
        "step": step,
        "number": case.procedure.position(row.step) + 1 if step else 0,
        "resolutions": resolutions,
        "ballots": tuple(b for b in case.ballots if b.on <= start),
    }
    stem = STEMS["publicity"] + ("-jueyi" if posting.what == "resolution" else "")
    return _of_matter(
        "publicity", case, row.id, f"{stem}-{row.id}", title, row, date=start, due=posting.running, context=context
    )


def _shown_with(case: Case, posting: Posting) -> tuple[Any, ...]:
    """The resolutions whose own publicity is this very one."""
    span = (posting.period.start, posting.period.end)
    return tuple(p.row for p in case.postings if p.what == "resolution" and (p.period.start, p.period.end) == span)


def _resolution(whole: Whole, case: Case, row: Any, shared: dict[str, Any]) -> Notice:
    posting = _posting(case, "resolution", row)
    vote = next((b for b in case.ballots if b.vote.id == row.vote), None)
    due = _recent(row.passed_on, whole.today) or bool(posting and posting.running)
    return _of_matter(
        "resolution",
        case,
        row.id,
        f"{STEMS['resolution']}-{row.id}",
        _title("resolution", resolution=row.title),
        row,
        date=posting.period.start if posting else row.passed_on,
        due=due,
        context={**shared, **_shown(posting), "ballot": vote},
    )


def _result(whole: Whole, case: Case, row: Any, shared: dict[str, Any]) -> Notice:
    posting = _posting(case, "result", row)
    day = posting.period.start if posting else row.done_on
    answers = (row.satisfied, row.fairly, row.dissatisfied)
    asked = sum(a or 0 for a in answers) if any(a is not None for a in answers) else 0
    return _of_matter(
        "result",
        case,
        row.id,
        f"{STEMS['result']}-{row.id}",
        _title("result", resolution=row.title),
        row,
        date=day,
        due=posting.running if posting else _recent(day, whole.today),
        context={**shared, **_shown(posting), "asked": asked, "late": (row.done_on - row.due_on).days},
    )


def _minutes(whole: Whole, community: Any, given: dict[str, Any]) -> Iterator[Notice]:
    for row in _rows(whole, community.id, "meetings"):
        if row.on > whole.today:
            continue
        context = {**given, "meeting": row, **_said(whole, row)}
        yield Notice(
            "minutes",
            community.id,
            row.id,
            f"{STEMS['minutes']}-{row.id}",
            _title("minutes-named" if row.title.endswith("会议") else "minutes", meeting=row.title),
            f"{community.id}/meetings/{row.id}/",
            row.on,
            _recent(row.on, whole.today),
            context,
            place=row.place,
        )


def _said(whole: Whole, meeting: Any) -> dict[str, Any]:
    """The items of a meeting, each with its votes; votes on no item of the agenda come last."""
    taken = ballots_of(whole, meeting)
    items = items_of(whole, meeting)
    agenda = [Agendum(i, tuple(b for b in taken if i.matter and b.vote.matter == i.matter)) for i in items]
    placed = {b.vote.id for a in agenda for b in a.ballots}
    return {
        "agenda": tuple(agenda),
        "others": tuple(b for b in taken if b.vote.id not in placed),
        "compound": _row(whole, meeting.community, "compounds", meeting.compound),
        "chair": whole.person(meeting.community, meeting.chair),
        "recorder": whole.person(meeting.community, meeting.recorder),
    }


def rows(notice: Notice) -> Iterator[PublicRow]:
    """The public rows that a notice tells of; of its matter the matter alone, and not the places that it only names."""
    for name, value in notice.context.items():
        if name not in ("community", "district", "compound"):
            yield from _rows_of(value.matter if isinstance(value, Case) else value)


def _rows_of(value: Any) -> Iterator[PublicRow]:
    if isinstance(value, PublicRow):
        yield value
    elif isinstance(value, Mapping):
        yield from _rows_of(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from _rows_of(one)
    elif isinstance(value, (Agendum, Ballot, Post, Posting)):
        yield from _rows_of(tuple(vars(value).values()))


# --- rosters -------------------------------------------------------------------------------------------------------


def _rosters(whole: Whole, community: Any, given: dict[str, Any]) -> Iterator[Notice]:
    posts = whole.posts[community.id]
    general = tuple(p for p in posts if p.compound is None and p.grid is None)
    if general:
        yield _roster(whole, community, "community", community, general, given)
    for compound in _rows(whole, community.id, "compounds"):
        own = tuple(p for p in posts if p.compound is compound)
        if compound.belongs == "本社区" and own:
            yield _roster(whole, community, "compound", compound, own, given)
    for grid in _rows(whole, community.id, "grids"):
        if grid.level == "网格":
            yield _roster(whole, community, "grid", grid, _of_grid(posts, grid.id), given)


def _of_grid(posts: tuple[Post, ...], grid: str) -> tuple[Post, ...]:
    """The posts of a grid and its micro-grids, and for a duty it lacks whoever holds that for the whole community."""
    own = [p for p in posts if p.grid and grid in (p.grid.id, p.grid.parent)]
    lacking = set(GRID_POSTS) - {p.duty.duty for p in own}
    return tuple(p for p in posts if p in own or (p.duty.duty in lacking and p.compound is None and p.grid is None))


def _roster(
    whole: Whole, community: Any, level: str, row: Any, posts: tuple[Post, ...], given: dict[str, Any]
) -> Notice:
    branch = any(p.unit and p.unit.kind == "小区党支部" for p in posts)
    key = f"roster-{level}" + ("-plain" if level == "compound" and not branch else "")
    groups = by_duty(posts)
    context = {
        **given,
        "level": level,
        "row": row,
        "compound": _row(whole, community.id, "compounds", row.compound) if level == "grid" else None,
        "members": _members((p for p in posts if p.duty.duty not in (*LISTED, LEADER)), row.name),
        "vacant": tuple(d for d in GRID_POSTS if level == "grid" and d not in groups),
        "posts": posts,
        "microgrids": _microgrids(whole, community.id, groups.get(LEADER, ()), row if level == "grid" else None),
        "listed": {d: groups[d] for d in LISTED if d in groups},
    }
    changed = max((p.duty.since for p in posts), default=whole.today)
    return Notice(
        "roster",
        community.id,
        row.id,
        "-".join((STEMS["roster"], {"community": "shequ", "compound": "xiaoqu", "grid": "wangge"}[level], row.id)),
        _title(key, place=row.name if level != "grid" else f"{community.name}{row.name}"),
        f"{community.id}/people/",
        changed,
        False,
        {**context, "changed": changed},
        place=row.place,
    )


def _members(posts: Iterable[Post], place: str) -> tuple[Member, ...]:
    """The posts with one line for each person and duty, however many grids it is for; on the board of ``place``."""
    found: dict[tuple[str, str], list[Post]] = {}
    for post in posts:
        found.setdefault((post.duty.duty, post.person.id), []).append(post)
    members = []
    for (duty, _), held in found.items():
        serves = dict.fromkeys(_serves(p, place) for p in held)
        members.append(Member(duty, held[0].label, tuple(serves), held[0].person.work_phone or ""))
    return tuple(members)


def _serves(post: Post, place: str) -> str:
    """What a duty is for, in the fewest words: as typed, else grid, unit or compound, without ``place``'s own name."""
    name = post.duty.serves or next((p.name for p in (post.grid, post.unit, post.compound) if p), "")
    return name.removeprefix(place) or name


def _microgrids(whole: Whole, community: str, leaders: tuple[Post, ...], grid: Any) -> tuple[MicroGrid, ...]:
    """The micro-grids in question with their leaders; those of a grid also when nobody leads them."""
    found = []
    for row in _rows(whole, community, "grids"):
        names = tuple(p.label for p in leaders if p.grid is row)
        if names or (grid is not None and row.parent == grid.id):
            compound = _row(whole, community, "compounds", row.compound)
            name = row.name.removeprefix(compound.name) if compound else row.name
            found.append(MicroGrid(name or row.name, row.scope, names))
    return tuple(found)


# --- their words ---------------------------------------------------------------------------------------------------


@cache
def qr(address: str) -> Markup:
    """A QR code (error correction M) as an SVG element, black on white with its quiet zone."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, nl=False, light="#fff", svgclass=None, lineclass=None
    )
    return Markup(out.getvalue().decode("ascii"))


def fragment(notice: Notice, env: Environment) -> str:
    """The notice as semantic HTML: what the print page shows and what Typst sets."""
    template = f"notices/{notice.kind}.html"
    return draw(env, template, notice=notice, qr=qr(notice.address), **notice.context)


def page(notice: Notice, env: Environment, *, html: str | None = None, pdf: bool = True) -> str:
    """The print page around the fragment (``html``, if it is at hand); ``pdf``: whether a PDF stands beside it."""
    root = "../" * notice.path.count("/")
    body = Markup(html if html is not None else fragment(notice, env))
    community = notice.context["community"]
    return draw(env, "layouts/notice.html", notice=notice, body=body, root=root, pdf=pdf, community=community)


def typeset(notice: Notice, html: str, typesetter: Typesetter, paper: str = "A4") -> bytes | Problem:
    """The PDF of a fragment, or the problem that keeps it from being made: a character that no font here can print."""
    try:
        return typesetter.pdf(html, title=notice.title, paper=paper)
    except MissingGlyphs as lacking:
        found = "、".join(f"{c}(U+{ord(c):04X})" for c in lacking.characters)
        which = {"title": notice.title, "name": notice.name}
        return Problem("notice-glyph", notice.place, found, which, withholds=False)
