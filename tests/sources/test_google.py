"""Reading a whole spreadsheet: the real gspread against the local server."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import message
from generator.raw import Error
from generator.sources import google
from tests.sheets_server import Cell, Fault, Tab, serve
from tests.sheets_server.server import Call

from .spreadsheets import ID, Clock, book, by_key, refused

# --- reading ---


def test_fifteen_tabs_take_three_calls_and_nothing_becomes_a_number(clock: Clock) -> None:
    tabs = [Tab(f"第{n}张", [["编号", "件数"], ["007", n], ["１２", Cell(35, "35人")]]) for n in range(15)]
    tabs[3].hidden, tabs[4].hidden_rows = True, {2}
    with serve(book(*tabs)) as server, by_key(server) as client:
        found = google.read(ID, client=client, patience=clock.patience())
    assert server.asked == ["get", "values.batchGet", "values.batchGet"]
    assert found.name == "社区台账"
    assert [g.title for g in found.grids] == [t.title for t in tabs]
    assert found.grids[14].rows == (("编号", "件数"), ("007", "14"), ("１２", "35人"))
    assert found.grids[14].raw == (("编号", "件数"), ("007", 14), ("１２", 35))
    assert clock.slept == []


def test_the_address_in_the_browser_will_do_and_messages_leave_its_query_out(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        address = f" https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing&resourcekey=0-secret#gid=0 "
        found = google.read(address, client=client, patience=clock.patience())
    assert found.grids[0].place == f"https://docs.google.com/spreadsheets/d/{ID}/edit"


def test_a_grid_is_as_people_see_it_with_the_values_beneath(clock: Clock) -> None:
    rows: list[list[Any]] = [
        ["标题", None, None, None],
        [],
        ["", Cell(0.667, "66.7%"), True, Cell(45356, "3月5日")],
        ["#REF!", 1.5, "", datetime(2024, 3, 5, 14, 30)],
        ["   ", None],
    ]
    tab = Tab("混合", rows, merges=[(0, 0, 1, 4)], size=(40, 6))
    with serve(book(tab)) as server, by_key(server) as client:
        grid = google.read(ID, client=client, patience=clock.patience()).grids[0]
    assert grid.rows == (
        ("标题", "", "", ""),
        ("", "", "", ""),
        ("", "66.7%", "TRUE", "3月5日"),
        ("#REF!", "1.5", "", "2024-03-05 14:30:00"),
    )
    assert grid.raw == (
        ("标题", None, None, None),
        (None, None, None, None),
        (None, 0.667, True, date(2024, 3, 5)),
        ("#REF!", 1.5, None, datetime(2024, 3, 5, 14, 30)),
    )
    assert isinstance(grid.raw[3][0], Error)
    assert grid.merged == ((0, 0, 0, 3),)


def test_what_is_hidden_is_flagged_and_said_once_if_there_is_anything_in_it(clock: Clock) -> None:
    rows = [["编号", "电话", "备注", ""], *[[f"A-{n}", "1380000", "", ""] for n in range(5)]]
    tabs = [
        Tab("公开", rows, hidden_rows={2, 900}, filtered_rows={2, 4}, hidden_columns={1, 3, 20}),
        Tab("走访", [["秘密"]], hidden=True, hidden_rows={0}),
        Tab("空的", [], hidden=True),
        Tab("图表", kind="OBJECT"),
    ]
    with serve(book(*tabs)) as server, by_key(server) as client:
        found = google.read(ID, client=client, patience=clock.patience())
    shown, secret, empty = found.grids
    assert (shown.hidden, secret.hidden, empty.hidden) == (False, True, True)
    assert shown.hidden_rows == {2, 4}
    assert shown.hidden_columns == {1}
    assert empty.rows == ()
    said = [(r.code, r.place.sheet, r.found, r.withholds) for r in found.remarks]
    assert said == [
        ("book-hidden-rows", "公开", "3", False),
        ("book-hidden-columns", "公开", "B", False),
        ("google-filtered-rows", "公开", "1", False),
        ("book-hidden-sheet", "走访", "", False),
    ]


def test_an_id_typed_as_a_number_has_lost_its_end_and_is_said(clock: Clock) -> None:
    tab = Tab("人员", [["证件"], [Cell(110101199003071000, "1.10101E+17")]])
    with serve(book(tab)) as server, by_key(server) as client:
        found = google.read(ID, client=client, patience=clock.patience())
    assert [(r.code, r.found) for r in found.remarks] == [("book-long-number", "A2")]


def test_tabs_may_be_called_anything(clock: Clock) -> None:
    titles = ["Sheet1", "D3", "A1:B2", "小'明''", "有!叹号", "😀 表", "a/b?c=d&e#f%", "R1C1", " 前后空格 "]
    with serve(book(*[Tab(t, [[f"是{n}"]]) for n, t in enumerate(titles)])) as server, by_key(server) as client:
        found = google.read(ID, client=client, patience=clock.patience())
    assert [(g.title, g.rows[0][0]) for g in found.grids] == [(t, f"是{n}") for n, t in enumerate(titles)]


def test_an_address_never_grows_too_long_for_a_server() -> None:
    tabs = [google.Tab("很长的名字" * 20, (1, 1))] * 40
    parts = list(google.batches(tabs))
    assert [tab for part in parts for tab in part] == tabs
    assert all(len(part) * 900 <= 6900 for part in parts)
    assert list(google.batches([google.Tab("议题台账", (1, 1))] * 60)) == [[google.Tab("议题台账", (1, 1))] * 60]


# --- numbers that are dates ---

FORMATS = ["{y}年{m}月{d}日", "{m}月{d}日", "{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{d:02}.{m:02}.{yy:02}", "{m}/{d} 周五"]


@given(st.dates(date(1900, 1, 1), date(9999, 12, 31)), st.sampled_from(FORMATS))
def test_a_number_shown_as_a_day_is_that_day(day: date, form: str) -> None:
    shown = form.format(y=day.year, yy=day.year % 100, m=day.month, d=day.day)
    assert google.moment(shown, (day - date(1899, 12, 30)).days) == day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda t: t.replace(microsecond=0)))
def test_a_number_shown_as_a_moment_is_that_moment(when: datetime) -> None:
    serial = (when - datetime(1899, 12, 30)) / timedelta(days=1)
    expected = when if when.time() != datetime.min.time() else when.date()
    assert google.moment(f"{when:%Y-%m-%d %H:%M:%S}", serial) == expected
    assert google.moment(f"{when.month}月{when.day}日 {(when.hour % 12) or 12}:{when.minute:02}", serial) == expected


COUNTS = [
    "{:g}",
    "{:,.0f}",
    "{:,.2f}",
    "￥{:,.2f}",
    "{:.1f}元",
    "{:,.0f}户",
    "{:.2%}",
    "第{:.0f}号",
    "{:.3e}",
    "约{:.0f}-{:.0f}",
]


@given(st.one_of(st.integers(0, 3_000_000), st.floats(0, 3_000_000)), st.sampled_from(COUNTS))
def test_a_number_shown_as_a_number_is_no_day(number: float, form: str) -> None:
    assert google.moment(form.format(number, number), number) is None


@pytest.mark.parametrize(
    ("shown", "serial"),
    [
        ("3月5日", 45357),
        ("2024年3月", 45352),
        ("45356", 45356),
        ("1/2", 0.5),
        ("12:30", 0.52),
        ("3/5", -3),
        ("", 45356),
    ],
)
def test_what_does_not_agree_is_left_a_number(shown: str, serial: float) -> None:
    assert google.moment(shown, serial) is None


# --- somebody edits meanwhile ---


def on(number: int, do: Callable[[], object]) -> Callable[[int, Call], Fault | None]:
    """Do something before the answer of that number."""

    def before(n: int, call: Call) -> None:
        if n == number:
            do()

    return before


@pytest.mark.parametrize("number", [2, 3])
def test_a_tab_renamed_during_the_reading_is_read_under_its_new_name(clock: Clock, number: int) -> None:
    held = book()
    with serve(held) as server, by_key(server) as client:
        server.before = on(number, lambda: setattr(held.tabs[0], "title", "人员名册"))
        found = google.read(ID, client=client, patience=clock.patience())
    assert [g.title for g in found.grids] == ["人员名册"]
    assert len(server.calls) == number + 3


@pytest.mark.parametrize("number", [2, 3])
def test_a_row_put_in_above_a_hidden_one_does_not_bring_it_to_light(clock: Clock, number: int) -> None:
    held = book(Tab("人员", [["表头"], ["公开"], ["隐藏"]], hidden_rows={2}))

    def insert() -> None:
        held.tabs[0].rows.insert(1, ["新的"])
        held.tabs[0].hidden_rows = {3}
        held.tabs[0].size = (1001, 26)

    with serve(held) as server, by_key(server) as client:
        server.before = on(number, insert)
        grid = google.read(ID, client=client, patience=clock.patience()).grids[0]
    assert [row[0] for n, row in enumerate(grid.rows) if n in grid.hidden_rows] == ["隐藏"]


def test_names_that_never_stand_still_end_the_reading(clock: Clock) -> None:
    held = book()
    with serve(held) as server, by_key(server) as client:
        server.before = lambda n, call: setattr(held.tabs[0], "title", f"第{n}次")
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
    assert error.code == "google-changing"
    assert len(server.calls) == 6
    assert sum(clock.slept) < 120


def test_a_row_edited_between_the_two_calls_is_known_by_what_it_shows(clock: Clock) -> None:
    held = book()
    with serve(held) as server, by_key(server) as client:
        server.before = on(3, lambda: held.tabs[0].put(1, 1, "王五"))
        grid = google.read(ID, client=client, patience=clock.patience()).grids[0]
    assert grid.rows[1] == ("007", "张三", "3", "2024-03-05")
    assert grid.raw is not None
    assert grid.raw[1] == ("007", "张三", "3", "2024-03-05")
    assert grid.raw[2] == ("008", "李四", 12, date(2024, 12, 31))


texts = st.lists(st.sampled_from(["", "甲", "35人", "#N/A", "TRUE"]), max_size=6)
values = st.lists(st.sampled_from(["", "甲", "乙", 35, 0, True, "#N/A"]), max_size=6)


@given(texts, values)
def test_values_lie_beneath_their_own_texts_or_nothing_does(shown: list[str], raw: list[Any]) -> None:
    found = google.under(shown, raw)
    assert len(found) == len(shown)
    assert all(not isinstance(v, str) or v == text for v, text in zip(found, shown, strict=True))


# --- words ---


def test_every_code_has_words(root: Path) -> None:
    said = {
        code
        for path in (root / "generator" / "sources").glob("google*.py")
        for code in re.findall(r'"((?:google|book)-[a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(said) > 20
    for code in said:
        assert message(code)["say"], code
        assert message(code)["mend"], code
