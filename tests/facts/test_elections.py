"""Elections: who has enough, who has most, what a tie does, and who may stand again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.facts.elections import Outcome, elect, poll
from generator.procedures import Rule, load
from generator.sheets.candidates import Candidate
from generator.sheets.elections import Election
from tests.rows import records, row

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
DAY = date(2026, 3, 21)


def rule(id: str) -> Rule:
    found = RULES.rule(id, DAY)
    assert found is not None
    return found


@dataclass(frozen=True)
class Held:
    seats: int
    called: int
    present: int
    invalid: int | None = None


@dataclass(frozen=True)
class Stood:
    id: str
    votes: int


def outcome(seats: int, called: int, present: int, votes: Sequence[int], by: str = "juweihui-xuanju") -> Outcome:
    """The outcome for candidates a, b, c … with so many votes."""
    return elect(Held(seats, called, present), [Stood("abcdefghij"[n], v) for n, v in enumerate(votes)], rule(by))


@pytest.mark.parametrize(
    ("seats", "called", "present", "votes", "elected", "tied", "vacancies", "runoff"),
    [
        (1, 100, 60, [31, 29], "a", "", 0, ""),
        (1, 100, 60, [30, 30], "", "", 1, "ab"),  # exactly half is no 过半数: nobody reached it
        (2, 100, 60, [40, 31, 20], "ab", "", 0, ""),
        (2, 100, 60, [31, 40, 50], "cb", "", 0, ""),  # most votes first, not the order of the paper
        (2, 100, 60, [40, 35, 35], "a", "bc", 1, "bc"),  # both have enough, the last seat is neither's
        (1, 100, 60, [40, 40], "", "ab", 1, "ab"),
        (2, 100, 60, [40, 40, 35], "ab", "", 0, ""),  # a tie that is not over the last seat harms nobody
        (2, 100, 60, [50, 35, 35, 35, 20], "a", "bcd", 1, "bcd"),
        (2, 100, 60, [35, 35, 35], "", "abc", 2, "abc"),
        (3, 100, 60, [40, 20, 10], "a", "", 2, "bc"),  # short of the share: the rest may stand again
        (3, 100, 60, [40], "a", "", 2, ""),  # nobody is left to stand
        (1, 100, 50, [50, 0], "", "", 1, ""),  # exactly half voted: no election at all, nothing to run off
        (1, 0, 0, [0], "", "", 1, ""),
    ],
)
def test_who_is_elected(
    seats: int, called: int, present: int, votes: list[int], elected: str, tied: str, vacancies: int, runoff: str
) -> None:
    found = outcome(seats, called, present, votes)
    assert "".join(found.elected) == elected
    assert "".join(found.tied) == tied
    assert found.vacancies == vacancies
    assert "".join(found.runoff) == runoff


def test_delegates_must_be_more_than_two_thirds() -> None:
    assert not outcome(1, 60, 40, [40], "juweihui-xuanju-daibiao").valid
    assert outcome(1, 60, 41, [21], "juweihui-xuanju-daibiao").elected == ("a",)


def test_a_second_ballot_asks_for_a_third() -> None:
    third = outcome(1, 900, 453, [151, 150], "juweihui-lingxuan")
    assert (third.elected, third.standings[0].test.least) == (("a",), 151)
    assert outcome(1, 900, 454, [151, 150], "juweihui-lingxuan").elected == ()
    assert outcome(1, 900, 600, [250, 240, 110], "juweihui-lingxuan").elected == ("a",)  # fewer than half, and most


def test_a_ballot_that_is_void_was_still_cast() -> None:
    """31 of 60 who voted is enough; 31 of 62, two of them void, is not."""
    assert elect(Held(1, 100, 60), [Stood("a", 31)], rule("juweihui-xuanju")).elected == ("a",)
    assert elect(Held(1, 100, 62, 2), [Stood("a", 31)], rule("juweihui-xuanju")).elected == ()


votes = st.lists(st.integers(0, 60), min_size=1, max_size=8)
ANY = st.sampled_from(["juweihui-xuanju", "juweihui-lingxuan", "juweihui-xuanju-daibiao"])


@given(st.integers(1, 5), st.integers(0, 100), votes, ANY)
def test_never_more_than_seats_and_every_seat_is_told(
    seats: int, present: int, given_votes: list[int], by: str
) -> None:
    found = outcome(seats, 100, present, given_votes, by)
    assert len(found.elected) + found.vacancies == seats
    assert found.vacancies >= 0
    assert not set(found.elected) & set(found.tied)
    assert not set(found.elected) & set(found.runoff)
    assert found.valid or (found.elected, found.tied, found.runoff) == ((), (), ())


@given(st.integers(1, 5), st.integers(0, 100), votes, ANY)
def test_whoever_is_elected_reached_the_share_and_nobody_better_was_left(
    seats: int, present: int, given_votes: list[int], by: str
) -> None:
    found = outcome(seats, 100, present, given_votes, by)
    least, strict = rule(by).majority.share, rule(by).majority.strict
    got = {s.id: s.votes for s in found.standings}
    for id in found.elected:
        assert present > 0
        assert (Fraction(got[id], present) > least) if strict else (Fraction(got[id], present) >= least)
        assert all(got[id] > got[other] for other in got if other not in found.elected)


@given(st.integers(1, 5), votes, ANY, st.randoms())
def test_the_order_of_the_paper_decides_nothing(seats: int, given_votes: list[int], by: str, chance: Random) -> None:
    stood = [Stood("abcdefghij"[n], v) for n, v in enumerate(given_votes)]
    mixed = chance.sample(stood, len(stood))
    one, other = (elect(Held(seats, 100, 70), some, rule(by)) for some in (stood, mixed))
    assert (set(one.elected), set(one.tied), one.vacancies) == (set(other.elected), set(other.tied), other.vacancies)
    assert set(one.runoff) == set(other.runoff)


@given(st.integers(1, 5), votes, ANY, st.integers(1, 50))
def test_k_times_as_many_elect_the_same(seats: int, given_votes: list[int], by: str, k: int) -> None:
    one = outcome(seats, 100, 70, given_votes, by)
    other = outcome(seats, 100 * k, 70 * k, [v * k for v in given_votes], by)
    assert (one.elected, one.tied, one.runoff) == (other.elected, other.tied, other.runoff)


@given(st.integers(1, 5), votes, ANY, st.integers(0, 7))
def test_one_more_vote_never_unseats_whom_it_is_for(seats: int, given_votes: list[int], by: str, whose: int) -> None:
    assume(whose < len(given_votes))
    before = outcome(seats, 100, 70, given_votes, by)
    after = outcome(seats, 100, 70, [v + (n == whose) for n, v in enumerate(given_votes)], by)
    if (id := "abcdefghij"[whose]) in before.elected:
        assert id in after.elected


# --- an election with its rows --------------------------------------------------------------------------------------


def held(id: str, **more: object) -> Election:
    given = {
        "title": "微网格长推选", "post": "微网格长", "on": DAY, "rule": "juweihui-xuanju", "seats": 1, "called": 100,
        "present": 60, "invalid": 2, **more,
    }  # fmt: skip
    return row(Election, id, **given)


def stood(id: str, of: str, name: str, got: int) -> Candidate:
    return row(Candidate, id, election=of, name=name, votes=got, announced="未当选")


def test_an_election_knows_its_candidates_and_its_second_ballot() -> None:
    first, second = held("E1"), held("E2", on=date(2026, 3, 28), rule="juweihui-lingxuan", runoff_of="E1")
    people = [
        stood("A", "E1", "张*", 20),
        stood("B", "E1", "张*", 30),
        stood("C", "E1", "李*", 8),
        stood("D", "E2", "张*", 50),
    ]
    all_rows = records([first, second, *people])
    found = poll(all_rows, RULES, first, date(2026, 6, 17))
    assert found is not None
    assert [c.id for c, _ in found.ranked] == ["B", "A", "C"]
    assert [c.id for c in found.runoff] == ["B", "A", "C"]
    assert (found.second, found.first, found.elected, found.valid_ballots) == (second, None, (), 58)
    assert [found.number(c) for c, _ in found.ranked] == [2, 1, 0]  # only where two are called the same
    again = poll(all_rows, RULES, second, date(2026, 6, 17))
    assert again is not None
    assert (again.first, [c.id for c in again.elected]) == (first, ["D"])


def test_a_second_ballot_is_not_known_before_it_was_held() -> None:
    first, second = held("E1"), held("E2", on=date(2026, 3, 28), runoff_of="E1")
    found = poll(records([first, second]), RULES, first, date(2026, 3, 27))
    assert found is not None
    assert found.second is None


def test_no_outcome_without_a_rule_for_persons() -> None:
    for by in ("unheard-of", "yezhu-yiban"):
        assert poll(records([]), RULES, held("E", rule=by), DAY) is None
    assert poll(records([]), RULES, held("E", on=date(2025, 12, 31)), DAY) is None  # the law is of 2026
