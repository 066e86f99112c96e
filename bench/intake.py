"""``python -m bench.intake``: one way of taking in a workbook, in a process of its own so that its cost can be told.

It ends badly when not every row came in, for what reads less costs less.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

COMMUNITY = "nanhua"
DAY = date(2026, 6, 17)
ROOT = Path(__file__).resolve().parent.parent


def pandas(given: argparse.Namespace) -> str:
    """What somebody without Bugu would write: every tab as a frame of text."""
    import pandas

    frames = pandas.read_excel(given.source, sheet_name=None, dtype=str, keep_default_na=False, engine="openpyxl")
    rows = sum(map(len, frames.values()))
    return "" if rows == given.rows else f"{rows} rows"


def read(given: argparse.Namespace) -> str:
    """Reading, and making of every cell what it says, private sheets too."""
    from generator.sheets import discover
    from generator.sweeping import no_sweeping
    from generator.sync.doors import open_book
    from generator.understand import understand

    with no_sweeping():  # as a sync does it
        understood = understand(open_book(given.source, _doors(given)), discover())
    rows = sum(len(table.rows) for table in understood.tables.values())
    said = [p.line() for p in understood.problems]
    return "\n".join(said) or ("" if rows == given.rows else f"{rows} rows")


def sync(given: argparse.Namespace) -> str:
    """The whole sync, into the folder ``--records``."""
    from generator.sync import Asked, Source, sync

    asked = Asked(given.records, (Source(COMMUNITY, (given.source,)),), clock=DAY, today=DAY)
    outcome = sync(asked, _doors(given), lambda *_: None, lambda: None)
    result = outcome.results[0]
    said = [p.line() for p in outcome.problems]
    sound = result.state == "done" and not result.kept and not result.withheld
    return "\n".join(said) or ("" if sound else result.state)


def _doors(given: argparse.Namespace) -> object:
    from generator.sync import Doors

    return Doors(ROOT, ROOT, {"BUGU_GOOGLE_API_KEY": given.key}, google=given.google)


WAYS: dict[str, Callable[[argparse.Namespace], str]] = {"pandas": pandas, "read": read, "sync": sync}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("source", help="a workbook, or google:KEY")
    parser.add_argument("--rows", type=int, required=True, help="how many rows it has")
    parser.add_argument("--records", type=Path)
    parser.add_argument("--google", default="", help="where the Sheets server is")
    parser.add_argument("--key", default="")
    given = parser.parse_args()
    sys.exit(WAYS[given.way](given) or 0)


if __name__ == "__main__":
    main()
