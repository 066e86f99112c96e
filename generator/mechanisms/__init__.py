"""The mechanisms, one a file. A new file here is found by itself, and with it its page, its papers and its checks."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ..checks import CHECKS, LAST, Check
from ..mechanism import Mechanism, declared


@cache
def discover() -> dict[str, Mechanism]:
    """Every mechanism of this folder, by id. Raises ``TypeError`` for a declaration that is not whole."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return declared()


@cache
def checks() -> tuple[Check, ...]:
    """What mechanisms want checked besides the checks that all records go through, each once."""
    found = dict.fromkeys(c for m in discover().values() for c in m.checks)
    return tuple(c for c in found if c not in (*CHECKS, *LAST))
