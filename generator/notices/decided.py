"""The notices of a matter: publicity, resolutions, results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..facts.board import while_either, while_news, while_shown
from ..facts.cases import Case, Posting
from ..facts.postings import about, pending, restarts
from ..facts.publicity import Period
from ..facts.status import DONE, standing
from ..facts.whole import Whole
from .notice import STEMS, Notice, recent, row_of, titled
from .signing import signer, signs

# A row of such a step is the draft that is posted with it; a row of publishing is finished when the publicity is over.
DRAFTS, PUBLISHES = ("raise", "screen", "plan", "consult"), "publish"


def of_case(whole: Whole, case: Case, given: dict[str, Any]) -> Iterator[Notice]:
    compound = row_of(whole, case.community, "compounds", case.matter.compound)
    shared = {**given, "case": case, "compound": compound, "owner": whole.unit(case.community, case.matter.owner)}
    for posting in _sheets(case.postings):
        met = row_of(whole, case.community, "meetings", getattr(posting.row, "meeting", None))
        yield _publicity(whole, case, posting, {**shared, "meeting": met})
    for resolution in case.resolutions:
        executor = whole.unit(case.community, resolution.owner)
        meeting = row_of(whole, case.community, "meetings", resolution.meeting)
        more = {**shared, "resolution": resolution, "executor": executor, "meeting": meeting}
        yield _resolution(whole, case, resolution, more)
        if resolution.done_on and resolution.done_on <= whole.today:
            yield _result(whole, case, resolution, more)


def _sheets(postings: tuple[Posting, ...]) -> Iterator[Posting]:
    """The publicities with a 公示 of their own: what two rows show hangs once, and a result hangs as 落实结果公示."""
    seen = {p.sheet for p in postings if p.what == "result"}
    for posting in sorted(postings, key=lambda p: p.what != "step"):
        if posting.what != "result" and posting.sheet not in seen:
            seen.add(posting.sheet)
            yield posting


def on_sheet(case: Case, posting: Posting) -> Posting:
    """The publicity after which the sheet is called: a result's, else the step's, else the resolution's."""
    rank = ("result", "step", "resolution").index
    return min((p for p in case.postings if p.sheet == posting.sheet), key=lambda p: rank(p.what))


def heading(case: Case, posting: Posting) -> str:
    """The title of the sheet on which a publicity hangs: a result's own, else the step's, else the resolution's."""
    lead = on_sheet(case, posting)
    if lead.what == "result":
        return titled("result", resolution=lead.row.title)
    return _title(case, lead)


def _title(case: Case, posting: Posting) -> str:
    if posting.what == "resolution":
        return titled("publicity-resolution", resolution=posting.row.title)
    step = case.procedure.step(posting.row.step)
    key = step.kind if step else "solve"
    if posting.kind != "step":
        key = "publish" if posting.kind == "resolution" else "work"
    return titled(f"publicity-{key}", matter=case.matter.title)


def _posting(case: Case, what: str, row: Any) -> Posting | None:
    return next((p for p in case.postings if p.what == what and p.row is row), None)


def first_day(period: Period) -> date:
    """The first day that counts, the day after it was posted (民法典 §201)."""
    return period.start + timedelta(days=1)


def _shown(case: Case, posting: Posting | None) -> dict[str, Any]:
    """A publicity, the first day that counts, and the corrections that started it again."""
    if posting is None:
        return {"posting": None, "first": None, "mended": ()}
    broken = {r.broken_on for r in posting.interrupted}
    mended = tuple(k for k in posting.corrections if k.on in broken and restarts(k, posting, case.procedure))
    return {"posting": posting, "first": first_day(posting.period), "mended": mended}


def of_matter(kind: str, case: Case, id: str, name: str, title: str, row: Any, **rest: Any) -> Notice:
    """A notice of a matter about one row; it leads to the row's page, or to the matter's where it has none."""
    page = f"resolutions/{row.id}/" if row.sheet.id == "resolutions" else f"matters/{case.id}/"
    url = f"{case.community}/{page}"
    return Notice(kind, case.community, id, name, title, url, place=row.place, matter=case.id, **rest)


