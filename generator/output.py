"""Writing the site: aside first, then swapped in whole, so that an interrupted build leaves the last one as it was."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

_EXCHANGE, _AT_CWD = 2, -100


def staging(out: Path) -> Path:
    """The place beside ``out`` where a build of this process grows."""
    return out.with_name(f".{out.name}.new-{os.getpid()}")


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files under a folder; the number of bytes. Raises ``ValueError`` for a path out of it or used twice."""
    made: set[Path] = set()
    seen: set[str] = set()
    total = 0
    for name, data in files:
        path = folder / name
        if ".." in path.parts or name in seen:
            raise ValueError(name)
        seen.add(name)
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)
        total += len(data)
    return total


def _exchange(a: Path, b: Path) -> bool:
    """Swap two folders in one step where the system can (Linux ``renameat2``)."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done: int = renameat2(_AT_CWD, os.fsencode(a), _AT_CWD, os.fsencode(b), _EXCHANGE)
    return done == 0


def swap(new: Path, out: Path) -> None:
    """Put a finished folder in the place of ``out``; what was there is removed after."""
    clear_leftovers(out, keep=new)
    if out.exists() and _exchange(new, out):
        shutil.rmtree(new)
        return
    old = out.with_name(f".{out.name}.old-{os.getpid()}")
    try:
        out.rename(old)
    except FileNotFoundError:
        old = Path()
    new.rename(out)
    if old.name:
        shutil.rmtree(old)


def recover(out: Path) -> None:
    """Put back what a swap that was killed half-way had moved aside, where the system cannot exchange in one step."""
    if not out.exists():
        for old in sorted(out.parent.glob(f".{out.name}.old-*"), key=lambda p: p.stat().st_mtime, reverse=True):
            old.rename(out)
            return


def clear_leftovers(out: Path, keep: Path) -> None:
    """Remove what builds that were killed left beside ``out``; one that still runs is let be."""
    for path in out.parent.glob(f".{out.name}.*-*"):
        pid = path.name.rpartition("-")[2]
        if path != keep and pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno == errno.EPERM
    return True
