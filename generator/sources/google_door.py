"""The way to Google: whose key, one request through gspread that cannot last for ever, and what a refusal means.

What a failure carries (addresses, headers, answers) stays here: out go codes of ``messages/zh.toml`` alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import gspread
import requests
import urllib3.exceptions
from google.auth import api_key
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account
from gspread.http_client import FileType, ParamsType

from . import SourceError
from .limits import LIMITS
from .retry import Patience, Trying, Verdict, retry_after

T = TypeVar("T")

API = "https://sheets.googleapis.com"
_SCOPE = "https://www.googleapis.com/auth/spreadsheets"
_CONNECT, _ANSWER = 10.0, 60.0  # seconds; what is left of the budget may be less
_ADDRESS = re.compile(r"https://docs\.google\.com/(?:a/[\w.-]+/)?spreadsheets/(?:u/\d+/)?d/([\w-]+)(?:[/?#].*)?", re.A)
_KEY = re.compile(r"[\w-]{20,100}", re.A)


class Refusal(Exception):
    """An answer other than 2xx. Its text is the number alone; gspread's ``APIError`` would carry the whole answer."""

    def __init__(self, response: requests.Response) -> None:
        super().__init__(response.status_code)
        self.status = response.status_code
        self.after = retry_after(response.headers)
        error = _error(response)
        self.word, self.message = str(error.get("status", "")), str(error.get("message", ""))
        details = error.get("details")
        infos = [d for d in details if isinstance(d, dict)] if isinstance(details, list) else []
        self.reasons = {str(d["reason"]) for d in infos if "reason" in d}


def _error(response: requests.Response) -> dict[str, Any]:
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {}


class Http(gspread.HTTPClient):
    """gspread's own client, with an end to each request. ``left`` tells the seconds that the work still has."""

    def __init__(self, auth: Credentials, session: requests.Session | None = None) -> None:
        super().__init__(auth, session)
        self.base = API
        self.left: Callable[[], float] = lambda: _ANSWER

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: Any = None,
    ) -> requests.Response:
        """One request and its whole answer. Raises :class:`Refusal`, or what ``requests`` and ``urllib3`` raise.

        No redirect is followed: an API key would go with it, to whatever host it names.
        """
        left = self.left()
        if left <= 0:
            raise requests.Timeout
        response = self.session.request(
            method,
            self.base + endpoint.removeprefix(API),
            params=params,
            data=data,
            json=json,
            files=files,
            headers=headers,
            timeout=(min(_CONNECT, left), min(_ANSWER, left)),
            stream=True,
            allow_redirects=False,
        )
        response.raw = BytesIO(self._whole(response))
        if not 200 <= response.status_code < 300:
            raise Refusal(response)
        return response

    def _whole(self, response: requests.Response) -> bytes:
        """The body. ``timeout`` bounds each wait for a byte; an answer that drips must end as well."""
        body = BytesIO()
        with response:
            while part := response.raw.read1(1 << 16, decode_content=True):
                if body.tell() + len(part) > LIMITS.unpacked:
                    raise SourceError("google-too-big")
                if self.left() <= 0:
                    raise requests.Timeout
                body.write(part)
        return body.getvalue()


class _Account(service_account.Credentials):
    """A service account that fetches a token when it has none, and does nothing else.

    google-auth 2.62 also asks iamcredentials.googleapis.com, in a thread of its own and past any budget, where the
    account may be used, and logs the account's address when that host cannot be reached.
    """

    def before_request(self, request: Any, method: str, url: str, headers: dict[str, str]) -> None:
        """Put a token into ``headers``."""
        if not self.valid:
            self.refresh(request)  # type: ignore[no-untyped-call]
        self.apply(headers)  # type: ignore[no-untyped-call]


class Client(gspread.Client):
    """gspread's client over :class:`Http`. Close it at the end: ``with contextlib.closing(connect(…)) as client:``."""

    http_client: Http

    def close(self) -> None:
        """Let go of the connections."""
        self.http_client.session.close()


def connect(credentials: Credentials, *, base: str = API) -> Client:
    """A client for ``credentials``. ``base``: where the API is, for tests. Nothing is sent yet."""
    session = AuthorizedSession(credentials, max_refresh_attempts=1)  # type: ignore[no-untyped-call]
    client = Client(credentials, session, Http)
    client.http_client.base = base.rstrip("/")
    return client


def credentials(environ: Mapping[str, str], *, root: Path, writing: bool = False) -> Credentials:
    """Whose name we come in: the service account's file that ``GOOGLE_APPLICATION_CREDENTIALS`` names, or the key in
    ``BUGU_GOOGLE_API_KEY``, which can only read what everyone with the link may read.

    ``root``: the repository, which may not hold that file. Raises :class:`SourceError`.
    """
    path, key = environ.get("GOOGLE_APPLICATION_CREDENTIALS", ""), environ.get("BUGU_GOOGLE_API_KEY", "").strip()
    if path:
        return _service_account(Path(path).expanduser().resolve(), root.resolve(), writing)
    if not key:
        raise SourceError("google-no-key")
    if writing:
        raise SourceError("google-key-reads")
    if not (key.isascii() and key.isprintable()):  # it becomes a header
        raise SourceError("google-login")
    made: Credentials = api_key.Credentials(key)  # type: ignore[no-untyped-call]
    return made


