"""The published rows as files to take away: one CSV a sheet, and ``datapackage.json`` that says what is in them.

What spreadsheet programs would run as a formula is defused: such a cell begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .facts.whole import Whole
from .sheet import PublicRow, Sheet
from .templating import word, words
from .writing import cell

FOLDER = "data/"
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def data(whole: Whole, sheets: Sequence[Sheet]) -> Iterator[tuple[str, bytes]]:
    """Every table that may be taken away, and the package that describes them; a table without rows is none."""
    resources = []
    for community in ("", *(c.id for c in whole.records.communities)):
        for sheet in (s for s in sheets if not s.stays and s.per_community == bool(community)):
            rows = tuple(whole.records.tables.get(community, {}).get(sheet.id, {}).values())
            if rows:
                name = path(community, sheet.id)
                yield FOLDER + name, _table([c.title for c in sheet.published], _cells(sheet, rows))
                resources.append(_resource(name, sheet.title, [_field(sheet, n) for n in range(len(sheet.published))]))
    name = "standings.csv"
    titles = words()["standings"]
    yield FOLDER + name, _table(list(titles.values()), _standings(whole))
    resources.append(_resource(name, word("standings", "feed"), [{"name": t, "type": "string"} for t in titles.values()]))
    yield FOLDER + "datapackage.json", _package(whole, resources)


def path(community: str, sheet: str) -> str:
    """The name of a table under ``data/``."""
    return f"{community}-{sheet}.csv" if community else f"{sheet}.csv"


def defused(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _cells(sheet: Sheet, rows: Iterable[PublicRow]) -> Iterator[list[str]]:
    for row in rows:
        yield [cell(c, getattr(row, c.name)) for c in sheet.published]


def _standings(whole: Whole) -> Iterator[list[str]]:
    """Where every matter stands, as its page says."""
    for case in whole.cases.all():
        s = case.standing
        days = (s.due, s.solved_on, s.ended_on)
        yield [case.community, case.id, word(s.state, "state"), s.step, *(str(d or "") for d in days), str(s.overdue)]


def _table(titles: list[str], rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([defused(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # the mark, for without it WPS and Excel read Chinese as GB 18030


def _field(sheet: Sheet, n: int) -> dict[str, Any]:
    column = sheet.published[n]
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
