"""The procedures and rules that ship with Bugu: what they say is what domain and law say, written a second time here."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from generator.calendar import DayKind
from generator.procedures import (
    COUNTED_BY,
    DAY_KINDS,
    DECIDES,
    RESTARTS,
    SIZES,
    STEP_KINDS,
    UNRETURNED,
    Demand,
    Limit,
    Limits,
    Procedure,
    Procedures,
    Publicity,
    Rhythm,
    Rule,
    Size,
    Step,
    Words,
    load,
)
from generator.sheets import matters, whistles

RECORDS = Path(__file__).parents[1] / "records" / "procedures"
NEW_LAW = date(2026, 1, 1)
HALF, TWO_THIRDS, THREE_QUARTERS, THIRD = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1, 3)


@pytest.fixture(scope="module")
def ours() -> Procedures:
    procedures, problems = load(RECORDS)
    assert [p.line() for p in problems] == []
    return procedures


def test_every_file_of_the_records_loads(ours: Procedures) -> None:
    loaded = len(ours.procedures) + len(ours.rules) + len(ours.limit_sets)
    assert loaded == len(list(RECORDS.glob("*.toml")))


@pytest.mark.parametrize(
    ("id", "steps"),
    [
        ("liubu", "集议题 定议题 拟方案 做表决 促落实 有备案"),
        ("siyi", "党组织提议 两委商议 党员大会审议 居民代表会议决议 决议公开 实施结果公开"),
        ("yezhu", "提出事项 征求意见 业主表决 结果公告 执行 归档"),
        ("jumin-huiyi", "提议 定议题 会前通知 会议表决 公布决定 落实公开"),
        ("daibiao-huiyi", "提议 定议题 会前通知 会议表决 公布决定 落实公开"),
        ("yeweihui-huiyi", "提议题 贴议题 会议表决 公布决定 执行"),
        ("yizheng", "收集议题 排定议题 当面商量 公布清单 办理答复"),
    ],
)
def test_steps_and_days_of_the_procedures(ours: Procedures, id: str, steps: str) -> None:
    found = ours.procedure(id, NEW_LAW)
    assert found is not None
    assert [s.name for s in found.steps] == steps.split()
    assert {s.name: s.days for s in found.sizes} == {"大事": 60, "小事": 30, "急事": 7}
    assert "本地约定" in found.local
    assert found.position(steps.split()[2]) == 2
    assert [s.kind for s in found.steps].count("solve") == 1


# The figures of the law and of the community, written a second time on purpose: (id, day) → what the rule must say.
FIGURES = [
    ("yishi", date(2026, 6, 17), "delegates", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("dangyuan", date(2026, 6, 17), "heads", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("liangwei", date(2026, 6, 17), "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("jumin", date(2025, 12, 31), "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("jumin", date(2026, 1, 1), "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("jumin-hu", date(2025, 12, 31), "households", (HALF, True, "eligible"), (HALF, True, "present")),
    ("jumin-hu", date(2026, 1, 1), "households", (HALF, True, "eligible"), (HALF, True, "present")),
    ("daibiao", date(2025, 12, 31), "delegates", (HALF, True, "eligible"), (HALF, True, "present")),
    ("daibiao", date(2026, 1, 1), "delegates", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("yezhu-yiban", date(2021, 1, 1), "area_and_heads", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("yezhu-tebie", NEW_LAW, "area_and_heads", (TWO_THIRDS, False, "eligible"), (THREE_QUARTERS, False, "present")),
    ("yeweihui", NEW_LAW, "delegates", (HALF, True, "eligible"), (HALF, False, "eligible")),
    ("juweihui-xuanju", NEW_LAW, "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("juweihui-xuanju-daibiao", NEW_LAW, "delegates", (TWO_THIRDS, True, "eligible"), (HALF, True, "present")),
    ("juweihui-xuanju-hu", NEW_LAW, "households", (HALF, True, "eligible"), (HALF, True, "present")),
    ("juweihui-lingxuan", NEW_LAW, "heads", (HALF, True, "eligible"), (THIRD, False, "present")),
    ("juweihui-lingxuan-hu", NEW_LAW, "households", (HALF, True, "eligible"), (THIRD, False, "present")),
    ("juweihui-lingxuan-daibiao", NEW_LAW, "delegates", (TWO_THIRDS, True, "eligible"), (THIRD, False, "present")),
    ("tuixuan", NEW_LAW, "heads", (HALF, True, "eligible"), (HALF, True, "present")),
]


@pytest.mark.parametrize(("id", "on", "counted_by", "quorum", "majority"), FIGURES)
def test_figures_of_the_rules(
    ours: Procedures, id: str, on: date, counted_by: str, quorum: tuple[Fraction, bool, str], majority: object
) -> None:
    rule = ours.rule(id, on)
    assert rule is not None
    assert rule.counted_by == counted_by
    assert (rule.quorum.share, rule.quorum.strict, rule.quorum.of) == quorum
    assert (rule.majority.share, rule.majority.strict, rule.majority.of) == majority


def test_no_rule_is_left_out_of_the_figures(ours: Procedures) -> None:
    assert {r.id for r in ours.rules} == {row[0] for row in FIGURES}


def test_rules_of_a_law_end_and_begin_on_its_day(ours: Procedures) -> None:
    for id in ("jumin", "jumin-hu", "daibiao"):
        before, after = ours.rule(id, date(2025, 12, 31)), ours.rule(id, NEW_LAW)
        assert before is not None
        assert after is not None
        assert "2018年修正" in before.source
        assert "2025年修订" in after.source
    notice = ours.rule("jumin", NEW_LAW)
    assert notice is not None
    assert notice.notice_days == 10
    assert ours.rule("yezhu-yiban", date(2020, 12, 31)) is None
    assert ours.rule("nothing", NEW_LAW) is None


SHARES = {
    (HALF, True): "过半数",
    (HALF, False): "半数以上",
    (TWO_THIRDS, False): "三分之二以上",
    (TWO_THIRDS, True): "超过三分之二",
    (THREE_QUARTERS, False): "四分之三以上",
    (THIRD, False): "三分之一以上",
}


def test_the_chinese_of_a_share_says_what_the_rule_counts(ours: Procedures) -> None:
    for rule in ours.rules:
        assert rule.words.quorum_share.endswith(SHARES[rule.quorum.share, rule.quorum.strict]), rule.id
        assert rule.words.majority_share.endswith(SHARES[rule.majority.share, rule.majority.strict]), rule.id
        assert rule.says("quorum_heads")
        assert rule.says("majority_heads")


def test_rules_named_by_steps_exist(ours: Procedures) -> None:
    named = {r for p in ours.procedures for s in p.steps for r in s.rules}
    assert named <= {r.id for r in ours.rules}
    assert named >= {"yishi", "dangyuan", "liangwei", "jumin", "daibiao", "yezhu-yiban", "yezhu-tebie"}


def test_day_kinds_are_the_ones_of_the_calendar() -> None:
    assert tuple(k.value for k in DayKind) == DAY_KINDS


def test_classes_are_the_ones_of_the_sheet() -> None:
    assert matters.CLASSES == SIZES


# Who governs what, when it is to be called, by whom it may be demanded: (rule, day) → what domain.md §1 says.
TENTH, FIFTH = Fraction(1, 10), Fraction(1, 5)
MEETINGS = [
    ("jumin", NEW_LAW, "居民会议", 10, None, {TENTH, THIRD}, None),
    ("jumin-hu", NEW_LAW, "居民会议", 10, None, {TENTH, THIRD}, None),
    ("jumin", date(2025, 12, 31), "居民会议", None, None, {FIFTH, THIRD}, None),
    ("jumin-hu", date(2025, 12, 31), "居民会议", None, None, {FIFTH, THIRD}, None),
    ("daibiao", NEW_LAW, "居民代表会议", None, None, {FIFTH}, (1, 6)),
    ("daibiao", date(2025, 12, 31), "居民代表会议", None, None, {FIFTH, THIRD}, None),
    ("yeweihui", NEW_LAW, "业委会会议", 7, 3, set(), None),
    ("yezhu-yiban", NEW_LAW, "业主大会", None, None, set(), None),
    ("yishi", NEW_LAW, "议事协商会", None, None, set(), None),
    ("dangyuan", NEW_LAW, "党员大会", None, None, set(), None),
    ("liangwei", NEW_LAW, "两委会议", None, None, set(), None),
]


@pytest.mark.parametrize(("id", "on", "kind", "notice", "publish", "shares", "rhythm"), MEETINGS)
def test_what_the_rules_say_of_meetings(
    ours: Procedures,
    id: str,
    on: date,
    kind: str,
    notice: int | None,
    publish: int | None,
    shares: set[Fraction],
    rhythm: tuple[int, int] | None,
) -> None:
    rule = ours.rule(id, on)
    assert rule is not None
    assert rule in ours.rules_for(kind, on)
    assert (rule.notice_days, rule.publish_days) == (notice, publish)
    assert {d.share.share for d in rule.demands} == shares
    assert not any(d.share.strict for d in rule.demands)
    assert rule.rhythm == (Rhythm(times=rhythm[0], months=rhythm[1]) if rhythm else None)


def test_a_demand_is_said_in_words_as_in_figures(ours: Procedures) -> None:
    spoken = {TENTH: "十分之一以上", FIFTH: "五分之一以上", THIRD: "三分之一以上"}
    for rule in ours.rules:
        assert bool(rule.demands) == bool(rule.demanded_by), rule.id
        for demand in rule.demands:
            assert f"{spoken[demand.share.share]}的{demand.who}" in rule.demanded_by


def test_silence_is_no_part_in_owners_votes_and_in_elections(ours: Procedures) -> None:
    """Owners vote in writing; in an election only who cast a ballot voted."""
    people = {r.id for r in ours.rules if r.id.startswith("juweihui-") or r.runoff}
    assert len(people) == 7
    assert {r.id for r in ours.rules if r.unreturned == "absent"} == {"yezhu-yiban", "yezhu-tebie"} | people


def test_members_of_the_owners_committee_come_themselves(ours: Procedures) -> None:
    assert {r.id: r.proxies for r in ours.rules if r.proxies is not None} == {"yeweihui": 0}


def test_a_runoff_counts_as_the_first_ballot_did(ours: Procedures) -> None:
    for rule in ours.rules:
        if rule.runoff:
            second = ours.rule(rule.runoff, NEW_LAW)
            assert second is not None
            assert (second.counted_by, second.quorum) == (rule.counted_by, rule.quorum)
    assert {r.id: r.runoff for r in ours.rules if r.runoff} == {
        "juweihui-xuanju": "juweihui-lingxuan",
        "juweihui-xuanju-hu": "juweihui-lingxuan-hu",
        "juweihui-xuanju-daibiao": "juweihui-lingxuan-daibiao",
        "tuixuan": "tuixuan",
    }


def test_what_each_rule_decides(ours: Procedures) -> None:
    """Persons are elected by the rules of elections alone, and one third is enough for nothing but a second ballot."""
    persons = {r.id for r in ours.rules if r.decides == "persons"}
    second = {r.id for r in ours.rules if r.second_ballot}
    assert second == {r.id for r in ours.rules if r.majority.share == THIRD}
    assert persons == second | {r.id for r in ours.rules if r.runoff}


def test_the_monthly_day_of_discussion_is_a_custom_of_the_place(ours: Procedures) -> None:
    found = ours.procedure("yizheng", NEW_LAW)
    assert found is not None
    assert (found.meetings, found.rhythm) == (("民主议政日",), Rhythm(times=1, months=1))
    assert "本地约定" in found.local


@pytest.mark.parametrize(
    ("id", "what", "step", "days"),
    [
        ("siyi", "resolution", None, (15, "日历日")),
        ("siyi", "result", None, (15, "日历日")),
        ("yezhu", "resolution", None, (7, "日历日")),
        ("yezhu", "result", None, None),
        ("yezhu", "step", "征求意见", (7, "日历日")),
        ("yezhu", "step", "执行", None),
        ("yezhu", "step", "没有的", None),
        ("liubu", "resolution", None, (7, "日历日")),  # it posts plan and outcome at one step, 促落实
        ("liubu", "result", None, (7, "日历日")),
        ("liubu", "step", "促落实", (7, "日历日")),
        ("liubu", "step", None, None),
        ("xuanju", "step", "公布名单", (5, "日历日")),
        ("xuanju", "resolution", None, (5, "工作日")),
        ("weiwangge", "step", "候选人公示", (5, "工作日")),
    ],
)
def test_the_publicity_that_is_due(
    ours: Procedures, id: str, what: str, step: str | None, days: tuple[int, str] | None
) -> None:
    found = ours.procedure(id, NEW_LAW)
    assert found is not None
    due: Publicity | None = found.publicity_of(what, step)
    assert (due and (due.days, due.kind)) == days


def test_a_publicity_of_something_else_is_a_slip(ours: Procedures) -> None:
    with pytest.raises(ValueError, match="objection"):
        ours.procedures[0].publicity_of("objection")


def test_what_is_posted_of_persons_starts_again_with_any_correction(ours: Procedures) -> None:
    shown = {(p.id, s.name): s.publicity.restarts for p in ours.procedures for s in p.steps if s.publicity}
    assert {k for k, v in shown.items() if v == "always"} == {
        ("xuanju", "定候选人"),
        ("xuanju", "公布结果"),
        ("weiwangge", "候选人公示"),
        ("weiwangge", "公布结果"),
    }
    assert {k for k, v in shown.items() if v == "never"} == {("xuanju", "公布名单")}


def test_days_to_a_reply_are_local(ours: Procedures) -> None:
    days = {p.id: p.reply_days for p in ours.procedures}
    assert days["liubu"] == 7
    assert days["siyi"] == days["yezhu"] == days["jumin-huiyi"] == 15
    for procedure in ours.procedures:
        assert procedure.reply_days is None or "答复" in procedure.local, procedure.id


def test_a_procedure_of_2025_is_by_the_old_law(ours: Procedures) -> None:
    for id in ("jumin-huiyi", "daibiao-huiyi"):
        before, after = ours.procedure(id, date(2025, 12, 31)), ours.procedure(id, NEW_LAW)
        assert before is not None
        assert after is not None
        assert "2018年修正" in before.source
        assert "2025年修订" in after.source
        assert "2025年修订" not in str(before)


def test_the_limits_of_a_whistle(ours: Procedures) -> None:
    found: Limits | None = ours.limits("whistle", NEW_LAW)
    assert found is not None
    assert {c.name: (c.contact_hours, c.solve_hours) for c in found.classes} == {
        "紧急": (2, 2),
        "水电气暖": (24, 24),
        "一般": (24, 168),
        "复杂": (24, 360),
    }
    assert tuple(c.name for c in found.classes) == whistles.CLASSES
    assert found.limit("一般") == found.classes[2]
    assert found.limit("别的") is None
    assert ours.limits("nothing", NEW_LAW) is None


def test_what_is_local_says_so(ours: Procedures) -> None:
    """A version whose source is no law says in ``local`` that the law has no such figure, or that it is a custom."""
    for version in (*ours.procedures, *ours.rules, *ours.limit_sets):
        if "法》" not in version.source and "法典》" not in version.source:
            assert version.local, version.id


def test_all_that_a_file_may_say_is_written_down(root: Path) -> None:
    """``docs/procedures.md`` has every key that is read, and no other in its first columns."""
    told = (root / "docs" / "procedures.md").read_text("utf-8")
    kinds = (Procedure, Rule, Limits, Step, Size, Publicity, Words, Demand, Rhythm, Limit)
    keys = {f.metadata["key"] or f.name for kind in kinds for f in fields(kind)} | {"kind"}
    said = {w for row in re.findall(r"^\|(.*)\|$", told, re.M) for w in re.findall(r"`\[*(?:step\.)?([a-z_]+)\]*`", row)}
    values = {*STEP_KINDS, *COUNTED_BY, *UNRETURNED, *RESTARTS, *DECIDES, "true", "procedure", "rule", "limits"}
    assert keys - {"step", "size"} <= said | {"words"}
    assert said <= keys | values


def test_a_rule_says_what_its_words_are(ours: Procedures) -> None:
    rule: Rule | None = ours.rule("daibiao", NEW_LAW)
    assert rule is not None
    assert rule.says("quorum_heads") == "到会代表"
    with pytest.raises(AttributeError):
        rule.says("nothing")
