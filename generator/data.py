"""The published rows as files to take away: one CSV a sheet, and ``datapackage.json`` that says what is in them.

What has not happened by today is on no page, and in none of the tables either.

What spreadsheet programs would run as a formula is defused: such a cell begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .columns import Column
from .facts.whole import Whole
from .sheet import PublicRow, Sheet
from .templating import state_of, word, words
from .writing import cell

FOLDER = "data/"
_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_TYPED = ("matters", "said")  # the state that somebody typed: standings.csv has the one that the steps give

Tables = Mapping[str, Mapping[str, PublicRow]]


def data(whole: Whole, sheets: Sequence[Sheet]) -> Iterator[tuple[str, bytes]]:
    """Every table that may be taken away, and the package that describes them; a table without rows is none."""
    resources = []
    for community in ("", *(c.id for c in whole.records.communities)):
        tables = whole.records.tables.get(community, {})
        later = _later(tables, whole.today)
        for sheet in (s for s in sheets if not s.stays and s.per_community == bool(community)):
            rows = [row for id, row in tables.get(sheet.id, {}).items() if (sheet.id, id) not in later]
            if rows:
                name, columns = path(community, sheet.id), _columns(sheet)
                yield FOLDER + name, _table([c.title for c in columns], _cells(columns, rows))
                resources.append(_resource(name, sheet.title, [_field(c) for c in columns]))
    name = "standings.csv"
    titles = words()["standings"]
    yield FOLDER + name, _table(list(titles.values()), _standings(whole))
    resources.append(
        _resource(name, word("standings", "feed"), [{"name": t, "type": "string"} for t in titles.values()])
    )
    yield FOLDER + "datapackage.json", _package(whole, resources)


def path(community: str, sheet: str) -> str:
    """The name of a table under ``data/``."""
    return f"{community}-{sheet}.csv" if community else f"{sheet}.csv"


def defused(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    return tuple(c for c in sheet.published if (sheet.id, c.name) != _TYPED)


def _day(sheet: Sheet) -> str:
    """The column that says when what a row tells of was: the first day that must be filled in; "" for none."""
    days = (c.name for c in sheet.published if c.required and c.kind.name in ("date", "moment"))
    return next(days, "")


def _later(tables: Tables, today: date) -> set[tuple[str, str]]:
    """The rows (sheet, id) of a day after today, and those that are about such a row: its candidates, its items.

    A row with a day of its own goes along only with what it cannot be without.
    """
    found: set[tuple[str, str]] = set()
    about: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for sheet_id, rows in tables.items():
        sheet = next((row.sheet for row in rows.values()), None)
        day = _day(sheet) if sheet else ""
        needs = [c for c in sheet.references if c.required or not day] if sheet else []
        for id, row in rows.items():
            on = getattr(row, day) if day else None
            if on is not None and (on.date() if isinstance(on, datetime) else on) > today:
                found.add((sheet_id, id))
            for c in needs:
                about.setdefault((c.kind.target, getattr(row, c.name) or ""), []).append((sheet_id, id))
    todo = list(found)
    for key in todo:
        more = [k for k in about.get(key, ()) if k not in found]
        found.update(more)
        todo += more
    return found


def _cells(columns: Sequence[Column], rows: Iterable[PublicRow]) -> Iterator[list[str]]:
    for row in rows:
        yield [cell(c, getattr(row, c.name)) for c in columns]


def _standings(whole: Whole) -> Iterator[list[str]]:
    """Where every matter stands, as its page says."""
    for case in whole.cases.all():
        s = case.standing
        days = (s.due, s.solved_on, s.ended_on)
        yield [case.community, case.id, state_of(s), s.step, *(str(d or "") for d in days), str(s.overdue)]


def _table(titles: list[str], rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([defused(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # the mark, for without it WPS and Excel read Chinese as GB 18030


def _field(column: Column) -> dict[str, Any]:
    kind, form = column.kind.schema
    field: dict[str, Any] = {"name": column.title, "type": kind, "format": form}
    if kind == "boolean":
        field |= {"trueValues": ["是"], "falseValues": ["否"]}
    if column.help:
        field["description"] = column.help
    return field


def _resource(name: str, title: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    stem = name.removesuffix(".csv").lower()
    return {
        "name": stem,
        "path": name,
        "title": title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _package(whole: Whole, resources: list[dict[str, Any]]) -> bytes:
    district = whole.records.district
    package = {
        "profile": "tabular-data-package",
        "name": f"bugu-{district.code or 'district'}",
        "title": district.title or district.name,
        "description": district.notice,
        "created": f"{whole.today}T00:00:00+08:00",
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
