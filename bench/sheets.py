"""``python -m bench.sheets FOLDER ROWS``: the local Sheets server with a community's sheets, until its input ends.

A process of its own, so that what it does is not counted. Its address is the one line it prints.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sheets_server import serve
from tests.sheets_server.server import KEY

from . import volunteers

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def elsewhere(folder: Path, rows: int) -> Iterator[list[str]]:
    """The options that lead :mod:`intake` to such a server, which runs until the block ends."""
    command = [sys.executable, "-m", "bench.sheets", str(folder), str(rows)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield ["--google", server.stdout.readline().strip(), "--key", KEY]
        finally:
            server.stdin.close()


def main(folder: Path, rows: int) -> None:
    folder.mkdir()
    town = volunteers.make(ROOT / "records", folder, rows)
    with serve(volunteers.spreadsheet(town.tabs)) as server:
        print(server.base, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
