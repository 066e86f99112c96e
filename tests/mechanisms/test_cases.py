"""解决了的难题: what was solved, by kind, how, and in how many days."""

from __future__ import annotations

from datetime import date

import pytest

from generator.facts.breakdown import by_category
from generator.facts.solved import beginning, solved_of
from generator.sheets.matters import Matter
from generator.sheets.steps import Step
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

STEPS = ("集议题", "定议题", "拟方案", "做表决", "促落实")


def matter(id: str, category: str, raised: date, outcome: str = "修好了。") -> Matter:
    return row(
        Matter,
        id,
        title=f"事{id}",
        category=category,
        size="小事",
        raised_on=raised,
        channel="居民来电",
        body="……",
        procedure="liubu",
        owner="U",
        outcome=outcome,
    )


def steps(id: str, on: date, results: tuple[str, ...] = ("完成",) * 5) -> list[Step]:
    return [
        row(Step, f"{id}-{n}", matter=id, step=step, result=result, on=on, by="支部", note="……")
        for n, (step, result) in enumerate(zip(STEPS, results, strict=False), 1)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, ""),
        ("", ""),
        ("修好了。", "修好了。"),
        (
            "没有禁外卖车，改成“进得来、开不快”，加了减速带和停车格。七月再测。",
            "没有禁外卖车，改成“进得来、开不快”，加了减速带和停车格。",
        ),
        ("先打了支撑，过了一个冬天。后来拆墙重砌。又过了一年。", "先打了支撑，过了一个冬天。后来拆墙重砌。"),
        ("他说：“行。”大家都同意。\n第二段。", "他说：“行。”大家都同意。"),
        ("没有句号", "没有句号"),
    ],
)
def test_how_it_was_solved_is_what_the_outcome_begins_with(text: str | None, said: str) -> None:
    assert beginning(text) == said


def test_only_what_was_solved_counts_by_kind_and_its_days_from_the_raising() -> None:
    whole = seen(
        [
            matter("A", "停车管理", date(2026, 5, 1)),
            *steps("A", date(2026, 5, 11)),
            matter("B", "停车管理", date(2026, 5, 1)),
            *steps("B", date(2026, 5, 31)),
            matter("C", "楼道堆物", date(2026, 5, 1)),
            *steps("C", date(2026, 5, 3), ("完成",) * 3 + ("未通过",)),
            matter("D", "停车管理", date(2026, 6, 1)),
            matter("E", "环境卫生", date(2026, 5, 1)),
            *steps("E", date(2026, 6, 18)),
        ]
    )
    shown = solved_of(whole, COMMUNITY)
    assert shown is not None
    assert [(k.name, [s.case.id for s in k.solved], k.raised, k.median) for k in shown.kinds] == [
        ("停车管理", ["B", "A"], 3, 10)
    ]
    assert (shown.raised, len(shown.all), shown.open, shown.unsolved) == (5, 2, 2, 1)
    text = page(whole, "cases")
    assert "提出3件，解决2/3件。" in text
    assert "一般要10天" not in text, "two do not tell what is usual"
    assert solved_of(seen([matter("D", "停车管理", TODAY)]), COMMUNITY) is None


def test_more_than_forty_as_the_article_says_each_with_how() -> None:
    shown = solved_of(demo().whole, "fuqiang")
    assert shown is not None
    assert 40 < len(shown.all) < 50
    assert {"停车管理", "楼道堆物", "文明养犬"} <= {k.name for k in shown.kinds}
    assert all(s.how for s in shown.all)
    assert sum(k.raised for k in shown.kinds) <= shown.raised
    assert len(shown.all) + shown.open + shown.unsolved == shown.raised


def test_the_page_leads_from_kind_to_matter() -> None:
    html = demo_page("fuqiang", "cases")
    text = words(html)
    assert "解决了43件（43/52，82.6%）" in text
    first = html.split('id="kind-1"', 1)[1]
    assert first.index("/matters/DS-") < first.index('id="kind-2"')
    assert all(html.count(f'href="#kind-{n}"') == 1 for n in range(1, 13))
    assert "38米旧墙换成下砖上栏杆的矮墙" in text, "the second sentence says what was done"


def test_kinds_are_as_many_and_as_quick_as_the_community_s_page_says() -> None:
    whole = demo().whole
    for community in ("bayi", "nanhua", "fuqiang"):
        shown = solved_of(whole, community)
        assert shown is not None
        there = {c.name: c for c in by_category(whole.cases.of(community))}
        for kind in shown.kinds:
            known = there[kind.name]
            assert (kind.raised, len(kind.solved), kind.median) == (known.raised, known.solved, known.median)


def test_the_paper_has_the_year_s_alone() -> None:
    [sheet] = [n for n in papers("solved") if n.community == "fuqiang"]
    assert sheet.title == "富强社区2026年解决的难题"
    assert "车位上长出了地锁" in paper(sheet)
    assert "6号楼1单元门口缺个坡道" not in paper(sheet)
