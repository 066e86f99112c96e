"""The words that come with a mechanism: one file each in ``messages/mechanisms/``, read together with the catalogue of all.

A file may have tables ``problem`` (codes with ``say`` and ``mend``), ``words`` (derived words by kind), ``title`` (what stands
at the head of a notice) and ``sheets`` (what is written in a sheet, for volunteers); none may say again what another says.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "messages" / "mechanisms"
TABLES = ("problem", "words", "title", "sheets")


@cache
def _files() -> tuple[dict[str, dict[str, Any]], ...]:
    found = tuple(tomllib.loads(p.read_text("utf-8")) for p in sorted(FOLDER.glob("*.toml")))
    if odd := {table for file in found for table in file} - set(TABLES):
        raise ValueError(f"messages/mechanisms: no such table: {', '.join(sorted(odd))}")
    return found


def joined(base: dict[str, Any], table: str) -> dict[str, Any]:
    """A catalogue with what the mechanisms add to it. Raises ``ValueError`` for a key that is there already."""
    for file in _files():
        base = _merged(base, file.get(table, {}), table)
    return base


def _merged(base: dict[str, Any], more: dict[str, Any], where: str) -> dict[str, Any]:
    found = dict(base)
    for key, value in more.items():
        below = f"{where}.{key}"
        if isinstance(value, dict) and "say" not in value:
            found[key] = _merged(found.get(key, {}), value, below)
        elif key in found:
            raise ValueError(f"messages/mechanisms: {below} is said twice")
        else:
            found[key] = value
    return found


def title(key: str, /, **names: str) -> str:
    """What stands at the head of a mechanism's paper. Quotation marks within quotation marks become single ones (GB/T 15834 §4.8)."""
    pattern: str = joined({}, "title")[key]
    inner = str.maketrans("“”", "‘’" if "“" in pattern else "“”")
    return pattern.format(**{k: v.translate(inner) for k, v in names.items()})
