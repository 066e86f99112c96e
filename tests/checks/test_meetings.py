"""Meetings, their votes and resolutions, at the border of each figure that a rule gives."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.checks.given import Given
from generator.checks.meetings import meetings_sound, resolutions_sound, votes_of_their_meeting
from generator.checks.rules import rules_of_their_community
from generator.procedures import load
from generator.sheet import PublicRow
from generator.sheets.meetings import KINDS, Meeting
from generator.sheets.resolutions import Resolution
from generator.sheets.votes import Vote
from tests.rows import COMMUNITY, records, row

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
ON = date(2026, 5, 20)
TODAY = date(2026, 6, 17)


def meeting(kind: str, on: date = ON, **more: Any) -> Meeting:
    return row(Meeting, "M1", **{"title": "会", "kind": kind, "on": on, "called": 15, "present": 15, **more})


def vote(rule: str, id: str = "V1", present: int = 15, yes: int = 15, announced: str = "通过", **more: Any) -> Vote:
    counts = {"called": 15, "present": present, "in_favour": yes, "against": present - yes, "abstained": 0}
    return row(Vote, id, meeting="M1", rule=rule, announced=announced, motion="修门", **{**counts, **more})


def resolution(**more: Any) -> Resolution:
    return row(Resolution, "R1", **{"meeting": "M1", "vote": "V1", "title": "修门", "passed_on": ON, **more})


def codes(check: Any, *rows: PublicRow) -> list[tuple[str, bool]]:
    found = check(Given(records(rows), RULES, TODAY, (COMMUNITY,)))
    return [(p.code, p.withholds) for _, p in found]


@pytest.mark.parametrize(
    ("kind", "on", "days", "told"),
    [
        ("居民会议", ON, 10, False),
        ("居民会议", ON, 9, True),
        ("居民会议", date(2026, 1, 1), 9, True),
        ("居民会议", date(2025, 12, 31), 1, False),  # the law before asked for no such time
        ("业委会会议", ON, 7, False),
        ("业委会会议", ON, 6, True),
        ("居民代表会议", ON, 0, False),
        ("三方联席会", ON, 0, False),
    ],
)
def test_notice_to_the_day(kind: str, on: date, days: int, told: bool) -> None:
    found = codes(meetings_sound, meeting(kind, on, notice_on=on - timedelta(days=days)))
    assert found == ([("meeting-notice", False)] if told else [])


def test_a_notice_after_the_meeting_is_a_slip_whatever_the_kind() -> None:
    for kind in KINDS:
        assert codes(meetings_sound, meeting(kind, notice_on=ON + timedelta(days=1))) == [("meeting-notice-after", True)]


@pytest.mark.parametrize(("present", "told"), [(10, False), (9, True), (0, True)])
def test_a_carried_vote_needs_a_meeting_that_counted(present: int, told: bool) -> None:
    """Two thirds of 15 are 10. The vote's own figures are fine, so nothing but the meeting's own can say it."""
    found = codes(meetings_sound, meeting("居民代表会议", present=present), vote("daibiao"))
    assert found == ([("meeting-quorum", False)] if told else [])


@pytest.mark.parametrize(
    "rows",
    [
        (),  # it was held in vain, and nobody says otherwise
        (vote("daibiao", present=9, yes=9, announced="未通过"),),  # the vote says so
        (vote("daibiao", present=9, yes=9),),  # the vote's own figures say so: votes_add_up tells it
        (vote("daibiao", present=9, yes=9), resolution()),
        (vote("tuixuan", present=9, yes=9),),  # not by the meeting's rule
        (vote("daibiao"), vote("daibiao", "V2", yes=2, announced="未通过", revote_of="V1")),  # taken again, and lost
    ],
)
def test_a_meeting_without_its_quorum_is_not_told_twice(rows: tuple[PublicRow, ...]) -> None:
    assert codes(meetings_sound, meeting("居民代表会议", present=9), *rows) == []


def test_a_resolution_without_a_vote_needs_the_quorum_too() -> None:
    short = meeting("居民代表会议", present=9)
    assert codes(meetings_sound, short, resolution(vote=None)) == [("meeting-quorum", False)]
    assert codes(meetings_sound, meeting("居民代表会议", present=10), resolution(vote=None)) == []
    assert codes(meetings_sound, meeting("三方联席会", present=1), resolution(vote=None)) == []


def test_the_quorum_is_that_of_the_day() -> None:
    """9 of 15 are more than half: enough until the end of 2025."""
    for on, told in ((date(2025, 12, 31), []), (date(2026, 1, 1), [("meeting-quorum", False)])):
        assert codes(meetings_sound, meeting("居民代表会议", on, present=9), vote("daibiao")) == told


def test_more_present_than_called_is_told_alone() -> None:
    assert codes(meetings_sound, meeting("居民会议", present=16), vote("jumin")) == [("meeting-present", True)]


@pytest.mark.parametrize(
    ("kind", "rule", "told"),
    [
        ("居民会议", "jumin", []),
        ("居民会议", "jumin-hu", []),
        ("业主大会", "yezhu-tebie", []),
        ("居民代表会议", "tuixuan", [("vote-rule-persons", True)]),
        ("议事协商会", "juweihui-lingxuan", [("vote-rule-persons", True)]),
        ("居民会议", "daibiao", [("vote-rule-meeting", True)]),
        ("议事协商会", "liangwei", [("vote-rule-meeting", True)]),
        ("党建联席会议", "yishi", [("vote-rule-no-vote", True)]),
        ("议事协商会", "nothing", []),  # told as an unknown rule
    ],
)
def test_a_vote_is_by_a_rule_of_its_meeting(kind: str, rule: str, told: list[tuple[str, bool]]) -> None:
    assert codes(votes_of_their_meeting, meeting(kind), vote(rule)) == told


def test_a_vote_of_no_meeting_may_be_by_any_rule() -> None:
    assert codes(votes_of_their_meeting, vote("daibiao")) == []
    assert codes(votes_of_their_meeting, row(Vote, "V1", matter="T1", rule="daibiao")) == []


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        (ON, []),
        (ON + timedelta(days=3), []),
        (ON + timedelta(days=4), [("resolution-posted-late", False)]),
        (None, [("resolution-unposted", False)]),
    ],
)
def test_a_decision_of_the_owners_committee_is_posted_in_three_days(posted: date | None, told: list[Any]) -> None:
    rows = (meeting("业委会会议"), vote("yeweihui"), resolution(posted_on=posted))
    assert codes(resolutions_sound, *rows) == told
    assert codes(resolutions_sound, meeting("居民代表会议"), vote("daibiao"), resolution(posted_on=posted)) == []


def test_there_are_three_days_to_post_it_in() -> None:
    on = TODAY - timedelta(days=3)
    rows = (meeting("业委会会议", on), vote("yeweihui"), resolution(passed_on=on))
    assert codes(resolutions_sound, *rows) == []


def test_what_ships_with_bugu_is_for_every_community() -> None:
    assert codes(rules_of_their_community, meeting("居民会议"), vote("jumin")) == []
