"""The cards of the volunteers' sheets: who has one, what stamped services earned, what was redeemed, and what is left.

Nothing of these sheets leaves but counts: what is said of a row is where it stands and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..problems import Place, Problem
from ..sheets import discover
from ..understand import FullRow, Table, Understood
from . import accounts
from .accounts import Change
from .entries import Rows
from .kept import Kept, key
from .rooms import plain

HOLDERS, STAMPS, REDEMPTIONS = "holders", "stamps", "redemptions"
_STAMPS = (("card", "on", "service", "stamp"), ("card", "on", "service", "points", "stamp"))
_REDEMPTIONS = (("card", "on", "offer"), ("card", "on", "merchant", "offer", "points"))

# (column, code) of what is wrong with a row, which counts only without any; UNREAD is told where it was found.
Fault = tuple[str, str]
UNREAD = "unread"
# What is typed into a cell of a stamp that is not there, as `plain` has it.
_NO_STAMP = frozenset(
    ("", *"无没未否缺补空0?x×", "没有", *(f"{no}{stamp}" for no in ("没", "未", "待", "没有") for stamp in ("盖", "盖章", "补")))
)
# What other sheets say of a row. It was done and stamped all the same: were it left out of the public numbers, a merchant
# whose agreement was mistyped for a day, or a holder who is gone, would be what two editions of them differ by.
_ELSEWHERE = (
    "card-unknown", "stamp-service", "stamp-service-off", "stamp-points", "redeem-merchant", "redeem-agreement",
    "redeem-offer", "redeem-elsewhere", "redeem-offer-off", "redeem-points", UNREAD,
)  # fmt: skip
# Nobody can tell how many points such a stamp is worth.
_WORTH_UNKNOWN = {UNREAD, "stamp-service", "stamp-service-off", "stamp-points"}


@dataclass(frozen=True, repr=False)
class Entry:
    """One row of a card with what it adds or takes. ``fault``: why it does not count, as the code of a problem, or "".

    ``done``: whether it is one of the services and exchanges of which the number is published.
    """

    row: FullRow
    change: Change
    fault: str = ""
    done: bool = True


@dataclass(frozen=True, repr=False)
class Card:
    """One card. ``id``: its number as it was first written; ``holder``: the row of 《持卡人》, None where it has none."""

    id: str
    holder: FullRow | None
    entries: tuple[Entry, ...]

    @property
    def balance(self) -> int:
        """The points left by all that counts."""
        return accounts.balance(e.change for e in self.entries)

    @property
    def unsure(self) -> int:
        """How many rows are being looked into; those that only wait for their stamp are not among them."""
        return sum(e.fault not in ("", "stamp-missing") for e in self.entries)


@dataclass
class Cards:
    """All cards of a community. ``counted``: the rows of each sheet that are published as a number, None where nobody can
    tell; ``whose``: card in small letters → the first card of the same person; ``problems``: all that there is to say.
    """

    cards: list[Card] = field(default_factory=list)
    counted: dict[str, list[FullRow] | None] = field(default_factory=dict)
    whose: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def sound(understood: Understood, stands: Mapping[str, Rows], today: date) -> tuple[Understood, list[Problem]]:
    """The sheets, of 《服务打卡》 and 《兑换登记》 with nothing to count in the rows that do not count; and all that there is
    to say of them.

    ``stands``: the public rows that stand, by sheet and id, for what has no tab.
    """
    found = read(understood, stands, today)
    tables = dict(understood.tables)
    for sheet, rows in found.counted.items():
        table = tables[sheet]
        if rows is None:
            tables[sheet] = replace(table, broken=True)
        else:
            count = set(map(id, rows))
            tables[sheet] = replace(
                table, rows=[_of_holder(r, found.whose) if id(r) in count else _uncounted(r) for r in table.rows]
            )
    return Understood(tables, understood.problems), found.problems


def read(understood: Understood, stands: Mapping[str, Rows], today: date) -> Cards:
    """Every card with what it got and gave up to ``today``."""
    return _Reading(understood, stands, today).cards()


class _Listed:
    """The rows of a sheet that cards refer to, by id in small letters. ``whole``: there is none that was not read."""

    def __init__(self, sheet: str, understood: Understood, stands: Mapping[str, Rows]) -> None:
        table = understood.tables.get(sheet)
        self._lost: set[str] = set()
        self.whole = True
        if table is None:
            self._rows: dict[str, Mapping[str, Any]] = {key(i): r.as_dict() for i, r in stands.get(sheet, {}).items()}
            self.whole = bool(self._rows) or not discover()[sheet].stays
        else:
            self._rows = {key(r.values["id"]): r.values for r in table.rows}
            self._lost = {key(x.id) for x in table.lost}
            self.whole = not (table.broken or table.hides or "" in self._lost)

    def get(self, id: Any) -> Mapping[str, Any] | None:
        return self._rows.get(key(id))

    def lacks(self, id: Any) -> bool:
        """Whether there is surely no row of that id."""
        return self.whole and key(id) not in self._rows and key(id) not in self._lost


class _Reading:
    """The three sheets, each row judged by itself and then with its card's others."""

    def __init__(self, understood: Understood, stands: Mapping[str, Rows], today: date) -> None:
        self.tables, self.told, self.today = understood.tables, understood.problems, today
        self.holders, self.earnings, self.merchants, self.offers = (
            _Listed(sheet, understood, stands) for sheet in (HOLDERS, "points", "merchants", "offers")
        )
        self.found = Cards()
        self._entries: dict[str, list[Entry]] = {}
        self._names: dict[str, str] = {}
        self._doubted: set[str] = set()

    def cards(self) -> Cards:
        stamps = self._sheet(STAMPS, _STAMPS)
        redemptions = self._sheet(REDEMPTIONS, _REDEMPTIONS)
        if stamps is not None:
            self._note(stamps, self._once(stamps, [self._stamp(stamps, r) for r in stamps.table.rows]))
        if redemptions is not None:
            self._note(redemptions, [self._redemption(redemptions, r) for r in redemptions.table.rows])
        holders = self.tables.get(HOLDERS)
        rows = {key(r.values["id"]): r for r in (holders.rows if holders else ())}
        self.found.whose.update(self._people(rows))
        for id in dict.fromkeys([*rows, *self._entries]):
            name = str(rows[id].values["id"]) if id in rows else self._names[id]
            self.found.cards.append(Card(name, rows.get(id), tuple(self._entries.get(id, ()))))
        if stamps is not None and redemptions is not None:
            self._below(stamps, redemptions)
        return self.found

    def _people(self, rows: Mapping[str, FullRow]) -> Iterator[tuple[str, str]]:
        """Each card with the first of the same person, for numbers that come of few people; "" for one that nobody has."""
        first: dict[str, str] = {}
        for id in dict.fromkeys([*rows, *self._entries]):
            name = plain(rows[id].values["person"]) if id in rows else ""
            yield id, first.setdefault(name, id) if name else "" if self.holders.lacks(id) else id

    def _sheet(self, sheet: str, columns: tuple[Sequence[str], Sequence[str]]) -> Kept | None:
        """A sheet to be counted; None without one, or without its columns."""
        table = self.tables.get(sheet)
        if table is None:
            return None
        kept = Kept(table, *columns, self.told)
        self.found.problems += _unread(kept)
        if kept.lacking:
            self.found.counted[sheet] = None
            return None
        return kept

    def _note(self, kept: Kept, entries: Iterable[Entry]) -> None:
        """Keeps the entries by card, and the rows that count."""
        counted: list[FullRow] = []
        self.found.counted[kept.table.sheet.id] = counted
        for entry in entries:
            id = key(entry.row.values["card"])
            if id:
                self._names.setdefault(id, str(entry.row.values["card"]))
                self._entries.setdefault(id, []).append(entry)
            if entry.done:
                counted.append(entry.row)

    def _judged(self, kept: Kept, row: FullRow, faults: Iterator[Fault], points: int, most: int) -> Entry:
        """A row as an entry; its faults are told, unless something was said of the cell already."""
        found = list(faults)
        for column, code in found:
            if code != UNREAD:
                self.found.problems += kept.say(code, row, column)
        on = row.values["on"]
        fault = found[0][1] if found else UNREAD if kept.doubtful(row) else ""
        codes = {fault, *(code for _, code in found)}
        if most and fault != "stamp-missing" and codes & _WORTH_UNKNOWN:
            self._doubted.add(key(row.values["card"]))
        if "stamp-later" in codes:
            on = None  # the year may be mistyped
        done = not kept.doubtful(row) and all(code in _ELSEWHERE for _, code in found)
        return Entry(row, Change(on, points, not fault, most if fault != "stamp-missing" else 0), fault, done)

    def _whose(self, row: FullRow, code: str) -> Iterator[Fault]:
        """The card and the day of a row."""
        said = row.values
        if not said["card"]:
            yield "card", f"{code}-nobody"
        elif self.holders.lacks(said["card"]):
            yield "card", "card-unknown"
        if said["on"] is None:
            yield "on", f"{code}-undated"
        elif said["on"] > self.today:
            yield "on", f"{code}-later"

    # --- stamps -----------------------------------------------------------------------------------------------------

    def _stamp(self, kept: Kept, row: FullRow) -> Entry:
        rule = self.earnings.get(row.values["service"])
        listed = int((rule or {}).get("points") or 0)
        typed = row.values["points"]
        points = listed if typed is None else typed
        return self._judged(kept, row, self._of_stamp(row, rule), points, max(listed, points, 1))

    def _of_stamp(self, row: FullRow, rule: Mapping[str, Any] | None) -> Iterator[Fault]:
        said = row.values
        for column in ("stamp", "stamped_by"):
            if column in row.cells and plain(said[column]) in _NO_STAMP:
                yield column, "stamp-missing"
                return
        yield from self._whose(row, "stamp")
        if rule is None:
            known = said["service"] and not self.earnings.lacks(said["service"])
            yield "service", UNREAD if known else "stamp-service"
        elif said["on"] and not _holds(rule, said["on"]):
            yield "service", "stamp-service-off"
        elif said["points"] is not None and said["points"] != rule["points"]:
            yield "points", "stamp-points"

    def _once(self, kept: Kept, entries: list[Entry]) -> list[Entry]:
        """A stamp counts once: of one card the first row, of several cards none, for nobody knows whose it is."""
        found = list(entries)
        twins: dict[str, list[int]] = {}
        for n, entry in enumerate(entries):
            if (number := plain(entry.row.values["stamp"])) not in _NO_STAMP:
                twins.setdefault(number, []).append(n)
        for some in (t for t in twins.values() if len(t) > 1):
            rows = [entries[n].row for n in some]
            counts = [n for n in some if not entries[n].fault]
            first = min(counts, key=lambda n: (entries[n].change.on or date.max, n), default=None)
            alone = len({key(row.values["card"]) for row in rows}) == 1
            for n in some:
                row = entries[n].row
                self.found.problems += kept.say("stamp-twice", row, "stamp", [r for r in rows if r is not row])
                if not (alone and n == first):
                    most = entries[n].change.most - (entries[first].change.points if alone and first is not None else 0)
                    change = replace(entries[n].change, sure=False, most=max(most, 0))
                    found[n] = replace(entries[n], change=change, fault="stamp-twice", done=False)
        return found

    # --- redemptions ------------------------------------------------------------------------------------------------

    def _redemption(self, kept: Kept, row: FullRow) -> Entry:
        offer = self.offers.get(row.values["offer"])
        typed = row.values["points"]
        points = int((offer or {}).get("points") or 0) if typed is None else typed
        return self._judged(kept, row, self._of_redemption(row, offer), -points, 0)

    def _of_redemption(self, row: FullRow, offer: Mapping[str, Any] | None) -> Iterator[Fault]:
        said = row.values
        yield from self._whose(row, "redeem")
        at = said["merchant"] or (offer or {}).get("merchant")
        yield from self._at_merchant(row, at)
        if offer is None:
            known = said["offer"] and not self.offers.lacks(said["offer"])
            yield "offer", UNREAD if known else "redeem-offer"
        elif key(offer["merchant"]) != key(at):
            yield "offer", "redeem-elsewhere"
        elif said["on"] and not _holds(offer, said["on"]):
            yield "offer", "redeem-offer-off"
        elif said["points"] is not None and said["points"] != offer["points"]:
            yield "points", "redeem-points"

    def _at_merchant(self, row: FullRow, at: Any) -> Iterator[Fault]:
        column = "merchant" if "merchant" in row.cells else "offer"
        merchant = self.merchants.get(at)
        if merchant is None:
            if at:
                yield column, "redeem-merchant" if self.merchants.lacks(at) else UNREAD
        elif row.values["on"] and not _holds(merchant, row.values["on"]):
            yield column, "redeem-agreement"

    # --- balances ---------------------------------------------------------------------------------------------------

    def _below(self, stamps: Kept, redemptions: Kept) -> None:
        """Cards that have given more than they had, told once each; nothing where a stamp may be missing."""
        if stamps.half_read or any(not r.values["card"] for r in stamps.table.rows):
            return
        # A stamp on a card that nobody has may be any card's, with one sign mistyped.
        strays = {id: [e.change for e in some if e.change.most] for id, some in self._entries.items() if self.holders.lacks(id)}
        anywhere = [change for some in strays.values() for change in some]
        for id, entries in self._entries.items():
            if self._doubted & {id, *strays}:
                continue
            day = accounts.below([*(e.change for e in entries), *anywhere])
            if day is None:
                continue
            rows = [e.row for e in entries if not e.fault and e.change.on == day and e.change.points < 0]
            column = "points" if "points" in rows[-1].cells else "offer"
            code = "balance-below" if len(rows) == 1 else "balance-below-rows"
            self.found.problems += redemptions.say(code, rows[-1], column, rows[:-1])


