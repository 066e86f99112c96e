"""Notes on a Google spreadsheet: through the real client, they come, and go when the cell is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.feedback import notes
from generator.problems import Place, Problem, message
from generator.sources import SourceError
from tests.sheets_server import Book, Server, Tab, cut, serve
from tests.sources.spreadsheets import ID, Clock, book, by_account

from .books import in_row, of_tab, wrong

PEOPLE, MATTERS = "人员", "议题台账"
Write = Callable[[list[Problem]], list[Problem]]


@pytest.fixture
def held() -> Book:
    return book(Tab(PEOPLE, [["编号"]], notes={(4, 1): "张姐:再核对一下"}), Tab(MATTERS, [["编号"]]), shared="writer")


@pytest.fixture
def server(held: Book) -> Iterator[Server]:
    with serve(held) as server:
        yield server


@pytest.fixture
def write(server: Server, clock: Clock, tmp_path: Path, private_key: str) -> Iterator[Write]:
    with by_account(server, tmp_path, private_key, writing=True) as client:

        def writing(problems: list[Problem]) -> list[Problem]:
            server.calls.clear()
            return notes.write(client, ID, problems, clock.patience())

        yield writing


def test_each_cell_has_one_note_and_several_problems_are_numbered() -> None:
    both = [wrong("C5"), wrong("C5", "x", code="text-one-line"), wrong("C5"), in_row(7), of_tab("名册")]
    found = notes.by_tab([*both, Problem("book-macros", Place("台账.xlsx"), withholds=False)])
    assert {tab: set(cells) for tab, cells in found.items()} == {MATTERS: {(4, 2), (6, 0)}, "名册": {(0, 0)}}
    lines = found[MATTERS][4, 2].split("\n")
    assert [line[:3] for line in lines] == ["1. ", "改法:", "2. ", "改法:"]
    assert found[MATTERS][6, 0] == f"{both[3].says}\n改法:{both[3].mend}"
    assert found["名册"][0, 0].startswith("提醒:")


def test_a_long_note_is_cut_between_problems_and_says_how_many_are_left() -> None:
    found = notes.by_tab(wrong("C5", f"{n}" * 30) for n in range(200))[MATTERS][4, 2]
    assert len(found) <= 3000
    told = found.count("改法:")
    assert found.endswith(f"还有 {200 - told} 处,先改上面的)")
    one = notes.by_tab([wrong("C5", "长" * 60_000)])[MATTERS][4, 2]
    assert len(one) <= 3000
    assert one.endswith("…")


def test_notes_come_and_go_in_two_calls_and_nobody_elses_is_touched(held: Book, server: Server, write: Write) -> None:
    taken = wrong("B5", tab=PEOPLE)
    assert write([wrong("C5"), wrong("A2", tab=PEOPLE), taken]) == [taken]
    assert server.asked == ["get", "batchUpdate"]
    assert held.tab(PEOPLE).notes[4, 1] == "张姐:再核对一下"
    assert held.tab(MATTERS).notes[4, 2].split("\n")[:2] == [message("google-note")["say"], wrong("C5").says]

    assert write([wrong("A2", tab=PEOPLE)]) == []
    assert held.tab(MATTERS).notes == {}
    assert set(held.tab(PEOPLE).notes) == {(4, 1), (1, 0)}

    assert write([]) == []
    assert held.tab(PEOPLE).notes == {(4, 1): "张姐:再核对一下"}


def test_a_tab_renamed_meanwhile_gets_no_note_and_loses_none(held: Book, server: Server, write: Write) -> None:
    write([wrong("C5"), wrong("A2", tab=PEOPLE)])
    held.tab(MATTERS).title = "议题台账2026"
    assert write([wrong("C9"), wrong("A3", tab=PEOPLE)]) == [wrong("C9")]
    assert set(held.tab("议题台账2026").notes) == {(4, 2)}, "whether it is mended nobody knows"
    assert set(held.tab(PEOPLE).notes) == {(4, 1), (2, 0)}
    assert write([wrong("C9", tab="议题台账2026")]) == []
    assert set(held.tab("议题台账2026").notes) == {(8, 2)}
    assert set(held.tab(PEOPLE).notes) == {(4, 1)}


def test_what_has_no_cell_is_handed_back(write: Write) -> None:
    whole = Problem("book-macros", Place("表格"), withholds=False)
    beyond = Problem("date-form", Place("表格", MATTERS, 2, "ZZZZ2"), "x")
    assert write([whole, beyond]) == [whole, beyond]


def test_a_tab_that_goes_between_the_two_calls_is_said(held: Book, server: Server, write: Write) -> None:
    def leave(number: int, _call: Any) -> None:
        if number == 2:
            held.tabs.remove(held.tab(MATTERS))

    server.before = leave
    with pytest.raises(SourceError) as caught:
        write([wrong("C5")])
    assert "{" not in caught.value.problem("表格").line()


def test_an_answer_that_got_lost_is_asked_for_again(held: Book, server: Server, write: Write) -> None:
    server.before = lambda n, call: cut() if n == 2 else None
    assert write([wrong("C5")]) == []
    assert set(held.tab(MATTERS).notes) == {(4, 2)}


def test_who_may_only_read_is_told_so(held: Book, write: Write) -> None:
    held.shared = "reader"
    with pytest.raises(SourceError) as caught:
        write([wrong("C5")])
    assert caught.value.code == "google-not-editable"
