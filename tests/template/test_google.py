"""The same workbook laid out in a Google spreadsheet, through the real gspread against the local Sheets server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from generator import layout
from generator.columns import key, public, ref, text
from generator.sheet import PublicRow, Sheet
from generator.sheets import discover
from generator.sources import google as source
from generator.sources import google_write
from generator.template import design
from generator.template.google import requests
from tests.sheets_server import Book, Server, Tab, serve, service_account_file

ID = "1TemplateTestSpreadsheet_0123456789abcdefghij"
IDS = {"#rule": ("yishi 议事协商会表决",), "#procedure": ("liubu 六步议事法",)}
FEW = {id: discover()[id] for id in ("compounds", "people", "matters", "ledger", "grids", "votes")}
TREES = Sheet(
    "trees", "古树", "A sheet of the tests.",
    tuple(replace(c, name=n) for n, c in {"id": key("编号"), "name": public(text, "树名"), "at": public(ref("compounds"), "小区"),
                                          "who": public(ref("people"), "认养人")}.items()),
    PublicRow,
)  # fmt: skip


@pytest.fixture(scope="module")
def private_key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class Spreadsheet:
    """A spreadsheet on the local server, and the client of a service account that may write."""

    def __init__(self, server: Server, client: source.Client, book: Book) -> None:
        self.server, self.client, self.book = server, client, book

    def lay_out(self, sheets: dict[str, Sheet], *, read: bool = False) -> list[dict[str, Any]]:
        rows = {g.title: g.rows for g in source.read(ID, client=self.client).grids} if read else {}
        wanted = requests(sheets, source.tabs(self.client, ID), IDS, rows)
        if wanted:
            self.server.calls.clear()
            source.layout(self.client, ID, wanted)
            assert self.server.asked == ["batchUpdate"], "one call for everything"
        return wanted


@pytest.fixture
def there(tmp_path: Path, private_key: str) -> Iterator[Spreadsheet]:
    book = Book(ID, [Tab("工作表1")], shared="writer")
    with serve(book) as server:
        file = service_account_file(tmp_path, server, private_key)
        environ = {"GOOGLE_APPLICATION_CREDENTIALS": str(file)}
        found = source.credentials(environ, root=tmp_path / "repository", writing=True)
        client = source.connect(found, base=server.base)
        yield Spreadsheet(server, client, book)
        client.close()


@cache
def tabs(*ids: str) -> dict[str, design.Tab]:
    return {t.sheet.id: t for t in design.tabs(design.groups({id: discover()[id] for id in ids or FEW}, IDS))}


def test_an_empty_spreadsheet_becomes_the_workbook(there: Spreadsheet) -> None:
    there.lay_out(FEW)
    titles = [t.title for t in there.book.tabs]
    assert titles == ["先看这里", "工作表1", *(t.title for t in tabs().values()), "选项"]
    assert [t.title for t in there.book.tabs if t.hidden] == ["选项"]
    grids = {g.title: g for g in source.read(ID, client=there.client).grids}
    for tab in tabs().values():
        assert grids[tab.title].rows[0] == tuple(h.text for h in tab.headings)
        assert grids[tab.title].rows[1][tab.key].startswith(layout.example())
        assert len(grids[tab.title].rows) == 2


def test_headers_are_frozen_noted_coloured_and_warned_of(there: Spreadsheet) -> None:
    there.lay_out(FEW)
    for tab in tabs().values():
        held = there.book.tab(tab.title)
        assert held.grid == {"frozenRowCount": 1, "frozenColumnCount": tab.key + 1}
        assert held.notes == {(0, n): h.note for n, h in enumerate(tab.headings)}
        (protected,) = held.protected
        assert protected["warningOnly"] is True
        assert (protected["range"]["startRowIndex"], protected["range"]["endRowIndex"]) == (0, 2)
        fills = [held.extra[0, n]["userEnteredFormat"]["backgroundColorStyle"] for n in range(len(tab.headings))]
        by_privacy = {h.privacy: fill for h, fill in zip(tab.headings, fills, strict=True)}
        assert len({str(f) for f in by_privacy.values()}) == len(by_privacy)
        assert [fills[n] for n in range(len(fills))] == [by_privacy[h.privacy] for h in tab.headings]


def test_cells_keep_what_is_typed_and_dropdowns_only_warn(there: Spreadsheet) -> None:
    there.lay_out(FEW)
    matters, held = tabs()["matters"], there.book.tab("议题台账")
    for place, heading in enumerate(matters.headings):
        cell = held.extra[999, place]
        wanted = {"date": "DATE", "moment": "DATE_TIME"}.get(heading.column.kind.name, "TEXT")
        assert cell["userEnteredFormat"]["numberFormat"]["type"] == wanted
        rule = cell.get("dataValidation")
        assert bool(rule) == bool(heading.words or heading.target)
        assert rule is None or rule["strict"] is False
        assert rule is None or rule["inputMessage"] == heading.prompt
        assert "dataValidation" not in held.extra[1, place], "the example is no place to choose in"
    by_name = {h.column.name: n for n, h in enumerate(matters.headings)}
    words = held.extra[2, by_name["category"]]["dataValidation"]["condition"]
    assert words["type"] == "ONE_OF_LIST"
    assert [v["userEnteredValue"] for v in words["values"]] == list(matters.headings[by_name["category"]].words)
    rows = held.extra[2, by_name["compound"]]["dataValidation"]["condition"]
    lists = there.book.tab("选项")
    letter = "ABCDEFG"[lists.rows[0].index("小区")]
    assert rows == {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": f"='选项'!${letter}$2:${letter}"}]}


def test_the_lists_are_formulas_over_the_other_tabs(there: Spreadsheet) -> None:
    there.lay_out(FEW)
    titles, formulas = there.book.tab("选项").rows
    assert titles == ["小区", "网格与微网格", "人员", "议题台账", "表决"]
    for title, formula in zip(titles, formulas, strict=True):
        label = "D" if title == "表决" else "B"  # what was voted on
        assert f"FILTER(TRIM('{title}'!$A$2:$A&\" \"&LEFT('{title}'!${label}$2:${label},20))" in formula
        assert f"LEFT('{title}'!$A$2:$A,2)<>\"例:\"" in formula


def test_the_guide_comes_first_and_leads_to_the_tabs(there: Spreadsheet) -> None:
    there.lay_out(FEW)
    guide = there.book.tabs[0]
    assert guide.title == "先看这里"
    links = {
        guide.rows[r][c]: extra["userEnteredFormat"]["textFormat"]["link"]["uri"]
        for (r, c), extra in guide.extra.items()
        if "link" in extra["userEnteredFormat"]["textFormat"]
    }
    assert links == {t.title: f"#gid={there.book.tab(t.title).id}" for t in tabs().values()}
    (protected,) = guide.protected
    (free,) = protected["unprotectedRanges"]
    assert guide.rows[free["startRowIndex"] - 1][0] == layout.words()["guide"]["ask"]


def test_a_second_time_there_is_nothing_to_do(there: Spreadsheet) -> None:
    there.lay_out(FEW)
    before = [(t.title, t.id, [list(r) for r in t.rows]) for t in there.book.tabs]
    assert there.lay_out(FEW) == []
    assert there.lay_out(FEW, read=True) == []
    assert [(t.title, t.id, t.rows) for t in there.book.tabs] == before


def test_what_volunteers_have_is_never_touched(there: Spreadsheet) -> None:
    theirs: list[list[Any]] = [["我们小区的账"], ["标题", "编号"], ["路灯坏了", "DS-2026-001"]]
    there.book.tabs += [
        Tab("议题台账", [list(r) for r in theirs], id=77, notes={(0, 0): "张姐写的"}),
        Tab("账本", [["x"]], id=78),
    ]
    there.lay_out(FEW)
    held = there.book.tab("议题台账")
    assert (held.id, held.rows, held.notes, held.extra, held.protected, held.grid) == (
        77, theirs, {(0, 0): "张姐写的"}, {}, [], {},
    )  # fmt: skip
    assert there.book.tab("账本").rows == [["x"]]
    assert there.book.tab("小区").rows, "the others are added all the same"


def test_an_existing_tab_gets_notes_where_it_has_none(there: Spreadsheet) -> None:
    theirs: list[list[Any]] = [
        ["标题", "随手记", "编号(必填)", "提出日期"],
        ["路灯坏了", "急", "DS-2026-001", "2026.3.5"],
    ]
    there.book.tabs.append(
        Tab("议题台账", [list(r) for r in theirs], id=77, notes={(0, 0): "张姐写的", (1, 1): "别动"})
    )
    there.lay_out(FEW, read=True)
    held = there.book.tab("议题台账")
    assert held.rows == theirs
    by_name = {h.column.name: h.note for h in tabs()["matters"].headings}
    assert held.notes == {(0, 0): "张姐写的", (1, 1): "别动", (0, 2): by_name["id"], (0, 3): by_name["raised_on"]}
    assert (held.extra, held.protected) == ({}, [])
    lists = there.book.tab("选项")
    formula = lists.rows[1][lists.rows[0].index("议题台账")]
    assert "'议题台账'!$C$2:$C&\" \"&LEFT('议题台账'!$A$2:$A,20)" in formula, "where its columns really stand"
    assert there.lay_out(FEW, read=True) == [], "and nothing twice"


def test_a_sheet_that_is_new_in_bugu_comes_to_a_spreadsheet_in_use(there: Spreadsheet) -> None:
    """The hidden tab stays as it is, since other dropdowns point into it."""
    there.lay_out(FEW)
    there.book.tab("小区").put(2, 0, "dongsheng")
    lists = [list(row) for row in there.book.tab("选项").rows]
    there.lay_out({**FEW, "trees": TREES}, read=True)
    trees = there.book.tab("古树")
    assert trees.rows[0] == ["编号*", "树名", "小区", "认养人"]
    conditions = [trees.extra[2, n]["dataValidation"]["condition"] for n in (2, 3)]
    assert [c["values"][0]["userEnteredValue"] for c in conditions] == ["='小区'!$A$2:$A", "='人员'!$A$2:$A"]
    assert there.book.tab("选项").rows == lists
    assert there.book.tab("小区").rows[2] == ["dongsheng"]


def test_without_a_look_at_an_existing_tab_no_dropdown_guesses_its_columns(there: Spreadsheet) -> None:
    there.book.tabs.append(Tab("小区", [["名称", "编号"], ["东胜小区", "dongsheng"]], id=77))
    there.lay_out(FEW)
    matters, held = tabs()["matters"], there.book.tab("议题台账")
    place = next(n for n, h in enumerate(matters.headings) if h.column.name == "compound")
    assert "dataValidation" not in held.extra[2, place]
    assert "小区" not in there.book.tab("选项").rows[0]


def test_numbers_of_tabs_are_the_same_each_time_and_never_taken_ones() -> None:
    first = {r["addSheet"]["properties"]["sheetId"] for r in requests(FEW, {}, IDS) if "addSheet" in r}
    assert first == {r["addSheet"]["properties"]["sheetId"] for r in requests(FEW, {}, IDS) if "addSheet" in r}
    assert all(0 <= n < 2**31 for n in first)
    taken = {f"别的{n}": google_write.Tab(n) for n in first}
    again = {r["addSheet"]["properties"]["sheetId"] for r in requests(FEW, taken, IDS) if "addSheet" in r}
    assert len(again) == len(first)
    assert not again & first


def test_a_moment_has_a_format_with_its_time_and_its_example_is_typed(there: Spreadsheet) -> None:
    there.lay_out({id: discover()[id] for id in ("whistles", "matters", "compounds")})
    tab, held = tabs("whistles", "matters", "compounds")["whistles"], there.book.tab("吹哨报到")
    place = [h.column.name for h in tab.headings].index("blown_at")
    form = held.extra[999, place]["userEnteredFormat"]["numberFormat"]
    assert form == {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"}
    grids = {g.title: g for g in source.read(ID, client=there.client).grids}
    assert grids["吹哨报到"].rows[1][place] == "2026-03-05 09:20"
