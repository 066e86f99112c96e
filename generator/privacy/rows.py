"""The full row goes in, the public row comes out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any

from ..problems import Place
from ..sheet import PublicRow, Sheet
from .names import is_named, mask

OFFICE = "职务公开"
OPEN = (True, OFFICE, "本人同意")


def released(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, str | None]:
    """What a full row says of each name, and of each person named by consent: the name or the id, if its consent column
    releases it; None, if not. Of a row of which nothing could be read it says nothing.
    """
    if not values:
        return {}
    by = {**sheet.masked, **sheet.agreed}
    said = ((name, values.get(name), values.get(consent)) for name, consent in by.items())
    return {name: value if basis in OPEN and isinstance(value, str) else None for name, value, basis in said}


def veiled(row: PublicRow, says: Mapping[str, str | None]) -> PublicRow:
    """An older version of a row, in which a whole name, or a person named by consent, stands only if it is released
    still (个人信息保护法 §15).

    ``says``: what the row in the sheet says now (:func:`released`). Where it says nothing, an office-holder stays named.
    """
    values = row.as_dict()
    gone: dict[str, Any] = {}
    for name, consent in row.sheet.masked.items():
        value = values[name]
        if value and is_named(value):
            stays = says[name] == value if name in says else values[consent] == OFFICE
            if not stays:
                gone[name] = mask(value)
                gone[consent] = _closed(row.sheet, consent)
    for name, consent in row.sheet.agreed.items():
        if values[name] and says.get(name) != values[name]:
            gone[name], gone[consent] = None, _closed(row.sheet, consent)
    return publish(row.sheet, row.community, row.place, {**values, **gone}, row.cells) if gone else row


def _closed(sheet: Sheet, consent: str) -> bool | str | None:
    """What a consent column says when a name is not released: 否, or the word of its list that says so."""
    kind = sheet.column(consent).kind
    if kind.name == "yes_no":
        return False
    return next((word for word in kind.choices if word not in OPEN), None)


def publish(
    sheet: Sheet, community: str, place: Place, values: Mapping[str, Any], cells: Mapping[str, int] | None = None
) -> PublicRow:
    """The public row of a full row: undeclared, private and counted columns dropped, names masked without consent, and
    with them whatever else shows who it is (:attr:`~..columns.Column.also`).

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
    for name, also in sheet.unmasking.items():
        if values.get(sheet.masked[name]) not in OPEN:
            kept.update(dict.fromkeys(also))
    for _ in map(object.__setattr__, repeat(row), kept, kept.values()):
        pass
    row._values = tuple(kept.values())  # type: ignore[attr-defined]
    row.place = place
    row.cells = cells or {}
    row.community = community
    return row
