"""A sync that is killed without warning at one moment after the other. Run by ``test_tree.py`` in a process of its own.

    killed.py RECORDS BOOK COMMUNITY

Every touch of a file beside the records is a moment: the process gets SIGKILL there, as from a power cut or ``kill -9``.
Prints ``before``, ``after`` or ``torn`` for each moment.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import date
from pathlib import Path

from generator.sync import Asked, Doors, Source, sync

TODAY = date(2026, 6, 17)
TOUCHES = ("open", "os.", "shutil.", "ctypes.")


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def run(records: Path, book: str, community: str) -> None:
    asked = Asked(records, (Source(community, (book,)),), clock=TODAY, today=TODAY)
    doors = Doors(root=records.parent, base=records.parent, environ={})
    sync(asked, doors, lambda *_: None, lambda: None)


def killed_at(moment: int, records: Path, book: str, community: str) -> bool:
    """Whether the moment was reached; then the child is dead."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    seen = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        named = (os.fsdecode(a) for a in arguments if isinstance(a, str | bytes | os.PathLike))
        if (seen and event.startswith(TOUCHES)) or any(n.startswith(str(records.parent)) for n in named):
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    run(records, book, community)
    os._exit(0)


def main(records: Path, book: str, community: str) -> None:
    kept = records.with_name("kept")
    shutil.copytree(records, kept)
    before = files(records)
    run(records, book, community)
    after = files(records)
    if before == after:
        raise SystemExit("this sync changes nothing")
    moment = 1
    while True:
        shutil.rmtree(records)
        shutil.copytree(kept, records)
        reached = killed_at(moment, records, book, community)
        now = files(records) if records.exists() else {}
        print("before" if now == before else "after" if now == after else "torn", moment, flush=True)
        run(records, book, community)  # whatever was left lying about, the next sync gets through
        if files(records) != after or [p.name for p in records.parent.iterdir() if p.name.startswith(f".{records.name}.new")]:
            print("torn: next sync", moment, flush=True)
        if not reached:
            return
        moment += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
