"""What must hold between rows. Each check yields problems with the row they stand in; pure, all in one go.

A row with a withholding problem is taken out, and so is what refers to it: a page never shows half of something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ..problems import Problem
from ..procedures import Procedures
from ..records import Records
from .decided import LOST, behind, resolutions_of_their_vote, steps_after_votes, undecided, votes_dated
from .elections import elections_sound, halves
from .figures import totals_counted
from .filing import file_numbers
from .future import nothing_ahead
from .given import Found, Given
from .headings import headings_known
from .meetings import meetings_sound, resolutions_sound, votes_of_their_meeting
from .objections import corrections_sound, objections_answered, objections_sound
from .people import chains_end, names_have_a_basis
from .postings import postings_as_due, postings_whole
from .references import TAKEN, addresses_free, needed, needs, orphans, references
from .rules import rules_of_their_community
from .steps import matters_agree, steps_in_order
from .votes import procedures_known, resolutions_of_the_last_vote, revotes_sound, votes_add_up
from .whistles import whistles_sound

__all__ = ["CHECKS", "LAST", "TAKEN", "Check", "Given", "check", "needed", "needs", "orphans"]

Check = Callable[[Given], Found]

CHECKS: tuple[Check, ...] = (
    addresses_free,
    references,
    procedures_known,
    steps_in_order,
    postings_whole,
    postings_as_due,
    objections_sound,
    corrections_sound,
    votes_dated,
    votes_add_up,
    revotes_sound,
    resolutions_of_the_last_vote,
    resolutions_of_their_vote,
    steps_after_votes,
    elections_sound,
    meetings_sound,
    votes_of_their_meeting,
    resolutions_sound,
    rules_of_their_community,
    names_have_a_basis,
    chains_end,
    file_numbers,
    whistles_sound,
    headings_known,
    nothing_ahead,
)
# These are asked with the rows that are left: a row too wrong to be counted is gone by then.
LAST: tuple[Check, ...] = (matters_agree, totals_counted, objections_answered)


def check(
    records: Records, procedures: Procedures, today: date, more: tuple[Check, ...] = (), present: date = date.min
) -> tuple[Records, list[Problem]]:
    """All checks over all communities → the records without what must wait, and every problem found.

    ``more``: the checks that mechanisms add (``mechanisms.checks``), which lie on a floor above. ``present``: the day that
    it is, where ``today`` is another that was asked for.
    """
    given = Given(records, procedures, today, tuple(c for c in records.tables if c), present)
    found = [pair for run in (*CHECKS, *more) for pair in run(given)]
    stops = [row for row, problem in found if problem.code == LOST]
    gone = [row for row, problem in found if problem.withholds] + behind(records, stops)
    kept = _waiting(replace(given, records=records.without(gone)), records)
    last = [pair for run in LAST for pair in run(replace(given, records=kept))]
    return kept.without(row for row, p in last if p.withholds), [problem for _, problem in found + last]


def _waiting(given: Given, before: Records) -> Records:
    """What is left when all that waits for a withheld row is gone too; ``before``: all rows that could be read."""
    while waiting := [*orphans(given.records), *halves(given.records), *undecided(given, before)]:
        given = replace(given, records=given.records.without(waiting))
    return given.records
