"""The local Sheets server against what Google says and does: reading. Sources: ``googles_words.py``."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import gspread
import pytest

from tests.sheets_server import Book, Cell, Server
from tests.sheets_server.masks import KNOWN
from tests.sheets_server.updates import KINDS

from .googles_words import ID, REQUESTS, SCHEMA, error, plain

# --- names ---


def test_every_name_is_one_of_googles() -> None:
    def walk(known: dict[str, Any], path: str) -> None:
        assert set(known) <= set(SCHEMA[path].split()), path
        for name, below in known.items():
            if below:
                walk(below, f"{path}.{name}".lstrip("."))

    walk(KNOWN, "")
    assert {kind: members for kind, (_, members) in KINDS.items()} == REQUESTS


def test_every_answer_has_only_names_that_the_schema_has(server: Server, held: Book) -> None:
    tab = held.tabs[0]
    tab.hidden, tab.hidden_rows, tab.filtered_rows, tab.hidden_columns = True, {1}, {2}, {3}
    tab.notes, tab.merges, tab.extra = {(3, 3): "注"}, [(0, 0, 2, 1)], {(1, 1): {"dataValidation": {}}}

    def walk(value: Any, path: str) -> None:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and path in SCHEMA:
                assert set(one) <= set(SCHEMA[path].split()), path
                for name, below in one.items():
                    walk(below, f"{path}.{name}".lstrip("."))

    walk(plain(server, f"{ID}?includeGridData=true").json(), "")


# --- spreadsheets.get ---


def test_properties_of_a_sheet(server: Server, held: Book) -> None:
    """Recorded (test_worksheets, test_hide_show_worksheet) and measured: these and no others; the first sheet's id is 0;
    ``hidden`` is there only when true."""
    held.tabs[1].hidden = True
    first, second, _ = plain(server, f"{ID}?includeGridData=false").json()["sheets"]
    grid = {"rowCount": 4, "columnCount": 4}
    assert first == {
        "properties": {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID", "gridProperties": grid}
    }
    assert second["properties"]["hidden"] is True


def test_the_sheet_s_id_of_0_is_left_out_of_a_grid_range(server: Server, held: Book) -> None:
    """Recorded (test_batch_merged_cells): merges of the first sheet have four members, and a start of 0 is there."""
    held.tabs[0].merges = [(0, 0, 2, 2)]
    held.tabs[1].merges = [(1, 2, 2, 4)]
    first, second, _ = plain(server, ID).json()["sheets"]
    assert first["merges"] == [{"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}]
    assert second["merges"][0]["sheetId"] == held.tabs[1].id


def test_grid_data_only_when_asked_for_by_mask_or_flag(server: Server) -> None:
    """Discovery: a mask makes ``includeGridData`` be ignored."""
    assert "data" not in plain(server, ID).json()["sheets"][0]
    assert "data" in plain(server, f"{ID}?includeGridData=true").json()["sheets"][0]
    assert plain(server, f"{ID}?includeGridData=true&fields=sheets.properties.title").json()["sheets"][0] == {
        "properties": {"title": "Sheet1"}
    }
    assert list(plain(server, f"{ID}?fields=sheets(data(columnMetadata))").json()["sheets"][0]["data"][0]) == [
        "columnMetadata"
    ]


def test_metadata_for_the_whole_grid_rows_only_to_the_last_with_anything(server: Server, held: Book) -> None:
    """Measured: metadata has full length; ``rowData`` is trimmed and missing where there is none; a start of 0 is left out.
    Recorded (test_auto_resize_columns): a column is 100 wide."""
    held.tabs[0].hidden_rows = {1}
    first, _, empty = plain(server, f"{ID}?includeGridData=true").json()["sheets"]
    assert set(first["data"][0]) == {"rowData", "rowMetadata", "columnMetadata"}
    assert [len(first["data"][0][k]) for k in ("rowData", "rowMetadata", "columnMetadata")] == [4, 4, 4]
    assert first["data"][0]["rowMetadata"][1] == {"pixelSize": 21, "hiddenByUser": True}
    assert first["data"][0]["columnMetadata"][0] == {"pixelSize": 100}
    assert set(empty["data"][0]) == {"rowMetadata", "columnMetadata"}


def test_a_masked_list_keeps_its_places(server: Server, held: Book) -> None:
    """Recorded (test_get_notes_2nd_sheet): rows and cells of which a mask leaves nothing are ``{}``, so that indexes hold;
    a sheet without notes is ``{"data": [{}]}``; sheets that no range touches are left out."""
    held.tabs[1].notes = {(0, 0): "the first time", (2, 1): "two sheets"}
    held.tabs[1].rows = []
    mask = "fields=sheets.data.rowData.values.note"
    found = plain(server, f"{ID}?{mask}&ranges=%27🌵+test%27").json()
    rows = [{"values": [{"note": "the first time"}]}, {}, {"values": [{}, {"note": "two sheets"}]}]
    assert found == {"sheets": [{"data": [{"rowData": rows}]}]}
    assert (
        plain(server, f"{ID}?{mask}&ranges=%27🌵+test%27!A2:C3").json()["sheets"][0]["data"][0]["rowData"] == rows[1:]
    )
    assert plain(server, f"{ID}?{mask}&ranges=D3!A1:B2").json() == {"sheets": [{"data": [{}]}]}
    hidden = plain(server, f"{ID}?fields=sheets.data.rowMetadata.hiddenByUser").json()["sheets"][0]["data"][0]
    assert hidden == {"rowMetadata": [{}, {}, {}, {}]}


def test_a_mistyped_mask_is_refused(server: Server) -> None:
    assert error(plain(server, f"{ID}?fields=sheets.propertys"))["status"] == "INVALID_ARGUMENT"


# --- values ---


def test_values_are_trimmed_at_the_end_alone(sheet: gspread.Spreadsheet) -> None:
    """Recorded (test_get_all_values): empty cells and rows at the end are gone, those between stay, a row may be ``[]``."""
    found = sheet.values_get("'Sheet1'")
    assert found == {
        "range": "Sheet1!A1:D4",
        "majorDimension": "ROWS",
        "values": [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "B4", "", "d4"]],
    }


def test_no_values_at_all_is_no_member_values(sheet: gspread.Spreadsheet) -> None:
    """Recorded (test_get_all_values_title_is_a1_notation)."""
    assert sheet.values_get("'D3'") == {"range": "'D3'!A1:C3", "majorDimension": "ROWS"}


def test_batch_get_answers_in_order_with_the_range_of_the_grid(sheet: gspread.Spreadsheet) -> None:
    """Recorded (test_values_batch_get): unquoted names with a space are understood, answers have them in quotes, and an
    open column is closed at the grid's end."""
    found = sheet.values_batch_get(["🌵 test!A:A", "Sheet1!B:B"])
    assert found["spreadsheetId"] == ID
    assert [v["range"] for v in found["valueRanges"]] == ["'🌵 test'!A1:A10", "Sheet1!B1:B4"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Sheet1", "Sheet1!A1:D4"),  # recorded
        ("'Sheet1'", "Sheet1!A1:D4"),  # recorded
        ("'D3'", "'D3'!A1:C3"),  # recorded: in quotes it is a title
        ("D3", "Sheet1!D3"),  # measured: without, it is a cell of the first sheet
        ("A1:B2", "Sheet1!A1:B2"),
        ("Sheet1!B2:A1", "Sheet1!A1:B2"),  # recorded (test_range_reversed), measured
        ("Sheet1!A1:AA99", "Sheet1!A1:D4"),  # measured: the end is cut off at the grid
        ("Sheet1!A1:A1", "Sheet1!A1"),  # measured: one cell is written once
        ("Sheet1!2:3", "Sheet1!A2:D3"),
        ("Sheet1!A2:B", "Sheet1!A2:B4"),
    ],
)
def test_ranges(sheet: gspread.Spreadsheet, asked: str, answered: str) -> None:
    assert sheet.values_get(asked)["range"] == answered


