"""What the last build of a folder was made of, so that the same is not made twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .build import Gathered, Options


def _path(options: Options) -> Path:
    name = hashlib.sha256(str(options.out.resolve()).encode()).hexdigest()[:16]
    return options.cache / f"built-{name}.json"


def _files(out: Path) -> int:
    return sum(1 for p in out.rglob("*") if p.is_file())


def read(options: Options, stamp: str) -> dict[str, Any] | None:
    """The receipt of the last build when it was of the very same things and its files still stand."""
    try:
        last: dict[str, Any] = json.loads(_path(options).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if last.get("stamp") != stamp or not options.out.is_dir() or _files(options.out) != last.get("files"):
        return None
    return last


def write(options: Options, stamp: str, gathered: Gathered) -> dict[str, Any]:
    """Note what was built."""
    records = gathered.whole.records
    made = {
        "stamp": stamp,
        "files": _files(options.out),
        "out": str(options.out),
        "pages": gathered.counts["pages"],
        "notices": gathered.counts.get("notices", 0),
        "withheld": len(records.withheld) + sum(h.rows for h in records.held if not h.kept),
        "today": str(gathered.today),
        "problem_lines": [p.line() for p in gathered.problems],
    }
    path = _path(options)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    aside.replace(path)
    return made
