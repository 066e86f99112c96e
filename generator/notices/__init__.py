"""Which notices the records call for on a day, and their words: one fragment for the print page and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from ..facts.board import FRESH
from ..facts.cases import Case, Posting
from ..facts.fact import Fact
from ..facts.whole import Whole
from ..sheet import PublicRow
from .boards import boards
from .corrected import corrections
from .decided import of_case
from .elections import elections
from .minutes import minutes
from .notice import STEMS, Notice, Printed, fragment, page, qr, typeset
from .rosters import rosters

__all__ = ["FRESH", "STEMS", "Notice", "Printed", "fragment", "notices", "page", "qr", "rows", "typeset"]


def notices(whole: Whole, site_url: str) -> list[Notice]:
    """Every notice of the records on their day, by community. ``site_url``: the site's address, for the QR codes."""
    found: list[Notice] = []
    for community in whole.records.communities:
        given = {"community": community, "district": whole.records.district}
        for case in whole.cases.of(community.id):
            found += of_case(whole, case, given)
            found += corrections(whole, case, given)
        found += minutes(whole, community, given)
        found += elections(whole, community, given)
        found += rosters(whole, community, given)
        found += boards(whole, community, given)
    return [replace(n, address=site_url.rstrip("/") + "/" + n.url) for n in found]


def rows(notice: Notice) -> Iterator[PublicRow]:
    """The public rows that a notice tells of; of its matter the matter alone, and not the places that it only names."""
    for name, value in notice.context.items():
        if name not in ("community", "district", "compound"):
            yield from _rows_of(value.matter if isinstance(value, Case) else value)


def _rows_of(value: Any) -> Iterator[PublicRow]:
    if isinstance(value, PublicRow):
        yield value
    elif isinstance(value, Mapping):
        yield from _rows_of(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from _rows_of(one)
    elif isinstance(value, Posting):
        yield value.row  # what befell it is told only where the context has it by itself
    elif isinstance(value, Fact):
        yield from _rows_of(tuple(getattr(value, f.name) for f in fields(value)))
