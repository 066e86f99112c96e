"""``bugu cards``: each holder's statement and the cards to print, for the volunteers alone.

Both name people: they are written outside the checkout only, readable by nobody else on this machine; nothing of them is
kept elsewhere, and nothing that is printed names anybody.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from .. import console, reading, templating
from ..problems import Problem
from ..sheets import discover
from ..sources import SourceError
from ..sync import Asked, Doors, Source, cards, examine, sources
from ..sync.accounts import running
from ..sync.cards import HOLDERS, REDEMPTIONS, STAMPS, Card
from ..sync.doors import PASSING, called, open_book
from ..typeset import Typesetter
from ..understand import FullRow, Understood, understand
from . import FAULT, FINE, PROBLEMS, USAGE

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_SHEETS = (HOLDERS, STAMPS, REDEMPTIONS)
_OWN = ("card-", "stamp-", "redeem-", "balance-")
_TWO = ("statements", "cards")


def run(given: argparse.Namespace, records: Path, doors: Doors, clock: date) -> int:
    """Write the statements and the cards into the folder asked for; 2 where that lies inside the checkout."""
    if wrong := _wrong(given.out, records, doors.root):
        print(wrong, file=sys.stderr)
        return USAGE
    if not records.is_dir():
        print(console.say("usage-no-records", found=records), file=sys.stderr)
        return USAGE
    try:
        book = open_book(given.source, doors)
    except SourceError as error:
        print(error.problem(called(given.source, doors)).line(), file=sys.stderr)
        if error.code in PASSING:
            return FAULT
        return USAGE if error.code in ("book-not-there", "source-unknown", "source-public") else PROBLEMS
    source = Source(given.community[0] if given.community else _named(given.source, records), (given.source,))
    result = examine(source, [book], Asked(records, (), clock, given.today))
    if not result.community:
        print(console.say("usage-which-community", known="、".join(result.known)), file=sys.stderr)
        return USAGE
    understood = understand(book, discover())
    tables = reading.read(records, (result.community,)).records.tables
    found = cards.read(understood, tables.get(result.community, {}), result.today).cards
    found = [c for c in found if c.holder or any(e.fault != "card-unknown" for e in c.entries)]  # no card for a number mistyped
    chosen = [c for c in found if not given.card or c.id.casefold() == given.card.casefold()]
    if not chosen:
        print(console.say("usage-card" if found else "cards-none"), file=sys.stderr)
        return USAGE if found else PROBLEMS
    return _made(given, _Desk(understood, tables, result.community, result.today), chosen, records, result.problems)


def _named(address: str, records: Path) -> str:
    found = [s.community for s in sources(records)[0] if address in s.addresses]
    return found[0] if len(found) == 1 else ""


def _wrong(out: Path, records: Path, root: Path) -> str:
    """What is wrong with a folder for papers that name people: nothing that is published or committed may hold it."""
    there = out.resolve()
    kept = (root.resolve(), records.resolve())
    inside = any(there.is_relative_to(folder) for folder in kept)
    if inside or any((p / ".git").exists() or _is_checkout(p) for p in (there, *there.parents)):
        return console.say("usage-cards-inside", found=out)
    return console.say("usage-cards-folder", found=out) if there.exists() and not there.is_dir() else ""


def _is_checkout(folder: Path) -> bool:
    return (folder / "mkdocs.yml").exists() and (folder / "templates").is_dir()


def _made(
    given: argparse.Namespace, desk: _Desk, chosen: Sequence[Card], records: Path, problems: Iterable[Problem]
) -> int:
    setters = {what: _setter(what, records) for what in _TWO}
    lacking = [c for c in chosen if any(setters[w].missing(desk.html(w, [c])) for w in _TWO)]
    fit = [c for c in chosen if c not in lacking]
    given.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    for what in _TWO if fit else ():
        named = console.say(f"cards-{what}")
        name = console.say("cards-file", what=named, card=f"-{fit[0].id}" if given.card else "")
        pdf = setters[what].pdf(desk.html(what, fit), title=console.say("cards-title", what=named))
        try:
            _write(given.out / name, pdf)
        except OSError:
            print(console.say("cards-blocked", found=given.out / name), file=sys.stderr)
            return FAULT
    return _told(given, desk, fit, lacking, problems)


def _setter(what: str, records: Path) -> Typesetter:
    district, _ = reading.read_district(records)
    fonts = [records.resolve().parent / f for f in district.fonts]
    scale = 0.8 if what == "statements" else 1.0  # a year's lines on two or three sheets
    return Typesetter(TEMPLATES / "layouts" / f"{what}.typ", fonts, lines=(26,), scale=scale)


def _write(path: Path, data: bytes) -> None:
    """Write a file that nobody else may read, as a new one: a link that lies there, hard or soft, is not written through.

    Raises ``OSError``.
    """
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    handle, name = tempfile.mkstemp(prefix=".", suffix=".pdf", dir=path.parent)  # readable by its owner alone
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _told(
    given: argparse.Namespace, desk: _Desk, fit: Sequence[Card], lacking: Sequence[Card], problems: Iterable[Problem]
) -> int:
    """Say how many were made and what is to be looked at; never whose they are."""
    tabs = {tab for sheet in _SHEETS if sheet in desk.understood.tables for tab in desk.understood.tables[sheet].tabs}
    own = [p.line() for p in problems if p.code.startswith(_OWN) or p.place.sheet in tabs]
    if own:
        print(console.say("cards-problems", count=len(own)), *(f"  {line}" for line in own), sep="\n", file=sys.stderr)
    if lacking:
        rows = "、".join(str(c.holder.place.row) for c in lacking if c.holder)
        print(console.say("cards-glyphs", count=len(lacking), rows=rows), file=sys.stderr)
    if fit:
        print(console.say("cards-made", count=len(fit), out=given.out))
    return PROBLEMS if own or lacking else FINE


class _Desk:
    """What the papers are written from: the volunteers' sheets, and the public rows that they name."""

    def __init__(self, understood: Understood, tables: Any, community: str, today: date) -> None:
        self.understood, self.today = understood, today
        self._stands = tables.get(community, {})
        self._community = tables.get("", {}).get("communities", {}).get(community)
        self._env = templating.environment(TEMPLATES)
        self._ids: dict[str, dict[str, str]] = {}

    def html(self, what: str, some: Iterable[Card]) -> str:
        """The papers of some cards. What stands on them goes through no gate: it is for the holders themselves."""
        sheets = [self._sheet(card) for card in some]
        return self._env.get_template(f"cards/{what}.html").render(
            cards=sheets, community=self._community, today=self.today
        )

    def _sheet(self, card: Card) -> dict[str, Any]:
        values = card.holder.values if card.holder else {}
        return {
            "id": card.id,
            "name": values.get("person") or "",
            "grid": self._name("grids", values.get("grid")),
            "since": values.get("since"),
            "balance": card.balance,
            "got": sum(e.change.points for e in card.entries if not e.fault and e.change.points > 0),
            "given": -sum(e.change.points for e in card.entries if not e.fault and e.change.points < 0),
            "lines": list(self._lines(card)),
            "waiting": sum(e.fault == "stamp-missing" for e in card.entries),
            "unsure": card.unsure,
        }

    def _lines(self, card: Card) -> Iterator[dict[str, Any]]:
        rows = {id(e.change): e.row for e in card.entries}
        for change, left in running(e.change for e in card.entries):
            row = rows[id(change)]
            yield {
                "on": change.on,
                "what": self._what(row),
                "stamp": row.values.get("stamp") or "",
                "points": change.points,
                "left": left,
            }

    def _what(self, row: FullRow) -> str:
        if row.sheet.id == STAMPS:
            return self._name("points", row.values["service"])
        return self._name("offers", row.values["offer"], "title")

    def _name(self, sheet: str, wanted: Any, column: str = "name") -> str:
        """What a row is called: as the volunteers' own tab has it, else as it stands published."""
        if sheet not in self._ids:
            table = self.understood.tables.get(sheet)
            stands = {i.casefold(): getattr(r, column) for i, r in self._stands.get(sheet, {}).items()}
            typed = {str(r.values["id"]).casefold(): str(r.values.get(column) or "") for r in (table.rows if table else ())}
            self._ids[sheet] = {**stands, **typed}
        return self._ids[sheet].get(str(wanted or "").casefold(), "")
