"""What the dropdowns offer from the hidden tab: lists of words, and the rows of other tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import layout
from ..problems import letters
from .design import LABEL, LISTED, Heading, Tab

_INLINE = 255  # characters that Excel takes for the list in the validation itself, commas included


@dataclass(frozen=True)
class Words:
    """A list that stands as it is."""

    name: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """The rows of a tab, as ``id label``."""

    name: str
    tab: Tab

    @property
    def title(self) -> str:
        return self.tab.title


def inline(words: Sequence[str]) -> bool:
    """Whether the dropdown can hold the words itself."""
    return not any("," in w for w in words) and len(",".join(words).encode("utf-16-le")) // 2 <= _INLINE


def wanted(tabs: Sequence[Tab]) -> dict[str, Words | Rows]:
    """Every list that a dropdown needs, by name (a name that all programs take for one, and for no cell)."""
    by_id = {tab.sheet.id: tab for tab in tabs}
    found: dict[str, Words | Rows] = {}
    for tab in tabs:
        for heading in tab.headings:
            name = name_of(tab, heading)
            if heading.target:
                found[name] = Rows(name, by_id[heading.target])
            elif heading.words and not inline(heading.words):
                found[name] = Words(name, f"{tab.title} {heading.column.title}", heading.words)
    return found


def name_of(tab: Tab, heading: Heading) -> str:
    """The name of the list behind a heading's dropdown."""
    ends = heading.target or f"{tab.sheet.id}_{heading.column.name}"
    return "bugu_" + ends.replace("-", "_")


def quoted(title: str) -> str:
    """A tab's title as formulas write it."""
    return "'" + title.replace("'", "''") + "'"


def column(title: str, place: int) -> str:
    """A whole column of a tab, which stays whole whatever row is deleted."""
    letter = letters(place)
    return f"{quoted(title)}!${letter}:${letter}"


def counting(rows: Rows) -> str:
    """The formula of the counting column: how many records the tab has from the example down to this row.

    Each cell counts for itself. Were it the cell above and one more, LibreOffice would lose its way in a thousand steps.
    """
    key = column(rows.title, rows.tab.key)
    example = layout.example().replace('"', '""')
    first = f'IF(LEFT(INDEX({key},2),{len(layout.example())})="{example}",1,0)'
    return f"=COUNTA(INDEX({key},2):INDEX({key},ROW()))-{first}"


def listing(rows: Rows, place: int) -> str:
    """The formula of each cell of the list, whose counting column is at ``place``: the tab's records without the gaps.

    The counts only rise, so the search for the next record halves what is left and stays quick on an old computer.
    """
    counts = f"{first(place, 1)}:{last(place)}"
    at = f"MATCH(ROW()-2,{counts},1)+1"
    text = f"INDEX({column(rows.title, rows.tab.key)},{at})"
    if rows.tab.label is not None:
        text += f'&" "&LEFT(INDEX({column(rows.title, rows.tab.label)},{at}),{LABEL})'
    return f'=IF(ROW()-1>{last(place)},"",TRIM({text}))'


def first(place: int, row: int = 2) -> str:
    """The first cell of a list, below its title; or that of its ``row``."""
    return f"${letters(place)}${row}"


def last(place: int) -> str:
    """The cell that says how many records there are."""
    return f"${letters(place)}${LISTED + 1}"


def filtered(title: str, key: int, label: int | None) -> str:
    """The same list as one formula that spills, for Google. ``key``, ``label``: where the two columns stand in the tab."""
    ids, example = below(title, key), layout.example().replace('"', '""')
    text = ids if label is None else f'TRIM({ids}&" "&LEFT({below(title, label)},{LABEL}))'
    kept = f'({ids}<>"")*(LEFT({ids},{len(layout.example())})<>"{example}")'
    return f'=IFERROR(ARRAYFORMULA(FILTER({text},{kept})),"")'


def below(title: str, place: int, row: int = 2) -> str:
    """A column of a tab from ``row`` (1-based) down, however long it gets."""
    return f"{quoted(title)}!${letters(place)}${row}:${letters(place)}"
