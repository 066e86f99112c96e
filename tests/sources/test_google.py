"""Reading from and writing to Google Sheets: the real gspread against the local server."""

from __future__ import annotations

import logging
import re
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import message
from generator.raw import Error
from generator.sources import SourceError, google, google_door, google_write
from generator.sources.retry import Patience, retry_after
from tests.sheets_server import (
    Book,
    Cell,
    Fault,
    Server,
    Tab,
    broken,
    cut,
    dripping,
    html,
    late,
    serve,
    service_account_file,
    too_many,
)
from tests.sheets_server.server import KEY, Call

ID = "1BuguTestSpreadsheet_0123456789-abcdefghijkl"
PEOPLE = [
    ["编号", "姓名", "人数", "日期"],
    ["007", "张三", 3, date(2024, 3, 5)],
    ["008", "李四", 12, date(2024, 12, 31)],
]


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, **settings: Any) -> Patience:
        return Patience(**{"clock": lambda: self.now, "sleep": self.sleep, "dice": lambda: 0.5, **settings})


def book(*tabs: Tab, **settings: Any) -> Book:
    return Book(ID, list(tabs) or [Tab("人员", [list(row) for row in PEOPLE])], **settings)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextmanager
def by_key(server: Server, key: str = KEY) -> Iterator[google.Client]:
    made = google.credentials({"BUGU_GOOGLE_API_KEY": key}, root=Path("/nowhere"))
    with closing(google.connect(made, base=server.base)) as client:
        yield client


@pytest.fixture(scope="session")
def private_key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@contextmanager
def by_account(server: Server, folder: Path, private_key: str, *, writing: bool = False) -> Iterator[google.Client]:
    file = service_account_file(folder, server, private_key)
    environ = {"GOOGLE_APPLICATION_CREDENTIALS": str(file)}
    made = google.credentials(environ, root=folder / "repository", writing=writing)
    with closing(google.connect(made, base=server.base)) as client:
        yield client


