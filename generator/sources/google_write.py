"""What Bugu writes into a Google spreadsheet: the layout of the volunteers' workbook, and notes on cells to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..problems import message
from . import SourceError
from .google_door import Client, ask, begin, judge_once, judge_write, key_of
from .retry import Patience

Cell = tuple[int, int]  # row and column, 0-based
_MASK = "sheets(properties(sheetId,title),data(startRow,startColumn,rowData.values.note))"


@dataclass(frozen=True)
class Tab:
    """A tab as writing needs it: its number, and all notes on its cells, whoever wrote them."""

    id: int
    notes: Mapping[Cell, str] = field(default_factory=dict)


def tabs(client: Client, spreadsheet: str, *, patience: Patience | None = None) -> dict[str, Tab]:
    """All tabs by title, in one call. Raises :class:`SourceError`."""
    key, trying = key_of(spreadsheet), begin(client, patience or Patience())
    params = {"fields": _MASK, "prettyPrint": "false"}
    answer = ask(trying, lambda: client.http_client.fetch_sheet_metadata(key, {**params}))
    sheets = answer.get("sheets") if isinstance(answer, dict) else None
    if not isinstance(sheets, list):
        raise SourceError("google-cut")
    return {s["properties"]["title"]: Tab(s["properties"]["sheetId"], dict(_notes(s))) for s in sheets}


def _notes(sheet: Mapping[str, Any]) -> Iterator[tuple[Cell, str]]:
    for part in sheet.get("data", ()):
        for r, row in enumerate(part.get("rowData", ()), part.get("startRow", 0)):
            for c, cell in enumerate(row.get("values", ()), part.get("startColumn", 0)):
                if "note" in cell:
                    yield (r, c), cell["note"]


def layout(
    client: Client, spreadsheet: str, requests: Sequence[Mapping[str, Any]], *, patience: Patience | None = None
) -> list[dict[str, Any]]:
    """Apply ``requests`` (of ``spreadsheets.batchUpdate``), all or none, in one call; gives their replies.

    Raises :class:`SourceError`: ``google-write-unsure`` when the answer got lost, so that it may or may not have
    happened. It is not sent again then: a second time would add the tabs a second time.
    """
    return _update(client, spreadsheet, requests, judge_once, patience)


def set_notes(
    client: Client,
    spreadsheet: str,
    notes_by_tab: Mapping[str, Mapping[Cell, str]],
    *,
    tabs: Mapping[str, Tab],
    patience: Patience | None = None,
) -> list[tuple[str, Cell]]:
    """Make Bugu's notes these and no others, in one call (in none, if they are these already).

    ``notes_by_tab``: title → cell → what to mend. ``tabs``: as :func:`tabs` found them. A note that a person wrote is
    never touched; gives the cells that got no note for that reason. Raises :class:`SourceError`.
    """
    missing = next((title for title in notes_by_tab if title not in tabs), None)
    if missing is not None:
        raise SourceError("google-changing")
    wanted = {title: {cell: signed(text) for cell, text in notes.items()} for title, notes in notes_by_tab.items()}
    requests = [r for title, tab in tabs.items() for r in note_requests(tab, wanted.get(title, {}))]
    if requests:
        _update(client, spreadsheet, requests, judge_write, patience)
    return [(t, c) for t, notes in wanted.items() for c in sorted(notes) if not ours(tabs[t].notes.get(c, ""), True)]


def clear_notes(client: Client, spreadsheet: str, *, tabs: Mapping[str, Tab], patience: Patience | None = None) -> None:
    """Take all of Bugu's notes away, and nobody else's, in one call. Raises :class:`SourceError`."""
    set_notes(client, spreadsheet, {}, tabs=tabs, patience=patience)


def signed(text: str) -> str:
    """A note as it stands on the cell: its first line says that Bugu wrote it, its last when it goes away."""
    words = message("google-note")
    return f"{words['say']}\n{text.strip()}\n{words['mend']}"


def ours(note: str, or_empty: bool = False) -> bool:
    """Whether Bugu wrote a note: by its first line, so a changed text is still known. Change that line with care."""
    return or_empty if not note else note.split("\n", 1)[0].strip() == message("google-note")["say"]


def note_requests(tab: Tab, wanted: Mapping[Cell, str]) -> Iterator[dict[str, Any]]:
    """The requests that turn the notes of a tab into the wanted ones; an empty note takes one away."""
    stale = {cell: "" for cell, note in tab.notes.items() if ours(note)}
    for cell, note in sorted({**stale, **wanted}.items()):
        now = tab.notes.get(cell, "")
        if now == note or not ours(now, True):
            continue
        row, column = cell
        yield {
            "updateCells": {
                "range": {
                    "sheetId": tab.id,
                    "startRowIndex": row,
                    "endRowIndex": row + 1,
                    "startColumnIndex": column,
                    "endColumnIndex": column + 1,
                },
                "rows": [{"values": [{"note": note}]}],
                "fields": "note",
            }
        }


def _update(
    client: Client, spreadsheet: str, requests: Sequence[Mapping[str, Any]], verdict: Any, patience: Patience | None
) -> list[dict[str, Any]]:
    key, trying = key_of(spreadsheet), begin(client, patience or Patience())
    body = {"requests": list(requests)}
    answer = ask(trying, lambda: client.http_client.batch_update(key, body), verdict)
    replies: list[dict[str, Any]] = answer.get("replies", [])
    return replies
