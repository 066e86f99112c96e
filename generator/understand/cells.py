"""One column's cells, each distinct one read once: its value, and what is to be said of it and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .. import privacy
from ..columns import COUNTED, MASKED, PRIVATE, Bad, Column, clean
from ..raw import Error
from .glance import is_harmless, is_plain_id
from .kinds import Read, broken, says_nothing, written
from .labels import Labels

MISSING = object()

_LETTER = re.compile(r"[^\W_]")
_FIXED = ("date", "moment", "yes_no", "choice")  # kinds whose values are the calendar's or the declaration's own words
_WORDS = ("text", "long")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, or to be said of it: a problem that has no place yet."""

    code: str
    found: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    withholds: bool = True


class Outcome(NamedTuple):
    """A cell's value (None for nothing, or nothing legible), and what is to be said of it."""

    value: Any = None
    faults: tuple[Fault, ...] = ()


def veil(text: str) -> str:
    """A cell that may hold names, as a message may show it: its first character. 张三、李四 → 张*、**, 张 三 → 张 *."""
    return privacy.hide(text[:1] + _LETTER.sub("*", text[1:]))


class Cells:
    """The reader of one column of one tab.

    ``good``: the value of each cell that was in order, by its text; where a number, a date or an error lies beneath, by
    (text, type, value). ``secret``: its words may be names (the column is one of names, or refers to persons).
    ``counted``: nothing of the sheet is public, so that the text of its key is nobody's business either. ``target``:
    what is known of the sheet to which the column refers.
    """

    def __init__(
        self,
        column: Column,
        read: Read,
        *,
        secret: bool = False,
        counted: bool = False,
        target: Callable[[], Labels] | None = None,
    ) -> None:
        self.column = column
        self.good: dict[Any, Any] = {}
        self._told: dict[Any, Outcome] = {}
        self._read = read
        self._target = target
        self._nothing = says_nothing(column)
        self._secret = secret or column.privacy == MASKED
        self._closed = column.privacy in (PRIVATE, COUNTED) or counted
        self._withholds = column.privacy != PRIVATE
        self._named = column.kind.name in ("id", "ref")

    def read(self, key: Any, text: str, raw: Any) -> Outcome:
        """What a cell says that is not among the ``good`` ones yet; ``key`` is what it will be known by."""
        outcome = self._told.get(key)
        if outcome is None:
            outcome = self._shut(text, raw) if self._closed else self._open(text, raw)
            if outcome.faults:
                self._told[key] = outcome
            else:
                self.good[key] = outcome.value
        return outcome

    @staticmethod
    def key(text: str, raw: Any) -> Any:
        """What a cell is known by: 1, 1.0 and TRUE are equal to Python, and not to us."""
        return text if raw is None or raw.__class__ is str else (text, raw.__class__, raw)

    # --- cells that anybody may read ---------------------------------------------------------------------------------

    def _open(self, text: str, raw: Any) -> Outcome:
        if self._named and is_plain_id(text) and (raw is None or raw.__class__ is str):
            return Outcome(text)
        cell = clean(text)
        faults = [] if is_harmless(cell) else [Fault(f"private-{f.what}", _hidden(f.text)) for f in privacy.scan(cell)]
        value: Any = None
        if is_uncomputed(text, raw):
            return Outcome(None, (Fault("book-formula", params={"sheet": ""}),))
        try:
            if self._empty(text, raw):
                return self._blank() if not faults else Outcome(None, tuple(faults))
            said = self._read(text, raw)
            value = self._kept(said.value)
            if not faults and value != cell:
                faults += self._beneath(cell, value)
            if said.remark:
                faults.append(self._fault(said.remark, cell, said.params, withholds=False))
        except Bad as bad:
            faults.append(self._fault(bad.code, cell, bad.params))
        return Outcome(None if any(f.withholds for f in faults) else value, tuple(faults))

    def _empty(self, text: str, raw: Any) -> bool:
        broken(raw)
        return not text or self._nothing(text)

    def _blank(self) -> Outcome:
        if not self.column.required:
            return Outcome()
        if self._target is not None:
            known = self._target()
            params = {**hint(self.column), "target": known.title, "example": known.example or self.column.example}
            return Outcome(None, (Fault("cell-empty-ref", params=params),))
        return Outcome(None, (Fault(empty_code(self.column), params=hint(self.column)),))

    def _kept(self, value: Any) -> Any:
        """The value as it will be read again from ``records/``; so nothing is published that cannot be. Raises ``Bad``."""
        kind = self.column.kind
        return value if kind.name in _WORDS else kind.read(written(value))

    def _beneath(self, cell: str, value: Any) -> Iterator[Fault]:
        """What the text did not show: a mobile number beneath 1.39E+10."""
        said = written(value)
        if self.column.kind.name not in _FIXED and said != cell:
            yield from (Fault(f"private-{f.what}", _hidden(f.text)) for f in privacy.scan(said))

    def _fault(self, code: str, cell: str, params: Mapping[str, Any], withholds: bool = True) -> Fault:
        found = veil(cell) if self._secret and code != "ditto" else privacy.hide(cell)
        return Fault(code, found, {**hint(self.column), **{k: self._shown(k, v) for k, v in params.items()}}, withholds)

    def _shown(self, name: str, value: Any) -> Any:
        """A particular of a problem; what lies beneath a cell is as private as what it shows."""
        if name == "choices" or isinstance(value, bool) or not isinstance(value, (str, int)):
            return value
        if self.column.privacy == MASKED:
            return veil(str(value))
        return privacy.hide(str(value)) if isinstance(value, str) or privacy.scan(str(value)) else value

    # --- cells that nobody else may read -----------------------------------------------------------------------------

    def _shut(self, text: str, raw: Any) -> Outcome:
        try:
            if self._empty(text, raw):
                return self._blank()
            if self.column.privacy == PRIVATE and self.column.kind.name in (*_WORDS, "person"):
                return Outcome(clean(text))  # nobody will publish it, so that it may be written in any way
            said = self._read(text, raw)
            if said.remark == "number-about" and self.column.kind.name == "area":
                return Outcome(None, (Fault("secret-cell-rough", params=hint(self.column), withholds=self._withholds),))
            if said.remark != "ref-label":
                return Outcome(said.value)
        except Bad:
            pass
        return Outcome(None, (shut_fault(self.column, self._withholds),))


def shut_fault(column: Column, withholds: bool) -> Fault:
    """That a cell cannot be understood whose text no message may show."""
    if withholds:
        code = "counted-cell-choice" if column.kind.choices else "counted-cell-form"
    else:
        code = "secret-cell-choice" if column.kind.choices else "secret-cell-form"
    return Fault(code, params=hint(column), withholds=withholds)


def hint(column: Column) -> dict[str, Any]:
    """What a message may say of a column: an example, its kind, its choices."""
    choices = "、".join(column.kind.choices)
    return {"example": column.example or column.kind.example, "kind": column.kind.title, "choices": choices}


def empty_code(column: Column) -> str:
    """Which message an empty cell gets: with the choices, with an example, or with neither."""
    if column.kind.choices:
        return "cell-empty-choice"
    return "cell-empty" if column.example or column.kind.example else "cell-empty-text"


def is_uncomputed(text: str, raw: Any) -> bool:
    """Whether a cell is a formula whose result is not in the file; the source has told of it."""
    return isinstance(raw, Error) and not text


def _hidden(found: str) -> str:
    return found[:2] + "…"
