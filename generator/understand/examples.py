"""Rows marked as an example: the one that the template puts below its header, told from a record typed over it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .. import layout
from ..columns import Bad, Column, clean
from ..sheet import Sheet
from ..typed.said import fold

_MARK = re.compile(r"[(\[【]?(?:示例|示范|样例|范例|举例|例[如子]|例(?![一-鿿]))")
_SHOWN = ("date", "moment", "count", "money", "area")  # kinds that a spreadsheet shows in its own way
_OTHERS = 5  # one cell in so many may differ from the template's: another version's, or shown in another way


def of(sheet: Sheet, columns: Sequence[Column]) -> tuple[str, ...]:
    """What the template's example row says in each column, folded, without the labels behind ids; "" for nothing."""
    words = layout.words()["examples"]
    return tuple(_example(sheet, column, words) for column in columns)


def _example(sheet: Sheet, column: Column, words: Mapping[str, Mapping[str, str]]) -> str:
    kind = column.kind
    own = words["columns"].get(f"{sheet.id}.{column.name}") or column.example
    if not own and column.required:
        own = kind.example or (kind.choices[0] if kind.choices else words["kinds"].get(kind.name, ""))
    return _plain((layout.example() if column.key else "") + own)


def is_marked(key: str) -> bool:
    """Whether the key of a row says that it is an example: 例:DS-1, 示例, (样例)3. 例会 is a meeting."""
    return bool(key) and (key.startswith(fold(layout.example())) or _MARK.match(key) is not None)


def is_bare(filled: Mapping[int, str], key: int, examples: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether nothing is lost with a marked row: it says nothing else, or only what the template says there.

    ``filled``: its cells by their number, folded.
    """
    others = {n: text for n, text in filled.items() if n != key}
    if not others:
        return True
    differ = sum(not _same(text, examples[n], columns[n]) for n, text in others.items())
    return filled[key] == examples[key] and differ * _OTHERS <= len(others)


def _same(text: str, example: str, column: Column) -> bool:
    """Whether a cell says what the example says: 2026/3/5 and 300 are shown where 2026-03-05 and 300.00 were written."""
    if text == example:
        return True
    if column.kind.target:
        return text.partition(" ")[0] == example
    try:
        return column.kind.name in _SHOWN and bool(example) and column.kind.read(text) == column.kind.read(example)
    except Bad:
        return False


def _plain(text: str) -> str:
    return fold(clean(text)).strip()
