"""What the tests of the Google source and of the local Sheets server share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import gspread
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from generator.sources.google_door import Http
from tests.sheets_server import Book, Server, Tab, serve

from .googles_words import ID, TOKEN, Bearer
from .spreadsheets import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def private_key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def held() -> Book:
    """A spreadsheet like the recorded ones."""
    rows = [["A1", "B1", "", "D1"], ["", "b2", "", ""], ["", "", "", ""], ["A4", "B4", "", "d4"]]
    tabs = [Tab("Sheet1", rows, size=(4, 4)), Tab("🌵 test", [["x"]], size=(10, 10)), Tab("D3", size=(3, 3))]
    return Book(ID, tabs, shared="writer")


@pytest.fixture
def server(held: Book) -> Iterator[Server]:
    with serve(held) as server:
        server.tokens[TOKEN] = "https://www.googleapis.com/auth/spreadsheets"
        yield server


@pytest.fixture
def client(server: Server) -> Iterator[gspread.Client]:
    """The real gspread, whose own methods say what they send."""
    made = gspread.Client(Bearer(), http_client=Http)  # type: ignore[no-untyped-call]
    made.http_client.base = server.base  # type: ignore[attr-defined]
    with closing(made.http_client.session):
        yield made


@pytest.fixture
def sheet(client: gspread.Client) -> gspread.Spreadsheet:
    return client.open_by_key(ID)
