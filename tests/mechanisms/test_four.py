"""四个一: the day's feedback, the week's exchanges, the month's summary and the year's commendations are what the records say."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator import build, notices, search
from generator.facts import four as facts
from generator.facts.whole import Whole
from generator.pages.book import Page
from generator.pages.mechanisms import mechanism_pages
from generator.privacy import count_words
from generator.sheets.meetings import Meeting
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step

NANHUA = "nanhua"


def _page(gathered: build.Gathered) -> Page:
    """The community's page of it alone."""
    community = next(c for c in gathered.whole.records.communities if c.id == "nanhua")
    return next(p for p in mechanism_pages(gathered.book, community) if p.url == "nanhua/four/")


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/"))


@pytest.fixture(scope="module")
def body(gathered: build.Gathered) -> str:
    return _page(gathered).body


@pytest.fixture(scope="module")
def papers(gathered: build.Gathered) -> dict[str, str]:
    kinds = ("daily", "weekly", "monthly", "yearly")
    return {n.name: search.text_of(notices.fragment(n, gathered.env)) for n in gathered.notices if n.kind in kinds}


@pytest.fixture(scope="module")
def seen(gathered: build.Gathered) -> Whole:
    return gathered.whole


# --- a day


def test_each_day_of_the_last_week_has_all_its_steps_and_nothing_else(seen: Whole) -> None:
    found = {d.on: {s.id for t in d.told for s in t.steps} for d in facts.days(seen, NANHUA)}
    for n in range(8):
        on = seen.today - timedelta(days=n)
        steps = {s.id for s in seen.records.rows(NANHUA, Step) if s.on == on}
        assert found.get(on, set()) == steps
    assert list(found) == sorted(found, reverse=True)
    assert min(found) >= seen.today - timedelta(days=7)


def test_a_promise_that_was_kept_is_feedback_of_its_day(seen: Whole, root: Path) -> None:
    done = next(r for r in seen.records.rows(NANHUA, Resolution) if r.done_on and r.matter)
    told = facts.told_on(seen, NANHUA, done.done_on)
    assert done in [r for t in told for r in t.done]


# --- a week


def test_the_week_begins_on_monday_and_tells_of_the_week_before(seen: Whole) -> None:
    week = facts.week(seen, NANHUA, None)
    assert week.first.weekday() == 0
    assert week.first <= seen.today <= week.last == week.first + timedelta(days=6)
    assert week.before == (week.first - timedelta(days=7), week.first - timedelta(days=1))
    (table,) = (t for t in seen.records.counts if (t.community, t.sheet) == (NANHUA, "redemptions"))
    label = "{}-W{:02}".format(*week.before[0].isocalendar()[:2])
    assert week.exchanges == table.cells[label,].shown


def test_what_ends_within_the_week_says_its_last_day(root: Path) -> None:
    """On the page, the paper and the text to paste, for the paper hangs until Sunday: the noodles' agreement ends on Wednesday."""
    asked = build.Options(root, root / "records", root / "public", date(2026, 9, 28), today=date(2026, 9, 28), site_url="https://b.example/")
    gathered = build.gather(asked)
    paper = next(n for n in gathered.notices if n.kind == "weekly")
    page = html.unescape(_page(gathered).body)
    assert "20分，换到2026年9月30日" in search.text_of(notices.fragment(paper, gathered.env))
    assert "牛肉面一碗 20分（换到2026年9月30日）" in page
    assert "自助早餐券一张 15分；" in page
    assert page.count("<small>换到") == 6


# --- a month


def test_the_month_is_the_last_that_is_over_and_each_rate_is_a_part_of_its_whole(seen: Whole) -> None:
    month = facts.month(seen, NANHUA)
    assert (month.first, month.last) == (date(2026, 5, 1), date(2026, 5, 31))
    assert 0 <= month.replied <= len(month.raised)
    assert 0 <= month.in_time <= len(month.solved)
    assert 0 <= month.overdue <= month.open
    assert 0 <= month.kept <= month.due


