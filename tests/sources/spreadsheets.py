"""A spreadsheet to read, a client to read it with, a clock that only sleeping moves; what may go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.sources import SourceError, google
from generator.sources.retry import Patience
from tests.sheets_server import Book, Fault, Server, Tab, broken, cut, html, service_account_file, too_many
from tests.sheets_server.server import KEY

ID = "1BuguTestSpreadsheet_0123456789-abcdefghijkl"
PEOPLE: list[list[Any]] = [
    ["编号", "姓名", "人数", "日期"],
    ["007", "张三", 3, date(2024, 3, 5)],
    ["008", "李四", 12, date(2024, 12, 31)],
]


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, **settings: Any) -> Patience:
        return Patience(**{"clock": lambda: self.now, "sleep": self.sleep, "dice": lambda: 0.5, **settings})


def book(*tabs: Tab, **settings: Any) -> Book:
    return Book(ID, list(tabs) or [Tab("人员", [list(row) for row in PEOPLE])], **settings)


@contextmanager
def by_key(server: Server, key: str = KEY) -> Iterator[google.Client]:
    made = google.credentials({"BUGU_GOOGLE_API_KEY": key}, root=Path("/nowhere"))
    with closing(google.connect(made, base=server.base)) as client:
        yield client


@contextmanager
def by_account(server: Server, folder: Path, private_key: str, *, writing: bool = False) -> Iterator[google.Client]:
    file = service_account_file(folder, server, private_key)
    environ = {"GOOGLE_APPLICATION_CREDENTIALS": str(file)}
    made = google.credentials(environ, root=folder / "repository", writing=writing)
    with closing(google.connect(made, base=server.base)) as client:
        yield client


def refused(call: Callable[[], object]) -> SourceError:
    """The error that a call ends in, after a look at whether it can be said and says nothing it must not."""
    with pytest.raises(SourceError) as caught:
        call()
    error = caught.value
    line = error.problem("表格").line()
    assert "{" not in line
    assert str(error) == error.code
    assert error.__context__ is None
    assert error.__cause__ is None
    return error


PASSING: dict[str, tuple[Callable[[], Fault], str]] = {
    "429": (too_many, "google-busy"),
    "500": (lambda: broken(500), "google-down"),
    "503": (broken, "google-down"),
    "502 as a page": (html, "google-down"),
    "cut half-way": (cut, "google-network"),
    "cut half-way, length not announced": (lambda: cut(framed=False), "google-cut"),
    "headers and nothing more": (lambda: cut(0.0), "google-network"),
    "a login page of the network": (lambda: html(200), "google-cut"),
    "hung up without a word": (lambda: Fault(unsaid=True), "google-network"),
}
