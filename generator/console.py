"""What the command line prints; every word stands in ``messages/cli.toml``."""

from __future__ import annotations

import json
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .sheet import Sheet
from .templating import word

WORDS = Path(__file__).parent / "messages" / "cli.toml"


@cache
def _words() -> dict[str, str]:
    return tomllib.loads(WORDS.read_text("utf-8"))


def say(code: str, **values: Any) -> str:
    """The sentence of a code, filled in. Raises ``KeyError`` for a code without words."""
    return _words()[code].format(**values) if values else _words()[code]


class Progress:
    """One line that is written over, on a terminal only, and only when something takes its time."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, what: str, n: int, of: int) -> None:
        now = time.monotonic()
        if self._shown and (now - self._last > 0.1 or n == of):
            self._last = now
            count = f" {n}/{of}" if of > 1 else ""
            end = "\r" if n < of or of <= 1 else "\n"
            sys.stderr.write(f"\r\x1b[K{say('progress-' + what)}{count}{end if of > 1 else ''}")
            sys.stderr.flush()


def built(made: dict[str, Any], head: str, seconds: float) -> str:
    """What a build made and where to look."""
    out = Path(made["out"])
    text = say("built", **{**made, "seconds": f"{seconds:.1f}"})
    return "\n".join([*([head] if head else []), text, say("look", index=out / "index.html")])


def problems(lines: Sequence[str]) -> str:
    """The problems under a build's summary."""
    return "\n".join([say("problems", count=len(lines)), *(f"  {line}" for line in lines)])


def checked(lines: Sequence[str]) -> str:
    """The outcome of ``bugu check``."""
    return "\n".join([say("checked", count=len(lines)), *lines]) if lines else say("checked-fine")


def leaks(found: Iterable[tuple[str, str]]) -> str:
    """What must not be published and where it was found."""
    return "\n".join([say("leaks"), *(say("leak", file=f, what=word(w, "leak")) for f, w in found)])


def fault(error: Exception) -> str:
    """One line for something that is nobody's data."""
    first = (str(error).splitlines() or [""])[0]
    return say("fault", kind=type(error).__name__, error=first)


def fault_untold(error: Exception) -> str:
    """The same where private cells were at hand: the kind of error alone, for its words may quote one."""
    return say("fault-untold", kind=type(error).__name__)


def schema(sheets: Iterable[Sheet]) -> str:
    """Every sheet and column as people read it."""
    lines = []
    for s in sheets:
        lines.append(say("schema-head", title=s.title, id=s.id))
        for c in s.columns:
            choices = f":{'、'.join(c.kind.choices)}" if c.kind.choices else ""
            notes = [f"{c.kind.title}{choices}", word(s.privacy_of(c), "privacy")]
            notes += [say("schema-required")] if c.required else []
            notes += [c.example] if c.example else []
            lines.append(f"  {c.title} | " + " | ".join(notes))
        lines.append("")
    return "\n".join(lines).rstrip()


def schema_json(sheets: Iterable[Sheet]) -> str:
    """Every sheet and column as Frictionless Table Schema, with their privacy."""
    return json.dumps({"sheets": [_sheet(s) for s in sheets]}, ensure_ascii=False, indent=1)


def _sheet(s: Sheet) -> dict[str, Any]:
    fields = []
    for c in s.columns:
        constraints: dict[str, Any] = {"required": True} if c.required else {}
        if c.kind.choices:
            constraints["enum"] = list(c.kind.choices)
        if c.key:
            constraints["unique"] = True
        kind, form = c.kind.schema
        fields.append(
            {
                "name": c.title,
                "title": c.title,
                "type": kind,
                "format": form,
                "description": c.help,
                "example": c.example,
                "privacy": s.privacy_of(c),
                "attribute": c.name,
                "refers": c.kind.target or None,
                "constraints": constraints,
            }
        )
    about = {"id": s.id, "title": s.title, "description": s.about, "per_community": s.per_community}
    return {**about, "primaryKey": s.key.title, "fields": fields}
