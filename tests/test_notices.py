"""Which sheets hang on the board on a day, and that the sheet of paper says what the page says."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest
from jinja2 import Environment

from generator import calendar
from generator.checks import check
from generator.facts.whole import Whole, whole
from generator.notices import Notice, fragment, notices, page, typeset
from generator.notices import rows as told
from generator.privacy import publish
from generator.problems import Place, Problem
from generator.procedures import load
from generator.reading import read
from generator.records import District, Records
from generator.sheets import discover
from generator.templating import environment, words
from generator.typeset import Typesetter, text_of

SITE = "https://bugu.example/"
DAY = date(2026, 3, 20)
RARE = "\U00020bb7"  # 𠮷, in no font at hand

COMMUNITY = {
    "id": "fu",
    "name": "富强社区",
    "street": "中山南街街道",
    "party": "富强社区党委",
    "phone": "0951-5550161",
    "hours": "周一至周五 8:30—18:00",
    "objections_to": "居务监督委员会",
    "objections_phone": "0951-5550162",
    "objections_hours": "公示期内每日 9:00—11:30",
    "objections_box": "小屋门口右侧信箱",
    "signer": "富强社区居民委员会",
}
MATTER = {
    "id": "DS-1",
    "title": "3号楼前“消防通道”被占",
    "compound": "ds",
    "category": "停车管理",
    "size": "大事",
    "raised_on": date(2026, 3, 2),
    "channel": "微心愿小白板",
    "raised_by": "张*",
    "body": "通道上夜里停着6辆车。",
    "procedure": "liubu",
    "owner": "wy",
}
STEPS = [
    {"id": "DS-1-1", "step": "集议题", "on": date(2026, 3, 2)},
    {"id": "DS-1-2", "step": "定议题", "on": date(2026, 3, 4)},
    {"id": "DS-1-3", "step": "拟方案", "on": date(2026, 3, 9)},
    {"id": "DS-1-4", "step": "做表决", "on": date(2026, 3, 10)},
]
MEETING = {
    "id": "H1",
    "title": "第12次议事协商会",
    "kind": "议事协商会",
    "on": date(2026, 3, 10),
    "time": "19:00—20:40",
    "place_name": "红色共享自治小屋",
    "chair": "p1",
    "recorder": "p2",
    "called": 15,
    "present": 13,
    "about": "议一件事。",
}
ITEM = {
    "id": "H1-1",
    "meeting": "H1",
    "number": 1,
    "title": "通道划线",
    "matter": "DS-1",
    "discussion": "有居民认为车没处停。",
    "views_against": "先找车位再划线。",
    "conclusion": "划线,另找12个车位。",
    "owner": "物业项目经理",
    "due_on": date(2026, 4, 10),
}
VOTE = {
    "id": "V1",
    "meeting": "H1",
    "matter": "DS-1",
    "motion": "通道划线方案",
    "rule": "yishi",
    "called": 15,
    "present": 13,
    "in_favour": 9,
    "against": 3,
    "abstained": 1,
    "announced": "通过",
    "how": "举手",
}
RESOLUTION = {
    "id": "R1",
    "matter": "DS-1",
    "meeting": "H1",
    "vote": "V1",
    "title": "施划消防通道标线",
    "promise": "1.划线40米。\n2.另找12个车位。",
    "passed_on": date(2026, 3, 10),
    "owner": "wy",
    "due_on": date(2026, 4, 10),
}
POSTED = {"posted_on": date(2026, 3, 11), "posted_days": 7, "posted_kind": "日历日"}


@pytest.fixture(scope="module")
def env(root: Path) -> Environment:
    return environment(root / "templates")


@pytest.fixture(scope="module")
def setter(root: Path) -> Typesetter:
    return Typesetter(root / "templates" / "layouts" / "notice.typ")


@pytest.fixture
def no_2027(monkeypatch: pytest.MonkeyPatch) -> None:
    """No arrangement beyond 2026 is known, however new the package is."""
    known = calendar.is_workday

    def asked(day: date) -> bool:
        if day.year > 2026:
            raise calendar.YearNotCovered(day.year)
        return known(day)

    monkeypatch.setattr(calendar, "is_workday", asked)


Table = list[dict[str, Any]]


def facts(root: Path, today: date = DAY, **more: Table) -> Whole:
    """The facts of one matter that was voted on, with further or other rows of some sheets."""
    steps = [{"matter": "DS-1", "result": "完成", "by": "支部", "note": "办了。", **s} for s in STEPS]
    tables: dict[str, Table] = {
        "communities": [COMMUNITY],
        "compounds": [{"id": "ds", "name": "东胜小区", "belongs": "本社区"}],
        "units": [{"id": "wy", "name": "东胜物业服务中心", "kind": "物业公司", "compound": "ds"}],
        "people": [
            {"id": "p1", "name": "马兰", "basis": "职务公开", "work_phone": "0951-5550163"},
            {"id": "p2", "name": "王小三", "basis": "不公开"},
        ],
        "matters": [MATTER],
        "meetings": [MEETING],
        "items": [ITEM],
        "votes": [VOTE],
        **more,
    }
    tables["steps"] = steps + more.get("steps", [])
    procedures, _ = load(root / "records" / "procedures")
    return whole(Records(District("兴庆区"), _published(tables)), procedures, today)


def _published(tables: Mapping[str, Table]) -> dict[str, dict[str, dict[str, Any]]]:
    published: dict[str, dict[str, dict[str, Any]]] = {"": {}, "fu": {}}
    for name, rows in tables.items():
        sheet = discover()[name]
        room = published["fu" if sheet.per_community else ""]
        places = (Place(f"records/fu/{name}.csv", sheet.title, n) for n in range(2, len(rows) + 2))
        room[name] = {r["id"]: publish(sheet, "fu", at, r) for r, at in zip(rows, places, strict=True)}
    return published


def called(found: list[Notice], name: str) -> Notice:
    [notice] = [n for n in found if n.name == name]
    return notice


def posted(**more: Any) -> dict[str, Any]:
    """A step that shows the resolution."""
    base = {"id": "DS-1-5", "matter": "DS-1", "step": "促落实", "result": "进行中", "on": date(2026, 3, 11)}
    return {**base, "by": "物业", "note": "方案贴出。", **POSTED, **more}


# --- which notices there are ---------------------------------------------------------------------------------------


def test_a_step_with_a_publicity_hangs_from_its_first_to_its_last_day(root: Path) -> None:
    due = {}
    for day in (11, 18, 19):
        found = notices(facts(root, date(2026, 3, day), steps=[posted()]), SITE)
        due[day] = called(found, "gongshi-DS-1-5").due
    assert due == {11: True, 18: True, 19: False}


def test_a_notice_knows_its_subject_its_page_and_where_it_stands(root: Path) -> None:
    notice = called(notices(facts(root, steps=[posted()]), SITE), "gongshi-DS-1-5")
    assert (notice.kind, notice.community, notice.subject_id, notice.matter) == ("publicity", "fu", "DS-1-5", "DS-1")
    assert notice.path == "fu/notices/gongshi-DS-1-5"
    assert notice.address == SITE + "fu/matters/DS-1/"
    assert notice.place == Place("records/fu/steps.csv", "办理过程", 6)
    assert notice.title == "关于“3号楼前‘消防通道’被占”办理方案的公示"


def test_what_two_rows_show_on_the_same_days_hangs_once_with_the_resolution_on_it(root: Path, env: Environment) -> None:
    found = notices(facts(root, steps=[posted()], resolutions=[{**RESOLUTION, **POSTED}]), SITE)
    assert [n.name for n in found if n.kind == "publicity"] == ["gongshi-DS-1-5"]
    assert "划线40米" in text_of(fragment(called(found, "gongshi-DS-1-5"), env))


def test_two_resolutions_shown_on_one_day_both_hang(root: Path, env: Environment) -> None:
    two = [
        {**RESOLUTION, **POSTED},
        {**RESOLUTION, **POSTED, "id": "R2", "title": "补种树", "promise": "补种9棵槐树。"},
    ]
    alone = notices(facts(root, resolutions=two), SITE)
    assert [n.name for n in alone if n.kind == "publicity"] == ["gongshi-jueyi-R1", "gongshi-jueyi-R2"]
    assert "9棵槐树" in text_of(fragment(called(alone, "gongshi-jueyi-R2"), env))
    with_step = notices(facts(root, steps=[posted()], resolutions=two), SITE)
    assert [n.name for n in with_step if n.kind == "publicity"] == ["gongshi-DS-1-5"]
    words = text_of(fragment(called(with_step, "gongshi-DS-1-5"), env))
    assert words.count("决议内容") == 1
    for part in ("施划消防通道标线", "划线40米", "补种树", "9棵槐树"):
        assert part in words


def test_a_resolution_shown_on_days_of_its_own_hangs_by_itself(root: Path) -> None:
    other = {**RESOLUTION, **POSTED, "posted_days": 15}
    found = notices(facts(root, steps=[posted()], resolutions=[other]), SITE)
    assert [n.name for n in found if n.kind == "publicity"] == ["gongshi-DS-1-5", "gongshi-jueyi-R1"]


def test_a_result_hangs_once_it_is_there_and_stands_for_its_own_publicity(root: Path) -> None:
    done = {"done_on": date(2026, 4, 8), "done": "划了。", "result_posted_on": date(2026, 4, 9)}
    row = {**RESOLUTION, **done, "result_posted_days": 7, "result_posted_kind": "日历日"}
    before = notices(facts(root, date(2026, 4, 7), resolutions=[row]), SITE)
    assert not [n for n in before if n.kind == "result"]
    after = notices(facts(root, date(2026, 4, 9), resolutions=[row]), SITE)
    assert [(n.name, n.due, n.date) for n in after if n.kind == "result"] == [("luoshi-R1", True, date(2026, 4, 9))]
    assert not [n for n in after if n.kind == "publicity"]


@pytest.mark.parametrize(("day", "due"), [(10, True), (17, True), (18, False)])
def test_resolutions_and_minutes_hang_for_a_week(root: Path, day: int, due: bool) -> None:
    found = notices(facts(root, date(2026, 3, day), resolutions=[RESOLUTION]), SITE)
    assert {called(found, n).due for n in ("jueyi-R1", "jiyao-H1")} == {due}


def test_a_meeting_to_come_has_no_minutes(root: Path) -> None:
    assert not [n for n in notices(facts(root, date(2026, 3, 9)), SITE) if n.kind == "minutes"]


def test_every_name_stands_once_in_its_community(demo_notices: list[Notice]) -> None:
    paths = [n.path for n in demo_notices]
    assert len(set(paths)) == len(paths) > 100
    assert {n.kind for n in demo_notices} == set(words()["notice"])
    assert all(re.fullmatch(r"[a-z]+/notices/[A-Za-z0-9-]+", p) for p in paths)


# --- their words ---------------------------------------------------------------------------------------------------


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


CORRECTION = {
    "id": "GZ-1", "matter": "DS-1", "posting": "方案公示", "on": date(2026, 3, 16), "original": "划线40米。",
    "corrected": "划线46米。", "reason": "量错了一段。", "substantial": True,
}  # fmt: skip


def corrected(root: Path, today: date = DAY, *corrections: Mapping[str, Any], **more: Table) -> list[Notice]:
    rows = {"steps": [posted()], **more}
    return notices(facts(root, today, corrections=[{**CORRECTION, **k} for k in corrections or ({},)], **rows), SITE)


def test_a_correction_says_what_it_corrects_and_why(root: Path, env: Environment) -> None:
    notice = called(corrected(root), "gengzheng-GZ-1")
    assert (notice.kind, notice.subject_id, notice.matter, notice.date) == (
        "correction",
        "GZ-1",
        "DS-1",
        date(2026, 3, 16),
    )
    assert notice.title == "关于“3号楼前‘消防通道’被占”公示的更正公告"
    assert notice.address == SITE + "fu/matters/DS-1/"
    assert notice.place == Place("records/fu/corrections.csv", "更正", 2)
    words = text_of(fragment(notice, env))
    order = ["2026年3月11日张贴的《关于“3号楼前‘消防通道’被占”办理方案的公示》", "原文", "更正为", "划线40米。"]
    order += [
        "划线46米。",
        "量错了一段。",
        "重新公示",
        "署名、匿名均可",
        COMMUNITY["objections_phone"],
        COMMUNITY["signer"],
    ]
    at = 0
    for part in order:
        at = words.index(part, at)
    assert words.rstrip().endswith("2026年3月16日")


@pytest.mark.parametrize(
    ("correction", "says", "hours"),
    [
        ({}, "公示期重新计算：自2026年3月17日至2026年3月23日，共7日。", "公示期内每日 9:00—11:30"),
        (
            {"on": date(2026, 3, 13)},
            "公示期重新计算：自2026年3月14日至2026年3月20日，共7日。",
            "公示期内每日 9:00—11:30",
        ),
        ({"substantial": False}, "公示期不变，仍为自2026年3月12日至2026年3月18日，共7日。", "公示期内每日 9:00—11:30"),
        (
            {"substantial": True, "on": date(2026, 3, 11)},
            "公示期不变，仍为自2026年3月12日至2026年3月18日",
            "公示期内每日 9:00—11:30",
        ),
        ({"substantial": False, "on": date(2026, 3, 19)}, "公示期已于2026年3月18日届满", "受理时间\n每日 9:00—11:30"),
        (
            {"on": date(2026, 3, 20)},
            "公示期重新计算：自2026年3月21日至2026年3月27日，共7日。",
            "公示期内每日 9:00—11:30",
        ),
    ],
)
def test_a_correction_says_what_becomes_of_the_period(
    root: Path, env: Environment, correction: dict[str, Any], says: str, hours: str
) -> None:
    words = text_of(fragment(called(corrected(root, DAY, correction), "gengzheng-GZ-1"), env))
    assert says in words
    assert ("重新计算" in words) == ("重新计算" in says)
    assert hours in words
    assert COMMUNITY["hours"] not in words


@pytest.mark.parametrize(
    ("day", "substantial", "due"),
    [(15, True, None), (16, True, True), (23, True, True), (24, True, False), (23, False, True), (24, False, False)],
)
def test_a_correction_hangs_for_a_week_and_while_the_new_period_runs(
    root: Path, day: int, substantial: bool, due: bool | None
) -> None:
    found = corrected(root, date(2026, 3, day), {"substantial": substantial})
    assert [n.due for n in found if n.kind == "correction"] == ([] if due is None else [due])


def test_a_correction_that_started_a_long_period_again_hangs_to_its_last_day(root: Path) -> None:
    rows = {"steps": [posted(posted_days=15)]}
    due = {
        d: called(corrected(root, d, {}, **rows), "gengzheng-GZ-1").due for d in (date(2026, 3, 31), date(2026, 4, 1))
    }
    assert due == {date(2026, 3, 31): True, date(2026, 4, 1): False}


def test_a_correction_that_was_overtaken_tells_of_its_own_day_alone(root: Path, env: Environment) -> None:
    second = {"id": "GZ-2", "on": date(2026, 3, 18), "original": "46米", "corrected": "44米"}
    found = corrected(root, date(2026, 3, 25), {}, second)
    first, later = (called(found, f"gengzheng-GZ-{n}") for n in (1, 2))
    assert "自2026年3月17日至2026年3月23日，共7日" in text_of(fragment(first, env))
    assert "自2026年3月19日至2026年3月25日，共7日" in text_of(fragment(later, env))
    assert "2026年3月11日张贴" in text_of(fragment(later, env))
    assert (first.due, later.due) == (False, True)


def test_a_correction_of_a_resolution_names_the_sheet_that_hangs(root: Path, env: Environment) -> None:
    of = {"posting": "决议公示", "resolution": "R1"}
    alone = corrected(root, DAY, of, steps=[], resolutions=[{**RESOLUTION, **POSTED}])
    together = corrected(root, DAY, of, resolutions=[{**RESOLUTION, **POSTED}])
    titles = {called(some, "gengzheng-GZ-1").title for some in (alone, together)}
    assert titles == {"关于“施划消防通道标线”公示的更正公告"}
    words = [text_of(fragment(called(some, "gengzheng-GZ-1"), env)) for some in (alone, together)]
    assert "《关于“施划消防通道标线”决议内容的公示》" in words[0]
    assert "《关于“3号楼前‘消防通道’被占”决议的公示》" in words[1]


def test_a_correction_of_a_result_names_the_result(root: Path, env: Environment) -> None:
    done = {"done_on": date(2026, 3, 11), "done": "划了。"} | {f"result_{k}": v for k, v in POSTED.items()}
    of = {"posting": "落实结果公示", "resolution": "R1", "substantial": False}
    notice = called(corrected(root, DAY, of, steps=[], resolutions=[{**RESOLUTION, **done}]), "gengzheng-GZ-1")
    assert notice.title == "关于“施划消防通道标线”落实结果公示的更正公告"
    assert "《关于“施划消防通道标线”落实结果的公示》" in text_of(fragment(notice, env))


@pytest.mark.parametrize(
    ("procedure", "step", "substantial", "says"),
    [
        ("weiwangge", "候选人公示", False, "的规定，公示内容更正后要重新公示。原来的公示期到2026年3月18日为止"),
        ("xuanju", "公布名单", True, "的规定，更正以后不重新公示，公示期不变，仍为自2026年3月12日至2026年3月18日"),
    ],
)
def test_whether_a_correction_starts_the_period_again_is_the_procedures_rule(
    root: Path, env: Environment, procedure: str, step: str, substantial: bool, says: str
) -> None:
    rows = {"matters": [{**MATTER, "procedure": procedure}], "steps": [posted(step=step)]}
    found = corrected(root, DAY, {"substantial": substantial}, **rows)
    assert says in text_of(fragment(called(found, "gengzheng-GZ-1"), env))
    restarted = "这是重新公示" in text_of(fragment(called(found, "gongshi-DS-1-5"), env))
    assert restarted is not substantial


def test_a_correction_of_what_has_no_period_hangs_without_one(root: Path, env: Environment) -> None:
    words = text_of(fragment(called(corrected(root, DAY, {}, steps=[]), "gengzheng-GZ-1"), env))
    assert "没有登记公示期" in words
    assert "重新计算" not in words


def test_a_correction_whose_new_period_ends_in_a_year_not_known_says_so(
    root: Path, env: Environment, no_2027: None
) -> None:
    rows = {"steps": [posted(posted_on=date(2026, 12, 28))]}
    of = {"on": date(2026, 12, 30)}
    words = text_of(fragment(called(corrected(root, date(2026, 12, 31), of, **rows), "gengzheng-GZ-1"), env))
    assert "自2026年12月31日起，共7日；2027年放假安排公布以后，另行公告截止日期" in words


def test_what_may_still_run_hangs_on_until_its_end_is_known(root: Path, no_2027: None) -> None:
    late = {**POSTED, "posted_on": date(2026, 12, 28)}
    rows = {"steps": [posted(**late)], "resolutions": [{**RESOLUTION, **late, "posted_days": 8}]}
    found = corrected(root, date(2027, 1, 20), {"on": date(2026, 12, 30)}, **rows)
    due = {n.name: n.due for n in found}
    assert [due[n] for n in ("gongshi-DS-1-5", "gongshi-jueyi-R1", "jueyi-R1", "gengzheng-GZ-1")] == [True] * 4


def test_a_publicity_that_was_started_again_gives_the_new_days_and_says_why(root: Path, env: Environment) -> None:
    objection = {"id": "YY-1", "matter": "DS-1", "posting": "方案公示", "on": date(2026, 3, 15), "said": "少量了一段。"}
    found = corrected(root, DAY, {}, objections=[objection])
    notice = called(found, "gongshi-DS-1-5")
    assert (notice.date, notice.due) == (date(2026, 3, 16), True)
    words = text_of(fragment(notice, env))
    for part in ("原公示于2026年3月11日张贴", "这是重新公示", "原为“划线40米”", "更正为“划线46米”", "量错了一段。"):
        assert part in words
    assert "公示期自2026年3月17日至2026年3月23日，共7日。" in words
    assert "少量了一段" not in words
    assert "YY-1" not in [r.id for r in told(notice)]
    assert "GZ-1" in [r.id for r in told(notice)]


def test_a_publicity_with_a_misprint_mended_is_not_started_again(root: Path, env: Environment) -> None:
    notice = called(corrected(root, DAY, {"substantial": False}), "gongshi-DS-1-5")
    words = text_of(fragment(notice, env))
    assert notice.date == date(2026, 3, 11)
    assert "公示期自2026年3月12日至2026年3月18日，共7日。" in words
    assert "这是重新公示" not in words


def test_a_restarted_publicity_and_another_posted_that_day_hang_as_two(root: Path) -> None:
    later = {**RESOLUTION, **POSTED, "posted_on": date(2026, 3, 16)}
    found = corrected(root, DAY, {}, resolutions=[later])
    assert [n.name for n in found if n.kind == "publicity"] == ["gongshi-DS-1-5", "gongshi-jueyi-R1"]


def test_an_old_publicity_does_not_know_of_a_later_extension(root: Path, env: Environment) -> None:
    later = {"id": "DS-1-6", "matter": "DS-1", "step": "促落实", "result": "延期", "on": date(2026, 3, 19)}
    later |= {"by": "物业", "note": "等料。", "extended_to": date(2026, 6, 30)}
    found = notices(facts(root, steps=[posted(), later]), SITE)
    words = text_of(fragment(called(found, "gongshi-DS-1-5"), env))
    assert "2026年6月30日" not in words
    assert "办理期限\n2026年5月1日" in words
    before = {**later, "on": date(2026, 3, 11)}
    found = notices(facts(root, steps=[before, posted()]), SITE)
    assert "办理期限\n2026年6月30日" in text_of(fragment(called(found, "gongshi-DS-1-5"), env))


FIRST = {
    "id": "E1", "title": "居委会委员选举", "post": "居委会委员", "on": date(2026, 3, 10), "rule": "juweihui-xuanju",
    "seats": 2, "called": 300, "present": 200, "invalid": 3, "proxies": 12, "how": "书面",
    "term_from": date(2026, 4, 1), "term_until": date(2031, 3, 31),
}  # fmt: skip


def stood(*votes: int, of: str = "E1") -> Table:
    """Candidates called 甲, 乙 … with so many votes; nothing that the notice says comes from what was announced."""
    return [
        {
            "id": f"{of}-{n}",
            "election": of,
            "name": f"候选{'甲乙丙丁'[n]}",
            "consent": True,
            "votes": v,
            "announced": "当选",
        }
        for n, v in enumerate(votes)
    ]


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


def test_a_vote_that_was_taken_again_says_so_wherever_it_is_told(root: Path, env: Environment) -> None:
    again = {**VOTE, "id": "V9", "motion": "重新表决的方案", "meeting": None, "revote_of": VOTE["id"]}
    made = notices(facts(root, votes=[VOTE, again]), SITE)
    words = text_of(fragment(called(made, "jiyao-H1"), env))
    assert "后来重新表决过，以“重新表决的方案”（V9）的结果为准" in words


def test_minutes_give_views_dissent_vote_owner_and_day(root: Path, env: Environment) -> None:
    words = text_of(fragment(called(notices(facts(root), SITE), "jiyao-H1"), env))
    order = ["2026年3月10日（星期二）19:00—20:40", "红色共享自治小屋", "马兰", "王*三", "应到15人，实到13人（13/15）"]
    order += [
        "一、通道划线（DS-1）",
        "有居民认为",
        "不同的意见：先找车位",
        "通道划线方案",
        "议定：划线",
        "物业项目经理",
        "2026年4月10日",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)


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


# --- what a paper is called, who signs it, what it may know ---------------------------------------------------------


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


def test_a_paper_that_is_made_again_after_a_correction_says_so(root: Path, env: Environment) -> None:
    row = {**RESOLUTION, **POSTED, "done_on": date(2026, 3, 11), "done": "划了。"}
    row |= {f"result_{k}": v for k, v in {**POSTED, "posted_days": 5}.items()}
    of = [
        {"posting": "决议公示", "resolution": "R1", "substantial": False, "original": "写着“40米”。\n完。"},
        {"id": "GZ-2", "posting": "落实结果公示", "resolution": "R1", "substantial": False, "corrected": "划线47米。"},
    ]
    found = corrected(root, DAY, *of, steps=[], resolutions=[row])
    shown, passed, done = (
        text_of(fragment(called(found, n), env)) for n in ("gongshi-jueyi-R1", "jueyi-R1", "luoshi-R1")
    )
    says = "已于2026年3月16日更正：原为“写着‘40米’。完”，更正为“划线46米”，见更正公告。"
    assert "本公示" + says in shown
    assert "本公告" + says in passed
    assert "本公示已于2026年3月16日更正：原为“划线40米”，更正为“划线47米”，见更正公告。" in done
    assert "47米" not in shown + passed
    before = corrected(root, date(2026, 3, 15), *of, steps=[], resolutions=[row])
    assert "更正" not in text_of(fragment(called(before, "jueyi-R1"), env))


def test_a_correction_of_a_resolution_without_a_period_is_said_too(root: Path, env: Environment) -> None:
    of = {"posting": "决议公示", "resolution": "R1"}
    found = corrected(root, DAY, of, steps=[], resolutions=[RESOLUTION, {**RESOLUTION, "id": "R2"}])
    words = {n: text_of(fragment(called(found, n), env)) for n in ("jueyi-R1", "jueyi-R2")}
    assert "本公告已于2026年3月16日更正" in words["jueyi-R1"]
    assert "更正" not in words["jueyi-R2"]


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
    ("rule", "signed"), [("juweihui-xuanju", "富强社区居民选举委员会"), ("tuixuan", "富强社区居民委员会")]
)
def test_an_election_is_signed_by_who_held_it(root: Path, env: Environment, rule: str, signed: str) -> None:
    made = notices(facts(root, elections=[{**FIRST, "rule": rule}], candidates=stood(150, 101)), SITE)
    assert text_of(fragment(called(made, "xuanju-E1"), env)).split("\n")[-2] == signed


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


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("第四次三方联席会", "第四次三方联席会纪要"),
        ("业主大会会议", "业主大会会议纪要"),
        ("3月民主议政日", "3月民主议政日会议纪要"),
    ],
)
def test_minutes_are_not_of_a_meeting_of_a_meeting(root: Path, title: str, named: str) -> None:
    found = notices(facts(root, meetings=[{**MEETING, "title": title}]), SITE)
    assert called(found, "jiyao-H1").title == named


def test_an_address_breaks_after_a_slash_only(root: Path, env: Environment, setter: Typesetter) -> None:
    site = "https://bugu.example.org/sites/open-to-all"
    matter = {**MATTER, "id": "DS-2026-007-12"}
    seen = facts(root, matters=[matter], items=[], votes=[], steps=[posted(matter=matter["id"])])
    notice = called(notices(seen, site), "gongshi-DS-1-5")
    assert "".join(notice.address_parts) == notice.address
    assert all(p.endswith("/") for p in notice.address_parts)
    html = fragment(notice, env)
    assert notice.address in text_of(html)
    pdf = typeset(notice, html, setter)
    assert isinstance(pdf, bytes)
    lines = [x for p in pypdf.PdfReader(io.BytesIO(pdf)).pages for x in p.extract_text().splitlines()]
    begun = next(n for n, x in enumerate(lines) if x.startswith("https://"))
    told: list[str] = []
    while "".join(told) != notice.address:
        told.append(lines[begun + len(told)].strip())
        assert notice.address.startswith("".join(told)), told
    assert len(told) > 1, "long enough to be broken"
    assert all(x.endswith("/") for x in told), told


# --- rosters -------------------------------------------------------------------------------------------------------


def roster(root: Path, env: Environment, name: str, duties: Table, people: Table | None = None) -> str:
    grids = [
        {"id": "g1", "name": "第一网格", "level": "网格", "compound": "ds", "scope": "1—9号楼"},
        {
            "id": "g1-1",
            "name": "东胜小区第1微网格",
            "level": "微网格",
            "parent": "g1",
            "compound": "ds",
            "scope": "1号楼",
        },
    ]
    rows = [{"id": f"d{n}", "since": date(2026, 1, n), **d} for n, d in enumerate(duties, start=1)]
    more = {"people": people} if people else {}
    return text_of(fragment(called(notices(facts(root, duties=rows, grids=grids, **more), SITE), name), env))


def test_a_grid_says_which_duty_nobody_holds(root: Path, env: Environment) -> None:
    words = roster(root, env, "mingce-wangge-g1", [{"person": "p1", "duty": "专职网格员", "grid": "g1"}])
    assert "马兰" in words
    assert "0951-5550163" in words
    assert words.count("暂缺") == 4  # three duties of the grid, and whoever would lead its micro-grid


def test_a_duty_held_for_the_whole_community_counts_for_each_grid(root: Path, env: Environment) -> None:
    duties = [{"person": "p1", "duty": d, "serves": "各网格"} for d in ("片区民警", "人民调解员", "卫生网格员")]
    duties += [{"person": "p1", "duty": "专职网格员", "grid": "g1"}]
    duties += [{"person": "p2", "duty": "微网格长", "grid": "g1-1"}]
    words = roster(root, env, "mingce-wangge-g1", duties)
    assert "暂缺" not in words
    assert words.count("各网格") == 3
    assert "第1微网格\n1号楼\n王*三" in words


def test_a_person_with_one_duty_for_two_grids_stands_on_one_line(root: Path, env: Environment) -> None:
    duties = [{"person": "p1", "duty": "片区民警", "compound": "ds", "serves": s} for s in ("第一网格", "第二网格")]
    words = roster(root, env, "mingce-xiaoqu-ds", duties)
    assert words.count("马兰") == 1
    assert "第一网格、第二网格" in words


def test_names_that_mask_alike_are_told_apart_by_building(root: Path, env: Environment) -> None:
    people = [
        {"id": f"p{n}", "name": name, "basis": "不公开", "building": f"{n}号楼"}
        for n, name in ((1, "张三"), (2, "张四"))
    ]
    duties = [{"person": p, "duty": "单元管家", "compound": "ds", "serves": "1单元"} for p in ("p1", "p2")]
    words = roster(root, env, "mingce-xiaoqu-ds", duties, people)
    assert "张*(1号楼)　1单元" in words
    assert "张*(2号楼)　1单元" in words


def test_a_roster_is_dated_by_its_last_change_and_never_due(root: Path) -> None:
    duties = [{"id": "d1", "person": "p1", "duty": "居委会主任", "since": date(2026, 1, 9)}]
    duties += [{"id": "d2", "person": "p1", "duty": "居委会委员", "since": date(2026, 5, 1)}]
    notice = called(notices(facts(root, duties=duties), SITE), "mingce-shequ-fu")
    assert (notice.date, notice.due) == (date(2026, 1, 9), False)


# --- page and paper ------------------------------------------------------------------------------------------------

NASTY = '<script>alert(1)</script> {{ 7*7 }} #panic("x") $a$ *b* `c` javascript:alert(1)'


def test_a_cell_is_text_on_the_page_and_on_paper(root: Path, env: Environment, setter: Typesetter) -> None:
    done = posted(note=NASTY, result="完成")
    seen = facts(root, matters=[{**MATTER, "title": NASTY, "body": NASTY}], steps=[done])
    notice = called(notices(seen, SITE), "gongshi-DS-1-5")
    html = fragment(notice, env)
    assert "<script" not in page(notice, env)
    assert text_of(html).count(NASTY) == 4  # title, opening, what residents said, what was done
    pdf = typeset(notice, html, setter)
    assert isinstance(pdf, bytes)
    assert re.sub(r"\s", "", NASTY) in on_paper(pdf)


def test_a_character_without_a_shape_is_a_problem_that_names_notice_and_character(
    root: Path, env: Environment, setter: Typesetter
) -> None:
    notice = called(
        notices(facts(root, steps=[posted(note=RARE + "先生同意。", result="完成")]), SITE), "gongshi-DS-1-5"
    )
    problem = typeset(notice, fragment(notice, env), setter)
    assert isinstance(problem, Problem)
    assert notice.title in problem.says
    assert f"{RARE}(U+20BB7)" in problem.says
    assert problem.place.file == "records/fu/steps.csv"
    assert not problem.withholds


def test_the_print_page_loads_nothing_but_its_style_and_icon(root: Path, env: Environment) -> None:
    notice = called(notices(facts(root), SITE), "jiyao-H1")
    html = page(notice, env, pdf=False)
    assert fragment(notice, env) in html
    assert re.findall(r'(?:src|href)="([^"]+)"', html) == [
        "../../assets/images/bugu.svg",
        "../../assets/stylesheets/notice.css",
        "../../fu/meetings/H1/",
        "../../fu/",
    ]
    assert 'href="jiyao-H1.pdf"' in page(notice, env)


def test_the_qr_code_is_of_the_address_that_stands_beside_it(root: Path, env: Environment) -> None:
    there, elsewhere = (
        fragment(called(notices(facts(root), site), "jiyao-H1"), env) for site in (SITE, "https://other.example")
    )
    assert "https://bugu.example/fu/meetings/H1/" in text_of(there)
    assert "https://other.example/fu/meetings/H1/" in text_of(elsewhere)
    drawn = [re.findall(r"<svg.*?</svg>", html)[0] for html in (there, elsewhere)]
    assert drawn[0] != drawn[1]


def on_paper(pdf: bytes, html: str = "") -> str:
    """The text of a PDF without blanks and page numbers, and without the head that a long table of it says again."""
    pages = [p.extract_text().strip() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    pages = [re.sub(r"\s", "", re.sub(r"—\s*\d+\s*—$", "", p)) for p in pages]
    heads = [re.sub(r"\s", "", text_of(head)) for head in re.findall(r"<thead>.*?</thead>", html, re.DOTALL)]
    words = re.sub(r"\s", "", text_of(html))
    for n, text in enumerate(pages[1:], 1):
        before, all_of_it = "".join(pages[:n]), "".join(pages)
        for head in heads:
            if text.startswith(head) and head in before and all_of_it.count(head) > words.count(head):
                pages[n] = text.removeprefix(head)
    return "".join(pages)


def figures(text: str) -> list[str]:
    """Every number in order, dates and times among them, with what stands between its digits."""
    return re.findall(r"\d+(?:[.:/-]\d+)*", text)


@pytest.fixture(scope="module")
def demo_notices(root: Path, demo: Path) -> list[Notice]:
    procedures, _ = load(demo / "procedures")
    records, _ = check(read(demo).records, procedures, date(2026, 6, 17))
    return notices(whole(records, procedures, date(2026, 6, 17)), SITE)


def compare(some: list[Notice], env: Environment, setter: Typesetter) -> None:
    for notice in some:
        html = fragment(notice, env)
        pdf = typeset(notice, html, setter)
        assert isinstance(pdf, bytes), notice.name
        words = re.sub(r"\s", "", text_of(html))
        assert len(figures(words)) >= 3  # the day that it is of
        assert figures(on_paper(pdf)) == figures(words), notice.name
        if notice.kind != "roster":  # long rosters repeat the heads of their tables
            assert on_paper(pdf, html) == words, notice.name


def test_paper_and_page_of_what_is_due_never_differ(
    demo_notices: list[Notice], env: Environment, setter: Typesetter
) -> None:
    first = {(n.community, n.kind): n for n in demo_notices}.values()
    due = [n for n in demo_notices if n.due]
    assert {n.kind for n in due} >= {"publicity", "resolution", "minutes", "correction"}
    compare([*due, *first], env, setter)


@pytest.mark.slow
def test_paper_and_page_of_the_whole_demo_never_differ(
    demo_notices: list[Notice], env: Environment, setter: Typesetter
) -> None:
    compare(demo_notices, env, setter)
