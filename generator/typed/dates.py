"""One day, as people write it; year first, or refused with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..columns import Bad
from ..raw import Error
from . import han, serials
from .said import Said, beneath, opened, rounds_to, shown_only

FIRST, LAST = 1949, 2100  # years, as columns.read_date has them

BARE = re.compile(r"\d[\d,]{0,11}(?:\.\d{1,12})?", re.ASCII)
_FAST = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_H = f"[{han.CHARACTERS}]"
NUMBER = rf"\d{{1,2}}|{_H}{{1,3}}"
_SEP = r" ?[-/.。、—–] ?"
_DAY = re.compile(
    rf"(?P<y1>\d{{4}})(?P<sep>{_SEP}| )(?P<m1>\d{{1,2}})(?P<sep2>{_SEP}| )(?P<d1>\d{{1,2}})(?: ?日| ?号(?!楼)|(?![\d号]))"
    rf"|(?P<y2>\d{{4}}|{_H}{{4,8}}) ?年 ?(?P<m2>{NUMBER}|元) ?月 ?(?P<d2>{NUMBER})(?: ?日| ?号(?!楼)|(?![\d号]))"
    r"|(?P<y3>\d{4})(?P<m3>\d\d)(?P<d3>\d\d)(?!\d)",
    re.ASCII,
)
_WEEK = re.compile(r"[(\[]? ?(?:星期|周|礼拜|週)([一二三四五六日天1-7]) ?[)\]]?")
_CLOCK = rf"(?:\d{{1,2}}:\d\d(?::\d\d(?:\.0+)?)?|(?:\d{{1,2}}|{_H}{{1,3}}) ?[点时](?:整|半|一刻|三刻|(?:\d{{1,2}}|{_H}{{1,3}}) ?分?)?)"
_PERIOD = r"(?:凌晨|清晨|早上|早晨|早|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|晚|夜里|[AaPp][Mm])"
_TIME = re.compile(rf"T?{_PERIOD}? ?{_CLOCK}(?: ?[AaPp][Mm])?(?: ?(?:-|—|–|~|至|到)+ ?{_PERIOD}? ?{_CLOCK})?|{_PERIOD}")
_HOUR = re.compile(r"(\d{1,2})(?::(\d\d)(?::(\d\d))?)?", re.ASCII)
_MIDNIGHT = re.compile(r"T?0{1,2}:00(?::00(?:\.0+)?)?")
_NO_YEAR = re.compile(rf"(?:{NUMBER}|元) ?月 ?(?:{NUMBER}) ?[日号]?|\d{{1,2}} ?[-/.] ?\d{{1,2}}", re.ASCII)
_YEARLESS = re.compile(
    rf"(?P<m>{NUMBER}|元) ?月 ?(?P<d>{NUMBER}) ?[日号]?|(?P<m2>\d{{1,2}}) ?[-/.] ?(?P<d2>\d{{1,2}})(?![\d./-])",
    re.ASCII,
)
_INCOMPLETE = re.compile(
    rf"\d{{4}}年?|\d{{4}} ?[-/.年] ?\d{{1,2}}月?|(?:19|20)\d\d(?:0[1-9]|1[0-2])|{_H}{{4}}(?:年(?:(?:{NUMBER})月)?)?|(?:{NUMBER})月份?",
    re.ASCII,
)
_DAY_ALONE = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3}) ?[日号]", re.ASCII)
_YEAR_LAST = re.compile(r"\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{4}", re.ASCII)
_SHORT_YEAR = re.compile(rf"['’]?\d\d? ?[-/.、] ?\d{{1,2}} ?[-/.、] ?\d{{1,2}}|['’]?(?:\d\d|{_H}{{2}}) ?年.*", re.ASCII)
_SIX = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_RELATIVE = re.compile(
    r"[今昨明前后]天|[今昨明]日|[本上下这][周月]|[本上下这]个[周月星]|[今去明前后]年|刚才|刚刚|现在|最近|近期|前几天|^日前|即日|当天|当日"
)
_LUNAR = re.compile(
    r"农历|阴历|正月|腊月|冬月|闰.{0,2}月|初[一二三四五六七八九十]|廿|除夕|端午|中秋|元宵|重阳|春节|清明"
)
_VAGUE = re.compile(
    r"[上中下]旬|月[初底末中]|[年季][初底末中]|季度|[上下]半年|前后|左右|以前|之前|以后|之后|前$|后$|起$|约|许|\?"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day read, and the time of day that stood beside it ("" for none)."""

    day: Date
    time: str = ""


