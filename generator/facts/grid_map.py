"""一张图: the grids as tiles, compound by compound, and where each stands in the drawing.

A scheme and no map: it has no north and no scale. A drawing is 320 wide, so letters of 14 to 17 are as large on the
narrowest phone as the text around them; what a tile says decides how many stand side by side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..records import Records
from ..sheets.buildings import Building
from ..sheets.compounds import Compound
from ..sheets.duties import Duty
from ..sheets.grids import Grid
from .beat import Beat, beats
from .counts import holders
from .fact import Fact
from .houses import FULL_TIME, LEADER, MICRO, STEWARD, waits, within
from .roster import Post
from .whole import Whole

WIDE, EDGE, INSET, GAP = 320, 8, 8, 6  # of the drawing, from its edge to a grid, from that to a tile, between tiles
INNER = WIDE - 2 * (EDGE + INSET)
NAME, SMALL = 15, 14  # letters in a tile
LINE, TITLE = 21, 30  # the height of a line in a tile, and of a heading
SIDE = 4  # from a tile's edge to its letters
LATIN = 0.58  # how wide a figure or a Latin letter is against a Chinese one


@dataclass(frozen=True)
class Line(Fact):
    """One line of letters: its base line, and whether it is the name."""

    text: str
    y: int
    name: bool = False


@dataclass(frozen=True)
class Tile(Fact):
    """A micro-grid in the drawing. ``label``: what it is called there, without the names of what it lies in.

    ``waits``: whether its leader may be in a row that is being looked into.
    """

    grid: Grid
    label: str
    leaders: tuple[Post, ...]
    buildings: tuple[Building, ...]
    x: int = 0
    y: int = 0
    width: int = 0
    high: int = 0
    lines: tuple[Line, ...] = ()
    waits: bool = False


@dataclass(frozen=True)
class Patch(Fact):
    """A grid in the drawing, with the tiles of its micro-grids; ``lines``: what it says where it has none."""

    beat: Beat
    tiles: tuple[Tile, ...]
    buildings: tuple[Building, ...]
    y: int
    high: int
    lines: tuple[Line, ...]
    waits: bool = False

    @property
    def grid(self) -> Grid:
        return self.beat.grid

    @property
    def full_time(self) -> tuple[Post, ...]:
        return next((s.posts for s in self.beat.slots if s.duty == FULL_TIME), ())

    @property
    def led(self) -> int:
        """How many of its micro-grids somebody leads."""
        return sum(bool(t.leaders) for t in self.tiles)


@dataclass(frozen=True)
class Field(Fact):
    """What one drawing shows: a compound, or the compounds that one grid holds together."""

    id: str
    name: str
    compound: Compound | None
    patches: tuple[Patch, ...]
    high: int
    wide: int = WIDE


@dataclass(frozen=True)
class GridMap(Fact):
    """The whole picture. ``changed``: the last day on which a leader began, or had ended; None where there never was one."""

    fields: tuple[Field, ...]
    compounds: int
    leaders: int
    stewards: int
    changed: date | None

    @property
    def patches(self) -> tuple[Patch, ...]:
        return tuple(p for f in self.fields for p in f.patches)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        return tuple(t for p in self.patches for t in p.tiles)

    @property
    def led(self) -> int:
        return sum(p.led for p in self.patches)

    @property
    def households(self) -> int | None:
        """Of all grids together; None where one does not say."""
        counts = [p.grid.households for p in self.patches]
        return sum(n or 0 for n in counts) if None not in counts else None


# --- letters -------------------------------------------------------------------------------------------------------


def width(text: str, size: int) -> float:
    """About how wide a text is drawn in letters of a size."""
    return size * sum(1 if unicodedata.east_asian_width(c) in "WFA" else LATIN for c in text)


def wrapped(text: str, size: int, room: float) -> tuple[str, ...]:
    """The text in lines of no more than ``room``; a line breaks after 、 where it can. Nothing of it is left out."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece, size) > room:
            lines.append(line)
            line = ""
        for c in piece:
            if line and width(line + c, size) > room:
                lines.append(line)
                line = ""
            line += c
    return tuple([*lines, line] if line else lines)


def _pieces(text: str) -> Iterator[str]:
    rest = text
    while "、" in rest:
        piece, _, rest = rest.partition("、")
        yield piece + "、"
    yield rest


def short(name: str, *around: str) -> str:
    """A name without those of what it lies in, as long as something of its own is left: 嘉木花园第1微网格 → 第1微网格."""
    for outer in around:
        for start in (outer, outer.removesuffix("小区"), outer.removesuffix("网格")):
            rest = name.removeprefix(start) if start else name
            if rest not in (name, "", "网格", MICRO):
                name = rest
                break
    return name


# --- the drawing ---------------------------------------------------------------------------------------------------


def grid_map(whole: Whole, community: str) -> GridMap | None:
    """The picture of a community's grids; None where it has none."""
    records = whole.records
    found = beats(records, community, whole.posts[community], whole.today)
    if not found:
        return None
    leaders: dict[str, list[Post]] = {}
    for post in whole.posts[community]:
        if post.duty.duty == LEADER and post.grid:
            leaders.setdefault(post.grid.id, []).append(post)
    fields = tuple(_field(records, community, id, some, leaders) for id, some in _fields(records, community, found))
    own = records.by(community, Compound, "belongs", "本社区")
    count = {duty: len(holders(records, community, (duty,), whole.today)) for duty in (LEADER, STEWARD)}
    return GridMap(fields, len(own), count[LEADER], count[STEWARD], _changed(whole, community))


