"""References as people write them: an id, an id with the label that the dropdown puts behind it, or the label alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..columns import ID, PUBLIC, Bad, Column, clean
from ..sheet import Sheet
from ..typed import Said, legible
from ..typed.said import fold

_FIRST = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_BETWEEN = " |/:、,;-—–_·("
_ROUND = " |/:、,;-—–_·()[]【】《》“”\"'。."


@dataclass(frozen=True)
class Labels:
    """What the rows of a sheet are called. ``title``: the sheet's; ``example``: of its ids."""

    title: str
    example: str = ""
    by_id: Mapping[str, str] = field(default_factory=dict)
    by_label: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fits(self, id: str, label: str) -> bool:
        """Whether a row may be called so, also where the label was cut short; true where nothing is known of the row."""
        known, said = plain(self.by_id.get(id, "")), plain(label)
        return not known or known.startswith(said) or said.startswith(known)


def plain(label: str) -> str:
    """What two spellings of one label have in common."""
    return re.sub(r"\s+", "", fold(clean(label))).casefold().strip(_ROUND).rstrip("…")


def label_column(sheet: Sheet) -> Column | None:
    """The column by which people know a row: the first text that must be filled in, or the first text.

    So the dropdowns of the template have it.
    """
    texts = [c for c in sheet.columns if c.kind.name in ("text", "person")]
    return next((c for c in texts if c.required), texts[0] if texts else None)


def is_secret(sheet: Sheet | None) -> bool:
    """Whether the labels of a sheet may be names that must not be shown."""
    column = None if sheet is None else label_column(sheet)
    return column is not None and (sheet is None or sheet.stays or column.privacy != PUBLIC)


def index(sheet: Sheet, rows: Iterable[tuple[str, str]]) -> Labels:
    """``rows``: id and label as they stand in the tabs."""
    by_id: dict[str, str] = {}
    by_label: dict[str, tuple[str, ...]] = {}
    for typed, label in rows:
        id = fold(clean(typed)).strip()
        if ID.fullmatch(id) and plain(label):
            by_id[id] = label
            by_label[plain(label)] = (*by_label.get(plain(label), ()), id)
    return Labels(sheet.title, sheet.key.example, by_id, by_label)


def reader(labels: Callable[[], Labels]) -> Callable[[str, Any], Said[str]]:
    """A reader of references to a sheet. ``labels`` is asked only where a cell is no bare id."""

    def read(text: str, raw: Any) -> Said[str]:
        if isinstance(raw, date):  # 3-5 typed as an id
            raise Bad("number-is-date", on=f"{raw.month}月{raw.day}日")
        said = fold(legible(text)).strip()
        return Said(said) if ID.fullmatch(said) else _labelled(said, labels())

    return read


def _labelled(said: str, known: Labels) -> Said[str]:
    # A label may begin like an id (3号楼, A区): the row that is called so goes before an id that nobody has.
    called = known.by_label.get(plain(said), ())
    if len(called) > 1:
        raise Bad("ref-many", target=known.title, count=len(called), example=known.example)
    if called:
        return Said(called[0], "ref-by-label", {"target": known.title, "id": called[0]})
    first = _FIRST.match(said)
    id = first.group().rstrip("-") if first else ""
    rest = said[len(id) :]
    if not ID.fullmatch(id) or not (rest[0] in _BETWEEN or (id in known.by_id and known.fits(id, rest))):
        raise Bad("ref-not-found", target=known.title, example=known.example)
    label = rest.strip(_ROUND)
    if ID.fullmatch(label) and not (id in known.by_id and known.fits(id, label)):
        raise Bad("ref-several", example=known.example)
    if any(other != id and other in known.by_id for other in _FIRST.findall(label)):
        raise Bad("ref-several", example=known.example)
    if not known.fits(id, label):
        return Said(id, "ref-label", {"target": known.title, "id": id})
    return Said(id)


def apart(text: str, raw: Any) -> Said[str]:
    """The id of a rule or a procedure, whose names no tab has: what stands behind a blank is passed over."""
    said = fold(legible(text)).strip()
    id, _, rest = said.partition(" ")
    if not ID.fullmatch(id) or ID.fullmatch(rest.strip(_ROUND)):
        raise Bad("id-form")
    return Said(id)
