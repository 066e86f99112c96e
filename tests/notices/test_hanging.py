"""Which sheets hang on the board on a day, each by a name of its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.notices import Notice, fragment, notices
from generator.problems import Place
from generator.templating import words
from generator.typeset import text_of

from .rows import POSTED, RESOLUTION, SITE, called, facts, posted


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
