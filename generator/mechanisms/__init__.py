"""The mechanisms, one a file. A new file here is found by itself, and with it its page, its papers and its checks."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from ..checks.given import Found, Given
from ..mechanism import Mechanism, declared


@cache
def discover() -> dict[str, Mechanism]:
    """Every mechanism of this folder, by id. Raises ``TypeError`` for a declaration that is not whole."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return declared()


@cache
def checks() -> tuple[Callable[[Given], Found], ...]:
    """What the mechanisms want checked, each once."""
    return tuple(dict.fromkeys(c for m in discover().values() for c in m.checks))
