"""One day and a time of day, to the minute, as people write them: what the clock on the wall showed, so without a zone."""

from __future__ import annotations

import re
from datetime import date as Date
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..columns import Bad
from ..raw import Error
from . import clocks, dates, serials
from .said import Said, beneath, opened, rounds_to, shown_only

_FAST = re.compile(r"\d{4}-\d\d-\d\d (?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_RUN = re.compile(r"((?:19|2[01])\d{6})(\d\d)(\d\d)(\d\d)?", re.ASCII)
_MIDNIGHT = ("0:00", "00:00", "0:00:00", "00:00:00")
_BETWEEN = " ,、;·"
_HERE = re.compile(r"(?<=\d) ?(?:\+08:?00|GMT\+8|UTC\+8)$")  # the zone of the whole country
# What nothing beneath a cell can mend.
_BROKEN = frozenset(
    (
        *("date-impossible", "date-weekday", "unsure", "ditto", "cell-error", "text-garbled", "date-many"),
        *("moment-impossible", "moment-part", "moment-many", "moment-vague"),
    )
)


def _form(bad: Bad) -> Bad:
    return Bad("moment-form") if bad.code == "date-form" else bad


def _of_day(day: Date, minutes: int) -> datetime:
    """Raises ``Bad`` where the last day's end is in a year that no column holds."""
    made = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    dates.make(made.year, made.month, made.day)
    return made


def _parts(plain: str, year: int | None) -> tuple[Date, str]:
    """The day and the time behind it, as typed. Raises ``Bad`` where there is no day."""
    run = _RUN.fullmatch(plain)
    if run:
        plain = f"{run[1]} {run[2]}:{run[3]}"
    found = dates.begun(plain) or (dates.begun_yearless(plain, year) if year is not None else None)
    if found is None:
        raise _why_no_day(plain)
    day, rest = found
    rest = dates.after_weekday(rest, day).strip(_BETWEEN).removeprefix("T")
    return day, _HERE.sub("", rest)


def _why_no_day(plain: str) -> Bad:
    time = clocks.AT_END.search(plain)
    head = plain[: time.start()].strip(_BETWEEN) if time else plain
    if time and not head:
        return Bad("moment-no-day")
    part = clocks.PART.search(head)
    if part and not time and part.end() == len(head):
        head = head[: part.start()].strip()
    return _form(dates.why_not(head)) if head else Bad("moment-no-day")


def _readings(plain: str, year: int | None = None) -> tuple[tuple[datetime, ...], str]:
    """All that a folded text may mean, and the time of day as typed. Raises ``Bad``."""
    day, time = _parts(plain, year)
    try:
        return tuple(_of_day(day, m) for m in clocks.minutes(time)), time
    except Bad as bad:
        raise Bad("date-many") if bad.code == "moment-form" and dates.many(plain) else bad from None


def _words(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


@lru_cache(maxsize=65536)
def _moment(text: str) -> Said[datetime]:
    found, time = _readings(opened(text, "moment-form"))
    if len(found) > 1:
        raise Bad("moment-two-readings", time=time, one=_words(found[0]), other=_words(found[1]))
    when = found[0]
    if "24" in time and when.hour == when.minute == 0:
        return Said(when, "moment-next-day", {"time": time, "at": _words(when)})
    return Said(when, "moment-small-hours", {"at": _words(when)}) if clocks.is_small(time) else Said(when)


def moment(text: str, raw: Any = None, date1904: bool = False) -> Said[datetime]:
    """A day between 1949 and 2100 and a time of day, to the minute: 2026年3月5日下午2点半, 2026/3/5 9:20, 20260305 0920.

    ``raw``: the value beneath, a day, a moment or a serial number (``date1904``: of the 1904 system); it must agree with
    what is shown. A time that people use for two is refused, 24:00 is the beginning of the next day. Raises ``Bad``.
    """
    if raw is None and _FAST.fullmatch(text):
        day = dates.make(int(text[:4]), int(text[5:7]), int(text[8:10]))
        return Said(_of_day(day, int(text[11:13]) * 60 + int(text[14:])))
    if shown_only(raw):
        return _moment(text)
    if isinstance(raw, Error):
        raise Bad("cell-error")
    plain = opened(text, "moment-form")
    if isinstance(raw, Date):
        under = raw if isinstance(raw, datetime) else datetime(raw.year, raw.month, raw.day)
        return _beneath(plain, under)
    value = beneath(raw, "moment-form")
    if 0 <= value < 1:  # a time of day alone
        raise Bad("moment-no-day")
    if dates.BARE.fullmatch(plain) and rounds_to(value, Decimal(plain.replace(",", ""))):
        return _numbered(value, date1904)
    if value == int(value) and value >= 10**11:  # 202603050920 under 2.026E+11
        when = _numbered(value, date1904).value
        return Said(when, "moment-serial", {"at": _words(when)})
    return _beneath(plain, _at(value, date1904))


def _at(value: Decimal, date1904: bool) -> datetime:
    """The moment of a serial number; whatever it is not, it is no moment. Raises ``Bad``."""
    try:
        return serials.moment(value, date1904)
    except Bad as bad:
        raise _form(bad) from None


def _numbered(value: Decimal, date1904: bool) -> Said[datetime]:
    """A bare number in a column of moments: 202603050920 typed without marks, or a serial number shown as such."""
    if value == int(value) and 10**7 <= value < 10**14:
        return _moment(str(int(value)))
    when = _at(value, date1904)
    if not dates.FIRST <= when.year <= dates.LAST:
        raise Bad("moment-form")
    if value == int(value):
        raise Bad("moment-no-time")
    return Said(_minute(when), "moment-serial", {"at": _words(when)})


def _minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0, tzinfo=None)


def _beneath(plain: str, under: datetime) -> Said[datetime]:
    """The moment beneath a cell, with what is shown: the same one, or a format that leaves a part of it out."""
    if under.year < dates.FIRST and clocks.TIME.fullmatch(plain):
        raise Bad("moment-no-day")  # a time of day alone is of the day 0
    when = _minute(under)
    dates.make(when.year, when.month, when.day)
    at = _words(when)
    try:
        found, time = _readings(plain, under.year)
    except Bad as bad:
        if bad.code in _BROKEN:
            raise
        _same_day(plain, when)
        if (when.hour, when.minute) == (0, 0) and not clocks.AT_END.search(plain):
            raise Bad("moment-no-time") from None
        return Said(when, "moment-shown", {"at": at})
    if when not in found and _minute(under + timedelta(seconds=30)) not in found:
        raise Bad("moment-two-values", shown=_words(found[0]), under=at)
    if dates.begun(plain) is None and not _RUN.fullmatch(plain):
        return Said(when, "moment-shown", {"at": at})
    # A day typed alone where the cell is to show hours too: the spreadsheet makes midnight of it.
    if time in _MIDNIGHT and when == under == datetime(when.year, when.month, when.day):
        return Said(when, "moment-midnight", {"at": at})
    return Said(when if when in found else _minute(under + timedelta(seconds=30)))


def _same_day(plain: str, when: datetime) -> None:
    """Raises ``Bad`` where a day is shown that is another than the one beneath."""
    found = dates.begun(plain)
    if found is not None and found[0] != when.date():
        raise Bad("moment-two-values", shown=found[0].isoformat(), under=_words(when))
