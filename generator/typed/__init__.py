"""Understanding what people type: strict parsers with a voice.

Each reader takes the cell's shown text, and for numbers and dates the value beneath it, and gives the value
(:class:`Said`), the value with a remark to the editor, or a problem (:class:`..columns.Bad`). It raises nothing else,
and never guesses in silence. Why they are our own: docs/decisions/0005-own-parsers.md.
"""

from __future__ import annotations

from .amounts import area, money
from .answers import missing, yes_no
from .choices import choice
from .dates import date
from .headers import Header, header
from .lists import items
from .moments import moment
from .names import legible, name
from .numbers import count
from .phones import phone
from .said import Said
from .shares import share
from .spans import date_range

__all__ = [
    "Header",
    "Said",
    "area",
    "choice",
    "count",
    "date",
    "date_range",
    "header",
    "items",
    "legible",
    "missing",
    "moment",
    "money",
    "name",
    "phone",
    "share",
    "yes_no",
]
