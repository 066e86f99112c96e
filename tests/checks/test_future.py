"""Days that are still to come: what has happened cannot lie there, what is planned may, and a day asked for changes nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from generator import build
from generator.checks import check
from generator.checks.future import BEGINS, DUE, FAR, HAPPENED, LONG, nothing_ahead
from generator.checks.given import Given
from generator.procedures import load
from generator.sheet import PublicRow
from generator.sheets import discover
from generator.sheets.agreements import Agreement
from generator.sheets.candidates import Candidate
from generator.sheets.corrections import Correction
from generator.sheets.duties import Duty
from generator.sheets.elections import Election
from generator.sheets.figures import Figure
from generator.sheets.incubations import Incubation
from generator.sheets.items import Item
from generator.sheets.matters import Matter
from generator.sheets.meetings import Meeting
from generator.sheets.needs import Need
from generator.sheets.objections import Objection
from generator.sheets.projects import Project
from generator.sheets.promises import Promise
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from generator.sheets.units import Unit
from generator.sheets.votes import Vote
from generator.sheets.whistles import Whistle
from tests.conftest import ROOT
from tests.rows import COMMUNITY, base_folder, records, row

RULES = load(ROOT / "records" / "procedures")[0]
TODAY = date(2026, 6, 17)
TOMORROW = TODAY + timedelta(days=1)
FAR_OFF = TODAY + FAR + timedelta(days=1)
CODES = {code for _, _, code in HAPPENED} | {"meeting-ahead", "election-ahead", "begins-far-ahead", "due-far-ahead"}

# Days of what is planned or promised, and those of which other checks tell.
PLANNED = {
    ("matters", "due_on"), ("steps", "extended_to"), ("resolutions", "due_on"), ("items", "due_on"),
    ("meetings", "notice_on"), ("duties", "until"), ("elections", "term_from"), ("elections", "term_until"),
}  # fmt: skip
ELSEWHERE = {("objections", "on"), ("objections", "answered_on"), ("corrections", "on")}

OURS = {
    of.sheet.id for of in (Matter, Step, Resolution, Figure, Unit, Meeting, Election, Duty, Item, Objection, Correction)
}


def told(*rows: PublicRow, today: date = TODAY, present: date = date.min) -> list[tuple[str, str, str]]:
    """(id, code, title of the column) of each problem; none of them withholds, and all have their words."""
    found = list(nothing_ahead(Given(records(rows), RULES, today, (COMMUNITY,), present)))
    assert not any(p.withholds for _, p in found)
    assert all(p.says and p.mend for _, p in found)
    return [(r.id, p.code, p.place.column) for r, p in found]


def dated(of: type[PublicRow], name: str, on: date) -> PublicRow:
    return row(of, "X", **{name: on})


@pytest.mark.parametrize(("of", "name", "code"), HAPPENED, ids=[code for _, _, code in HAPPENED])
def test_what_has_happened_lies_behind(of: type[PublicRow], name: str, code: str) -> None:
    title = of.sheet.column(name).title
    assert told(dated(of, name, TOMORROW)) == [("X", code, title)]
    assert told(dated(of, name, TODAY.replace(year=2027))) == [("X", code, title)]
    assert told(dated(of, name, TODAY)) == []


@pytest.mark.parametrize(("of", "name"), BEGINS)
def test_what_is_planned_begins_within_half_a_year(of: type[PublicRow], name: str) -> None:
    title = of.sheet.column(name).title
    assert told(dated(of, name, TOMORROW)) == told(dated(of, name, TODAY + FAR)) == []
    assert told(dated(of, name, FAR_OFF)) == [("X", "begins-far-ahead", title)]


@pytest.mark.parametrize(("of", "name"), DUE)
def test_nothing_is_promised_for_years_on(of: type[PublicRow], name: str) -> None:
    """2062 for 2026: such a promise would never be late."""
    title = of.sheet.column(name).title
    assert told(dated(of, name, TODAY + LONG)) == []
    assert told(dated(of, name, TODAY + LONG + timedelta(days=1))) == [("X", "due-far-ahead", title)]


@pytest.mark.parametrize(
    ("of", "name"),
    [
        (Agreement, "signed_on"),
        (Need, "raised_on"),
        (Project, "listed_on"),
        (Promise, "made_on"),
        (Incubation, "joined_on"),
    ],
)
def test_a_row_that_nobody_sees_until_its_day_is_told_of(of: type[PublicRow], name: str) -> None:
    assert told(dated(of, name, TOMORROW)) == [("X", "row-ahead", of.sheet.column(name).title)]


def test_every_day_is_one_that_has_happened_or_one_that_may_be_to_come() -> None:
    """A column with a day that is added to one of these sheets has to be thought of here."""
    known = {(of.sheet.id, name) for of, name, _ in HAPPENED} | {(of.sheet.id, name) for of, name in BEGINS}
    known = (
        {(s, name) for s, name in known if s in OURS} | PLANNED | ELSEWHERE | {("meetings", "on"), ("elections", "on")}
    )
    days = {(s, c.name) for s in OURS for c in discover()[s].published if c.kind.name == "date"}
    assert days == known


@pytest.mark.parametrize(("sheet", "name"), sorted(PLANNED))
def test_what_is_promised_may_lie_ahead(sheet: str, name: str) -> None:
    of = {s.sheet.id: s for s in (Matter, Step, Resolution, Item, Meeting, Duty, Election)}[sheet]
    assert told(dated(of, name, TODAY.replace(year=2029))) == []


def test_a_meeting_that_is_to_be_held_is_none_that_was() -> None:
    planned = row(Meeting, "M", on=TOMORROW, called=15, present=0)
    assert told(planned) == told(planned, row(Item, "M-1", meeting="M", conclusion="待议")) == []
    held = [("M", "meeting-ahead", "日期")]
    assert told(row(Meeting, "M", on=TOMORROW, called=15, present=12)) == held
    assert told(planned, row(Vote, "V", meeting="M")) == held
    assert told(planned, row(Resolution, "R", meeting="M", passed_on=TODAY)) == held
    assert told(row(Meeting, "M", on=TODAY, called=15, present=12)) == []


def test_an_election_that_is_to_be_held_is_none_that_was() -> None:
    planned = row(Election, "E", on=TOMORROW, called=64, present=0)
    assert told(planned) == told(planned, row(Candidate, "C", election="E", votes=0)) == []
    held = [("E", "election-ahead", "投票日期")]
    assert told(planned, row(Candidate, "C", election="E", votes=3)) == held
    assert told(row(Election, "E", on=TOMORROW, called=64, present=51)) == held
    assert told(row(Election, "E", on=TODAY, called=64, present=51)) == []


def test_a_row_with_two_such_days_is_told_of_both() -> None:
    assert told(row(Resolution, "R", passed_on=TOMORROW, done_on=FAR_OFF)) == [
        ("R", "resolution-ahead", "通过日期"),
        ("R", "done-ahead", "落实日期"),
    ]


def test_when_a_day_that_is_over_is_asked_for_the_days_since_are_no_slip() -> None:
    past = date(2026, 3, 1)
    rows = [dated(of, name, TODAY) for of, name, _ in HAPPENED]
    for one in rows:
        assert told(one, today=past, present=TODAY) == []
        assert len(told(one, today=past)) == 1  # where nobody says that it is another day
    assert told(row(Step, "S", on=TOMORROW), today=past, present=TODAY) == [("S", "step-ahead", "日期")]


def test_when_a_day_to_come_is_asked_for_what_lies_before_it_is_no_slip() -> None:
    assert told(row(Step, "S", on=TOMORROW), today=TOMORROW, present=TODAY) == []


def test_objections_and_whistles_are_told_of_once_and_none_is_lost_on_a_day_that_is_over() -> None:
    """They are of the days since, too: what is asked for is how it stood."""
    raised = date(2026, 3, 1)
    matter = row(Matter, "M", procedure="liubu", size="小事", raised_on=raised)
    shown = {"posted_on": date(2026, 3, 2), "posted_days": 7, "posted_kind": "日历日"}
    step = row(Step, "S", matter="M", step="集议题", result="进行中", on=raised, **shown)
    of = {"matter": "M", "posting": "方案公示", "on": date(2026, 3, 5)}
    objection = row(Objection, "O", **of, answered_on=date(2026, 3, 6), outcome="采纳", answer="好。")
    correction = row(Correction, "K", **of, original="六", corrected="八", reason="数错了", substantial=True)
    whistle = row(Whistle, "W", urgency="一般", blown_at=datetime(2026, 3, 5, 9), department="市政")
    rows = records([matter, step, objection, correction, whistle])

    def codes(present: date) -> list[str]:
        kept, problems = check(rows, RULES, date(2026, 3, 3), present=present)
        assert bool(kept.rows(COMMUNITY, Objection)) == (present > date(2026, 3, 5))
        return sorted(p.code for p in problems if p.code in {"remark-ahead", "answer-ahead", "whistle-future", *CODES})

    assert codes(date(2026, 3, 7)) == []
    assert codes(date(2026, 3, 3)) == ["remark-ahead", "remark-ahead", "whistle-future"]


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 23), date(2026, 5, 12), date(2026, 6, 17)])
def test_records_that_run_on_are_quiet_on_every_day_before(demo: Path, tmp_path: Path, day: date) -> None:
    ahead = {*CODES, "remark-ahead", "answer-ahead", "whistle-future"}
    for folder in (demo, base_folder(demo, tmp_path / "records")):
        _, problems = build.check(folder, date(2030, 1, 1), day)
        assert {p.code for p in problems} & ahead == set()


def test_the_day_of_the_clock_counts_where_the_district_has_none(demo: Path, tmp_path: Path) -> None:
    folder = base_folder(demo, tmp_path / "records")
    district = folder / "district.toml"
    district.write_text(district.read_text("utf-8").replace("today = 2026-06-17", ""), "utf-8")
    asked = date(2026, 3, 1)
    for clock, quiet in ((TODAY, True), (date(2026, 3, 31), False)):
        _, problems = build.check(folder, clock, asked)
        assert ({p.code for p in problems} & CODES == set()) == quiet


def test_what_is_solved_in_a_year_to_come_is_overdue_and_that_is_told(demo: Path, tmp_path: Path) -> None:
    """The slip that made this check: 2027 for 2026."""
    folder = base_folder(demo, tmp_path / "records")
    steps = folder / COMMUNITY / "steps.csv"
    lines = [x for x in steps.read_text("utf-8").splitlines(keepends=True) if not x.startswith("XY-2026-001-6")]
    steps.write_text("".join(lines).replace("完成,2026-04-01", "完成,2027-04-01"), "utf-8")
    whole, problems = build.check(folder, date(2030, 1, 1))
    case = whole.cases.get(COMMUNITY, "XY-2026-001")
    assert case is not None
    assert case.standing.overdue
    (problem,) = (p for p in problems if p.code == "step-ahead")
    assert (problem.place.row, problem.place.cell, problem.withholds) == (6, "E6", False)
    assert problem.found == "2027-04-01"
