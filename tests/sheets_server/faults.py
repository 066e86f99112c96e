"""What can go wrong on the way, for a test to order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .refusals import Refused, info


@dataclass(frozen=True)
class Fault:
    """Instead of the answer: another one (``refused``, ``page``), or the true one late, cut or in drips.

    ``cut``: how much of the body is sent before the line goes dead; ``framed``: whether its length was announced.
    ``wait``: seconds before the answer; ``drip``: seconds between its bytes, ``drips`` times, then all the rest.
    ``unsaid``: nothing is sent at all, though the request is carried out. ``to``: a redirect.
    """

    refused: Refused | None = None
    page: tuple[int, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: float | None = None
    framed: bool = True
    wait: float = 0.0
    drip: float = 0.0
    drips: int = 0
    unsaid: bool = False
    to: str = ""


def too_many(retry_after: str | None = None) -> Fault:
    """429, with or without ``Retry-After``."""
    limit = {"quota_metric": "sheets.googleapis.com/read_requests", "quota_limit": "ReadRequestsPerMinutePerUser"}
    message = (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
        "'sheets.googleapis.com' for consumer 'project_number:123456789012'."
    )
    details: list[dict[str, Any]] = [info("RATE_LIMIT_EXCEEDED", consumer="projects/123456789012", **limit)]
    refused = Refused(429, message, status="RESOURCE_EXHAUSTED", details=details)
    return Fault(refused, headers={"Retry-After": retry_after} if retry_after else {})


def broken(code: int = 503) -> Fault:
    """5xx with Google's own body."""
    message, status = {
        500: ("Internal error encountered.", "INTERNAL"),
        503: ("The service is currently unavailable.", "UNAVAILABLE"),
        504: ("Deadline expired before operation could complete.", "DEADLINE_EXCEEDED"),
    }[code]
    return Fault(Refused(code, message, status=status))


def html(code: int = 502) -> Fault:
    """A page instead of JSON: a front end in trouble, or (200) a network that wants a login first."""
    return Fault(page=(code, "<!DOCTYPE html><html><title>Error</title><p>Please try again</html>"))


def cut(part: float = 0.5, framed: bool = True) -> Fault:
    """The answer breaks off."""
    return Fault(cut=part, framed=framed)


def late(seconds: float) -> Fault:
    """The answer comes after so many seconds."""
    return Fault(wait=seconds)


def dripping(seconds: float, drips: int) -> Fault:
    """The answer comes byte by byte at first."""
    return Fault(drip=seconds, drips=drips)
