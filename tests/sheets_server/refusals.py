"""Errors as Google writes them: ``{"error": {"code", "message", "status", "details"}}``; Sheets has no ``errors`` list."""

from __future__ import annotations

from typing import Any

_STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}


class Refused(Exception):
    """An answer other than 200."""

    def __init__(
        self, code: int, message: str, *, status: str = "", details: list[dict[str, Any]] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        error: dict[str, Any] = {"code": code, "message": message, "status": status or _STATUS[code]}
        if details:
            error["details"] = details
        self.body = {"error": error}


def info(reason: str, **metadata: str) -> dict[str, Any]:
    """``google.rpc.ErrorInfo``."""
    found: dict[str, Any] = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": "sheets.googleapis.com", **metadata},
    }
    return found


def violation(message: str, field: str = "") -> Refused:
    """A request with a field that is not there, or of the wrong kind: ``google.rpc.BadRequest``."""
    one = {"description": message, **({"field": field} if field else {})}
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [one]}]
    return Refused(400, message, details=details)


def unknown_name(name: str, at: str) -> Refused:
    """A member that the schema does not have."""
    return violation(f"Invalid JSON payload received. Unknown name \"{name}\" at '{at}': Cannot find field.", at)
