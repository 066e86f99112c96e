"""Seeded records of any size: the demo's matters over and over, their sentences shuffled, so that no two read alike.

A matter is copied with all that hangs on it (steps, votes, meetings, minutes, resolutions, objections, corrections,
whistles), which is why copies pass ``bugu check`` as the demo does; file numbers are given out anew. Only what residents
raised grows; people, bodies, compounds and elections stay as they are.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import chain, count, zip_longest
from pathlib import Path

from generator.facts import filing

Row = dict[str, str]
Tables = dict[str, list[Row]]

# What is copied: the sheet, and its columns that name rows of other copied sheets.
LINKS = {
    "matters": {},
    "meetings": {},
    "steps": {"议题": "matters"},
    "votes": {"议题": "matters", "会议": "meetings"},
    "items": {"议题": "matters", "会议": "meetings"},
    "resolutions": {"议题": "matters", "会议": "meetings", "表决": "votes"},
    "objections": {"议题": "matters", "决议": "resolutions"},
    "corrections": {"议题": "matters", "决议": "resolutions", "因哪条异议": "objections"},
    "whistles": {"议题": "matters"},
}
# Columns that name rows of their own sheet, which are copied together.
# What stays as it is. The other sheets belong to mechanisms: few rows, which name matters and meetings by their own ids.
STANDS = ("communities", "compounds", "grids", "units", "people", "duties", "figures", "elections", "candidates")
STANDS += ("ledger", "visits", "mediations", "whispers")
OWN = {"votes": ("重新表决的是",)}
PROSE = {
    "matters": ("内容", "办理结果"),
    "meetings": ("概况",),
    "steps": ("说明",),
    "items": ("讨论", "赞成意见", "反对意见", "结论"),
    "resolutions": ("决议内容", "落实情况"),
}
TITLES = {"matters": "标题", "meetings": "名称", "resolutions": "标题"}
SENTENCE = re.compile(r"[^。\n]+。?")


def write(demo: Path, folder: Path, matters: int, seed: int = 1) -> None:
    """Write a records folder with so many matters (0 or more) in the demo's communities; same seed, same bytes."""
    chance = random.Random(seed)
    shutil.copytree(demo, folder, ignore=_left_out)
    headers: dict[Path, list[str]] = {}
    sources: dict[str, Tables] = {}
    for sub in sorted(p.parent for p in demo.glob("*/matters.csv")):
        there = [s for s in LINKS if (sub / f"{s}.csv").exists()]
        sources[sub.name] = {s: _read(sub / f"{s}.csv", headers, folder / sub.name) for s in there}
    pools = _pools(sources)
    made: dict[str, Tables] = {c: {s: [] for s in tables} for c, tables in sources.items()}
    for community, keep, number in _rounds(sources, matters, chance):
        for sheet, rows in _copy(sources[community], keep, number).items():
            made[community][sheet] += [_reworded(sheet, row, pools, number, chance) for row in rows]
    samples = {row["编号"]: row["归档号样子"] for row in _read(demo / "communities.csv", {}, folder)}
    for community, tables in made.items():
        _numbered(tables["matters"], samples[community])
        for sheet, rows in tables.items():
            path = folder / community / f"{sheet}.csv"
            _write(path, headers[path], rows)
        _forget_totals(folder / community / "figures.csv")
        _forget_meetings(folder / community / "elections.csv")


def _left_out(folder: str, names: list[str]) -> set[str]:
    tables = {n for n in names if n.endswith(".csv") and n.removesuffix(".csv") not in (*LINKS, *STANDS)}
    return tables | ({"files"} & set(names))


def _rounds(sources: dict[str, Tables], matters: int, chance: random.Random) -> Iterator[tuple[str, set[str], int]]:
    """Whole copies of the demo, then so many matters of one more as are wanted: (community, ids kept, number of copy)."""
    everything = [(c, row["编号"]) for c, tables in sources.items() for row in tables["matters"]]
    for number in count(1):
        some = everything if matters >= len(everything) else chance.sample(everything, matters)
        for community in sources:
            keep = {id for c, id in some if c == community}
            if keep:
                yield community, keep, number
        matters -= len(some)
        if not matters:
            return


