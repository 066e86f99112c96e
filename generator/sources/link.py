"""A link to a workbook or a CSV file, as people share it → a :class:`Book`."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from .. import raw
from . import SourceError, delimited, workbook
from .internet import Clock, Internet
from .limits import LIMITS, Limits, Room
from .parts import OLE, is_page

SECONDS = 60.0
REDIRECTS = 5
_SEPARATE = {"http": 80, "https": 443}
_REFUSED = {401: "link-forbidden", 403: "link-forbidden", 404: "link-gone", 410: "link-gone", 429: "link-busy"}
_NO_TABLE = re.compile(rb"\s*[{\[]|%PDF|\x89PNG|\xff\xd8\xff|GIF8|Rar!|7z\xbc\xaf")
_EXTENDED = re.compile(r"filename\*\s*=\s*(utf-8|gb18030|gbk|gb2312|iso-8859-1)'[^']*'([^;\s]+)", re.I)  # RFC 6266
_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_HEADERS = {
    "User-Agent": "bugu (+sync)",
    "Accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, text/csv, */*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True)
class _File:
    data: bytes
    name: str


def read(url: str, *, opener: Internet, clock: Clock, seconds: float = SECONDS, limits: Limits = LIMITS) -> raw.Book:
    """``clock``: seconds that only grow, as ``time.monotonic``. Raises :class:`SourceError`, with no address in it.

    Messages call it by :func:`place`.
    """
    file = _fetch(url.strip(), opener, clock, clock() + seconds, limits)
    said = place(url)
    if file.data.startswith((b"PK", OLE)):
        return workbook.read_bytes(file.data, file.name, said, limits)
    if not file.data:
        raise SourceError("book-empty")
    if is_page(file.data):
        raise SourceError("link-page")
    if _NO_TABLE.match(file.data):
        raise SourceError("link-no-table")
    title = file.name.rpartition(".")[0] or file.name
    grid, noticed = delimited.grid(file.data, title, said, Room(limits))
    return raw.Book(file.name, (grid,), tuple(noticed))


def place(url: str) -> str:
    """How messages call a link: without name and password, and without what follows a question mark, often a key."""
    try:
        parts = urlsplit(url.strip())
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    except ValueError:
        return ""


def _fetch(url: str, opener: Internet, clock: Clock, until: float, limits: Limits) -> _File:
    secure = False
    for _ in range(REDIRECTS + 1):
        parts = _parts(url)
        if secure and parts.scheme == "http":
            raise SourceError("link-downgrade")
        secure = parts.scheme == "https"
        try:
            answer = _ask(parts, opener, clock, until)
            with answer:
                onward = answer.getheader("Location") if 300 <= answer.status < 400 else None
                if onward is None:
                    return _taken(answer, parts, limits)
                url = _onward(url, _as_text(onward))
        except TimeoutError:
            raise SourceError("link-slow") from None
        except (OSError, HTTPException):
            raise SourceError("link-cut") from None
    raise SourceError("link-redirects")


def _onward(url: str, to: str) -> str:
    try:
        return urljoin(url, to)
    except ValueError:
        raise SourceError("link-form") from None


def _parts(url: str) -> SplitResult:
    """A link taken apart. Raises :class:`SourceError` for what is none, or not for us."""
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise SourceError("link-form") from None
    if parts.scheme not in _SEPARATE or not parts.hostname or not port_fits:
        raise SourceError("link-form")
    if "@" in parts.netloc:
        raise SourceError("link-credentials")
    return parts


def _ask(parts: SplitResult, opener: Internet, clock: Clock, until: float) -> HTTPResponse:
    """Send the request to the first address that answers the call. Raises :class:`SourceError`, ``OSError``."""
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        raise SourceError("link-form") from None
    port = parts.port or _SEPARATE[parts.scheme]
    try:
        addresses = opener.addresses(host, port)
    except PermissionError:
        raise SourceError("link-private") from None
    except OSError:
        raise SourceError("link-host") from None
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts.query)}" if parts.query else "")
    failed: OSError = ConnectionError()
    for address in addresses:
        try:
            line = opener.open(parts.scheme == "https", host, port, address, until, clock)
        except TimeoutError:
            raise
        except OSError as error:
            failed = error
            continue
        try:
            line.request("GET", path, headers=_HEADERS)
            return line.getresponse()
        finally:
            line.close()  # the answer keeps what it needs
    raise failed


def _query(query: str) -> str:
    return quote(query, safe="%/:?@!$&'()*+,;=~-._")


def _taken(answer: HTTPResponse, parts: SplitResult, limits: Limits) -> _File:
    """The file that an answer brings. Raises :class:`SourceError`."""
    if answer.status != 200:
        raise SourceError(_REFUSED.get(answer.status, "link-server"), status=answer.status)
    if (answer.length or 0) > limits.file:
        raise SourceError("book-too-big")
    data = bytearray()
    while piece := answer.read(65536):
        data += piece
        if len(data) > limits.file:
            raise SourceError("book-too-big")
    if answer.length:  # the line was cut before all that was promised had come
        raise SourceError("link-cut")
    return _File(_unpacked(bytes(data), answer.getheader("Content-Encoding"), limits), _called(answer, parts))


def _unpacked(data: bytes, encoding: str | None, limits: Limits) -> bytes:
    """Some servers pack what they were asked not to pack."""
    if (encoding or "identity").strip().lower() == "identity":
        return data
    packer = zlib.decompressobj(wbits=47)  # gzip or zlib, as the data says
    try:
        out = packer.decompress(data, limits.file + 1)
    except zlib.error:
        raise SourceError("link-cut") from None
    if len(out) > limits.file:
        raise SourceError("book-too-big")
    if not packer.eof:
        raise SourceError("link-cut")
    return out


def _called(answer: HTTPResponse, parts: SplitResult) -> str:
    """The name of the file, as the server gives it or as the link ends; else the host."""
    header = _as_text(answer.getheader("Content-Disposition") or "")
    if m := _EXTENDED.search(header):
        given = unquote(m[2], m[1].lower())
    else:
        message = Message()
        message["Content-Disposition"] = header
        given = unquote(message.get_filename() or parts.path.rpartition("/")[2])
    return _NAME.sub("", given).strip(". ")[:120] or parts.hostname or ""


def _as_text(header: str) -> str:
    """Many servers write Chinese names as they are; http.client has read the bytes as Latin-1."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return header.encode("latin-1").decode(encoding)
        except UnicodeError:
            continue
    return header
