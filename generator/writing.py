"""Public rows → the one CSV that says them: what ``reading.read_table`` reads back as the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from .columns import Column
from .sheet import PublicRow, Sheet


def cell(column: Column, value: Any) -> str:
    """A value as it stands in ``records/``: 2026-03-05, 是, 3860.00. Raises ``TypeError`` for what no column holds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, (date, str, int)):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}" if value == round(value, 2) else f"{value:.4f}".rstrip("0")
    raise TypeError(f"{column.title}: {type(value).__name__}")


def table(sheet: Sheet, rows: Iterable[PublicRow]) -> bytes:
    """The file of a sheet: UTF-8, one header, the declared columns in their order, the rows in theirs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    columns = sheet.published
    writer.writerow([c.title for c in columns])
    values = attrgetter(*(c.name for c in columns), "id")  # one name more, so that it always gives a tuple
    for row in rows:
        said = zip(columns, values(row), strict=False)
        writer.writerow([v if v.__class__ is str else cell(c, v) for c, v in said])
    return out.getvalue().encode("utf-8")