@pytest.mark.parametrize("today", [date(2026, 6, 1), date(2026, 6, 30), date(2025, 12, 31), date(2026, 1, 1), date(2024, 8, 9)])
def test_a_month_is_counted_as_things_stood_on_its_last_day(root: Path, seen: Whole, today: date) -> None:
    """Held against a site of that very day: later steps change nothing of it."""
    last = today.replace(day=1) - timedelta(days=1)
    then, _ = build.check(root / "records", date(2030, 1, 1), last)
    now, _ = build.check(root / "records", date(2030, 1, 1), today)
    month = facts.month(now, NANHUA)
    cases = then.cases.of(NANHUA)
    first = last.replace(day=1)
    assert {c.id for c in month.raised} == {c.id for c in cases if c.matter.raised_on >= first}
    assert {c.id for c in month.solved} == {c.id for c in cases if c.standing.solved_on and c.standing.solved_on >= first}
    assert month.open == sum(c.standing.open for c in cases)
    assert month.overdue == sum(c.standing.overdue > 0 for c in cases)
    assert month.meetings == sum(first <= m.on <= last for m in then.records.rows(NANHUA, Meeting))


def test_counts_of_private_sheets_are_told_as_they_are_printed(seen: Whole) -> None:
    month = facts.month(seen, NANHUA)
    words = (count_words()["few"].format(least=5), count_words()["unlisted"])
    for parts, total in ((month.visits, month.total_visits), (month.stamps, month.total_stamps)):
        assert parts
        numbers = [int(p.shown) for p in parts if p.shown not in words]
        assert all(n >= 5 for n in numbers)
        if len(numbers) == len(parts):
            assert total in ("", str(sum(numbers)))
    assert len(month.visits) == 8


# --- the pages, the papers and the texts


@pytest.mark.parametrize("place", ["day", "week", "month", "year"])
def test_each_has_its_section(body: str, place: str) -> None:
    assert f'<h2 id="{place}">' in body
    assert f'href="#{place}"' in body


def test_each_has_its_paper_and_every_figure_of_it_stands_on_the_page(body: str, papers: dict[str, str]) -> None:
    assert {name.split("-")[0] for name in papers} == {"daily", "weekly", "monthly", "yearly"}
    flat = re.sub(r"\s", "", search.text_of(body.replace(' data-search="skip"', "")))
    for name, paper in papers.items():
        for figure in re.findall(r"\d+(?:/\d+)?(?=[分次件条项家位])|\d+/\d+|NH-[\d-]+", paper):
            assert figure in flat, (name, figure)


@pytest.mark.parametrize(
    ("place", "says"),
    [("day", "每天一反馈"), ("week", "每周一兑换"), ("month", "每月一总结"), ("year", "每年一表彰")],
)
def test_each_has_a_text_to_paste_that_is_plain_and_says_the_same(body: str, place: str, says: str) -> None:
    """Without a script it is there to be marked; the button is hidden until a script shows it."""
    found = re.search(rf'<textarea id="chat-{place}" readonly[^>]*>\n(.*?)</textarea>\n<button type="button"[^>]* hidden ', body, re.S)
    assert found, place
    text = html.unescape(found[1])
    assert text.startswith(f"【南华社区·{says}】")
    assert text.count("\n") >= 2
    assert not re.search(r"<|&\w+;|\n\n|[ \t]\n| {2}", text), text
    assert f'for="chat-{place}"' in body
    figures = set(re.findall(r"\d+/\d+", text))
    shown = re.sub(r"\s", "", body)
    assert all(f in shown for f in figures)


def test_the_texts_name_nobody_whom_the_page_does_not(body: str, seen: Whole) -> None:
    texts = "".join(re.findall(r"<textarea.*?</textarea>", body, re.S))
    rest = re.sub(r"<textarea.*?</textarea>", "", body, flags=re.S)
    for who in seen.labels[NANHUA].values():
        assert who not in texts or who in rest, who


def test_a_community_that_does_not_say_so_has_none(gathered: build.Gathered) -> None:
    assert [c for c, found in gathered.book.rooms.items() if any(r.mechanism.id == "four" for r in found)] == [NANHUA]
