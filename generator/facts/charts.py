"""The geometry of the charts: whole numbers in the units of a drawing 320 wide. What they say is in the template.

A row has its label on a line of its own and its bars beneath, so that letters stay large on the narrowest phone.
Lengths are in proportion to the values, rounded to whole units so that the parts of a row end exactly where it does;
a value above nought has at least the smallest length that can be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .accountability import OUTCOMES, Age, Days, Group
from .fact import Fact

WIDE = 320
BAR = 250  # the longest bar; the rest of the width is for its figure
SEEN = 3  # the least that a bar is drawn long
LINE, HIGH, GAP = 24, 20, 14  # of a label, a bar, between rows
AGE_KINDS = ("running", "late")
DAY_KINDS = ("half", "most")


@dataclass(frozen=True)
class Part(Fact):
    """One stretch of a bar: its kind (how it is filled), its value, where it starts and how long it is."""

    kind: str
    value: int
    x: int
    width: int


@dataclass(frozen=True)
class Bar(Fact):
    """One bar: its parts from left to right, its top, and the value that stands at its end."""

    parts: tuple[Part, ...]
    y: int
    value: int

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.parts[-1].x + self.parts[-1].width if self.parts else 0


@dataclass(frozen=True)
class Row(Fact):
    """A label at ``y`` (the base line of its letters), and the bars beneath it."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart(Fact):
    """A drawing ``wide`` × ``high``. ``kinds``: how its parts are filled, those that occur, in order; ``high_bar``: of each bar."""

    rows: tuple[Row, ...]
    kinds: tuple[str, ...]
    high: int
    wide: int = WIDE
    high_bar: int = HIGH

    @property
    def empty(self) -> bool:
        return not self.kinds


def cut(values: Sequence[int], full: int, whole: int) -> list[int]:
    """Lengths for the parts of one bar when ``full`` is ``whole`` units long.

    Each part ends at its rounded share of the sum so far, so rounding never adds up; a value above nought gets
    ``SEEN`` at least, taken from the longest. The sum is that of the bar as one, unless its parts need more.
    """
    if full <= 0:
        return [0 for _ in values]
    ends, so_far = [0], 0
    for value in values:
        so_far += value
        ends.append((2 * so_far * whole + full) // (2 * full))
    lengths = [b - a for a, b in pairwise(ends)]
    for n, value in enumerate(values):
        short = SEEN - lengths[n] if value else 0
        if short > 0:
            longest = max(range(len(lengths)), key=lambda i: lengths[i])
            if lengths[longest] - short >= SEEN:
                lengths[longest] -= short
            lengths[n] += short
    return lengths


def _chart(rows: Iterable[tuple[str, Sequence[Sequence[tuple[str, int]]]]], full: int, order: Sequence[str]) -> Chart:
    """Rows of bars of (kind, value); ``full``: the value that is as long as a bar may be."""
    drawn, y, seen = [], 0, set()
    for label, bars in rows:
        base, y = y + LINE - 6, y + LINE
        made = []
        for bar in bars:
            lengths = cut([v for _, v in bar], full, BAR)
            parts, x = [], 0
            for (kind, value), width in zip(bar, lengths, strict=True):
                if value:
                    parts.append(Part(kind, value, x, width))
                    seen.add(kind)
                x += width
            made.append(Bar(tuple(parts), y, sum(v for _, v in bar)))
            y += HIGH + 4
        drawn.append(Row(label, base, tuple(made)))
        y += GAP - 4
    return Chart(tuple(drawn), tuple(k for k in order if k in seen), y)


def of_groups(groups: Iterable[tuple[str, Group]]) -> Chart:
    """A row a group: all its matters in one bar, cut by what became of them."""
    rows = [(label, [list(zip(OUTCOMES, g.outcomes, strict=True))]) for label, g in groups]
    return _chart(rows, max((sum(v for _, v in bars[0]) for _, bars in rows), default=0), OUTCOMES)


def of_days(some: Iterable[Days]) -> Chart:
    """A row a class or step: a bar for the days that half took no more than, and one for nine in ten."""
    known = [(d.label, (d.half, d.most)) for d in some if d.half is not None and d.most is not None]
    full = max((most for _, (_, most) in known), default=0)
    rows = [(label, [[("half", half)], [("most", most)]]) for label, (half, most) in known]
    chart = _chart(rows, full, DAY_KINDS)
    return Chart(chart.rows, DAY_KINDS if rows else (), chart.high)  # nought days is a figure too


def of_ages(labels: Iterable[str], ages: Iterable[Age]) -> Chart:
    """A row an age: the open matters, those in their time and those past it."""
    rows = [
        (label, [[("running", a.n - a.overdue), ("late", a.overdue)]]) for label, a in zip(labels, ages, strict=True)
    ]
    return _chart(rows, max((sum(v for _, v in bars[0]) for _, bars in rows), default=0), AGE_KINDS)


def of_counts(counts: Iterable[tuple[str, int]]) -> Chart:
    """A row a label: one plain bar."""
    rows = [(label, [[("count", n)]]) for label, n in counts]
    return _chart(rows, max((bars[0][0][1] for _, bars in rows), default=0), ("count",))
