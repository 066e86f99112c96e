"""Minutes on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from generator.notices import fragment, notices
from generator.typeset import text_of

from .rows import MEETING, SITE, called, facts


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