def number(text: str) -> int | None:
    """A month or a day: 3, 03, 三, 〇三, 廿五."""
    if text.isascii():
        return int(text)
    if text == "元":
        return 1
    spelt = han.read(text[1:] if len(text) == 2 and text[0] in "〇零○" else text)
    return None if spelt is None or spelt.short or "两" in text else spelt.value


def _year(text: str) -> int | None:
    if text.isascii():
        return int(text)
    figures = han.digits(text)
    if figures:
        return int(figures) if len(figures) == 4 else None
    spelt = han.read(text)
    return None if spelt is None or spelt.short else spelt.value


def make(year: int, month: int, day: int) -> Date:
    """A day of the calendar, 1949–2100. Raises ``Bad``."""
    try:
        made = Date(year, month, day)
    except ValueError:
        raise Bad("date-impossible") from None
    if not FIRST <= year <= LAST:
        raise Bad("date-far", year=year)
    return made


def _weekday(said: str, day: Date) -> None:
    real = "一二三四五六日"[day.weekday()]
    if said.translate(str.maketrans("天1234567", "日一二三四五六日")) != real:
        raise Bad("date-weekday", typed=said, real=f"星期{real}", on=day.isoformat())


def _clock(text: str) -> str:
    """A time of day as typed, "" for midnight sharp. Raises ``Bad`` for 25:00."""
    if _MIDNIGHT.fullmatch(text):
        return ""
    for hour, minute, second in _HOUR.findall(text) if ":" in text else ():
        if int(hour) > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
            raise Bad("date-time-impossible", time=text)
    for hour in re.findall(r"(\d{1,2}) ?[点时]", text):
        if int(hour) > 24:
            raise Bad("date-time-impossible", time=text)
    return text.lstrip("T")


def after_weekday(rest: str, day: Date) -> str:
    """What follows a day, without its weekday, which must agree. Raises ``Bad``."""
    rest = rest.strip()
    week = _WEEK.match(rest)
    if week:
        _weekday(week[1], day)
        rest = rest[week.end() :].strip()
    return rest


def after(rest: str, day: Date) -> str | None:
    """What follows a day: a weekday that must agree, a time that is returned; None for anything else."""
    rest = after_weekday(rest, day)
    if not rest:
        return ""
    return _clock(rest) if _TIME.fullmatch(rest) else None


def begun(plain: str) -> tuple[Date, str] | None:
    """The day with its year that a folded text begins with, and what follows it. Raises ``Bad`` for one that cannot be."""
    before = _WEEK.match(plain)
    start = before.end() if before else 0
    while plain[start : start + 1] in (" ", ","):
        start += 1
    m = _DAY.match(plain, start)
    if not m or (m["sep"] or "").strip() != (m["sep2"] or "").strip():
        return None
    year, month, day = (
        _year(m["y1"] or m["y2"] or m["y3"]),
        *(number(m[k + "1"] or m[k + "2"] or m[k + "3"]) for k in "md"),
    )
    if year is None or month is None or day is None:
        return None
    if m["y3"] and not FIRST <= year <= LAST:
        return None
    made = make(year, month, day)
    if before:
        _weekday(before[1], made)
    return made, plain[m.end() :]


def full(plain: str) -> Day | None:
    """A folded text as one day with its year; None where it is none. Raises ``Bad`` for a day that cannot be."""
    return _alone(begun(plain))


def begun_yearless(plain: str, year: int) -> tuple[Date, str] | None:
    """As :func:`begun`, for 3月5日 or 3.5 in a stated year."""
    m = _YEARLESS.match(plain)
    month, day = (number(m[k] or m[k + "2"]) for k in "md") if m else (None, None)
    if not m or month is None or day is None:
        return None
    return make(year, month, day), plain[m.end() :]


def yearless(plain: str, year: int) -> Day | None:
    """3月5日 or 3.5 in a stated year. Raises ``Bad`` for a day that cannot be."""
    return _alone(begun_yearless(plain, year))


def _alone(found: tuple[Date, str] | None) -> Day | None:
    """A day and the time behind it, where nothing else follows."""
    time = after(found[1], found[0]) if found else None
    return None if found is None or time is None else Day(found[0], time)


