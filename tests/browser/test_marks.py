"""Held, removed and counted records as residents meet them: an old link still leads to an answer, on any phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.marked import COMMUNITY, GONE, OLDER, REASON, TITLE, marked_site

from .test_pages import DESK, PHONE, Watch, barriers, desk, phone, plain, search, sideways, sized

__all__ = ["desk", "phone", "plain"]  # fixtures

KINDS = ["", "removed/", "counts/", "people/", "notices/", "matters/", f"matters/{GONE}/", f"matters/{OLDER}/"]
PAGES = ["", "hongqi/", *(f"{COMMUNITY}/{kind}" for kind in KINDS), f"{COMMUNITY}/meetings/NH-M17/"]


@pytest.fixture(scope="module")
def home(demo: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(marked_site(demo, tmp_path_factory.mktemp("marked")))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_shuts_anyone_out(browser: Browser, home: str, axe_source: str, size: tuple[int, int]) -> None:
    found: list[str] = []
    with sized(browser, size) as context:
        page = context.new_page()
        watch = Watch(page)
        for path in PAGES:
            page.goto(home + path)
            found += barriers(page, axe_source)
            assert sideways(page) <= 0, page.url
    assert found == []
    assert watch.said == []
    assert watch.strangers(home) == []


def test_the_narrowest_phone_in_large_letters_scrolls_down_only(browser: Browser, home: str) -> None:
    with sized(browser, (320, 640)) as context:
        page = context.new_page()
        context.add_init_script("localStorage.setItem('bugu-big', 'yes')")
        for path in PAGES:
            page.goto(home + path)
            assert sideways(page) <= 0, page.url


def test_an_old_link_to_a_removed_matter_says_what_happened_and_whom_to_ask(phone: Page, home: str) -> None:
    answer = phone.goto(f"{home}{COMMUNITY}/matters/{GONE}/")
    assert answer
    assert answer.status == 200
    assert phone.get_by_role("heading", level=1).inner_text() == "已撤下"
    main = phone.locator("main")
    assert REASON in main.inner_text()
    assert "2026年6月12日" in main.inner_text()
    assert TITLE not in phone.content()
    call = main.get_by_role("link", name="0951-5550131")
    assert call.get_attribute("href") == "tel:0951-5550131"
    main.get_by_role("link", name="撤下的都有哪些").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "南华社区撤下的记录"
    phone.get_by_role("link", name=GONE, exact=True).click()
    assert phone.get_by_role("heading", level=1).inner_text() == "已撤下"
    phone.get_by_role("link", name="看南华社区的全部议题").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "南华社区的议题"


def test_it_is_read_without_a_script_too(plain: Page, home: str) -> None:
    plain.goto(f"{home}{COMMUNITY}/matters/{GONE}/")
    assert REASON in plain.locator("main").inner_text()


def test_the_search_finds_the_list_but_not_the_page_of_the_removed_record(desk: Page, home: str) -> None:
    desk.goto(home)
    search(desk, GONE)
    found = desk.locator(".md-search-result__link").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    assert f"/{COMMUNITY}/removed/" in found
    assert f"/{COMMUNITY}/matters/{GONE}/" not in found


def test_the_home_page_leads_to_the_list_of_what_is_being_looked_into(phone: Page, home: str) -> None:
    phone.goto(home)
    phone.get_by_role("link", name="看是哪些").first.click()
    phone.wait_for_url("**/nanhua/#mending")
    section = phone.locator("#mending")
    assert section.is_visible()
    phone.locator("#mending ~ ul").get_by_role("link", name=OLDER).click()
    assert "以前公布的内容" in phone.locator(".mending").first.inner_text()


def test_counts_are_read_by_their_headers(desk: Page, home: str) -> None:
    """A screen reader says grid and colour with each number, for the table has real headers."""
    desk.goto(f"{home}{COMMUNITY}/counts/")
    table = desk.get_by_role("table", name="四色台账")
    assert table.get_by_role("rowheader", name="第一网格").count() == 1
    assert table.get_by_role("columnheader", name="橙").count() == 1
    assert table.get_by_role("cell").first.inner_text().strip()
