"""From one day to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date
from functools import lru_cache
from typing import Any

from ..columns import Bad
from . import dates
from .said import Said, opened, shown_only

Span = tuple[Date, Date]

_BETWEEN = re.compile(r" ?(?:(?:日|号)?起? ?(?:至|到)|[-—–~]{1,2}) ?")
_FROM = re.compile(r"(?:自|从|由) ?")
_UNTIL = re.compile(r" ?(?:止|为止|截止|结束)$")
_LATER = re.compile(rf"({dates.NUMBER}) ?[日号]?", re.ASCII)
# The reason told first, when a text can be cut in several places and no cut gives two days.
_TELLING = (
    "range-backwards",
    "date-weekday",
    "date-impossible",
    "date-far",
    "date-time-impossible",
    "date-order",
    "date-two-digit-year",
    "date-no-year",
    "date-lunar",
    "date-relative",
    "date-vague",
    "date-incomplete",
)


def _start(plain: str, year: int | None) -> dates.Day:
    found = dates.full(plain) or (dates.yearless(plain, year) if year is not None else None)
    if found is None:
        raise dates.why_not(plain)
    return found


def _end(plain: str, start: Date) -> dates.Day:
    """The last day, its year and month taken from the first where they are left out. Raises ``Bad``."""
    found = dates.full(plain) or dates.yearless(plain, start.year)
    if found:
        return found
    m = _LATER.match(plain)
    day = dates.number(m[1]) if m else None
    if m and day is not None:
        made = dates.make(start.year, start.month, day)
        time = dates.after(plain[m.end() :], made)
        if time is not None:
            return dates.Day(made, time)
    raise dates.why_not(plain)


def _cut(head: str, tail: str, year: int | None) -> tuple[Span, str]:
    """The two days, and the times of day beside them. Raises ``Bad``."""
    start = _start(head, year)
    end = _end(tail, start.day)
    if start.day > end.day:
        raise Bad("range-backwards", start=start.day.isoformat(), end=end.day.isoformat())
    return (start.day, end.day), "、".join(t for t in (start.time, end.time) if t)


def _cuts(plain: str, year: int | None) -> Iterator[tuple[Span, str] | Bad]:
    for m in _BETWEEN.finditer(plain):
        head, tail = plain[: m.start()], plain[m.end() :]
        if m.group().strip()[:1] in ("日", "号"):
            head += m.group().strip()[0]
        try:
            yield _cut(head.strip(), tail.strip(), year)
        except Bad as bad:
            yield bad


def _first(reasons: list[Bad]) -> Bad:
    told = [b for b in reasons if b.code in _TELLING]
    return min(told, key=lambda b: _TELLING.index(b.code)) if told else Bad("range-form")


@lru_cache(maxsize=16384)
def _range(text: str, year: int | None) -> Said[Span]:
    plain = opened(text, "range-form")
    plain = _UNTIL.sub("", _FROM.sub("", plain, count=1) if _FROM.match(plain) else plain)
    cuts = list(_cuts(plain, year))
    spans = {c for c in cuts if not isinstance(c, Bad)}
    if len(spans) == 1:
        span, time = spans.pop()
        if time:
            return Said(span, "date-time-dropped", {"time": time, "on": _words(span)})
        stated = year is not None and dates.why_not(re.split(_BETWEEN, plain)[0]).code == "date-no-year"
        return Said(span, "date-year-stated", {"year": year, "on": _words(span)}) if stated else Said(span)
    if spans:
        raise Bad("range-form")
    try:
        one = dates.date(text, year=year)
    except Bad as bad:
        raise _first([*(c for c in cuts if isinstance(c, Bad)), bad]) from None
    return _one(one)


def _one(day: Said[Date]) -> Said[Span]:
    """One day as a range, with the remark that says most."""
    span = (day.value, day.value)
    if day.remark in ("date-time-dropped", "date-serial", "date-shown"):
        return Said(span, day.remark, day.params)
    return Said(span, "range-one-day", {"on": day.value.isoformat()})


def _words(span: Span) -> str:
    return f"{span[0].isoformat()}—{span[1].isoformat()}"


def date_range(text: str, raw: Any = None, date1904: bool = False, *, year: int | None = None) -> Said[Span]:
    """The first and the last day: 2024.3.5-3.12, 2024年3月5日至12日, 自2024年12月30日起至2025年1月3日止.

    An end without a year is in the year of the start; one that would then lie before it is refused. One day alone
    is read with a remark. ``year``: stated elsewhere, for 3月5日至12日. ``raw`` as for :func:`dates.date`. Raises ``Bad``.
    """
    if shown_only(raw):
        return _range(text, year)
    one = dates.date(text, raw, date1904, year=year)
    return _one(one)
