"""``bugu template``: the volunteers' workbook, as a file or laid out in a Google spreadsheet."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from .. import console, procedures
from ..problems import Place
from ..sheets import discover
from ..sources import SourceError
from ..sync.doors import Doors
from . import FAULT, FINE, PROBLEMS, USAGE


def run(given: argparse.Namespace, records: Path, doors: Doors) -> int:
    """Write the file, or lay out the spreadsheet; an existing file is not written over."""
    ids = _ids(records)
    if given.google:
        return _google(given, ids, doors)
    from ..template import workbook

    path = given.out or Path(console.say("template-name"))
    if path.exists() and not given.force:
        print(console.say("usage-exists", found=path), file=sys.stderr)
        return USAGE
    if not path.parent.is_dir():
        print(console.say("usage-no-folder", found=path.parent), file=sys.stderr)
        return USAGE
    path.write_bytes(workbook.make(discover(), ids))
    print(console.say("template-made", where=path))
    return FINE


def _ids(records: Path) -> Mapping[str, Sequence[str]]:
    """The ids of voting rules and procedures with their titles, for their dropdowns; of several versions, the last's."""
    found, _ = procedures.load(records / "procedures")
    rules = {r.id: f"{r.id} {r.title}" for r in found.rules}
    ways = {p.id: f"{p.id} {p.title}" for p in found.procedures}
    return {"#rule": tuple(rules.values()), "#procedure": tuple(ways.values())}


def _google(given: argparse.Namespace, ids: Mapping[str, Sequence[str]], doors: Doors) -> int:
    from ..sources import google
    from ..template.google import requests

    where = given.google
    try:
        key = google.key_of(given.google.removeprefix("google:"))
        where = google.place_of(key)
        account = google.credentials(doors.environ, root=doors.root, writing=True)
        with closing(google.connect(account, base=doors.google)) as client:
            rows = {grid.title: grid.rows for grid in google.read(key, client=client).grids}
            wanted = requests(discover(), google.tabs(client, key), ids, rows)
            if wanted:
                google.layout(client, key, wanted)
    except SourceError as error:
        print(error.problem(where).line(), file=sys.stderr)
        return FAULT if error.code.startswith("google-") and error.code != "google-address" else PROBLEMS
    print(console.say("template-laid-out", where=Place(where).file))
    return FINE
