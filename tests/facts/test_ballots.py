"""Votes: the day they were taken, and re-votes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.facts.ballots import ballot, earlier_votes, later_votes, vote_day
from generator.problems import Place
from generator.procedures import load
from generator.records import Records, Withheld
from generator.sheets.matters import Matter
from generator.sheets.meetings import Meeting
from generator.sheets.steps import Step
from generator.sheets.votes import Vote
from tests.rows import COMMUNITY, records, row

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
START, TODAY = date(2026, 3, 2), date(2026, 6, 17)


def matter(procedure: str = "liubu") -> Matter:
    return row(Matter, "M", raised_on=START, procedure=procedure)


def step(id: str, name: str, day: int, result: str = "完成") -> Step:
    return row(Step, id, matter="M", step=name, on=date(2026, 3, day), result=result)


def vote(id: str, rule: str = "yishi", **more: object) -> Vote:
    return row(Vote, id, rule=rule, **{"matter": "M", **more})


def of(*rows: object) -> Records:
    return records(rows)  # type: ignore[arg-type]


def test_a_vote_was_taken_on_the_day_of_its_meeting() -> None:
    given = of(matter(), step("S1", "拟方案", 5), step("S2", "做表决", 9), row(Meeting, "T", on=date(2026, 3, 8)))
    assert vote_day(given, RULES, vote("V", meeting="T")) == date(2026, 3, 8)


def test_without_a_meeting_it_was_taken_at_the_step_of_voting() -> None:
    given = of(matter(), step("S1", "拟方案", 5), step("S2", "做表决", 9), step("S3", "促落实", 12))
    assert vote_day(given, RULES, vote("V")) == date(2026, 3, 9)
    assert vote_day(given, RULES, vote("V", meeting="withheld")) == date(2026, 3, 9)


def test_of_several_steps_of_voting_it_is_the_one_whose_rules_list_its_own() -> None:
    steps = [step("S1", "两委商议", 4), step("S2", "党员大会审议", 9), step("S3", "居民代表会议决议", 20)]
    given = of(matter("siyi"), *steps, step("S4", "决议公开", 22))
    assert vote_day(given, RULES, vote("V", "liangwei")) == date(2026, 3, 4)
    assert vote_day(given, RULES, vote("V", "dangyuan")) == date(2026, 3, 9)
    assert vote_day(given, RULES, vote("V", "daibiao")) == date(2026, 3, 20)
    assert vote_day(given, RULES, vote("V", "yishi")) is None  # listed nowhere: it may be either step of voting


def test_the_name_of_a_step_says_nothing() -> None:
    """业主表决 is a step of voting by its kind; 结果公告 tells of a vote and is none."""
    given = of(matter("yezhu"), step("S1", "业主表决", 9), step("S2", "结果公告", 20))
    assert vote_day(given, RULES, vote("V", "yezhu-yiban")) == date(2026, 3, 9)


def test_without_a_meeting_and_a_step_of_voting_no_day_is_made_up() -> None:
    """Not the day the matter was raised either: by that a vote of this year would be judged by the law of the last."""
    assert vote_day(of(matter(), step("S1", "拟方案", 5)), RULES, vote("V")) is None
    assert vote_day(of(matter("unheard-of")), RULES, vote("V")) is None
    assert vote_day(of(), RULES, vote("V")) is None


def test_an_extension_of_the_step_is_no_vote() -> None:
    rows = [step("S1", "做表决", 9, "进行中"), step("S2", "做表决", 12, "延期"), step("S3", "做表决", 16)]
    assert vote_day(of(matter(), *rows), RULES, vote("V")) == date(2026, 3, 16)
    assert vote_day(of(matter(), *rows[:2]), RULES, vote("V")) == date(2026, 3, 9)
    assert vote_day(of(matter(), rows[1]), RULES, vote("V")) is None


def test_a_vote_taken_again_without_meetings_was_taken_at_the_later_step() -> None:
    first, second, third = vote("V1"), vote("V2", revote_of="V1"), vote("V3", revote_of="V2")
    steps = [step("S1", "做表决", 9, "未通过"), step("S2", "做表决", 16, "未通过"), step("S3", "做表决", 23)]
    given = of(matter(), *steps, first, second, third)
    assert [vote_day(given, RULES, v) for v in (first, second, third)] == [date(2026, 3, d) for d in (9, 16, 23)]
    assert earlier_votes(given, third) == (second, first)
    lacking = of(matter(), steps[0], first, second, third)
    assert [vote_day(lacking, RULES, v) for v in (first, second, third)] == [date(2026, 3, 9)] * 3


def test_of_several_steps_of_voting_none_is_guessed() -> None:
    """Two steps and one vote, or three votes of one chain: which was taken when is not for us to say."""
    first, second, third = vote("V1"), vote("V2", revote_of="V1"), vote("V3", revote_of="V2")
    steps = [step("S1", "做表决", 9, "未通过"), step("S2", "做表决", 16)]
    for votes in ((first,), (first, vote("V2")), (first, second, third)):
        given = of(matter(), *steps, *votes)
        assert [vote_day(given, RULES, v) for v in votes] == [None] * len(votes)


COUNT = {"called": 15, "present": 12, "in_favour": 9, "against": 3, "abstained": 0}


def test_the_last_of_a_chain_stands() -> None:
    first, second, third = vote("V1", **COUNT), vote("V2", revote_of="V1", **COUNT), vote("V3", revote_of="V2", **COUNT)
    given = of(
        matter(), step("S1", "做表决", 9), step("S2", "做表决", 16), step("S3", "做表决", 23), first, second, third
    )
    assert later_votes(given, first) == (second, third)
    found = [ballot(given, RULES, v, TODAY) for v in (first, second, third)]
    assert [b and (b.superseded_by, b.revote_of, b.stands) for b in found] == [
        (third, None, False),
        (third, first, False),
        (None, second, True),
    ]


def test_a_later_vote_is_not_known_before_its_day() -> None:
    first, second = vote("V1", **COUNT), vote("V2", revote_of="V1", **COUNT)
    given = of(matter(), step("S1", "做表决", 9), step("S2", "做表决", 16), first, second)
    early = ballot(given, RULES, first, date(2026, 3, 15))
    assert early is not None
    assert early.stands


def test_a_vote_does_not_stand_while_the_later_one_is_withheld() -> None:
    first = vote("V1", **COUNT)
    gone = Withheld(COMMUNITY, "votes", "V2", Place(), {"revote_of": "V1", "matter": "M"})
    given = of(matter(), step("S1", "做表决", 9), first)
    found = ballot(Records(given.district, given.tables, (gone,)), RULES, first, TODAY)
    assert found is not None
    assert (found.stands, found.superseded_by, found.unseen) == (False, None, True)


def test_a_circle_of_votes_ends() -> None:
    a, b = vote("V1", revote_of="V2", **COUNT), vote("V2", revote_of="V1", **COUNT)
    given = of(matter(), a, b)
    assert later_votes(given, a) == (b,)
