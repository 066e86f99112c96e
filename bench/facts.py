"""What facts cost: where each of so many matters stands on a day, its publicities and votes, the figures of all; beside pandas.

``python -m bench.facts WAY``: one way of it, in a process of its own. Only what follows from the rows is measured, not how the rows
come into memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from .measure import Failed, run

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 6, 17)
AIM = 10.0  # seconds of CPU for 100,000 matters
TITLES = {"bugu": "Bugu: facts", "pandas": "pandas: the same questions, grouped columns"}
AGREE = ("matters", "solved", "overdue")  # what both must find alike


@dataclass(frozen=True)
class Finding:
    """``cpu``, ``seconds``: of the facts alone; ``rows``: peak bytes before them, ``memory``: at the end."""

    cpu: float
    seconds: float
    rows: int
    memory: int
    found: dict[str, Any]


def bugu(matters: int) -> Callable[[], dict[str, Any]]:
    """All facts of a day and the figures of all matters, as a build asks for them."""
    from generator.facts.accountability import account
    from generator.facts.whole import whole
    from generator.procedures import load
    from generator.sweeping import no_sweeping

    from . import crowd

    records, (procedures, _) = crowd.make(ROOT / "records", matters), load(ROOT / "records" / "procedures")

    def ask() -> dict[str, Any]:
        with no_sweeping(keep=True):  # as a build does it
            seen = whole(records, procedures, DAY)
        cases = seen.cases.all()
        figures = account(seen, [c.id for c in records.communities])
        return {
            "matters": figures.total.raised,
            "solved": figures.total.solved,
            "overdue": len(figures.overdue),
            "running": sum(len(c.running) for c in cases),
            "carried": sum(b.decision.passed for c in cases for b in c.ballots),
        }

    return ask


def pandas(matters: int) -> Callable[[], dict[str, Any]]:
    """The same rows as frames."""
    from generator.procedures import load

    from . import crowd, rivals

    records, (procedures, _) = crowd.make(ROOT / "records", matters), load(ROOT / "records" / "procedures")
    given = rivals.frames(records, procedures, DAY)
    return lambda: rivals.figures(given, DAY)


WAYS: dict[str, Callable[[int], Callable[[], dict[str, Any]]]] = {"bugu": bugu, "pandas": pandas}


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def measure(work: Path, matters: int, runs: int, say: Callable[[str], None]) -> dict[str, Finding]:
    """The medians by way, which take turns. Raises ``Failed`` when the ways do not find the same."""
    findings: dict[str, list[Finding]] = {way: [] for way in WAYS}
    environ = {**os.environ, "PYTHONHASHSEED": "0"}
    for _ in range(runs):
        for way, some in findings.items():
            told = work / f"{way}.json"
            command = [sys.executable, "-m", "bench.facts", way, "--matters", str(matters), "--told", str(told)]
            say(f"facts, {way} …")
            run(command, ROOT, environ)
            some.append(Finding(**json.loads(told.read_text(encoding="utf-8"))))
            say(f" {some[-1].cpu:.1f} s CPU\n")
    agree({way: some[-1].found for way, some in findings.items()})
    return {way: middle(some) for way, some in findings.items()}


def agree(found: dict[str, dict[str, Any]]) -> None:
    """Raises ``Failed`` when one way finds other figures than another: then they did not do the same."""
    ours, theirs = ({name: some[name] for name in AGREE} for some in found.values())
    if ours != theirs:
        raise Failed(f"facts find {ours}, pandas finds {theirs}")


def middle(some: list[Finding]) -> Finding:
    """The median of each figure."""
    cpu, seconds = median(f.cpu for f in some), median(f.seconds for f in some)
    return Finding(cpu, seconds, int(median(f.rows for f in some)), int(median(f.memory for f in some)), some[-1].found)


def table(findings: dict[str, Finding], matters: int) -> str:
    """The costs, each beside that of pandas; and whether the aim holds."""
    ours, peer = findings["bugu"], findings["pandas"]
    lines = [
        f"| facts of {matters} matters | CPU s | clock s | CPU µs a matter | rows alone, MB | peak memory MB | CPU, pandas = 1 |",
        "| --- |" + " ---: |" * 6,
    ]
    lines += [
        f"| {TITLES[way]} | {f.cpu:.2f} | {f.seconds:.2f} | {f.cpu / matters * 1e6:.1f} | {f.rows / 1e6:.0f} "
        f"| {f.memory / 1e6:.0f} | {f.cpu / peer.cpu:.2f} |"
        for way, f in findings.items()
    ]
    verdict = "holds" if ours.cpu / matters < AIM / 100_000 else "does not hold"
    said = f"At this rate the facts of 100000 matters take {ours.cpu / matters * 100_000:.1f} s CPU; aim: less than {AIM:.0f} ({verdict})."
    return "\n".join([*lines, "", said])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.facts", description=__doc__)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("--matters", type=int, required=True)
    parser.add_argument("--told", type=Path, required=True, help="where to write what it cost")
    given = parser.parse_args()
    ask = WAYS[given.way](given.matters)
    rows, cpu, seconds = peak(), time.process_time(), time.monotonic()
    found = ask()
    cost = {"cpu": time.process_time() - cpu, "seconds": time.monotonic() - seconds, "rows": rows, "memory": peak()}
    found = {name: value for name, value in found.items() if isinstance(value, int)}
    given.told.write_text(json.dumps({**cost, "found": found}), encoding="utf-8")


if __name__ == "__main__":
    main()
