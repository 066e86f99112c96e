"""What each tab and each column of the volunteers' workbook says, whichever program shows it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from .. import layout
from ..columns import COUNTED, MASKED, PRIVATE, PUBLIC, Column
from ..sheet import Sheet
from ..understand.labels import label_column

Ids = Mapping[str, Sequence[str]]
FIRST = 2  # the first row for records, 0-based: below the header and the example
LISTED = 1000  # so many rows of another sheet a dropdown offers at most
LABEL = 20  # characters of the label behind an id
_FEW = 12  # so many choices are named in a note; a longer list is only in the dropdown

# How a cell of a kind is shown, as spreadsheets write it; text of all others, so that 3-2 stays 3-2.
SHOWN = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "count": "0", "money": "0.00", "area": "0.00##"}
# Widths in characters of the narrow kind, two of which are one Chinese character.
_WIDTHS = {"id": 18, "date": 14, "count": 10, "money": 13, "area": 13, "yes_no": 12, "person": 13, "phone": 17}
_WIDTHS |= {"long": 42, "ref": 24, "text": 22, "moment": 20}
# Fills behind black letters, pale enough to be read on a poor screen and told apart in grey.
COLOURS = {PUBLIC: "#D5EBD0", MASKED: "#FFF0B8", PRIVATE: "#F6C9C4", COUNTED: "#DCD3F0"}


@dataclass(frozen=True)
class Heading:
    """One column as the workbook has it.

    ``text``: what stands in row 1. ``note``: what lies on it. ``prompt``: what is shown while a cell is filled in, short.
    ``privacy``: public, masked, private or counted. ``words``: what the dropdown offers; ``target``: the sheet whose rows
    it offers instead. ``example``: as typed, or "".
    """

    column: Column
    text: str
    note: str
    prompt: str
    privacy: str
    words: tuple[str, ...]
    target: str
    example: str

    @property
    def width(self) -> int:
        """In characters of the narrow kind: wide enough for what is written there, and for the title in two lines."""
        choices = max((wide(word) for word in self.words), default=0) + 7
        usual = min(choices, 30) if self.words else _WIDTHS.get(self.column.kind.name, 22)
        return max(usual, (wide(self.text.partition("\n")[0]) + 1) // 2 + 3)


@dataclass(frozen=True)
class Tab:
    """One sheet as a tab. ``about``: what it is for; ``open``: what of it will be public, in a sentence or two."""

    sheet: Sheet
    headings: tuple[Heading, ...]
    about: str
    open: str

    @property
    def title(self) -> str:
        return self.sheet.title

    @property
    def privacy(self) -> str:
        """The tab's colour: of what counts leave, of what is public at least in part, of what nothing leaves."""
        if self.sheet.counts:
            return COUNTED
        return PUBLIC if any(h.privacy in (PUBLIC, MASKED) for h in self.headings) else PRIVATE

    @property
    def key(self) -> int:
        """The place of the key among the columns."""
        return next(n for n, h in enumerate(self.headings) if h.column.key)

    @property
    def label(self) -> int | None:
        """The place of the column that says in words what a row is."""
        label = label_column(self.sheet)
        return next((n for n, h in enumerate(self.headings) if h.column == label), None)


@dataclass(frozen=True)
class Line:
    """One line of the first tab. ``style``: title, heading, row, never, legend, group, tab, ask or blank (to be filled in).

    ``link``: the title of the tab that ``left`` leads to. ``privacy``: whose colour ``left`` has.
    """

    style: str
    left: str
    right: str = ""
    link: str = ""
    privacy: str = ""


@dataclass(frozen=True)
class Group:
    """Tabs that belong together, under a title on the first tab."""

    title: str
    tabs: tuple[Tab, ...]


def groups(sheets: Mapping[str, Sheet], ids: Ids) -> tuple[Group, ...]:
    """All sheets as tabs, in the order in which people work with them; private ones come last, in no group or in one."""
    words = layout.words()
    left = dict(sheets)
    named = [(g["title"], [left.pop(id) for id in g["sheets"] if id in left]) for g in words["groups"]]
    others = words["groups_of_others"]
    # Before the first group of which nothing is public.
    at = next((n for n, (_, some) in enumerate(named) if some and all(s.stays for s in some)), len(named))
    named.insert(at, (others["public"], [s for s in left.values() if not s.stays]))
    named.append((others["stays"], [s for s in left.values() if s.stays]))
    return tuple(Group(t, tuple(_tab(s, sheets, ids) for s in some)) for t, some in named if some)


def tabs(groups: Sequence[Group]) -> tuple[Tab, ...]:
    """The tabs of all groups, in order."""
    return tuple(tab for group in groups for tab in group.tabs)


def privacy(sheet: Sheet, column: Column) -> str:
    """What becomes of a column's cells. The key of a sheet that stays with the volunteers stays there too; what else it
    declares as public is shown elsewhere, such as the reason for which a page was taken down.
    """
    return PRIVATE if sheet.stays and column.key else column.privacy


def value(heading: Heading) -> date | int | Decimal | str:
    """The example as a spreadsheet would hold it: a day, a number or a text. In the key, marked as no record."""
    column, shown = heading.column, heading.example
    if column.key:
        return layout.example() + shown
    if not shown or column.kind.target:
        return shown
    read = column.kind.read(shown)
    return shown if isinstance(read, bool) or not isinstance(read, (date, int, Decimal)) else read


