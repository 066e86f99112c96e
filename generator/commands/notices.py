"""``bugu notices``: what is to be done at the board today, and the PDFs for it in a folder."""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from .. import console
from ..build import Gathered, Options, Press, gather
from ..facts.board import board
from ..notices import Notice, fragment
from ..templating import word
from . import FINE, PROBLEMS, USAGE
from .board import Asked, Made, Standing, told

# Characters of each part of a file's name: together with the rest they stay under the 255 bytes that a name may have.
PLACE, TITLE, ID = 12, 24, 32

# PDFs as Typst writes them name the number of pages of each node of the page tree; the root's is the greatest.
_COUNTS = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


def run(given: argparse.Namespace, options: Options, clock: date) -> int:
    """Make the PDFs asked for, say what hangs, what is new, what comes down. ``clock``: the day it really is."""
    gathered = gather(options)
    shown = [n for n in gathered.notices if n.matter == given.matter or not given.matter]
    if given.matter and not shown:
        print(console.say("usage-no-matter", found=given.matter), file=sys.stderr)
        return USAGE
    out = given.out or Path("notices")
    names = file_names(gathered.notices, given.paper)
    made = make(gathered, _chosen(given, shown, gathered.today), out, given.paper, names, console.Progress(given.quiet))
    if not given.quiet:
        asked = Asked(out, gathered.today, clock, new=given.new, every=given.all, matter=bool(given.matter))
        communities = {c.id: c.name for c in gathered.whole.records.communities}
        print(told(asked, communities, shown, {n.path: made.get(n.path) or _there(out, names[n.path]) for n in shown}))
    lines = [p.line() for p in gathered.problems]
    if lines:
        print(console.problems(lines), file=sys.stderr)
    return PROBLEMS if lines else FINE


def _chosen(given: argparse.Namespace, shown: list[Notice], today: date) -> list[Notice]:
    if given.all or given.matter:
        return shown
    if given.new:
        return list(board(shown, today).new)
    return [n for n in shown if n.due]


def make(
    gathered: Gathered, chosen: list[Notice], out: Path, paper: str, names: Mapping[str, str], progress: console.Progress
) -> dict[str, Made]:
    """Set notices into a folder, one PDF each, by ``Notice.path``; a file that is there with the same words is left alone."""
    press, made = Press(gathered), {}
    if chosen:
        out.mkdir(parents=True, exist_ok=True)
    for n, notice in enumerate(chosen, start=1):
        progress("notices", n, len(chosen))
        pdf = press.pdf(notice, fragment(notice, gathered.env), paper)
        made[notice.path] = _written(out / names[notice.path], pdf)
    return made


def _written(path: Path, pdf: bytes | None) -> Made:
    if pdf is None:
        return Made(path.name, 0, Standing.WRONG)
    before = path.read_bytes() if path.exists() else None
    if before == pdf:
        return Made(path.name, pages_of(pdf), Standing.SAME)
    path.write_bytes(pdf)
    return Made(path.name, pages_of(pdf), Standing.MADE if before is None else Standing.CHANGED)


def _there(out: Path, name: str) -> Made:
    """A paper that wasn't asked for, with the file that an earlier day may have left."""
    path = out / name
    return Made(name, pages_of(path.read_bytes()), Standing.THERE) if path.exists() else Made(name, 0, Standing.NONE)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return max((int(n) for n in _COUNTS.findall(pdf)), default=0)


# --- names for people ----------------------------------------------------------------------------------------------


def file_names(notices: Iterable[Notice], paper: str) -> dict[str, str]:
    """Each notice's file by ``Notice.path``, as a clerk looks for it: 富强社区-公示-东门停车-DS-2026-006-4.pdf.

    Letters, digits and hyphens alone. Those that would be called the same, as file systems see it, get a mark of their own.
    """
    called = {n.path: _name(n, paper) for n in notices}
    times = Counter(name.casefold() for name in called.values())
    return {path: (name if times[name.casefold()] == 1 else f"{name}-{_mark(path)}") + ".pdf" for path, name in called.items()}


def _name(notice: Notice, paper: str) -> str:
    return console.say(
        "board-file-name",
        community=_plain(notice.context["community"].name)[:PLACE],
        kind=_plain(word(notice.kind, "notice")),
        title=_plain(_subject(notice.title))[:TITLE],
        id=_plain(notice.subject_id, "-")[:ID],
        paper="" if paper == "A4" else f"-{paper}",
    )


def _subject(title: str) -> str:
    """What a title is about: the words within its outermost quotation marks, or else all of it."""
    _, opened, rest = title.partition("“")
    inner, closed, _ = rest.rpartition("”")
    return inner if opened and closed and inner else title


def _plain(text: str, also: str = "") -> str:
    """Letters and digits of a text, in the one form in which every file system writes them."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum() or c in also)


def _mark(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8")).hexdigest()[:6]
