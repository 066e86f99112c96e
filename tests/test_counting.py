"""Counts of private sheets: what is counted, the file in ``records/``, and what a file must not say."""

from __future__ import annotations

import pickle
import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import counting, privacy
from generator.problems import Problem
from generator.sheet import Sheet
from generator.sheets import discover
from generator.sheets.ledger import COLOURS
from generator.sheets.mediations import KINDS, OUTCOMES
from tests.attacker import Printed, worked_out

TODAY = date(2026, 6, 17)
GRIDS = ("g1", "g2", "g3")
KNOWN = {"grids": GRIDS}
SHEETS = discover()
LEDGER, VISITS, MEDIATIONS, WHISPERS = (SHEETS[x] for x in ("ledger", "visits", "mediations", "whispers"))
COUNTED = [s for s in SHEETS.values() if s.counts]
FILE = "records/nanhua/ledger.csv"


def count(sheet: Sheet, rows: list[dict[str, Any]], **more: Any) -> privacy.CountTable:
    return counting.count(sheet, "nanhua", rows, KNOWN, TODAY, **more)


def households(*numbers: int) -> list[dict[str, Any]]:
    """Rows of the ledger: so many of each colour in g1, then in g2 …"""
    places = [(g, c) for g in GRIDS for c in COLOURS]
    return [
        {"grid": g, "colour": c, "head": "张小三", "address": "3号楼2单元501", "id": f"TZ-{n}"}
        for (g, c), times in zip(places, numbers, strict=False)
        for n in range(times)
    ]


MANY = households(20, 40, 25, 90, 23, 33, 24, 80, 3, 41, 27, 77)


def read(raw: bytes, sheet: Sheet = LEDGER) -> tuple[privacy.CountTable | None, list[Problem]]:
    return counting.read(raw, sheet, "nanhua", FILE)


# --- what is counted ------------------------------------------------------------------------------------------------


def test_a_table() -> None:
    table = count(LEDGER, MANY)
    assert (table.sheet, table.community, table.titles, table.unit, table.least) == (
        "ledger", "nanhua", ("网格", "颜色"), "户", 10,
    )  # fmt: skip
    assert table.labels == (GRIDS, COLOURS)
    assert counting.write(table).decode() == (
        "网格,颜色,数量\n"
        "g1,红,20\ng1,黄,40\ng1,蓝,25\ng1,橙,90\ng2,红,23\ng2,黄,33\ng2,蓝,24\ng2,橙,80\n"
        "g3,红,少于10\ng3,黄,41\ng3,蓝,27\ng3,橙,77\n"
        "g1,合计,175\ng2,合计,160\ng3,合计,不列\n合计,红,不列\n合计,黄,114\n合计,蓝,76\n合计,橙,247\n合计,合计,不列\n"
    )


def test_totals_are_printed_where_nothing_is_hidden() -> None:
    table = count(LEDGER, households(20, 40, 25, 90, 23, 33, 24, 80, 13, 41, 27, 77))
    assert table.cells["g3", "合计"].number == 158
    assert table.cells["合计", "合计"].number == 493


def test_months_are_counted_when_they_are_over() -> None:
    """June is not there on 17 June; a visit of last year's May is too old, one of next week not yet made."""
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2025, 6, 1), date(2025, 5, 31), date(2026, 7, 1)]
    table = count(VISITS, [{"grid": "g1", "on": day} for day in days for _ in range(7)])
    assert table.labels[1] == (*(f"2025-{m:02}" for m in range(6, 13)), *(f"2026-{m:02}" for m in range(1, 6)))
    assert {k: c.number for k, c in table.cells.items() if c.number and k[0] == "g1"} == {
        ("g1", "2025-06"): 7,
        ("g1", "2026-05"): 7,
    }


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 1, 1), "2025-01", "2025-12"),
        (date(2026, 12, 31), "2025-12", "2026-11"),
        (date(2024, 2, 29), "2023-02", "2024-01"),
    ],
)
def test_the_months(today: date, first: str, last: str) -> None:
    found = counting.months(today)
    assert (len(found), found[0], found[-1]) == (12, first, last)


def test_no_total_over_months_is_printed() -> None:
    """Next month's total less this month's would be what the new month hides less what the oldest did."""
    rows = [{"grid": g, "on": date(2026, m, 1)} for g in GRIDS for m in range(1, 6) for _ in range(30)]
    cells = count(VISITS, rows).cells
    assert {c.shown for k, c in cells.items() if k[1] == "合计"} == {"不列"}
    assert cells["合计", "2026-05"].number == 90


def test_yes_and_no_are_labels() -> None:
    rows = [{"on": date(2026, 5, 1), "answered": a} for a in [True] * 30 + [False] * 8]
    table = count(WHISPERS, rows)
    assert table.labels[1] == ("是", "否")
    assert (table.cells["2026-05", "是"].number, table.cells["2026-05", "否"].number) == (30, 8)


