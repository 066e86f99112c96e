"""What is to be said of a header: titles that nobody declared, that are missing, hidden, there twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .. import privacy
from ..columns import COUNTED, PRIVATE
from ..problems import Place, Problem, letters
from ..raw import Grid
from ..sheet import Sheet
from ..typed.figures import SCALES
from .cells import veil
from .heading import DEEPEST, Heading
from .kinds import multiplied, takes_unit
from .lines import Line, Reading

_NAMED = 4  # so many titles are given as an example of a header
_BARE = {"money": "元", "area": "平方米"}  # in which amounts are published
_SCALES = {scale: word for word, scale in SCALES.items()}


def not_found(grid: Grid, sheet: Sheet) -> Problem:
    """That no row near the top says which column is which."""
    wanted = "、".join(c.title for c in sheet.columns if c.required)
    wanted = "、".join(wanted.split("、")[:_NAMED])
    return Problem("header-not-found", Place(grid.place, grid.title), params={"rows": DEEPEST, "titles": wanted})


def problems(grid: Grid, sheet: Sheet, heading: Heading) -> list[Problem]:
    """All that is wrong with a header found. One that withholds is against the whole tab."""
    return [
        *_of_each(grid, sheet, heading),
        *_twice(grid, heading),
        *_units(grid, heading),
        *_missing(grid, sheet, heading),
        *_shut(grid, heading),
    ]


def _at(grid: Grid, heading: Heading, index: int) -> Place:
    row = heading.last + 1
    return Place(grid.place, grid.title, row, f"{letters(index)}{row}")


def _of_each(grid: Grid, sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    """Titles not declared, and columns of words under no title at all. In a sheet that stays, a title may name a voter."""
    covered = {
        c
        for top, left, _, right in grid.merged
        if heading.first <= top <= heading.last
        for c in range(left + 1, right + 1)
    }
    for n, (title, column) in enumerate(zip(heading.titles, heading.columns, strict=True)):
        if column is not None or n in grid.hidden_columns:
            continue
        if title.title:
            code, shown = ("title-unknown-kept", veil) if sheet.stays else ("title-unknown", privacy.hide)
            yield Problem(code, _at(grid, heading, n), shown(title.title), withholds=False)
        elif n not in covered and any(_rows(grid, heading, n)):
            yield Problem("title-blank", _at(grid, heading, n), withholds=False)


def _rows(grid: Grid, heading: Heading, index: int) -> Iterator[bool]:
    """Whether each row under the header says something in a column."""
    for n in range(heading.last + 1, len(grid.rows)):
        yield bool(grid.rows[n][index].strip()) and n not in grid.hidden_rows


def _twice(grid: Grid, heading: Heading) -> Iterator[Problem]:
    """A title that stands over two columns: no harm where they say the same, or the second says nothing."""
    first: dict[str, int] = {}
    for n, column in enumerate(heading.columns):
        unread = n in grid.hidden_columns or n in heading.shut
        if column is None or unread or first.setdefault(column.name, n) == n:
            continue
        visible = [r for r in range(heading.last + 1, len(grid.rows)) if r not in grid.hidden_rows]
        pairs = ((grid.rows[r][first[column.name]].strip(), grid.rows[r][n].strip()) for r in visible)
        if column.privacy != PRIVATE and any(other and other != one for one, other in pairs):
            yield Problem("title-twice", _at(grid, heading, n), column.title)
        else:
            yield Problem("column-twice", _at(grid, heading, n), column.title, withholds=False)


def _units(grid: Grid, heading: Heading) -> Iterator[Problem]:
    for n, (title, column) in enumerate(zip(heading.titles, heading.columns, strict=True)):
        if column is None or column.privacy == PRIVATE or n in grid.hidden_columns or n in heading.shut:
            continue
        if not takes_unit(column, title.unit):
            params = {"unit": title.unit, "title": column.title}
            yield Problem("title-unit", _at(grid, heading, n), privacy.hide(column.title), params)


def scaled(grid: Grid, heading: Heading, reading: Reading, lines: Iterable[Line]) -> Iterator[Problem]:
    """A scale in a title that multiplies what is written below: by the first of these ``lines`` where it does."""
    scales = [n for n, h in enumerate(reading.headers) if h.scale != 1 and reading.columns[n].published]
    if not scales:
        return
    rows = list(lines)
    for n in scales:
        column, header = reading.columns[n], reading.headers[n]
        values = ((line.cells[n], multiplied(column, header, line.cells[n], line.beneath[n])) for line in rows)
        shown, value = next(((text, value) for text, value in values if value is not None), ("", None))
        if value is not None:
            unit = _BARE.get(column.kind.name, header.unit)
            params = {
                "unit": _SCALES[header.scale] + header.unit,
                "title": column.title,
                "shown": privacy.hide(shown.strip()),
                "value": f"{value:,} {unit}".strip() if not privacy.scan(str(value)) else privacy.hide(str(value)),
            }
            yield Problem("title-scale", _at(grid, heading, reading.places[n]), column.title, params, withholds=False)


def _missing(grid: Grid, sheet: Sheet, heading: Heading) -> Iterator[Problem]:
    """Columns that the tab lacks, or hides. Of private ones nothing is said; what is to be counted must be there."""
    place = Place(grid.place, grid.title, heading.last + 1)
    here = _names(heading, lambda n: n not in grid.hidden_columns)
    hidden = _names(heading, lambda n: n in grid.hidden_columns)
    for column in sheet.columns:
        if column.name in here or column.privacy == PRIVATE:
            continue
        needed = column.required or column.privacy == COUNTED
        if column.name in hidden:
            code = "title-hidden" if needed else "title-hidden-optional"
        elif column.spare:
            continue
        else:
            code = "title-missing" if needed else "title-missing-optional"
        yield Problem(code, place, column.title, withholds=needed)


def _shut(grid: Grid, heading: Heading) -> Iterator[Problem]:
    """Columns of which the header says that they are not for the public, though the sheet has them as public."""
    read = _names(heading, lambda n: n not in grid.hidden_columns and n not in heading.shut)
    for n in sorted(heading.shut - grid.hidden_columns):
        column = heading.columns[n]
        if column is not None:
            needed = column.required and column.name not in read
            code = "title-shut" if needed else "title-shut-optional"
            yield Problem(code, _at(grid, heading, n), column.title, withholds=needed)


def _names(heading: Heading, where: Callable[[int], bool]) -> set[str]:
    return {c.name for n, c in enumerate(heading.columns) if c is not None and where(n)}
