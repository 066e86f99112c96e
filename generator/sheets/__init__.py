"""The declarations, one sheet a file. A new file here is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ..sheet import Sheet, declared


@cache
def discover() -> dict[str, Sheet]:
    """Every sheet of this folder, by id. Raises ``TypeError`` for a declaration that is not whole."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return declared()