def _changed(whole: Whole, community: str) -> date | None:
    days = []
    for duty in whole.records.by(community, Duty, "duty", LEADER):
        days += [duty.since, *([duty.until + timedelta(days=1)] if duty.until else [])]
    return max((day for day in days if day <= whole.today), default=None)


def _fields(records: Records, community: str, found: Iterable[Beat]) -> list[tuple[str, list[Beat]]]:
    """The grids by compound, in the sheet's order; a grid that is in none, or in several, stands by itself."""
    fields: dict[str, list[Beat]] = {}
    for beat in found:
        compound = records.get(community, Compound, beat.grid.compound)
        fields.setdefault(compound.id if compound else beat.grid.id, []).append(beat)
    return list(fields.items())


def _field(records: Records, community: str, id: str, found: Sequence[Beat], leaders: dict[str, list[Post]]) -> Field:
    compound = records.get(community, Compound, found[0].grid.compound)
    patches, y = [], TITLE + EDGE
    for beat in found:
        patch = _patch(records, beat, leaders, y)
        patches.append(patch)
        y += patch.high + EDGE
    return Field(id, compound.name if compound else _together(records, found[0].grid), compound, tuple(patches), y)


def _together(records: Records, grid: Grid) -> str:
    """What a grid that is in no one compound holds: the compounds of its micro-grids, else its scope."""
    below = records.by(grid.community, Grid, "parent", grid.id)
    named = [c for g in below if (c := records.get(grid.community, Compound, g.compound))]
    return "、".join(dict.fromkeys(c.name for c in named)) or grid.scope


def _patch(records: Records, beat: Beat, leaders: dict[str, list[Post]], y: int) -> Patch:
    grid = beat.grid
    some = [_tile(records, g, grid, leaders) for g in records.by(grid.community, Grid, "parent", grid.id)]
    buildings = records.by(grid.community, Building, "grid", grid.id)
    top = y + TITLE
    if not some:
        lines = wrapped(grid.scope, SMALL, INNER)
        drawn = tuple(Line(text, top + 16 + n * LINE) for n, text in enumerate((*lines, "没有再分微网格")))
        return Patch(beat, (), buildings, y, TITLE + LINE * len(drawn) + INSET, drawn, _waits(records, grid))
    tiles: list[Tile] = []
    across = _across(some)
    each = (INNER - (across - 1) * GAP) // across
    for row in (some[n : n + across] for n in range(0, len(some), across)):
        said = [_lines(t, each) for t in row]
        high = LINE * max(len(words) for words in said) + 10
        for n, (tile, words) in enumerate(zip(row, said, strict=True)):
            tiles.append(_placed(tile, words, EDGE + INSET + n * (each + GAP), top, each, high))
        top += high + GAP
    return Patch(beat, tuple(tiles), buildings, y, top - GAP + INSET - y, (), _waits(records, grid))


def _waits(records: Records, grid: Grid) -> bool:
    return waits(records, grid.community, within(records, grid.community, grid.id), grid.compound or "")


def _tile(records: Records, grid: Grid, parent: Grid, leaders: dict[str, list[Post]]) -> Tile:
    compound = records.get(grid.community, Compound, grid.compound)
    label = short(grid.name, compound.name if compound else "", parent.name)
    buildings = records.by(grid.community, Building, "grid", grid.id)
    return Tile(grid, label, tuple(leaders.get(grid.id, ())), buildings, waits=_waits(records, grid))


def _across(tiles: Sequence[Tile]) -> int:
    """How many tiles stand side by side: as many, up to three, as can be without breaking what they say."""
    for across in (3, 2):
        each = (INNER - (across - 1) * GAP) // across - 2 * SIDE
        if all(width(text, size) <= each for t in tiles for text, size in _words(t)):
            rows = -(-len(tiles) // across)
            return -(-len(tiles) // rows)  # four stand two and two, not three and one
    return 1


def _words(tile: Tile) -> list[tuple[str, int]]:
    said = [(tile.label, NAME), (tile.grid.scope, SMALL)]
    if tile.grid.households is not None:
        said.append((f"{tile.grid.households}户", SMALL))
    if not tile.leaders:
        said.append(("正在核对" if tile.waits else "网格长暂缺", SMALL))
    return said


def _lines(tile: Tile, each: int) -> list[tuple[str, bool]]:
    found = []
    for n, (text, size) in enumerate(_words(tile)):
        found += [(line, n == 0) for line in wrapped(text, size, each - 2 * SIDE)]
    return found


def _placed(tile: Tile, lines: Sequence[tuple[str, bool]], x: int, y: int, each: int, high: int) -> Tile:
    drawn = tuple(Line(text, y + 20 + n * LINE, name) for n, (text, name) in enumerate(lines))
    return replace(tile, x=x, y=y, width=each, high=high, lines=drawn)
