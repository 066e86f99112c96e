"""Where the volunteers' sheets come from: each source hands over a :class:`generator.raw.Book` or says why not."""

from __future__ import annotations

from typing import Any

from ..problems import Place, Problem


class SourceError(Exception):
    """A source that cannot be read or written: the message code and its particulars, as in :class:`Problem`.

    Its text is the code alone: no address, no key and no answer of a server gets into logs this way.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def problem(self, file: str = "") -> Problem:
        """The same as a problem of the source that messages call ``file``."""
        return Problem(self.code, Place(file), str(self.params.get("found", "")), self.params)
