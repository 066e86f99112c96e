"""A sheet is declared once, as a class; this turns the declaration into a row type and registers it.

From the declaration come reading and checking, the words of error messages, the data dictionary
(``bugu schema``), Table Schema, and the public row type that templates are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from .columns import COUNTED, MASKED, PRIVATE, PUBLIC, Column
from .problems import Place, letters

T = TypeVar("T", bound=type)


class PublicRow:
    """A row that may be shown to anyone. Only the gate (``privacy``) makes one; calling the class raises."""

    __slots__ = ("_values", "cells", "community", "place")
    sheet: Sheet
    place: Place
    cells: Mapping[str, int]
    community: str
    id: str

    def __init__(self, *_: Any, **__: Any) -> None:
        raise TypeError("public rows are made by privacy.publish alone")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.place == other.place and self._values == other._values  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self), self.place))

    def __repr__(self) -> str:
        return f"{self.sheet.id}({self.community}/{self.id})"

    def cell(self, name: str) -> Place:
        """The place of the row's cell in the column of that attribute name, in the file's own order of columns."""
        letter = letters(self.cells[name]) if name in self.cells else ""
        title = self.sheet.column(name).title
        return Place(
            self.place.file, self.place.sheet, self.place.row, f"{letter}{self.place.row}" if letter else "", title
        )

    def as_dict(self) -> Mapping[str, Any]:
        """Column name → value, in the order of declaration."""
        return dict(zip(self.sheet.names, self._values, strict=True))  # type: ignore[attr-defined]

    def says_the_same(self, other: PublicRow) -> bool:
        """Whether another row has the same values, wherever either stands."""
        return type(self) is type(other) and self._values == other._values  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Counts:
    """All that may leave a private sheet: how many rows it has by one or two of its counted columns.

    ``by``: attribute names; a column of dates counts by month, or with ``weeks`` by week from Monday on. ``unit``: what a
    row is (户, 次, 件). ``least``: a smaller count is not shown (5; 10 where the table itself is sensitive, 个人信息保护法 §28).
    ``per``: the column that says whose a row is, where one has many; no number is shown that comes of fewer than ``least``.
    """

    by: tuple[str, ...]
    unit: str
    least: int = 5
    weeks: bool = False
    per: str = ""


@dataclass(frozen=True)
class Sheet:
    """The declaration of one sheet: id, Chinese title, what it is for, columns, whether one per community.

    ``stays``: its rows never enter ``records/``; ``counts``: what may be known of them nevertheless.
    """

    id: str
    title: str
    about: str
    columns: tuple[Column, ...]
    row: type[PublicRow]
    per_community: bool = True
    stays: bool = False
    counts: Counts | None = None

    @cached_property
    def published(self) -> tuple[Column, ...]:
        """The columns that ``records/`` has, in order; none of a sheet that stays with the volunteers."""
        return () if self.stays else tuple(c for c in self.columns if c.published)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The attribute names of the published columns."""
        return tuple(c.name for c in self.published)

    @cached_property
    def masked(self) -> Mapping[str, str]:
        """The columns of names, each with the column that says whether the name may be shown, by attribute name."""
        titles = {c.title: c.name for c in self.columns}
        return {c.name: titles[c.consent] for c in self.published if c.privacy == MASKED}

    @cached_property
    def agreed(self) -> Mapping[str, str]:
        """The other columns that say who somebody is, each with the column that says whether they agreed, by attribute name."""
        titles = {c.title: c.name for c in self.columns}
        return {c.name: titles[c.consent] for c in self.published if c.privacy == PUBLIC and c.consent}

    @cached_property
    def unmasking(self) -> Mapping[str, tuple[str, ...]]:
        """The columns that are empty where a masked name is not shown, by the attribute name of that name's column."""
        titles = {c.title: c.name for c in self.columns}
        return {c.name: tuple(titles[t] for t in c.also) for c in self.published if c.also}

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The published columns that name a row of another sheet."""
        return tuple(c for c in self.published if c.kind.target)

    @cached_property
    def key(self) -> Column:
        return next(c for c in self.columns if c.key)

    @cached_property
    def closed(self) -> bool:
        """Whether it stays with the volunteers, and nothing that stands in it is for others: not so of 《撤下登记》."""
        return self.stays and not any(c.published and not c.key for c in self.columns)

    def privacy_of(self, column: Column) -> str:
        """What becomes of a column; the key of a sheet that stays does not leave it either."""
        return PRIVATE if self.stays and column.key else column.privacy

    def column(self, name: str) -> Column:
        """The column of that attribute name. Raises ``KeyError``."""
        for c in self.columns:
            if c.name == name:
                return c
        raise KeyError(name)


_SHEETS: dict[str, Sheet] = {}


def _columns(cls: type) -> Iterator[Column]:
    names = [n for n in cls.__annotations__ if not n.startswith("_")]
    for name in names:
        declared = cls.__dict__.get(name)
        if not isinstance(declared, Column):
            raise TypeError(f"{cls.__name__}.{name} must say public, masked, private or counted")
        yield replace(declared, name=name)


def _complain(cls: type, columns: tuple[Column, ...]) -> None:
    titles = [c.title for c in columns]
    if len(set(titles)) != len(titles):
        raise TypeError(f"{cls.__name__}: two columns share a title")
    if sum(c.key for c in columns) != 1:
        raise TypeError(f"{cls.__name__}: a sheet has exactly one key")
    for c in columns:
        if c.name != "id" and (c.name in PublicRow.__annotations__ or hasattr(PublicRow, c.name)):
            raise TypeError(f"{cls.__name__}.{c.name}: {c.name} is every row's own")
        if c.consent and c.consent not in titles:
            raise TypeError(f"{cls.__name__}.{c.name}: no column titled {c.consent}")
        for title in c.also:
            if not any(other.title == title and other.published and not other.required for other in columns):
                raise TypeError(f"{cls.__name__}.{c.name}: no column titled {title} that may be empty")


def _complain_of_counts(cls: type, columns: tuple[Column, ...], counts: Counts | None) -> None:
    """A private sheet publishes no cell, and what it is counted by is declared as counted."""
    if counts is None:
        return
    if not 1 <= len(counts.by) <= 2:
        raise TypeError(f"{cls.__name__}: counted by one column or two")
    for c in columns:
        if c.published and not c.key:
            raise TypeError(f"{cls.__name__}.{c.name}: a sheet of which only counts leave has no public column")
        if (c.privacy == COUNTED) != (c.name in counts.by):
            raise TypeError(f"{cls.__name__}.{c.name}: what a sheet is counted by is declared as counted, and no more")
    if {*counts.by, *filter(None, (counts.per,))} - {c.name for c in columns}:
        raise TypeError(f"{cls.__name__}: counted by a column it has not")


def sheet(
    id: str, *, title: str, per_community: bool = True, stays: bool = False, counts: Counts | None = None
) -> Callable[[T], T]:
    """Declare a sheet. Raises ``TypeError`` at import when the declaration is not whole."""

    def declare(cls: T) -> T:
        columns = tuple(_columns(cls))
        _complain(cls, columns)
        _complain_of_counts(cls, columns, counts)
        about = (cls.__doc__ or "").strip().splitlines()[0]
        row = type(
            cls.__name__,
            (PublicRow,),
            {"__slots__": (*(c.name for c in columns if c.published and c.name != "id"), "id")},
        )
        row.__doc__ = cls.__doc__
        row.__module__ = cls.__module__
        declared = Sheet(id, title, about, columns, row, per_community, stays or counts is not None, counts)
        row.sheet = declared  # type: ignore[attr-defined]
        if id in _SHEETS and _SHEETS[id].row.__module__ != cls.__module__:
            raise TypeError(f"two sheets are called {id}")
        _SHEETS[id] = declared
        return row  # type: ignore[return-value]

    return declare


def declared() -> dict[str, Sheet]:
    """Every sheet declared so far, by id (``generator.sheets.discover`` imports them all)."""
    return dict(sorted(_SHEETS.items()))
