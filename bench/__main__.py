"""``python -m bench``: what Bugu costs. Building, beside MkDocs and Material alone, given the same pages; taking in the
volunteers' sheets, beside pandas and openpyxl alone, given the same workbook; working out where every matter stands, beside pandas,
given the same rows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.pages import record_pages

from . import facts, peers, report, sample, syncs
from .edits import rebuilds
from .measure import Cost, Failed, Written, middle, run, written
from .peers import Site

ROOT = Path(__file__).resolve().parent.parent


class Size(NamedTuple):
    """How many matters: for the peer that makes its own navigation, for the comparison, for Bugu alone."""

    natural: int
    matters: int
    large: int
    rows: int  # of a community's sheets, taken in by sync
    crowd: int  # of matters whose facts are asked for


FULL, SMALL = Size(400, 1_000, 10_000, 50_000, 100_000), Size(30, 60, 200, 3_000, 1_000)


@dataclass
class Bench:
    """One run: where it works, what it found."""

    work: Path
    runs: int
    checkout: Path = field(init=False)
    pages: dict[int, int] = field(default_factory=dict)
    notices: dict[int, int] = field(default_factory=dict)
    sites: dict[tuple[str, int], Site] = field(default_factory=dict)
    costs: dict[tuple[str, int], list[Cost]] = field(default_factory=dict)
    results: dict[tuple[str, int], Written] = field(default_factory=dict)

    def prepare(self, matters: int, *, forms: tuple[str, ...] = ()) -> None:
        """Write records of a size, and the sources of the peers that build it."""
        records, folder = self.records(matters), self.work / f"peers-{matters}"
        sample.write(ROOT / "records", records, matters)
        gathered = peers.gather(ROOT, records)
        if gathered.problems:
            raise Failed("\n".join(p.line() for p in gathered.problems[:20]))
        self.pages[matters] = sum(1 for _ in record_pages(gathered.book))
        self.notices[matters] = len(gathered.notices)
        self.sites["records", matters] = peers.bugu(f"records-{matters}", self.checkout, records)
        self.sites["notices", matters] = peers.bugu(f"notices-{matters}", self.checkout, records, notices=True)
        if forms:
            folder.mkdir()
            for name, site in peers.mkdocs(ROOT, folder, gathered, forms).items():
                self.sites[name, matters] = site
        if "html" in forms:
            self.sites["finished", matters] = peers.bugu(
                f"finished-{matters}", self.checkout, self.records(0), finished=folder / "html"
            )

    def records(self, matters: int) -> Path:
        return self.work / f"records-{matters}"

    def measure(self, name: str, matters: int) -> None:
        """Build a site once more; what it wrote is counted and removed, so that each build is one from nothing."""
        site = self.sites[name, matters]
        say(f"{name}, {matters} matters …")
        cost = run(site.command, site.folder)
        say(f" {cost.cpu:.1f} s CPU\n")
        self.costs.setdefault((name, matters), []).append(cost)
        self.results[name, matters] = written(site.out)
        shutil.rmtree(site.out)

    def row(self, name: str, matters: int, title: str) -> report.Row:
        """The medians of a site at a size, above those of the same site with no records."""
        many, none = middle(self.costs[name, matters]), middle(self.costs[name, 0])
        return report.Row(title, self.pages[matters], many, none, self.results[name, matters])


def say(words: str) -> None:
    """Progress, beside the tables."""
    print(words, end="", file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often the builds that are compared run (default: 3)")
    parser.add_argument("--natural", type=int, help="matters for the peer with a navigation of its own (default: 400)")
    parser.add_argument("--only", choices=("builds", "facts", "sync"), help="one part alone")
    parser.add_argument("--small", action="store_true", help="a quick check with few pages; its figures mean little")
    return parser.parse_args()


def build_all(bench: Bench, size: Size) -> None:
    """Every build, from nothing each time; those that are compared take turns."""
    compared = [("records", size.matters), ("finished", size.matters)]
    compared += [(f"{form}-{search}", size.matters) for form in ("markdown", "html") for search in peers.SEARCHES]
    once = [("records", n) for n in (size.large, size.natural) if n != size.matters]
    once += [(f"natural-{search}", size.natural) for search in peers.SEARCHES]
    for _ in range(bench.runs):
        for name, matters in compared:
            bench.measure(name, 0)
            bench.measure(name, matters)
    for name, matters in once:
        if (name, 0) not in bench.costs:
            bench.measure(name, 0)
        bench.measure(name, matters)
    bench.measure("notices", size.matters)


def comparison(bench: Bench, size: Size) -> str:
    """The tables of the builds."""
    ours = {n: bench.row("records", n, f"Bugu, {n} matters, from records") for n in size[:3]}
    same = bench.row("finished", size.matters, f"Bugu, {size.matters} matters, from finished pages")
    rivals = {form: _rivals(bench, form, size.natural if form == "natural" else size.matters) for form in peers.FORMS}
    rows = [*ours.values(), same, *(row for some in rivals.values() for row in some.values())]
    pairs = [
        (ours[size.natural], "natural", rivals["natural"]),
        (ours[size.matters], "markdown", rivals["markdown"]),
        (ours[size.matters], "html", rivals["html"]),
        (same, "html", rivals["html"]),
    ]
    return f"{report.table(rows)}\n\n{report.ratios(pairs)}"


def _rivals(bench: Bench, form: str, matters: int) -> dict[str, report.Row]:
    title = f"MkDocs + Material, {matters} matters, {form}"
    return {s: bench.row(f"{form}-{s}", matters, f"{title}, {report.SEARCHES[s]}") for s in peers.SEARCHES}


def notices(bench: Bench, size: Size) -> str:
    """What notices cost beside pages."""
    pages, both = middle(bench.costs["records", size.matters]), middle(bench.costs["notices", size.matters])
    count = bench.notices[size.matters]
    each = (both.cpu - pages.cpu) / count * 1000
    return f"Notices, at {size.matters} matters: {count}, {each:.1f} ms CPU each (print page, PDF, the scan of both)."


def small_changes(bench: Bench, size: Size) -> str:
    """What rebuilds cost, at the size of the comparison and at the demo's."""
    demo = shutil.copytree(ROOT / "records", bench.work / "demo")
    costs = {}
    for name, records in ((f"{size.matters} matters", bench.records(size.matters)), ("the demo", demo)):
        say(f"rebuilds, {name} …\n")
        costs[name] = rebuilds(bench.checkout, records, bench.work / f"out-{records.name}")
    return report.small(costs)


