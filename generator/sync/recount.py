"""Votes recounted from the ballots and the roll that the volunteers keep: exact, and sure or silent.

Nothing of either sheet leaves: what is said of a ballot is where it stands and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..facts import owners
from ..facts.ballots import vote_day
from ..facts.decisions import PRESENT, Tally, silence
from ..facts.owners import Cast, Fault
from ..problems import Problem
from ..procedures import Procedures, Rule
from ..records import District, Records
from ..sheet import PublicRow
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.votes import Vote
from ..understand import FullRow, Table, Understood
from ..writing import cell
from .entries import Rows, refers
from .gate import Arrived, Seen
from .kept import Kept, key
from .rolls import Rolls
from .rooms import plain

BALLOTS, OWNERS = "ballots", "area_and_heads"
_NEEDED = ("vote", "voter", "choice")
_USED = (*_NEEDED, "proxy", "written")
# What is said of a fault of ballots, and at which column.
_SAID = {
    "cast-unknown": ("ballot-voter", "voter"),
    "cast-twice": ("ballot-twice", "voter"),
    "cast-choice": ("ballot-choice", "choice"),
    "cast-divided": ("ballot-divided", "choice"),
    "cast-unwritten": ("ballot-unwritten", "written"),
    "cast-proxies": ("ballot-proxies", "proxy"),
}
_OF_THE_ROLL = ("called", "area_total")
_EMPTY_IS_NOUGHT = ("invalid", "area_invalid")


def recounted(
    community: str,
    understood: Understood,
    arrived: Mapping[str, Arrived],
    stands: Mapping[str, Rows],
    procedures: Procedures,
    today: date,
) -> tuple[dict[str, Arrived], list[Problem]]:
    """The sheets as they arrived, but for the votes that are not what their ballots come to: those are withheld.

    And all that there is to say of them, of ballots and of the roll. ``stands``: the rows that stand, by sheet and id,
    for what a vote refers to. A vote whose ballots cannot be counted for sure stays as it is.
    """
    votes, table = arrived.get("votes"), understood.tables.get(BALLOTS)
    if votes is None or table is None or not votes.seen:
        return dict(arrived), []
    ballots, rolls = _Ballots(table, understood.problems, today), Rolls(understood, understood.problems)
    recount = _Recount(_known(community, arrived, stands), procedures, ballots, rolls)
    problems = list(ballots.problems([s.id for s in votes.seen], votes.leaves_unsure))
    seen = []
    for one in votes.seen:
        differs = list(recount.differences(one.row)) if isinstance(one.row, Vote) else []
        problems += differs
        seen.append(_withheld(one) if any(p.withholds for p in differs) else one)
    problems += recount.rolls.problems
    return {**arrived, "votes": replace(votes, seen=tuple(seen))}, problems


def _withheld(one: Seen) -> Seen:
    return replace(one, row=None, refers=refers(one.row) if one.row is not None else one.refers)


def _known(community: str, arrived: Mapping[str, Arrived], stands: Mapping[str, Rows]) -> Records:
    """What is known of meetings, matters and their steps: as it stands, and as it comes in."""
    tables: dict[str, dict[str, PublicRow]] = {s: dict(rows) for s, rows in stands.items()}
    for sheet_id, one in arrived.items():
        tables.setdefault(sheet_id, {}).update({s.id: s.row for s in one.seen if s.row is not None})
    return Records(District(""), {community: tables})


class _Ballots:
    """The ballots by vote, and of which votes some may be missing."""

    def __init__(self, table: Table, told: Iterable[Problem], today: date) -> None:
        self.kept = Kept(table, _NEEDED, _USED, told)
        self._of: dict[str, list[FullRow]] = {}
        for row in table.rows:
            self._of.setdefault(key(row.values["vote"]), []).append(row)
        self._doubted = {key(row.values["vote"]) for row in table.rows if self.kept.doubtful(row)}
        self._doubted |= {key(lost.values.get("vote")) for lost in table.lost}
        self._later = [row for row in table.rows if row.values["on"] and row.values["on"] > today]
        self._doubted |= {key(row.values["vote"]) for row in self._later}
        unread = table.broken or table.hides or bool(self.kept.lacking)
        self._none_is_sure = unread or bool(self._of.get("")) or "" in self._doubted

    def of(self, vote: Vote) -> Sequence[FullRow]:
        return self._of.get(key(vote.id), ())

    def sure_of(self, vote: Vote) -> bool:
        """Whether all ballots of a vote are here and can be read."""
        return not self._none_is_sure and key(vote.id) not in self._doubted

    def problems(self, votes: Iterable[str], unsure: bool) -> Iterator[Problem]:
        """What there is to say of ballots of no vote. ``unsure``: there may be votes that were not read."""
        yield from self.kept.unread()
        yield from (p for row in self._later for p in self.kept.say("ballot-later", row, "on"))
        known = {key(v) for v in votes}
        for vote, rows in self._of.items() if not self.kept.lacking else ():
            if not vote:
                yield from (p for row in rows for p in self.kept.say("ballot-vote-empty", row, "vote"))
            elif vote not in known and not unsure:  # often one that is still being prepared: said once
                yield from self.kept.say("ballot-vote", rows[0], "vote", rows)


class _Recount:
    def __init__(self, records: Records, procedures: Procedures, ballots: _Ballots, rolls: Rolls) -> None:
        self.records, self.procedures, self.ballots, self.rolls = records, procedures, ballots, rolls

    def differences(self, vote: Vote) -> Iterator[Problem]:
        """What is wrong with a vote's ballots, and where its figures are not theirs."""
        rows, on = self.ballots.of(vote), vote_day(self.records, self.procedures, vote)
        rule = self.procedures.rule(vote.rule, on) if on else None
        if not rows or rule is None or self.ballots.kept.lacking:
            return
        nobodys = [row for row in rows if not plain(row.values["voter"])]
        rows = [row for row in rows if plain(row.values["voter"])]
        yield from (p for row in nobodys for p in self.ballots.kept.say("ballot-voter-empty", row, "voter"))
        casts = [_cast(row) for row in rows]
        most: int | None = getattr(rule, "proxies", None)
        sure = self.ballots.sure_of(vote) and not nobodys
        if rule.counted_by != OWNERS:
            counted = owners.count_heads(vote.called, casts, most)
            yield from self._say(vote, rows, counted.faults, sure)
        else:
            part = self.rolls.of(vote, self._compound(vote))
            if part is None:
                return
            counted = owners.count(part.units, casts, most)
            self.rolls.tell(part, owners.roll_faults(part.units))
            yield from self._say(vote, rows, counted.faults, part.sure)
            sure = sure and part.sure
        if counted.tally is not None and sure:
            yield from _compared(vote, _present(vote, rule, counted.tally), _columns(rows))

    def _compound(self, vote: Vote) -> str:
        meeting = self.records.get(vote.community, Meeting, vote.meeting)
        matter = self.records.get(vote.community, Matter, vote.matter)
        return (meeting.compound if meeting else "") or (matter.compound if matter else "") or ""

    def _say(self, vote: Vote, rows: Sequence[FullRow], faults: Iterable[Fault], sure: bool) -> Iterator[Problem]:
        """The faults of a vote's ballots at their cells. ``sure``: who may vote, and all that did, is known."""
        for fault in (f for f in faults if f.code.startswith("cast-")):
            some = [rows[n] for n in fault.at]
            if fault.code == "cast-many":
                if sure:
                    yield Problem("recount-many", vote.cell("called"), str(vote.called))
            elif fault.code == "cast-proxies":
                yield from self.ballots.kept.say("ballot-proxies", some[0], "proxy", some)
            elif sure or fault.code != "cast-unknown":
                code, column = _SAID[fault.code]
                for row in some:
                    yield from self.ballots.kept.say(code, row, column, [r for r in some if r is not row])


