"""Publicity, resolution and result on paper: the days, the count and its rule, what was promised and done, who signs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from generator.notices import fragment, notices
from generator.typeset import text_of

from .rows import (
    COMMUNITY,
    CORRECTION,
    FIRST,
    MATTER,
    MEETING,
    POSTED,
    RESOLUTION,
    SITE,
    VOTE,
    Table,
    called,
    facts,
    posted,
    stood,
)


@pytest.mark.parametrize(
    ("posting", "says"),
    [
        (POSTED, "公示期自2026年3月12日至2026年3月18日，共7日。"),
        ({**POSTED, "posted_kind": "工作日", "posted_days": 5}, "公示期自2026年3月12日至2026年3月18日，共5个工作日。"),
        ({**POSTED, "posted_days": 3}, "公示期自2026年3月12日至2026年3月16日，共3日（期满之日为休息日，已依法顺延）。"),
        (
            {**POSTED, "posted_on": date(2026, 12, 30)},
            "公示期自2026年12月31日起，共7日；2027年放假安排公布以后，另行公告截止日期。",
        ),
    ],
)
def test_exact_dates_stand_beside_the_number_of_days(
    root: Path, env: Environment, posting: dict[str, Any], says: str, no_2027: None
) -> None:
    words = text_of(fragment(called(notices(facts(root, steps=[posted(**posting)]), SITE), "gongshi-DS-1-5"), env))
    assert says in words
    assert "张贴当日不计入公示期" in words


def test_a_publicity_says_what_on_what_basis_and_how_to_object(root: Path, env: Environment) -> None:
    words = text_of(fragment(called(notices(facts(root, steps=[posted()]), SITE), "gongshi-DS-1-5"), env))
    for part in ("各位居民：", "布谷鸟六步工作法", "第5步", "通道上夜里停着6辆车", "署名、匿名均可", "DS-1"):
        assert part in words
    for name in ("objections_to", "objections_phone", "objections_hours", "objections_box", "signer"):
        assert COMMUNITY[name] in words
    assert words.rstrip().endswith("2026年3月11日")


def test_a_resolution_gives_the_count_the_rule_and_each_comparison(root: Path, env: Environment) -> None:
    words = text_of(fragment(called(notices(facts(root, resolutions=[RESOLUTION]), SITE), "jueyi-R1"), env))
    for part in (
        "到会13/15",
        "三分之二以上（至少10人）",
        "过半数（至少7人）",
        "9/13人",
        "本次表决通过",
        "划线40米",
        "人民法院",
    ):
        assert part in words


def test_an_owners_vote_gives_areas_and_the_owners_own_remedy(root: Path, env: Environment) -> None:
    figures = dict(zip(("total", "present", "for", "against", "abstained"), (1000, 800, 600, 150, 50), strict=True))
    areas = {f"area_{k}": Decimal(v) for k, v in figures.items()}
    vote = {**VOTE, "rule": "yezhu-yiban", **areas}
    words = text_of(
        fragment(called(notices(facts(root, votes=[vote], resolutions=[RESOLUTION]), SITE), "jueyi-R1"), env)
    )
    for part in (
        "800.00/1000.00平方米（80.0%）",
        "600.00/800.00平方米（75.0%）",
        "（要多于400.00平方米）",
        "第二百八十条",
    ):
        assert part in words


def test_a_vote_that_was_taken_again_says_so_wherever_it_is_told(root: Path, env: Environment) -> None:
    again = {**VOTE, "id": "V9", "motion": "重新表决的方案", "meeting": None, "revote_of": VOTE["id"]}
    made = notices(facts(root, votes=[VOTE, again]), SITE)
    words = text_of(fragment(called(made, "jiyao-H1"), env))
    assert "后来重新表决过，以“重新表决的方案”（V9）的结果为准" in words


@pytest.mark.parametrize(
    ("answers", "says"), [((31, 6, 2), "（37/39，94.8%）"), ((4, 1, 1), "（5/6）"), ((0, 0, 0), None)]
)
def test_a_result_compares_promise_and_deed_and_prints_no_rate_of_a_few(
    root: Path, env: Environment, answers: tuple[int, int, int], says: str | None
) -> None:
    satisfied, fairly, dissatisfied = answers
    row = {**RESOLUTION, "done_on": date(2026, 4, 13), "done": "划线41米。", "cost": Decimal("3860.00")}
    row |= {"satisfied": satisfied, "fairly": fairly, "dissatisfied": dissatisfied, "evidence": "验收单"}
    words = text_of(fragment(called(notices(facts(root, date(2026, 5, 1), resolutions=[row]), SITE), "luoshi-R1"), env))
    for part in ("1.划线40米。\n2.另找12个车位。", "划线41米。", "3860 元", "验收单", "超过期限3日", "重新办理"):
        assert part in words
    assert (says in words) if says else ("居民评价" not in words)


@pytest.mark.parametrize(
    ("step", "resolution", "title"),
    [
        ({}, None, "办理方案的公示"),
        ({"step": "拟方案"}, None, "拟办方案的公示"),
        ({}, POSTED, "决议的公示"),
        ({}, {}, "决议的公示"),
        ({"result": "完成"}, {}, "落实情况的公示"),
        ({"result": "完成", "on": date(2026, 3, 12)}, {}, "决议的公示"),  # finished the day after it was posted
        ({}, {"done_on": date(2026, 3, 11)}, "落实情况的公示"),
        ({}, {"done_on": date(2026, 3, 12)}, "决议的公示"),
    ],
)
def test_a_paper_is_of_work_done_only_when_it_was_done_by_the_day_of_posting(
    root: Path, step: dict[str, Any], resolution: dict[str, Any] | None, title: str
) -> None:
    rows = [] if resolution is None else [{**RESOLUTION, "vote": None, **resolution}]
    seen = facts(root, date(2026, 5, 1), steps=[posted(**step)], resolutions=rows)
    notice = called(notices(seen, SITE), "gongshi-DS-1-5")
    assert notice.title.endswith(title)
    kinds = {"办理方案的公示": "step", "拟办方案的公示": "step", "决议的公示": "resolution", "落实情况的公示": "work"}
    [case] = seen.cases.all()
    assert next(p.kind for p in case.posted if p.row.id in ("DS-1-5", "R1") and p.what != "result") == kinds[title]


def test_work_that_was_taken_up_again_is_not_done(root: Path) -> None:
    done = {**RESOLUTION, "passed_on": date(2026, 3, 2), "done_on": date(2026, 3, 5)}
    again = {"id": "DS-1-4a", "matter": "DS-1", "step": "促落实", "result": "重新办理", "on": date(2026, 3, 10)}
    found = notices(facts(root, steps=[again, posted()], resolutions=[done]), SITE)
    assert called(found, "gongshi-DS-1-5").title.endswith("办理方案的公示")


def test_a_publicity_tells_of_nothing_that_was_written_while_it_hung(root: Path, env: Environment) -> None:
    """The row that is posted may be written on; those before it were there, and so was the draft that it shows."""
    before = {
        "id": "DS-1-4a",
        "matter": "DS-1",
        "step": "促落实",
        "result": "延期",
        "on": date(2026, 3, 10),
        "note": "等料。",
    }
    after = {
        "id": "DS-1-6",
        "matter": "DS-1",
        "step": "促落实",
        "result": "完成",
        "on": date(2026, 3, 16),
        "note": "划好了。",
    }
    open_row = posted(note="公示期内收到三条意见。", evidence="意见表")
    found = notices(facts(root, steps=[before, open_row, after]), SITE)
    words = text_of(fragment(called(found, "gongshi-DS-1-5"), env))
    assert "2026年3月9日，调查研究拟方案（完成）：办了。" in words
    assert "（延期）：等料。" in words
    assert not [w for w in ("三条意见", "意见表", "划好了") if w in words]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"step": "拟方案"}, True),
        ({"result": "完成"}, True),
        ({"result": "完成", "on": date(2026, 3, 12)}, False),
        ({"step": "拟方案", "on": date(2026, 3, 12)}, False),
        ({}, False),
    ],
)
def test_the_note_of_the_posted_row_is_told_where_it_was_there_on_the_day(
    root: Path, env: Environment, step: dict[str, Any], told: bool
) -> None:
    found = notices(facts(root, steps=[posted(note="划线四十米。", **step)]), SITE)
    assert ("划线四十米。" in text_of(fragment(called(found, "gongshi-DS-1-5"), env))) == told


def test_the_announcement_of_a_vote_is_not_told_what_was_said_to_it(root: Path, env: Environment) -> None:
    """A publicity is finished when its days are over: a row that says so on its first day was written on later."""
    row = posted(step="结果公告", result="完成", note="公告期内一户质疑面积。")
    found = notices(facts(root, matters=[{**MATTER, "procedure": "yezhu"}], steps=[row]), SITE)
    assert "一户质疑面积" not in text_of(fragment(called(found, "gongshi-DS-1-5"), env))


OWNERS = {"id": "yw", "name": "东胜小区业主委员会", "kind": "业委会", "compound": "ds"}
AREAS = {
    f"area_{k}": Decimal(v)
    for k, v in zip(("total", "present", "for", "against", "abstained"), (1000, 800, 600, 150, 50), strict=True)
}


@pytest.mark.parametrize(
    ("units", "signed"),
    [
        ([OWNERS], "东胜小区业主委员会"),
        ([], "富强社区居民委员会（代）"),
        ([{**OWNERS, "compound": None}], "富强社区居民委员会（代）"),
        ([{**OWNERS, "founded": date(2026, 3, 17)}], "富强社区居民委员会（代）"),
        ([OWNERS, {**OWNERS, "id": "yw2", "name": "另一个"}], "富强社区居民委员会（代）"),
    ],
)
def test_what_owners_decided_is_signed_by_their_committee(
    root: Path, env: Environment, units: Table, signed: str
) -> None:
    rows = {
        "matters": [{**MATTER, "procedure": "yezhu"}],
        "steps": [posted(step="结果公告")],
        "resolutions": [{**RESOLUTION, **POSTED, "posted_days": 5, "done_on": date(2026, 3, 11)}],
        "votes": [{**VOTE, "rule": "yezhu-yiban", **AREAS}],
        "units": [{"id": "wy", "name": "东胜物业服务中心", "kind": "物业公司", "compound": "ds"}, *units],
        "corrections": [{**CORRECTION, "posting": "决议公示", "resolution": "R1"}],
    }
    found = notices(facts(root, **rows), SITE)
    for name in ("gongshi-DS-1-5", "gongshi-jueyi-R1", "jueyi-R1", "luoshi-R1", "gengzheng-GZ-1"):
        assert text_of(fragment(called(found, name), env)).split("\n")[-2] == signed, name
    assert called(found, "jiyao-H1").signer == ""


def test_an_owners_vote_is_announced_by_their_committee_whatever_the_matters_procedure(root: Path) -> None:
    vote = {**VOTE, "rule": "yezhu-tebie", **AREAS}
    units = [{"id": "wy", "name": "东胜物业服务中心", "kind": "物业公司", "compound": "ds"}, OWNERS]
    found = notices(facts(root, votes=[vote], units=units, steps=[posted()], resolutions=[RESOLUTION]), SITE)
    assert called(found, "jueyi-R1").signer == OWNERS["name"]
    plain = notices(facts(root, units=units, steps=[posted()], resolutions=[RESOLUTION]), SITE)
    assert {called(plain, n).signer for n in ("jueyi-R1", "gongshi-DS-1-5")} == {COMMUNITY["signer"]}


@pytest.mark.parametrize(
    ("vote", "form"),
    [
        ({"how": "书面", "meeting": None}, "采用书面形式表决"),
        ({"how": "线上"}, "采用线上形式表决"),
        ({"how": "入户", "meeting": None}, "采用入户形式表决"),
        ({"how": "书面"}, None),  # ballot papers at a meeting that people came to
        ({"how": "举手", "meeting": None}, None),
    ],
)
def test_a_vote_by_return_is_not_told_as_a_meeting(
    root: Path, env: Environment, vote: dict[str, Any], form: str | None
) -> None:
    row = {**RESOLUTION, "meeting": vote.get("meeting", "H1")}
    found = notices(facts(root, votes=[{**VOTE, **vote}], steps=[posted()], resolutions=[row]), SITE)
    passed, shown = (text_of(fragment(called(found, n), env)) for n in ("jueyi-R1", "gongshi-DS-1-5"))
    if form is None:
        assert "应到\n实到" in passed
        assert "没有交票" in passed
        assert "表决事项\n应到\n实到" in shown
        return
    assert form in passed
    assert "可以投票15人，参加投票13人（13/15），没有交回2人" in passed
    assert "表决事项\n可以投票\n参加投票" in shown
    assert not [w for w in ("应到", "实到", "召开", "没有交票") if w in passed + shown]


def test_owners_ballots_that_were_sent_back_are_told_by_heads_and_area(root: Path, env: Environment) -> None:
    vote = {**VOTE, "rule": "yezhu-yiban", "how": "书面", "unreturned": 1, **AREAS}
    meeting = {**MEETING, "kind": "业主大会"}
    rows = {"votes": [vote], "meetings": [meeting], "steps": [posted()], "resolutions": [{**RESOLUTION, **POSTED}]}
    found = notices(facts(root, **rows), SITE)
    for name in ("jueyi-R1", "gongshi-DS-1-5", "jiyao-H1"):
        words = text_of(fragment(called(found, name), env))
        assert "可以投票15人，参加投票13人（13/15），没有交回2人" in words
        assert "参加表决\n13\n800.00" in words
        assert "没有交回\n2\n200.00" in words
        assert not [w for w in ("应到", "实到", "召开") if w in words], name


def test_the_hours_beside_the_phone_for_objections_are_those_of_that_phone(root: Path, env: Environment) -> None:
    found = notices(facts(root, elections=[FIRST], candidates=stood(150, 101), resolutions=[RESOLUTION]), SITE)
    for name in ("xuanju-E1", "jueyi-R1"):
        words = text_of(fragment(called(found, name), env))
        assert "受理时间\n每日 9:00—11:30" in words
        assert COMMUNITY["hours"] not in words


def test_what_an_officer_found_on_a_round_was_raised_by_no_resident(root: Path, env: Environment) -> None:
    seen = facts(root, matters=[{**MATTER, "channel": "网格员走访"}], steps=[posted()])
    words = text_of(fragment(called(notices(seen, SITE), "gongshi-DS-1-5"), env))
    assert "2026年3月2日，东胜小区网格员走访时发现“3号楼前“消防通道”被占”一事" in words
    assert not [w for w in ("居民通过", "居民反映") if w in words]
