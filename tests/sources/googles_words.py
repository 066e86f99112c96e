"""What Google says of its Sheets API, and how the local server is asked about it.

Each fact in ``test_sheets_server*.py`` names where it was read:

- *discovery*: Google's discovery document of sheets v4, revision 20261019, as google-api-python-client 2.202.0 ships it
  (``googleapiclient/discovery_cache/documents/sheets.v4.json``);
- *recorded*: answers of the true service in burnash/gspread, ``tests/cassettes/`` (Apache/MIT; none is copied here);
- *limits*: https://developers.google.com/workspace/sheets/api/limits;
- *measured*: brekkylab/backlot on GitHub, issue #159 and ``backlot/errors/google.py``, who measured the live service in 2026;
- *reported*: error bodies that users pasted into issues, named with the fact.

Where nothing was found (a 5xx body, the words for a mistyped field mask, quotes round a title in Chinese), the server
follows what is usual at Google, and nothing in ``generator/`` leans on it.
"""

from __future__ import annotations

from typing import Any

import requests
from google.auth.credentials import AnonymousCredentials

from tests.sheets_server import Server

ID = "1ServerTestSpreadsheet_0123456789abcdefghijkl"
TOKEN = "ya29.given-by-the-test"

# Names of the schema, by what they belong to. Discovery, schemas Spreadsheet, Sheet, SheetProperties, GridProperties,
# GridData, RowData, CellData, DimensionProperties, GridRange.
SCHEMA = {
    "": "comments commentsViewMode dataSourceSchedules dataSources developerMetadata namedRanges properties sheets "
    "spreadsheetId spreadsheetUrl",
    "properties": "autoRecalc defaultFormat importFunctionsExternalUrlAccessAllowed iterativeCalculationSettings locale "
    "spreadsheetTheme timeZone title",
    "sheets": "bandedRanges basicFilter charts columnGroups commentAnchors conditionalFormats data developerMetadata "
    "filterViews merges properties protectedRanges rowGroups slicers tables",
    "sheets.properties": "dataSourceSheetProperties gridProperties hidden index rightToLeft sheetId sheetType tabColor "
    "tabColorStyle title",
    "sheets.properties.gridProperties": "columnCount columnGroupControlAfter frozenColumnCount frozenRowCount "
    "hideGridlines rowCount rowGroupControlAfter",
    "sheets.data": "columnMetadata rowData rowMetadata startColumn startRow",
    "sheets.data.rowData": "values",
    "sheets.data.rowData.values": "chipRuns dataSourceFormula dataSourceTable dataValidation effectiveFormat "
    "effectiveValue formattedValue hyperlink note pivotTable textFormatRuns userEnteredFormat userEnteredValue",
    "sheets.data.rowMetadata": "dataSourceColumnReference developerMetadata hiddenByFilter hiddenByUser pixelSize",
    "sheets.data.columnMetadata": "dataSourceColumnReference developerMetadata hiddenByFilter hiddenByUser pixelSize",
    "sheets.merges": "endColumnIndex endRowIndex sheetId startColumnIndex startRowIndex",
}
# Discovery, the …Request schemas.
REQUESTS = {
    "addConditionalFormatRule": "index rule",
    "addProtectedRange": "protectedRange",
    "addSheet": "properties",
    "appendDimension": "dimension length sheetId",
    "autoResizeDimensions": "dataSourceSheetDimensions dimensions",
    "deleteProtectedRange": "protectedRangeId",
    "deleteSheet": "sheetId",
    "insertDimension": "inheritFromBefore range",
    "mergeCells": "mergeType range",
    "repeatCell": "cell fields range",
    "setDataValidation": "filteredRowsIncluded range rule",
    "unmergeCells": "range",
    "updateCells": "fields range rows start",
    "updateDimensionProperties": "dataSourceSheetRange fields properties range",
    "updateSheetProperties": "fields properties",
    "updateSpreadsheetProperties": "fields properties",
}


class Bearer(AnonymousCredentials):
    """The token that the fixture made good."""

    def apply(self, headers: dict[str, str], token: str | None = None) -> None:
        headers["authorization"] = f"Bearer {TOKEN}"

    def before_request(self, request: Any, method: str, url: str, headers: dict[str, str]) -> None:
        self.apply(headers)


def plain(server: Server, path: str, method: str = "GET", **kwargs: Any) -> requests.Response:
    """A request without gspread."""
    kwargs.setdefault("headers", {"Authorization": f"Bearer {TOKEN}"})
    return requests.request(method, f"{server.base}/v4/spreadsheets/{path}", timeout=10, **kwargs)


def error(response: requests.Response) -> dict[str, Any]:
    """The error object, after a look at its form: recorded (403, 404, 400), measured (no ``errors`` list in Sheets)."""
    body = response.json()
    assert list(body) == ["error"]
    found: dict[str, Any] = body["error"]
    assert list(found)[:3] == ["code", "message", "status"]
    assert set(found) <= {"code", "message", "status", "details"}
    assert found["code"] == response.status_code
    assert response.headers["Content-Type"] == "application/json; charset=UTF-8"
    return found