@pytest.mark.parametrize("sheet", COUNTED, ids=lambda s: s.id)
def test_the_labels_do_not_tell_what_the_rows_have(sheet: Sheet) -> None:
    """A table of no rows has the cells of any other, and nothing is printed in them but 少于 and 不列."""
    table = count(sheet, [])
    assert {c.number for c in table.cells.values()} == {None}
    raw = counting.write(table)
    assert raw.count(b"\n") == 1 + len(table.cells)
    assert read(raw, sheet) == (table, [])


def test_a_row_that_lacks_a_dimension_is_not_counted() -> None:
    rows = [*MANY, {"grid": "g1"}, {"colour": "红"}, {"grid": None, "colour": None}, {"grid": "g99", "colour": "红"},
            {"grid": "g1", "colour": "紫"}]  # fmt: skip
    assert count(LEDGER, rows) == count(LEDGER, MANY)


def test_without_any_grid_nothing_is_said() -> None:
    table = counting.count(LEDGER, "nanhua", MANY, {}, TODAY)
    assert {c.shown for c in table.cells.values()} == {"不列"}


def test_only_a_counted_sheet_is_counted() -> None:
    with pytest.raises(TypeError):
        count(SHEETS["matters"], [])
    with pytest.raises(TypeError):
        counting.read(b"", SHEETS["editors"], "nanhua", FILE)


def test_the_order_of_rows_makes_no_difference() -> None:
    shuffled = list(MANY)
    random.Random(1).shuffle(shuffled)
    assert counting.write(count(LEDGER, shuffled)) == counting.write(count(LEDGER, MANY))


def test_nothing_private_is_left_in_the_table() -> None:
    table = count(LEDGER, MANY)
    said = repr(table).encode() + pickle.dumps(table) + counting.write(table)
    for secret in ("张小三", "501", "TZ-", "number=3,", "number=3)"):
        assert secret.encode() not in said
    hidden = table.cells["g3", "红"], table.cells["g3", "合计"]
    assert [[getattr(c, name) for name in type(c).__slots__] for c in hidden] == [["少于10", None], ["不列", None]]
    assert not any(hasattr(c, "__dict__") for c in hidden)
    assert pickle.loads(pickle.dumps(table)) == table


def test_two_tables_that_differ_in_hidden_numbers_alone_are_the_same() -> None:
    more = households(20, 40, 25, 90, 23, 33, 24, 80, 3, 41, 27, 77)
    moved = households(20, 40, 25, 90, 23, 33, 24, 80, 9, 41, 27, 77)
    assert counting.write(count(LEDGER, more)) == counting.write(count(LEDGER, moved))


def test_one_row_more_never_tells_what_a_hidden_number_was() -> None:
    """With totals, 9 → 10 beside a total that grew by one would say that it was 9."""
    before = count(LEDGER, households(20, 40, 25, 90, 23, 33, 24, 80, 9, 41, 27, 77))
    now = count(LEDGER, households(20, 40, 25, 90, 23, 33, 24, 80, 10, 41, 27, 77), before=before)
    assert before.cells["g3", "合计"].number is before.cells["合计", "合计"].number is None
    assert now.cells["合计", "合计"].number == 490


def test_of_two_small_numbers_the_total_never_says_whether_it_is_small() -> None:
    """不列 where it were 少于10 at other times would say that neither is 0."""
    prospects = SHEETS["prospects"]
    kinds = prospects.column("kind").kind.choices
    files = {
        counting.write(count(prospects, [{"kind": kinds[0]}] * one + [{"kind": kinds[1]}] * other))
        for one in range(10) for other in range(10)
    }  # fmt: skip
    assert len(files) == 1


def test_a_grid_that_is_gone_stays_in_the_months_that_have_it() -> None:
    """Without it each total were less by just its number, and what stood beside it would be printed."""
    on = date(2026, 5, 3)
    rows = [{"grid": g, "on": on} for g, times in (("g1", 30), ("g2", 20), ("g3", 3)) for _ in range(times)]
    before = count(VISITS, rows)
    assert (before.cells["g3", "2026-05"].shown, before.cells["合计", "2026-05"].shown) == ("少于5", "53")
    now = counting.count(VISITS, "nanhua", rows, {"grids": ("g1", "g2")}, TODAY, before)
    assert counting.write(now) == counting.write(before)
    assert worked_out([counting.write(before), counting.write(now)], 5) == []


def test_the_table_of_before_may_have_other_labels() -> None:
    before = counting.count(LEDGER, "nanhua", MANY, {"grids": ["g0", "g1", "g3"]}, TODAY)
    table = count(LEDGER, MANY, before=before)
    assert table.labels[0] == GRIDS
    assert Printed(counting.write(table), 10).learnt() == []
    months = counting.count(VISITS, "nanhua", [], KNOWN, date(2026, 5, 2))
    assert count(VISITS, [], before=months) == count(VISITS, [])


