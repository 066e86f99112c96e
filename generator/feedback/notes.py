"""Notes on the cells of a Google spreadsheet that are to be mended. They go away when they are; nobody else's is touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..problems import Problem
from ..sources import google
from ..sources.retry import Patience
from . import told
from .told import Cell

_MOST = 3000  # characters of a note; Google takes 50,000, nobody reads them


def by_tab(problems: Iterable[Problem]) -> dict[str, dict[Cell, str]]:
    """Title of a tab → cell → what its note says, several problems numbered.

    A problem of a whole row stands on its first column, one of a whole tab on A1. One of no tab at all stands nowhere.
    """
    found: dict[str, dict[Cell, list[Problem]]] = {}
    for title, own in told.by_sheet(problems).items():
        for problem in own if title else ():
            at = told.at(problem)
            if at is not None:
                found.setdefault(title, {}).setdefault(at, []).append(problem)
    return {title: {at: told.body(own, _MOST) for at, own in cells.items()} for title, cells in found.items()}


def write(
    client: google.Client, spreadsheet: str, problems: Sequence[Problem], patience: Patience | None = None
) -> list[Problem]:
    """Make these Bugu's notes and no others, in two calls; gives the problems that no note could be written for.

    These are the ones of a cell on which a person has a note, and of a tab that has been renamed or deleted since it was
    read. In that second case a note goes away only where another comes in its place or its tab has problems still: a
    tab without problems may be the renamed one. The next sync sets it right. Raises :class:`SourceError`.
    """
    tabs = google.tabs(client, spreadsheet, patience=patience)
    wanted = by_tab(problems)
    gone = [title for title in wanted if title not in tabs]
    notes = {title: cells for title, cells in wanted.items() if title in tabs}
    seen = {title: tab for title, tab in tabs.items() if not gone or title in notes}
    refused = set(google.set_notes(client, spreadsheet, notes, tabs=seen, patience=patience))
    return [
        p for own in told.by_sheet(problems).values() for p in own
        if not p.place.sheet or p.place.sheet in gone or (p.place.sheet, told.at(p)) in refused or told.at(p) is None
    ]  # fmt: skip
