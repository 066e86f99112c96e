"""Trying again, with an end: one budget of time for a whole piece of work, however many calls it makes.

The clock, the sleeping and the dice are passed in, so a test can let an hour pass in no time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

from . import SourceError

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How long to try. Times in seconds: ``budget`` for the whole work, ``first`` and ``most`` for one pause.

    Google counts requests by the minute, so a budget of more than a minute outlasts a quota that was used up.
    """

    budget: float = 120.0
    first: float = 1.0
    most: float = 30.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    dice: Callable[[], float] = random.random

    def start(self) -> Trying:
        """The clock starts now."""
        return Trying(self, self.clock() + self.budget)


@dataclass(frozen=True)
class Verdict:
    """What a failure means: what to tell the user; whether it may pass; the seconds the server asks for, if it does."""

    error: SourceError
    passing: bool = False
    after: float = 0.0


@dataclass(frozen=True)
class Trying:
    """One piece of work under way, until ``until`` on its clock."""

    patience: Patience
    until: float

    def left(self) -> float:
        """Seconds that are left, 0 when there are none."""
        return max(0.0, self.until - self.patience.clock())

    def run(self, call: Callable[[], T], judge: Callable[[Exception], Verdict | None]) -> T:
        """The answer of ``call``, tried again while its failures may pass and time is left.

        ``judge`` says what a failure means, or None for one that is our own mistake: that one goes on up as it is.
        Raises :class:`SourceError`, outside the failure's own ``except``: nothing of a request (address, headers,
        answer) hangs on it. A pause that would outlast the budget is not begun.
        """
        pauses = 0
        while True:
            try:
                return call()
            except Exception as failure:
                verdict = judge(failure)
                if verdict is None:
                    raise
            wait = self.pause(pauses, verdict.after)
            if not verdict.passing or wait >= self.left():
                raise verdict.error
            self.patience.sleep(wait)
            pauses += 1

    def pause(self, pauses: int, after: float = 0.0) -> float:
        """Seconds before the next try: doubled each time, half of it by chance so that two syncs do not keep step,
        and never less than the server asks for.
        """
        longest = min(self.patience.most, self.patience.first * 2.0 ** min(pauses, 60))
        return after + longest * self.patience.dice() / 2 if after else longest * (0.5 + self.patience.dice() / 2)


def retry_after(headers: Mapping[str, str]) -> float:
    """The seconds a server asks to be left alone (``Retry-After``: seconds, or a date, read against the answer's own
    ``Date``); 0 where it says nothing that can be understood. RFC 9110 §10.2.3.
    """
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        seconds = (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))).total_seconds()
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, seconds)
