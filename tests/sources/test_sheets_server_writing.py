"""The local Sheets server against what Google says and does: updates, permissions, faults. Sources: ``googles_words.py``."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
from google.auth import api_key

from tests.sheets_server import Book, Server, broken, too_many
from tests.sheets_server.server import KEY

from .googles_words import ID, error, plain

# --- batchUpdate, mostly through gspread's own methods ---


def test_replies_mirror_the_requests(sheet: gspread.Spreadsheet) -> None:
    """Discovery; recorded (test_add_del_worksheet): a new sheet's reply has its properties."""
    add = {"addSheet": {"properties": {"title": "worksheet 2", "gridProperties": {"rowCount": 3, "columnCount": 3}}}}
    found = sheet.batch_update({"requests": [add, {"deleteSheet": {"sheetId": 0}}]})
    assert found["spreadsheetId"] == ID
    added, deleted = found["replies"]
    assert deleted == {}
    properties = added["addSheet"]["properties"]
    assert properties.pop("sheetId") > 1000
    grid = {"rowCount": 3, "columnCount": 3}
    assert properties == {"title": "worksheet 2", "index": 3, "sheetType": "GRID", "gridProperties": grid}


def test_all_or_nothing(server: Server, held: Book) -> None:
    """Discovery, limits: one that is not valid, and none is applied."""
    requests_ = [{"addSheet": {"properties": {"title": "new"}}}, {"deleteSheet": {"sheetId": 99}}]
    found = error(plain(server, f"{ID}:batchUpdate", "POST", json={"requests": requests_}))
    assert found["message"].startswith("Invalid requests[1].deleteSheet: ")
    assert [t.title for t in held.tabs] == ["Sheet1", "🌵 test", "D3"]


def test_the_last_sheet_in_sight_cannot_be_hidden(server: Server, held: Book) -> None:
    """Recorded (test_hide_show_worksheet), word for word."""
    held.tabs[1].hidden = held.tabs[2].hidden = True
    hide = {"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}}
    found = error(plain(server, f"{ID}:batchUpdate", "POST", json={"requests": [hide]}))
    words = "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document."
    assert found == {"code": 400, "message": words, "status": "INVALID_ARGUMENT"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"requests": []}, "Must specify at least one request."),  # reported: googleapis/google-api-nodejs-client#1001
        (
            {"requests": [{"paintSheet": {}}]},
            "Unknown name \"paintSheet\" at 'requests[0]'",
        ),  # reported: dotnet-client#2161
        ({"requests": [{"deleteSheet": {"id": 0}}]}, "Unknown name \"id\" at 'requests[0].deleteSheet'"),
        ({"requests": [{"addSheet": {"properties": {"title": "D3"}}}]}, 'A sheet with the name "D3" already exists.'),
    ],
)
def test_a_request_that_is_none(server: Server, body: Any, message: str) -> None:
    found = error(plain(server, f"{ID}:batchUpdate", "POST", json=body))
    assert message in found["message"]


@pytest.mark.parametrize(
    ("request_", "at"),
    [
        ({"addSheet": {"properties": {"name": "x"}}}, "requests[0].addSheet.properties"),
        (
            {"setDataValidation": {"range": {}, "rule": {"condition": {"type": "ONE_OF_LIST", "value": []}}}},
            "requests[0].setDataValidation.rule.condition",
        ),
        (
            {"updateCells": {"fields": "*", "start": {}, "rows": [{"values": [{"userEnteredFormat": {"wrap": "WRAP"}}]}]}},
            "requests[0].updateCells.rows[0].values[0].userEnteredFormat",
        ),
    ],
)
def test_a_name_that_the_schemas_have_not_is_refused_at_any_depth(
    server: Server, request_: dict[str, Any], at: str
) -> None:
    """Discovery; the words as reported: dotnet-client#2161."""
    found = error(plain(server, f"{ID}:batchUpdate", "POST", json={"requests": [request_]}))
    assert found["message"].startswith("Invalid JSON payload received. Unknown name ")
    assert f" at '{at}'" in found["message"]


