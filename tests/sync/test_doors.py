"""Every way in, for real: a Google spreadsheet through gspread, links, workbooks, folders; and what goes wrong on it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.sheets import discover
from generator.sync import Asked, Doors, Outcome, Source, sources, sync
from generator.sync.doors import PASSING
from tests.rows import COMMUNITY
from tests.sheets_server import Book, Server, Tab, broken, cut, html, serve, too_many
from tests.sheets_server.server import KEY
from tests.sources.spreadsheets import ID

from .town import TODAY, Town, codes

LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0"


def spreadsheet(town: Town) -> Book:
    """The volunteers' workbook, kept at Google's."""
    return Book(ID, [Tab(discover()[s].title, [list(line) for line in lines]) for s, lines in town.rows.items()])


def at_google(town: Town, server: Server, **ways: Any) -> Doors:
    usual: dict[str, Any] = {"google": server.base, "environ": {"BUGU_GOOGLE_API_KEY": KEY}}
    return town.doors(**{**usual, **ways})


def bring(town: Town, doors: Doors, *addresses: str) -> Outcome:
    given = Asked(town.records, (Source(COMMUNITY, addresses),), clock=TODAY, today=TODAY)
    return sync(given, doors, lambda *_: None, lambda: None)


def test_a_google_spreadsheet_of_all_sheets_comes_in_by_three_calls(town: Town) -> None:
    book = spreadsheet(town)
    book.tab("议题台账").put(2, 9, "院子西侧和南门晚上看不清路。")
    with serve(book) as server:
        outcome = bring(town, at_google(town, server), LINK)
        assert server.asked == ["get", "values.batchGet", "values.batchGet"]
    assert outcome.problems == []
    assert outcome.changed == [f"{COMMUNITY}/matters.csv"]
    assert town.stands("matters")["XY-2026-002"]["内容"] == "院子西侧和南门晚上看不清路。"


def renamed(book: Book) -> Callable[[int, Any], None]:
    def before(number: int, _: Any) -> None:
        if number % 2:  # somebody renames the tab back and forth between any two calls
            book.tabs[0].title = "改了名" if book.tabs[0].title != "改了名" else "又改了"

    return before


FAULTS: dict[str, tuple[Callable[[Book], Callable[[int, Any], Any]], set[str]]] = {
    "429 for ever": (lambda _: lambda n, call: too_many(), {"google-busy"}),
    "503 for ever": (lambda _: lambda n, call: broken(), {"google-down"}),
    "a page instead": (lambda _: lambda n, call: html(), {"google-down"}),
    "cut in the second answer": (lambda _: lambda n, call: cut() if n > 1 else None, {"google-network", "google-cut"}),
    "renamed while reading": (renamed, {"google-changing"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_at_google_s_ends_in_time_says_what_to_do_and_leaves_the_records(town: Town, fault: str) -> None:
    before, now = town.bytes(), [0.0]
    make, wanted = FAULTS[fault]
    book = spreadsheet(town)

    def sleep(seconds: float) -> None:
        now[0] += seconds

    with serve(book) as server:
        server.before = make(book)
        outcome = bring(town, at_google(town, server, clock=lambda: now[0], sleep=sleep, budget=120.0), LINK)
    assert set(codes(outcome)) <= wanted
    assert outcome.results[0].state == "failed"
    assert outcome.results[0].passing
    assert now[0] <= 121
    assert town.bytes() == before


def test_no_right_or_no_such_spreadsheet_is_said(town: Town) -> None:
    before = town.bytes()
    book = spreadsheet(town)
    book.shared = ""
    with serve(book) as server:
        assert codes(bring(town, at_google(town, server), LINK)) == ["google-not-shared"]
        assert codes(bring(town, at_google(town, server), LINK.replace("1Bugu", "1Bogu"))) == ["google-not-found"]
        assert codes(bring(town, at_google(town, server, environ={}), LINK)) == ["google-no-key"]
    assert town.bytes() == before


def test_one_community_that_fails_never_stops_another(town: Town) -> None:
    town.put("matters", "XY-2026-002", "内容", "院子西侧晚上很暗。")
    both = (Source("dongyuan", (str(town.folder / "theirs" / "no.xlsx"),)), Source(COMMUNITY, (str(town.save()),)))
    outcome = sync(Asked(town.records, both, clock=TODAY, today=TODAY), town.doors(), lambda *_: None, lambda: None)
    assert [r.state for r in outcome.results] == ["failed", "done"]
    assert codes(outcome) == ["source-unknown"] or codes(outcome) == ["book-not-there"]
    assert town.stands("matters")["XY-2026-002"]["内容"] == "院子西侧晚上很暗。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_folder_of_csv_says_the_same_in_every_encoding(town: Town, encoding: str) -> None:
    folder = town.folder / "theirs" / "csv"
    folder.mkdir()
    for sheet, lines in town.rows.items():
        with (folder / f"{discover()[sheet].title}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=";" if encoding == "gb18030" else ",").writerows(lines)
    outcome = bring(town, town.doors(), str(folder))
    assert outcome.problems == []
    assert outcome.changed == []


def test_several_files_make_one_set_of_sheets(town: Town) -> None:
    rows = town.rows
    halves = list(rows)[:4], list(rows)[4:]
    paths = []
    for n, half in enumerate(halves):
        town.rows = {s: rows[s] for s in half}
        paths.append(str(town.save().rename(town.book.with_name(f"{n}.xlsx"))))
    assert bring(town, town.doors(), *paths).changed == []


def test_a_workbook_in_the_site_s_own_folder_is_told_of(town: Town) -> None:
    path = town.save().rename(town.records.parent / "西园.xlsx")
    outcome = bring(town, town.doors(), str(path))
    assert codes(outcome) == ["source-inside"]
    assert outcome.results[0].state == "done"


def test_addresses_come_from_the_environment_where_they_should_not_stand_in_public(town: Town) -> None:
    path = str(town.save())
    assert bring(town, town.doors(environ={"SHEETS": path}), "env:SHEETS").problems == []
    assert codes(bring(town, town.doors(), "env:SHEETS")) == ["source-environment"]


def test_a_link_into_this_machine_is_not_opened(town: Town) -> None:
    assert codes(bring(town, town.doors(), "http://127.0.0.1:9/x.xlsx")) == ["link-private"]


def test_codes_of_passing_faults_have_words() -> None:
    from generator.problems import message

    assert all(message(code)["mend"] for code in PASSING)


def test_the_sources_of_district_toml(town: Town) -> None:
    path = town.records / "district.toml"
    path.write_text(path.read_text("utf-8") + '\n[sources]\nxiyuan = "../a.xlsx"\ndong = ["https://x.cn/a", " env:B "]\n', "utf-8")
    found, faults = sources(town.records)
    assert faults == []
    assert found == (Source("xiyuan", ("../a.xlsx",)), Source("dong", ("https://x.cn/a", "env:B")))


def test_sources_that_nobody_can_follow_are_told_with_their_line(town: Town) -> None:
    path = town.records / "district.toml"
    text = re.sub(r"\n\[notices\][^\[]*", "\n", path.read_text("utf-8"))
    path.write_text(text + '\n[sources]\nxiyuan = 7\ndong = []\n"西 园" = "a.xlsx"\n', "utf-8")
    found, faults = sources(town.records)
    assert found == ()
    assert [p.code for p in faults] == ["source-form", "source-form", "toml-id"]
    first = text.count("\n") + 3
    assert [p.place.row for p in faults][:2] == [first, first + 1]


def test_doors_are_replaceable_and_the_usual_ones_lead_to_google(tmp_path: Path) -> None:
    usual = Doors(root=tmp_path, base=tmp_path, environ={})
    from generator.sources.google_door import API

    assert usual.google == API
    assert not replace(usual).loopback


@pytest.mark.parametrize("id", ["../evil", "procedures", "files", "assets", "西园", ""])
def test_a_community_is_no_path_and_no_folder_of_ours(town: Town, id: str) -> None:
    before = {p: p.read_bytes() for p in town.folder.rglob("*.csv")}
    source = Source(id, (str(town.save()),))
    outcome = sync(Asked(town.records, (source,), clock=TODAY, today=TODAY), town.doors(), lambda *_: None, lambda: None)
    assert codes(outcome) == ["source-community"]
    assert {p: p.read_bytes() for p in town.folder.rglob("*.csv")} == before


def test_what_comes_by_the_environment_is_called_by_its_name_in_every_message(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    outcome = bring(town, town.doors(environ={"SHEETS": str(town.save())}), "env:SHEETS")
    assert [p.place.file for p in outcome.problems] == ["env:SHEETS"]
    assert town.book.name not in outcome.problems[0].line()


@pytest.mark.parametrize("part", ["records", "public", "site", "templates", "docs"])
def test_a_sheet_where_all_can_see_it_is_not_read(town: Town, part: str) -> None:
    folder = town.records.parent / part
    folder.mkdir(exist_ok=True)
    path = town.save().rename(folder / "西园.xlsx")
    assert codes(bring(town, town.doors(), str(path))) == ["source-public"]


def test_a_source_that_breaks_us_stops_no_other(town: Town) -> None:
    town.put("matters", "XY-2026-002", "内容", "院子西侧晚上很暗。")
    both = (Source("dongyuan", ("\0x.xlsx",)), Source(COMMUNITY, (str(town.save()),)))
    outcome = sync(Asked(town.records, both, clock=TODAY, today=TODAY), town.doors(), lambda *_: None, lambda: None)
    assert [r.state for r in outcome.results] == ["failed", "done"]
    assert town.stands("matters")["XY-2026-002"]["内容"] == "院子西侧晚上很暗。"


def test_a_number_in_the_title_of_a_tab_is_not_said(town: Town) -> None:
    path = town.save()
    book = openpyxl.load_workbook(path)
    book.create_sheet("草稿13912345678")["A1"] = "电话"
    book.save(path)
    book.close()
    outcome = bring(town, town.doors(), str(path))
    assert outcome.problems
    assert "13912345678" not in "".join(p.line() + str(p.as_dict()) for p in outcome.problems)
