"""One worksheet to be marked: where its cells are, which style each has, how wide and high they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ..sources.parts import flag, local
from .markup import Element, Markup, quoted
from .told import Cell, cell, reference

_BEFORE_SHAPES = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
)  # fmt: skip
"""What stands before ``legacyDrawing`` in a worksheet: ISO/IEC 29500-1 §18.3.1.99, in its order."""
_CONTENT = ("v", "is", "f")
_ROW, _COLUMN = 20, 64  # pixels, where a sheet says nothing else


class Row(NamedTuple):
    number: int  # 0-based
    element: Element


class Worksheet:
    """Raises ``ValueError`` for what is no worksheet."""

    def __init__(self, text: str) -> None:
        self.markup = Markup(text)
        data = self.markup.child(self.markup.root, "sheetData")
        if self.markup.root.local != "worksheet" or data is None:
            raise ValueError("not a worksheet")
        self._data = data

    @cached_property
    def _rows(self) -> list[Row]:
        found: list[Row] = []
        number = -1
        for element in self.markup.each("row", within=self._data):
            said = self.markup.attributes(element).get("r")
            number = int(said) - 1 if said else number + 1
            found.append(Row(number, element))
        if any(b.number <= a.number for a, b in pairwise(found)):
            raise ValueError("rows out of their order")
        return found

    def _row(self, number: int) -> Row | None:
        at = bisect_left(self._rows, number, key=lambda r: r.number)
        return self._rows[at] if at < len(self._rows) and self._rows[at].number == number else None

    def _cells(self, row: Row) -> Iterator[tuple[int, Element]]:
        column = -1
        for element in self.markup.each("c", within=row.element):
            said = cell(self.markup.attributes(element).get("r", ""))
            column = said[1] if said else column + 1
            yield column, element

    # --- where a problem goes

    def first_filled(self, row: int) -> int:
        """The first column of a row with something in it; the first of all where the row is empty."""
        found = self._row(row)
        for column, element in self._cells(found) if found else ():
            if any(e.local in _CONTENT for e in self.markup.children(element)):
                return column
        return 0

    @cached_property
    def _merged(self) -> list[tuple[Cell, Cell]]:
        found = []
        for each in self.markup.each("mergeCell"):
            first, _, last = self.markup.attributes(each).get("ref", "").replace("$", "").partition(":")
            corner, other = cell(first), cell(last or first)
            if corner and other:
                found.append((corner, other))
        return found

    def anchor(self, at: Cell) -> Cell:
        """The cell that shows for this one: of merged cells, the first."""
        for (top, left), (bottom, right) in self._merged:
            if top <= at[0] <= bottom and left <= at[1] <= right:
                return top, left
        return at

    # --- styles

    def style(self, at: Cell) -> int:
        """The style a cell has, or would have if it were there."""
        row = self._row(at[0])
        if row is not None:
            found = next((e for c, e in self._cells(row) if c == at[1]), None)
            if found is not None:
                return _number(self.markup.attributes(found).get("s"))
            said = self.markup.attributes(row.element)
            if flag(said, "customFormat"):
                return _number(said.get("s"))
        return next((_number(c.get("style")) for first, last, c in self._columns if first <= at[1] <= last), 0)

    def restyle(self, ours: Collection[int], before: Callable[[int], int]) -> None:
        """Every cell, row and column in a style of ``ours`` gets the one that it had ``before``."""
        for name, attribute in (("c", "s"), ("row", "s"), ("col", "style")):
            for each in self.markup.openings(name):
                style = self.markup.attributes(each).get(attribute)
                if style is not None and _number(style) in ours:
                    self.markup.set(each, attribute, str(before(_number(style))))

    def put_styles(self, styles: Mapping[Cell, int]) -> None:
        """Give cells a style. A cell or a row that is not there yet is put in, empty, where it belongs."""
        by_row: dict[int, dict[int, int]] = {}
        for at, style in sorted(styles.items()):
            by_row.setdefault(at[0], {})[at[1]] = style
        new: list[tuple[int, str]] = []
        for number, cells in by_row.items():
            row = self._row(number)
            if row is None:
                inside = "".join(self._bare((number, column), style) for column, style in cells.items())
                new.append((number, f'<{self._p}row r="{number + 1}">{inside}</{self._p}row>'))
            else:
                self._put_row(row, cells)
        self._put_rows(new)
        self._widen(styles)

    @property
    def _p(self) -> str:
        return self.markup.prefix

    def _bare(self, at: Cell, style: int) -> str:
        return f'<{self._p}c r="{reference(at)}" s="{style}"/>'

    def _put_row(self, row: Row, cells: Mapping[int, int]) -> None:
        there = list(self._cells(row))
        known = dict(there)
        new: dict[int, str] = {}
        for column, style in cells.items():
            if column in known:
                self.markup.set(known[column], "s", str(style), after="r")
                continue
            place = next((e.start for c, e in there if c > column), -1)
            new[place] = new.get(place, "") + self._bare((row.number, column), style)
        for place, bare in new.items():
            if place < 0:
                self.markup.append(row.element, bare)
            else:
                self.markup.replace(place, place, bare)
        if new:
            self._widen_row(row, min(cells), max(cells))
            self._name(there, row.number)

    def _name(self, there: list[tuple[int, Element]], row: int) -> None:
        """Cells without a reference count from the one before: once one is put among them, each needs its own."""
        for column, element in there:
            if "r" not in self.markup.attributes(element):
                self.markup.set(element, "r", reference((row, column)))

    def _widen_row(self, row: Row, first: int, last: int) -> None:
        a, _, b = self.markup.attributes(row.element).get("spans", "").partition(":")
        if a.isdigit() and b.isdigit():
            spans = f"{min(int(a), first + 1)}:{max(int(b), last + 1)}"
            if spans != f"{a}:{b}":
                self.markup.set(row.element, "spans", spans)

    def _put_rows(self, new: list[tuple[int, str]]) -> None:
        last = ""
        for number, text in new:
            at = bisect_left(self._rows, number, key=lambda r: r.number)
            if at == len(self._rows):
                last += text
            else:
                place = self._rows[at].element.start
                self.markup.replace(place, place, text)
        if last:
            self.markup.append(self._data, last)
        if new:
            for number, element in self._rows:
                if "r" not in self.markup.attributes(element):
                    self.markup.set(element, "r", str(number + 1))

    def _widen(self, styles: Mapping[Cell, int]) -> None:
        """The range that the sheet says it takes up must hold the cells that were put in."""
        said = self.markup.child(self.markup.root, "dimension")
        first, _, last = self.markup.attributes(said).get("ref", "").partition(":") if said else ("", "", "")
        top, bottom = cell(first), cell(last or first)
        if said is None or top is None or bottom is None or not styles:
            return
        rows, columns = [r for r, _ in styles], [c for _, c in styles]
        corner = min(top[0], *rows), min(top[1], *columns)
        other = max(bottom[0], *rows), max(bottom[1], *columns)
        if (corner, other) != (top, bottom):
            self.markup.set(said, "ref", f"{reference(corner)}:{reference(other)}")

    # --- widths, heights, shapes

    @cached_property
    def _columns(self) -> list[tuple[int, int, dict[str, str]]]:
        cols = self.markup.child(self.markup.root, "cols")
        said = [self.markup.attributes(e) for e in self.markup.children(cols)] if cols else []
        return [(int(c["min"]) - 1, int(c["max"]) - 1, c) for c in said if "min" in c and "max" in c]

    @cached_property
    def _usual(self) -> dict[str, str]:
        said = self.markup.child(self.markup.root, "sheetFormatPr")
        return self.markup.attributes(said) if said else {}

    def width(self, column: int) -> int:
        """Of a column, in pixels, as near as it can be told without its font."""
        for first, last, said in self._columns:
            if first <= column <= last:
                return 0 if flag(said, "hidden") else int(float(said.get("width", 8.43)) * 7 + 5)
        return int(float(self._usual["defaultColWidth"]) * 7 + 5) if "defaultColWidth" in self._usual else _COLUMN

    def height(self, row: int) -> int:
        """Of a row, in pixels."""
        found = self._row(row)
        said = self.markup.attributes(found.element) if found else {}
        if flag(said, "hidden"):
            return 0
        points = said.get("ht") or self._usual.get("defaultRowHeight")
        return round(float(points) * 4 / 3) if points else _ROW

    def shapes(self, relation: str, namespace: str) -> None:
        """Point the sheet to the part with the shapes of its comments."""
        said = f'<{self._p}legacyDrawing xmlns:r="{quoted(namespace)}" r:id="{quoted(relation)}"/>'
        self.markup.insert_in_order(self.markup.root, _BEFORE_SHAPES, said)

    def shapes_of(self) -> str:
        """The relation to the part with the shapes of its comments; "" where there is none."""
        found = self.markup.child(self.markup.root, "legacyDrawing")
        said = self.markup.attributes(found) if found else {}
        return next((v for k, v in said.items() if local(k) == "id"), "")

    def no_shapes(self) -> None:
        """Take that away again."""
        found = self.markup.child(self.markup.root, "legacyDrawing")
        if found:
            self.markup.remove(found)


def _number(said: str | None) -> int:
    return int(said) if said and said.strip().isdigit() else 0
