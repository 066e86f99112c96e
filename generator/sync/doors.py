"""The ways in: an address as a person gives it → a :class:`generator.raw.Book`, whatever is behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from ..problems import Place, Problem
from ..raw import Book
from ..sources import SourceError

WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls", ".et", ".xlsb")
_GOOGLE, _ENVIRONMENT = "google:", "env:"
PUBLIC = ("records", "site", "public", "templates", "docs")
API = "https://sheets.googleapis.com"
# Codes of faults that no volunteer can mend in a sheet: the network's, another computer's, or how this one is set up.
PASSING = frozenset(
    (
        *("google-busy", "google-down", "google-network", "google-slow", "google-cut", "google-changing", "google-refused"),
        *("google-login", "google-no-key", "google-key-file", "google-api-off", "source-environment"),
        *("link-busy", "link-server", "link-slow", "link-cut", "link-host"),
    )
)


@dataclass(frozen=True)
class Source:
    """Where a community's sheets are; several addresses make one set of sheets."""

    community: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Doors:
    """What reading from outside needs, so that tests can put a local server or a clock of their own in its place.

    ``root``: the checkout, in which no private file may lie; paths are taken from ``base``. ``google``: where the API is.
    ``loopback``: this machine's own addresses count as public; for tests alone.
    """

    root: Path
    base: Path
    environ: Mapping[str, str]
    google: str = API
    loopback: bool = False
    clock: Callable[[], float] = time.monotonic
    budget: float = 120.0
    sleep: Callable[[float], None] = field(default=time.sleep)


def plain(address: str, doors: Doors) -> str:
    """The address itself where ``env:NAME`` names it. Raises :class:`SourceError`."""
    if not address.startswith(_ENVIRONMENT):
        return address
    name = address.removeprefix(_ENVIRONMENT)
    found = doors.environ.get(name, "").strip()
    if not found:
        raise SourceError("source-environment", name=name)
    return found


def is_link(address: str) -> bool:
    """Whether an address is one of the network, not a file."""
    return address.startswith((_GOOGLE, "http://", "https://"))


def google_key(address: str) -> str:
    """The spreadsheet that an address names; "" if it is none of Google's. Raises :class:`SourceError`."""
    try:
        named = address.startswith(_GOOGLE) or urlsplit(address).hostname == "docs.google.com"
    except ValueError:
        named = False
    if not named:
        return ""
    from ..sources import google  # half a second, that no file has to wait

    return google.key_of(address.removeprefix(_GOOGLE))


def open_book(address: str, doors: Doors) -> Book:
    """All tabs behind one address. Raises :class:`SourceError`, which never quotes an address or a cell.

    What comes by ``env:NAME`` is called so in every message: the address is a key to the sheet.
    """
    if address.startswith(_ENVIRONMENT):
        return _called(_open(plain(address, doors), doors), address)
    return _open(address, doors)


def _called(book: Book, name: str) -> Book:
    grids = tuple(replace(grid, place=name) for grid in book.grids)
    return Book(name, grids, tuple(replace(p, place=replace(p.place, file=name)) for p in book.remarks))


def _open(address: str, doors: Doors) -> Book:
    if key := google_key(address):
        return _google(key, doors)
    if is_link(address):
        from ..sources import internet, link

        return link.read(address, opener=internet.Internet(loopback=doors.loopback), clock=doors.clock)
    return _file(address, doors)


def _google(key: str, doors: Doors) -> Book:
    from ..sources import google
    from ..sources.retry import Patience

    patience = Patience(budget=doors.budget, clock=doors.clock, sleep=doors.sleep)
    with closing(google.connect(google.credentials(doors.environ, root=doors.root), base=doors.google)) as client:
        return google.read(key, client=client, patience=patience)


def _file(address: str, doors: Doors) -> Book:
    from ..sources import folder, workbook

    path = doors.base / Path(address).expanduser()
    if lies_open(path, doors.root):
        raise SourceError("source-public")
    if path.is_dir():
        book = folder.read(path)
    elif path.suffix.lower() in folder.ENDINGS and path.is_file():
        book = _text(path)
    elif path.suffix.lower() in WORKBOOKS and (path.is_file() or not path.exists()):
        book = workbook.read(path)
    else:
        raise SourceError("source-unknown")
    if path.resolve().is_relative_to(doors.root.resolve()):
        inside = Problem("source-inside", Place(book.grids[0].place if book.grids else path.name), withholds=False)
        return Book(book.name, book.grids, (*book.remarks, inside))
    return book


def lies_open(path: Path, root: Path) -> bool:
    """Whether a path lies in a folder of the checkout that is published, or committed as it is."""
    found = path.resolve()
    return any(found.is_relative_to((root / name).resolve()) for name in PUBLIC)


def _text(path: Path) -> Book:
    """One file of text alone: a sheet called after it."""
    from ..sources import delimited
    from ..sources.limits import LIMITS, Room

    try:
        if path.stat().st_size > LIMITS.file:
            raise SourceError("book-too-big")
        data = path.read_bytes()
    except OSError:
        raise SourceError("book-not-there") from None
    grid, said = delimited.grid(data, path.stem, path.name, Room(LIMITS))
    return Book(path.name, (grid,), tuple(said))


def called(address: str, doors: Doors) -> str:
    """How messages call a source: nothing secret is in it."""
    from ..sources import google, link

    if address.startswith(_ENVIRONMENT):
        return address
    try:
        key = google_key(address)
    except SourceError:
        key = ""
    if key:
        return google.place_of(key)
    return link.place(address) if is_link(address) else Path(address).name
