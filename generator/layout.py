"""What the volunteers' workbook has besides the declared columns: words that the template writes and reading knows again."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .catalogue import joined

WORDS = Path(__file__).parent / "messages" / "template.toml"
FEEDBACK = WORDS.with_name("feedback.toml")


@cache
def words() -> dict[str, Any]:
    """The catalogue: ``words()["tabs"]["guide"]`` is the first tab, ``["choices"]`` the hidden one with the lists of
    the dropdowns, ``words()["rows"]["example"]`` what the first cell of an example row begins with.
    """
    said = tomllib.loads(WORDS.read_text("utf-8"))
    return {**said, "sheets": joined(said["sheets"], "sheets")}


@cache
def own_tabs() -> frozenset[str]:
    """The titles of tabs that hold no records: the guide, the lists, and the list of what to mend in a marked copy."""
    marked = tomllib.loads(FEEDBACK.read_text("utf-8"))["tab"]
    return frozenset([*words()["tabs"].values(), marked["title"], marked["spare"]])


def example() -> str:
    """What the key cell of an example row begins with: such a row is never a record."""
    return str(words()["rows"]["example"])
