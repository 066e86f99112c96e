"""The volunteers' workbook laid out in a Google spreadsheet: the requests of one ``spreadsheets.batchUpdate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zlib import crc32

from .. import layout
from ..columns import Bad
from ..sheet import Sheet
from ..typed import header
from . import lists
from .design import COLOURS, FIRST, SHOWN, Group, Heading, Ids, Line, Tab, groups, guide, tabs, value

Request = dict[str, Any]
Shown = Mapping[str, Sequence[Sequence[str]]]
_PER_CHARACTER = 8  # pixels
_HIGHEST = 2**31 - 1  # of the numbers of tabs
_FORMATS = {"date": "DATE", "moment": "DATE_TIME", "count": "NUMBER", "money": "NUMBER", "area": "NUMBER"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"fontSize": 24, "bold": True},
    "heading": {"fontSize": 18, "bold": True},
    "group": {"fontSize": 14, "bold": True},
    "never": {"fontSize": 14, "bold": True},
}


@dataclass(frozen=True)
class _Plan:
    """What is there and what is to come. ``numbers``: the number of each tab, by title; ``there``: the titles there are.

    ``places``: title → where its key and its label stand, as far as that is known.
    """

    groups: tuple[Group, ...]
    numbers: Mapping[str, int]
    there: frozenset[str]
    places: Mapping[str, tuple[int, int | None]]

    def new(self, title: str) -> bool:
        return title not in self.there


def requests(
    sheets: Mapping[str, Sheet], existing: Mapping[str, Any], ids: Ids | None = None, rows: Shown | None = None
) -> list[Request]:
    """All requests for one call; none when nothing is missing.

    ``existing``: title → tab, as :func:`..sources.google.tabs` gives them. ``ids``: as for :func:`.workbook.make`.
    ``rows``: title → what the existing tabs show, as far as it was read.

    What is there stays as it is: no cell of an existing tab is written, formatted, checked or locked, whoever made the
    tab. What is added: the tabs whose titles are missing; and, where ``rows`` shows which column is which, notes on the
    header cells of existing tabs that have none. A new tab's dropdown over an existing tab needs ``rows`` as well, and
    offers ids without their labels where the hidden tab with the lists was there before.
    """
    plan = _plan(groups(sheets, ids or {}), existing, rows or {})
    every = tabs(plan.groups)
    new = [tab for tab in every if plan.new(tab.title)]
    made = [*_guide_tab(plan), *(_add(plan, tab) for tab in new), *_choices_tab(plan, new)]
    filled = [*_guide(plan), *(r for tab in new for r in _tab(plan, tab)), *_choices(plan, new)]
    return [*made, *filled, *(r for tab in every for r in _notes(tab, existing, rows or {}))]


def _plan(grouped: tuple[Group, ...], existing: Mapping[str, Any], rows: Shown) -> _Plan:
    every = tabs(grouped)
    taken = {tab.id for tab in existing.values()}
    numbers = {title: tab.id for title, tab in existing.items()}
    for title in (*layout.words()["tabs"].values(), *(tab.title for tab in every)):
        if title not in numbers:
            numbers[title] = number = _number(title, taken)
            taken.add(number)
    places: dict[str, tuple[int, int | None]] = {}
    for tab in every:
        found = _columns(rows.get(tab.title, ())) if tab.title in existing else None
        if found is None:
            places[tab.title] = tab.key, tab.label
        elif (key := found.get(tab.headings[tab.key].column.title)) is not None:
            label = None if tab.label is None else found.get(tab.headings[tab.label].column.title)
            places[tab.title] = key, label
    return _Plan(grouped, numbers, frozenset(existing), places)


def _number(title: str, taken: set[int]) -> int:
    """A tab's number, the same each time, unless another has it."""
    number = crc32(title.encode()) % _HIGHEST
    while number in taken:
        number = (number + 1) % _HIGHEST
    return number


