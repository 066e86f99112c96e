"""更正公告, and what a correction makes of the sheets that hang."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from generator.notices import Notice, fragment, notices
from generator.notices import rows as told
from generator.problems import Place
from generator.typeset import text_of

from .rows import COMMUNITY, CORRECTION, DAY, MATTER, POSTED, RESOLUTION, SITE, Table, called, facts, posted


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