def test_a_formula_is_kept_and_not_worked_out(server: Server, held: Book) -> None:
    """Discovery, ExtendedValue and CellData: ``userEnteredValue`` is the formula, whatever it comes to."""
    cell = {"userEnteredValue": {"formulaValue": "=1+1"}}
    update = {"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    assert plain(server, f"{ID}:batchUpdate", "POST", json={"requests": [update]}).ok
    fields = "sheets.data.rowData.values(userEnteredValue,formattedValue)"
    found = plain(server, f"{ID}?ranges=Sheet1!A1&fields={fields}").json()
    assert found["sheets"][0]["data"][0]["rowData"][0]["values"] == [cell]
    assert plain(server, f"{ID}/values/Sheet1!A1%3AB1").json()["values"] == [["", "B1"]]


def test_notes_through_gspread(sheet: gspread.Spreadsheet, held: Book) -> None:
    """Recorded (test_get_notes, test_worksheet_notes): an empty note takes it away."""
    tab = sheet.worksheet("D3")
    tab.update_notes({"A1": "read my note", "B2": "Or don't", "C3": "test"})
    assert tab.get_notes() == [["read my note"], ["", "Or don't"], ["", "", "test"]]
    tab.clear_notes(["A1", "C3"])
    assert held.tabs[2].notes == {(1, 1): "Or don't"}


def test_layout_through_gspread(sheet: gspread.Spreadsheet, held: Book) -> None:
    """Recorded: test_freeze, test_update_title, test_hide_columns_rows, test_add_validation, test_add_protected_range_normal,
    test_merge_cells, test_auto_resize_columns, test_format."""
    tab = sheet.get_worksheet(0)
    tab.freeze(rows=2)
    tab.update_title("议题台账")
    tab.hide_columns(0, 2)
    tab.unhide_columns(1, 2)
    tab.hide_rows(2, 3)
    tab.add_validation("B2:B4", gspread.utils.ValidationConditionType.one_of_list, ["是", "否"], strict=True)
    protected = tab.add_protected_range("A1:B1", description="表头")
    tab.merge_cells("C1:D2")
    tab.columns_auto_resize(0, 1)
    tab.format("A1:A2", {"textFormat": {"bold": True}})
    state = held.tabs[0]
    assert (state.title, state.grid, state.hidden_columns, state.hidden_rows) == (
        "议题台账",
        {"frozenRowCount": 2},
        {0},
        {2},
    )
    assert state.extra[3, 1]["dataValidation"]["condition"]["values"] == [
        {"userEnteredValue": "是"},
        {"userEnteredValue": "否"},
    ]
    assert state.extra[1, 0] == {"userEnteredFormat": {"textFormat": {"bold": True}}}
    assert state.merges == [(0, 2, 2, 4)]
    assert state.widths["COLUMNS", 0] == 120
    made = protected["replies"][0]["addProtectedRange"]["protectedRange"]
    assert made["range"] == {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2}
    tab.delete_protected_range(made["protectedRangeId"])
    assert state.protected == []


def test_what_rows_do_not_cover_is_cleared(server: Server, held: Book) -> None:
    """Discovery, UpdateCellsRequest.range."""
    held.tabs[0].notes = {(0, 0): "a", (1, 1): "b", (3, 3): "beyond"}
    area = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    update = {"updateCells": {"range": area, "rows": [{"values": [{"note": "new"}]}], "fields": "note"}}
    assert plain(server, f"{ID}:batchUpdate", "POST", json={"requests": [update]}).ok
    assert held.tabs[0].notes == {(0, 0): "new", (3, 3): "beyond"}
    assert held.tabs[0].rows[0][0] == "A1"


# --- who may ---


def test_not_found_and_not_shared(server: Server, held: Book) -> None:
    """Recorded (test_access_non_existing_spreadsheet, test_access_private_spreadsheet), word for word."""
    assert error(plain(server, "test?includeGridData=false")) == {
        "code": 404,
        "message": "Requested entity was not found.",
        "status": "NOT_FOUND",
    }
    held.shared = "none"
    assert error(plain(server, f"{ID}?includeGridData=false")) == {
        "code": 403,
        "message": "The caller does not have permission",
        "status": "PERMISSION_DENIED",
    }


def test_an_excel_file_in_drive(server: Server, held: Book) -> None:
    """Reported: googleworkspace/php-samples#65, theoephraim/node-google-spreadsheet#651."""
    held.office = True
    found = error(plain(server, ID))
    assert (found["code"], found["status"]) == (400, "FAILED_PRECONDITION")
    assert found["message"] == "This operation is not supported for this document"


def test_keys_and_tokens(server: Server, held: Book) -> None:
    """Measured: none is 403 «unregistered callers», a bad token 401 UNAUTHENTICATED. Reported (vivet/GoogleApi#375): a bad
    key is 400 with the reason API_KEY_INVALID. ``x-goog-api-key`` is how google-auth sends one."""
    held.shared = "link"
    key = {"x-goog-api-key": KEY}
    assert plain(server, ID, headers=key).ok
    assert plain(server, f"{ID}?key={KEY}", headers={}).ok
    assert error(plain(server, ID, headers={}))["message"].startswith("Method doesn't allow unregistered callers")
    bad = error(plain(server, ID, headers={"x-goog-api-key": "nothing"}))
    assert (bad["code"], bad["details"][0]["reason"]) == (400, "API_KEY_INVALID")
    assert error(plain(server, ID, headers={"Authorization": "Bearer x"}))["status"] == "UNAUTHENTICATED"
    assert error(plain(server, f"{ID}:batchUpdate", "POST", headers=key, json={}))["code"] == 401
    held.shared = "writer"
    assert error(plain(server, ID, headers=key))["code"] == 403
    sent: dict[str, str] = {}
    api_key.Credentials(KEY).apply(sent)  # type: ignore[no-untyped-call]
    assert sent == key


# --- faults ---


@pytest.mark.parametrize("after", [None, "30"])
def test_too_many(server: Server, after: str | None) -> None:
    """Limits: 429. Reported (AutomaApp/automa#1877, r-lib/gargle#160): RESOURCE_EXHAUSTED, the message, an ErrorInfo."""
    server.before = lambda n, call: too_many(after)
    response = plain(server, ID)
    found = error(response)
    assert (found["code"], found["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert found["message"].startswith(
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'"
    )
    assert found["details"][0]["@type"] == "type.googleapis.com/google.rpc.ErrorInfo"
    assert response.headers.get("Retry-After") == after


@pytest.mark.parametrize("code", [500, 503, 504])
def test_broken(server: Server, code: int) -> None:
    server.before = lambda n, call: broken(code)
    assert error(plain(server, ID))["code"] == code


def test_what_is_not_known_here_is_said(server: Server) -> None:
    assert error(plain(server, f"{ID}/values/Sheet1!A1:append", "POST", json={}))["status"] == "UNIMPLEMENTED"
