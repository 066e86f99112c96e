"""Publicity: its first day, its length, its kind of days."""

from __future__ import annotations

from ..facts.publicity import LONGEST
from ..sheet import PublicRow
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from .given import Found, Given, say


def postings_whole(given: Given) -> Found:
    """A publicity has its first day, its length (1 to 366 days) and its kind of days, or none of them."""
    for community in given.communities:
        for row_type in (Step, Resolution):
            for row in given.records.rows(community, row_type):
                yield from faults_of(row)


def faults_of(row: PublicRow) -> Found:
    """What is wrong with the publicities of one row."""
    for prefix in ("", "result_") if isinstance(row, Resolution) else ("",):
        yield from _posting(row, [f"{prefix}posted_{n}" for n in ("on", "days", "kind")])


def _posting(row: PublicRow, names: list[str]) -> Found:
    missing = [n for n in names if getattr(row, n) is None]
    days = getattr(row, names[1])
    if missing and len(missing) < len(names):
        titles = "、".join(row.sheet.column(n).title for n in missing)
        yield say(row, missing[0], "posting-incomplete", missing=titles)
    elif days is not None and not 1 <= days <= LONGEST:
        yield say(row, names[1], "posting-days", longest=LONGEST)