def _service_account(file: Path, root: Path, writing: bool) -> Credentials:
    if file.is_relative_to(root):
        raise SourceError("google-key-inside")
    scopes = [_SCOPE if writing else _SCOPE + ".readonly"]
    made: Credentials | None = None
    with suppress(OSError, ValueError, TypeError, AttributeError, GoogleAuthError):  # what a file that is none leads to
        made = _Account.from_service_account_file(file, scopes=scopes)  # type: ignore[no-untyped-call]
    if made is None:
        raise SourceError("google-key-file")
    return made


def key_of(spreadsheet: str) -> str:
    """The id in a spreadsheet's address, or the id itself. Raises :class:`SourceError`."""
    text = spreadsheet.strip()
    found = _ADDRESS.fullmatch(text)
    key = found[1] if found else text
    if not _KEY.fullmatch(key):
        raise SourceError("google-address")
    return key


def place_of(key: str) -> str:
    """How a message calls the spreadsheet: its address without query and fragment."""
    return f"https://docs.google.com/spreadsheets/d/{key}/edit"


def begin(client: Client, patience: Patience) -> Trying:
    """Start the clock of one piece of work."""
    trying = patience.start()
    client.http_client.left = trying.left
    return trying


def judge(failure: Exception) -> Verdict | None:
    """What a failed request for reading means."""
    if isinstance(failure, SourceError):
        return Verdict(failure)
    if isinstance(failure, Refusal):
        return _refused(failure)
    if isinstance(failure, RefreshError) and not failure.retryable:
        return Verdict(SourceError("google-login"))
    if isinstance(failure, (requests.Timeout, urllib3.exceptions.ReadTimeoutError)):
        return Verdict(SourceError("google-slow"), passing=True)
    if isinstance(failure, (TransportError, RefreshError, requests.exceptions.ConnectionError)):
        return Verdict(SourceError("google-network"), passing=True)
    if isinstance(failure, (requests.RequestException, urllib3.exceptions.HTTPError)):
        return Verdict(SourceError("google-cut"), passing=True)
    return None


def judge_write(failure: Exception) -> Verdict | None:
    """The same for writing what may be written twice, such as a note."""
    if isinstance(failure, Refusal) and failure.status == 403 and "SERVICE_DISABLED" not in failure.reasons:
        return Verdict(SourceError("google-not-editable"))
    return judge(failure)


def judge_once(failure: Exception) -> Verdict | None:
    """The same for writing that must not happen twice, such as a new tab: again only if it surely did not happen."""
    verdict = judge_write(failure)
    if verdict is None or not verdict.passing or _not_done(failure):
        return verdict
    return Verdict(SourceError("google-write-unsure"))


def _not_done(failure: Exception) -> bool:
    """Whether the request cannot have had an effect: turned away for its number, or no connection, or no token."""
    if isinstance(failure, Refusal):
        return failure.status == 429
    if isinstance(failure, (GoogleAuthError, requests.ConnectTimeout)):
        return True
    reason = getattr(failure.args[0], "reason", None) if failure.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


_BY_STATUS = {401: "google-login", 403: "google-not-shared", 404: "google-not-found"}


def _refused(refusal: Refusal) -> Verdict:
    status, after = refusal.status, refusal.after
    if status == 429 or "RATE_LIMIT_EXCEEDED" in refusal.reasons:
        minutes = max(1, math.ceil(after / 60))
        return Verdict(SourceError("google-busy", minutes=minutes), passing=True, after=after)
    if status == 408 or status >= 500:
        return Verdict(SourceError("google-down", status=status), passing=True, after=after)
    return Verdict(SourceError(_refusal_code(refusal), status=status))


def _refusal_code(refusal: Refusal) -> str:
    if refusal.status == 403 and "SERVICE_DISABLED" in refusal.reasons:
        return "google-api-off"
    if refusal.status == 400 and "API_KEY_INVALID" in refusal.reasons:
        return "google-login"
    if refusal.status == 400 and refusal.word == "FAILED_PRECONDITION":
        return "google-office-file"
    if refusal.status == 400 and refusal.message.startswith("Unable to parse range"):
        return "google-changing"  # the only ranges we ask for are whole tabs, by the names they had a moment ago
    return _BY_STATUS.get(refusal.status, "google-refused")


def ask(trying: Trying, call: Callable[[], T], verdict: Callable[[Exception], Verdict | None] = judge) -> T:
    """``trying.run`` with the words for Google."""
    return trying.run(call, verdict)
