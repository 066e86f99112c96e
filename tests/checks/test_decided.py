"""What a vote binds: the day by which it is judged, the resolution that rests on it, the steps that follow it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks import check
from generator.checks.decided import resolutions_of_their_vote, steps_after_votes, votes_dated
from generator.checks.elections import elections_sound
from generator.checks.given import Given
from generator.checks.votes import votes_add_up
from generator.problems import Place
from generator.procedures import load
from generator.records import Records, Withheld
from generator.sheet import PublicRow
from generator.sheets.candidates import Candidate
from generator.sheets.elections import Election
from generator.sheets.matters import Matter
from generator.sheets.meetings import Meeting
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from generator.sheets.votes import Vote
from tests.rows import COMMUNITY, records, row

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
TODAY = date(2026, 6, 17)


def day(n: int) -> date:
    return date(2026, 3, n)


def matter(id: str = "T1", procedure: str = "liubu", on: date = date(2026, 3, 1)) -> Matter:
    return row(Matter, id, procedure=procedure, size="小事", raised_on=on)


def step(id: str, name: str, n: int, result: str = "完成", of: str = "T1") -> Step:
    return row(Step, id, matter=of, step=name, on=day(n), result=result)


def meeting(id: str, n: int, kind: str = "议事协商会", called: int = 15, present: int = 12) -> Meeting:
    return row(Meeting, id, title="会", kind=kind, on=day(n), called=called, present=present)


def vote(id: str, yes: int = 9, rule: str = "yishi", **more: Any) -> Vote:
    carried = "通过" if yes > 6 else "未通过"
    counts = {"called": 15, "present": 12, "in_favour": yes, "against": 12 - yes, "abstained": 0, "announced": carried}
    return row(Vote, id, **{"matter": "T1", "rule": rule, "motion": id, **counts, **more})


def resolution(**more: Any) -> Resolution:
    return row(Resolution, "R1", **{"matter": "T1", "passed_on": day(20), "title": "修门", **more})


def given(*rows: PublicRow, withheld: tuple[Withheld, ...] = ()) -> Given:
    all_ = records(rows)
    return Given(Records(all_.district, all_.tables, withheld), RULES, TODAY, (COMMUNITY,))


def told(found: Any, *rows: PublicRow, **more: Any) -> list[tuple[str, str, bool]]:
    return [(r.id, p.code, p.withholds) for r, p in found(given(*rows, **more))]


# --- the day


def gone(sheet: str, id: str, **refers: str) -> tuple[Withheld, ...]:
    return (Withheld(COMMUNITY, sheet, id, Place(), refers),)


def test_a_vote_waits_and_is_not_scolded_while_its_step_is_withheld() -> None:
    assert told(votes_dated, matter(), vote("V1")) == [("V1", "vote-no-step", True)]
    assert told(votes_dated, matter(), vote("V1"), withheld=gone("steps", "S1", matter="T1")) == []
    all_ = given(matter(), vote("V1"), withheld=gone("steps", "S1", matter="T1")).records
    kept, problems = check(all_, RULES, TODAY)
    assert "V1" not in kept.tables[COMMUNITY]["votes"]
    assert [p for p in problems if p.place.sheet == "表决"] == []


def test_a_withheld_step_of_another_matter_takes_no_vote_along() -> None:
    rows = (matter(), step("S1", "集议题", 1), vote("V1", meeting="M1"), meeting("M1", 9))
    kept, _ = check(given(*rows, withheld=gone("steps", "S9", matter="T9")).records, RULES, TODAY)
    assert "V1" in kept.tables[COMMUNITY]["votes"]


def test_a_vote_of_a_withheld_meeting_waits_where_only_the_meeting_can_say_that_its_rule_is_right() -> None:
    names = ("集议题", "定议题", "拟方案", "做表决")
    steps = [step(f"S{n}", name, n) for n, name in enumerate(names, 1)]
    for rule, shown in (("yishi", True), ("yeweihui", False)):
        rows = (matter(), *steps, vote("V1", rule=rule, meeting="M1"))
        kept, _ = check(given(*rows, withheld=gone("meetings", "M1")).records, RULES, TODAY)
        assert ("V1" in kept.tables[COMMUNITY]["votes"]) == shown


def test_two_steps_and_one_vote_ask_for_the_meeting() -> None:
    rows = (matter(), step("S1", "做表决", 9, "未通过"), step("S2", "做表决", 16))
    assert told(votes_dated, *rows, vote("V1")) == [("V1", "vote-which-day", True)]
    assert told(votes_dated, *rows, vote("V1", 5), vote("V2", revote_of="V1")) == []
    assert told(votes_dated, *rows, vote("V2", revote_of="V1"), withheld=gone("votes", "V1", matter="T1")) == []


def test_a_vote_is_not_before_its_matter() -> None:
    for n, code in ((1, []), (2, [("V1", "vote-before-raised", True)])):
        rows = (matter(on=day(n)), meeting("M1", 1), vote("V1", meeting="M1"))
        assert told(votes_dated, *rows) == code


# --- resolutions

AT = (matter(), meeting("M1", 20), meeting("M2", 27))


@pytest.mark.parametrize(
    ("votes", "more", "expected"),
    [
        ([vote("V1", meeting="M1")], {"vote": "V1", "meeting": "M1"}, ""),
        ([vote("V1", meeting="M1")], {"vote": "V1"}, ""),
        ([vote("V1", meeting="M1", matter="T2")], {"vote": "V1"}, "resolution-vote-matter"),
        ([vote("V1", meeting="M1", matter=None)], {"vote": "V1"}, "resolution-vote-no-matter"),
        ([vote("V1", meeting="M1")], {"vote": "V1", "meeting": "M2"}, "resolution-vote-meeting"),
        ([vote("V1")], {"vote": "V1", "meeting": "M2"}, "resolution-vote-no-meeting"),
        ([vote("V1", meeting="M2")], {"vote": "V1", "passed_on": day(26)}, "resolution-before-vote"),
        ([vote("V1", meeting="M2")], {"vote": "V1", "passed_on": day(27)}, ""),
        ([vote("V1", 5, meeting="M1")], {}, "resolution-of-lost"),
        ([vote("V1", 5, meeting="M1")], {"matter": None, "meeting": "M1"}, "resolution-of-lost"),
        ([vote("V1", meeting="M1"), vote("V2", 5, meeting="M1")], {}, ""),  # one of them was carried
        ([vote("V1", meeting="M1"), vote("V2", 5, meeting="M2")], {}, ""),  # the later one is not its own
        ([vote("V1", meeting="M1"), vote("V2", 5, meeting="M2")], {"passed_on": day(28)}, "resolution-of-lost"),
        ([vote("V1", 5, meeting="M1"), vote("V2", meeting="M2", revote_of="V1")], {"passed_on": day(28)}, ""),
        ([vote("V1", 5, meeting="M2")], {"passed_on": day(1)}, "resolution-of-lost"),  # a day before it does not help
        ([], {}, ""),
    ],
)
def test_a_resolution_rests_on_a_vote_of_its_own(votes: list[Vote], more: dict[str, Any], expected: str) -> None:
    found = told(resolutions_of_their_vote, *AT, *votes, resolution(**more))
    assert found == ([("R1", expected, True)] if expected else [])


def test_a_resolution_without_a_vote_waits_while_a_vote_does() -> None:
    rows = (matter(), meeting("M1", 20), vote("V1", meeting="M1", in_favour=10), resolution())
    kept, problems = check(records(rows), RULES, TODAY)
    assert "vote-sum" in {p.code for p in problems}
    assert "R1" not in kept.tables[COMMUNITY]["resolutions"]


# --- steps

WAY = (
    step("S1", "集议题", 1),
    step("S2", "定议题", 2),
    step("S2b", "拟方案", 3),
    step("S3", "做表决", 20),
    step("S4", "促落实", 28),
)


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ([vote("V1", 5, meeting="M1")], ("step-vote-lost", True)),
        ([vote("V1", 6, meeting="M1")], ("step-vote-lost", True)),  # exactly half
        ([vote("V1", 7, meeting="M1")], None),
        ([vote("V1", 5, meeting="M1"), vote("V2", meeting="M1")], None),  # two motions, one carried
        ([vote("V1", 5, meeting="M1"), vote("V2", meeting="M2")], None),  # a later one was
        ([vote("V1", 5, meeting="M0"), vote("V2", 5, meeting="M1", revote_of="V1")], ("step-vote-lost", True)),
        ([vote("V1", 5, meeting="M0"), vote("V2", meeting="M1", revote_of="V1")], None),
        ([vote("V1", meeting="M0"), vote("V2", 5, meeting="M1", revote_of="V1")], ("step-vote-lost", True)),
        ([vote("V1", meeting="M0"), vote("V2", 5, meeting="M1")], ("step-vote-lost-last", False)),
        ([vote("V1", 5, meeting="M2")], None),  # lost after the step was done: taken up once more, not yet told
        ([vote("V1", 5, meeting="M1", announced="通过")], None),  # told as a result that differs
        ([], None),
    ],
)
def test_a_step_of_voting_is_not_done_by_a_lost_vote(votes: list[Vote], expected: tuple[str, bool] | None) -> None:
    found = told(steps_after_votes, *AT, meeting("M0", 9), *WAY, *votes)
    assert found == ([("S3", *expected)] if expected else [])


def test_what_follows_a_lost_vote_waits_with_the_step() -> None:
    rows = (*AT, *WAY, vote("V1", 5, meeting="M1"))
    kept, problems = check(records(rows), RULES, TODAY)
    assert [p.code for p in problems if p.withholds] == ["step-vote-lost"]
    assert set(kept.tables[COMMUNITY]["steps"]) == {"S1", "S2", "S2b"}
    assert "V1" in kept.tables[COMMUNITY]["votes"]  # the vote itself is shown


def test_a_lost_vote_stops_its_own_step_alone() -> None:
    """Lost with the delegates, carried with the members of the party: 居民代表会议决议 is not done, 党员大会审议 is."""
    steps = (step("S1", "两委商议", 4), step("S2", "党员大会审议", 9), step("S3", "居民代表会议决议", 20))
    votes = (vote("V1", rule="dangyuan", meeting="M0"), vote("V2", 5, rule="daibiao", meeting="M1"))
    found = told(steps_after_votes, matter("T1", "siyi"), meeting("M0", 9), meeting("M1", 20), *steps, *votes)
    assert found == [("S3", "step-vote-lost", True)]


def test_nothing_is_said_of_a_step_while_a_vote_of_its_matter_is_withheld() -> None:
    rows = (*AT, *WAY, vote("V1", 5, meeting="M1"))
    assert told(steps_after_votes, *rows, withheld=gone("votes", "V2", matter="T1", revote_of="V1")) == []


# --- attendance, proxies, areas


@pytest.mark.parametrize(
    ("more", "present", "called", "expected"),
    [
        ({}, 12, 15, []),
        ({}, 13, 15, []),  # one left before the vote
        ({}, 11, 15, [("V1", "vote-over-meeting", True)]),
        ({"proxies": 1}, 11, 15, []),
        ({}, 12, 16, [("V1", "vote-called", False)]),
        ({}, 12, 19, [("V1", "vote-called-decides", True)]),
        ({"called": 19, "announced": "未通过"}, 12, 15, [("V1", "vote-called-decides", True)]),
    ],
)
def test_those_who_voted_came(more: dict[str, Any], present: int, called: int, expected: list[Any]) -> None:
    there = meeting("M1", 20, called=called, present=present)
    assert told(votes_add_up, matter(), there, vote("V1", meeting="M1", **more)) == expected


AREAS = {"area_total": 150, "area_present": 120, "area_for": 90, "area_against": 30, "area_abstained": 0}


def owners(**more: Any) -> Vote:
    return vote("V1", rule="yezhu-yiban", meeting="M1", **{**AREAS, **more})


def test_owners_vote_in_writing_and_need_not_come() -> None:
    assert told(votes_add_up, matter(), meeting("M1", 20, "业主大会", present=3), owners()) == []


@pytest.mark.parametrize(
    ("more", "fine"),
    [
        ({}, True),
        ({"area_against": 0, "area_for": 120}, False),
        ({"area_against": 29, "area_abstained": 1}, False),
        ({"area_against": 29, "area_invalid": 1}, False),
        ({"area_against": 20, "area_invalid": 10, "against": 2, "invalid": 1}, True),
        ({"against": 2, "invalid": 1}, False),
    ],
)
def test_owners_have_areas_and_areas_owners(more: dict[str, Any], fine: bool) -> None:
    found = told(votes_add_up, matter(), meeting("M1", 20, "业主大会"), owners(**more))
    assert found == ([] if fine else [("V1", "vote-area-heads", True)])


@pytest.mark.parametrize(("proxies", "expected"), [(None, []), (0, []), (1, [("V1", "proxies-none", True)])])
def test_no_proxies_where_the_rule_has_none(proxies: int | None, expected: list[Any]) -> None:
    there = meeting("M1", 20, "业委会会议")
    assert told(votes_add_up, matter(), there, vote("V1", rule="yeweihui", meeting="M1", proxies=proxies)) == expected


# --- elections


def election(**more: Any) -> tuple[Election, Candidate]:
    values = {
        "title": "推选",
        "post": "微网格长",
        "on": day(20),
        "rule": "tuixuan",
        "standing": 1,
        "seats": 1,
        "called": 15,
        "present": 12,
    }
    return (
        row(Election, "E1", **{**values, **more}),
        row(Candidate, "E1-1", election="E1", name="张*", votes=9, announced="当选"),
    )


@pytest.mark.parametrize(
    ("more", "kind", "expected"),
    [
        ({"meeting": "M1"}, {}, []),
        ({"meeting": "M1"}, {"present": 11}, [("E1", "election-over-meeting", True)]),
        ({"meeting": "M1"}, {"called": 16}, [("E1", "election-called", False)]),
        ({"meeting": "M1"}, {"called": 30}, [("E1", "election-called-decides", True)]),
        ({"meeting": "M1", "grid": "G1"}, {"called": 30}, []),  # those of one grid at the meeting of all
        ({"meeting": "M1", "grid": "G1"}, {"called": 14}, [("E1", "election-called", False)]),
        ({"matter": "T1", "on": date(2026, 2, 28)}, {}, [("E1", "election-before-raised", True)]),
        ({"term_from": day(20)}, {}, []),
        ({"term_from": day(19)}, {}, [("E1", "election-term-before", True)]),
        ({"rule": "daibiao"}, {}, [("E1", "election-rule-motions", True)]),
        ({"rule": "juweihui-lingxuan"}, {}, [("E1", "election-rule-second", True)]),
        ({"rule": "juweihui-xuanju"}, {}, []),
    ],
)
def test_an_election_is_of_its_meeting_and_rule(
    more: dict[str, Any], kind: dict[str, Any], expected: list[Any]
) -> None:
    there = meeting("M1", 20, "居民代表会议", **kind)
    assert told(elections_sound, matter(), there, *election(**more)) == expected
