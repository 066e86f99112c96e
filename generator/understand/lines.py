"""The rows under a header that are records, told from totals, notes, examples and headers that come again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from ..columns import COUNTED, ID, Column, clean
from ..raw import Error, Grid
from ..typed import Header
from ..typed.said import fold
from . import examples
from .heading import Heading, title

RECORD, ONLY_ID, STRAY, BANNER, EXAMPLE = "record", "only-id", "stray", "banner", "example"

Cells = tuple[str, ...]
Beneath = tuple[Any, ...]

_TOTAL = re.compile(
    r"(?:本[页月季年周表]度?|全[年部]|以上|总|月|年|(?:19|20)\d\d年度?|\d{1,2}月份?)*"
    r"(?:合计|小计|总计|共计|累计|总数|总和|汇总|平均值?|平均数|均值|total)[数人户件]*[:：]?[\d.,%元件户人次条项个位名()]*",
    re.ASCII | re.IGNORECASE,
)
_NOTE_WORD = r"(?:备注|附注|注|说明|填[表报写]|制表|审核|复核|审批|审定|单位|日期)(?:人员?|者|单位|部门|负责人|日期|时间|说明|要求)?"
_NOTE = re.compile(rf"{_NOTE_WORD}(?:\d{{0,2}} ?[:：]|[ \d(（]|$)")
_NOTE_IN_KEY = re.compile(r"备注|附注|注|说明|填[表报写]|制表|审核|复核|审批|单位|日期|必填|选填|格式|请|如")
_NOTE_WITH_COLON = re.compile(rf"{_NOTE_WORD} ?\d{{0,2}} ?[:：]")
_REMARK = re.compile(r"备注|附注|注|说明")
_FULL = 3  # so many cells are no remark, whatever the first of them says


@dataclass(frozen=True)
class Reading:
    """The columns of a tab that are read: where each stands, which it is, what stands over it, and all that its header
    rows say; ``key``: which of them is the key, or None; ``examples``: what the template's example says in each."""

    places: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    headers: tuple[Header, ...] = ()
    words: tuple[frozenset[str], ...] = ()
    key: int | None = None
    examples: tuple[str, ...] = ()

    @classmethod
    def of(cls, heading: Heading, hidden: frozenset[int]) -> Reading:
        """The first column of each title that is not hidden, nor said to be not for the public."""
        found: dict[str, int] = {}
        for n, column in enumerate(heading.columns):
            if column is not None and n not in hidden and n not in heading.shut:
                found.setdefault(column.name, n)
        places = tuple(sorted(found.values()))
        columns = tuple(c for c in (heading.columns[n] for n in places) if c is not None)
        key = next((n for n, c in enumerate(columns) if c.key), None)
        headers = tuple(heading.titles[n] for n in places)
        return cls(places, columns, headers, tuple(heading.words[n] for n in places), key)


@dataclass(frozen=True, slots=True)
class Line:
    """One row that says something. ``index``: 0-based; ``cells``, ``beneath``: of the columns that are read."""

    index: int
    what: str
    cells: Cells
    beneath: Beneath


def lines(grid: Grid, last: int, reading: Reading) -> Iterator[Line]:
    """The rows below ``last`` that are records, or that an editor should be told of. Hidden rows are passed over."""
    if not reading.places:
        return
    pick = _picker(reading.places)
    nothing = (None,) * len(reading.places)
    spread = _spread(grid, last, reading.places)
    wide = {top for top, left, _, right in grid.merged if right > left}
    alone = all(c.key or not (c.required or c.privacy == COUNTED) for c in reading.columns)  # the key says it all
    for n in range(last + 1, len(grid.rows)):
        row = grid.rows[n]
        if n in grid.hidden_rows or not any(row):
            continue
        cells = pick(row)
        beneath = nothing if grid.raw is None else pick(grid.raw[n])
        what = _what(cells, beneath, reading, n in wide)
        if what and n in spread:
            cells, beneath = _with(cells, beneath, spread[n])
            what = _what(cells, beneath, reading, n in wide)
        if what == ONLY_ID and alone:
            what = RECORD
        if what:
            yield Line(n, what, cells, beneath)


