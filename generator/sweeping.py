"""Python's search for rubbish, put off while many rows are taken in or gone through."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_sweeping() -> Iterator[None]:
    """Don't look for objects that hold each other meanwhile: of half a million cells, or a million rows, none does, and to go
    through them again and again would take a fifth to a third of the time. What nobody holds any more is freed all the same.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