def _cast(row: FullRow) -> Cast:
    said = row.values
    return Cast(plain(said["voter"]), said["choice"] or "", said["on"], plain(said["proxy"]), bool(said["written"]))


def _columns(rows: Iterable[FullRow]) -> frozenset[str]:
    return frozenset(name for row in rows for name in row.cells)


def _present(vote: Vote, rule: Rule, tally: Tally) -> Tally:
    """The tally with those of the present who gave no ballot, where the rule has them for present: none has a ballot."""
    silent = vote.unreturned or 0
    if rule.counted_by == OWNERS or silence(rule) != PRESENT:
        return tally
    return replace(tally, present=tally.present + silent)


def _figures(tally: Tally) -> Iterator[tuple[str, int | Decimal]]:
    """What each column of a vote must say. How many ballots were given out, no ballot tells: 未交 is left to the checks."""
    yield "called", tally.eligible
    yield "present", tally.present
    yield "in_favour", tally.in_favour
    yield "against", tally.against
    yield "abstained", tally.abstained
    yield "invalid", tally.invalid
    yield "proxies", tally.proxies
    if tally.areas:
        yield "area_total", tally.areas.total
        yield "area_present", tally.areas.present
        yield "area_for", tally.areas.in_favour
        yield "area_against", tally.areas.against
        yield "area_abstained", tally.areas.abstained
        yield "area_invalid", tally.areas.invalid


def _compared(vote: Vote, tally: Tally, columns: frozenset[str]) -> Iterator[Problem]:
    """Each figure of a vote that is not what was counted. ``columns``: those that the ballots have.

    What was counted is not said: while a vote goes on, two of these messages would tell what the ballot between them says.
    """
    for name, counted in _figures(tally):
        typed = getattr(vote, name)
        if typed is None and name in _EMPTY_IS_NOUGHT:
            typed = type(counted)(0)
        if typed is None or typed == counted or (name == "proxies" and "proxy" not in columns):
            continue
        column = vote.sheet.column(name)
        code = "recount-roll" if name in _OF_THE_ROLL else "recount-ballots"
        yield Problem(code, vote.cell(name), cell(column, typed))