@pytest.mark.parametrize(
    "asked", ["Nobody", "'Nobody'!A1", "Sheet1!", "Sheet1!A1:[5", "Sheet1!B", "'A1'", "Sheet1!A1:B2!C3"]
)
def test_a_range_of_nothing(server: Server, asked: str) -> None:
    """Reported (invokable/laravel-google-sheets#13, robin900/gspread-formatting#49), measured."""
    found = error(plain(server, f"{ID}/values:batchGet", params={"ranges": asked}))
    assert found == {"code": 400, "message": f"Unable to parse range: {asked}", "status": "INVALID_ARGUMENT"}


def test_a_range_that_begins_beyond_the_grid(server: Server) -> None:
    """Reported (robin900/gspread-dataframe#54), measured."""
    found = error(plain(server, f"{ID}/values:batchGet", params={"ranges": "Sheet1!Z9"}))
    assert found["message"] == "Range (Sheet1!Z9) exceeds grid limits. Max rows: 4, max columns: 4"


CELLS = [2.0, date(2020, 1, 1), "string", 53, 1.5, Cell(0.12, "12%"), datetime(1900, 1, 1, 12), True, "#N/A", "007"]


@pytest.mark.parametrize(
    ("option", "when", "values"),
    [
        (
            "FORMATTED_VALUE",
            "SERIAL_NUMBER",
            ["2", "2020-01-01", "string", "53", "1.5", "12%", "1900-01-01 12:00:00", "TRUE", "#N/A", "007"],
        ),
        ("UNFORMATTED_VALUE", "SERIAL_NUMBER", [2, 43831, "string", 53, 1.5, 0.12, 2.5, True, "#N/A", "007"]),
        (
            "UNFORMATTED_VALUE",
            "FORMATTED_STRING",
            [2, "2020-01-01", "string", 53, 1.5, 0.12, "1900-01-01 12:00:00", True, "#N/A", "007"],
        ),
    ],
)
def test_how_values_are_rendered(
    sheet: gspread.Spreadsheet, held: Book, option: str, when: str, values: list[Any]
) -> None:
    """Recorded (test_get_all_values_date_time_render_options): 2, 43831, 53, 1.5, 0.12; shown, all is text. Discovery:
    noon of 1900-01-01 is 2.5."""
    held.tabs[1].rows = [CELLS]
    found = sheet.values_get("'🌵 test'", params={"valueRenderOption": option, "dateTimeRenderOption": when})
    assert json.dumps(found["values"][0]) == json.dumps(values)


