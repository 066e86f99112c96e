"""岗位职责: what is laid down, from when, and how many hold it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.facts.roles import Charges, names, roles
from generator.sheets.duties import Duty
from generator.sheets.people import Person
from generator.sheets.roles import Role
from generator.sheets.units import Unit
from tests.mechanisms.drawing import TODAY, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row


def role(id: str, at: int = 2, **more: object) -> Role:
    return row(
        Role, id, at, **{"name": f"岗{id}", "does": "看楼。", "source": "第一条", "since": date(2024, 3, 1), **more}
    )


def found(*rows: object) -> Charges:
    there = roles(seen(rows), COMMUNITY)  # type: ignore[arg-type]
    assert there is not None
    return there


def test_without_roles_there_is_nothing() -> None:
    assert roles(seen([]), COMMUNITY) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["专职网格员", "兼职网格员", "微网格长"])), max_size=12))
def test_a_person_of_two_duties_counts_once(of: list[tuple[int, str]]) -> None:
    people = [row(Person, f"p{n}", n + 2, name=f"马{n}", basis="职务公开") for n in range(5)]
    duties = [row(Duty, f"d{n}", n + 2, person=f"p{p}", duty=d, since=date(2024, 1, 1)) for n, (p, d) in enumerate(of)]
    [charge] = found(*people, *duties, role("a", held="专职网格员、兼职网格员")).roles
    assert charge.people == len({p for p, d in of if d != "微网格长"})


def test_only_those_in_office_and_founded_count() -> None:
    people = row(Person, "p", name="马兰", basis="职务公开")
    over = row(Duty, "d", person="p", duty="单元管家", since=date(2023, 1, 1), until=TODAY - timedelta(days=1))
    units = [
        row(Unit, f"u{n}", n, name="支部", kind="小区党支部", founded=day)
        for n, day in enumerate((None, TODAY, TODAY + timedelta(days=1)), 2)
    ]
    there = found(people, over, *units, role("a", held="单元管家"), role("b", 3, kind="小区党支部"), role("c", 4))
    assert [(c.people, c.bodies) for c in there.roles] == [(0, None), (None, 2), (None, None)]


def test_what_is_not_in_force_yet_is_said_apart_and_has_no_paper() -> None:
    of = seen([role("a", since=TODAY), role("b", 3, since=TODAY + timedelta(days=1))])
    there = roles(of, COMMUNITY)
    assert there
    assert [[c.row.id for c in some] for some in (there.roles, there.coming)] == [["a"], ["b"]]
    assert [n.name for n in papers("roleduty", of)] == ["roleduty-a"]
    assert "岗b：2026年6月18日起" in page(of, "roles")


def test_names_are_taken_apart_as_people_write_them() -> None:
    assert names("专职网格员、兼职网格员") == ("专职网格员", "兼职网格员")
    assert names(" 甲 , 乙;丙\n") == ("甲", "乙", "丙")
    assert names(None) == ()


def test_each_duty_has_a_line_of_its_own_on_page_and_paper_with_its_source() -> None:
    of = seen([role("a", does="看楼。\n听话。", leaves="不收钱。")])
    [n] = papers("roleduty", of)
    assert "1．看楼。2．听话。" in paper(n)
    for text in (paper(n), page(of, "roles")):
        assert "这些不归岗a不收钱。" in text
        assert "出处：第一条" in text
    assert n.hang is None, "it hangs for good"


def test_the_five_levels_of_the_article_have_their_duties_and_numbers() -> None:
    html = demo_page("nanhua", "roles")
    text = words(html)
    for duty in (
        "基础信息采集",
        "动态信息上报",
        "文明城市创建",
        "安全隐患排查",
        "矛盾纠纷调解",
        "特殊群体服务",
        "基本公共服务事项代办",
    ):
        assert duty in text
    for duty in ("政策宣传", "信息采集和动态调整", "配合、协助专职网格员"):
        assert duty in text
    of = {p.split("</h2>")[0].split(">")[-1]: words(p) for p in html.split("<section")[1:]}
    assert "现在56人" in of["微网格长"]
    assert "现在174人" in of["单元管家"]
    assert "现在3个" in of["小区党支部"]
    assert "现在14人" in of["专兼职网格员"]
