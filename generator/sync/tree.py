"""Writing ``records/``: the whole folder grows aside and is exchanged in one step; one sync at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .. import output

Files = Mapping[str, bytes | None]  # path under records/ → its bytes; None: no such file any more


class Busy(Exception):
    """Another sync holds the records, and did not end within the time."""


@contextmanager
def locked(records: Path, wait: float, say_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold ``records/`` for this process alone. The lock ends with the process, however that ends.

    ``wait``: seconds. Raises :class:`Busy`.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(records.with_name(f".{records.name}.lock"))
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say_waiting()
            lock.acquire(timeout=wait)
    except Timeout:
        raise Busy from None
    try:
        output.recover(records)
        output.clear_leftovers(records, keep=records)
        yield
    finally:
        lock.release()


def differing(records: Path, files: Files) -> dict[str, bytes | None]:
    """The files that are not already as they are to be."""
    return {name: data for name, data in files.items() if _bytes(records / name) != data}


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def aside(records: Path, files: Files) -> Iterator[Path]:
    """The folder as it is to be, beside ``records/``; gone afterwards, unless it was put in its place.

    Files that stay as they are share their contents on the disk with those of ``records/``.
    """
    new = output.staging(records)
    shutil.rmtree(new, ignore_errors=True)
    try:
        shutil.copytree(records, new, copy_function=_linked)
        for name, data in files.items():
            path = new / name
            path.unlink(missing_ok=True)  # not written through: the old file has the same contents on the disk
            if data is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _linked(source: str, target: str) -> None:
    """A link elsewhere becomes a file of its own: nothing outside the folder is written through it."""
    try:
        if os.path.islink(source):
            raise OSError
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