def _picker(places: tuple[int, ...]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    return itemgetter(*places)


def _spread(grid: Grid, last: int, places: tuple[int, ...]) -> Mapping[int, dict[int, tuple[str, Any]]]:
    """What a cell merged downwards says in the rows below its first: row → position among ``places`` → text, value."""
    spread: dict[int, dict[int, tuple[str, Any]]] = {}
    at = {n: k for k, n in enumerate(places)}
    for top, left, bottom, _ in grid.merged:
        if left not in at or not last < top < len(grid.rows) or top in grid.hidden_rows:
            continue
        if grid.rows[top][left].strip():
            said = grid.rows[top][left], None if grid.raw is None else grid.raw[top][left]
            for row in range(top + 1, min(bottom + 1, len(grid.rows))):
                spread.setdefault(row, {})[at[left]] = said
    return spread


def _with(cells: Cells, beneath: Beneath, spread: Mapping[int, tuple[str, Any]]) -> tuple[Cells, Beneath]:
    texts, values = list(cells), list(beneath)
    for k, (text, value) in spread.items():
        texts[k], values[k] = text, value
    return tuple(texts), tuple(values)


def _what(cells: Cells, beneath: Beneath, reading: Reading, wide: bool) -> str:
    """What a row is; "" for one that says nothing: blank, a total, a note, the template's example, the header again."""
    if reading.key is not None and ID.fullmatch(cells[reading.key]):
        others = any(c and n != reading.key and _says(c, beneath[n]) for n, c in enumerate(cells))
        return RECORD if others else ONLY_ID
    filled = {n: fold(clean(c)).strip() for n, c in enumerate(cells) if _says(c, beneath[n])}
    filled = {n: text for n, text in filled.items() if text}
    key = filled.get(reading.key, "") if reading.key is not None else ""
    if reading.key is not None and examples.is_marked(key):
        return "" if examples.is_bare(filled, reading.key, reading.examples, reading.columns) else EXAMPLE
    if not filled or _passed_over(filled, key, reading):
        return ""
    if len(filled) > 1:
        return RECORD
    if key and ID.fullmatch(key):
        return ONLY_ID
    return BANNER if wide else STRAY


def _says(text: str, beneath: Any) -> bool:
    """Whether a cell says anything. A box that is not ticked and a formula without a result stand in blank rows too."""
    return beneath is not False and bool(text.strip()) and not (isinstance(beneath, Error) and not text)


def _passed_over(filled: Mapping[int, str], key: str, reading: Reading) -> bool:
    if key and ID.fullmatch(key):
        return False
    first = re.sub(r"\s+", "", key or next(iter(filled.values())))
    return bool(_TOTAL.fullmatch(first)) or _is_note(filled, key) or _is_header(filled, key, reading)


def _is_note(filled: Mapping[int, str], key: str) -> bool:
    """注:…; 填表人:… and 审核:… side by side; 必填 under 编号. A full row is none, though 说明 stands in its key."""
    if _REMARK.match(key) and len(filled) >= _FULL:
        return all(_NOTE_WITH_COLON.match(text) for text in filled.values())
    if key and _NOTE_IN_KEY.match(key):
        whole = _NOTE_IN_KEY.fullmatch(key) or _NOTE_WITH_COLON.match(key)
        return len(filled) == 1 or bool(whole)
    if len(filled) == 1:
        return bool(_NOTE.match(next(iter(filled.values()))))
    return all(_NOTE_WITH_COLON.match(text) for text in filled.values())


def _is_header(filled: Mapping[int, str], key: str, reading: Reading) -> bool:
    if key and reading.key is not None and title(key).title in reading.words[reading.key]:
        return True
    return len(filled) > 1 and all(title(text).title in reading.words[n] for n, text in filled.items())
