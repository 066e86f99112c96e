"""What people write for a word that a column lists: ``messages/variants.toml``, by sheet and title."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

VARIANTS = Path(__file__).parent.parent / "messages" / "variants.toml"


@cache
def catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Sheet id → title of a column → what is written → the word meant."""
    return tomllib.loads(VARIANTS.read_text("utf-8"))


def of(sheet: str, title: str) -> Mapping[str, str]:
    """The variants of one column; none where it has none."""
    return catalogue().get(sheet, {}).get(title, {})
