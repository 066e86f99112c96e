"""三驾马车: whether the three met in their rhythm, and kept what they promised."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, notices, procedures, search
from generator.checks.future import nothing_ahead
from generator.checks.given import Given
from generator.facts.troika import Team, teams
from generator.facts.whole import whole
from generator.mechanisms.troika import troika_sound
from generator.pages.mechanisms import mechanism_pages
from generator.records import Records
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.compounds import Compound
from generator.sheets.meetings import Meeting
from generator.sheets.promises import Promise
from generator.sheets.troikas import Troika
from generator.sheets.units import Unit
from tests.mechanisms.drawing import page, seen
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)
BODIES = (
    row(Community, COMMUNITY, name="西园社区"),
    row(Compound, "C1", name="西园小区", belongs="本社区"),
    row(Unit, "U1", name="居委会", kind="居委会"),
    row(Unit, "U2", name="业委会", kind="业委会", compound="C1"),
    row(Unit, "U3", name="物业", kind="物业公司", compound="C1"),
)


def troika(months: int = 3, since: date = date(2025, 7, 1)) -> Troika:
    return row(Troika, "H1", compound="C1", committee="U1", owners="U2", firm="U3", months=months, since=since)


def meeting(id: str, on: date, kind: str = "三方联席会", compound: str = "C1") -> Meeting:
    rest = {"title": id, "time": "9:00", "place_name": "会议室", "called": 9, "present": 9}
    return row(Meeting, id, on=on, kind=kind, compound=compound, **rest)


def promise(id: str, unit: str, due: date, done: date | None = None, made: date = date(2026, 1, 15)) -> Promise:
    return row(Promise, id, troika="H1", unit=unit, title="补灯", made_on=made, due_on=due, done_on=done)


def found(*rows: PublicRow, today: date = TODAY) -> Team:
    made = teams(whole(_records(rows), procedures.Procedures(), today), COMMUNITY)
    assert made is not None
    [team] = made
    return team


def _records(rows: tuple[PublicRow, ...]) -> Records:
    return records([*BODIES, *rows])


def test_there_is_none_before_it_began() -> None:
    seen = whole(_records((troika(since=date(2026, 7, 1)),)), procedures.Procedures(), TODAY)
    assert teams(seen, COMMUNITY) is None


def test_each_period_was_met_in_or_is_not_on_record_or_still_runs() -> None:
    team = found(
        troika(),
        meeting("M1", date(2025, 9, 30)),
        meeting("M2", date(2026, 1, 15)),
        meeting("M3", date(2026, 1, 16), "议事协商会"),
        meeting("M4", date(2026, 4, 15), compound="C2"),
        meeting("M5", date(2026, 6, 18)),
    )
    assert [(t.first, t.state, [m.id for m in t.held]) for t in team.turns] == [
        (date(2026, 4, 1), "open", []),
        (date(2026, 1, 1), "held", ["M2"]),
        (date(2025, 10, 1), "missing", []),
        (date(2025, 7, 1), "held", ["M1"]),
    ]
    assert (team.met.n, team.met.of) == (2, 3)
    assert team.last is not None
    assert team.last.id == "M2"


def test_the_period_it_began_in_counts_only_with_a_meeting() -> None:
    assert [t.first for t in found(troika(since=date(2026, 2, 1))).turns] == [date(2026, 4, 1)]
    began = found(troika(since=date(2026, 2, 1)), meeting("M1", date(2026, 3, 1)))
    assert [(t.first, t.state) for t in began.turns] == [(date(2026, 4, 1), "open"), (date(2026, 1, 1), "held")]


def test_promises_are_counted_by_who_made_them() -> None:
    team = found(
        troika(),
        promise("W1", "U3", date(2026, 2, 1), date(2026, 2, 1)),
        promise("W2", "U3", date(2026, 2, 1), date(2026, 2, 2)),
        promise("W3", "U1", date(2026, 6, 16)),
        promise("W4", "U2", TODAY),
        promise("W5", "U2", date(2026, 7, 1), made=date(2026, 6, 18)),
    )
    assert [(p.column, p.kept.n, p.kept.of, p.overdue) for p in team.parties] == [
        ("committee", 0, 1, 1),
        ("owners", 0, 0, 0),
        ("firm", 1, 2, 0),
    ]
    assert (team.kept.n, team.kept.of, team.overdue) == (1, 3, 1)
    assert [w.promise.id for w in team.open] == ["W3", "W4"]
    assert [w.promise.id for w in team.done] == ["W2", "W1"]


@pytest.mark.parametrize(("made", "codes"), [(date(2026, 4, 16), ["promise-day"]), (date(2062, 4, 15), ["row-ahead"])])
def test_a_day_that_is_wrong_is_told_once(made: date, codes: list[str]) -> None:
    of = row(Promise, "W", troika="H1", unit="U3", title="补灯", meeting="M1", made_on=made, due_on=made)
    given_ = Given(_records((troika(), meeting("M1", date(2026, 4, 15)), of)), procedures.Procedures(), TODAY, (COMMUNITY,))
    told = [p for check in (troika_sound, nothing_ahead) for _, p in check(given_)]
    assert [p.code for p in told if p.place.column == "承诺日期"] == codes


def test_a_paper_tells_what_was_kept_since_the_meeting_before_the_last() -> None:
    rows = (
        troika(),
        meeting("M1", date(2025, 9, 30)),
        meeting("M2", date(2026, 1, 15)),
        meeting("M3", date(2026, 4, 15)),
        promise("W1", "U3", date(2026, 2, 1), date(2026, 1, 14), made=date(2025, 9, 30)),
        promise("W2", "U3", date(2026, 2, 1), date(2026, 1, 15)),
    )
    assert [w.promise.id for w in found(*rows).recent] == ["W2"]
    assert found(*rows).changed == date(2026, 4, 15)


DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))


@given(months=st.sampled_from([1, 2, 3, 4, 6, 12]), since=DAYS, held=st.lists(DAYS, max_size=6), today=DAYS)
def test_periods_follow_one_another_without_gap_and_hold_every_meeting_once(
    months: int, since: date, held: list[date], today: date
) -> None:
    if since > today:
        return
    team = found(troika(months, since), *(meeting(f"M{n}", on) for n, on in enumerate(held)), today=today)
    for later, earlier in zip(team.turns, team.turns[1:], strict=False):
        assert (later.first - earlier.last).days == 1
    listed = sorted(m.id for t in team.turns for m in t.held)
    assert listed == sorted(f"M{n}" for n, on in enumerate(held) if since <= on <= today)
    assert team.met.n <= team.met.of <= len(team.turns)


# --- the demonstration ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    site = "https://b.example/"
    return build.gather(build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url=site))


def test_the_page_says_how_often_they_met_what_was_kept_and_whose_is_late(gathered: build.Gathered) -> None:
    [bayi] = [c for c in gathered.whole.records.communities if c.id == "bayi"]
    page = next(p.body for p in mechanism_pages(gathered.book, bayi) if p.url == "bayi/troika/")
    text = search.text_of(page)
    assert "该开的联席会开了 5/6" in text
    assert "按时兑现 10/12（83.3%）" in text
    assert re.search("协调门前公交站加候车凳\n还没兑现，已过期 17 天\n八一社区居民委员会", text)
    assert "没有记录" in text
    assert "尤德海" in text


def test_of_three_who_promised_nothing_yet_nothing_is_said_to_be_done() -> None:
    kept, none = (found(troika(), *rows) for rows in ((promise("P1", "U1", TODAY, TODAY),), ()))
    assert (bool(kept.words), bool(none.words)) == (True, False)
    text = page(seen([*BODIES[1:], troika()]), "troika")
    assert "答应过的，都办成了" not in text
    assert "还没有登记答应过的事" in text


def test_the_paper_says_no_word_that_is_wrong_tomorrow(gathered: build.Gathered) -> None:
    [paper] = [n for n in gathered.notices if n.kind == "promises"]
    text = search.text_of(notices.fragment(paper, gathered.env))
    assert paper.date == date(2026, 6, 3)
    assert "截至2026年6月3日" in text, "the date that it is signed with: it is printed anew when something changes"
    assert "还没兑现，已过期" in text
    assert "今天" not in text
    assert paper.hang is not None
    assert (paper.hang.since, paper.hang.until) == (date(2026, 4, 15), date(2026, 6, 30))
