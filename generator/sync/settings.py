"""Where each community's sheets are: the ``[sources]`` of ``district.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..columns import ID
from ..declared import At, parse
from ..problems import Problem
from .doors import Source


def sources(records: Path) -> tuple[tuple[Source, ...], list[Problem]]:
    """The sources of ``district.toml`` in its order, and what is wrong with that part of the file.

    A value is one address or a list of them: a link, a path beside ``records/``, or ``env:NAME`` for an address that
    should not stand in a public file.
    """
    path = records / "district.toml"
    if not path.exists():
        return (), []
    at = At(f"{records.name}/district.toml", {}, [])
    said = parse(path.read_bytes(), at)
    if said is None or "sources" not in said:
        return (), at.faults
    return tuple(_read(said["sources"], At(at.file, at.lines, at.faults, "sources"))), at.faults


def _read(table: Any, at: At) -> list[Source]:
    if not isinstance(table, Mapping):
        at.fault("toml-not-table", table)
        return []
    found = []
    for community, given in table.items():
        addresses = [given] if isinstance(given, str) else given
        if not ID.fullmatch(community):
            (at / community).fault("toml-id", community)
        elif not isinstance(addresses, list) or not addresses or not all(isinstance(a, str) and a.strip() for a in addresses):
            (at / community).fault("source-form")
        else:
            found.append(Source(community, tuple(a.strip() for a in addresses)))
    return found

