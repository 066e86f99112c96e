"""From rows to files: what is to stand, read back before it does, and put in its place in one step."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from .. import counting, marks, output, reading, writing
from ..privacy import CountTable
from ..sheet import PublicRow
from ..sheets import discover
from ..sweeping import no_sweeping
from . import standing, tree
from .merge import Before, Gone, Merged
from .outcome import LISTED, Ground, Result


def files(
    community: str, merged: Merged, before: Before, tables: list[CountTable], lost: list[Gone]
) -> dict[str, bytes | None]:
    """A community's files as they are to be. A sheet that never had a row gets no file."""
    made: dict[str, bytes | None] = {}
    for sheet_id, entries in merged.entries.items():
        rows = merged.rows(sheet_id)
        if sheet_id != LISTED and (rows or before.tables.get(sheet_id)):
            sheet = rows[0].sheet if rows else entries[0].sheet if entries else discover()[sheet_id]
            made[f"{community}/{sheet_id}.csv"] = writing.table(sheet, rows)
    held = [h for h in merged.held if h.sheet != LISTED]
    made[f"{community}/withheld.csv"] = marks.write_held(held) if held else None
    made[f"{community}/removed.csv"] = marks.write_removed(merged.removed) if merged.removed else None
    for table in tables:
        made[f"{community}/{table.sheet}.csv"] = counting.write(table)
    for g in lost:
        made[f"{community}/{g.sheet.id}.csv"] = None
    return made


def into_records(ground: Ground, results: list[Result]) -> list[str]:
    """Put everything in its place in one step; the names of the files that changed. Nothing changed: nothing touched.

    Raises :class:`Misread`.
    """
    made = {name: data for r in results for name, data in r.files.items()}
    listed = {**ground.listed, **{r.listed.id: r.listed for r in results if r.listed is not None}}
    if any(r.listed is not None for r in results):
        made[f"{LISTED}.csv"] = writing.table(ground.sheets[LISTED], listed.values())
    held = [h for h in standing.held(ground.asked.records, "") if h.id not in {r.community for r in results if r.files}]
    held += [h for r in results for h in r.held]
    made["withheld.csv"] = marks.write_held(held) if held else None
    differ = tree.differing(ground.asked.records, made)
    if not differ:
        if ground.asked.preview:
            ground.asked.preview(ground.asked.records)
        return []
    with tree.aside(ground.asked.records, differ) as new:
        _read_back(new, results, differ, ground)
        if ground.asked.preview:
            ground.asked.preview(new)
        else:
            output.swap(new, ground.asked.records)
    return sorted(differ)


class Misread(Exception):
    """What was to be written does not read back as it was: our fault, and nothing is written."""


@no_sweeping()
def _read_back(new: Path, results: list[Result], differ: Collection[str], ground: Ground) -> None:
    """The last look before anything stands: every new file says exactly the rows it was made of, and nothing private."""
    for result in results:
        for name in (n for n in result.files if n in differ):
            community, _, file = name.rpartition("/")
            sheet = ground.sheets.get(file.removesuffix(".csv"))
            if sheet is None or sheet.stays or not (new / name).exists():
                continue
            data = (new / name).read_bytes()
            rows, withheld, _ = reading.read_table(data, sheet, community, file)
            same = data == result.files[name] and _alike(rows.values(), result.rows[name])
            if withheld or not (same or writing.table(sheet, rows.values()) == data):
                raise Misread(name)


def _alike(some: Collection[PublicRow], others: Collection[PublicRow]) -> bool:
    return len(some) == len(others) and all(map(PublicRow.says_the_same, some, others))
