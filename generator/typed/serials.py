"""Days as spreadsheets number them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from ..columns import Bad

_1900 = date(1899, 12, 30)  # right from serial 61 on
_1904 = date(1904, 1, 1)
_LAST = 2958465  # 9999-12-31


def day(serial: int | float | Decimal, date1904: bool = False) -> date:
    """The day of a serial number; its time of day is left out.

    In the 1900 system day 60 is 29 February 1900, which Excel took over from Lotus 1-2-3 and which never was:
    ``Bad('date-impossible')``, and the days before it are numbered one too low.
    Raises ``Bad('date-form')`` for what is no serial number.
    """
    if not 0 <= serial < _LAST + 1:
        raise Bad("date-form")
    whole = int(serial)
    if date1904:
        if whole > _LAST - 1462:
            raise Bad("date-form")
        return _1904 + timedelta(days=whole)
    if whole in (0, 60):
        raise Bad("date-impossible")
    return _1900 + timedelta(days=whole if whole > 60 else whole + 1)


def moment(serial: Decimal, date1904: bool = False) -> datetime:
    """The day and time of a serial number, to the second (it holds no more). Raises ``Bad`` as :func:`day` does."""
    whole = day(serial, date1904)
    seconds = round((serial - int(serial)) * 86400)
    return datetime(whole.year, whole.month, whole.day) + timedelta(seconds=seconds)
