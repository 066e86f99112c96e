"""Publicity against its procedure: not shorter, not before there is anything to post, not done while it hangs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks.given import Given
from generator.checks.postings import postings_as_due
from generator.procedures import load
from generator.sheet import PublicRow
from generator.sheets.corrections import Correction
from generator.sheets.matters import Matter
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from tests.rows import COMMUNITY, records, row

RULES = load(Path(__file__).parents[2] / "records" / "procedures")[0]
CALENDAR, WORKING = "日历日", "工作日"


def at(day: int, month: int = 3) -> date:
    return date(2026, month, day)


def matter(procedure: str = "siyi", size: str = "大事") -> Matter:
    return row(Matter, "D1", procedure=procedure, raised_on=at(1, 1), size=size)


def step(number: int, name: str, result: str, on: date, posted: date | None = None, *rest: Any) -> Step:
    days, kind = rest or ((15, CALENDAR) if posted else (None, None))
    shown = {"posted_on": posted, "posted_days": days, "posted_kind": kind}
    return row(Step, f"S{number}", number + 1, matter="D1", step=name, result=result, on=on, by="居委会", **shown)


def resolution(**more: Any) -> Resolution:
    return row(Resolution, "R1", **{"matter": "D1", "passed_on": at(2), "title": "修门", **more})


def codes(*rows: PublicRow) -> list[tuple[str, str, str]]:
    found = list(postings_as_due(Given(records(rows), RULES, date(2026, 6, 17), (COMMUNITY,))))
    assert not any(p.withholds for _, p in found)
    assert all(p.says and p.mend for _, p in found)
    return [(r.id, p.code, p.place.column) for r, p in found]


@pytest.mark.parametrize(
    ("procedure", "size", "name", "days", "kind", "code"),
    [
        ("siyi", "大事", "决议公开", 15, CALENDAR, ""),
        ("siyi", "大事", "决议公开", 30, CALENDAR, ""),  # longer is nobody's loss
        ("siyi", "大事", "决议公开", 15, WORKING, ""),  # so many working days are never fewer
        ("siyi", "大事", "决议公开", 14, CALENDAR, "posting-below-least"),
        ("siyi", "急事", "决议公开", 2, CALENDAR, "posting-below-least"),
        ("liubu", "大事", "促落实", 7, CALENDAR, ""),
        ("liubu", "大事", "促落实", 6, CALENDAR, "posting-not-as-due"),
        ("liubu", "大事", "促落实", 5, WORKING, "posting-not-as-due"),
        ("liubu", "小事", "促落实", 3, CALENDAR, ""),
        ("liubu", "小事", "促落实", 3, WORKING, ""),
        ("liubu", "急事", "促落实", 3, CALENDAR, ""),
        ("liubu", "小事", "促落实", 2, CALENDAR, "posting-below-least"),
        ("liubu", "大事", "拟方案", 5, CALENDAR, "posting-not-as-due"),  # its one publicity is for all that it posts
        ("yezhu", "大事", "结果公告", 5, WORKING, "posting-not-as-due"),
        ("yezhu", "大事", "执行", 1, CALENDAR, ""),  # it has several, and none for this
        ("weiwangge", "大事", "候选人公示", 5, WORKING, ""),
        ("weiwangge", "大事", "候选人公示", 9, CALENDAR, "posting-not-as-due"),  # may be fewer than five working days
    ],
)
def test_how_long_a_step_is_posted(procedure: str, size: str, name: str, days: int, kind: str, code: str) -> None:
    found = codes(matter(procedure, size), step(1, name, "进行中", at(2), at(2), days, kind))
    assert found == ([("S1", code, "公示天数")] if code else [])


@pytest.mark.parametrize(
    ("prefix", "days", "code"),
    [("", 15, ""), ("", 2, "posting-below-least"), ("result_", 15, ""), ("result_", 7, "posting-below-least")],
)
def test_how_long_a_resolution_and_its_result_are_posted(prefix: str, days: int, code: str) -> None:
    shown = {f"{prefix}posted_on": at(3), f"{prefix}posted_days": days, f"{prefix}posted_kind": CALENDAR}
    found = codes(matter(), resolution(done_on=at(3), **shown))
    assert found == ([("R1", code, "结果公示天数" if prefix else "公示天数")] if code else [])


def test_both_figures_are_said() -> None:
    given = Given(
        records([matter("yezhu"), step(1, "结果公告", "进行中", at(2), at(2), 5, WORKING)]), RULES, at(9), (COMMUNITY,)
    )
    ((_, problem),) = postings_as_due(given)
    assert problem.says == "公示 5 个工作日,“业主共同决定”规定是 7 个日历日"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"posted_on": at(2)}, ""),
        ({"posted_on": at(1)}, "posted-before-passed"),
        ({"result_posted_on": at(9), "done_on": at(9)}, ""),
        ({"result_posted_on": at(8), "done_on": at(9)}, "posted-before-done-on"),
        ({"result_posted_on": at(9)}, "posted-before-done"),
    ],
)
def test_nothing_is_posted_before_it_is(values: dict[str, date], code: str) -> None:
    assert [c for _, c, _ in codes(resolution(**values))] == ([code] if code else [])


@pytest.mark.parametrize(
    ("result", "on", "posted", "told"),
    [
        ("进行中", at(10), at(10), False),
        ("进行中", at(10), at(12), False),  # to be hung up in two days
        ("进行中", at(10), at(9), True),
        ("进行中", at(10), date(2025, 3, 10), True),
        ("完成", at(30), at(10), False),  # written down when it was over
        ("完成", at(30), at(5), False),  # the day on which the matter came to it
        ("完成", at(30), at(4), True),
    ],
)
def test_a_step_is_posted_within_its_own_time(result: str, on: date, posted: date, told: bool) -> None:
    before = step(1, "居民代表会议决议", "完成", at(5))
    found = codes(matter(), before, step(2, "决议公开", result, on, posted))
    assert found == ([("S2", "posted-before-step", "公示起")] if told else [])


# posted on 2 March for 15 days: until Tuesday the 17th
@pytest.mark.parametrize(("day", "told"), [(2, True), (4, True), (16, True), (17, False), (18, False)])
def test_a_publicity_is_not_done_before_it_is_over(day: int, told: bool) -> None:
    expected = [("S1", "publicity-not-over", "日期")] if told else []
    assert codes(matter(), step(1, "决议公开", "完成", at(day), at(2))) == expected
    two = (step(1, "决议公开", "进行中", at(2), at(2)), step(2, "决议公开", "完成", at(day)))
    assert [(c, t) for _, c, t in codes(matter(), *two)] == [(c, t) for _, c, t in expected]
    shown = resolution(posted_on=at(2), posted_days=15, posted_kind=CALENDAR)
    assert codes(matter(), step(1, "决议公开", "完成", at(day)), shown) == expected


def test_a_step_of_solving_may_be_done_on_the_day_its_outcome_is_posted() -> None:
    assert codes(matter(), step(1, "实施结果公开", "完成", at(2), at(2))) == []
    assert [c for _, c, _ in codes(matter(), step(1, "实施结果公开", "完成", at(3), at(2)))] == ["publicity-not-over"]


def test_a_later_resolution_says_nothing_of_an_earlier_step() -> None:
    later = resolution(passed_on=at(20), posted_on=at(20), posted_days=15, posted_kind=CALENDAR)
    assert codes(matter(), step(1, "决议公开", "完成", at(18), at(2)), later) == []


def test_what_hung_before_a_matter_was_taken_up_again_is_of_another_time() -> None:
    rows = [step(1, "实施结果公开", "进行中", at(2), at(2)), step(2, "实施结果公开", "重新办理", at(3))]
    assert codes(matter(), *rows, step(3, "实施结果公开", "完成", at(4))) == []


def test_a_posting_without_a_procedure_or_a_length_is_for_others_to_tell() -> None:
    assert codes(matter("nothing"), step(1, "决议公开", "进行中", at(2), at(2))) == []
    assert codes(matter(), step(1, "决议公开", "完成", at(2), at(2), None, None)) == []
    assert codes(matter(), step(1, "决议公开", "完成", at(2), at(2), 900, CALENDAR)) == []


def correction(on: date, posting: str = "方案公示", substantial: bool = True) -> Correction:
    words = {"original": "六盏", "corrected": "八盏", "reason": "数错了"}
    return row(Correction, "K1", matter="D1", posting=posting, on=on, substantial=substantial, **words)


# posted on 2 March for 15 days, until the 17th; corrected on the 12th, and posted anew until the 27th
@pytest.mark.parametrize(
    ("done", "corrected", "substantial", "told"),
    [
        (at(18), at(12), True, "publicity-again-not-over"),
        (at(26), at(12), True, "publicity-again-not-over"),
        (at(27), at(12), True, ""),
        (at(18), at(12), False, ""),  # a slip of the pen leaves the days as they are
        (at(16), at(12), False, "publicity-not-over"),
        (at(18), at(18), True, "publicity-again-not-over"),
        (at(18), at(19), True, ""),  # it was over when the step was done; what came after is another time
        (at(16), at(19), True, "publicity-not-over"),
        (at(18), at(2), True, ""),  # on the day of posting: counted from then anyway
    ],
)
def test_the_run_that_counts_is_the_one_begun_by_the_last_correction(
    done: date, corrected: date, substantial: bool, told: str
) -> None:
    rows = [step(1, "决议公开", "进行中", at(2), at(2)), step(2, "决议公开", "完成", done)]
    found = codes(matter(), *rows, correction(corrected, substantial=substantial))
    assert [(id, c) for id, c, _ in found] == ([("S2", told)] if told else [])


def test_of_a_period_that_began_again_it_is_said_when_and_until_when() -> None:
    rows = [matter(), step(1, "决议公开", "进行中", at(2), at(2)), step(2, "决议公开", "完成", at(18)), correction(at(12))]
    ((_, problem),) = postings_as_due(Given(records(rows), RULES, at(17, 6), (COMMUNITY,)))
    assert problem.says == "2026-03-18 写着完成,可是 2026-03-12 更正以后公示期重新算,要到 2026-03-27 才满"


def test_a_correction_of_the_resolution_starts_the_sheet_of_its_step_again() -> None:
    shown = resolution(posted_on=at(2), posted_days=15, posted_kind=CALENDAR)
    rows = [matter(), step(1, "决议公开", "完成", at(18), at(2)), shown]
    assert [c for _, c, _ in codes(*rows, correction(at(12), "决议公示"))] == ["publicity-again-not-over"]
    assert codes(*rows, correction(at(12), "落实结果公示")) == []


def test_a_rule_that_starts_nothing_again_and_one_that_always_does() -> None:
    def found(name: str, days: int, kind: str, substantial: bool) -> list[str]:
        done = step(2, name, "完成", at(20))
        rows = [matter("xuanju"), step(1, name, "进行中", at(2), at(2), days, kind), done]
        return [c for _, c, _ in codes(*rows, correction(at(12), substantial=substantial)) if c.startswith("publicity")]

    assert found("公布名单", 15, CALENDAR, True) == []  # never: the law counts the days before the vote
    assert found("公布结果", 15, CALENDAR, False) == ["publicity-again-not-over"]