def why_not(plain: str) -> Bad:
    """The reason why a text is no day."""
    bare = re.sub(rf" ?{_WEEK.pattern}$", "", plain)
    for pattern, code in (
        (_YEAR_LAST, "date-order"),
        (_INCOMPLETE, "date-incomplete"),
        (_NO_YEAR, "date-no-year"),
        (_DAY_ALONE, "date-no-month"),
        (_SIX, "date-two-digit-year"),
        (_SHORT_YEAR, "date-two-digit-year"),
    ):
        if pattern.fullmatch(bare):
            return Bad(code)
    for pattern, code in ((_LUNAR, "date-lunar"), (_RELATIVE, "date-relative"), (_VAGUE, "date-vague")):
        if pattern.search(plain):
            return Bad(code)
    return Bad("date-form")


def many(plain: str) -> bool:
    """Whether more days than one stand in a text: a range, a list."""
    for m in re.finditer(r"至|到|[-—–~、,;及和]", plain):
        try:
            if full(plain[: m.start()].strip()) and re.search(rf"\d|{_H}", plain[m.end() :]):
                return True
        except Bad:
            continue
    return False


def said(found: Day) -> Said[Date]:
    """A day, with a remark where a time of day was left out."""
    if found.time:
        return Said(found.day, "date-time-dropped", {"time": found.time, "on": found.day.isoformat()})
    return Said(found.day)


@lru_cache(maxsize=65536)
def _date(text: str, year: int | None) -> Said[Date]:
    plain = opened(text, "date-form")
    found = full(plain)
    if found:
        return said(found)
    if year is not None:
        found = yearless(plain, year)
        if found:
            on = found.day.isoformat()
            return said(found) if found.time else Said(found.day, "date-year-stated", {"year": year, "on": on})
    if many(plain):
        raise Bad("date-many")
    raise why_not(plain)


def date(text: str, raw: Any = None, date1904: bool = False, *, year: int | None = None) -> Said[Date]:
    """A day between 1949 and 2100: 2024年3月5日, 2024.3.5, 20240305, 二〇二四年三月五日, with weekday or time.

    ``raw``: the value beneath, a date or a serial number (``date1904``: of the 1904 system); it must agree with what
    is shown. ``year``: stated elsewhere, for days without one; read with a remark. Raises ``Bad``.
    """
    if raw is None and _FAST.fullmatch(text):
        return Said(make(int(text[:4]), int(text[5:7]), int(text[8:])))
    if shown_only(raw):
        return _date(text, year)
    if isinstance(raw, Error):
        raise Bad("cell-error")
    if isinstance(raw, Date):
        under = raw.date() if isinstance(raw, datetime) else raw
        return _beneath(text, make(under.year, under.month, under.day), year)
    value = beneath(raw, "date-form")
    plain = opened(text, "date-form")
    if BARE.fullmatch(plain) and rounds_to(value, Decimal(plain.replace(",", ""))):
        return _numbered(plain, value, date1904)
    day = serials.day(value, date1904)
    return _beneath(text, make(day.year, day.month, day.day), year)


def _numbered(plain: str, value: Decimal, date1904: bool) -> Said[Date]:
    """A bare number in a column of dates: 20240305 typed without points, or a serial number shown as such."""
    if value == int(value) and 10**7 <= value < 10**8:
        found = full(str(int(value)))
        if found:
            return Said(found.day)
    digits = plain.replace(",", "")
    if _INCOMPLETE.fullmatch(digits) or _NO_YEAR.fullmatch(digits) or _SIX.fullmatch(digits):
        raise why_not(digits)
    day = serials.day(value, date1904)
    if not FIRST <= day.year <= LAST:
        raise Bad("date-form")
    return Said(day, "date-serial", {"on": day.isoformat()})


def _beneath(text: str, under: Date, year: int | None) -> Said[Date]:
    """The day beneath a cell, with what is shown: the same day, or a format that leaves the year out."""
    try:
        shown = _date(text, under.year)
    except Bad as bad:
        if bad.code in ("date-impossible", "date-weekday", "unsure", "ditto", "cell-error", "text-garbled"):
            raise
        return Said(under, "date-shown", {"on": under.isoformat()})
    if shown.value != under:
        raise Bad("date-two-values", shown=shown.value.isoformat(), under=under.isoformat())
    if shown.remark == "date-year-stated":
        return shown if year == under.year else Said(under, "date-shown", {"on": under.isoformat()})
    return shown
