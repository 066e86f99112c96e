"""The tab that lists all that is to be mended in a marked copy, with a way to each cell.

Its columns behind the table are hidden and hold samples: a cell in a style of ours, beside it one in the style that it was
before. ``styles`` says what for. They have no text, so no reader takes them for a table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

from ..problems import Problem, letters
from .markup import Markup, quoted, shown
from .package import DECLARATION
from .styles import Styles
from .told import Cell, cell, reference, words

_COLUMNS = {"number": 7.0, "sheet": 18.0, "cell": 20.0, "say": 44.0, "mend": 44.0, "effect": 19.0}
_SAMPLE = 9  # the column of our style in a sample; the next has theirs
_HEAD = 3  # lines above the first problem
_POINTS = 17.0


def is_ours(first: str) -> bool:
    """Whether a tab whose first cell says this is a list that Bugu made."""
    return first.strip() == str(words()["tab"]["head"])


def samples(text: str, ours: Collection[int]) -> list[tuple[int, int]]:
    """The samples in an earlier list: a style of ours, and the one it was before."""
    markup, found = Markup(text), []
    for row in markup.each("row"):
        before, last = -1, -1
        for each in markup.each("c", within=row):
            at = markup.attributes(each)
            where, style = cell(at.get("r", "")), int(at.get("s", "0"))
            if where and where[1] >= _SAMPLE:
                if before in ours and style not in ours and where[1] == last + 1:
                    found.append((before, style))
                before, last = style, where[1]
    return found


def sheet(
    problems: Sequence[Problem], cells: Mapping[int, Cell], styles: Styles, namespace: str, relations: str
) -> str:
    """The worksheet. ``cells``: number of a problem in ``problems`` → the cell it is told on, where there is one.

    Its styles are added to ``styles``, whose samples must be complete.
    """
    said = words()["tab"]
    head, bold = styles.plain(bold=True, marked=True), styles.plain(bold=True)
    text, link = styles.plain(), styles.plain(link=True)
    lines = [
        ([(0, bold, said["head"])], 24.0),
        ([(0, text, said["about"] if problems else said["none"])], 24.0),
        ([(n, head, said["columns"][name]) for n, name in enumerate(_COLUMNS)], 24.0),
    ]
    links = []
    for number, problem in enumerate(problems):
        at = cells.get(number)
        texts = _texts(number, problem, at)
        lines.append(([(n, link if n == 2 and at else text, t) for n, t in enumerate(texts)], _height(texts)))
        if at:
            target = "'" + problem.place.sheet.replace("'", "''") + f"'!{reference(at)}"
            links.append(f'<hyperlink ref="C{len(lines)}" location="{quoted(target)}"/>')
    kept = zip_longest(lines, styles.samples, fillvalue=None)
    rows = [_row(n, *(line or ([], 15.0)), sample) for n, (line, sample) in enumerate(kept)]
    return _worksheet(rows, links, namespace, relations)


def _texts(number: int, problem: Problem, at: Cell | None) -> list[str]:
    said, place = words()["tab"], problem.place
    if place.row or place.cell:
        where = f"{place.cell or said['row'].format(row=place.row)} {place.column}".strip()
    else:
        where = said["whole"] if place.sheet else said["book"]
    effect = said["withheld"] if problem.withholds else said["remark"]
    return [str(number + 1), place.sheet, where, problem.says, problem.mend, effect]


def _height(texts: Sequence[str]) -> float:
    """Points that a row takes up: a Chinese character is as wide as two others, in columns a little narrower than they say."""
    most = 1
    for text, width in zip(texts, _COLUMNS.values(), strict=True):
        wide = [sum(1 if c < "\u1100" else 2 for c in line) for line in text.split("\n")]
        most = max(most, sum(max(1, -(-w // int(width * 0.85))) for w in wide))
    return min(_POINTS * most + 4, 400)


def _row(number: int, cells: Sequence[tuple[int, int, str]], points: float, sample: tuple[int, int] | None) -> str:
    inside = "".join(
        f'<c r="{letters(column)}{number + 1}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown(text)}</t></is></c>'
        for column, style, text in cells
    )
    for column, style in enumerate(sample or (), _SAMPLE):
        inside += f'<c r="{letters(column)}{number + 1}" s="{style}"/>'
    return f'<row r="{number + 1}" ht="{points:g}" customHeight="1">{inside}</row>'


def _worksheet(rows: Sequence[str], links: Sequence[str], namespace: str, relations: str) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>' for n, width in enumerate(_COLUMNS.values(), 1)
    )
    hidden = f'<col min="{_SAMPLE + 1}" max="{_SAMPLE + 2}" width="9" hidden="1" customWidth="1"/>'
    pane = f'<pane ySplit="{_HEAD}" topLeftCell="A{_HEAD + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{DECLARATION}<worksheet xmlns="{quoted(namespace)}" xmlns:r="{quoted(relations)}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}{hidden}</cols><sheetData>{"".join(rows)}</sheetData>'
        '<mergeCells count="2"><mergeCell ref="A1:F1"/><mergeCell ref="A2:F2"/></mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<printOptions gridLines="1"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
