"""Notes on the cells of a Google spreadsheet: written where something is to be mended, taken away where it was."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing

from .. import console
from ..problems import Problem
from ..sources import SourceError
from ..sync.doors import Doors, called, google_key, plain


def write(addresses: Sequence[str], problems: Sequence[Problem], doors: Doors, quiet: bool) -> bool:
    """One spreadsheet after the other; whether all went well. What went wrong is said, and hinders nothing else."""
    from ..feedback import notes
    from ..sources import google
    from ..sources.retry import Patience

    done = True
    for address in addresses:
        try:
            key = google_key(plain(address, doors))
            if not key:
                continue
            own = [p for p in problems if p.place.file in (google.place_of(key), called(address, doors))]
            patience = Patience(budget=doors.budget, clock=doors.clock, sleep=doors.sleep)
            account = google.credentials(doors.environ, root=doors.root, writing=True)
            with closing(google.connect(account, base=doors.google)) as client:
                untold = notes.write(client, key, own, patience=patience)
            if not quiet:
                count = len(own) - len(untold)
                print(console.say("notes-written", count=count, where=called(address, doors)))
                if untold:
                    print(console.say("notes-untold", count=len(untold)))
        except SourceError as error:
            done = False
            print(error.problem(called(address, doors)).line(), file=sys.stderr)
    return done