def _columns(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Title → place, from the first row of a tab; of two of the same title the first."""
    found: dict[str, int] = {}
    for place, text in enumerate(rows[0] if rows else ()):
        try:
            found.setdefault(header(text).value.title, place)
        except Bad:
            continue
    return found


# --- tabs that are added ------------------------------------------------------------------------------------------


def _add(plan: _Plan, tab: Tab) -> Request:
    grid = {"rowCount": 1000, "columnCount": len(tab.headings) + 2}
    grid |= {"frozenRowCount": 1, "frozenColumnCount": tab.key + 1}
    return _sheet(plan, tab.title, gridProperties=grid, tabColorStyle=_colour(COLOURS[tab.privacy]))


def _sheet(plan: _Plan, title: str, **more: Any) -> Request:
    return {"addSheet": {"properties": {"sheetId": plan.numbers[title], "title": title, **more}}}


def _tab(plan: _Plan, tab: Tab) -> Iterator[Request]:
    number = plan.numbers[tab.title]
    top = [_header(h) for h in tab.headings], [_example(h) for h in tab.headings]
    yield _cells(number, 0, top, "userEnteredValue,userEnteredFormat,note")
    for place, heading in enumerate(tab.headings):
        area = {"sheetId": number, "startRowIndex": FIRST, "startColumnIndex": place, "endColumnIndex": place + 1}
        yield {"repeatCell": {"range": area, "cell": {"userEnteredFormat": _body(heading)}, "fields": _BODY}}
        yield _width(number, place, heading.width * _PER_CHARACTER)
        if condition := _condition(plan, heading):
            rule = {"condition": condition, "inputMessage": heading.prompt, "showCustomUi": True, "strict": False}
            yield {"setDataValidation": {"range": area, "rule": rule}}
    yield _protect({"sheetId": number, "startRowIndex": 0, "endRowIndex": FIRST})


def _header(heading: Heading) -> Request:
    form = {
        "backgroundColorStyle": _colour(COLOURS[heading.privacy]),
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
        "textFormat": {"bold": True, "fontSize": 12},
    }
    return {**_text(heading.text), "userEnteredFormat": form, "note": heading.note}


def _example(heading: Heading) -> Request:
    """Numbers as numbers; a day as it is typed, which is what the others will do."""
    shown = value(heading)
    grey = {"italic": True, "fontSize": 12, "foregroundColorStyle": _colour("#595959")}
    form = {**_body(heading), "backgroundColorStyle": _colour("#F2F2F2"), "textFormat": grey}
    if isinstance(shown, (int, Decimal)):
        return {"userEnteredValue": {"numberValue": float(shown)}, "userEnteredFormat": form}
    typed = f"{shown:%Y-%m-%d %H:%M}" if isinstance(shown, datetime) else str(shown)
    return {**_text(typed), "userEnteredFormat": form}


_BODY = "userEnteredFormat(numberFormat,wrapStrategy,verticalAlignment,textFormat)"


def _body(heading: Heading) -> Request:
    kind = heading.column.kind.name
    number = {"type": _FORMATS[kind], "pattern": SHOWN[kind]} if kind in _FORMATS else {"type": "TEXT"}
    return {"numberFormat": number, "wrapStrategy": "WRAP", "verticalAlignment": "TOP", "textFormat": {"fontSize": 12}}


def _condition(plan: _Plan, heading: Heading) -> Request | None:
    if heading.words:
        return {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": word} for word in heading.words]}
    area = _area(plan, heading.target) if heading.target else ""
    return {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": area}]} if area else None


# --- the lists of the dropdowns -----------------------------------------------------------------------------------


def _targets(plan: _Plan) -> dict[str, Tab]:
    """The tabs that others name rows of, by id."""
    every = tabs(plan.groups)
    wanted = {h.target for tab in every for h in tab.headings}
    return {tab.sheet.id: tab for tab in every if tab.sheet.id in wanted and tab.title in plan.places}


def _area(plan: _Plan, target: str) -> str:
    """Where the list of a target's rows stands; "" where nothing is known of the tab."""
    targets, title = _targets(plan), layout.words()["tabs"]["choices"]
    if target not in targets:
        return ""
    if plan.new(title):
        return "=" + lists.below(title, list(targets).index(target))
    tab = targets[target].title
    return "=" + lists.below(tab, plan.places[tab][0], FIRST + 1 if plan.new(tab) else 2)


def _choices_tab(plan: _Plan, new: Sequence[Tab]) -> Iterator[Request]:
    title, targets = layout.words()["tabs"]["choices"], _targets(plan)
    if new and targets and plan.new(title):
        grid = {"rowCount": 1000, "columnCount": len(targets)}
        yield _sheet(plan, title, gridProperties=grid, hidden=True)


def _choices(plan: _Plan, new: Sequence[Tab]) -> Iterator[Request]:
    title, targets = layout.words()["tabs"]["choices"], _targets(plan)
    if not new or not targets or not plan.new(title):
        return
    formulas = [lists.filtered(tab.title, *plan.places[tab.title]) for tab in targets.values()]
    titles = [_text(tab.title) for tab in targets.values()]
    made = [{"userEnteredValue": {"formulaValue": formula}} for formula in formulas]
    yield _cells(plan.numbers[title], 0, (titles, made), "userEnteredValue")
    yield _protect({"sheetId": plan.numbers[title]})


# --- the first tab ------------------------------------------------------------------------------------------------


def _guide_tab(plan: _Plan) -> Iterator[Request]:
    title = layout.words()["tabs"]["guide"]
    if plan.new(title):
        grid = {"rowCount": len(list(guide(plan.groups))) + 2, "columnCount": 2, "hideGridlines": True}
        yield _sheet(plan, title, index=0, gridProperties=grid)


def _guide(plan: _Plan) -> Iterator[Request]:
    title = layout.words()["tabs"]["guide"]
    if not plan.new(title):
        return
    number, said = plan.numbers[title], list(guide(plan.groups))
    yield _cells(number, 0, [_line(plan, line) for line in said], "userEnteredValue,userEnteredFormat")
    yield _width(number, 0, 170)
    yield _width(number, 1, 620)
    blank = next(n for n, line in enumerate(said) if line.style == "blank")
    free = {"sheetId": number, "startRowIndex": blank, "endRowIndex": blank + 1}
    yield _protect({"sheetId": number}, unprotectedRanges=[{**free, "startColumnIndex": 1, "endColumnIndex": 2}])


def _line(plan: _Plan, line: Line) -> list[Request]:
    style = _STYLES.get(line.style, {"fontSize": 14})
    left: Request = {"textFormat": {**style, "bold": True}, "verticalAlignment": "TOP"}
    left["wrapStrategy"] = "WRAP" if line.right else "OVERFLOW_CELL"
    if line.link:
        left["textFormat"]["link"] = {"uri": f"#gid={plan.numbers[line.link]}"}
    if line.privacy:
        left["backgroundColorStyle"] = _colour(COLOURS[line.privacy])
    right: Request = {"textFormat": style, "wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    if line.style == "blank":
        right["backgroundColorStyle"] = _colour("#F2F2F2")
    return [{**_text(line.left), "userEnteredFormat": left}, {**_text(line.right), "userEnteredFormat": right}]


# --- tabs that are there ------------------------------------------------------------------------------------------


def _notes(tab: Tab, existing: Mapping[str, Any], rows: Shown) -> Iterator[Request]:
    """Notes for the header cells that have none."""
    if tab.title not in existing:
        return
    there, found = existing[tab.title], _columns(rows.get(tab.title, ()))
    for heading in tab.headings:
        place = found.get(heading.column.title)
        if place is not None and not there.notes.get((0, place)):
            yield _cells(there.id, place, [[{"note": heading.note}]], "note")


# --- the parts of a request ---------------------------------------------------------------------------------------


def _cells(number: int, column: int, rows: Sequence[Sequence[Request]], fields: str) -> Request:
    start = {"sheetId": number, "rowIndex": 0, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": list(row)} for row in rows], "fields": fields}}


def _text(text: str) -> Request:
    """A text, never a formula, whatever it begins with."""
    return {"userEnteredValue": {"stringValue": text}} if text else {}


def _width(number: int, place: int, pixels: int) -> Request:
    area = {"sheetId": number, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    return {"updateDimensionProperties": {"range": area, "properties": {"pixelSize": pixels}, "fields": "pixelSize"}}


def _protect(area: Request, **more: Any) -> Request:
    """A warning before a change; nobody is kept from it."""
    said = layout.words()["notes"]["locked"]
    return {"addProtectedRange": {"protectedRange": {"range": area, "description": said, "warningOnly": True, **more}}}


def _colour(code: str) -> Request:
    parts = zip(("red", "green", "blue"), (code[1:3], code[3:5], code[5:7]), strict=True)
    return {"rgbColor": {name: int(part, 16) / 255 for name, part in parts}}
