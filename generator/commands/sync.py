"""``bugu sync``: the volunteers' sheets into ``records/``, or what that would change."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .. import console, spoken
from ..build import Options
from ..sync import FAILED, STOPPED, Asked, Doors, Outcome, Source, sources, sync
from ..sync.tree import Busy
from . import FAULT, FINE, PROBLEMS, USAGE, coordinator


def run(given: argparse.Namespace, records: Path, doors: Doors, options: Options) -> int:
    """One sync. ``options``: a build of these records, for ``--dry-run`` to compare with."""
    asked_for, wrong = _sources(given, records)
    if wrong:
        print(wrong, file=sys.stderr)
        return USAGE
    if wrong := coordinator.wrong_place(given.page, doors.root):
        print(wrong, file=sys.stderr)
        return USAGE
    preview = _Preview(options, records) if given.dry_run else None
    asked = Asked(
        records,
        asked_for,
        clock=options.clock,
        today=given.today,
        accept_removals=given.accept_removals,
        wait=given.wait,
        preview=preview,
    )
    try:
        outcome = sync(asked, doors, console.Progress(given.quiet), lambda: _waiting(given))
    except Busy:
        print(console.say("sync-busy"), file=sys.stderr)
        return FAULT
    _tell(given, outcome, preview)
    told = _notes(given, asked_for, outcome, doors) if given.notes and not given.dry_run else True
    coordinator.write(given.page, outcome.results, outcome.today)
    return _code(outcome, told)


class _Preview:
    """Compares the site of the proposed records with the present one, for as long as they lie aside."""

    def __init__(self, options: Options, records: Path) -> None:
        self.options, self.records = options, records
        self.text = ""

    def __call__(self, proposed: Path) -> None:
        from .. import changes

        if proposed != self.records.resolve():
            self.text = spoken.changes(changes.compare(self.options, proposed))


def _sources(given: argparse.Namespace, records: Path) -> tuple[tuple[Source, ...], str]:
    """What to bring in; or what is wrong with the request."""
    from ..reading import read

    if not records.is_dir():
        return (), console.say("usage-no-records", found=records)
    named, faults = sources(records)
    if faults and not given.source:
        return (), "\n".join(p.line() for p in faults)
    known = [s.community for s in named]
    if not given.source:
        chosen = tuple(s for s in named if not given.community or s.community in given.community)
        unknown = [c for c in given.community if c not in known]
        if unknown:
            return (), console.say("usage-no-source", found="、".join(unknown))
        return chosen, "" if chosen else console.say("usage-no-sources")
    listed = [c.id for c in read(records).records.communities]
    community = _community(given.community, given.source, named, listed)
    if not community:
        return (), console.say("usage-which-community", known="、".join(dict.fromkeys([*listed, *known])))
    return (Source(community, (given.source,)),), ""


def _community(wanted: Sequence[str], address: str, named: Sequence[Source], listed: Sequence[str]) -> str:
    """Whose sheets an address holds: as said, as ``district.toml`` has it, or the only community that there is."""
    if wanted:
        return wanted[0]
    found = [s.community for s in named if address in s.addresses]
    if len(found) == 1:
        return found[0]
    return listed[0] if len(listed) == 1 else ""


def _waiting(given: argparse.Namespace) -> None:
    if not given.quiet:
        print(console.say("sync-waiting", seconds=f"{given.wait:g}"), file=sys.stderr)


def _tell(given: argparse.Namespace, outcome: Outcome, preview: _Preview | None) -> None:
    if given.format == "json":
        print(spoken.as_json(outcome, dry=given.dry_run))
        return
    if not given.quiet:
        print(spoken.synced(outcome, dry=given.dry_run))
        if preview and preview.text:
            print(preview.text)
    problems = [p.line() for p in outcome.problems]
    stopped = [r for r in outcome.results if r.state == STOPPED]
    if problems:
        print(console.say("sync-problems", count=len(problems)), *(f"  {line}" for line in problems), sep="\n", file=sys.stderr)
    for result in stopped:
        print(spoken.stopped(result, given.source), file=sys.stderr)
    if not given.quiet and (step := spoken.next_step(outcome, dry=given.dry_run)):
        print(step)


def _notes(given: argparse.Namespace, asked_for: Sequence[Source], outcome: Outcome, doors: Doors) -> bool:
    """Put the problems on the cells of Google's sheets; whether that could be done everywhere."""
    from . import notes

    done = True
    for source, result in zip(asked_for, outcome.results, strict=True):
        if result.state != FAILED:
            done = notes.write(source.addresses, result.problems, doors, quiet=given.quiet) and done
    return done


def _code(outcome: Outcome, told: bool) -> int:
    if any(r.passing for r in outcome.results) or not told:
        return FAULT
    if any(r.state in (FAILED, STOPPED) for r in outcome.results) or any(p.withholds for p in outcome.problems):
        return PROBLEMS
    return FINE
