"""A Google Sheets API v4 on this machine, as far as Bugu uses it, over plain Python lists.

What it answers is held against Google's discovery document and against recorded answers in
``tests/sources/test_sheets_server.py``. It keeps formulas and does not work them out. What it does not know it refuses loudly.

    with serve(Book("BOOK…", [Tab("议题台账", [["编号"], ["BY-2026-001"]])])) as server:
        server.base        # where gspread is sent instead of sheets.googleapis.com
        server.calls       # what was asked
        server.before = … # called before each answer: may change the book, or give a Fault
"""

from .cells import Cell
from .faults import Fault, broken, cut, dripping, html, late, too_many
from .server import Server, serve, service_account_file
from .state import Book, Tab

__all__ = [
    "Book",
    "Cell",
    "Fault",
    "Server",
    "Tab",
    "broken",
    "cut",
    "dripping",
    "html",
    "late",
    "serve",
    "service_account_file",
    "too_many",
]