def syncing(work: Path, runs: int, size: Size) -> str:
    """What it costs to take in a community's sheets. A run is short, so two more than of the builds."""
    work.mkdir()
    say("writing sheets …\n")
    return syncs.table(syncs.measure(work, size.rows, runs + 2, say), size.rows)


def facts_of(work: Path, runs: int, size: Size) -> str:
    """What it costs to say where every matter stands."""
    work.mkdir()
    return facts.table(facts.measure(work, size.crowd, runs, say), size.crowd)


def builds(work: Path, runs: int, size: Size) -> str:
    """One run from records to tables."""
    bench = Bench(work, runs)
    bench.checkout = peers.checkout(ROOT, work / "bugu")
    say("writing records and sources …\n")
    bench.prepare(0, forms=peers.FORMS)
    wanted: dict[int, tuple[str, ...]] = {}
    for matters, forms in zip(size[:3], (("natural",), ("markdown", "html"), ()), strict=True):
        wanted[matters] = (*wanted.get(matters, ()), *forms)
    for matters, forms in wanted.items():
        bench.prepare(matters, forms=forms)
    build_all(bench, size)
    parts: tuple[Callable[[Bench, Size], str], ...] = (comparison, notices, small_changes)
    return "\n\n".join(part(bench, size) for part in parts)


if __name__ == "__main__":
    given = arguments()
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="bugu-bench-") as folder:
            size = SMALL if given.small else FULL
            size = size._replace(natural=given.natural or size.natural)
            runs = max(given.runs, 1)
            if given.only in (None, "sync"):
                print(syncing(Path(folder) / "sync", runs, size) + "\n", flush=True)
            if given.only in (None, "facts"):
                print(facts_of(Path(folder) / "facts", runs, size) + "\n", flush=True)
            if given.only in (None, "builds"):
                print(builds(Path(folder), runs, size))
    except Failed as failed:
        sys.exit(str(failed))
    say(f"{time.monotonic() - began:.0f} s in all\n")
