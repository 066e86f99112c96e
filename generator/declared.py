"""TOML tables read by the fields of a dataclass: what a file may say is declared once, and a fault has its line.

``tomllib`` keeps no lines, so headers and keys are looked for a second time in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, TypeVar

from .problems import Place, Problem

T = TypeVar("T")
Read = Callable[[Any, "At"], Any]


@dataclass(frozen=True)
class At:
    """A place in one file, and the faults found in that file so far.

    ``path`` is a key such as ``step.3.kind`` (tables counted from 1); ``at / "kind"`` goes into it.
    """

    file: str
    lines: dict[str, int]
    faults: list[Problem]
    path: str = ""

    def __truediv__(self, key: str | int) -> At:
        return At(self.file, self.lines, self.faults, f"{self.path}.{key}" if self.path else str(key))

    @property
    def line(self) -> int:
        """The line of this key, or of the nearest table around it."""
        path = self.path
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 1)

    def fault(self, code: str, found: object = "", withholds: bool = True, **params: Any) -> None:
        """Notes a problem here. ``withholds``: whether the file has to be left out for it."""
        place = Place(file=self.file, row=self.line, column=self.path)
        self.faults.append(Problem(code, place, str(found), params, withholds))


_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*=""")


def _lines(text: str) -> dict[str, int]:
    """Key path → line, for headers and keys outside long strings."""
    found: dict[str, int] = {}
    counts: Counter[str] = Counter()
    table, closing = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := _HEADER.match(line):
            first, _, rest = header[2].partition(".")
            counts[first] += header[1] == "[[" and not rest
            table = ".".join(filter(None, (first, str(counts[first] or ""), rest)))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key[1] or key[2] or key[3]
            found.setdefault(f"{table}.{name}" if table else name, number)
        closing = next((q for q in ('"""', "'''") if line.count(q) % 2), "")
    return found


# --- reading one value --------------------------------------------------------------------------------------------


def text(value: Any, at: At) -> str:
    """A string that isn't blank, without the blanks around it."""
    if not isinstance(value, str) or not value.strip():
        at.fault("toml-not-text", value)
        return ""
    return value.strip()


def texts(value: Any, at: At) -> tuple[str, ...]:
    """A list of strings that aren't blank."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        at.fault("toml-not-texts", value)
        return ()
    return tuple(v.strip() for v in value)


def slug(value: Any, at: At) -> str:
    """An id: small ASCII letters and digits, parted by single hyphens."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        at.fault("toml-id", value)
    return str(value)


def url(value: Any, at: At) -> str:
    """An http(s) address."""
    if not (isinstance(value, str) and re.fullmatch(r"https?://[^\s\"'<>]+", value)):
        at.fault("toml-url", value)
    return str(value)


MOST = 9999  # days, months or hours: more is a slip of the pen, and would leave the calendar


def count(value: Any, at: At) -> int:
    """A whole number from 1 up to ``MOST``."""
    return _whole(value, at, 1)


def number(value: Any, at: At) -> int:
    """A whole number from 0 up to ``MOST``."""
    return _whole(value, at, 0)


def _whole(value: Any, at: At, least: int) -> int:
    if type(value) is not int or not least <= value <= MOST:
        at.fault("toml-not-count", value, least=least, most=MOST)
        return least
    return value


def flag(value: Any, at: At) -> bool:
    """``true`` or ``false``, without quotes."""
    if type(value) is not bool:
        at.fault("toml-not-flag", value)
        return False
    return value


def day(value: Any, at: At) -> date | None:
    """A TOML date, without a time."""
    if type(value) is not date:
        at.fault("toml-not-day", value)
        return None
    return value


def one_of(*words: str) -> Read:
    """Exactly one of these words."""

    def read(value: Any, at: At) -> str:
        if value not in words:
            at.fault("toml-not-a-choice", value, choices="、".join(words))
        return str(value)

    return read


def texts_of(*words: str) -> Read:
    """A list of some of these words."""

    def read(value: Any, at: At) -> tuple[str, ...]:
        found = texts(value, at)
        for word in found:
            if word not in words:
                at.fault("toml-not-a-choice", word, choices="、".join(words))
        return found

    return read


def table(kind: type[T]) -> Read:
    """A table, read by the fields of ``kind``."""

    def read(value: Any, at: At) -> T | None:
        if not isinstance(value, dict):
            at.fault("toml-not-table", value)
            return None
        return fill(kind, value, at)

    return read


def tables(kind: type[T]) -> Read:
    """One table or more (``[[key]]``), each read by the fields of ``kind``."""

    def read(value: Any, at: At) -> tuple[T, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            at.fault("toml-not-tables", key=at.path)
            return ()
        filled = [fill(kind, v, at / n) for n, v in enumerate(value, 1)]
        return tuple(f for f in filled if f is not None)

    return read


def must(read: Read, key: str = "") -> Any:
    """A dataclass field that the table has to give, under its own name or ``key``."""
    return field(metadata={"read": read, "key": key})


def may(read: Read, default: Any = "", key: str = "") -> Any:
    """A dataclass field that the table may leave out; an empty string is as good as leaving it out."""
    return field(default=default, metadata={"read": read, "key": key})


def fill(kind: type[T], raw: dict[str, Any], at: At) -> T | None:
    """An object of a declared kind from one TOML table; None, and the faults at their lines, where it can't be."""
    before, values, rest = len(at.faults), {}, dict(raw)
    declared = {f.metadata["key"] or f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    for key, f in declared.items():
        value = rest.pop(key, MISSING)
        if f.default is MISSING and value is MISSING:
            at.fault("toml-missing-key", key=key)
        elif value is not MISSING and (value != "" or f.default is MISSING):
            values[f.name] = f.metadata["read"](value, at / key)
    for key in rest:
        (at / key).fault("toml-unknown-key", key, known="、".join(declared))
    return kind(**values) if len(at.faults) == before else None


def parse(data: bytes, at: At) -> dict[str, Any] | None:
    """The TOML of a file, its lines noted in ``at``; None and a fault at the line where it stops being TOML."""
    try:
        written = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        at.lines["encoding"] = data.count(b"\n", 0, error.start) + 1
        (at / "encoding").fault("toml-encoding")
        return None
    try:
        raw = tomllib.loads(written)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        line = re.search(r"at line (\d+)", str(error))
        at.lines["TOML"] = int(line[1]) if line else written.rstrip("\n").count("\n") + 1
        (at / "TOML").fault("toml-syntax", error)
        return None
    at.lines.update(_lines(written))
    return raw
