"""Python's search for rubbish, put off while many rows are taken in or gone through."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 1_000_000  # objects made meanwhile


@contextmanager
def no_sweeping(*, keep: bool = False) -> Iterator[None]:
    """Don't look for objects that hold each other meanwhile: of half a million cells, or a million rows, none does, and to go
    through them again and again would take a fifth to a third of the time. What nobody holds any more is freed all the same.

    ``keep``: what was made stays to the end, as records and facts do; if it is ``MANY``, it isn't gone through later either,
    until the next time that something is to be kept.
    """
    if keep and gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if keep and gc.get_count()[0] > MANY:
            gc.freeze()
        if was:
            gc.enable()
