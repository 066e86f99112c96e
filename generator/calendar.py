"""Days as the law counts them, by the holiday arrangement that the State Council publishes each year.

The arrangement comes from the package ``chinesecalendar``, which covers 2004 to the last year published.
A year it doesn't cover raises ``YearNotCovered``: a deadline is said to be unknown, never guessed.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class DayKind(StrEnum):
    """How a period is counted; the values are the words of the sheets."""

    CALENDAR = "日历日"
    WORKING = "工作日"


class YearNotCovered(Exception):
    """The holiday arrangement of ``year`` isn't known."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no holiday arrangement known for {year}")
        self.year = year


@lru_cache(maxsize=10_000)  # each publicity asks, most of them for the same few years
def is_workday(day: date) -> bool:
    """Whether people work on that day: Monday to Friday but for holidays, and the weekends that 调休 makes up with.

    Raises ``YearNotCovered``.
    """
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as error:
        raise YearNotCovered(day.year) from error


def is_statutory_holiday(day: date) -> bool:
    """Whether that day is a 法定休假日, on which no period ends. Raises ``YearNotCovered``.

    民法典 §203: 期间的最后一日是法定休假日的,以法定休假日结束的次日为期间的最后一日。 It says 休假日 (days of
    rest), not 节假日 (holidays), and courts read it so that Saturdays and Sundays count too, being the weekly
    days of rest of 《国务院关于职工工作时间的规定》 §7. So do we: the rest days of the year's arrangement,
    holidays and weekends, without the weekends that 调休 makes working days. Rolling can only lengthen a
    period, never cost a resident a day.
    """
    return not is_workday(day)


def add_days(start: date, days: int) -> date:
    """The day ``days`` calendar days after ``start``, the starting day not counted (民法典 §201)."""
    return start + timedelta(days=days)


def last_day(start: date, days: int, kind: DayKind | str) -> date:
    """The last day of a period of ``days`` days that begins on ``start``, the starting day not counted (§201).

    Calendar days: a last day on a 法定休假日 moves to the first day after it (§203). Working days: the
    ``days``-th working day after ``start``. Raises ``YearNotCovered``, and ``ValueError`` for fewer than
    one day or another kind.
    """
    if days < 1:
        raise ValueError(f"a period of {days} days")
    if DayKind(kind) is DayKind.CALENDAR:
        return _next_workday(add_days(start, days))
    day = start
    for _ in range(days):
        day = _next_workday(add_days(day, 1))
    return day


def _next_workday(day: date) -> date:
    """``day`` itself if it is a working day, or else the first one after it."""
    while is_statutory_holiday(day):
        day = add_days(day, 1)
    return day
