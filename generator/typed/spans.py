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


def _start(plain: str, year: int | None) -> Date:
    found = dates.full(plain) or (dates.yearless(plain, year) if year is not None else None)
    if found is None:
        raise dates.why_not(plain)
    return found.day


def _end(plain: str, start: Date) -> Date:
    """The last day, its year and month taken from the first where they are left out. Raises ``Bad``."""
    found = dates.full(plain) or dates.yearless(plain, start.year)
    if found:
        return found.day
    m = _LATER.match(plain)
    day = dates.number(m[1]) if m else None
    if m and day is not None:
        made = dates.make(start.year, start.month, day)
        if dates.after(plain[m.end() :], made) is not None:
            return made
    raise dates.why_not(plain)


def _cuts(plain: str, year: int | None) -> Iterator[Span | Bad]:
    for m in _BETWEEN.finditer(plain):
        head, tail = plain[: m.start()], plain[m.end() :]
        if m.group().strip()[:1] in ("日", "号"):
            head += m.group().strip()[0]
        try:
            start = _start(head.strip(), year)
            end = _end(tail.strip(), start)
        except Bad as bad:
            yield bad
        else:
            yield (start, end) if start <= end else Bad("range-backwards", start=start.isoformat(), end=end.isoformat())


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
        span = spans.pop()
        stated = year is not None and dates.why_not(re.split(_BETWEEN, plain)[0]).code == "date-no-year"
        return Said(span, "date-year-stated", {"year": year, "on": _words(span)}) if stated else Said(span)
    if spans:
        raise Bad("range-form")
    try:
        one = dates.date(text, year=year)
    except Bad as bad:
        raise _first([*(c for c in cuts if isinstance(c, Bad)), bad]) from None
    return Said((one.value, one.value), "range-one-day", {"on": one.value.isoformat()})


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
    return Said((one.value, one.value), "range-one-day", {"on": one.value.isoformat()})
