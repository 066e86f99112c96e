"""The days left, on days after the page was made: a district of today, whose page is read later and nobody built again.

Made on 2026-06-17: one publicity ends on the 18th, one on the 22nd, one is posted on the 20th and ends on the 26th.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator import cli
from generator.build import check
from tests.rows import COMMUNITY, base_folder

MADE = "2026-06-17"
RESULT, PLAN, VOTE = "3号楼前消防通道被占", "院里添几盏路灯", "大门换人脸识别"
WEEK = {"公示起": "2026-06-12", "公示天数": "7", "公示日别": "日历日"}
NEW = {
    "steps": {
        "XY-2026-002-3": WEEK,
        "XY-2026-003-4": {"公示起": "2026-06-20", "公示天数": "5", "公示日别": "工作日"},
    },
    "resolutions": {"XY-R1": {"结果公示起": "2026-06-15", "结果公示天数": "3", "结果公示日别": "工作日"}},
    "corrections": {"XY-GZ1": {"更正日期": "2026-06-16"}},
}


def change(path: Path, cells: dict[str, dict[str, str]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        rows = [row | cells.get(row["编号"], {}) for row in table]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(table.fieldnames or ()), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


@pytest.fixture(scope="session")
def site(demo: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A live site of the small community, made once, on a day that does not stand still."""
    folder = tmp_path_factory.mktemp("days")
    records = base_folder(demo, folder / "records")
    for sheet, cells in NEW.items():
        change(records / COMMUNITY / f"{sheet}.csv", cells)
    district = records / "district.toml"
    district.write_text(district.read_text("utf-8").replace(f"today = {MADE}\n", ""), "utf-8")
    out = folder / "public"
    _, problems = check(records, date.fromisoformat(MADE), date.fromisoformat(MADE))
    assert {p.code for p in problems} <= {"posting-not-as-due", "posting-below-least"}  # told, and published all the same
    assert cli.main(["build", "--records", str(records), "--out", str(out), "--quiet", "--today", MADE]) in (0, 1)
    return serve(out)


