"""An objection to a matter that is closed has an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.checks import check
from generator.checks.given import Given
from generator.checks.objections import objections_answered
from generator.problems import Place
from generator.procedures import load
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.matters import Matter
from generator.sheets.objections import Objection
from generator.sheets.steps import Step
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

RULES = load(ROOT / "records" / "procedures")[0]
TODAY = date(2026, 6, 17)
WALK = ("集议题", "定议题", "拟方案", "做表决", "促落实", "有备案")
ANSWERED = {"answered_on": date(2026, 3, 9), "outcome": "采纳", "answer": "换成暖光。"}


def day(n: int) -> date:
    return date(2026, 3, n)


def matter(*ends: tuple[str, str]) -> list[PublicRow]:
    """A matter that went through some steps, one a day from the second of March on."""
    rows: list[PublicRow] = [row(Matter, "M", procedure="liubu", size="小事", raised_on=day(1), file_number="1号")]
    for n, (name, result) in enumerate(ends, start=2):
        shown = {"posted_on": day(2), "posted_days": 7, "posted_kind": "日历日"} if n == 2 else {}
        rows.append(row(Step, f"S{n}", n, matter="M", step=name, result=result, on=day(n), **shown))
    return rows


def objection(**more: Any) -> Objection:
    return row(Objection, "O", matter="M", posting="方案公示", on=day(5), said="灯太亮。", **more)


def done(upto: int) -> list[tuple[str, str]]:
    return [(name, "完成") for name in WALK[:upto]]


def told(*rows: PublicRow, today: date = TODAY) -> list[tuple[str, str]]:
    found = list(objections_answered(Given(records(rows), RULES, today, (COMMUNITY,))))
    assert not any(p.withholds for _, p in found)
    return [(r.id, p.code) for r, p in found]


@pytest.mark.parametrize(
    ("ends", "closed"),
    [
        (done(6), True),
        (done(5), False),  # solved, and still to be filed
        (done(4), False),
        ([*done(3), ("做表决", "未通过")], True),
        ([*done(1), ("定议题", "不予受理")], True),
        ([*done(2), ("拟方案", "撤回")], True),
        ([*done(6), ("促落实", "重新办理")], False),
    ],
)
def test_what_was_objected_to_a_closed_matter_is_to_be_answered(ends: list[tuple[str, str]], closed: bool) -> None:
    assert told(*matter(*ends), objection()) == ([("O", "objection-unanswered")] if closed else [])
    assert told(*matter(*ends), objection(**ANSWERED)) == []


def test_it_is_said_which_matter_and_since_when_and_the_cell_is_the_answers() -> None:
    kept, problems = check(records([*matter(*done(6)), objection()]), RULES, TODAY)
    (problem,) = (p for p in problems if p.code == "objection-unanswered")
    assert problem.says == "议题 M 在 2026-03-07 已经办完了,这条意见还没有答复"
    assert problem.place.column == "答复日期"
    assert [o.id for o in kept.rows(COMMUNITY, Objection)] == ["O"]


def test_on_a_day_before_the_end_or_before_the_objection_there_is_nothing_to_tell() -> None:
    rows = [*matter(*done(6)), objection()]
    assert told(*rows, today=day(6)) == []
    assert told(*rows, today=day(7)) == [("O", "objection-unanswered")]
    early = [*matter(("集议题", "完成"), ("定议题", "不予受理")), objection()]
    assert told(*early, today=day(4)) == []


def test_an_answer_that_came_after_the_end_is_one() -> None:
    late = {**ANSWERED, "answered_on": date(2026, 4, 9)}
    assert told(*matter(*done(6)), objection(**late)) == []


def test_while_a_step_is_withheld_nobody_knows_whether_it_is_closed() -> None:
    made = records([*matter(*done(6)), objection()])
    gone = Withheld(COMMUNITY, "steps", "S9", Place("steps.csv", "办理过程", 9), {"matter": "M"})
    held = type(made)(made.district, made.tables, (gone,))
    assert list(objections_answered(Given(held, RULES, TODAY, (COMMUNITY,)))) == []
