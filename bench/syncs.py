"""What it costs to take in a community's sheets, beside reading the same file with pandas and openpyxl."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from . import sheets, volunteers
from .measure import Cost, middle, run

ROOT = Path(__file__).resolve().parent.parent
PANDAS = "pandas + openpyxl, .xlsx: reading alone"
WHOLE = "Bugu, {}: the whole sync, every row new"
SOURCES = (".xlsx", "Sheets server")


def measure(work: Path, rows: int, runs: int, say: Callable[[str], None]) -> dict[str, Cost]:
    """The medians by what was done; all take turns, after one turn that is not counted and leaves Python's own cache."""
    (work / "town").mkdir()
    town = volunteers.make(ROOT / "records", work / "town", rows)
    volunteers.workbook(town.tabs, work / "book.xlsx")
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(work / "cache")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    costs: dict[str, list[Cost]] = {}
    with sheets.elsewhere(work / "served", rows) as served:
        for turn in range(runs + 1):
            for name, way, options in _ways(work, served):
                if name.endswith("new"):
                    shutil.rmtree(work / "records", ignore_errors=True)
                    shutil.copytree(town.before, work / "records")
                command = [sys.executable, "-m", "bench.intake", way, *options, "--rows", str(rows)]
                say(f"{name} …")
                cost = run(command, ROOT, environ)
                say(f" {cost.cpu:.1f} s CPU\n")
                if turn:
                    costs.setdefault(name, []).append(cost)
    return {name: middle(some) for name, some in costs.items()}


def _ways(work: Path, served: list[str]) -> list[tuple[str, str, list[str]]]:
    """What is measured: its name, the way of :mod:`intake`, its options."""
    book, records = str(work / "book.xlsx"), ["--records", str(work / "records")]
    found = [(PANDAS, "pandas", [book])]
    for source, options in zip(SOURCES, ([book], [f"google:{volunteers.KEY}", *served]), strict=True):
        found += [
            (f"Bugu, {source}: reading and understanding", "read", options),
            (WHOLE.format(source), "sync", [*options, *records]),
            (f"Bugu, {source}: the whole sync, nothing changed", "sync", [*options, *records]),
        ]
    return found


def table(costs: dict[str, Cost], rows: int) -> str:
    """The costs, each beside that of pandas; and whether the aim holds."""
    peer = costs[PANDAS].cpu
    lines = [f"| {rows} rows in 15 sheets | CPU s | clock s | peak memory MB | CPU, pandas = 1 |", "| --- |" + " ---: |" * 4]
    lines += [
        f"| {name} | {c.cpu:.1f} | {c.seconds:.1f} | {c.memory / 1e6:.0f} | {c.cpu / peer:.2f} |" for name, c in costs.items()
    ]
    share = costs[WHOLE.format(SOURCES[0])].cpu / peer
    verdict = "holds" if share < 1 else "does not hold"
    said = f"The whole sync of a .xlsx takes {share:.2f} times the CPU of pandas + openpyxl; aim: less than 1 ({verdict})."
    return "\n".join([*lines, "", said])
