"""What is understood survives being written to ``records/`` and read again; and the demo is understood as it is read."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import columns, privacy, writing
from generator.columns import Column, Kind
from generator.raw import Book, Grid
from generator.reading import read_table
from generator.sheets import discover
from generator.typed import Header
from generator.understand import kinds, understand
from generator.understand.cells import Cells

KINDS = {k.name: k for k in (columns.text, columns.long, columns.ident, columns.day, columns.count, columns.money)}
KINDS |= {
    k.name: k
    for k in (columns.area, columns.yes_no, columns.phone, columns.person, columns.choice("通过", "未通过", "无"))
}
PIECES = [
    "2024", "年", "3", "月", "5", "日", "二〇二四", "三", "-", "/", ".", ":", "１２", "十二", "万", "元", "%", "人", "约", "是",
    "否", "√", "无", "通过", "0951", "5550123", "138", "00001111", "张三", "·", "买买提", "（", "）", "\n", "\r\n", " ", "　",
    "\u200b", "\ufeff", "\ue000",
    "⼀", "𠮷", "#REF!", "同上", "DS-1", "，", "。", ",", '"', "'", "=1+1", "E+10", "\x07", "é", "½", "①", "２", "\u2028",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join) | st.text(max_size=12)
RAWS = (
    st.none()
    | st.integers(-(10**16), 10**16)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.booleans()
    | st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1))
    | st.dates()
)


def _cells(kind: Kind, required: bool = False) -> Cells:
    column = Column("列", kind, columns.PUBLIC, required, name="column")
    return Cells(column, kinds.reader(column, Header("列"), {"过": "通过"}, False))


def _survives(kind: Kind, text: str, raw: Any) -> None:
    """Whatever is taken is written, and read again the same, without anything private in it."""
    outcome = _cells(kind).read(Cells.key(text, raw), text, raw)
    assert all(f.code for f in outcome.faults)
    if outcome.value is None:
        return
    column = Column("列", kind, columns.PUBLIC, name="column")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow([writing.cell(column, outcome.value)])
    (line,) = csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True)
    again = columns.clean(line[0])
    assert kind.read(again) == outcome.value
    assert type(kind.read(again)) is type(outcome.value)
    assert privacy.scan(again) == []
    assert columns.without_shape(again) == ""
    if kind.name != "long":
        assert "\n" not in again


@given(st.sampled_from(sorted(KINDS)), TEXTS, RAWS)
def test_what_is_taken_can_be_written_and_read_again(kind: str, text: str, raw: Any) -> None:
    _survives(KINDS[kind], text, raw)


@given(st.sampled_from(["count", "money", "area", "phone", "id", "text"]), st.integers(0, 10**16))
def test_numbers_shown_cut_short_can_be_written_and_read_again(kind: str, number: int) -> None:
    _survives(KINDS[kind], f"{number:.2E}", number)
    _survives(KINDS[kind], str(number), number)


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)), st.booleans())
def test_days_however_they_are_shown(day: date, bare: bool) -> None:
    text = f"{day.year}年{day.month}月{day.day}日"
    raw = None if bare else datetime(day.year, day.month, day.day)
    assert _cells(columns.day).read(text, text, raw).value == day
    _survives(columns.day, text, raw)


@given(st.decimals(0, 999999999, places=2), st.integers(0, 10**9))
def test_numbers_as_spreadsheets_show_them(amount: Decimal, number: int) -> None:
    assert _cells(columns.money).read("", f"{amount:,.2f}", float(amount)).value == amount
    if not privacy.scan(str(number)):
        assert _cells(columns.count).read("", f"{number:,}", number).value == number


# --- the demo -------------------------------------------------------------------------------------------------------


def _grids(folder: Path, titled: bool) -> list[Grid]:
    grids = []
    for path in sorted(folder.glob("*.csv")):
        sheet = discover().get(path.stem)
        if sheet is not None and not sheet.counts:
            rows = tuple(map(tuple, csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))))
            grids.append(Grid(sheet.title if titled else sheet.id, rows, f"{folder.name}.xlsx"))
    return grids


@pytest.mark.parametrize("titled", [True, False])
def test_the_demo_is_understood_as_it_is_read(demo: Path, titled: bool) -> None:
    folders = [demo, *sorted(p for p in demo.iterdir() if p.is_dir() and p.name != "procedures")]
    seen = 0
    for folder in folders:
        understood = understand(Book(folder.name, tuple(_grids(folder, titled))), discover())
        assert [p.line() for p in understood.problems if p.withholds] == []
        for id, table in understood.tables.items():
            path = folder / f"{id}.csv"
            rows, held, _ = read_table(path.read_bytes(), table.sheet, "x", path.name)
            got = [privacy.publish(r.sheet, "x", r.place, r.values).as_dict() for r in table.rows]
            assert got == [r.as_dict() for r in rows.values()]
            assert [[type(v) for v in row.values()] for row in got] == [
                [type(v) for v in r.as_dict().values()] for r in rows.values()
            ]
            assert [r.place.row for r in table.rows] == [r.place.row for r in rows.values()]
            assert (held, table.lost, table.broken) == ([], [], False)
            seen += len(got)
    assert seen > 500
