"""The private sheets: nothing of them goes on but suppressed counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .. import counting
from ..privacy import CountTable
from ..problems import Problem
from ..sheet import Sheet
from ..sheets.grids import Grid
from ..understand import FullRow, Understood
from . import gate
from .merge import SHRINKS, Gone, Merged

Known = Mapping[str, list[str]]


def standing(folder: Path, sheets: Mapping[str, Sheet], community: str) -> dict[str, CountTable | None]:
    """The counts that stand published, by sheet; None for a file that nobody can read."""
    found: dict[str, CountTable | None] = {}
    for sheet in sheets.values():
        path = folder / f"{sheet.id}.csv"
        if sheet.counts is not None and path.is_file():
            found[sheet.id] = counting.read(path.read_bytes(), sheet, community, path.name)[0]
    return found


def counts(
    community: str,
    understood: Understood,
    merged: Merged,
    sheets: Mapping[str, Sheet],
    stands: Mapping[str, CountTable | None],
    today: date,
) -> tuple[list[CountTable], list[Problem], list[Gone]]:
    """The counts of private sheets, and those that would go because their tab is gone. A sheet never used has none."""
    known, above = _known(merged)
    tables: list[CountTable] = []
    problems: list[Problem] = []
    gone: list[Gone] = []
    for sheet in sheets.values():
        if sheet.counts is None:
            continue
        table = understood.tables.get(sheet.id)
        if table is not None and not table.broken and (table.rows or sheet.id in stands):
            rows = [_in_grids(row, above) for row in table.rows]
            for row, values in zip(table.rows, rows, strict=True):
                problems += _uncounted(row, values, known, sheets)
            made = counting.count(sheet, community, rows, known, today, stands.get(sheet.id))
            tables.append(made)
            if _fewer(stands.get(sheet.id), made):
                gone.append(Gone(sheet, (sheet.title,), 1))
        elif table is None and sheet.id in stands:
            gone.append(Gone(sheet, (sheet.title,), 1, whole=True))
    return tables, problems, gone


def _fewer(stood: CountTable | None, made: CountTable) -> bool:
    """Whether more than a fifth of what was counted is gone, by the numbers that are printed."""
    before, now = (sum(c.number or 0 for c in t.cells.values()) if t else 0 for t in (stood, made))
    return now < before - before * SHRINKS


def _known(merged: Merged) -> tuple[Known, Mapping[str, str]]:
    """The ids that a table is made of, and the grid of each micro-grid: counted is by grid, which has more households."""
    known = {s: [r.id for r in merged.rows(s)] for s in merged.entries}
    grids = [r for r in merged.rows("grids") if isinstance(r, Grid)]
    known["grids"] = [g.id for g in grids if g.level == "网格"]
    return known, {g.id: g.parent for g in grids if g.level != "网格" and g.parent}


def _in_grids(row: FullRow, above: Mapping[str, str]) -> Mapping[str, Any]:
    values = dict(row.values)
    for name in row.sheet.counts.by if row.sheet.counts else ():
        if row.sheet.column(name).kind.target == "grids":
            values[name] = above.get(values[name], values[name])
    return values


def _uncounted(
    row: FullRow, values: Mapping[str, Any], known: Known, sheets: Mapping[str, Sheet]
) -> Iterator[Problem]:
    """A row that no line of the table is for: said without what stands in it."""
    for name in row.sheet.counts.by if row.sheet.counts else ():
        target = row.sheet.column(name).kind.target
        if target and values.get(name) not in (None, *known.get(target, ())):
            yield Problem("count-unknown", gate.cell(row, name), "", {"target": sheets[target].title}, withholds=False)
