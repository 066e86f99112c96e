"""The notices of a matter: publicity, resolutions, results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..facts.cases import Case, Posting
from ..facts.postings import restarts
from ..facts.publicity import Period
from ..facts.status import standing
from ..facts.whole import Whole
from .notice import STEMS, Notice, recent, row_of, titled


def of_case(whole: Whole, case: Case, given: dict[str, Any]) -> Iterator[Notice]:
    compound = row_of(whole, case.community, "compounds", case.matter.compound)
    shared = {**given, "case": case, "compound": compound, "owner": whole.unit(case.community, case.matter.owner)}
    for posting in _sheets(case.postings):
        met = row_of(whole, case.community, "meetings", getattr(posting.row, "meeting", None))
        yield _publicity(case, posting, {**shared, "meeting": met})
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


def heading(case: Case, posting: Posting) -> str:
    """The title of the sheet on which a publicity hangs: a result's own, else the step's, else the resolution's."""
    rank = ("result", "step", "resolution").index
    lead = min((p for p in case.postings if p.sheet == posting.sheet), key=lambda p: rank(p.what))
    if lead.what == "result":
        return titled("result", resolution=lead.row.title)
    return _title(case, lead)


def _title(case: Case, posting: Posting) -> str:
    if posting.what == "resolution":
        return titled("publicity-resolution", resolution=posting.row.title)
    step = case.procedure.step(posting.row.step)
    return titled(f"publicity-{step.kind if step else 'solve'}", matter=case.matter.title)


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


def _publicity(case: Case, posting: Posting, shared: dict[str, Any]) -> Notice:
    row, start = posting.row, posting.period.start
    step = case.procedure.step(row.step) if posting.what == "step" else None
    resolutions = (row,) if posting.what == "resolution" else _shown_with(case, posting)
    context = {
        **shared,
        **_shown(case, posting),
        "due": standing(case.matter, case.steps, case.procedure, start).due,
        "step": step,
        "number": case.procedure.position(row.step) + 1 if step else 0,
        "resolutions": resolutions,
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
        context=context,
    )


def _shown_with(case: Case, posting: Posting) -> tuple[Any, ...]:
    """The resolutions whose own publicity is this very one."""
    return tuple(p.row for p in case.postings if p.what == "resolution" and p.sheet == posting.sheet)


def _resolution(whole: Whole, case: Case, row: Any, shared: dict[str, Any]) -> Notice:
    posting = _posting(case, "resolution", row)
    vote = next((b for b in case.ballots if b.vote.id == row.vote), None)
    due = recent(row.passed_on, whole.today) or bool(posting and posting.open)
    return of_matter(
        "resolution",
        case,
        row.id,
        f"{STEMS['resolution']}-{row.id}",
        titled("resolution", resolution=row.title),
        row,
        date=posting.period.start if posting else row.passed_on,
        due=due,
        context={**shared, **_shown(case, posting), "ballot": vote},
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
        context={**shared, **_shown(case, posting), "asked": asked, "late": (row.done_on - row.due_on).days},
    )