@pytest.fixture
def read(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """``read(when)``: the page of publicities as a reader has it at that moment."""
    opened = []

    def at(when: str, url: str = "publicity/", **more: Any) -> Page:
        context = browser.new_context(locale="zh-CN", **more)
        opened.append(context)
        page = context.new_page()
        page.clock.install(time=datetime.fromisoformat(when))
        page.goto(site + url)
        return page

    yield at
    for context in opened:
        context.close()


def cards(page: Page, holds: str) -> list[tuple[str, str]]:
    """The cards that can be seen in one of the lists, as title and what is said of the days."""
    found = page.locator(f'[data-holds="{holds}"] .card--posted:visible').all()
    return [(card.locator("h3").inner_text(), card.locator(".left").inner_text()) for card in found]


def three(page: Page) -> dict[str, list[tuple[str, str]]]:
    return {holds: cards(page, holds) for holds in ("running", "upcoming", "over")}


ON = {
    "2026-06-17": ([(RESULT, "还有 1 天"), (PLAN, "还有 5 天")], [(VOTE, "还有 3 天开始")], []),
    "2026-06-18": ([(RESULT, "今天是最后一天"), (PLAN, "还有 4 天")], [(VOTE, "还有 2 天开始")], []),
    "2026-06-19": ([(PLAN, "还有 3 天")], [(VOTE, "还有 1 天开始")], [(RESULT, "已于 2026年6月18日 结束")]),
    "2026-06-20": ([(PLAN, "还有 2 天"), (VOTE, "还有 6 天")], [], [(RESULT, "已于 2026年6月18日 结束")]),
    "2026-06-22": ([(PLAN, "今天是最后一天"), (VOTE, "还有 4 天")], [], [(RESULT, "已于 2026年6月18日 结束")]),
    "2026-06-27": (
        [],
        [],
        [(RESULT, "已于 2026年6月18日 结束"), (PLAN, "已于 2026年6月22日 结束"), (VOTE, "已于 2026年6月26日 结束")],
    ),
}


@pytest.mark.parametrize("day", ON)
@pytest.mark.parametrize("clock", ["00:00:30", "23:59:00"])
def test_each_card_stands_where_it_belongs_on_the_readers_day(read: Callable[..., Page], day: str, clock: str) -> None:
    page = read(f"{day}T{clock}+08:00", timezone_id="Asia/Shanghai")
    assert three(page) == dict(zip(("running", "upcoming", "over"), ON[day], strict=True))


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati", "Europe/London"])
@pytest.mark.parametrize(("when", "day"), [("23:59:00", "2026-06-18"), ("00:00:30", "2026-06-19")])
def test_the_day_is_the_neighbourhoods_wherever_the_phone_is(
    read: Callable[..., Page], zone: str, when: str, day: str
) -> None:
    page = read(f"{day}T{when}+08:00", timezone_id=zone)
    assert three(page) == dict(zip(("running", "upcoming", "over"), ON[day], strict=True))


def test_headings_without_cards_are_not_shown_and_nothing_running_is_said(read: Callable[..., Page]) -> None:
    page = read("2026-06-17T12:00:00+08:00")
    assert page.locator("#soon").is_visible()
    assert not page.locator("#past").is_visible()
    assert not page.locator(".none").is_visible()
    later = read("2026-06-27T12:00:00+08:00")
    assert not later.locator("#soon").is_visible()
    assert later.locator("#past").is_visible()
    assert later.locator(".none").is_visible()


def test_a_page_left_open_over_midnight_goes_on_by_itself(read: Callable[..., Page]) -> None:
    page = read("2026-06-18T23:58:00+08:00", timezone_id="Asia/Shanghai")
    assert cards(page, "running")[0] == (RESULT, "今天是最后一天")
    page.clock.run_for(4 * 60 * 1000)
    assert three(page) == dict(zip(("running", "upcoming", "over"), ON["2026-06-19"], strict=True))


def test_a_phone_that_slept_for_days_is_right_when_looked_at(read: Callable[..., Page]) -> None:
    page = read("2026-06-17T12:00:00+08:00", timezone_id="Asia/Shanghai")
    page.clock.set_system_time(datetime.fromisoformat("2026-06-22T08:00:00+08:00"))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert three(page) == dict(zip(("running", "upcoming", "over"), ON["2026-06-22"], strict=True))


def test_a_clock_that_is_behind_counts_from_the_day_the_page_was_made(read: Callable[..., Page]) -> None:
    page = read("2020-01-01T12:00:00+08:00", timezone_id="Asia/Shanghai")
    assert three(page) == dict(zip(("running", "upcoming", "over"), ON[MADE], strict=True))


def test_on_other_pages_what_has_ended_goes_below_and_says_so(read: Callable[..., Page]) -> None:
    page = read("2026-06-19T12:00:00+08:00", url="")
    assert [c.inner_text() for c in page.locator(".cards .left").all()] == ["还有 3 天", "已于 2026年6月18日 结束"]
    assert page.locator(".card--over h3").inner_text() == RESULT


def test_on_the_matters_own_page_too(read: Callable[..., Page]) -> None:
    page = read("2026-06-21T12:00:00+08:00", url=f"{COMMUNITY}/matters/XY-2026-002/")
    assert page.locator(".posted .left").inner_text() == "还有 1 天"


@pytest.mark.parametrize(
    ("url", "span", "words"),
    [
        ("matters/XY-2026-002", "2026年6月13日 至 2026年6月22日", {"06-17": "还有 5 天", "06-23": "已于 2026年6月22日 结束"}),
        ("matters/XY-2026-003", "2026年6月21日 至 2026年6月26日", {"06-17": "还有 3 天开始", "06-20": "还有 6 天"}),
        ("resolutions/XY-R1", "2026年6月16日 至 2026年6月18日", {"06-18": "今天是最后一天", "06-19": "已于 2026年6月18日 结束"}),
    ],
)
def test_no_sentence_goes_on_saying_what_is_no_longer_so(
    read: Callable[..., Page], url: str, span: str, words: dict[str, str]
) -> None:
    for day, said in words.items():
        page = read(f"2026-{day}T12:00:00+08:00", url=f"{COMMUNITY}/{url}/", timezone_id="Asia/Shanghai")
        sentence = page.locator(".evidence", has_text=span).first.inner_text()
        assert sentence.endswith(said)
        assert "公示中" not in sentence


def test_without_scripts_the_exact_dates_stand(read: Callable[..., Page]) -> None:
    page = read("2026-06-27T12:00:00+08:00", java_script_enabled=False)
    assert three(page) == dict(zip(("running", "upcoming", "over"), ON[MADE], strict=True))
    assert not page.locator("#past").is_visible()
    for title, span in (
        (RESULT, "2026年6月16日 至 2026年6月18日（3 个工作日，2026年6月15日 张贴）"),
        (PLAN, "2026年6月13日 至 2026年6月22日（7 个日历日，遇放假顺延，2026年6月12日 张贴）"),
        (VOTE, "2026年6月21日 至 2026年6月26日（5 个工作日，2026年6月20日 张贴）"),
    ):
        assert page.locator(".card--posted", has_text=title).locator(".card__span").inner_text() == span
    assert page.locator(".lead-note").inner_text().startswith("截至 2026年6月17日")


@pytest.mark.parametrize("url", ["", f"{COMMUNITY}/matters/XY-2026-002/", f"{COMMUNITY}/resolutions/XY-R1/"])
def test_without_scripts_it_is_said_from_which_day_the_days_were_counted(read: Callable[..., Page], url: str) -> None:
    page = read("2026-06-27T12:00:00+08:00", url=url, java_script_enabled=False)
    for mark in page.locator(".left").all():
        assert mark.locator("xpath=..").inner_text().endswith("（按 2026年6月17日 算）")
    assert page.locator(".left").count()
    with_script = read("2026-06-17T12:00:00+08:00", url=url)
    assert not with_script.get_by_text("按 2026年6月17日 算").is_visible()
