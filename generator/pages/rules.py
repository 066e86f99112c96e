"""The pages of rules: how a matter goes, and when a vote is carried."""

from __future__ import annotations

from .book import Book, Page


def procedures(book: Book) -> Page:
    """The procedures and voting rules with their sources, as residents read them."""
    found = book.whole.procedures
    return book.page(
        "procedures/",
        "procedures",
        {},
        procedures=found.procedures,
        rules=found.rules,
    )
