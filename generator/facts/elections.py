"""Who is elected: whether enough voted, who reached the rule's share, who stands in a second ballot. Exact, pure.

The rule's quorum says whether the ballot counts at all; its majority is the share of those who voted that a candidate needs
(城市居民委员会组织法 2025 §§17-19). Of those who reach it the ones with most votes are elected, as many as there are seats.
A tie over the last seat elects none of the tied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ..procedures import Procedures, Rule
from ..records import Records
from ..sheets.candidates import Candidate
from ..sheets.elections import Election
from .decisions import Tally, Test, decide
from .fact import Fact


class ElectionRow(Protocol):
    """What a row of ``elections`` has of figures; an empty cell is None."""

    @property
    def seats(self) -> int: ...
    @property
    def called(self) -> int: ...
    @property
    def present(self) -> int: ...
    @property
    def invalid(self) -> int | None: ...


class CandidateRow(Protocol):
    """What a row of ``candidates`` has to be judged by."""

    @property
    def id(self) -> str: ...
    @property
    def votes(self) -> int: ...


@dataclass(frozen=True)
class Standing(Fact):
    """One candidate's votes against the rule. ``tied``: reached the share, but as many did for the last seat."""

    id: str
    votes: int
    test: Test
    elected: bool
    tied: bool


@dataclass(frozen=True)
class Outcome(Fact):
    """What the rule makes of a ballot for people. ``standings``: most votes first, equal ones in the order given.

    ``runoff``: the ids of those who may stand for the seats that are left, most votes first: the tied where there are
    any, else all who were not elected. Empty without a vacancy, and for a ballot that does not count.
    """

    quorum: Test
    standings: tuple[Standing, ...]
    vacancies: int
    runoff: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Whether enough voted for the ballot to count at all."""
        return self.quorum.passed

    @property
    def elected(self) -> tuple[str, ...]:
        return tuple(s.id for s in self.standings if s.elected)

    @property
    def tied(self) -> tuple[str, ...]:
        return tuple(s.id for s in self.standings if s.tied)


def elect(election: ElectionRow, candidates: Iterable[CandidateRow], rule: Rule) -> Outcome:
    """What the rule makes of the votes for each candidate, compared exactly.

    An invalid ballot was cast and counts among those who voted. A ballot without a quorum elects nobody, and neither does
    it leave a vacancy to run off for: it is held anew.
    """
    ranked = sorted(candidates, key=lambda c: -c.votes)
    quorum = _tests(election, 0, rule)[0]
    tests = {c.id: _tests(election, c.votes, rule)[1] for c in ranked}
    reached = [c for c in ranked if quorum.passed and tests[c.id].passed]
    elected, tied = _seated(reached, election.seats)
    standings = tuple(Standing(c.id, c.votes, tests[c.id], c.id in elected, c.id in tied) for c in ranked)
    vacancies = election.seats - len(elected)
    left = [s.id for s in standings if (s.tied if tied else not s.elected)]
    return Outcome(quorum, standings, vacancies, tuple(left) if quorum.passed and vacancies else ())


def _tests(election: ElectionRow, votes: int, rule: Rule) -> tuple[Test, Test]:
    """The quorum, and the share that so many votes are: a rule for people counts heads."""
    tally = Tally(election.called, election.present, votes, 0, 0)
    found = {t.key: t for t in decide(tally, rule).tests}
    return found["quorum_heads"], found["majority_heads"]


def _seated(reached: Sequence[CandidateRow], seats: int) -> tuple[set[str], set[str]]:
    """Of those who reached the share, most votes first: who has a seat, and who are tied over the last one."""
    if len(reached) <= seats:
        return {c.id for c in reached}, set()
    last, next_one = (reached[seats - 1].votes if seats else None), reached[seats].votes
    if last != next_one:
        return {c.id for c in reached[:seats]}, set()
    return {c.id for c in reached if c.votes > next_one}, {c.id for c in reached if c.votes == next_one}


@dataclass(frozen=True)
class Poll(Fact):
    """An election with the rule in force on its day, its candidates, and what the rule makes of them.

    ``first``: the ballot it is a second one of, if it is one; ``second``: the later ballot for its vacancies, if held, and
    ``unseen``: whether a row of such a ballot is withheld.
    """

    election: Election
    rule: Rule
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    first: Election | None = None
    second: Election | None = None
    unseen: bool = False

    @property
    def on(self) -> date:
        day: date = self.election.on
        return day

    def candidate(self, id: str) -> Candidate:
        """The candidate of that id. Raises ``KeyError``."""
        return {c.id: c for c in self.candidates}[id]

    @property
    def ranked(self) -> tuple[tuple[Candidate, Standing], ...]:
        """The candidates with what became of them, most votes first."""
        return tuple((self.candidate(s.id), s) for s in self.outcome.standings)

    @property
    def elected(self) -> tuple[Candidate, ...]:
        return tuple(self.candidate(i) for i in self.outcome.elected)

    @property
    def runoff(self) -> tuple[Candidate, ...]:
        """Who may stand in a second ballot."""
        return tuple(self.candidate(i) for i in self.outcome.runoff)

    def number(self, candidate: Candidate) -> int:
        """The place of a candidate on the ballot paper, from 1, where another is called the same; 0 for all others."""
        alike = [c for c in self.candidates if c.name == candidate.name]
        return self.candidates.index(candidate) + 1 if len(alike) > 1 else 0

    @property
    def valid_ballots(self) -> int:
        """How many ballots were cast and are not invalid."""
        return int(self.election.present - (self.election.invalid or 0))


def poll(records: Records, procedures: Procedures, election: Election, today: date) -> Poll | None:
    """An election judged by the rule in force on its day, with the second ballot if it was held by ``today``.

    None when no rule for persons is known (the checks say so).
    """
    rule = procedures.rule(election.rule, election.on)
    if rule is None or rule.decides != "persons" or rule.counted_by == "area_and_heads":
        return None
    candidates = records.by(election.community, Candidate, "election", election.id)
    first = records.get(election.community, Election, election.runoff_of)
    later = [e for e in records.by(election.community, Election, "runoff_of", election.id) if e.on <= today]
    unseen = records.withheld_of(election.community, "elections", "runoff_of", election.id) > 0
    outcome = elect(election, candidates, rule)
    return Poll(election, rule, outcome, candidates, first, later[0] if later else None, unseen)