def _copy(tables: Tables, matters: set[str], number: int) -> Tables:
    """The rows that hang on some matters, under new ids; what hangs on no matter goes with the meetings kept."""
    met = {row["会议"] for sheet in ("items", "votes") for row in tables[sheet] if row["议题"] in matters}
    kept: dict[str, set[str]] = {"matters": matters, "meetings": met}
    copied: Tables = {}
    for sheet, links in ((s, LINKS[s]) for s in tables):
        wanted = kept.get(sheet, {row["编号"] for row in tables[sheet]})
        rows = [row for row in tables[sheet] if row["编号"] in wanted and _whole(row, links, kept)]
        kept[sheet] = {row["编号"] for row in rows}
        copied[sheet] = [_renamed(row, ("编号", *links, *OWN.get(sheet, ())), number) for row in rows]
    return copied


def _whole(row: Row, links: dict[str, str], kept: dict[str, set[str]]) -> bool:
    """Whether all rows that a row names are there, and it names one at all."""
    named = [(row[column], sheet) for column, sheet in links.items() if row[column]]
    return (not links or bool(named)) and all(id in kept[sheet] for id, sheet in named)


def _renamed(row: Row, columns: tuple[str, ...], number: int) -> Row:
    return {**row, **{c: f"{row[c]}-b{number}" for c in columns if row[c]}}


def _pools(sources: dict[str, Tables]) -> dict[tuple[str, str], list[str]]:
    """Every sentence of the demo by the column it stands in."""
    pools: dict[tuple[str, str], list[str]] = {}
    for tables in sources.values():
        for sheet, columns in PROSE.items():
            for column in columns:
                found = (s for row in tables[sheet] for s in SENTENCE.findall(row[column]))
                pools.setdefault((sheet, column), []).extend(found)
    return pools


def _reworded(sheet: str, row: Row, pools: dict[tuple[str, str], list[str]], number: int, chance: random.Random) -> Row:
    """The row with other sentences of its column, as many in each paragraph as it had; titles get a number."""
    row = dict(row)
    for column in PROSE.get(sheet, ()):
        parts = SENTENCE.split(row[column])
        drawn = [chance.choice(pools[sheet, column]) for _ in parts[1:]]
        row[column] = "".join(chain.from_iterable(zip_longest(parts, drawn, fillvalue="")))
    if sheet in TITLES:
        row[TITLES[sheet]] += f"({number}之{chance.randrange(1, 100)})"
    return row


def _numbered(matters: list[Row], written: str) -> None:
    """Give out the file numbers of a community anew, by its own rule, so that no two copies have one."""
    rule, given = filing.sample(written), Counter[int]()
    for row in matters:
        number = rule.number(row["归档号"]) if rule else None
        if rule and number:
            given[number[0]] += 1
            row["归档号"] = rule.write(number[0], given[number[0]])


def _forget_totals(path: Path) -> None:
    """Drop the published totals of solved matters: they are the demo's, and would rightly be told to be wrong."""
    headers: dict[Path, list[str]] = {}
    rows = _read(path, headers, path.parent)
    _write(path, headers[path], [row for row in rows if row["核对"] != "已解决议题"])


def _forget_meetings(path: Path) -> None:
    """Elections stay as they are; the meetings at which they were held are copied under other ids."""
    if path.exists():
        headers: dict[Path, list[str]] = {}
        rows = _read(path, headers, path.parent)
        _write(path, headers[path], [{**row, "会议": "", "议题": ""} for row in rows])


def _read(path: Path, headers: dict[Path, list[str]], folder: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        headers[folder / path.name] = list(reader.fieldnames or ())
    return rows


def _write(path: Path, header: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
