"""Whistles: times that run forward and have come, a limit that is one, answers only where somebody answered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from ..facts.whistles import STAGES
from ..sheets.whistles import Whistle
from .given import Found, Given, say

FAR = timedelta(days=366)
LONGEST = 24 * 366  # hours


def whistles_sound(given: Given) -> Found:
    """No whistle has a time before the one that leads to it or after ``today``, or what nobody can have answered.

    One problem a row for its times, at the first that is wrong.
    """
    for community in given.communities:
        for row in given.records.rows(community, Whistle):
            yield from _times(row, given.newest)
            yield from _limit(row)
            yield from _callback(row)


def _times(row: Whistle, today: date) -> Found:
    end = datetime.combine(today, time.max)
    filled = [(name, at) for name in STAGES if (at := getattr(row, name)) is not None]
    for name, at in filled:
        if at > end:  # a slip of a day is told; what is far ahead is a slip of the year, and is not shown
            yield say(row, name, "whistle-future", holds=at.date() > today + FAR, today=today.isoformat())
            return
    for (before, earlier), (name, at) in pairwise(filled):
        if at < earlier:
            title = row.sheet.column(before).title
            yield say(row, name, "whistle-backwards", before=title, earlier=f"{earlier:%Y-%m-%d %H:%M}")
            return


def _limit(row: Whistle) -> Found:
    if row.limit is not None and not 1 <= row.limit <= LONGEST:
        yield say(row, "limit", "whistle-limit", longest=LONGEST)


def _callback(row: Whistle) -> Found:
    if row.called_back_at is not None and row.solved == "解决" and row.solved_at is None:
        yield say(row, "solved_at", "whistle-unsolved")
    elif (row.called_back_at is None) != (row.reached is None):
        missing = "reached" if row.reached is None else "called_back_at"
        yield say(row, missing, "whistle-callback", missing=row.sheet.column(missing).title)
    elif row.reached != "接通":
        for name in ("solved", "content"):
            if getattr(row, name) is not None:
                yield say(row, name, "whistle-unanswered")
                return