def test_an_option_that_is_none_is_refused(server: Server) -> None:
    assert error(plain(server, f"{ID}/values/Sheet1?valueRenderOption=PRETTY"))["code"] == 400


def test_columns_first(sheet: gspread.Spreadsheet) -> None:
    """Discovery: ``[[1,2],[3,4]]`` becomes ``[[1,3],[2,4]]``."""
    found = sheet.values_get("Sheet1!A1:B2", params={"majorDimension": "COLUMNS"})
    assert found["values"] == [["A1"], ["B1", "b2"]]


def test_values_written(sheet: gspread.Spreadsheet, held: Book) -> None:
    """Recorded (test_batch_update): the counts; (test_add_validation) text instead of a list."""
    data = [
        {"range": "'Sheet1'!A1:D1", "values": [["a", "", None, "1"]]},
        {"range": "'Sheet1'!A4:D4", "values": [["2020-01-01"]]},
    ]
    found = sheet.values_batch_update({"valueInputOption": "USER_ENTERED", "data": data})
    totals = {k: v for k, v in found.items() if k.startswith("total")}
    assert totals == {"totalUpdatedRows": 2, "totalUpdatedColumns": 4, "totalUpdatedCells": 5, "totalUpdatedSheets": 1}
    assert found["responses"][0]["updatedRange"] == "Sheet1!A1:D1"
    assert held.tabs[0].rows[0] == ["a", None, "", 1]
    assert held.tabs[0].rows[3][0] == date(2020, 1, 1)


def test_values_that_are_no_list(server: Server) -> None:
    """Recorded (test_add_validation)."""
    found = error(plain(server, f"{ID}/values/Sheet1!A1?valueInputOption=RAW", "PUT", json={"values": "X"}))
    message = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    assert found["message"] == message
    one = {"description": message, "field": "data.values"}
    assert found["details"] == [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [one]}]


def test_values_cleared(server: Server, held: Book) -> None:
    """Recorded: ``clearedRange``."""
    found = plain(server, f"{ID}/values/%27Sheet1%27:clear", "POST").json()
    assert found == {"spreadsheetId": ID, "clearedRange": "Sheet1!A1:D4"}
    assert not any(cell for row in held.tabs[0].rows for cell in row)
