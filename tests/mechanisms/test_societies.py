"""社会组织和志愿服务队: what each does now, and who is at the platform for new ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator import build, notices, procedures, search
from generator.checks.given import Given
from generator.facts.societies import Societies, societies
from generator.facts.whole import whole
from generator.mechanisms.societies import societies_sound
from generator.pages.mechanisms import mechanism_pages
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.duties import Duty
from generator.sheets.incubations import Incubation
from generator.sheets.offerings import Offering
from generator.sheets.people import Person
from generator.sheets.units import Unit
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)
UNITS = (
    row(Unit, "U1", name="社工站", kind="社会组织", founded=date(2021, 9, 10)),
    row(Unit, "U2", name="维修队", kind="志愿服务队"),
    row(Unit, "U3", name="物业", kind="物业公司"),
    row(Unit, "U4", name="明年的队", kind="志愿服务队", founded=date(2027, 1, 1)),
)


def found(*rows: PublicRow) -> Societies | None:
    there = row(Community, COMMUNITY, name="西园社区")
    return societies(whole(records([there, *rows]), procedures.Procedures(), TODAY), COMMUNITY)


def offering(id: str, unit: str, **more: object) -> Offering:
    return row(Offering, id, unit=unit, title="读报", hours="每天", **{"since": date(2024, 1, 1), **more})


def test_only_organisations_and_teams_that_are_there_count() -> None:
    assert found(UNITS[2], UNITS[3]) is None
    all_ = found(*UNITS)
    assert all_ is not None
    assert [(kind, [s.unit.id for s in some]) for kind, some in all_.of_kind] == [
        ("社会组织", ["U1"]),
        ("志愿服务队", ["U2"]),
    ]


def test_a_service_is_shown_from_its_first_day_to_its_last() -> None:
    shown = found(
        *UNITS,
        offering("O1", "U1", until=TODAY),
        offering("O2", "U1", until=date(2026, 6, 16)),
        offering("O3", "U1", since=date(2026, 6, 18)),
        offering("O4", "U2", since=TODAY),
    )
    assert shown is not None
    assert [[o.id for o in s.offerings] for s in shown.all] == [["O1"], ["O4"]]
    assert shown.changed == TODAY
    without = found(*UNITS, offering("O2", "U1", until=date(2026, 6, 11)))
    assert without is not None
    assert without.changed == date(2026, 6, 12), "the day from which it is no longer offered"


def test_a_stay_at_the_platform_ends_on_its_day() -> None:
    shown = found(
        *UNITS,
        row(Incubation, "I1", unit="U1", joined_on=date(2024, 1, 1), left_on=date(2025, 1, 1), outcome="出壳"),
        row(Incubation, "I2", unit="U2", joined_on=date(2026, 1, 1), left_on=date(2026, 7, 1), outcome="退出"),
        row(Incubation, "I3", unit="U1", joined_on=date(2026, 7, 1)),
        row(Incubation, "I4", unit="U1", joined_on=date(2022, 1, 1), left_on=date(2023, 1, 1)),
    )
    assert shown is not None
    assert [(s.incubation.id, s.state) for s in shown.stays] == [("I2", "staying"), ("I1", "fledged"), ("I4", "left")]


def test_the_leader_is_who_leads_it_now() -> None:
    people = [row(Person, "P1", name="白*云", basis="不公开"), row(Person, "P2", name="丁宛如", basis="本人同意")]
    lead = {"duty": "志愿服务队队长", "unit": "U2", "since": date(2020, 1, 1)}
    shown = found(
        *UNITS,
        *people,
        row(Duty, "D1", person="P1", until=date(2026, 1, 1), **lead),
        row(Duty, "D2", person="P2", **lead),
    )
    assert shown is not None
    assert [s.leader for s in shown.all] == ["", "丁宛如"]


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    site = "https://b.example/"
    return build.gather(build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url=site))


def test_bayi_has_more_than_ten_as_the_article_says(gathered: build.Gathered) -> None:
    shown = societies(gathered.whole, "bayi")
    assert shown is not None
    assert 10 < len(shown.all) < 20
    assert len(shown.staying) == 2
    assert len(shown.fledged) == 2


def test_page_and_paper_say_when_where_and_for_how_much(gathered: build.Gathered) -> None:
    [bayi] = [c for c in gathered.whole.records.communities if c.id == "bayi"]
    page = next(p.body for p in mechanism_pages(gathered.book, bayi) if p.url == "bayi/societies/")
    [paper] = [n for n in gathered.notices if n.kind == "societies" and n.community == "bayi"]
    for text in (search.text_of(page), search.text_of(notices.fragment(paper, gathered.env))):
        assert "上学的日子15:30—18:00" in text
        assert "每学期300元，困难家庭免费" in text
        assert "每周四下午法律咨询（" not in text, "ended in 2023"
    assert paper.hang is None


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        (("2025-01-01", ""), ("2023-01-01", "2024-01-01"), False),  # the later stay stands first in the file
        (("2023-01-01", "2024-01-01"), ("2024-01-01", ""), False),  # back on the day it left
        (("2023-01-01", "2024-01-02"), ("2024-01-01", ""), True),
        (("2023-01-01", ""), ("2024-01-01", ""), True),
    ],
)
def test_nobody_stays_twice_at_a_time(first: tuple[str, str], second: tuple[str, str], twice: bool) -> None:
    rows = [
        row(
            Incubation,
            f"I{n}",
            n,
            unit="U1",
            joined_on=date.fromisoformat(joined),
            left_on=date.fromisoformat(left) if left else None,
            outcome="出壳" if left else None,
        )
        for n, (joined, left) in enumerate((first, second), 2)
    ]
    asked = Given(records([*UNITS, *rows]), procedures.Procedures(), TODAY, (COMMUNITY,))
    assert [(r.id, p.code) for r, p in societies_sound(asked)] == ([("I3", "stay-twice")] if twice else [])
