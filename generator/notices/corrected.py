"""The notice of a correction: what was posted, what it says now, why, and what becomes of the period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..facts.board import while_corrected
from ..facts.cases import Case, Posting
from ..facts.fact import Fact
from ..facts.postings import SUBSTANTIAL, WHAT, about
from ..facts.publicity import Period
from ..facts.whole import Whole
from .decided import first_day, heading, of_matter, on_sheet
from .notice import STEMS, Notice, recent, row_of, titled
from .signing import signer, signs


@dataclass(frozen=True)
class Effect(Fact):
    """What a correction does to the period of what it corrects, by what was known on its day.

    ``period``: the run in force from that day on. ``before``: the run that it broke off, None where the period stands.
    ``rule``: when a correction starts the period again (``substantial``, ``always``, ``never``). ``on``: its day.
    """

    on: date
    period: Period
    before: Period | None
    rule: str

    @property
    def first(self) -> date:
        """The first day that counts of the run in force."""
        return first_day(self.period)

    @property
    def ended(self) -> bool:
        """Whether the period had come to its end before the correction, and stays so."""
        return self.period.end is not None and self.period.end < self.on

    @property
    def complete(self) -> bool:
        """Whether the run that is begun again had come to its end."""
        return self.before is not None and self.before.end is not None and self.before.end < self.on


def corrections(whole: Whole, case: Case, given: dict[str, Any]) -> Iterator[Notice]:
    """The notices of a matter's corrections, by their order in the sheet."""
    for row in case.corrections:
        yield _correction(whole, case, row, given)


def _correction(whole: Whole, case: Case, row: Any, given: dict[str, Any]) -> Notice:
    posting = corrected_by(case, row)
    what = effect(case, row, posting) if posting else None
    by = _signs(case, row, posting)
    again = bool(posting and posting.open and what and what.before and what.period == posting.period)
    return of_matter(
        "correction",
        case,
        row.id,
        f"{STEMS['correction']}-{row.id}",
        _title(whole, case, row, posting),
        row,
        date=row.on,
        due=recent(row.on, whole.today) or again,
        hang=while_corrected(row.on, what.period if what and what.before else None, posting),
        context={
            **given,
            "case": case,
            "correction": row,
            "posting": posting,
            "original": heading(case, posting) if posting else None,
            "effect": what,
            "compound": row_of(whole, case.community, "compounds", case.matter.compound),
        },
        signer=signer(whole, given["community"], by, case.matter.compound, row.on),
    )


def _signs(case: Case, row: Any, posting: Posting | None) -> str:
    """A correction is signed as what it corrects was."""
    if posting:
        lead = on_sheet(case, posting)
        shown = tuple(p.row for p in case.postings if p.sheet == lead.sheet and p.what != "step")
        return signs(case, lead.what, lead.row, shown)
    of = next((r for r in case.resolutions if r.id == row.resolution), None)
    return signs(case, WHAT[row.posting], of) if of else ""


def corrected_by(case: Case, row: Any) -> Posting | None:
    """The publicity that a correction is of; of the rows on one sheet of paper the one that it names."""
    sheet = [p for p in case.postings if any(k is row for k in p.corrections)]
    return next((p for p in sheet if about(row, p.what, p.row.id)), None)


def effect(case: Case, row: Any, posting: Posting) -> Effect:
    """What a correction does to the period of its publicity, whatever befell that later."""
    before = next((r.period for r in posting.interrupted if r.correction is row), None)
    runs = (*(r.period for r in posting.interrupted), posting.period)
    force = posting.begun_by(row) or [p for p in runs if p.start <= row.on][-1]
    due = case.procedure.publicity_of(posting.what, posting.row.step if posting.what == "step" else None)
    rule = due.restarts if due else SUBSTANTIAL
    return Effect(row.on, force, before, rule)


def _title(whole: Whole, case: Case, row: Any, posting: Posting | None) -> str:
    resolution = row_of(whole, case.community, "resolutions", row.resolution)
    if resolution is None and posting and posting.what != "step":
        resolution = posting.row
    if resolution is None:
        return titled("correction", matter=case.matter.title)
    key = "correction-result" if WHAT.get(row.posting) == "result" else "correction-resolution"
    return titled(key, resolution=resolution.title)
