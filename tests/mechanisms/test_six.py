"""六员: named by consent alone, everybody else a number."""

from __future__ import annotations

from datetime import date, timedelta

from generator.facts.six import six
from generator.sheets.compounds import Compound
from generator.sheets.people import Person
from generator.sheets.six import ROLES, Six
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, row

COMPOUND = row(Compound, "C", name="西园小区", belongs="本社区")
PEOPLE = (
    row(Person, "P1", name="丁宛如", basis="本人同意", building="2号楼"),
    row(Person, "P2", name="白*云", basis="不公开", building="3号楼"),
    row(Person, "P3", name="马行之", basis="职务公开"),
)
SINCE = date(2024, 3, 1)


def member(
    id: str, person: str | None, role: str = "信息员", agreed: bool = True, serves: str = "2号楼", **more: object
) -> Six:
    return row(
        Six, id, person=person, role=role, agreed=agreed, compound="C", serves=serves, **{"since": SINCE, **more}
    )


def test_without_consent_a_name_is_a_number_even_that_of_somebody_in_office() -> None:
    whole = seen(
        [
            COMPOUND,
            *PEOPLE,
            member("A", "P1"),
            member("B", "P2", agreed=False),
            member("E", "P3", agreed=False, serves="4号楼"),
        ]
    )
    shown = six(whole, COMMUNITY)
    assert shown is not None
    informers = shown[0].roles[1]
    assert ([n.label for n in informers.named], informers.others, informers.all) == (["丁宛如"], 2, 3)
    text = page(whole, "six")
    assert "另有2人在做，没有同意公开姓名" in text
    assert "马行之" not in text
    assert "3号楼" not in text
    assert "4号楼" not in text, "nor the building that would tell who it is"


def test_somebody_who_is_not_to_be_named_at_all_is_not_named_whatever_the_sheet_says() -> None:
    shown = six(seen([COMPOUND, *PEOPLE, member("A", "P2", agreed=True)]), COMMUNITY)
    assert shown is not None
    assert (shown[0].named, shown[0].people, shown[0].roles[1].others) == (0, 1, 1)


def test_one_with_two_roles_counts_once_and_one_who_stopped_no_longer() -> None:
    whole = seen(
        [
            COMPOUND,
            *PEOPLE,
            member("A", "P1"),
            member("B", "P1", "调解员"),
            member("C", "P3", until=TODAY - timedelta(days=1)),
            member("D", None, agreed=False, since=TODAY + timedelta(days=1)),
        ]
    )
    shown = six(whole, COMMUNITY)
    assert shown is not None
    assert (shown[0].people, shown[0].named, shown[0].changed) == (1, 1, TODAY)
    assert six(seen([COMPOUND, *PEOPLE]), COMMUNITY) is None


def test_those_of_a_role_stand_by_building() -> None:
    some = [member("A", "P1", serves="10号楼"), member("B", "P3", serves="3—4号楼"), member("C", "P1", serves="全院")]
    shown = six(seen([COMPOUND, *PEOPLE, *some]), COMMUNITY)
    assert shown is not None
    assert [n.row.serves for n in shown[0].roles[1].named] == ["全院", "3—4号楼", "10号楼"]


def test_page_and_paper_name_the_same_people() -> None:
    text = words(demo_page("fuqiang", "six"))
    [sheet] = papers("six")
    assert "一共18人在做；同意公开姓名的13/18人" in text
    for role in ROLES:
        assert role in text
        assert role in paper(sheet)
    whole = demo().whole
    hidden = [s for s in whole.records.rows("fuqiang", Six) if not s.agreed]
    assert hidden
    assert {s.person for s in hidden} == {None}, "who did not agree is not in the records at all"
    assert "*" not in paper(sheet)


def test_each_who_is_not_known_counts_as_one() -> None:
    shown = six(
        seen([COMPOUND, *PEOPLE, *(member(f"N{n}", None, agreed=False) for n in range(3)), member("A", "P1")]),
        COMMUNITY,
    )
    assert shown is not None
    assert (shown[0].people, shown[0].named, shown[0].roles[1].others) == (4, 1, 3)
