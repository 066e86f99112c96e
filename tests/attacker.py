"""Someone who wants to know what a table of counts hides. Knows the printed file and what its words mean, nothing else.

Shares no line with ``generator/suppression.py``: reads the CSV itself, narrows intervals and tries numbers one by one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice, pairwise, product

import highspy

Cell = tuple[str, ...]
Line = tuple[Cell, list[Cell]]
Span = tuple[int, int]
TOTAL, UNLISTED = "合计", "不列"
MUCH = 10**12


class Printed:
    """A table as it is printed: ``shown`` has the text of each cell; ``spans`` what each text says by itself."""

    def __init__(self, raw: bytes, least: int) -> None:
        _, *lines = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""))
        self.least = least
        self.few = f"少于{least}"
        self.shown: dict[Cell, str] = {tuple(line[:-1]): line[-1] for line in lines}
        assert len(self.shown) == len(lines)
        self.lines = list(self._lines())
        self.spans = {cell: self._span(cell) for cell in self.shown}

    def _lines(self) -> Iterator[Line]:
        for total in (c for c in self.shown if TOTAL in c):
            for place in (i for i, label in enumerate(total) if label == TOTAL):
                parts = [
                    c for c in self.shown
                    if c[place] != TOTAL and all(x == y for i, (x, y) in enumerate(zip(c, total, strict=True)) if i != place)
                ]  # fmt: skip
                yield total, parts

    def _says_nothing(self, cell: Cell) -> bool:
        """An unlisted total of two small numbers, or one of totals of which none is printed in that direction."""
        for total, parts in self.lines:
            if total == cell and [self.shown[p] for p in parts] == [self.few] * 2:
                return True
        for place in (i for i, label in enumerate(cell) if label == TOTAL):
            if all(text == UNLISTED for c, text in self.shown.items() if c[place] == TOTAL):
                return True
        return False

    def _span(self, cell: Cell) -> Span:
        text = self.shown[cell]
        if text == self.few:
            return 0, self.least - 1
        if text == UNLISTED:
            return (0 if self._says_nothing(cell) else self.least), MUCH
        return int(text), int(text)

    @property
    def small(self) -> list[Cell]:
        """The numbers that are under ``least``, and the totals that may be."""
        few = [c for c, text in self.shown.items() if text == self.few]
        maybe = [
            total for total, parts in self.lines
            if self.shown[total] == UNLISTED and self._says_nothing(total) and all(self.shown[p] == self.few for p in parts)
        ]  # fmt: skip
        return list(dict.fromkeys(few + maybe))

    @property
    def sums(self) -> set[Cell]:
        """The totals of nothing but printed numbers: anybody can add them up, and they are no secret."""
        found: set[Cell] = set()
        for total, parts in [*self.lines, *self.lines]:
            found |= {total} if all(self.shown[p].isdigit() or p in found for p in parts) else set()
        return found

    @property
    def unlisted(self) -> list[Cell]:
        return [c for c, text in self.shown.items() if text == UNLISTED]

    # --- the first way: intervals, and trying what is left -----------------------------------------------------------

    def _narrow(self, spans: dict[Cell, Span]) -> dict[Cell, Span] | None:
        spans, changed = dict(spans), True
        while changed:
            changed = False
            for total, parts in self.lines:
                low, high = sum(spans[p][0] for p in parts), sum(spans[p][1] for p in parts)
                wanted = {total: (low, high)}
                for p in parts:
                    wanted[p] = (spans[total][0] - (high - spans[p][1]), spans[total][1] - (low - spans[p][0]))
                for cell, (least, most) in wanted.items():
                    new = max(spans[cell][0], least), min(spans[cell][1], most)
                    if new[0] > new[1]:
                        return None
                    changed |= new != spans[cell]
                    spans[cell] = new
        return spans

    def _complete(self, spans: dict[Cell, Span], tries: list[int]) -> dict[Cell, int] | None:
        tries[0] -= 1
        assert tries[0] > 0, "the attacker gave up"
        narrowed = self._narrow(spans)
        if narrowed is None:
            return None
        open_ = [c for c, (low, high) in narrowed.items() if low < high]
        if not open_:
            return {c: low for c, (low, _) in narrowed.items()}
        cell = min(open_, key=lambda c: narrowed[c][1] - narrowed[c][0])
        low, high = narrowed[cell]
        for part in ((low, low), (low + 1, high)):
            found = self._complete({**narrowed, cell: part}, tries)
            if found:
                return found
        return None

    def possible(self, cell: Cell, number: int) -> bool:
        """Whether some table of whole numbers prints like this one and has that number there."""
        low, high = self.spans[cell]
        if not low <= number <= high:
            return False
        found = self._complete({**self.spans, cell: (number, number)}, [20_000])
        if found:
            assert all(found[total] == sum(found[p] for p in parts) for total, parts in self.lines)
            assert all(self.spans[c][0] <= n <= self.spans[c][1] for c, n in found.items())
        return bool(found)

    # --- the second way: all tables, one after the other (small ones only) -------------------------------------------

    def all_tables(self, most: int) -> Iterator[dict[Cell, int]]:
        """Every table that prints like this one and has no number over ``most`` in a cell that is not listed."""
        inner = [c for c in self.shown if TOTAL not in c]
        ranges = [
            range(low, min(high, most) + 1) if low < high else (low,) for low, high in (self.spans[c] for c in inner)
        ]
        for numbers in product(*ranges):
            table = dict(zip(inner, numbers, strict=True))
            for total, parts in self.lines:  # rows and columns stand before the grand total
                table[total] = sum(table[p] for p in parts)
            if all(self.spans[c][0] <= table[c] <= self.spans[c][1] for c in table):
                yield table

    # --- what they get -----------------------------------------------------------------------------------------------

    def learnt(self) -> list[tuple[Cell, str]]:
        """What follows of hidden numbers besides what their own words say; empty for a table that keeps its word."""
        found = []
        for cell in self.small:
            impossible = [n for n in range(self.least) if not self.possible(cell, n)]
            if impossible:
                found.append((cell, f"not {impossible}"))
        for cell in (c for c in self.unlisted if c not in self.small and c not in self.sums):
            spans = self._narrow(self.spans)
            assert spans is not None
            low, high = spans[cell]
            some = (n for n in range(low, high + 1) if self.possible(cell, n))
            if high < MUCH and len(list(islice(some, 2))) < 2:
                found.append((cell, "known"))
        return found


def worked_out(raws: list[bytes], least: int) -> list[Cell]:
    """The small numbers that someone can narrow who has every edition of a table, one after the other, and knows besides
    that rows were only ever added. Each is called by the number of its edition and its labels.

    Linear programmes over all editions at once; the matrix is that of a network, so both ends are whole numbers.
    """
    each = [Printed(raw, least) for raw in raws]
    spans = {(str(n), *cell): span for n, one in enumerate(each) for cell, span in one.spans.items()}
    sums = [((str(n), *t), [(str(n), *part) for part in parts]) for n, one in enumerate(each) for t, parts in one.lines]
    for n, (one, other) in enumerate(pairwise(each)):
        for cell in (c for c in one.shown if TOTAL not in c and c in other.shown):
            spans["more", str(n), *cell] = 0, MUCH
            sums.append(((str(n + 1), *cell), [(str(n), *cell), ("more", str(n), *cell)]))
    places = {cell: n for n, cell in enumerate(spans)}
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for low, high in spans.values():
        solver.addVar(low, high if high < MUCH else highspy.kHighsInf)
    for total, parts in sums:
        cells = [total, *parts]
        solver.addRow(0, 0, len(cells), [places[c] for c in cells], [1.0] + [-1.0] * len(parts))
    small = [(str(n), *cell) for n, one in enumerate(each) for cell in one.small if TOTAL not in cell]
    return [cell for cell in small if (_end(solver, places[cell], 1), _end(solver, places[cell], -1)) != (0, least - 1)]


def _end(solver: highspy.Highs, place: int, sign: int) -> int:
    solver.changeColCost(place, float(sign))
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = round(solver.getSolution().col_value[place])
    solver.changeColCost(place, 0.0)
    return found