def _holds(values: Mapping[str, Any], day: date) -> bool:
    """Whether an agreement, an offer or a rule was in force on a day."""
    return (values["since"] is None or values["since"] <= day) and (values["until"] is None or day <= values["until"])


def _of_holder(row: FullRow, whose: Mapping[str, str]) -> FullRow:
    card = whose.get(key(row.values["card"]), "")
    return FullRow(row.sheet, row.place, {**row.values, "card": card}, row.cells)


def _uncounted(row: FullRow) -> FullRow:
    by = row.sheet.counts.by if row.sheet.counts else ()
    return FullRow(row.sheet, row.place, {**row.values, **dict.fromkeys(by)}, row.cells)


def _unread(kept: Kept) -> Iterator[Problem]:
    """That points can't be counted by a sheet, or not all; said once a tab."""
    title = kept.table.sheet.title
    for place, titles in kept.lacking:
        yield Problem("card-column", place, "、".join(titles), {"sheet": title}, withholds=False)
    if kept.half_read:
        yield Problem("card-half", _where(kept.table), "", {"sheet": title}, withholds=False)


def _where(table: Table) -> Place:
    some = [*(r.place for r in table.rows[:1]), *(x.place for x in table.lost[:1])]
    return Place(some[0].file if some else "", table.tabs[0] if table.tabs else table.sheet.title)