def refused(call: Callable[[], object]) -> SourceError:
    """The error that a call ends in, after a look at whether it can be said and says nothing it must not."""
    with pytest.raises(SourceError) as caught:
        call()
    error = caught.value
    line = error.problem("表格").line()
    assert "{" not in line
    assert str(error) == error.code
    assert error.__context__ is None
    assert error.__cause__ is None
    return error


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
    rows = [
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


# --- what goes wrong ---

REFUSALS: dict[str, tuple[Callable[[Server], object], str]] = {
    "not shared": (lambda s: setattr(s.books[ID], "shared", "none"), "google-not-shared"),
    "not there": (lambda s: s.books.clear(), "google-not-found"),
    "an Excel file": (lambda s: setattr(s.books[ID], "office", True), "google-office-file"),
    "a key that is none": (lambda s: s.keys.clear(), "google-login"),
    "an address of nowhere": (lambda s: setattr(s, "before", lambda n, c: html(404)), "google-not-found"),
    "refused as never before": (lambda s: setattr(s, "before", lambda n, c: html(418)), "google-refused"),
}


@pytest.mark.parametrize(("do", "code"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_for_good_is_told_at_once(clock: Clock, do: Callable[[Server], object], code: str) -> None:
    with serve(book()) as server, by_key(server) as client:
        do(server)
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == code
        assert len(server.calls) == 1
    assert clock.slept == []


PASSING: dict[str, tuple[Callable[[], Fault], str]] = {
    "429": (too_many, "google-busy"),
    "500": (lambda: broken(500), "google-down"),
    "503": (broken, "google-down"),
    "502 as a page": (html, "google-down"),
    "cut half-way": (cut, "google-network"),
    "cut half-way, length not announced": (lambda: cut(framed=False), "google-cut"),
    "headers and nothing more": (lambda: cut(0.0), "google-network"),
    "a login page of the network": (lambda: html(200), "google-cut"),
    "hung up without a word": (lambda: Fault(unsaid=True), "google-network"),
}


@pytest.mark.parametrize(("fault", "code"), PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("number", [1, 3])
def test_what_passes_is_waited_for(clock: Clock, fault: Callable[[], Fault], code: str, number: int) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: fault() if number <= n < number + 3 else None
        found = google.read(ID, client=client, patience=clock.patience())
        assert len(server.calls) == 6
    assert found.grids[0].rows[1][0] == "007"
    assert clock.slept == [0.75, 1.5, 3.0]


@pytest.mark.parametrize(("fault", "code"), PASSING.values(), ids=PASSING)
def test_what_does_not_pass_ends_within_the_budget(clock: Clock, fault: Callable[[], Fault], code: str) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: fault()
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience(budget=100)))
        assert error.code in (code, "google-cut")
        assert len(server.calls) == 9
    assert clock.slept == [0.75, 1.5, 3.0, 6.0, 12.0, 22.5, 22.5, 22.5]
    assert clock.now <= 1100


def test_one_budget_is_for_all_three_calls(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: too_many("30") if n % 2 else None
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience(budget=80)))
        assert error.code == "google-busy"
        assert server.asked == ["get", "get", "values.batchGet", "values.batchGet", "values.batchGet"]
    assert clock.slept == [30.25, 30.25]


def test_the_server_says_how_long_to_wait(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: too_many("42") if n == 1 else None
        google.read(ID, client=client, patience=clock.patience())
    assert clock.slept == [42.25]


def test_a_wait_beyond_the_budget_is_not_begun_but_told(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: too_many("3600")
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
        assert len(server.calls) == 1
    assert clock.slept == []
    assert "60 分钟" in error.problem().mend


@pytest.mark.parametrize(
    ("asked", "at", "seconds"),
    [
        ("7", "", 7.0),
        (" 7 ", "", 7.0),
        ("Wed, 21 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 30.0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:30 GMT", 0.0),
        ("Wed, 21 Oct 2026 07:28:30 GMT", "", 0.0),
        ("-5", "Wed, 21 Oct 2026 07:28:30 GMT", 0.0),
        ("soon", "now", 0.0),
        ("１２", "", 0.0),
        ("", "", 0.0),
        ("9" * 400, "", 999999999.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(asked: str, at: str, seconds: float) -> None:
    assert retry_after({"Retry-After": asked, "Date": at}) == seconds


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True), st.floats(0, 1e6))
def test_a_pause_is_bounded_and_never_less_than_asked(pauses: int, dice: float, after: float) -> None:
    patience = Patience(dice=lambda: dice, clock=lambda: 0.0)
    pause = patience.start().pause(pauses, after)
    assert after <= pause <= after + patience.most
    assert pause > 0


def test_nobody_there(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = google.credentials({"BUGU_GOOGLE_API_KEY": KEY}, root=Path("/nowhere"))
    with closing(google.connect(made, base=f"http://127.0.0.1:{port}")) as client:
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
    assert error.code == "google-network"
    assert len(clock.slept) == 7


@pytest.mark.parametrize("fault", [late(0.8), dripping(0.05, 200)], ids=["silence", "drops"])
def test_a_slow_answer_ends_as_well(fault: Fault) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: fault
        error = refused(lambda: google.read(ID, client=client, patience=Patience(budget=0.3, first=0.05)))
    assert error.code == "google-slow"


def test_a_slow_answer_within_the_budget_is_as_good(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: dripping(0.01, 5)
        assert google.read(ID, client=client, patience=Patience(budget=20)).grids[0].rows[1][0] == "007"


def test_an_answer_that_would_fill_the_memory_is_not_taken_in(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google_door, "LIMITS", replace(google_door.LIMITS, unpacked=100_000))
    with serve(book(Tab("大", [["啊" * 50] * 20] * 100))) as server, by_key(server) as client:
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
    assert error.code == "google-too-big"
    assert server.asked == ["get", "values.batchGet"]


def test_our_own_mistakes_are_not_dressed_up(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google, "_MASK", "sheets.nothing")
    with serve(book()) as server, by_key(server) as client:
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-refused"

        def bug() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            google_door.ask(clock.patience().start(), bug)


# --- who we are, and that nobody learns it ---


def test_a_service_account_reads_what_is_shared_with_it(clock: Clock, tmp_path: Path, private_key: str) -> None:
    with serve(book(shared="reader")) as server:
        with by_account(server, tmp_path, private_key) as client:
            google.read(ID, client=client, patience=clock.patience())
            google.read(ID, client=client, patience=clock.patience())
        with by_key(server) as client:
            assert (
                refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-not-shared"
            )
    assert server.logins == ["https://www.googleapis.com/auth/spreadsheets.readonly"]
    assert len(server.calls) == 7


def test_a_token_that_ran_out_is_fetched_anew_once(clock: Clock, tmp_path: Path, private_key: str) -> None:
    with serve(book(shared="reader")) as server, by_account(server, tmp_path, private_key) as client:
        google.read(ID, client=client, patience=clock.patience())
        server.tokens.clear()
        google.read(ID, client=client, patience=clock.patience())
        assert len(server.logins) == 2
        server.before = lambda n, call: server.tokens.clear()  # type: ignore[func-returns-value]
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-login"
    assert len(server.calls) == 3 + 4 + 2


def test_a_key_that_google_does_not_know_any_more(clock: Clock, tmp_path: Path, private_key: str) -> None:
    with serve(book(shared="reader")) as server, by_account(server, tmp_path, private_key) as client:
        server.refuse_login = True
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-login"
    assert server.calls == []


def test_where_the_key_may_be(tmp_path: Path, private_key: str) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    (tmp_path / "link").symlink_to(repository)
    for name, text in {
        "none.json": "{}",
        "list.json": "[]",
        "text.json": "不是 JSON",
        "half.json": '{"type": "service_',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (repository / "account.json").write_text("{}", encoding="utf-8")

    def code(**environ: str) -> str:
        return refused(lambda: google.credentials(environ, root=repository)).code

    def file(path: Path) -> str:
        return code(GOOGLE_APPLICATION_CREDENTIALS=str(path))

    assert code() == "google-no-key"
    assert code(BUGU_GOOGLE_API_KEY="  ") == "google-no-key"
    assert code(BUGU_GOOGLE_API_KEY="a\nb") == "google-login"
    assert file(tmp_path / "not there.json") == "google-key-file"
    assert file(tmp_path) == "google-key-file"
    assert {file(path) for path in tmp_path.glob("*.json")} == {"google-key-file"}
    assert file(repository / "account.json") == "google-key-inside"
    assert file(tmp_path / "link" / "account.json") == "google-key-inside"
    key = {"BUGU_GOOGLE_API_KEY": KEY}
    assert refused(lambda: google.credentials(key, root=repository, writing=True)).code == "google-key-reads"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "名册.xlsx",
        "https://example.com/spreadsheets/d/" + ID,
        "http://docs.google.com/spreadsheets/d/" + ID,
        "https://docs.google.com/document/d/" + ID,
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml",
        "https://docs.google.com/spreadsheets/d/short/edit",
        "https://docs.google.com.example.com/spreadsheets/d/" + ID,
        ID + "/../../v4",
        "x" * 101,
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert refused(lambda: google.key_of(text)).code == "google-address"


@pytest.mark.parametrize("path", ["d/", "u/1/d/"])
@pytest.mark.parametrize("rest", ["", "/", "/edit", "/edit?gid=0#gid=0", "?usp=sharing", "/view#gid=7"])
def test_what_is_one(path: str, rest: str) -> None:
    assert google.key_of(f"https://docs.google.com/spreadsheets/{path}{ID}{rest}") == ID


def test_no_redirect_carries_the_key_elsewhere(clock: Clock) -> None:
    with serve(book()) as elsewhere, serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: Fault(to=f"{elsewhere.base}{call.path}")
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-refused"
        assert elsewhere.calls == []


FAULTS = {**{name: fault for name, (fault, _) in PASSING.items()}, "forbidden": lambda: html(403)}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_no_key_gets_into_a_log_or_an_error(
    tmp_path: Path, private_key: str, clock: Clock, caplog: pytest.LogCaptureFixture, fault: Callable[[], Fault]
) -> None:
    caplog.set_level(logging.DEBUG)
    held = book(shared="reader")
    with serve(held) as server, by_account(server, tmp_path, private_key) as client:
        google.read(ID, client=client, patience=clock.patience())
        server.before = lambda n, call: fault()
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
        with by_key(server) as client_by_key:
            other = refused(lambda: google.read(ID, client=client_by_key, patience=clock.patience()))
    out = [caplog.text, *[repr(vars(e)) + repr(e) + "".join(traceback.format_exception(e)) for e in (error, other)]]
    secrets = [KEY, *server.tokens, "ya29", private_key[40:80], "PRIVATE KEY", "gserviceaccount"]
    assert len(server.tokens) == 1
    assert not [s for s in secrets if any(s in text for text in out)]


# --- writing ---


def test_a_layout_is_one_call_for_everything(clock: Clock, tmp_path: Path, private_key: str) -> None:
    held = book(shared="writer")
    requests = [
        {"addSheet": {"properties": {"sheetId": 7, "title": "议题台账", "gridProperties": {"frozenRowCount": 1}}}},
        {"repeatCell": {"range": {"sheetId": 7, "endRowIndex": 1}, "cell": {"note": "会公开"}, "fields": "note"}},
    ]
    with serve(held) as server, by_account(server, tmp_path, private_key, writing=True) as client:
        replies = google.layout(client, ID, requests, patience=clock.patience())
    assert server.asked == ["batchUpdate"]
    assert replies[0]["addSheet"]["properties"]["sheetId"] == 7
    assert replies[1] == {}
    assert held.tab("议题台账").notes[0, 25] == "会公开"


def test_a_layout_whose_answer_got_lost_is_not_sent_twice(clock: Clock, tmp_path: Path, private_key: str) -> None:
    held = book(shared="writer")
    requests = [{"addSheet": {"properties": {"title": "议题台账"}}}]
    with serve(held) as server, by_account(server, tmp_path, private_key, writing=True) as client:
        server.before = lambda n, call: too_many() if n == 1 else cut()
        error = refused(lambda: google.layout(client, ID, requests, patience=clock.patience()))
    assert error.code == "google-write-unsure"
    assert len(server.calls) == 2
    assert [t.title for t in held.tabs] == ["人员", "议题台账"]


def test_who_may_only_read_cannot_write(clock: Clock, tmp_path: Path, private_key: str) -> None:
    with serve(book(shared="reader")) as server:
        for writing in (True, False):
            with by_account(server, tmp_path, private_key, writing=writing) as client:
                error = refused(lambda: google.layout(client, ID, [{"deleteSheet": {}}], patience=clock.patience()))
                assert error.code == "google-not-editable"


def test_notes_come_stay_change_and_go_and_other_peoples_stay(clock: Clock, tmp_path: Path, private_key: str) -> None:
    held = book(Tab("人员", [["编号"]], notes={(4, 1): "张姐:再核对一下"}), Tab("议题", [["编号"]]), shared="writer")
    with serve(held) as server, by_account(server, tmp_path, private_key, writing=True) as client:

        def write(notes: dict[str, dict[tuple[int, int], str]]) -> list[tuple[str, tuple[int, int]]]:
            server.calls.clear()
            found = google.tabs(client, ID, patience=clock.patience())
            return google.set_notes(client, ID, notes, tabs=found, patience=clock.patience())

        wrong = {"人员": {(1, 0): "不是编号", (4, 1): "不是电话"}, "议题": {(2, 3): "写成 2024-03-05 这样"}}
        assert write(wrong) == [("人员", (4, 1))]
        assert server.asked == ["get", "batchUpdate"]
        assert held.tabs[0].notes[4, 1] == "张姐:再核对一下"
        assert held.tabs[0].notes[1, 0].split("\n")[:2] == [message("google-note")["say"], "不是编号"]

        assert write(wrong) == [("人员", (4, 1))]
        assert server.asked == ["get"], "the same notes again change nothing"

        assert write({"议题": {(2, 3): "没有这一天"}}) == []
        assert held.tabs[0].notes == {(4, 1): "张姐:再核对一下"}
        assert "没有这一天" in held.tabs[1].notes[2, 3]

        found = google.tabs(client, ID, patience=clock.patience())
        server.calls.clear()
        google.clear_notes(client, ID, tabs=found, patience=clock.patience())
        assert server.asked == ["batchUpdate"]
        assert held.tabs[0].notes == {(4, 1): "张姐:再核对一下"}
        assert held.tabs[1].notes == {}


def test_notes_may_be_sent_again_and_for_a_tab_that_is_gone_are_refused(
    clock: Clock, tmp_path: Path, private_key: str
) -> None:
    held = book(shared="writer")
    with serve(held) as server, by_account(server, tmp_path, private_key, writing=True) as client:
        found = google.tabs(client, ID, patience=clock.patience())
        server.before = lambda n, call: cut() if n == 2 else None
        google.set_notes(client, ID, {"人员": {(1, 1): "缺姓名"}}, tabs=found, patience=clock.patience())
        assert len(server.calls) == 3
        assert "缺姓名" in held.tabs[0].notes[1, 1]
        gone = refused(lambda: google.set_notes(client, ID, {"没有": {}}, tabs=found, patience=clock.patience()))
        assert gone.code == "google-changing"


@given(
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from(["甲", "乙"])),
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from(["甲", "乙"])),
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from(["别人写的", "布谷"])),
)
def test_after_writing_bugus_notes_are_the_wanted_ones_where_nobody_elses_lie(
    before: dict[tuple[int, int], str], wanted: dict[tuple[int, int], str], others: dict[tuple[int, int], str]
) -> None:
    now = {**{cell: google_write.signed(text) for cell, text in before.items()}, **others}
    signed = {cell: google_write.signed(text) for cell, text in wanted.items()}
    after = dict(now)
    for request in google_write.note_requests(google_write.Tab(0, now), signed):
        update = request["updateCells"]
        cell = (update["range"]["startRowIndex"], update["range"]["startColumnIndex"])
        note = update["rows"][0]["values"][0]["note"]
        assert after.get(cell, "") != note
        after[cell] = note
    assert {c: n for c, n in after.items() if n} == {**signed, **others}


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
