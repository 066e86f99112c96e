"""The HTTP side: addresses, keys and tokens, answers as they travel."""

from __future__ import annotations

import base64
import gzip
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from . import values
from .a1 import parsed
from .faults import Fault
from .masks import check, mask, masked
from .refusals import Refused, info
from .state import Book
from .updates import batch_update

KEY = "AIza-test-key-0123456789"
_PATH = re.compile(r"/v4/spreadsheets/(?P<key>[^/:]+)(?:/values(?:/(?P<range>[^:]+))?)?(?::(?P<verb>\w+))?")


@dataclass(frozen=True)
class Call:
    """One request as it came in. ``what``: ``get``, ``values.batchGet``, ``batchUpdate`` …"""

    what: str
    path: str
    query: dict[str, list[str]]
    body: Any
    headers: dict[str, str]


@dataclass
class Server:
    """What tests hold: the books, the calls so far, the keys and tokens that are good, and the hook before each answer.

    ``before(number of the call, call)`` runs before the book is looked at; a :class:`Fault` it gives comes true.
    """

    base: str
    books: dict[str, Book]
    calls: list[Call] = field(default_factory=list)
    keys: set[str] = field(default_factory=lambda: {KEY})
    tokens: dict[str, str] = field(default_factory=dict)
    logins: list[str] = field(default_factory=list)
    refuse_login: bool = False
    delivered: int = 0  # answers of which the last piece was sent
    before: Callable[[int, Call], Fault | None] = lambda n, call: None

    @property
    def asked(self) -> list[str]:
        """What was asked, in order."""
        return [call.what for call in self.calls]

    def answer(self, call: Call) -> dict[str, Any]:
        """The body of an answer. Raises :class:`Refused`."""
        found = _PATH.fullmatch(call.path)
        assert found is not None, call.path
        writing = call.what not in ("get", "values.get", "values.batchGet")
        account = self._who(call, writing)
        book = self.books.get(found["key"])
        if book is None:
            raise Refused(404, "Requested entity was not found.")
        if not _may(book, account, writing):
            raise Refused(403, "The caller does not have permission")
        if book.office:
            raise Refused(400, "This operation is not supported for this document", status="FAILED_PRECONDITION")
        return _method(book, call, unquote(found["range"] or ""))

    def _who(self, call: Call, writing: bool) -> bool:
        """Whether it is an account (or else an API key). Raises :class:`Refused` for neither."""
        key = call.headers.get("x-goog-api-key", call.query.get("key", [""])[0])
        token = call.headers.get("authorization", "").removeprefix("Bearer ")
        if token:
            if token not in self.tokens:
                raise Refused(401, "Request had invalid authentication credentials. Expected OAuth 2 access token.")
            if writing and self.tokens[token].endswith(".readonly"):
                details = [info("ACCESS_TOKEN_SCOPE_INSUFFICIENT")]
                raise Refused(403, "Request had insufficient authentication scopes.", details=details)
            return True
        if not key:
            raise Refused(403, "Method doesn't allow unregistered callers (callers without established identity).")
        if key not in self.keys:
            raise Refused(400, "API key not valid. Please pass a valid API key.", details=[info("API_KEY_INVALID")])
        if writing:
            raise Refused(401, "API keys are not supported by this API.", details=[info("CREDENTIALS_MISSING")])
        return False

    def login(self, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """The token endpoint: a service account's signed assertion for a token."""
        if self.refuse_login:
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        claims = form["assertion"][0].split(".")[1]
        scope = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["scope"]
        token = f"ya29.test-token-{len(self.logins)}"
        self.logins.append(scope)
        self.tokens[token] = scope
        return 200, {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}


def _may(book: Book, account: bool, writing: bool) -> bool:
    if writing:
        return account and book.shared == "writer"
    return book.shared == "link" or (account and book.shared in ("reader", "writer"))


def _method(book: Book, call: Call, text: str) -> dict[str, Any]:
    if call.what == "get":
        return _get(book, call.query)
    if call.what == "batchUpdate":
        return batch_update(book, call.body)
    if call.what == "values.get":
        return values.get(book, text, call.query)
    if call.what == "values.batchGet":
        return values.batch_get(book, call.query)
    if call.what == "values.batchUpdate":
        return values.batch_update(book, call.body)
    if call.what == "values.clear":
        return values.clear(book, text)
    if call.what == "values.update":
        return values.update(book, text, call.query.get("valueInputOption", [""])[0], call.body)
    raise Refused(501, f"{call.what} is not known here", status="UNIMPLEMENTED")


def _get(book: Book, query: dict[str, list[str]]) -> dict[str, Any]:
    """``spreadsheets.get``: with a mask, whatever it names; without, grid data only if asked for."""
    tree = mask(query.get("fields", [""])[0])
    check(tree)
    wants = "data" in tree.get("sheets", {}) if tree else query.get("includeGridData", [""])[0] == "true"
    parts = (parsed(text, book) for text in query["ranges"]) if "ranges" in query else None
    whole = book.resource(parts, wants)
    return masked(whole, tree) if tree else whole


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    sheets: Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PUT = do_GET

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        address = urlsplit(self.path)
        if address.path == "/token":
            code, answer = self.sheets.login(parse_qs(body.decode()))
            return self._send(code, json.dumps(answer).encode(), "application/json; charset=UTF-8", Fault())
        call = Call(
            self._what(address.path),
            address.path,
            parse_qs(address.query),
            json.loads(body) if body else {},
            {k.lower(): v for k, v in self.headers.items()},
        )
        self.sheets.calls.append(call)
        fault = self.sheets.before(len(self.sheets.calls), call) or Fault()
        if fault.page:
            return self._send(fault.page[0], fault.page[1].encode(), "text/html; charset=UTF-8", fault)
        code, answer = 200, {}
        try:
            if fault.refused:
                raise fault.refused
            answer = self.sheets.answer(call)
        except Refused as refused:
            code, answer = refused.code, refused.body
        slim = call.query.get("prettyPrint", ["true"])[0] == "false"
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":")) if slim else json.dumps(answer, indent=2)
        return self._send(code, text.encode(), "application/json; charset=UTF-8", fault)

    def _what(self, path: str) -> str:
        verb = path.rpartition(":")[2] if ":" in path else {"GET": "get", "PUT": "update"}.get(self.command, "?")
        return f"values.{verb}" if "/values" in path else verb

    def _send(self, code: int, body: bytes, kind: str, fault: Fault) -> None:
        if fault.wait:
            time.sleep(fault.wait)
        if fault.unsaid:
            self.close_connection = True
            return
        self.send_response(302 if fault.to else code)
        self.send_header("Content-Type", kind)
        for name, value in {**fault.headers, **({"Location": fault.to} if fault.to else {})}.items():
            self.send_header(name, value)
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 1000 and fault.cut is None:
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        if fault.framed:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        with suppress(ConnectionError):
            self._body(body, fault)

    def _body(self, body: bytes, fault: Fault) -> None:
        if fault.cut is not None:
            self.close_connection = True
            self.wfile.write(body[: int(len(body) * fault.cut)])
            return
        for n in range(min(fault.drips, len(body))):
            self.wfile.write(body[n : n + 1])
            self.wfile.flush()
            time.sleep(fault.drip)
        self.sheets.delivered += 1  # before the last piece: after it, the test may be faster than this line
        self.wfile.write(body[fault.drips :])


@contextmanager
def serve(*books: Book) -> Iterator[Server]:
    """Serve these spreadsheets on a free port of this machine until the block ends."""
    handler = type("Bound", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        http.daemon_threads, http.block_on_close = True, False
        server = Server(f"http://127.0.0.1:{http.server_port}", {b.key: b for b in books})
        handler.sheets = server  # type: ignore[attr-defined]
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def service_account_file(folder: Path, server: Server, private_key: str) -> Path:
    """A service account's key file whose tokens come from ``server``."""
    made = folder / "account.json"
    account = {
        "type": "service_account",
        "project_id": "bugu-test",
        "private_key_id": "0123456789abcdef",
        "private_key": private_key,
        "client_email": "bugu@bugu-test.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": f"{server.base}/token",
    }
    made.write_text(json.dumps(account), encoding="utf-8")
    return made