def wide(text: str) -> int:
    """The width of a text in characters of the narrow kind."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def lines(text: str, width: float) -> int:
    """How many lines a text takes where ``width`` narrow characters fit into one."""
    return sum(max(1, math.ceil(wide(line) / width)) for line in text.split("\n"))


# --- one column ---------------------------------------------------------------------------------------------------


def _tab(sheet: Sheet, sheets: Mapping[str, Sheet], ids: Ids) -> Tab:
    headings = tuple(_heading(sheet, column, sheets, ids) for column in sheet.columns)
    words = layout.words()
    about = words["sheets"].get(sheet.id, words["about"]["unknown"])
    return Tab(sheet, headings, about, _open(sheet))


def _heading(sheet: Sheet, column: Column, sheets: Mapping[str, Sheet], ids: Ids) -> Heading:
    said = layout.words()["privacy"][privacy(sheet, column)]
    unit = layout.words()["units"].get(column.kind.name, "")
    below = f"\n{said['header']}" if said["header"] else ""
    offered = _offered(column, ids)
    example = _example(sheet, column, sheets)
    how = _how(column, sheets, bool(offered) or column.kind.target in sheets)
    return Heading(
        column=column,
        text=f"{column.title}{unit}{'*' * column.required}{below}",
        note="\n".join(filter(None, _note(column, how, example, said["note"].format(consent=column.consent)))),
        prompt="\n".join(filter(None, (how, column.help, said["prompt"]))),
        privacy=privacy(sheet, column),
        words=offered,
        target=column.kind.target if column.kind.target in sheets else "",
        example=example,
    )


def _note(column: Column, how: str, example: str, privacy: str) -> Iterator[str]:
    notes = layout.words()["notes"]
    yield notes["required" if column.required else "optional"].format(title=column.title)
    yield how
    if column.kind.choices and len(column.kind.choices) <= _FEW:
        yield notes["choices"].format(choices=layout.words()["about"]["between"].join(column.kind.choices))
    yield column.help
    yield notes["example"].format(example=example) if example else ""
    yield privacy


def _how(column: Column, sheets: Mapping[str, Sheet], offered: bool) -> str:
    """What to write. A reference without a dropdown is an id to be typed."""
    kinds, kind = layout.words()["kinds"], column.kind
    name = "choice" if kind.target and kind.target not in sheets and offered else kind.name
    if name not in kinds or (name == "ref" and not offered):
        name = "other"
    target = sheets[kind.target].title if kind.target in sheets else ""
    return str(kinds[name].format(target=target, kind=kind.title))


def _offered(column: Column, ids: Ids) -> tuple[str, ...]:
    """The dropdown's words. A bool's are those that it is read from."""
    kind = column.kind
    if kind.name == "yes_no":
        return tuple(layout.words()["answers"].values())
    return kind.choices or (tuple(ids.get(kind.target, ())) if kind.target else ())


def _example(sheet: Sheet, column: Column, sheets: Mapping[str, Sheet]) -> str:
    """The column's own; a required one without gets one from its kind or the catalogue."""
    words = layout.words()["examples"]
    own = words["columns"].get(f"{sheet.id}.{column.name}") or column.example
    if not own and column.required:
        kind = column.kind
        own = kind.example or (kind.choices[0] if kind.choices else words["kinds"].get(kind.name, ""))
    return f"{own} {label}" if (label := _labelled(column, own, sheets)) else own


def _labelled(column: Column, id: str, sheets: Mapping[str, Sheet]) -> str:
    """What the dropdown would show behind the id, where the target's own example is that row."""
    target = sheets.get(column.kind.target)
    if target is None or not id or target.key.example != id:
        return ""
    label = label_column(target)
    return label.example if label else ""


# --- what of a tab is public --------------------------------------------------------------------------------------


def _open(sheet: Sheet) -> str:
    said = layout.words()["about"]
    own = layout.words()["open"].get(sheet.id)
    if own:
        return str(own)
    if sheet.counts:
        columns = [sheet.column(name) for name in sheet.counts.by]
        period = said["week" if sheet.counts.weeks else "month"]
        by = said["between"].join(period.format(title=c.title) if c.kind.name == "date" else c.title for c in columns)
        return str(said["counted"].format(by=by, least=sheet.counts.least, unit=sheet.counts.unit))
    hidden = [c.title for c in sheet.columns if privacy(sheet, c) in (PRIVATE, COUNTED)]
    if len(hidden) == len(sheet.columns):
        return str(said["stays"])
    parts = [
        said["masked"].format(columns=said["between"].join(c.title for c in some), consent=consent)
        for consent, some in _by_consent(sheet).items()
    ]
    if hidden:
        parts.append(said["private"].format(columns=said["between"].join(hidden)))
    return "".join([*parts, said["rest"]]) if parts else str(said["public"])


def _by_consent(sheet: Sheet) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for column in sheet.columns:
        if column.privacy == MASKED:
            found.setdefault(column.consent, []).append(column)
    return found


# --- the first tab ------------------------------------------------------------------------------------------------


def guide(groups: Sequence[Group]) -> Iterator[Line]:
    """The first tab, from top to bottom."""
    said: dict[str, Any] = layout.words()["guide"]
    yield Line("title", said["title"])
    yield Line("row", said["what"], said["lead"])
    yield Line("heading", said["headings"]["fill"])
    yield from (Line("row", one["left"], one["right"]) for one in said["fill"])
    yield Line("ask", said["ask"], said["ask_here"])
    yield Line("blank", "")
    yield Line("heading", said["headings"]["privacy"])
    yield from (Line("never", one["left"], one["right"]) for one in said["never"])
    for name, one in layout.words()["privacy"].items():
        yield Line("legend", one["label"], one["legend"], privacy=name)
    yield Line("heading", said["headings"]["tabs"])
    for group in groups:
        yield Line("group", group.title)
        yield from (Line("tab", t.title, f"{t.about}\n{t.open}", link=t.title, privacy=t.privacy) for t in group.tabs)
