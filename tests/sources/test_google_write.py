"""Writing into a spreadsheet: layouts once, notes that come and go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.problems import message
from generator.sources import google, google_write
from tests.sheets_server import Tab, cut, serve, too_many

from .spreadsheets import ID, Clock, book, by_account, refused

# --- writing ---


def test_a_layout_is_one_call_for_everything(clock: Clock, tmp_path: Path, private_key: str) -> None:
    held = book(shared="writer")
    requests: list[dict[str, Any]] = [
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
