"""An election on paper: who was elected, who stands again, and by whom it is signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.notices import fragment, notices
from generator.typeset import text_of

from .rows import COMMUNITY, FIRST, SITE, called, facts, stood


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        ((150, 101, 90), "候选甲、候选乙当选居委会委员，任期自2026年4月1日至2031年3月31日。"),
        ((150, 100, 90), "应选2名，还缺1名，将另行选举，可以参加的候选人：候选乙、候选丙。"),
        ((150, 120, 120), "还缺1名，将另行选举，可以参加的候选人：候选乙、候选丙（最后一个名额得票相同）。"),
        ((90, 80), "这次没有人当选。应选2名，还缺2名，将另行选举，可以参加的候选人：候选甲、候选乙。"),
        ((150,), "候选甲当选居委会委员，任期自2026年4月1日至2031年3月31日。应选2名，还缺1名，将另外推选。"),
    ],
)
def test_an_election_says_who_was_elected_and_who_stands_again(
    root: Path, env: Environment, votes: tuple[int, ...], says: str
) -> None:
    made = notices(facts(root, elections=[FIRST], candidates=stood(*votes)), SITE)
    words = text_of(fragment(called(made, "xuanju-E1"), env))
    for part in (
        says,
        "200/300人",
        "要求过半数（至少151人）",
        "达到，选举有效",
        "150/200" if votes[0] == 150 else "90/200",
    ):
        assert part in words
    for part in ("居民委员会组织法", "署名、匿名均可", COMMUNITY["objections_phone"]):
        assert part in words


def test_an_election_with_too_few_votes_elects_nobody(root: Path, env: Environment) -> None:
    made = notices(facts(root, elections=[{**FIRST, "present": 150}], candidates=stood(150, 100)), SITE)
    words = text_of(fragment(called(made, "xuanju-E1"), env))
    assert "没有达到，选举无效" in words
    assert "没有人当选，将重新选举" in words
    assert "当选居委会委员" not in words


def test_a_second_ballot_names_the_first_and_the_first_the_second(root: Path, env: Environment) -> None:
    again = {**FIRST, "id": "E2", "title": "居委会委员另行选举", "on": date(2026, 3, 11), "seats": 1,
             "rule": "juweihui-lingxuan", "runoff_of": "E1"}  # fmt: skip
    rows = {"elections": [FIRST, again], "candidates": [*stood(150, 90, 80), *stood(80, 70, of="E2")]}
    made = notices(facts(root, **rows), SITE)
    first, second = (text_of(fragment(called(made, name), env)) for name in ("xuanju-E1", "xuanju-E2"))
    assert "还缺1名，将另行选举，可以参加的候选人：候选乙、候选丙。" in first
    assert "2026年3月11日" not in first, "nobody knew on the day of the paper"
    assert "就“居委会委员选举”（2026年3月10日）没有选出来的名额另行选举" in second
    assert "候选甲当选居委会委员" in second


@pytest.mark.parametrize(
    ("rule", "signed"), [("juweihui-xuanju", "富强社区居民选举委员会"), ("tuixuan", "富强社区居民委员会")]
)
def test_an_election_is_signed_by_who_held_it(root: Path, env: Environment, rule: str, signed: str) -> None:
    made = notices(facts(root, elections=[{**FIRST, "rule": rule}], candidates=stood(150, 101)), SITE)
    assert text_of(fragment(called(made, "xuanju-E1"), env)).split("\n")[-2] == signed


def test_an_election_says_what_was_cast_for_others_beside_what_was_cast(root: Path, env: Environment) -> None:
    words = text_of(
        fragment(called(notices(facts(root, elections=[FIRST], candidates=stood(150, 101)), SITE), "xuanju-E1"), env)
    )
    assert "可以投票\n投了票\n投票的里面，委托别人投的\n没有投票" in words
    assert "300\n200\n12\n100" in words


def test_who_had_the_votes_but_found_no_seat_is_told_why(root: Path, env: Environment) -> None:
    made = notices(facts(root, elections=[{**FIRST, "seats": 1}], candidates=stood(150, 120, 90)), SITE)
    words = text_of(fragment(called(made, "xuanju-E1"), env))
    assert "候选乙\n120/200\n达到\n得票够了，名额已满" in words
    assert "候选丙\n90/200\n未达到\n未当选" in words
