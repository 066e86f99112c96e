"""``bugu check`` of the volunteers' own sheets: every problem, and a copy of the workbook with the cells marked."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .. import console
from ..problems import Problem
from ..sources import SourceError
from ..sync import Asked, Doors, Result, Source, examine, sources
from ..sync.doors import PASSING, WORKBOOKS, called, is_link, open_book, plain
from . import FAULT, FINE, PROBLEMS, USAGE, coordinator

_MARKABLE = (".xlsx", ".xlsm")


def is_theirs(address: str) -> bool:
    """Whether an argument of ``bugu check`` names the volunteers' own sheets, not a file of ``records/``."""
    return is_link(address) or address.startswith("env:") or address.lower().endswith(WORKBOOKS)


def run(given: argparse.Namespace, addresses: Sequence[str], records: Path, doors: Doors, clock: date) -> int:
    """Check each; the worst exit code of them."""
    if not records.is_dir():
        print(console.say("usage-no-records", found=records), file=sys.stderr)
        return USAGE
    if wrong := coordinator.wrong_place(given.page, doors.root) or coordinator.wrong_place(given.out, doors.root):
        print(wrong, file=sys.stderr)
        return USAGE
    if given.out and len(addresses) > 1:
        print(console.say("usage-one-out"), file=sys.stderr)
        return USAGE
    codes, results = [], []
    for address in addresses:
        code, result = _one(given, address, records, doors, clock)
        codes.append(code)
        results += [result] if result else []
    if results:
        coordinator.write(given.page, results, results[0].today)
    return max(codes)


def _one(given: argparse.Namespace, address: str, records: Path, doors: Doors, clock: date) -> tuple[int, Result | None]:
    try:
        book = open_book(address, doors)
    except SourceError as error:
        _print(given, [error.problem(called(address, doors))])
        if error.code in PASSING:
            return FAULT, None
        return (USAGE if error.code in ("book-not-there", "source-unknown") else PROBLEMS), None
    community = given.community[0] if given.community else _named(address, records)
    asked = Asked(records, (), clock, given.today)
    result = examine(Source(community, (address,)), [book], asked)
    if not result.community:
        print(console.say("usage-which-community", known="、".join(result.known)), file=sys.stderr)
        return USAGE, None
    _print(given, result.problems)
    if result.problems:
        _mark(given, plain(address, doors), result.problems, doors)
    if given.notes:
        from . import notes

        if not notes.write([address], result.problems, doors, quiet=given.format == "json"):
            return FAULT, result
    return (PROBLEMS if result.problems else FINE), result


def _named(address: str, records: Path) -> str:
    found = [s.community for s in sources(records)[0] if address in s.addresses]
    return found[0] if len(found) == 1 else ""


def _print(given: argparse.Namespace, problems: Sequence[Problem]) -> None:
    if given.format == "json":
        print(json.dumps([p.as_dict() for p in problems], ensure_ascii=False, indent=1))
    else:
        print(console.checked([p.line() for p in problems]))


def _mark(given: argparse.Namespace, address: str, problems: Sequence[Problem], doors: Doors) -> None:
    """The copy of a workbook with the bad cells marked, beside it; theirs stays as it is."""
    path = doors.base / address
    if is_link(address) or path.suffix.lower() not in _MARKABLE:
        return
    from ..feedback import marked

    out = given.out or path.with_name(console.say("marked-name", stem=path.stem, ending=path.suffix))
    if out.resolve() == path.resolve():
        print(console.say("marked-itself", where=out), file=sys.stderr)
        return
    try:
        out.write_bytes(marked.mark(path.read_bytes(), problems))
    except SourceError as error:
        print(error.problem(path.name).line(), file=sys.stderr)
        return
    if given.format != "json":
        print(console.say("marked", where=out))
