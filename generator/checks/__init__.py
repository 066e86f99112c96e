"""What must hold between rows. Each check yields problems with the row they stand in; pure, all in one go.

A row with a withholding problem is taken out, and so is what refers to it: a page never shows half of something.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..problems import Problem
from ..procedures import Procedures
from ..records import Records
from .figures import totals_counted
from .given import Found, Given
from .meetings import meetings_sound, resolutions_sound
from .people import chains_end, names_have_a_basis
from .postings import postings_whole
from .references import TAKEN, addresses_free, needed, needs, orphans, references
from .steps import steps_in_order
from .votes import procedures_known, votes_add_up

__all__ = ["CHECKS", "TAKEN", "Given", "check", "needed", "needs", "orphans"]

CHECKS: tuple[Callable[[Given], Found], ...] = (
    addresses_free,
    references,
    procedures_known,
    steps_in_order,
    postings_whole,
    votes_add_up,
    meetings_sound,
    resolutions_sound,
    names_have_a_basis,
    chains_end,
)


def check(records: Records, procedures: Procedures, today: date) -> tuple[Records, list[Problem]]:
    """All checks over all communities → the records without what must wait, and every problem found.

    Figures are compared last, with the rows that are left: a row too wrong to be counted is gone by then.
    """
    communities = tuple(c for c in records.tables if c)
    found = [pair for run in CHECKS for pair in run(Given(records, procedures, today, communities))]
    kept = _waiting(records.without(row for row, problem in found if problem.withholds))
    differ = list(totals_counted(Given(kept, procedures, today, communities)))
    return kept.without(row for row, _ in differ), [problem for _, problem in found + differ]


def _waiting(kept: Records) -> Records:
    while waiting := orphans(kept):
        kept = kept.without(waiting)
    return kept
