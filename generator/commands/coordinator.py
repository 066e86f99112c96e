"""The page of problems by editor, for the coordinator alone."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from .. import console
from ..sheets import discover
from ..sync import Result
from ..sync.doors import lies_open

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def wrong_place(path: Path | None, root: Path) -> str:
    """What is wrong with where the page is to go: it names people, so it may not lie among what is published."""
    if path is None:
        return ""
    if lies_open(path, root):
        return console.say("usage-page-inside", found=path)
    if not path.resolve().parent.is_dir():
        return console.say("usage-no-folder", found=path.parent)
    return ""


def write(path: Path | None, results: Iterable[Result], today: date) -> None:
    """The page, where one was asked for."""
    if path is None:
        return
    from ..feedback import page

    results = list(results)
    editors = {title: name for r in results for title, name in r.editors.items()}
    titles = [s.title for s in discover().values()]
    problems = [p for r in results for p in r.problems]
    text = page.page(problems, editors, titles, today, [r.community for r in results], TEMPLATES)
    path.write_text(text, "utf-8")
    print(console.say("page-written", where=path), file=sys.stderr)
