"""四议两公开: four deliberations and two publicities of each matter, as its steps and papers have them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.facts.siyi import Opening, Ways, ways
from generator.problems import Place
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.matters import Matter
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from generator.sheets.votes import Vote
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

NAMES = ("党组织提议", "两委商议", "党员大会审议", "居民代表会议决议", "决议公开", "实施结果公开")
DAYS = [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 20), date(2026, 4, 3)]


def matter(id: str = "m1", procedure: str = "siyi") -> Matter:
    return row(Matter, id, title="修亭子", size="大事", category="公共空间", raised_on=date(2026, 3, 1), channel="走访",
               procedure=procedure, owner="u1")  # fmt: skip


def steps(n: int, *more: Step) -> list[PublicRow]:
    """The first ``n`` of the four, each finished on its day, and more."""
    done = [
        row(Step, f"m1-{i}", i, matter="m1", step=NAMES[i - 1], result="完成", on=DAYS[i - 1], by="党委", note="议过。")
        for i in range(1, n + 1)
    ]
    return [*done, *more]


def step(n: int, name: str, on: date, result: str = "进行中", **more: object) -> Step:
    return row(Step, f"m1-{n}", n, matter="m1", step=name, result=result, on=on, by="居委会", note="贴。", **more)


def posted(n: int, name: str, on: date) -> Step:
    return step(n, name, on, posted_on=on, posted_days=15, posted_kind="日历日")


def found(*rows: PublicRow, today: date = TODAY) -> Ways:
    there = ways(seen([matter(), *rows], today), COMMUNITY)
    assert there is not None
    return there


def openings(there: Ways) -> list[tuple[str, bool]]:
    both: tuple[Opening, ...] = (there.running + there.over)[0].openings
    return [(o.state, o.due) for o in both]


def test_a_community_without_it_has_no_page() -> None:
    assert ways(seen([matter(procedure="liubu")]), COMMUNITY) is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (steps(2), [("ahead", False), ("ahead", False)]),
        (steps(4), [("missing", True), ("ahead", False)]),
        (steps(4, posted(5, "决议公开", date(2026, 4, 5))), [("posted", True), ("ahead", False)]),
        (steps(4, posted(5, "决议公开", date(2026, 6, 10))), [("running", True), ("ahead", False)]),
        (steps(4, posted(5, "决议公开", date(2026, 4, 5)), step(6, "实施结果公开", date(2026, 5, 2), "完成")),
         [("posted", True), ("missing", True)]),
        (steps(4, posted(5, "决议公开", date(2026, 4, 5)), posted(6, "实施结果公开", date(2026, 5, 2)),
               step(7, "实施结果公开", date(2026, 5, 20), "完成")), [("posted", True), ("posted", True)]),
        (steps(1, step(5, "两委商议", date(2026, 3, 9), "未通过")), [("none", False), ("none", False)]),
    ],
    ids=["talking", "resolved", "shown", "hanging", "done-unshown", "both", "turned-down"],
)  # fmt: skip
def test_each_publicity_is_due_when_there_is_something_to_show(
    rows: list[PublicRow], expected: list[tuple[str, bool]]
) -> None:
    assert openings(found(*rows)) == expected


def test_a_resolution_that_was_carried_out_is_due_to_be_shown_though_no_step_says_so() -> None:
    done = row(Resolution, "r1", matter="m1", title="决议", promise="修。", passed_on=DAYS[3], owner="u1",
               due_on=date(2026, 6, 1), done_on=date(2026, 5, 30))  # fmt: skip
    assert openings(found(*steps(4), done))[1] == ("missing", True)
    assert openings(found(*steps(4), done, today=date(2026, 5, 29)))[1] == ("ahead", False)


def test_what_was_posted_on_a_later_day_is_not_there_yet() -> None:
    rows = steps(4, posted(5, "决议公开", date(2026, 4, 5)))
    assert openings(found(*rows, today=date(2026, 4, 4)))[0] == ("missing", True)


def test_both_are_counted_over_those_that_were_due() -> None:
    there = found(*steps(4, posted(5, "决议公开", date(2026, 4, 5))))
    assert [(title, r.n, r.of) for title, r in there.openings] == [("决议公开", 1, 1), ("实施结果公开", 0, 0)]


def test_a_vote_stands_with_the_step_whose_rule_it_was_by() -> None:
    vote = row(Vote, "v1", matter="m1", motion="修亭子", rule="dangyuan", called=60, present=50, in_favour=45, against=3,
               abstained=2, announced="通过", how="举手")  # fmt: skip
    talks = found(*steps(4), vote).running[0].talks
    assert [t.ballot and t.ballot.vote.id for t in talks] == [None, None, "v1", None]
    assert [t.on for t in talks] == DAYS


def test_what_may_be_in_a_row_that_waits_is_not_said_to_be_ahead() -> None:
    lost = Withheld(COMMUNITY, "steps", "m1-5", Place("records/xiyuan/steps.csv", row=9), {"matter": "m1"})
    reach = {"objections_to": "监督委员会", "objections_phone": "0951-5550151", "objections_hours": "工作日9:00—17:00"}
    there = seen([row(Community, COMMUNITY, name="西园社区", **reach), matter(), *steps(4)], withheld=(lost,))
    assert "4/4正在核对正在核对" in page(there, "siyi")
    (notice,) = papers("stages", there)
    assert "这件事有1行记录正在核对，没有写在上面" in paper(notice)


def test_the_demonstration_has_every_publicity_that_was_due() -> None:
    there = {c.id: ways(demo().whole, c.id) for c in demo().whole.records.communities}
    assert {c: [(r.n, r.of) for _, r in w.openings] for c, w in there.items() if w} == {
        "bayi": [(4, 4), (2, 2)], "nanhua": [(1, 1), (1, 1)], "fuqiang": [(2, 2), (2, 2)],
    }  # fmt: skip
    assert [w.case.id for w in there["bayi"].running] == ["BY-2026-003", "BY-2026-001"]  # type: ignore[union-attr]


def test_the_sheet_for_the_board_says_what_the_page_says() -> None:
    (notice,) = papers("stages")
    told, web = paper(notice), words(demo_page("bayi", "siyi"))
    for text in ("到会38/51，赞成27、反对7、弃权4", "2026年6月5日张贴", "2026年6月22日"):
        assert text in told
        assert text in web
    assert "该贴了" not in web
