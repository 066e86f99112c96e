"""The notices of a matter: publicity, resolutions, results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ..facts.cases import Case, Posting
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
        title = titled("publicity-resolution", resolution=row.title)
    else:
        title = titled(f"publicity-{step.kind if step else 'solve'}", matter=case.matter.title)
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
    due = recent(row.passed_on, whole.today) or bool(posting and posting.running)
    return _of_matter(
        "resolution",
        case,
        row.id,
        f"{STEMS['resolution']}-{row.id}",
        titled("resolution", resolution=row.title),
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
        titled("result", resolution=row.title),
        row,
        date=day,
        due=posting.running if posting else recent(day, whole.today),
        context={**shared, **_shown(posting), "asked": asked, "late": (row.done_on - row.due_on).days},
    )
