"""The full row goes in, the public row comes out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any

from ..problems import Place
from ..sheet import PublicRow, Sheet
from .names import is_named, mask

OPEN = (True, "职务公开", "本人同意")


def open_names(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, str]:
    """The names of a full row that may be shown whole, by column: those that its consent columns release."""
    said = ((name, values.get(name)) for name, consent in sheet.masked.items() if values.get(consent) in OPEN)
    return {name: value for name, value in said if isinstance(value, str)}


def veiled(row: PublicRow, shown: Mapping[str, str]) -> PublicRow:
    """An older version of a row, in which a whole name stands only if ``shown`` has it still (个人信息保护法 §15)."""
    values = row.as_dict()
    gone = {n: v for n in row.sheet.masked if (v := values[n]) and shown.get(n) != v and is_named(v)}
    if not gone:
        return row
    return publish(row.sheet, row.community, row.place, {**values, **{n: mask(v) for n, v in gone.items()}}, row.cells)


def publish(
    sheet: Sheet, community: str, place: Place, values: Mapping[str, Any], cells: Mapping[str, int] | None = None
) -> PublicRow:
    """The public row of a full row: undeclared, private and counted columns dropped, names masked without consent.

    ``cells``: where each column stands in the file, for messages. Raises ``TypeError`` for a sheet that stays with the
    volunteers: no row of it is public.
    """
    if sheet.stays:
        raise TypeError(f"the rows of {sheet.id} stay with the volunteers")
    row: PublicRow = object.__new__(sheet.row)
    kept = dict(zip(sheet.names, map(values.get, sheet.names), strict=True))
    for name, consent in sheet.masked.items():
        value = kept[name]
        if value and values.get(consent) not in OPEN and is_named(value):
            kept[name] = mask(value)
    for _ in map(object.__setattr__, repeat(row), kept, kept.values()):
        pass
    row._values = tuple(kept.values())  # type: ignore[attr-defined]
    row.place = place
    row.cells = cells or {}
    row.community = community
    return row