@settings(max_examples=40)
@given(st.lists(st.sampled_from([0, 1, 4, 9, 10, 15, 40]), min_size=12, max_size=12))
def test_an_attacker_gets_nothing_from_the_file(numbers: list[int]) -> None:
    raw = counting.write(count(LEDGER, households(*numbers)))
    assert Printed(raw, 10).learnt() == []


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(OUTCOMES), st.integers(1, 12)), max_size=25))
def test_a_file_read_and_written_again_is_the_same(some: list[tuple[str, str, int]]) -> None:
    table = count(MEDIATIONS, [{"kind": k, "outcome": o} for k, o, times in some for _ in range(times)])
    raw = counting.write(table)
    again, problems = read(raw, MEDIATIONS)
    assert problems == []
    assert again == table
    assert counting.write(again) == raw


# --- what a file must not say ---------------------------------------------------------------------------------------

GOOD = (  # with totals, as a hand might add them: sound, for no hidden number follows
    "网格,颜色,数量\n"
    "g1,红,不列\ng1,黄,40\ng1,蓝,不列\ng1,橙,90\ng2,红,23\ng2,黄,33\ng2,蓝,24\ng2,橙,80\n"
    "g3,红,少于10\ng3,黄,41\ng3,蓝,不列\ng3,橙,77\n"
    "g1,合计,175\ng2,合计,160\ng3,合计,148\n合计,红,46\n合计,黄,114\n合计,蓝,76\n合计,橙,247\n合计,合计,483\n"
)


def told(text: str | bytes) -> list[tuple[str, str]]:
    table, problems = read(text if isinstance(text, bytes) else text.encode())
    assert (table is None) == bool(problems)
    for p in problems:
        assert p.line().startswith(FILE)
    return [(p.code, p.place.cell or str(p.place.row or "")) for p in problems]


def test_a_good_file() -> None:
    assert told(GOOD) == []
    assert told("\ufeff" + GOOD.replace("\n", "\r\n") + ",,\r\n") == []


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("g3,红,少于10", "g3,红,3", [("count-small", "C10")]),
        ("g3,红,少于10", "g3,红,0", [("count-small", "C10")]),
        ("g1,红,不列", "g1,红,20", [("count-derivable", "C4"), ("count-derivable", "C10"), ("count-derivable", "C12")]),
        ("g1,红,不列", "g1,红,少于10", [("count-sum", "")]),
        ("g1,黄,40", "g1,黄,41", [("count-sum", "")]),
        ("合计,合计,483", "合计,合计,482", [("count-sum", "")]),
        ("g3,红,少于10", "g3,红,少于5", [("count-cell", "C10")]),
        ("g3,红,少于10", "g3,红,", [("count-cell", "C10")]),
        ("g1,黄,40", "g1,黄,040", [("count-cell", "C3")]),
        ("g1,黄,40", "g1,黄,４０", [("count-cell", "C3")]),
        ("g1,黄,40", "g1,黄,-40", [("count-cell", "C3")]),
        ("g1,黄,40", "g1,黄,40.0", [("count-cell", "C3")]),
        ("g1,黄,40", "g1,黄,1234567890", [("count-cell", "C3")]),
        ("g1,黄,40", "g1,紫,40", [("count-label", "B3")]),
        ("g1,黄,40", "第一网格,黄,40", [("count-label", "A3")]),
        ("g1,黄,40", "g1,黄,40\ng1,黄,40", [("count-twice", "4")]),
        ("g1,黄,40\n", "", [("count-missing", "")]),
        ("g1,合计,175\n", "", [("count-missing", "")]),
        ("g1,黄,40", "g1,黄", [("row-ragged", "3")]),
        ("g1,黄,40", 'g1,黄,"40', [("count-file", "")]),
        ("网格,颜色,数量", "网格,颜色,户数", [("count-header", "1")]),
        ("网格,颜色,数量\n", "", [("count-header", "1")]),
        (GOOD, "", [("count-header", "1")]),
    ],
)  # fmt: skip
def test_a_file_changed_by_hand(old: str, new: str, problems: list[tuple[str, str]]) -> None:
    assert old in GOOD
    assert told(GOOD.replace(old, new, 1)) == problems


def test_a_file_in_another_encoding() -> None:
    assert told(GOOD.encode("gb18030")) == [("count-file", "1")]


def test_a_message_never_tells_a_small_number() -> None:
    _, problems = read(GOOD.replace("g3,红,少于10", "g3,红,7").encode())
    assert [p.found for p in problems] == [""]
    assert "7" not in problems[0].says + problems[0].mend


@pytest.mark.parametrize(
    ("label", "good"),
    [
        ("2026-05", True),
        ("2026-13", False),
        ("2026-5", False),
        ("2026-00", False),
        ("五月", False),
        ("２０２６-05", False),
    ],
)
def test_a_month_is_written_so(label: str, good: bool) -> None:
    raw = counting.write(count(VISITS, [])).decode().replace("2026-05", label)
    _, problems = read(raw.encode(), VISITS)
    assert ({p.code for p in problems} == set()) is good


@given(st.text(alphabet=st.sampled_from('网格颜色数量,\n红黄g1合计不列少于10"49'), max_size=60))
def test_any_file_is_read_or_told(text: str) -> None:
    told("网格,颜色,数量\n" + text)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_told(raw: bytes) -> None:
    told(raw)