def _publicity(whole: Whole, case: Case, posting: Posting, shared: dict[str, Any]) -> Notice:
    row, start = posting.row, posting.period.start
    step = case.procedure.step(row.step) if posting.what == "step" else None
    resolutions = (row,) if posting.what == "resolution" else _shown_with(case, posting)
    by = signs(case, posting.what, row, resolutions)
    context = {
        **shared,
        **_shown(case, posting),
        "due": standing(case.matter, case.steps, case.procedure, start).due,
        "step": step,
        "number": case.procedure.position(row.step) + 1 if step else 0,
        "resolutions": resolutions,
        "earlier": tuple(s for s in case.steps if s.on < start and s is not row) if step else (),
        "own": bool(step) and _told(case, posting),
        "corrected": posting.corrections,
        "ballots": tuple(b for b in case.ballots if b.on <= start),
    }
    stem = STEMS["publicity"] + ("-jueyi" if posting.what == "resolution" else "")
    return of_matter(
        "publicity",
        case,
        row.id,
        f"{stem}-{row.id}",
        _title(case, posting),
        row,
        date=start,
        due=posting.open,
        hang=while_shown(posting),
        context=context,
        signer=signer(whole, shared["community"], by, case.matter.compound, start),
    )


def _shown_with(case: Case, posting: Posting) -> tuple[Any, ...]:
    """The resolutions whose own publicity is this very one; of a publicity of what was decided, those yet to be done."""
    own = tuple(p.row for p in case.postings if p.what == "resolution" and p.sheet == posting.sheet)
    return own or (pending(case.resolutions, posting.posted_on) if posting.kind == "resolution" else ())


def _told(case: Case, posting: Posting) -> bool:
    """Whether the note of the posted row itself is on the paper.

    Nobody can tell when a note was written, and a row that is open on the day of posting is written on while the paper
    hangs. So only a row that was there by then is told, if it is the very draft that is posted, or is of work done.
    """
    row = posting.row
    step = case.procedure.step(row.step)
    kind = step.kind if step else ""
    return row.on <= posting.posted_on and (kind in DRAFTS or (row.result == DONE and kind != PUBLISHES))


def _corrected(case: Case, what: str, row: Any, posting: Posting | None) -> tuple[Any, ...]:
    """The corrections of what a row posted: a paper that is made again after one says so."""
    if posting:
        return tuple(k for k in posting.corrections if about(k, what, row.id))
    alone = len(case.resolutions) == 1
    return tuple(k for k in case.corrections if about(k, what, row.id) and (k.resolution or alone))


def _resolution(whole: Whole, case: Case, row: Any, shared: dict[str, Any]) -> Notice:
    posting = _posting(case, "resolution", row)
    vote = next((b for b in case.ballots if b.vote.id == row.vote), None)
    due = recent(row.passed_on, whole.today) or bool(posting and posting.open)
    day = posting.period.start if posting else row.passed_on
    return of_matter(
        "resolution",
        case,
        row.id,
        f"{STEMS['resolution']}-{row.id}",
        titled("resolution", resolution=row.title),
        row,
        date=day,
        due=due,
        hang=while_either(row.passed_on, posting, whole.today),
        context={
            **shared,
            **_shown(case, posting),
            "ballot": vote,
            "corrected": _corrected(case, "resolution", row, posting),
        },
        signer=signer(whole, shared["community"], signs(case, "resolution", row), case.matter.compound, day),
    )


def _result(whole: Whole, case: Case, row: Any, shared: dict[str, Any]) -> Notice:
    posting = _posting(case, "result", row)
    day = posting.period.start if posting else row.done_on
    answers = (row.satisfied, row.fairly, row.dissatisfied)
    asked = sum(a or 0 for a in answers) if any(a is not None for a in answers) else 0
    return of_matter(
        "result",
        case,
        row.id,
        f"{STEMS['result']}-{row.id}",
        titled("result", resolution=row.title),
        row,
        date=day,
        due=posting.open if posting else recent(day, whole.today),
        hang=while_shown(posting) if posting else while_news(day),
        context={
            **shared,
            **_shown(case, posting),
            "asked": asked,
            "late": (row.done_on - row.due_on).days,
            "corrected": _corrected(case, "result", row, posting),
        },
        signer=signer(whole, shared["community"], signs(case, "result", row), case.matter.compound, day),
    )
